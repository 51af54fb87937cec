-- From acceptance to the end (CASE-5 … CASE-10): who acts, steps of the procedure, longer and
-- shorter limits, decision, close, delivery. What each needs, what its paper says, the case then.

set role yimen_owner;

-- The case in a new version; its clocks as its facts and the calendar put them.
create or replace function rule.moved(c hall.case_file, p_at timestamptz, p_action text) returns hall.case_file
language plpgsql stable as $$
begin
  c.state := rule.transit(c.state, p_action);
  c.version := c.version + 1;
  c.last_at := p_at;
  return c;
end $$;
comment on function rule.moved(hall.case_file, timestamptz, text) is 'A case as an action of the state machine leaves it.';

-- Stores it, fires nothing: what is due by time is put down anew.
create or replace function rule.keep(c hall.case_file) returns void language plpgsql as $$
begin
  perform rule.save(c);
  perform rule.run_reviews(c);
  perform rule.schedule(c);
end $$;
comment on function rule.keep(hall.case_file) is 'Stores what a command changed in a case, and what will happen to it by time.';

-- Steps.

create or replace function rule.step_after(c hall.case_file, p_closing bool default false) returns hall.item_step
language plpgsql stable as $$
begin
  return (
    select s from hall.item_step s
    where s.item_version_id = c.item_version_id and s.seq > c.step_seq and (s.phase = 'close') = p_closing
    order by s.seq limit 1
  );
end $$;
comment on function rule.step_after(hall.case_file, bool) is
  'The next step of the procedure before the decision, or the closing one; NULL: there is none.';

create or replace function rule.at_step(c hall.case_file, s hall.item_step) returns hall.case_file language plpgsql stable as $$
begin
  c.step_seq := s.seq;
  c.post_id := s.post_id;
  c.step_at := c.last_at;
  c.step_extended := null;
  return rule.run_clocks(c, rule.day_of(c.last_at));
end $$;
comment on function rule.at_step(hall.case_file, hall.item_step) is 'A case once it is at a step: its post holds it (CASE-5), the step''s own clock runs.';

create or replace function rule.next_step(c hall.case_file) returns hall.item_step language plpgsql stable as $$
declare
  s hall.item_step := rule.step_after(c);
begin
  if s.seq is null then
    perform rule.refuse('advance.decide', c.number);
  end if;
  return s;
end $$;
comment on function rule.next_step(hall.case_file) is 'The step a case advances to; refused at the deciding one, where it is decided.';

create or replace function rule.earlier_step(c hall.case_file, p_seq int2) returns hall.item_step language plpgsql stable as $$
declare
  s hall.item_step;
begin
  select * into s from hall.item_step x
  where x.item_version_id = c.item_version_id and x.seq > 0 and x.seq < c.step_seq
    and (p_seq is null or x.seq = p_seq)
  order by x.seq desc limit 1;
  if not found then
    perform rule.refuse('send_back.step', c.number);
  end if;
  return s;
end $$;
comment on function rule.earlier_step(hall.case_file, int2) is 'The step a case is sent back to: the one before, or the one named.';

create or replace function rule.need_deciding(c hall.case_file) returns void language plpgsql stable as $$
declare
  s hall.item_step := rule.step_after(c);
begin
  if s.seq is not null then
    perform rule.refuse('decide.step', s.name);
  end if;
end $$;
comment on function rule.need_deciding(hall.case_file) is 'Refuses before the deciding step: the last one before the case is closed.';

create or replace function rule.step_detail(c hall.case_file, p_from int2) returns text[] language sql stable as $$
  select array['step', p_from::text, c.step_seq::text, 'step_due', '', rule.moment_text(c.step_due_at)]
$$;
comment on function rule.step_detail(hall.case_file, int2) is 'A change of step as the trail keeps it.';

create or replace function rule.clock_detail(c hall.case_file) returns text[] language sql stable as $$
  select array['due', '', rule.moment_text(c.due_at), 'statutory', '', rule.moment_text(c.statutory_at),
    'step_due', '', rule.moment_text(c.step_due_at)]
$$;
comment on function rule.clock_detail(hall.case_file) is 'The ends of a case''s limits as the trail keeps them; empty: it stands still.';

-- Longer and shorter limits.

create or replace function rule.unit_of(c hall.case_file) returns text language plpgsql stable as $$
begin
  return (select v.unit from hall.item_version v where v.item_version_id = c.item_version_id);
end $$;
comment on function rule.unit_of(hall.case_file) is 'The unit of the limits of a case.';

