-- CASE-5, CASE-7, CASE-10 where limits meet: a step never ends beyond an expedited promise, an item of
-- which only the law sets a limit is extended and expedited, a stated end agrees with the length expected.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
select plan(51);
insert into hall.window (no, name, cert_sha256) values (9904, '测试四', sha256('window 9904'));
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.sun', 9904);
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.chen', 9903);
end $$;

create function pg_temp.item_of(p_code text, p_promised int4, p_statutory int4, p_limits int4[], p_unit text default 'workday') returns int8 language plpgsql as $$
declare
  v int8 := pg_temp.make_item(p_code, '测试期限事项' || p_code, true, 10, p_unit);
begin
  delete from hall.item_step where item_version_id = v and seq > 0;
  insert into hall.item_step values (v, 1, 'handle', '承办', pg_temp.post('t.in'), p_limits[1]), (v, 2, 'decide', '批准', pg_temp.post('t.rev'), p_limits[2]),
    (v, 3, 'close', '办结', pg_temp.post('t.in'), p_limits[3]);
  update hall.item_version set promised = p_promised, statutory = p_statutory, result_doc = '测试许可证' where item_version_id = v;
  return v;
end $$;
create temp table item as select pg_temp.item_of('T-P1', 10, 20, '{4,6,2}') as id, pg_temp.item_of('T-P2', null, 10, '{4,6,2}') as law, pg_temp.item_of('T-P3', null, null, '{4,6,2}') as none;
create function pg_temp.new_case(p_item int8 default null) returns int8 language sql as $$
  select (pg_temp.accept((pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_item => coalesce(p_item, item.id))).case_id, 1)).case_id from item
$$;
create function pg_temp.does(p_action text, p_case int8, p_login text default 't.zhang', p jsonb default '{}') returns text language plpgsql as $$
declare
  o outcome := pg_temp.act(p_action, p_case, (pg_temp.file(p_case)).version, p_login, p);
begin
  return coalesce(o.code, 'done');
end $$;
create function pg_temp.go(p text) returns void language plpgsql as $$ begin
  perform pg_temp.at(pg_temp.moment(p));
  perform api.tick(100);
end $$;
-- promise and its light, step and its light
create function pg_temp.ends(p_case int8) returns text language sql as $$
  select concat_ws(' ', coalesce(to_char(f.due_at at time zone 'Asia/Shanghai', 'MM-DD'), '–'), f.light, '·', coalesce(to_char(f.step_due_at at time zone 'Asia/Shanghai', 'MM-DD'), '–'), f.step_light)
  from hall.case_file f where f.case_id = p_case
$$;
create function pg_temp.turns(p_case int8) returns text language sql as $$
  select string_agg(d.kind || ' ' || to_char(d.at at time zone 'Asia/Shanghai', 'MM-DD'), ', ' order by d.rank desc) from hall.due d where d.case_id = p_case and d.kind like '%light'
$$;

-- steps and an expedited promise
create temp table a as select pg_temp.new_case() as id;
select is(pg_temp.ends(id), '12-07 green · 11-27 green', 'ten days in all, four of them the first step''s') from a;
select is(pg_temp.does('expedite', id, 't.sun', '{"promised": 3}'), 'done', 'expedited to three') from a;
select is(pg_temp.ends(id), '11-26 green · 11-26 green', 'CASE-5: the step ends with the promise') from a;
select is(pg_temp.turns(id), 'light 11-26, step_light 11-26', 'CLK-5: and is lit as that: yellow on the last day') from a;
select results_eq($$ select to_char(d.day, 'MM-DD'), d.n, d.counted, d.part, d.reason from a, api.case_due('token t.zhang', a.id, 'step') d order by d.day desc limit 2 $$,
  $$ values ('11-26', 3, true, 'limit', '工作日；特办，环节期限至承诺期限届满为止'), ('11-25', 2, true, 'limit', '工作日') $$, 'CLK-3: its proof says why');
