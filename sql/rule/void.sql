-- Voiding (DOC-3): a paper issued anew without a change of state, and a state made by an
-- undelivered paper taken back to the one before.

set role yimen_owner;

create or replace function rule.amended_words(p_words text[], p_now text[]) returns text[] language plpgsql stable as $$
begin
  return (
    select array_agg(case when p.amendable then n.v else w.v end order by w.o)
    from unnest(p_words) with ordinality w (v, o)
    left join unnest(p_now) with ordinality n (v, o) on n.o = w.o
    left join hall.placeholder p on p.no = w.o
  );
end $$;
comment on function rule.amended_words(text[], text[]) is 'The words of a paper with those facts of the case that may be amended as they are now.';

-- 暂定 is told by the dates on the paper, which stay.
create or replace function rule.holds_again(c hall.case_file, p_words text[], p_holds text[], p_mats rule.material[]) returns text[]
language plpgsql stable as $$
begin
  return array(select h from unnest(rule.holds(c, p_words, p_mats)) h where h <> 'provisional')
    || array(select h from unnest(p_holds) h where h = 'provisional');
end $$;
comment on function rule.holds_again(hall.case_file, text[], text[], rule.material[]) is 'The conditions of a paper issued anew.';

create or replace function rule.void_paper(k command.call, p_notice_id int8, p_reason text) returns void
language plpgsql as $$
begin
  update hall.notice n set voided_at = k.at, void_reason = btrim(p_reason)
  where n.notice_id = p_notice_id and n.voided_at is null;
  if not found then
    perform rule.refuse('void.already');
  end if;
end $$;
comment on function rule.void_paper(command.call, int8, text) is 'Marks a paper void: its number stays (DOC-2).';

create or replace function rule.signed_anew(k command.call, p_part jsonb, p_replaces text) returns jsonb
language plpgsql stable as $$
declare
  words text[] := rule.part_words(p_part);
begin
  words[29] := (select f.name from hall.staff f where f.staff_id = k.staff_id); -- hall.placeholder: clerk
  words[31] := rule.day_cn(rule.day_of(k.at));
  words[70] := p_replaces;
  return p_part || jsonb_build_object('words', to_jsonb(words),
    'holds', to_jsonb(array_remove(rule.part_holds(p_part), 'replaces') || 'replaces'::text));
end $$;
comment on function rule.signed_anew(command.call, jsonb, text) is 'A part of a paper issued anew: who, when, instead of which.';

-- The other cases of a visit share its receipt: the caller has locked them (rule.settle_visit).
create or replace function rule.reissue(k command.call, c hall.case_file, p_old hall.notice, p_parts jsonb, p_reason text)
returns hall.notice language plpgsql as $$
declare
  n hall.notice;
  cases int8[] := array(select l.case_id from hall.receipt_case l where l.notice_id = p_old.notice_id order by l.case_id);
begin
  perform rule.void_paper(k, p_old.notice_id, p_reason);
  n := rule.new_paper(k, c, p_old.kind);
  if n.serial is null then -- a receipt of a visit may be another case's
    n.case_id := p_old.case_id;
    n.department_id := p_old.department_id;
    n.number := p_old.number;
  end if;
  n.replaces_id := p_old.notice_id;
  n.made_from := (select jsonb_agg(rule.signed_anew(k, x.p, p_old.number) order by x.o)
    from jsonb_array_elements(p_parts) with ordinality x (p, o));
  n.blocks := rule.refill(n.template_id, n.made_from, n.number);
  insert into hall.notice values (n.*);
  insert into hall.receipt_case select n.notice_id, w from unnest(cases) w;
  update hall.negative g set notice_id = n.notice_id where g.notice_id = p_old.notice_id;
  perform rule.record(k, c, 'reissue', c.state, n.notice_id, btrim(p_reason),
    array['void', p_old.number, ''] || rule.paper_detail(n)
      || coalesce((select rule.filed_detail(g) from hall.negative g where g.notice_id = n.notice_id), '{}'));
  perform rule.tell_visit(k, n, array[p_old], array_remove(cases, c.case_id));
  return n;
end $$;
comment on function rule.reissue(command.call, hall.case_file, hall.notice, jsonb, text) is
  'A paper in place of a void one: neither state nor dates change, and it is no second notice (ONE-3).';