-- An item may have a limit by law and promise none. Then that is what runs out and what is extended (CASE-7), and what
-- is made shorter: expediting promises something, which is less than the law allows (CASE-10).
create or replace function rule.binding_end(c hall.case_file) returns timestamptz language plpgsql stable as $$
begin
  return (
    select case when coalesce(c.hurried, v.promised) is null then c.statutory_at else c.due_at end
    from hall.item_version v where v.item_version_id = c.item_version_id
  );
end $$;
comment on function rule.binding_end(hall.case_file) is
  'Where the limit ends that binds a case: the promise, where there is none the limit by law; NULL: no limit, or it stands still.';

create or replace function rule.extension_max(c hall.case_file) returns int4 language plpgsql stable as $$
begin
  return (
    select coalesce(v.extend_days,
      hall.setting_text(case v.handling when 'joint' then 'term.extend_joint_days' else 'term.extend_days' end)::int4)
    from hall.item_version v where v.item_version_id = c.item_version_id
  );
end $$;
comment on function rule.extension_max(hall.case_file) is 'Working days a case may be extended by (CASE-7).';

-- Beyond the item's maximum it needs an exception, which the command uses up.
create or replace function rule.to_extend(c hall.case_file, p_days int4, p_at timestamptz) returns void
language plpgsql stable as $$
declare
  ends timestamptz := rule.binding_end(c);
begin
  if p_days is null or p_days not between 1 and 999 then
    perform rule.invalid('extend.days', 'days');
  elsif c.extended is not null then
    perform rule.refuse('extend.once', c.extended::text);
  elsif not exists (select from hall.item_version v where v.item_version_id = c.item_version_id
      and coalesce(c.hurried, v.promised, v.statutory) is not null) then
    perform rule.refuse('extend.no_limit');
  elsif ends < p_at then
    perform rule.refuse('extend.over', rule.end_text(ends, rule.unit_of(c)));
  elsif p_days > rule.extension_max(c) and rule.granted_exception('extend_beyond', c.case_id) is null then
    perform rule.refuse('extend.beyond', rule.extension_max(c)::text);
  end if;
end $$;
comment on function rule.to_extend(hall.case_file, int4, timestamptz) is
  'Refuses a second extension, one after the limit, one longer than the item allows (CASE-7).';

create or replace function rule.extended(c hall.case_file, p_days int4) returns hall.case_file language plpgsql stable as $$
begin
  c.extended := p_days;
  c.promise_extended := (select p_days from hall.item_version v
    where v.item_version_id = c.item_version_id and coalesce(c.hurried, v.promised) is not null);
  c.step_extended := case when c.step_due_at < c.last_at then null -- it is over: as with the promise, nothing makes it longer
    when exists (select from hall.item_step s
      where s.item_version_id = c.item_version_id and s.seq = c.step_seq and s.limit_days is not null) then p_days end;
  return rule.run_clocks(c, rule.day_of(c.last_at));
end $$;
comment on function rule.extended(hall.case_file, int4) is
  'A case with working days added to promise and statutory limit alike, and to the step it is at unless its limit is over (CASE-7).';

create or replace function rule.extended_words(c hall.case_file, p_days int4, p_reason text) returns text[]
language plpgsql stable as $$
declare
  unit text := rule.unit_of(c);
  ends timestamptz := rule.binding_end(c);
begin
  return array['extended', rule.unit_cn(p_days, 'workday'), 'reason', rule.need_words(p_reason, 'reason'),
    'was_due', rule.end_cn(ends, unit), 'was_due_by', rule.by_cn(ends, unit)];
end $$;
comment on function rule.extended_words(hall.case_file, int4, text) is 'What 延期通知书 says; the case as it is before.';

create or replace function rule.hurried(c hall.case_file, p_promised int4) returns hall.case_file language plpgsql stable as $$
declare
  v hall.item_version;
  binding int4;
begin
  select * into v from hall.item_version i where i.item_version_id = c.item_version_id;
  binding := coalesce(c.hurried, v.promised, v.statutory);
  if p_promised is null or p_promised < 1 then
    perform rule.invalid('expedite.promised', 'promised');
  elsif binding is null then
    perform rule.refuse('expedite.no_limit');
  elsif p_promised >= binding then
    perform rule.refuse('expedite.longer', rule.unit_cn(binding, v.unit));
  end if;
  c.hurried := p_promised;
  c.promise_extended := null;
  c := rule.run_clocks(c, rule.day_of(c.last_at));
  if c.due_at <= c.last_at then
    perform rule.refuse('expedite.over', rule.end_text(c.due_at, v.unit));
  end if;
  return c;