select results_eq($$ select distinct d.due_at from a, api.case_due('token t.zhang', a.id, 'step') d $$, $$ values (pg_temp.moment('2026-11-26 17:00')) $$, 'and ends there');
select results_eq($$ select s.due_at from a, api.case_steps('token t.zhang', a.id) s where s.state = 'now' $$, $$ values (pg_temp.moment('2026-11-26 17:00')) $$, 'so does the procedure');
select pg_temp.go('2026-11-25 10:00');
select is(pg_temp.does('advance', id), 'done', 'the next step') from a;
select is(pg_temp.ends(id), '11-26 green · 11-26 green', 'of six days, has what is left of the promise') from a;
select is_empty($$ select * from hall.verify() $$, 'sound');
-- standing still
select is(pg_temp.does('suspend', id, 't.li', '{"procedure": "testing", "expected": 5}'), 'done', 'it stands still') from a;
select results_eq($$ select distinct t.left_told, s.left_told from a, api.case_due('token t.zhang', a.id, 'total') t, api.case_due('token t.zhang', a.id, 'step') s $$,
  $$ values ('停表，余 2 个工作日', '停表，余 2 个工作日') $$, 'CLK-2: no more days are left of the step than of the promise');
select pg_temp.go('2026-12-02 10:00');
select is(pg_temp.does('resume', id, 't.li'), 'done', 'and goes on') from a;
select is(pg_temp.ends(id), '12-02 yellow · 12-02 yellow', 'both to the same end') from a;
select is(pg_temp.does('extend', id, 't.chen', '{"days": 4}'), 'done', 'extended') from a;
select is(pg_temp.ends(id), '12-08 green · 12-08 green', 'CASE-7: promise and step alike, and together') from a;
select is_empty($$ select * from hall.verify() $$, 'sound');
-- the promise is over when a step begins
create temp table b as select pg_temp.new_case() as id; -- 2 December
do $$ begin perform pg_temp.does('expedite', id, 't.sun', '{"promised": 2}') from b; end $$;
select is(pg_temp.ends(id), '12-04 green · 12-04 green', 'two days') from b;
select pg_temp.go('2026-12-07 10:00');
select is(pg_temp.ends(id), '12-04 red · 12-04 red', 'over') from b;
select is(pg_temp.does('advance', id), 'done', 'then the next step') from b;
select is(pg_temp.ends(id), '12-04 red · 12-15 green', 'has its own limit: the delay is not its holder''s') from b;
select is(pg_temp.does('decide', id, 't.li'), 'done', 'decided') from b;
select is(pg_temp.ends(id), '12-04 red · 12-09 green', 'to close it there is a limit of its own') from b;
select is_empty($$ select * from hall.verify() $$, 'sound');
-- before it is accepted; not expedited
create temp table c as select (pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_item => item.id)).case_id as id from item;
do $$ begin perform pg_temp.does('expedite', id, 't.sun', '{"promised": 3}') from c; perform pg_temp.accept(id, 2) from c; end $$;
select is(pg_temp.ends(id), '12-10 green · 12-10 green', 'expedited before it was accepted') from c;
create temp table d as select pg_temp.new_case() as id; -- 7 December
select pg_temp.go('2026-12-18 10:00');
do $$ begin perform pg_temp.does('advance', id) from d; end $$;
select is(pg_temp.ends(id), '12-21 yellow · 12-28 green', 'CLK-5: not expedited, a step after a late one keeps its own limit') from d;

-- a limit by law, nothing promised
create temp table l as select pg_temp.new_case(law) as id from item;
select is(pg_temp.does('extend', id, 't.chen', '{"days": 5}'), 'done', 'CASE-7: the limit by law is extended') from l;
select results_eq($$ select f.due_at, f.statutory_at, f.extended, f.promise_extended from l join hall.case_file f on f.case_id = l.id $$,
  $$ values (null::timestamptz, pg_temp.moment('2027-01-08 17:00'), 5, null::int4) $$, 'by so many days');
