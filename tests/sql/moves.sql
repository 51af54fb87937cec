-- CLK-4: a calendar that changes moves what is still to come in open cases, tells what it
-- moved, and alters nothing that has happened.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(24);
create function pg_temp.calendar(p_days text, p_why text default null) returns setof text language sql as $$
  select * from admin.load_calendar('2027.json', '{"year": 2027, "papers": ["示例"], "days": [' || p_days || ']}', p_why)
$$;
create function pg_temp.off(p_day text, p_off bool default true) returns text language sql as
$$ select format('{"name": "假", "date": "%s", "isOffDay": %s}', p_day, p_off::text) $$;
do $$ begin
  delete from hall.due; -- other tests' cases stay out of the counts
  update hall.case_file set state = 'closed' where state <> 'lapsed';
  perform pg_temp.at(pg_temp.moment('2026-11-20 09:00'));
  perform pg_temp.login('t.zhang');
end $$;

-- lapsed and accepted before, whatever the calendar says later
create temp table l as select * from pg_temp.receive('{1}', '{present}');
do $$ begin perform pg_temp.correct((select case_id from l), 1); perform pg_temp.at(pg_temp.moment('2026-12-21 18:00')); end $$;
select is(fired, 1, 'one has lapsed') from api.tick(10);
create temp table over as select f.* from l join hall.case_file f using (case_id);

do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-21 09:00')); end $$;
create temp table late as select * from pg_temp.receive_all();
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-28 09:00')); end $$;
create temp table c as select * from pg_temp.receive('{1}', '{present}');
create temp table k as select * from pg_temp.receive('{1}', '{present}');
create temp table a as select * from pg_temp.receive_all();
do $$ begin
  perform pg_temp.correct((select case_id from k), 1);
  perform pg_temp.accept((select case_id from a), 1);
end $$;
select is(f.term_at, pg_temp.moment('2027-01-04 17:00'), 'only weekends are skipped: 29, 30, 31, 1, 4') from c join hall.case_file f using (case_id);
select is(f.term_at, pg_temp.moment('2027-01-27 17:00'), 'thirty days to answer') from k join hall.case_file f using (case_id);
select results_eq($$ select f.due_at, f.statutory_at, f.provisional from a join hall.case_file f using (case_id) $$,
  $$ values (pg_temp.moment('2027-01-04 17:00'), pg_temp.moment('2027-01-25 17:00'), true) $$, 'both limits, 暂定');

-- 2027 is published: Friday 1 and Monday 4 January, and Wednesday 27, are off
select is((select count(*) from rule.calendar_moves(hall.clock())), 0::int8, 'nothing moves by itself');
-- the sweep is late: what was due before the change still happens at its moment
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-28 18:00')); end $$;
create temp table told as select row_number() over () as no, t.what
  from pg_temp.calendar(concat_ws(', ', pg_temp.off('2027-01-01'), pg_temp.off('2027-01-04'), pg_temp.off('2027-01-27'))) t (what);
select is((select what from told where no = 1), '2027: 3 days set (01-01 01-04 01-27), 0 as before', 'the days are told');
select is((select what from told where no = 2), '3 open cases moved:', 'and how many cases moved');
select set_eq($$ select split_part(what, ' ', 1) || substr(what, strpos(what, ' ')) from told where no > 2 $$,
  $$ select c.number || ' correction 2027-01-04 17:00 → 2027-01-06 17:00' from c
    union all select f.number || ' answer 2027-01-27 17:00 → 2027-01-28 17:00' from k join hall.case_file f using (case_id)
    union all select f.number || ' due 2027-01-04 17:00 → 2027-01-06 17:00' from a join hall.case_file f using (case_id)
    union all select f.number || ' statutory 2027-01-25 17:00 → 2027-01-28 17:00' from a join hall.case_file f using (case_id)
    union all select f.number || ' provisional' from a join hall.case_file f using (case_id) $$, 'each with what, from, to');
select results_eq($$ select f.term_at, d.at, f.version from c join hall.case_file f using (case_id) join hall.due d using (case_id) $$,
  $$ values (pg_temp.moment('2027-01-06 17:00'), pg_temp.moment('2027-01-06 17:00'), 2) $$, 'term and due row move together');
select results_eq($$ select f.due_at, f.statutory_at, f.provisional from a join hall.case_file f using (case_id) $$,
  $$ values (pg_temp.moment('2027-01-06 17:00'), pg_temp.moment('2027-01-28 17:00'), false) $$, 'so do the limits, no longer 暂定');
select results_eq($$ select e.event, e.acting, e.from_state, e.to_state, e.note from c join hall.event e using (case_id) where e.seq = 2 $$,
  $$ values ('calendar', 'system', 'received', 'received', '受理期限 2027-01-04 17:00 → 2027-01-06 17:00') $$, 'the case''s history tells it');
select is(e.note, '承诺期限 2027-01-04 17:00 → 2027-01-06 17:00；暂定标记变更；法定期限 2027-01-25 17:00 → 2027-01-28 17:00', 'in one event')
from a join hall.event e using (case_id) where e.event = 'calendar';
select results_eq($$ select f.* from l join hall.case_file f using (case_id) $$, 'select * from over', 'what has lapsed is not touched');
select results_eq($$ select f.version, f.term_at from late join hall.case_file f using (case_id) $$,
  $$ values (2, null::timestamptz) $$, 'what was over by the old one happens first');
select is((select detail[9] from hall.audit where subject_kind = 'hall' and event = 'load.calendar' order by seq desc limit 1), '3', 'on the hall''s record, too');
select is((select count(*) from hall.notice n join c using (case_id)), 1::int8, 'papers stay as issued');
select is(x.code, 'case.changed', 'CASE-14: who saw the old term hears of it') from c, pg_temp.accept(c.case_id, 1) x;

-- again
select results_eq($$ select * from pg_temp.calendar(concat_ws(', ', pg_temp.off('2027-01-01'), pg_temp.off('2027-01-04'), pg_temp.off('2027-01-27'))) $$,
  array['2027: 3 days as before'], 'loaded twice, nothing moves');
select is(e.at, pg_temp.moment('2026-12-28 17:00'), 'at its own moment') from late join hall.event e using (case_id) where e.event = 'silence';
do $$ begin perform pg_temp.at(pg_temp.moment('2027-01-04 17:01')); end $$;
do $$ begin perform api.tick(10); end $$;
select is_empty($$ select * from c join hall.event e using (case_id) where e.event = 'silence' $$, 'silence does not fire on the holiday');

-- a day becomes a working day: a term that would be over already ends at the next closing
do $$ begin perform pg_temp.at(pg_temp.moment('2027-01-05 18:00')); perform pg_temp.calendar(pg_temp.off('2027-01-04', false), '补发通知'); end $$;
select is(f.term_at, pg_temp.moment('2027-01-06 17:00'), 'nothing moves into the past') from c join hall.case_file f using (case_id);
do $$ begin perform pg_temp.at(pg_temp.moment('2027-01-06 17:00')); end $$;
select ok(fired > 0, 'then it fires') from api.tick(10);
select is(e.at, pg_temp.moment('2027-01-06 17:00'), 'at the new moment') from c join hall.event e using (case_id) where e.event = 'silence';
select is_empty($$ select v.* from hall.verify() v, (select case_id from c union all select case_id from k union all select case_id from a
  union all select case_id from late union all select case_id from l) q where v.subject = 'case ' || q.case_id $$, 'and everything is sound');
select * from finish(true);
rollback;
