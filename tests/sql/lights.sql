-- CLK-5, CLK-6 and the order of what time does (last section of domain.md), as a year found them wanting.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
select plan(12);
insert into hall.window (no, name, cert_sha256) values (9904, '测试四', sha256('window 9904'));
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.zhang'); perform pg_temp.login('t.li', 9902); perform pg_temp.login('t.chen', 9903); perform pg_temp.login('t.sun', 9904);
end $$;
create function pg_temp.new_item(p_code text, p_promised int4, p_step int4) returns int8 language plpgsql as $$
declare
  v int8 := pg_temp.make_item(p_code, '测试灯' || p_code, true, p_promised);
begin
  update hall.item_step set limit_days = p_step, post_id = pg_temp.post('t.in') where item_version_id = v and seq > 0;
  return v;
end $$;
create temp table i as select pg_temp.new_item('T-G1', 2, 2) as two, pg_temp.new_item('T-G2', 5, null) as five;
create function pg_temp.new_case(p_item int8) returns int8 language plpgsql as $$
declare
  r outcome := pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_item => p_item);
begin
  return (pg_temp.accept(r.case_id, 1)).case_id;
end $$;

-- two clocks that end on the same day: two lights turn at the same midnight
create temp table c as select pg_temp.new_case(two) as id from i;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-25 09:00')); perform api.tick(100); end $$;
select results_eq($$ select e.detail[1], e.detail[3], e.at from c join hall.event e on e.case_id = c.id where e.event = 'light' order by e.seq $$,
  $$ values ('step_light', 'yellow', pg_temp.moment('2026-11-25 00:00')), ('light', 'yellow', pg_temp.moment('2026-11-25 00:00')) $$, 'the step''s first, the total one too');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-26 09:00')); perform rule.settle(id) from c; end $$;
select results_eq('select f.light, f.step_light from c join hall.case_file f on f.case_id = c.id', $$ values ('red', 'red') $$, 'both red');
select is((select count(*) from c join hall.due d on d.case_id = c.id), 0::int8, 'and nothing turns any more');

-- one sweep over several days: what fires makes something due before what is due of others
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-30 09:00')); end $$;
create temp table o as select pg_temp.new_case(two) as first, pg_temp.new_case(five) as other from i;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-20 09:00')); perform api.tick(100); end $$;
select results_eq($$ select e.at, e.detail[1] from hall.event e, o where e.case_id in (first, other) and e.event = 'light' order by e.event_id $$,
  $$ select e.at, e.detail[1] from hall.event e, o where e.case_id in (first, other) and e.event = 'light' order by e.at, e.event_id $$, 'in the order of their moments');
select is((select count(*) from hall.event e, o where e.case_id in (first, other) and e.event = 'light'), 6::int8, 'each once');

-- CLK-6: what stood still after the due moment is not charged
create temp table s as select pg_temp.new_case(five) as id from i; -- Sunday 20 December: due Friday 25
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-12-28 08:00'));
  perform pg_temp.act('suspend', id, 2, 't.zhang', '{"procedure": "testing"}') from s;
  perform pg_temp.at(pg_temp.moment('2026-12-30 18:00'));
  perform pg_temp.act('resume', id, 3, 't.zhang') from s;
  perform pg_temp.at(pg_temp.moment('2026-12-31 10:00'));
  perform pg_temp.act('advance', id, 4, 't.zhang') from s;
  perform pg_temp.act('decide', id, 5, 't.zhang') from s;
  perform pg_temp.act('close', id, 6, 't.zhang') from s;
end $$;
select results_eq($$ select o.timing, o.spare from s join hall.case_outcome o on o.case_id = s.id where o.event = 'close' $$, $$ values ('overdue', -1) $$, 'one day late, not four');
select ok(pg_temp.says(pg_temp.last_paper(id, 'finish')) like '%超期1个工作日%', 'the paper says so') from s;
-- decided without a closing step: no clock of a step runs, nor again when the close is voided
create temp table d as select pg_temp.new_case(two) as id from i;
do $$ begin
  perform pg_temp.act('advance', id, 2, 't.zhang') from d;
  perform pg_temp.act('decide', id, 3, 't.zhang') from d;
  perform pg_temp.act('close', id, 4, 't.zhang') from d;
  perform pg_temp.void(id, 5) from d;
end $$;
select results_eq('select f.state, f.step_due_at, f.step_light from d join hall.case_file f on f.case_id = d.id', $$ values ('decided', null::timestamptz, null::text) $$, 'no clock of a step runs again');
-- CASE-7: the limit of a step that is over is not extended with the whole, whatever stands still later
create temp table x as select pg_temp.new_case(pg_temp.new_item('T-G3', 10, 1)) as id;
do $$ begin
  perform pg_temp.at(pg_temp.moment('2027-01-07 10:00'));
  perform pg_temp.act('extend', id, 2, 't.chen', '{"days": 5}') from x;
end $$;
select results_eq('select f.extended, f.step_extended, f.step_light from x join hall.case_file f on f.case_id = x.id', $$ values (5, null::int4, 'red') $$, 'the whole is extended, its step is over');
do $$ begin
  perform pg_temp.act('forward', id, 3, 't.zhang') from x;
  perform pg_temp.at(pg_temp.moment('2027-01-11 10:00'));
  perform pg_temp.act('return', id, 4, 't.zhang') from x;
end $$;
select is(f.step_light, 'red', 'and stays so') from x join hall.case_file f on f.case_id = x.id;
select results_eq('select * from rule.timing(null, hall.clock(), null)', 'select null::text, null::int4', 'nothing promised, nothing kept');
select is_empty($$ select * from hall.verify() $$, 'sound');
select * from finish(true);
rollback;
