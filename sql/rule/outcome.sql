-- How a case ends at the counter: declined (NEG-2), finished on the spot (CASE-4), withdrawn.
-- What each needs, what its paper says, the case as it is then.

set role yimen_owner;

create or replace function rule.remember(c hall.case_file) returns void language plpgsql as $$
begin
  insert into hall.case_before as b
  select c.case_id, c.version + 1, to_jsonb(c),
    array(select m.seq from hall.case_material m where m.case_id = c.case_id and m.told order by m.seq)
  on conflict (case_id) do update set version = excluded.version, file = excluded.file, told = excluded.told;
end $$;
comment on function rule.remember(hall.case_file) is
  'Keeps a case as it is before a command whose paper may be voided (DOC-3).';

create or replace function rule.before_mark(b hall.case_before) returns text language plpgsql stable as $$
begin
  return rule.words_mark(b.case_id, array['before', b.version::text, b.file::text, b.told::text]);
end $$;
comment on function rule.before_mark(hall.case_before) is 'A commitment to what voiding would restore.';

create or replace function rule.before_detail(p_case_id int8) returns text[] language plpgsql stable as $$
begin
  return (
    select array['before', '', rule.before_mark(b)] from hall.case_before b where b.case_id = p_case_id
  );
end $$;
comment on function rule.before_detail(int8) is 'What rule.remember() kept, as the trail keeps it.';

create or replace function rule.ended(c hall.case_file, p_at timestamptz, p_action text) returns hall.case_file
language plpgsql stable as $$
begin
  c := rule.moved(c, p_at, p_action);
  c.term_at := null;
  c.step_due_at := null;
  c.step_light := null;
  return c;
end $$;
comment on function rule.ended(hall.case_file, timestamptz, text) is 'A case as it is once ended: no term runs any more.';

create or replace function rule.end_case(k command.call, c hall.case_file, p_action text, p_given text[], p_remark text,
  p_detail text[]) returns command.call language plpgsql as $$
declare
  n hall.notice;
  was text := c.state;
begin
  c := rule.ended(c, k.at, p_action);
  if was in ('suspended', 'forwarded') then
    p_detail := p_detail || rule.go_on(c, null);
  end if;
  perform rule.keep(c);
  n := rule.issue(k, c, p_action, '{}', p_remark, p_given);
  perform rule.record(k, c, p_action, was, n.notice_id, nullif(btrim(p_remark), ''),
    p_detail || rule.paper_detail(n) || rule.before_detail(c.case_id));
  if p_action <> 'finish' then
    perform rule.cancel_fee(k, c, '办件已终止，不再收费');
  end if;
  return rule.done(k, c, n.number);
end $$;
comment on function rule.end_case(command.call, hall.case_file, text, text[], text, text[]) is
  'Ends a case with the paper of its kind; what the action needs is checked and filed before.';

-- Declining.

create or replace function rule.declined_where(c hall.case_file, p_post_id int8, p_where text, p_at timestamptz) returns text
language plpgsql stable as $$
declare
  p record;
begin
  if p_post_id is null then
    if nullif(btrim(p_where), '') is null then
      perform rule.refuse('decline.where');
    end if;
    return '向' || btrim(p_where) || '提出';
  end if;
  select d.full_name, d.department_id, w.no, w.name, w.place, q.name as post into p
  from hall.post q
  join hall.department d on d.department_id = q.department_id
  left join lateral rule.window_of(q.post_id, rule.day_of(p_at)) w on true
  where q.post_id = p_post_id and q.duty = 'window';
  if not found then
    perform rule.invalid('decline.post', 'to_post');
  elsif p.department_id = c.department_id then
    perform rule.refuse('decline.ours', p.post);
  end if;
  return '到' || coalesce(p.no || '号窗口（' || p.name || coalesce('，' || nullif(p.place, ''), '') || '）', '综合窗口')
    || '向' || p.full_name || '提出' || coalesce('，' || nullif(btrim(p_where), ''), '');
end $$;
comment on function rule.declined_where(hall.case_file, int8, text, timestamptz) is
  'Whose matter it is, and at which window, as the paper says it (NEG-4); refused without.';

