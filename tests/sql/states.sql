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

-- What an action does to a case put into a state; '-' when refused for the state.
create function pg_temp.try(p_state text, p_action text) returns text language plpgsql as $$
declare
  o outcome;
  c int8;
begin
  if p_state = 'none' then
    if p_action = 'receive' then
      o := pg_temp.receive_all();
      return (select f.state from hall.case_file f where f.case_id = o.case_id);
    end if;
    if p_action not in ('lapse', 'silence') then
      o := case p_action when 'accept' then pg_temp.accept(1, 1) when 'correct' then pg_temp.correct(1, 1)
        else pg_temp.answer(1, 1, '{1}', '{present}') end;
    end if;
    return case when p_action in ('lapse', 'silence') then case when rule.settle(1) is null then '-' end
      when o.code = 'case.none' then '-' else o.code end;
  end if;
  select r.case_id into c from pg_temp.receive('{1,2,3,4,5}', array['present', 'present', 'present', 'present',
    case when p_action in ('correct', 'answer') then 'absent' else 'unneeded' end]) r;
  update hall.case_file set state = p_state where case_id = c;
  if p_action = 'receive' then
    perform rule.transit(p_state, 'receive');
    return 'allowed';
  elsif p_action in ('lapse', 'silence') then
    perform rule.set_term(c, p_action, hall.clock());
    perform rule.settle(c);
  else
    o := case p_action when 'accept' then pg_temp.accept(c, 1) when 'correct' then pg_temp.correct(c, 1)
      else pg_temp.answer(c, 1, '{5}', '{present}') end;
    if o.status <> 0 then
      return case when o.code = 'case.state' and o.arg1 = p_state and o.arg2 = p_action then '-' else o.code end;
    end if;
  end if;
  return (select f.state from hall.case_file f where f.case_id = c);
exception when sqlstate 'YM001' then
  return case when sqlerrm = 'case.state' then '-' else sqlerrm end;
end $$;
select is(pg_temp.try(state, action), target, state || ' × ' || action) from want;

-- the case is asked for what it holds now, not for what it held
create temp table c as select * from pg_temp.receive_all();
select is((pg_temp.accept(case_id, 1)).status, 0::int2, 'accepted once') from c;
select is((pg_temp.accept(case_id, 1)).code, 'case.changed', 'CASE-14: a stale version is told so') from c;

select * from finish(true);
rollback;
