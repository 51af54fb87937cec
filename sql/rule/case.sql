-- The life of a case (CASE): its number, what the state machine allows, acceptance.

set role yimen_owner;

create or replace function rule.check_digit(p_digits text) returns text language plpgsql immutable as $$
declare
  p int4 := 10;
  s int4;
  i int4;
begin
  for i in 1 .. length(p_digits) loop
    s := (p + substr(p_digits, i, 1)::int4) % 10;
    p := ((case s when 0 then 10 else s end) * 2) % 11;
  end loop;
  return ((11 - p) % 10)::text;
end $$;
comment on function rule.check_digit(text) is
  'ISO 7064 MOD 11,10: finds every wrong digit and nearly every swapped pair.';

create or replace function rule.case_number(p_at timestamptz) returns text language plpgsql as $$
declare
  hall_no text := hall.setting_text('hall.number');
  day text := to_char(rule.day_of(p_at), 'YYYYMMDD');
  serial text := nextval('hall.case_serial')::text;
begin
  serial := lpad(serial, greatest(6, length(serial)), '0');
  return hall_no || '-' || day || '-' || serial || '-' || rule.check_digit(hall_no || day || serial);
end $$;
comment on function rule.case_number(timestamptz) is 'The number of a new case, such as 5199-20261123-000123-3 (CASE-12).';

create or replace function rule.transit(p_state text, p_action text) returns text language plpgsql stable as $$
declare
  target text;
begin
  select t.to_state into target from hall.transition t
  where t.from_state = p_state and t.action = p_action;
  if target is null then
    perform rule.refuse('case.state', p_state, p_action);
  end if;
  return target;
end $$;
comment on function rule.transit(text, text) is 'The state an action leads to; refuses what the table does not list.';

create or replace function rule.receiving_post(c hall.case_file) returns int8 language plpgsql stable as $$
begin
  if c.step_seq = 0 then
    return c.post_id;
  end if;
  return (
    select s.post_id from hall.item_step s where s.item_version_id = c.item_version_id and s.seq = 0
  );
end $$;
comment on function rule.receiving_post(hall.case_file) is 'The post that receives the item of a case.';

create or replace function rule.post_for(c hall.case_file, p_action text) returns int8 language plpgsql stable as $$
begin
  if exists (select from hall.transition t
      where t.from_state = c.state and t.action = p_action and t.done_by = 'post') then
    return rule.receiving_post(c);
  end if;
  return c.post_id;
end $$;
comment on function rule.post_for(hall.case_file, text) is
  'The post an action on a case is for: the receiving one where hall.transition says post, else that of its step.';

create or replace function rule.posts_of(p_by text, c hall.case_file) returns int8[] language plpgsql stable as $$
begin
  if p_by = 'chief' and exists (select from hall.item_version v
      where v.item_version_id = c.item_version_id and v.handling = 'joint') then
    return array(select p.post_id from hall.post p where p.duty = 'supervisor3' order by p.post_id); -- CASE-7
  end if;
  return array(select p.post_id from hall.post p
    where case p_by when 'chief' then p.duty = 'chief' and p.department_id = c.department_id
      else p.duty in ('supervisor1', 'supervisor2', 'supervisor3', 'duty') end order by p.post_id);
end $$;
comment on function rule.posts_of(text, hall.case_file) is
  'Posts that are not the case''s own and act in it: chief representatives of its department (of a joint item the hall''s director), supervisors.';

create or replace function rule.act_to(k command.call, c hall.case_file, p_action text) returns command.call
language plpgsql stable as $$
declare
  who text;
  posts int8[];
begin
  select t.done_by into who from hall.transition t where t.from_state = c.state and t.action = p_action limit 1;
  if who not in ('chief', 'supervisor') then
    return rule.act_for(k, rule.post_for(c, p_action));
  end if;
  posts := rule.posts_of(who, c);
  if posts = '{}' and who = 'chief' then
    perform rule.deny('exception.chief'); -- the holder does not stand in for a post there is not
  elsif posts = '{}' then
    perform rule.deny('exception.supervisor');
  elsif p_action = 'expedite' then
    return rule.act_to_hurry(k, c);
  end if;
  return rule.act_any(k, posts);
end $$;
comment on function rule.act_to(command.call, hall.case_file, text) is
  'The person acts in a case for whom hall.transition names: refused unless holding such a post (SEC-3).';