create or replace function rule.reworded(c hall.case_file, p_part jsonb, p_remark text, p_facts text, p_basis text) returns jsonb
language plpgsql stable as $$
declare
  words text[] := rule.part_words(p_part);
begin
  if p_remark is not null then
    words[30] := rule.sentence(p_remark); -- hall.placeholder: remark, facts, basis
  end if;
  if p_facts is not null or p_basis is not null then
    if words[61] is null or (p_facts is not null and rule.sentence(p_facts) is null) then
      perform rule.invalid('notice.no_facts', 'facts');
    end if;
    words[61] := coalesce(rule.sentence(p_facts), words[61]);
    words[62] := coalesce(nullif(btrim(p_basis), ''), words[62]);
  end if;
  return p_part || jsonb_build_object('words', to_jsonb(words),
    'holds', to_jsonb(rule.holds_again(c, words, rule.part_holds(p_part), rule.part_mats(p_part))));
end $$;
comment on function rule.reworded(hall.case_file, jsonb, text, text, text) is
  'A part with the clerk''s words put right; everything else as issued.';

create or replace function rule.reissue_words(k command.call, c hall.case_file, p_old hall.notice, p_reason text,
  p_remark text, p_facts text, p_basis text) returns hall.notice language plpgsql as $$
declare
  parts jsonb := p_old.made_from;
begin
  if parts is null then
    perform rule.refuse('notice.old');
  elsif jsonb_array_length(parts) = 1 then
    parts := jsonb_build_array(rule.reworded(c, parts -> 0, p_remark, p_facts, p_basis));
    if p_facts is not null or p_basis is not null then
      perform rule.reword_negative(k, p_old.notice_id, (rule.part_words(parts -> 0))[61], (rule.part_words(parts -> 0))[62]);
    end if;
  elsif p_facts is not null or p_basis is not null then
    perform rule.invalid('notice.no_facts', 'facts');
  end if;
  return rule.reissue(k, c, p_old, parts, p_reason);
end $$;
comment on function rule.reissue_words(command.call, hall.case_file, hall.notice, text, text, text, text) is
  'Issues a damaged or wrongly worded paper anew.';

create or replace function rule.last_event(p_case_id int8) returns hall.event language plpgsql stable as $$
begin
  return (
    select e from hall.event e
    where e.case_id = p_case_id and not exists (select from hall.side_event s where s.event = e.event)
    order by e.seq desc limit 1
  );
end $$;
comment on function rule.last_event(int8) is 'The last event that was no mere side event: printing a paper does not make it final.';

create or replace function rule.first_paper(p_notice_id int8) returns int8 language plpgsql stable as $$
begin
  return (
    with recursive chain as (
      select n.notice_id, n.replaces_id from hall.notice n where n.notice_id = p_notice_id
      union all
      select n.notice_id, n.replaces_id from chain c join hall.notice n on n.notice_id = c.replaces_id
    )
    select c.notice_id from chain c where c.replaces_id is null
  );
end $$;
comment on function rule.first_paper(int8) is 'The paper that a paper was first issued as.';

create or replace function rule.act_to_void(k command.call, c hall.case_file, e hall.event) returns command.call
language plpgsql stable as $$
declare
  p int8;
begin
  k.at := c.last_at;
  if rule.day_of(k.at) = rule.day_of(e.at)
      and exists (select from hall.post h where h.post_id = e.acting_post_id and h.holder_id = k.staff_id) then
    return rule.act_for(k, e.acting_post_id);
  end if;
  select h.post_id into p from hall.post h
  where h.holder_id = k.staff_id and h.duty in ('supervisor1', 'supervisor2', 'supervisor3', 'duty')
  order by h.post_id limit 1;
  if p is null and rule.day_of(k.at) <> rule.day_of(e.at) then
    perform rule.deny('void.another_day', rule.day_of(e.at)::text);
  end if;
  return rule.act_for(k, coalesce(p, e.acting_post_id));
end $$;
comment on function rule.act_to_void(command.call, hall.case_file, hall.event) is
  'Who may void what an event made: the post that made it on the same day, else a supervisor.';

