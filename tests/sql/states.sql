-- Every state × every action against the table written by hand from domain.md
-- (tests/state/transitions.csv), through the commands and the sweep themselves.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
create temp table want (state text, action text, target text);
\copy want from tests/state/transitions.csv with (format csv, header)
select plan((select count(*)::int from want) + 4);

select set_eq('select from_state, action, to_state from hall.transition',
  $$ select state, action, target from want where target <> '-' $$, 'hall.transition is the handwritten table');
select set_eq('select distinct state from want',
  array['none', 'received', 'correcting', 'accepted', 'suspended', 'forwarded', 'decided', 'closed', 'declined', 'withdrawn', 'lapsed'],
  'the handwritten table names every state');

do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); end $$;
do $$ begin perform pg_temp.login('t.zhang'); end $$;

create temp table quick as select pg_temp.make_item('T-002', '测试即办事项') as item;
update hall.item_version set handling = 'immediate' where item_version_id = (select item from quick);

create function pg_temp.run(p_case int8, p_version int4, p_action text) returns outcome language sql as $$
  select case p_action when 'accept' then pg_temp.accept(p_case, p_version) when 'correct' then pg_temp.correct(p_case, p_version)
    when 'answer' then pg_temp.answer(p_case, p_version, '{5}', '{present}') when 'decline' then pg_temp.decline(p_case, p_version)
    when 'finish' then pg_temp.finish(p_case, p_version) when 'withdraw' then pg_temp.withdraw(p_case, p_version)
    when 'amend' then pg_temp.amend(p_case, p_version, '欧阳晓明') else pg_temp.void(p_case, p_version) end
$$;

-- What an action does to a case put into a state; '-' when refused for the state. Voiding goes
-- back to the state that the command was in which made the present one.
create function pg_temp.try(p_state text, p_action text, p_target text) returns text language plpgsql as $$
declare
  o outcome;
  c int8;
  v int4 := 1;
  made text := case p_state when 'accepted' then 'accept' when 'correcting' then 'correct' when 'declined' then 'decline'
    when 'closed' then 'finish' when 'withdrawn' then 'withdraw' end;
begin
  if p_state = 'none' then
    if p_action = 'receive' then
      o := pg_temp.receive_all();
      return (select f.state from hall.case_file f where f.case_id = o.case_id);
    elsif p_action in ('lapse', 'silence') then
      return case when rule.settle(1) is null then '-' end;
    end if;
    o := case p_action when 'void' then pg_temp.void(1, 1, p_notice => 1) else pg_temp.run(1, 1, p_action) end;
    return case when o.code in ('case.none', 'notice.none') then '-' else o.code end;
  end if;
  select r.case_id into c from pg_temp.receive('{1,2,3,4,5}', array['present', 'present', 'present', 'present',
    case when p_action in ('correct', 'answer') or made = 'correct' then 'absent' else 'unneeded' end], p_item => (select item from quick)) r;
  if p_action = 'void' and made is not null then
    update hall.case_file set state = case p_target when '-' then 'received' else p_target end where case_id = c;
    o := pg_temp.run(c, 1, made);
    if o.status <> 0 then
      return made || ': ' || o.code;
    end if;
    v := 2;
  else
    update hall.case_file set state = p_state where case_id = c;
  end if;
  if p_action = 'receive' then
    perform rule.transit(p_state, 'receive');
    return 'allowed';
  elsif p_action in ('lapse', 'silence') then
    perform rule.set_term(c, p_action, hall.clock());
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