create or replace function rule.seen(k command.call, c hall.case_file, p_version int4) returns command.call
language plpgsql stable as $$
begin
  if c.case_id is null then
    perform rule.refuse('case.none');
  end if;
  k.at := c.last_at;
  if p_version is distinct from c.version then -- first: it may have moved to another post
    perform rule.refuse('case.changed', c.version::text, c.number); -- CASE-14
  end if;
  return k;
end $$;
comment on function rule.seen(command.call, hall.case_file, int4) is
  'The command acts on the case as it was seen (CASE-14), at the case''s moment.';

-- The case is locked and settled (rule.settle) by the caller.
create or replace function rule.expect(k command.call, c hall.case_file, p_version int4, p_action text)
returns command.call language plpgsql stable as $$
begin
  k := rule.seen(k, c, p_version);
  perform rule.transit(c.state, p_action);
  perform rule.need_checked(c, p_action);
  k := rule.act_to(k, c, p_action);
  return k;
end $$;
comment on function rule.expect(command.call, hall.case_file, int4, text) is
  'The person may do this to the case: seen as it is (CASE-14), holder of the post it is for (SEC-3), lawful (CASE).';

create or replace function rule.done(k command.call, c hall.case_file, p_number text) returns command.call
language plpgsql immutable as $$
begin
  k.case_id := c.case_id;
  k.version := c.version;
  k.number := p_number;
  return k;
end $$;
comment on function rule.done(command.call, hall.case_file, text) is 'The outcome of a write that changed a case.';

create or replace function rule.correction_term(p_at timestamptz) returns timestamptz
language plpgsql stable as $$
begin
  return (
    select rule.closing(rule.add_workdays(rule.day_of(p_at), hall.setting_text('term.correction_days')::int4))
  );
end $$;
comment on function rule.correction_term(timestamptz) is
  'Closing time of the fifth working day after a delivery''s date (ONE-2).';

create or replace function rule.delivery_term(p_at timestamptz) returns timestamptz language plpgsql stable as $$
begin
  return rule.limit_end(p_at, hall.setting_text('term.delivery_days')::int4, 'workday');
end $$;
comment on function rule.delivery_term(timestamptz) is 'By when a result granted at a moment is to be delivered (CASE-8).';

create or replace function rule.save(c hall.case_file) returns void language plpgsql as $$
begin
  update hall.case_file f
  set state = c.state, step_seq = c.step_seq, post_id = c.post_id, version = c.version,
    last_at = c.last_at, delivered_at = c.delivered_at, deliveries = c.deliveries,
    corrections = c.corrections, term_at = c.term_at, accepted_at = c.accepted_at,
    silent = c.silent, due_at = c.due_at, statutory_at = c.statutory_at, provisional = c.provisional,
    step_at = c.step_at, step_due_at = c.step_due_at, hurried = c.hurried, extended = c.extended, promise_extended = c.promise_extended,
    step_extended = c.step_extended, decided_at = c.decided_at, granted = c.granted, deliver_at = c.deliver_at,
    handed_at = c.handed_at, light = c.light, step_light = c.step_light, clock_floor = c.clock_floor
  where f.case_id = c.case_id;
end $$;
comment on function rule.save(hall.case_file) is 'Stores what commands change in a case.';

-- As of is the moment the total clock runs from: now, or by silence the delivery's; the first
-- step's clock runs from now (ONE-2).
create or replace function rule.accepted(c hall.case_file, p_at timestamptz, p_as_of timestamptz, p_event text)
returns hall.case_file language plpgsql stable as $$
declare
  s hall.item_step := rule.step_after(c);
begin
  if s.seq is null then
    perform rule.refuse('item.no_step', (select i.name from hall.item_version i where i.item_version_id = c.item_version_id));
  end if;
  c := rule.moved(c, p_at, p_event);
  c.term_at := null;
  c.accepted_at := p_as_of;
  c.silent := p_event = 'silence';
  return rule.at_step(c, s);
end $$;
comment on function rule.accepted(hall.case_file, timestamptz, timestamptz, text) is
  'A case as it is once accepted: the post of the next step (CASE-5), the ends of its limits (CLK-2).';

create or replace function rule.accept(k command.call, c hall.case_file, p_as_of timestamptz,
  p_event text, p_mats rule.material[], p_detail text[]) returns command.call
language plpgsql as $$
declare
  n hall.notice;
  was text := c.state;