create or replace function rule.before(c hall.case_file, e hall.event, p_at timestamptz) returns hall.case_file
language plpgsql stable as $$
declare
  b hall.case_before;
  was hall.case_file;
begin
  select * into b from hall.case_before x where x.case_id = c.case_id and x.version = e.version;
  if not found or not exists (select from hall.transition t
      where (t.from_state, t.action, t.to_state) = (c.state, 'void', b.file ->> 'state')) then
    perform rule.refuse('case.state', c.state, 'void');
  end if;
  was := jsonb_populate_record(null::hall.case_file, b.file);
  if was.term_at <= p_at then
    perform rule.refuse('void.term_over', rule.day_of(was.term_at)::text);
  elsif (rule.grants_at(was)).at <= p_at then
    perform rule.refuse('void.silence', rule.day_of((rule.grants_at(was)).at)::text); -- DEEM-5
  end if;
  was.version := c.version + 1;
  was.last_at := p_at;
  return was;
end $$;
comment on function rule.before(hall.case_file, hall.event, timestamptz) is
  'A case as it was before an event; refused when the term that would run again is over (ONE-2).';

-- A calendar that changed since the event has not seen the moments that run again (CLK-4).
create or replace function rule.catch_up_calendar(c hall.case_file, p_since timestamptz) returns int4 language plpgsql as $$
begin
  if exists (select from hall.audit a where a.subject_kind = 'hall' and a.subject_id = 0
      and a.event in ('load.calendar', 'set.day', 'set.hours') and a.at >= p_since) then
    perform rule.move_case(c.case_id, c.last_at);
  end if;
  return (select f.version from hall.case_file f where f.case_id = c.case_id);
end $$;
comment on function rule.catch_up_calendar(hall.case_file, timestamptz) is
  'Moves the moments of a case that came back by whatever calendar was loaded meanwhile; its version.';

create or replace function rule.void(k command.call, c hall.case_file, n hall.notice, p_reason text) returns command.call
language plpgsql as $$
declare
  e hall.event := rule.last_event(c.case_id);
  was hall.case_file;
  state text := c.state;
  reviews text[];
begin
  k := rule.act_to_void(k, c, e);
  if n.voided_at is not null then
    perform rule.refuse('void.already');
  elsif e.notice_id is distinct from rule.first_paper(n.notice_id) then
    perform rule.refuse('void.not_last', n.number);
  end if;
  was := rule.before(c, e, k.at);
  perform rule.void_paper(k, n.notice_id, p_reason);
  update hall.case_material m set told = m.seq = any (b.told)
  from hall.case_before b where b.case_id = c.case_id and m.case_id = c.case_id and m.told <> (m.seq = any (b.told));
  update hall.negative g set voided_at = k.at where g.case_id = c.case_id and g.version = e.version and not rule.by_hand(g.category);
  update hall.case_outcome o set voided_at = k.at where o.case_id = c.case_id and o.version = e.version;
  update hall.stand s set voided_at = k.at where s.case_id = c.case_id and s.version = e.version;
  update hall.stand s set until_at = null, end_version = null, outcome = null
  where s.case_id = c.case_id and s.end_version = e.version; -- what it ended goes on
  was := rule.run_clocks(was, rule.day_of(k.at));
  reviews := rule.void_reviews(was, e);
  perform rule.keep(was);
  if e.event = 'decline' then
    perform rule.call_visitors_back(k, c.case_id, n.number);
  end if;
  perform rule.record(k, was, 'void', state, n.notice_id, btrim(p_reason),
    array['void', n.number, '', 'event', e.event, ''] || reviews || case when was.term_at is null then '{}'::text[]
      else array['term', '', rule.moment_text(was.term_at)] end
    || case when was.accepted_at is null then '{}'::text[] else rule.clock_detail(was) end);
  perform rule.cancel_fee_after(k, was, e);
  perform rule.give_exception_back(k, was, e);
  was.version := rule.catch_up_calendar(was, e.at);
  return rule.done(k, was, n.number);
end $$;
comment on function rule.void(command.call, hall.case_file, hall.notice, text) is
  'Takes back what a paper made: it is void, the case is what it was before, its term runs on (DOC-3, ONE-2).';
