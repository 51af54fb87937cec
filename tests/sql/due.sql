-- CLK-2 … CLK-6 in cases: their clocks from their facts, the proof of each, what falls due when, and the
-- calendar that changes under them (CLK-4). 23 November 2026 is a Monday; the hall closes at 17:00.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(54);
create function pg_temp.say(p timestamptz) returns text language sql as $$ select to_char(p at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') $$;
create function pg_temp.run(p_case int8, p_day text) returns hall.case_file language sql as $$
  select r from hall.case_file f, rule.run_clocks(f, ('2026-' || p_day)::date) r where f.case_id = p_case
$$;
create function pg_temp.keep(r hall.case_file) returns void language sql as $$
  update hall.case_file f set due_at = r.due_at, statutory_at = r.statutory_at, step_due_at = r.step_due_at, light = r.light,
    step_light = r.step_light, provisional = r.provisional where f.case_id = r.case_id
$$;
create function pg_temp.stood(p_case int8, p_seq int2, p_from text, p_until text default null, p_kind text default 'special') returns void language sql as $$
  insert into hall.stand (case_id, seq, kind, procedure, reason, from_at, until_at, version, end_version)
  values (p_case, p_seq, p_kind, case p_kind when 'special' then 'inspection' end, '送检', pg_temp.moment('2026-' || p_from),
    pg_temp.moment('2026-' || p_until), 3, case when p_until is not null then 4 end)
$$;
do $$ begin
  delete from hall.due;
  update hall.case_file set state = 'closed', term_at = null where state <> 'lapsed';
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang'); perform pg_temp.login('t.li');
  update hall.item_step set limit_days = 3 where item_version_id = pg_temp.item() and seq = 1;
end $$;
create temp table r as select * from pg_temp.receive_all();
create temp table a as select * from pg_temp.receive_all();
select is(pg_temp.run(case_id, '11-23'), f, 'before acceptance nothing runs') from r join hall.case_file f using (case_id);
do $$ begin perform pg_temp.accept((select case_id from a), 1); end $$;
update hall.case_file f set step_at = f.accepted_at where case_id = (select case_id from a);
select pg_temp.keep(pg_temp.run(case_id, '11-23')) from a \gset
create function pg_temp.clocks(p_day text) returns text language sql as $$
  select concat_ws(' ', pg_temp.say(q.due_at), coalesce(q.light, '-'), '|', pg_temp.say(q.statutory_at), '|', pg_temp.say(q.step_due_at), coalesce(q.step_light, '-'))
  from a, pg_temp.run(a.case_id, p_day) q
$$;
select is(pg_temp.clocks('11-23'), '11-30 17:00 green | 12-21 17:00 | 11-26 17:00 green', 'promise, statutory limit, step');
select is(pg_temp.clocks('11-26'), '11-30 17:00 green | 12-21 17:00 | 11-26 17:00 yellow', 'CLK-5: each its own light');
select is(pg_temp.clocks('11-27'), '11-30 17:00 green | 12-21 17:00 | 11-26 17:00 red', 'a step overdue while the total is not');
select is(pg_temp.clocks('11-30'), '11-30 17:00 yellow | 12-21 17:00 | 11-26 17:00 red', 'a short promise: the last day only');

-- CASE-6: standing still, then on
do $$ begin perform pg_temp.stood((select case_id from a), 1::int2, '11-24 10:00'); perform pg_temp.at(pg_temp.moment('2026-11-25 09:00')); end $$;
select is(pg_temp.clocks('11-25'), '- | | -', 'CLK-2: while it stands still there is no due date, and no light');
select pg_temp.keep(pg_temp.run(case_id, '11-25')) from a \gset
select results_eq($$ select to_char(d.day, 'MM-DD'), d.n, d.reason, d.due_at, d.days_left, d.left_told, d.light from a, api.case_due('token t.li', a.case_id, null) d $$,
  $$ values ('11-23', null, '受理当日不计', null::timestamptz, 4, '停表，余 4 个工作日', null), ('11-24', 1, '工作日；部分时间停表（检验）', null, 4, '停表，余 4 个工作日', null) $$,
  'the proof goes to where it stands still');
update hall.stand set until_at = pg_temp.moment('2026-11-27 10:00'), end_version = 4 where case_id = (select case_id from a);
select is(pg_temp.clocks('11-27'), '12-02 17:00 green | 12-23 17:00 | 11-30 17:00 green', 'two days later: 25 and 26 were stood still');
update hall.stand set voided_at = hall.clock() where case_id = (select case_id from a);
select is(pg_temp.clocks('11-23'), '11-30 17:00 green | 12-21 17:00 | 11-26 17:00 green', 'what was voided is not known to the clocks');
update hall.stand set voided_at = null, kind = 'forwarded', procedure = null, authority = '市局' where case_id = (select case_id from a);
select is(pg_temp.clocks('11-27'), '12-02 17:00 green | 12-23 17:00 | 11-30 17:00 green', 'CASE-9: time at a higher authority is no different');
-- CASE-7, CASE-10
update hall.case_file set extended = 10, promise_extended = 10, step_extended = 10 where case_id = (select case_id from a);
select is(pg_temp.clocks('11-27'), '12-16 17:00 green | 01-06 17:00 | 12-14 17:00 green', 'extended: promise, statutory limit and step alike');
select ok((pg_temp.run(case_id, '11-27')).provisional, 'into a year not published: 暂定') from a;
select is(pg_temp.clocks('12-14'), '12-16 17:00 yellow | 01-06 17:00 | 12-14 17:00 yellow', 'no short promise any more: yellow from three days');
update hall.case_file set hurried = 2 where case_id = (select case_id from a);
select is(pg_temp.clocks('11-27'), '12-11 17:00 green | 01-06 17:00 | 12-11 17:00 green', 'expedited: a shorter promise, and no step beyond it (CASE-5)');
-- the decision
update hall.case_file set decided_at = pg_temp.moment('2026-11-27 11:00'), last_at = pg_temp.moment('2026-11-27 11:00'), due_at = pg_temp.moment('2026-12-11 17:00'), light = 'green' where case_id = (select case_id from a);
select is((q.due_at, q.light), (pg_temp.moment('2026-12-11 17:00'), 'green'::text), 'CLK-2: the total clock stopped at the decision, whatever the day') from a, pg_temp.run(a.case_id, '12-30') q;
select is(q.step_light, 'red', 'the step''s runs on') from a, pg_temp.run(a.case_id, '12-30') q;
select results_eq($$ select distinct days_left, left_told from a, api.case_due('token t.li', a.case_id, 'total') $$, $$ values (null::int4, null::text) $$, 'no days are left of it');
update hall.case_file set decided_at = null, extended = null, promise_extended = null, hurried = null, step_extended = null where case_id = (select case_id from a);
select pg_temp.keep(pg_temp.run(case_id, '11-27')) from a \gset

-- CLK-3: the proof as windows see it
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-27 11:00')); end $$;
select results_eq($$ select to_char(d.day, 'MM-DD'), d.n, d.counted, d.part, d.reason, d.provisional, d.calendar_version, pg_temp.say(d.due_at), d.days_left, d.left_told, d.light
    from a, api.case_due('token t.li', a.case_id, 'step') d $$,
  $$ select v.d, v.n, v.n is not null, v.p, v.r, false, (select version from hall.calendar_year where year = 2026), '11-30 17:00', 2, '余 2 个工作日', 'green'
    from (values ('11-23', null, 'start', '受理当日不计'), ('11-24', 1, 'limit', '工作日；部分时间停表（上报）'), ('11-25', null, 'limit', '停表（上报）'),
      ('11-26', null, 'limit', '停表（上报）'), ('11-27', 2, 'limit', '工作日；部分时间停表（上报）'), ('11-28', null, 'limit', '周末'),
      ('11-29', null, 'limit', '周末'), ('11-30', 3, 'limit', '工作日')) v (d, n, p, r) $$, 'every date with its reason, and what it comes to');
select results_eq($$ select pg_temp.say(max(d.due_at)), count(d.n), max(d.day) from a, api.case_due('token t.li', a.case_id, 'statutory') d $$,
  $$ values ('12-23 17:00', 20::int8, date '2026-12-23') $$, 'of the statutory limit');
select results_eq($$ select pg_temp.say(max(d.due_at)), count(d.n), max(d.days_left), max(d.light) from r, api.case_due('token t.li', r.case_id, 'term') d $$,
  $$ values ('11-30 17:00', 5::int8, 2, 'green') $$, 'of the term of ONE-2');
select is_empty($$ select d.* from r, api.case_due('token t.li', r.case_id, 'total') d $$, 'a clock that does not run has none');
select throws_ok($$ select api.case_due('token t.li', (select case_id from a), 'lunch') $$, 'YM006', 'clock.kind', 'there is no such clock');
select throws_ok($$ select api.case_due('token t.li', 1, null) $$, 'YM001', 'case.none', 'nor such a case');
select throws_ok($$ select api.case_due_paper('token t.li', (select case_id from r), null) $$, 'YM001', 'clock.none', 'nor paper of a clock that does not run');
create temp table p as select d.* from a, api.case_due_paper('token t.li', a.case_id, 'step') d;
select results_eq($$ select block, count(*) from p group by block order by min(no) $$,
  $$ values ('title', 1::int8), ('number', 1), ('field', 4), ('head', 1), ('row', 8), ('small', 1) $$, 'a paper of it');
select results_eq($$ select concat_ws(' ', c1, c2, c3) from p where block = 'row' order by no offset 6 $$,
  array['2026-11-29 不计 周末', '2026-11-30 3 工作日'], 'line by line');
select is((select c2 from p where c1 = '届满时间'), '2026-11-30 17:00', 'and what it comes to');

-- what falls due when
select results_eq($$ select to_char(d.day, 'MM-DD'), d.working, d.terms, d.steps, d.totals, d.deliveries, d.overdue
    from api.case_days('token t.li', pg_temp.post('t.rev'), '2026-11-27', '2026-12-02') d where d.steps + d.totals > 0 or not d.working $$,
  $$ values ('11-28', false, 0, 0, 0, 0, 0), ('11-29', false, 0, 0, 0, 0, 0), ('11-30', true, 0, 1, 0, 0, 0), ('12-02', true, 0, 0, 1, 0, 0) $$, 'of one post');
select results_eq($$ select to_char(d.day, 'MM-DD'), d.terms from api.case_days('token t.zhang', pg_temp.post('t.in'), '2026-11-27', null) d where d.terms > 0 $$,
  $$ values ('11-30', 1) $$, 'terms belong to the post that receives');
select is((select count(*) from api.case_days('token t.li', null, null, null)), 14::int8, 'of the posts held now, two weeks from today');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-01 09:00')); end $$;
select results_eq($$ select d.steps, d.overdue from api.case_days('token t.li', pg_temp.post('t.rev'), null, '2026-12-01') d $$, $$ values (1, 1) $$, 'what is over comes first');
select throws_ok($$ select api.case_days('token t.li', null, '2026-12-01', '2027-12-01') $$, 'YM006', 'days.range', 'a hundred days at most');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-27 11:00')); end $$;

-- CLK-4: one day by script
create temp table was as select f.* from hall.case_file f join (select case_id from a union select case_id from r) q using (case_id);
create temp table told as select * from admin.try_day('2026-11-30', false, '停电');
select is((select string_agg(what, E'\n') from told), concat_ws(E'\n', '2026-11-30: closed, 停电', '2 open cases moved:',
  (select number from r) || ' correction 2026-11-30 17:00 → 2026-12-01 17:00', (select number from a) || ' due 2026-12-02 17:00 → 2026-12-03 17:00',
  (select number from a) || ' statutory 2026-12-23 17:00 → 2026-12-24 17:00', (select number from a) || ' step 2026-11-30 17:00 → 2026-12-01 17:00'),
  'tried: what would move, from when to when');
select set_eq('select f.* from hall.case_file f join was using (case_id)', 'select * from was', 'and nothing has');
select ok(rule.is_working('2026-11-30'), 'not even the day');
select set_eq($$ select * from admin.set_day('2026-11-30', false, '停电') $$, 'select * from told', 'done, it tells the same');
select is(pg_temp.say(f.due_at) || ' ' || pg_temp.say(f.step_due_at), '12-03 17:00 12-01 17:00', 'and has moved them') from a join hall.case_file f using (case_id);
select results_eq($$ select d.reason from a, api.case_due('token t.li', a.case_id, 'total') d where d.day = '2026-11-30' $$, array['停电'], 'the proof names the closure');
select is((select version from hall.calendar_year where year = 2026), (select max(calendar_version) from a, api.case_due('token t.li', a.case_id, 'step')), 'by a new version of the calendar');
select throws_ok($$ select admin.set_day('2026-11-25', true, '加班') $$, 'YM010', '2026-11-25: past; say why', 'a past day needs a reason');
select throws_ok($$ select admin.set_day('2026-12-05', true, ' ') $$, 'YM010', null, 'any day a name');
select is((select count(*) from admin.set_day('2026-11-26', false, '停水', '当日停水未开放')), 3::int8, 'with one it is changed: only the term of r moves');
select is(x.detail[array_position(x.detail, 'why') + 2], '当日停水未开放', 'which the record keeps') from hall.audit x where x.event = 'set.day' order by x.seq desc limit 1;
-- standing still, it moves nothing but days left
do $$ begin perform pg_temp.stood((select case_id from a), 2::int2, '11-27 10:30'); end $$;
select pg_temp.keep(pg_temp.run(case_id, '11-27')) from a \gset
select is((select count(*) from admin.set_day('2026-12-01', false, '停电') w where w.what like (select number || '%' from a)), 0::int8, 'a case that stands still has nothing to move');
-- a due moment that has passed stays
update hall.stand set until_at = pg_temp.moment('2026-11-27 10:40'), end_version = 5 where case_id = (select case_id from a) and seq = 2;
select pg_temp.keep(pg_temp.run(case_id, '11-27')) from a \gset
select is(pg_temp.clocks('11-27'), '12-04 17:00 green | 12-25 17:00 | 12-02 17:00 green', 'on again, by the calendar of then');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-03 09:00')); perform admin.set_day('2026-12-02', false, '停电', '断电'); end $$;
select is(pg_temp.say(f.step_due_at) || ' ' || pg_temp.say(f.due_at), '12-02 17:00 12-07 17:00', 'CLK-4: what is over stays, the rest moves') from a join hall.case_file f using (case_id);
select results_eq($$ select to_char(d.day, 'MM-DD'), d.part, d.reason from a, api.case_due('token t.li', a.case_id, 'step') d order by d.day desc, d.part limit 1 $$,
  $$ values ('12-02', 'limit', '工作日') $$, 'CLK-3: and its proof is by the calendar it ended in');

-- a year's file, tried; opening hours
create function pg_temp.file() returns text language sql as $$ select '{"year": 2027, "papers": ["示例"], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}' $$;
update hall.case_file set extended = 10, promise_extended = 10 where case_id = (select case_id from a);
select pg_temp.keep(pg_temp.run(case_id, '12-03')) from a \gset
select is((select string_agg(what, E'\n') from admin.try_calendar('2027.json', pg_temp.file())), concat_ws(E'\n', '2027: 1 days set (01-01), 0 as before', '1 open cases moved:',
  (select number from a) || ' provisional', (select number from a) || ' statutory 2027-01-11 17:00 → 2027-01-12 17:00'), 'a year''s file, tried');
select ok(f.provisional, 'changes nothing') from a join hall.case_file f using (case_id);
select is((select count(*) from hall.calendar_year where year = 2027), 0::int8, 'and publishes nothing');
do $$ begin perform admin.load_calendar('2027.json', pg_temp.file()); end $$;
select ok(not f.provisional, 'once its file arrives the dates are firm') from a join hall.case_file f using (case_id);
select throws_ok($$ select admin.set_hours('10-01', '冬季', '09:00', '12:00', '13:30', '16:30', ' ') $$, 'YM010', null, 'opening hours need a reason');
do $$ begin perform admin.set_hours('10-01', '冬季', '09:00', '12:00', '13:30', '16:30', '冬季作息调整'); end $$;
select is(pg_temp.say(f.due_at) || ' ' || pg_temp.say(f.step_due_at), '12-21 16:30 12-02 17:00', 'limits end at the new closing time, what is over stays') from a join hall.case_file f using (case_id);
-- a limit that a change would end in the past ends at the next closing time, and stays there
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-21 10:00')); perform admin.set_day('2026-12-19', true, '补班', '补发通知'); end $$;
select is(pg_temp.say(f.due_at) || ' ' || pg_temp.say((pg_temp.run(f.case_id, '12-21')).due_at), '12-21 16:30 12-21 16:30', 'nothing moves into the past, now or later') from a join hall.case_file f using (case_id);
select * from finish(true);
rollback;
