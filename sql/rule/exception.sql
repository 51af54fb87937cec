-- Exceptions (CASE-16): asked by who handles it, granted or denied with reason by the post the
-- kind names, used once by a command of the holder.

set role yimen_owner;

-- Asked for in vain it would wait for its judge, or be granted for something that cannot come.
create or replace function rule.may_except(c hall.case_file, p_kind text) returns void language plpgsql stable as $$
begin
  case p_kind
    when 'second_correction' then
      if c.state = 'received' and c.corrections = 0 then
        perform rule.refuse('exception.not_told', c.number);
      elsif c.state <> 'correcting' then -- its answer is still to come
        perform rule.transit(c.state, 'correct');
      end if;
    when 'major_decline' then
      perform rule.transit(c.state, 'decline');
    when 'major_refuse' then
      perform rule.transit(c.state, 'refuse');
    when 'extend_beyond' then
      perform rule.transit(c.state, 'extend');
    when 'urgent' then
      perform rule.transit(c.state, 'expedite');
    when 'against_review' then
      perform rule.transit(c.state, 'decide');
      if (rule.against_granting(c)).code is null then
        perform rule.refuse('exception.no_review', c.number);
      end if;
    when 'fee_reduce' then
      perform rule.need_open_fee(c); -- the same: there must be something to take off
    else
      null;
  end case;
end $$;
comment on function rule.may_except(hall.case_file, text) is
  'Refuses an exception for which a case has no use: nothing was told once, or what it allows is over (CASE-16).';

create or replace function rule.judge_post(p_staff_id int8, p_kind text, p_department_id int8) returns int8
language plpgsql stable as $$
begin
  return (
    select p.post_id from hall.post p, hall.exception_kind q
    where q.kind = p_kind and p.holder_id = p_staff_id
      and case q.judge when 'chief' then p.duty = 'chief' and p.department_id = p_department_id when 'director' then p.duty = 'supervisor3'
        else p.duty in ('supervisor1', 'supervisor2', 'supervisor3', 'duty') end
    order by p.post_id limit 1
  );
end $$;
comment on function rule.judge_post(int8, text, int8) is
  'The post for which a person may judge such an exception now; NULL: none.';

create or replace function rule.granted_exception(p_kind text, p_case_id int8) returns int8 language plpgsql stable as $$
begin
  return (
    select x.exception_id from hall.exception x
    where x.case_id = p_case_id and x.kind = p_kind and x.state = 'granted'
  );
end $$;
comment on function rule.granted_exception(text, int8) is 'A granted exception of a case that was not used yet; NULL: none.';

create or replace function rule.consume_exception(k command.call, p_kind text, p_case_id int8, p_subject text default null)
returns int8 language plpgsql as $$
declare
  used int8;
begin
  update hall.exception x
  set state = 'used', used_by = k.staff_id, used_at = k.at
  where x.kind = p_kind and x.state = 'granted'
    and case when p_case_id is null then x.subject = rule.ident_no(p_subject)
      and x.department_id = (select p.department_id from hall.post p where p.post_id = k.acting_post_id)
      else x.case_id = p_case_id end
  returning x.exception_id into used;
  return used;
end $$;
comment on function rule.consume_exception(command.call, text, int8, text) is
  'Uses up the granted exception of a case, or of a subject of the department acted for; NULL: there is none (CASE-16).';

-- Consumed once means: by one command that stands. What was granted for an action is there again when the
-- paper of that action is void. One asked or granted anew meanwhile stands in its place: there are never two.
create or replace function rule.give_exception_back(k command.call, c hall.case_file, e hall.event) returns void language plpgsql as $$
declare
  x hall.exception;
begin
  update hall.exception y set state = 'granted', used_by = null, used_at = null
  where y.exception_id = rule.told(e.detail, 'exception')::int8 and y.case_id = c.case_id and y.state = 'used'
    and not exists (select from hall.exception o where o.case_id = y.case_id and o.kind = y.kind and o.state in ('asked', 'granted'))
  returning * into x;
  if x.exception_id is not null then
    perform rule.exception_event(k, c, x, 'exception_back', x.answer);
  end if;
end $$;
comment on function rule.give_exception_back(command.call, hall.case_file, hall.event) is
  'An exception used by a command that is taken back may be used once more, on record (CASE-16, DOC-3).';

create or replace function rule.exception_event(k command.call, c hall.case_file, x hall.exception, p_event text, p_note text)
returns void language plpgsql as $$
begin
  if c.case_id is not null then
    perform rule.record(k, c, p_event, c.state, null, p_note,
      array['exception', '', x.exception_id::text, 'kind', '', x.kind]);
  else
    perform rule.audit('post', x.asked_post_id, p_event, k.staff_id, k.window_id,
      array['exception', '', x.exception_id::text, 'kind', '', x.kind, 'subject', '', x.subject, 'reason', '', p_note]);
  end if;