begin
  if p_event = 'accept' then -- what silence made cannot be voided: the term is over
    perform rule.remember(c);
  end if;
  c := rule.accepted(c, k.at, p_as_of, p_event);
  p_detail := p_detail || rule.open_reviews(k, c);
  perform rule.keep(c);
  n := rule.issue(k, c, 'acceptance', p_mats);
  perform rule.record(k, c, p_event, was, n.notice_id, null, p_detail || rule.paper_detail(n)
    || case when p_event = 'accept' then rule.before_detail(c.case_id) else '{}' end || rule.clock_detail(c));
  return rule.done(k, c, n.number);
end $$;
comment on function rule.accept(command.call, hall.case_file, timestamptz, text, rule.material[], text[]) is
  'Accepts a case, by a person (accept) or by the system (silence): 受理通知书, the clocks start.';

create or replace function rule.to_correct(c hall.case_file, p_at timestamptz,
  p_seq int2[], p_state text[], p_note text[], p_later date[])
returns rule.material[] language plpgsql stable as $$
declare
  mats rule.material[];
  m record;
begin
  if (c.corrections > 0 or c.state = 'accepted') and rule.granted_exception('second_correction', c.case_id) is null then
    perform rule.refuse('correct.second', c.number); -- ONE-3
  end if;
  mats := rule.with_needs(c, rule.ticked(c.case_id, c.item_version_id, rule.day_of(p_at), p_seq, p_state, p_note, p_later));
  select q.name, q.seq into m from unnest(mats) q where q.state = 'open' order by q.seq limit 1;
  if found then
    perform rule.refuse('material.open', m.name, m.seq::text); -- ONE-1: everything missing, once
  elsif rule.other_needs(c) is null and not exists (select from unnest(mats) q where q.state in ('absent', 'defective')) then
    perform rule.refuse('correct.nothing');
  end if;
  return mats;
end $$;
comment on function rule.to_correct(hall.case_file, timestamptz, int2[], text[], text[], date[]) is
  'The materials of the one-time notice: everything missing, once (ONE-1); a second one needs a granted exception (ONE-3).';

create or replace function rule.corrected(c hall.case_file, p_at timestamptz) returns hall.case_file
language plpgsql stable as $$
begin
  c := rule.moved(c, p_at, 'correct');
  c.corrections := c.corrections + 1;
  c.term_at := (select rule.limit_end(p_at, i.answer_days, 'day')
    from hall.item_version i where i.item_version_id = c.item_version_id);
  return c;
end $$;
comment on function rule.corrected(hall.case_file, timestamptz) is
  'A case as it is once a correction was asked: the item''s answer term runs (ONE-2).';

create or replace function rule.answered(c hall.case_file, p_at timestamptz) returns hall.case_file
language plpgsql stable as $$
begin
  c := rule.moved(c, p_at, 'answer');
  c.deliveries := c.deliveries + 1;
  if c.state = 'received' then
    c.delivered_at := p_at;
    c.term_at := rule.correction_term(p_at);
  else
    c.term_at := null; -- what was applied for had been delivered before it was accepted
  end if;
  return c;
end $$;
comment on function rule.answered(hall.case_file, timestamptz) is
  'A case once the applicant brought what was asked: before acceptance a new term runs (ONE-2).';

create or replace function rule.told_number(p_case_id int8) returns text language plpgsql stable as $$
begin
  return (
    select n.number from hall.notice n
    where n.case_id = p_case_id and n.kind = 'correction' and n.voided_at is null
    order by n.notice_id desc limit 1
  );
end $$;
comment on function rule.told_number(int8) is 'Number of the last one-time notice that is not void.';

create or replace function rule.correction_words(c hall.case_file) returns text[] language plpgsql stable as $$
begin
  return case when c.corrections > 0 then array['earlier_number', rule.told_number(c.case_id)] else '{}'::text[] end
    || case when c.state = 'accepted' then array['standing', '是'] else '{}'::text[] end;
end $$;
comment on function rule.correction_words(hall.case_file) is
  'What a second one-time notice says of the one before (ONE-3); the case as it is before it.';

create or replace function rule.use_second_correction(k command.call, c hall.case_file, p_mats rule.material[]) returns text[]
language plpgsql as $$
begin
  if c.corrections = 0 and c.state <> 'accepted' then
    return '{}';
  end if;
  return array['exception', '', rule.consume_exception(k, 'second_correction', c.case_id)::text, 'added', '',
    coalesce((select string_agg(m.seq::text, ' ' order by m.seq) from unnest(p_mats) m
      where m.state in ('absent', 'defective') and not m.told), '')];
end $$;
comment on function rule.use_second_correction(command.call, hall.case_file, rule.material[]) is
  'Uses the exception of a second one-time notice; for the trail, with what could have been told the first time (ONE-3).';