select ok(pg_temp.says(pg_temp.last_paper(id, 'extend')) like '%|原定期限 2027年1月1日前（含当日）|延长后的期限 2027年1月8日前（含当日）|%', 'as the notice says') from l;
select is(pg_temp.does('extend', id, 't.chen', '{"days": 5}'), 'extend.once', 'once') from l;
create temp table l2 as select pg_temp.new_case(law) as id from item;
select results_eq($$ select q.due_at, q.statutory_at from l2, api.case_foresee('token t.zhang', l2.id, 3, null) q $$,
  $$ values (null::timestamptz, pg_temp.moment('2027-01-06 17:00')) $$, 'foreseen, too');
create temp table m as select pg_temp.new_case(law) as id from item;
select is(pg_temp.does('expedite', id, 't.sun', '{"promised": 10}'), 'expedite.longer', 'CASE-10: less than the law allows') from m;
select is(pg_temp.does('expedite', id, 't.sun', '{"promised": 3}'), 'done', 'is promised') from m;
select is(pg_temp.ends(id), '12-23 green · 12-23 green', 'and runs, for the step as well') from m;
select is(pg_temp.does('expedite', id, 't.sun', '{"promised": 3}'), 'expedite.longer', 'a promise like any') from m;
select is(pg_temp.does('extend', id, 't.chen', '{"days": 2}'), 'done', 'which is extended') from m;
select results_eq($$ select f.due_at, f.statutory_at, f.promise_extended from m join hall.case_file f on f.case_id = m.id $$,
  $$ values (pg_temp.moment('2026-12-25 17:00'), pg_temp.moment('2027-01-05 17:00'), 2) $$, 'with the limit by law');
create temp table o as select pg_temp.new_case(law) as id from item;
select pg_temp.go('2027-01-02 09:00');
select is((select code || ' ' || arg1 from o, pg_temp.act('extend', o.id, 2, 't.chen', '{"days": 5}')), 'extend.over 2027-01-01', 'CASE-7: not once it is over') from o;
create temp table n as select pg_temp.new_case(none) as id from item;
select is(pg_temp.does('extend', id, 't.chen', '{"days": 5}'), 'extend.no_limit', 'without any limit nothing is extended') from n;
select is(pg_temp.does('expedite', id, 't.sun', '{"promised": 3}'), 'expedite.no_limit', 'nor made shorter') from n;
select is_empty($$ select * from hall.verify() $$, 'sound');

-- a stated end and the length expected (CASE-6)
create temp table s as select pg_temp.new_case() as id;
select pg_temp.go('2027-01-06 10:00'); -- a Wednesday
select results_eq(format($$ select q.code, q.arg1, q.arg2 from s, pg_temp.act('suspend', s.id, 2, 't.zhang', '{"until": "2027-01-12", "expected": %s}') q $$, t.n),
  $$ values ('suspend.disagree', '2027-01-12', '5') $$, t.n || ' days are not until Tuesday')
from (values (3), (6), (10)) t (n);
select is(pg_temp.does('suspend', id, p => '{"until": "2027-01-12", "expected": 4}'), 'done', 'four are, from tomorrow') from s;
select ok(pg_temp.says(pg_temp.last_paper(id, 'special')) like '%|所需时间 预计4个工作日|%|结束日期 2027年1月12日|%', 'on paper both') from s;
do $$ begin perform pg_temp.void(id, 3) from s; end $$;
select is(pg_temp.does('suspend', id, p => '{"until": "2027-01-12", "expected": 5}'), 'done', 'and five, with today') from s;
do $$ begin perform pg_temp.void(id, 5) from s; end $$;
select is(pg_temp.does('suspend', id, p => '{"until": "2027-01-12"}'), 'done', 'the end alone') from s;
select ok(pg_temp.says(pg_temp.last_paper(id, 'special')) like '%|所需时间 预计5个工作日|%', 'tells how long') from s;
do $$ begin perform pg_temp.void(id, 7) from s; perform pg_temp.go('2027-01-09 10:00') from s; end $$;
select is(pg_temp.does('suspend', id, p => '{"until": "2027-01-10", "expected": 1}'), 'done', 'over a weekend: one at least') from s;
select is_empty($$ select * from hall.verify() $$, 'sound');
select * from finish(true);
rollback;