end $$;
comment on function rule.hurried(hall.case_file, int4) is
  'A case with a shorter promise (CASE-10), or one where only the law set a limit; refused when it is no shorter, or over already.';

-- A supervisor, or whoever handles it with the exception a supervisor granted (CASE-16).
create or replace function rule.act_to_hurry(k command.call, c hall.case_file) returns command.call language plpgsql stable as $$
declare
  posts int8[] := rule.posts_of('supervisor', c);
begin
  if not exists (select from hall.post p where p.post_id = any (posts) and p.holder_id = k.staff_id)
      and rule.granted_exception('urgent', c.case_id) is not null then
    return rule.act_for(k, case when c.accepted_at is null then rule.receiving_post(c) else c.post_id end);
  end if;
  return rule.act_any(k, posts);
end $$;
comment on function rule.act_to_hurry(command.call, hall.case_file) is 'Who may expedite.';

-- Decision.

create or replace function rule.decided(c hall.case_file, p_granted bool) returns hall.case_file language plpgsql stable as $$
declare
  s hall.item_step := rule.step_after(c, true);
begin
  c.decided_at := c.last_at;
  c.granted := p_granted;
  c.deliver_at := case when p_granted then rule.delivery_term(c.last_at) end;
  if s.seq is null then
    c.step_at := null; -- no clock to run again when a close is voided or the calendar changes
    c.step_due_at := null;
    c.step_light := null;
    return c;
  end if;
  return rule.at_step(c, s);
end $$;
comment on function rule.decided(hall.case_file, bool) is
  'A case once decided: the total clock has stopped (CLK-2), it waits to be closed; a granted result is to be delivered (CASE-8).';

create or replace function rule.need_followed(c hall.case_file) returns void language plpgsql stable as $$
declare
  m record;
begin
  select i.name, t.seq into m from hall.case_material t
  join hall.item_material i on i.item_version_id = c.item_version_id and i.seq = t.seq
  where t.case_id = c.case_id and t.state = 'later' order by t.seq limit 1;
  if found then
    perform rule.refuse('decide.later', m.name, m.seq::text); -- 容缺
  end if;
end $$;
comment on function rule.need_followed(hall.case_file) is 'Refuses to grant while a material that was to follow (容缺) has not come.';

create or replace function rule.granted_words(c hall.case_file, p_document text, p_document_no text, p_valid_until date)
returns text[] language plpgsql stable as $$
begin
  if p_valid_until < rule.day_of(c.last_at) then
    perform rule.refuse('decide.valid', p_valid_until::text);
  end if;
  return rule.finished_words(c, p_document, p_document_no)
    || array['valid_until', rule.day_cn(p_valid_until), 'deliver_by', rule.term_cn(rule.delivery_term(c.last_at))];
end $$;
comment on function rule.granted_words(hall.case_file, text, text, date) is 'What 准予决定书 says.';

create or replace function rule.refused_words(c hall.case_file, p_facts text, p_basis text) returns text[]
language plpgsql stable as $$
begin
  if rule.sentence(p_facts) is null then
    perform rule.invalid('text.blank', 'facts');
  end if;
  return array['facts', rule.sentence(p_facts), 'basis', rule.need_words(p_basis, 'basis')];
end $$;
comment on function rule.refused_words(hall.case_file, text, text) is 'What 不予许可决定书 says (NEG-3): reasons and legal basis.';

-- Close.

create or replace function rule.decision(p_case_id int8) returns hall.notice language plpgsql stable as $$
begin
  return (
    select n from hall.notice n
    where n.case_id = p_case_id and n.kind in ('grant', 'refuse') and n.voided_at is null
    order by n.notice_id desc limit 1
  );
end $$;
comment on function rule.decision(int8) is 'The written decision of a case.';

create or replace function rule.decided_as(p_case_id int8) returns hall.case_outcome language plpgsql stable as $$
begin
  return (
    select o from hall.case_outcome o
    where o.case_id = p_case_id and o.event in ('decide', 'deem', 'refuse', 'finish') and o.voided_at is null
    order by o.version desc limit 1
  );
end $$;
comment on function rule.decided_as(int8) is 'What was decided of a case, at its deciding step or on the spot.';

create or replace function rule.closed_words(c hall.case_file) returns text[] language plpgsql stable as $$
declare
  n hall.notice := rule.decision(c.case_id);
  o hall.case_outcome := rule.decided_as(c.case_id);
  t record;
  licence bool;