end $$;
comment on function rule.exception_event(command.call, hall.case_file, hall.exception, text, text) is
  'Puts it into the case''s trail, or while there is no case into that of the post that asked.';

create or replace function rule.ask_exception(k command.call, c hall.case_file, p_kind text, p_subject text, p_reason text)
returns hall.exception language plpgsql as $$
declare
  x hall.exception;
begin
  insert into hall.exception (kind, case_id, subject, department_id, reason, asked_by, asked_post_id, asked_at)
  values (p_kind, c.case_id, case when c.case_id is null then rule.ident_no(btrim(p_subject)) end,
    coalesce(c.department_id, (select p.department_id from hall.post p where p.post_id = k.acting_post_id)),
    btrim(p_reason), k.staff_id, k.acting_post_id, k.at)
  on conflict do nothing returning * into x;
  if x.exception_id is null and p_kind = 'against_review' then
    update hall.exception y set state = 'asked', reason = btrim(p_reason), asked_by = k.staff_id, asked_post_id = k.acting_post_id,
      asked_at = k.at, decided_by = null, decided_post_id = null, decided_at = null, answer = null
    where y.case_id = c.case_id and y.state = 'granted' and rule.outrun(y) returning * into x;
  end if;
  if x.exception_id is null then
    perform rule.refuse('exception.asked');
  end if;
  perform rule.exception_event(k, c, x, 'exception_ask', x.reason);
  return x;
end $$;
comment on function rule.ask_exception(command.call, hall.case_file, text, text, text) is
  'Asks for an exception; refused while one of its kind is asked or granted. What was granted before a later objection is asked anew.';

create or replace function rule.act_anywhere(k command.call) returns command.call language plpgsql stable as $$
declare
  posts int8[] := array(select p.post_id from hall.post p where p.holder_id = k.staff_id and p.duty = 'window');
begin
  if posts = '{}' then
    perform rule.deny('post.none');
  end if;
  return rule.act_any(k, posts);
end $$;
comment on function rule.act_anywhere(command.call) is
  'The person acts for a receiving post held now, the one served at this window first: its department is concerned.';

-- Who asked does not grant, for whatever post: an approval is somebody else's. There is no exception for who
-- is alone: the post the rule names has an A and a B at least (POST-1), so its B takes it over and grants; a
-- supervisor's matter any other rank may grant as well. To deny what one asked oneself is to give it up.
-- The exception's row is locked after its case's, as a command that uses it does.
create or replace function rule.judge_exception(k command.call, c hall.case_file, p_exception_id int8, p_grant bool, p_answer text)
returns command.call language plpgsql as $$
declare
  x hall.exception;
  judge int8;
begin
  select * into x from hall.exception e where e.exception_id = p_exception_id for update;
  if not found then
    perform rule.refuse('exception.none');
  end if;
  judge := rule.judge_post(k.staff_id, x.kind, x.department_id);
  if judge is null then
    perform rule.deny('exception.' || (select q.judge from hall.exception_kind q where q.kind = x.kind));
  elsif x.state <> 'asked' then
    perform rule.refuse('exception.decided');
  elsif p_grant and x.asked_by = k.staff_id then
    perform rule.deny('exception.own', (select p.name from hall.post p where p.post_id = judge));
  end if;
  k := rule.act_for(k, judge);
  update hall.exception e
  set state = case when p_grant then 'granted' else 'denied' end, decided_by = k.staff_id,
    decided_post_id = judge, decided_at = k.at, answer = btrim(p_answer)
  where e.exception_id = x.exception_id;
  perform rule.exception_event(k, c, x, case when p_grant then 'exception_grant' else 'exception_deny' end, btrim(p_answer));
  if c.case_id is not null then
    return rule.done(k, c, c.number);
  end if;
  k.number := x.subject;
  return k;
end $$;
comment on function rule.judge_exception(command.call, hall.case_file, int8, bool, text) is
  'Grants or denies what was asked, with reason, by the post its kind names (CASE-16).';

create or replace function rule.exception_case(p_exception_id int8) returns hall.case_file language plpgsql volatile as $$
begin
  return (
    select rule.settle((select x.case_id from hall.exception x where x.exception_id = p_exception_id))
  );
end $$;
comment on function rule.exception_case(int8) is 'The case an exception is for, locked and settled; NULL: it has none.';

create or replace function rule.used_detail(p_exception_id int8) returns text[] language sql immutable as $$
  select case when p_exception_id is null then '{}'::text[] else array['exception', '', p_exception_id::text] end
$$;
comment on function rule.used_detail(int8) is 'The exception a command used, as the trail keeps it.';