create or replace function rule.declined_basis(c hall.case_file, p_why text, p_basis text) returns text
language plpgsql stable as $$
declare
  said text := nullif(btrim(p_basis), '');
begin
  if said is not null then
    return said;
  elsif p_why = 'not_permitted' then
    perform rule.refuse('decline.basis'); -- which law forbids it, only the clerk can say
  end if;
  return rule.basis_of(c, '《中华人民共和国行政许可法》第三十二条第一款第（' || case p_why when 'not_required' then '一' else '二' end || '）项');
end $$;
comment on function rule.declined_basis(hall.case_file, text, text) is
  'Legal basis of declining: what was typed, else 行政许可法 art. 32 or what the item publishes.';

create or replace function rule.declined_words(c hall.case_file, p_why text, p_facts text, p_basis text, p_post_id int8,
  p_where text, p_at timestamptz) returns text[] language plpgsql stable as $$
begin
  if p_why is null or p_why not in ('not_required', 'not_ours', 'not_permitted') then
    perform rule.invalid('decline.why', 'why');
  elsif rule.sentence(p_facts) is null then
    perform rule.invalid('text.blank', 'facts');
  elsif p_why <> 'not_ours' and (p_post_id is not null or nullif(btrim(p_where), '') is not null) then
    perform rule.refuse('decline.not_elsewhere');
  end if;
  return array['facts', rule.sentence(p_facts), 'basis', rule.declined_basis(c, p_why, p_basis), p_why,
    case p_why when 'not_ours' then rule.declined_where(c, p_post_id, p_where, p_at) else '是' end];
end $$;
comment on function rule.declined_words(hall.case_file, text, text, text, int8, text, timestamptz) is
  'What the paper that declines says, name and value in turn (NEG-2, NEG-3).';

create or replace function rule.declined_visitor(k command.call, c hall.case_file, p_to_post_id int8, p_note text) returns int8
language plpgsql as $$
declare
  y hall.case_party;
begin
  if p_to_post_id is null then
    return null;
  end if;
  select * into y from hall.case_party x where x.case_id = c.case_id and x.role in ('applicant', 'agent')
  order by x.role = 'agent' desc, x.seq limit 1;
  return rule.hand_visitor(k, y.name, y.phone,
    (select v.name || coalesce('：' || c.matter, '') from hall.item_version v where v.item_version_id = c.item_version_id),
    null, p_to_post_id, c.case_id, p_note);
end $$;
comment on function rule.declined_visitor(command.call, hall.case_file, int8, text) is
  'Hands who stands at the counter over to the post whose matter it is (NEG-4, FST-1).';

create or replace function rule.is_major(c hall.case_file, p_marked bool) returns bool language plpgsql stable as $$
begin
  return coalesce(p_marked, false) or (
    select i.major from hall.item_version v join hall.item i on i.item_id = v.item_id
    where v.item_version_id = c.item_version_id
  );
end $$;
comment on function rule.is_major(hall.case_file, bool) is 'A major matter: the item''s flag or the clerk''s mark (NEG-2).';

-- Before the command, which uses the approval up.
create or replace function rule.need_major(c hall.case_file, p_major bool, p_action text) returns void language plpgsql stable as $$
begin
  if rule.is_major(c, p_major) and rule.granted_exception('major_' || p_action, c.case_id) is null then
    perform rule.refuse(p_action || '.major', c.number);
  end if;
end $$;
comment on function rule.need_major(hall.case_file, bool, text) is
  'Refuses to refuse or decline a major matter before the chief representative''s approval (NEG-2).';

-- Finishing.

create or replace function rule.to_finish(c hall.case_file, p_at timestamptz, p_mats rule.material[]) returns void
language plpgsql stable as $$
declare
  v record;
begin
  select i.handling, i.name into v from hall.item_version i where i.item_version_id = c.item_version_id;
  if v.handling <> 'immediate' then
    perform rule.refuse('finish.not_immediate', v.name);
  end if;
  perform rule.need_complete(p_mats, rule.day_of(p_at));
  select m.name, m.seq into v from unnest(p_mats) m where m.state = 'later' order by m.seq limit 1;
  if found then
    perform rule.refuse('finish.later', v.name, v.seq::text);
  end if;