begin
  select * into t from rule.timing(c.due_at, c.decided_at, (rule.stands_of(c.case_id)).stands);
  select v.task_type = '行政许可' into licence from hall.item_version v where v.item_version_id = c.item_version_id;
  return array['decided', case when c.granted then '准予' else '不予' end || case when licence then '行政许可' else '' end
      || case o.event when 'deem' then '（超时默许）' else '' end,
    'decided_no', n.number, 'decided_on', rule.day_cn(rule.day_of(c.decided_at)),
    'timing', rule.timing_cn(t.timing, t.spare), 'took', rule.unit_cn(rule.days_charged(c), 'workday'),
    'document', o.document, 'document_no', o.document_no];
end $$;
comment on function rule.closed_words(hall.case_file) is 'What 办结通知书 says of a decided case.';

create or replace function rule.days_charged(c hall.case_file) returns int4 language plpgsql stable as $$
begin
  return greatest(1, rule.days_left(c.decided_at, rule.day_of(c.accepted_at) + 1, (rule.stands_of(c.case_id)).stands));
end $$;
comment on function rule.days_charged(hall.case_file) is
  'Working days a decision took, less those the case stood still; at least 1.';

-- Delivery.

create or replace function rule.to_deliver(c hall.case_file, p_how text, p_received_on date, p_at timestamptz) returns void
language plpgsql stable as $$
begin
  if c.handed_at is not null then
    perform rule.refuse('deliver.done', rule.day_of(c.handed_at)::text);
  elsif p_how is null or rule.how_cn(p_how) is null then
    perform rule.invalid('deliver.how', 'how');
  elsif p_received_on > rule.day_of(p_at) then
    perform rule.refuse('deliver.day_ahead');
  elsif p_received_on < rule.day_of(c.decided_at) then
    perform rule.refuse('deliver.day_before', rule.day_of(c.decided_at)::text);
  elsif exists (select from hall.fee f where f.case_id = c.case_id and f.voided_at is null and f.paid_at is null and f.amount > 0) then
    perform rule.refuse('fee.unpaid', c.number);
  end if;
end $$;
comment on function rule.to_deliver(hall.case_file, text, date, timestamptz) is
  'Refuses a second delivery, one before the decision, one before the fee asked is paid (CASE-8, FEE-1).';

create or replace function rule.how_cn(p_how text) returns text language sql immutable as $$
  select case p_how when 'window' then '直接送达' when 'post' then '邮寄送达' when 'agent' then '代收'
    when 'public' then '公告送达' when 'electronic' then '电子送达' end
$$;
comment on function rule.how_cn(text) is 'A way of delivery as papers write it.';

create or replace function rule.delivered_words(c hall.case_file, p_how text, p_received_by text, p_received_on date,
  p_papers text) returns text[] language plpgsql stable as $$
declare
  n hall.notice := rule.decision(c.case_id);
  o hall.case_outcome := rule.decided_as(c.case_id);
begin
  return array['document', coalesce(o.document, n.title), 'document_no', coalesce(o.document_no, n.number),
    'how', rule.how_cn(p_how), 'received_by', rule.need_words(p_received_by, 'received_by'),
    'received_on', rule.day_cn(p_received_on), 'papers', p_papers];
end $$;
comment on function rule.delivered_words(hall.case_file, text, text, date, text) is 'What 送达回证 says.';

-- What a clerk does next, on one key.

create or replace function rule.action_of(c hall.case_file, p_more bool, p_standing text) returns text language sql stable as $$
  select case c.state when 'received' then 'accept' when 'correcting' then 'answer'
    when 'accepted' then case when p_more then 'advance' else 'decide' end
    when 'suspended' then case p_standing when 'correction' then 'answer' else 'resume' end
    when 'forwarded' then 'return' when 'decided' then 'close'
    when 'closed' then case when c.handed_at is null and (c.deliver_at is not null or c.granted = false) then 'deliver' end end
$$;
comment on function rule.action_of(hall.case_file, bool, text) is
  'The action a case waits for: whether steps come before its decision, what it stands still for.';

create or replace function rule.next_action(c hall.case_file) returns text language plpgsql stable as $$
begin
  return rule.action_of(c, (rule.step_after(c)).seq is not null, (rule.standing(c.case_id)).kind);
end $$;
comment on function rule.next_action(hall.case_file) is 'The action a case waits for, by its state and step; NULL: none.';
