-- Every state × every action against the table written by hand from domain.md
-- (tests/state/transitions.csv), through the commands and the sweep themselves.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
create temp table want (state text, action text, target text);
\copy want from tests/state/transitions.csv with (format csv, header)
select plan((select count(*)::int from want) + 4);

select set_eq('select from_state, action, to_state from hall.transition',
  $$ select state, action, target from want where target <> '-' $$, 'hall.transition is the handwritten table');
select set_eq('select distinct state from want',
  array['none', 'received', 'correcting', 'accepted', 'suspended', 'forwarded', 'decided', 'closed', 'declined', 'withdrawn', 'lapsed'],
  'the handwritten table names every state');

do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); end $$;
do $$ begin perform pg_temp.login('t.zhang'); perform pg_temp.login('t.chen', 9902); perform pg_temp.login('t.sun', 9903); end $$;

create temp table quick as select pg_temp.make_item('T-002', '测试即办事项') as item;
update hall.item_version set handling = 'immediate', promise_basis = '测试规定第五条' where item_version_id = (select item from quick);

create function pg_temp.run(p_case int8, p_version int4, p_action text) returns outcome language sql as $$
  select case p_action when 'accept' then pg_temp.accept(p_case, p_version) when 'correct' then pg_temp.correct(p_case, p_version)
    when 'answer' then pg_temp.answer(p_case, p_version, '{5}', '{present}') when 'decline' then pg_temp.decline(p_case, p_version)
    when 'finish' then pg_temp.finish(p_case, p_version) when 'withdraw' then pg_temp.withdraw(p_case, p_version)
    when 'amend' then pg_temp.amend(p_case, p_version, '欧阳晓明') when 'void' then pg_temp.void(p_case, p_version, case (select e.event from hall.event e where e.case_id = p_case order by e.seq desc limit 1) when 'extend' then 't.chen' else 't.zhang' end)
    else pg_temp.act(p_action, p_case, p_version, case p_action when 'extend' then 't.chen' when 'expedite' then 't.sun' else 't.zhang' end) end
$$;

-- A case put into a state, with what it has there: its step, what it stands still for.
create function pg_temp.put(p_case int8, p_state text, p_action text) returns void language plpgsql as $$
declare
  since timestamptz := hall.clock();
begin
  update hall.case_file f
  set state = p_state, accepted_at = case when p_state in ('accepted', 'suspended', 'forwarded', 'decided', 'closed') then since end,
    step_seq = case when p_state not in ('accepted', 'suspended', 'forwarded', 'decided') then 0 when p_action in ('send_back', 'decide', 'refuse') then 2 else 1 end,
    step_at = case when p_state = 'accepted' then since end, due_at = case when p_action = 'deem' then since else f.due_at end, decided_at = case when p_state in ('decided', 'closed') then since end, granted = true
  where f.case_id = p_case;
  if p_state in ('suspended', 'forwarded') then
    insert into hall.stand (case_id, seq, kind, procedure, reason, authority, from_at, version)
    values (p_case, 1, case when p_state = 'forwarded' then 'forwarded' when p_action in ('answer', 'lapse') then 'correction' else 'special' end,
      case when p_state = 'suspended' and p_action not in ('answer', 'lapse') then 'hearing' end, '测试', case p_state when 'forwarded' then '市某局' end, since, 1);
  end if;
  if p_action = 'correct' and p_state = 'accepted' then
    insert into hall.exception (kind, case_id, department_id, state, reason, asked_by, asked_post_id, asked_at, decided_by, decided_post_id, decided_at, answer)
    select 'second_correction', p_case, f.department_id, 'granted', '测试', pg_temp.staff('t.zhang'), f.post_id, since, pg_temp.staff('t.sun'), pg_temp.post('t.sup'), since, '测试'
    from hall.case_file f where f.case_id = p_case;
  end if;
end $$;

-- The action that made a state which voiding takes back to another one.
create function pg_temp.maker(p_state text, p_target text) returns text language sql as $$
  select case p_state when 'accepted' then case p_target when 'accepted' then 'extend' else 'accept' end when 'correcting' then 'correct'
    when 'declined' then 'decline' when 'withdrawn' then 'withdraw' when 'suspended' then case p_target when 'suspended' then 'extend' else 'suspend' end
    when 'decided' then case p_target when 'decided' then 'deliver' else 'decide' end
    when 'closed' then case p_target when 'decided' then 'close' when 'closed' then 'deliver' else 'finish' end end
$$;

-- What an action does to a case put into a state; '-' when refused for the state. Voiding goes
-- back to the state that the command was in which made the present one.
create function pg_temp.try(p_state text, p_action text, p_target text) returns text language plpgsql as $$
declare
  o outcome;
  c int8;
  v int4 := 1;
  made text := case when p_action = 'void' and p_target <> '-' then pg_temp.maker(p_state, p_target) end;
begin
  if p_state = 'none' then
    if p_action = 'receive' then
      o := pg_temp.receive_all();
      return (select f.state from hall.case_file f where f.case_id = o.case_id);
    elsif p_action in ('lapse', 'silence', 'deem') then
      return case when rule.settle(1) is null then '-' end;
    end if;
    o := case p_action when 'void' then pg_temp.void(1, 1, p_notice => 1) else pg_temp.run(1, 1, p_action) end;
    return case when o.code in ('case.none', 'notice.none') then '-' else o.code end;
  end if;
  select r.case_id into c from pg_temp.receive('{1,2,3,4,5}', array['present', 'present', 'present', 'present',
    case when p_action in ('correct', 'answer') or made = 'correct' then 'absent' else 'unneeded' end], p_item => (select item from quick)) r;
  if made is not null then
    perform pg_temp.put(c, p_target, made);
    o := pg_temp.run(c, 1, made);
    if o.status <> 0 then
      return made || ': ' || o.code;
    end if;
    v := 2;
  else
    perform pg_temp.put(c, p_state, p_action);
  end if;
  update hall.case_file f set post_id = pg_temp.post('t.in') where f.case_id = c; -- whoever acts here
  if p_action = 'receive' then
    perform rule.transit(p_state, 'receive');
    return 'allowed';
  elsif p_action in ('lapse', 'silence', 'deem') then
    delete from hall.due d where d.case_id = c;
    insert into hall.due select c, q.kind, hall.clock(), q.rank from hall.due_kind q where q.kind = case p_action when 'deem' then 'grant' else p_action end;
    perform rule.settle(c);
  else
    o := pg_temp.run(c, v, p_action);
    if o.status <> 0 then
      return case when o.code = 'case.state' and o.arg1 = p_state and o.arg2 = p_action then '-' else o.code end;
    end if;
  end if;
  return (select f.state from hall.case_file f where f.case_id = c);
exception when sqlstate 'YM001' then
  return case when sqlerrm = 'case.state' then '-' else sqlerrm end;
end $$;
select is(pg_temp.try(state, action, target), target, state || ' × ' || action || case action when 'void' then ' → ' || target else '' end) from want;

-- the case is asked for what it holds now, not for what it held
create temp table c as select * from pg_temp.receive_all();
select is((pg_temp.accept(case_id, 1)).status, 0::int2, 'accepted once') from c;
select is((pg_temp.accept(case_id, 1)).code, 'case.changed', 'CASE-14: a stale version is told so') from c;

select * from finish(true);
rollback;