end $$;
comment on function rule.to_finish(hall.case_file, timestamptz, rule.material[]) is
  'Refuses what cannot be finished on the spot: not an immediate item, or a material not there (CASE-4).';

-- With receive the only command that takes a paper's time: what was received by hand may have
-- been finished by hand, too (CASE-18). Events are ordered by key-in all the same.
create or replace function rule.finish_moment(c hall.case_file, p_keyed_at timestamptz, p_paper_at timestamptz)
returns timestamptz language plpgsql stable as $$
begin
  if p_paper_at is null then
    return p_keyed_at;
  elsif not exists (select from hall.hand_receipt h where h.case_id = c.case_id) then
    perform rule.refuse('finish.not_by_hand', c.number);
  elsif p_paper_at < c.received_at then
    perform rule.invalid('finish.before', 'paper_at');
  end if;
  if p_keyed_at >= rule.month_closes(rule.day_of(p_paper_at)) -- but where its receipt was let in
      and to_char(rule.day_of(p_paper_at), 'YYYYMM') <> to_char(rule.day_of(c.received_at), 'YYYYMM') then
    perform rule.refuse('hand.month_closed', to_char(rule.day_of(p_paper_at), 'YYYY-MM'));
  end if;
  return rule.hand_past(p_paper_at, p_keyed_at);
end $$;
comment on function rule.finish_moment(hall.case_file, timestamptz, timestamptz) is
  'When a case was finished: now, or at its paper''s time (CASE-3).';

-- Accepted and closed at one moment: the total clock runs from acceptance, and stops (CLK-2).
create or replace function rule.finished(c hall.case_file, p_at timestamptz) returns hall.case_file
language plpgsql stable as $$
begin
  c.accepted_at := p_at;
  c := rule.run_clocks(c, rule.day_of(p_at));
  c.decided_at := p_at;
  c.granted := true;
  return c;
end $$;
comment on function rule.finished(hall.case_file, timestamptz) is 'The clocks of a case finished on the spot.';

drop function if exists rule.timing(timestamptz, timestamptz), rule.spare_days(timestamptz, timestamptz),
  rule.workdays_between(date, date); -- rule.timing of three and rule.workdays_in say the same
drop function if exists rule.timing_cn(timestamptz, timestamptz); -- did not know of standing still
create or replace function rule.timing_cn(p_timing text, p_spare int4) returns text language sql immutable as $$
  select case p_timing
    when 'early' then '提前' || p_spare || '个工作日办结'
    when 'on_time' then '按期办结'
    when 'overdue' then case when p_spare = 0 then '超期办结，未满1个工作日' else '超期' || -p_spare || '个工作日办结' end end
$$;
comment on function rule.timing_cn(text, int4) is 'Whether a case ended in time, and by how many days, as papers say it.';

create or replace function rule.finished_words(c hall.case_file, p_document text, p_document_no text) returns text[]
language plpgsql stable as $$
begin
  return (
    select array['document', coalesce(nullif(btrim(p_document), ''), nullif(v.result_doc, ''), '已办结'),
      'document_no', btrim(p_document_no)]
    from hall.item_version v where v.item_version_id = c.item_version_id
  );
end $$;
comment on function rule.finished_words(hall.case_file, text, text) is
  'The result as the paper says it: what was typed, else the item''s result document.';

-- Withdrawing.

create or replace function rule.withdrawn_words(c hall.case_file, p_signed_on date, p_signed_by text, p_at timestamptz)
returns text[] language plpgsql stable as $$
begin
  if p_signed_on is null or p_signed_on > rule.day_of(p_at) then
    perform rule.refuse('withdraw.day_ahead');
  elsif p_signed_on < rule.day_of(c.received_at) then
    perform rule.refuse('withdraw.day_before', rule.day_of(c.received_at)::text);
  elsif nullif(btrim(p_signed_by), '') is null then
    perform rule.invalid('text.blank', 'signed_by');
  end if;
  return array['signed', btrim(p_signed_by) || '于' || rule.day_cn(p_signed_on)];
end $$;
comment on function rule.withdrawn_words(hall.case_file, date, text, timestamptz) is
  'Who signed the request and when, as the paper says it; refused before receipt or in the future.';
