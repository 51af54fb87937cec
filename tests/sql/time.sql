-- ONE-2, decision 8: silence and lapse at their moment, by the sweep or by the next command,
-- whichever comes first, with the same result.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(35);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-09-22 10:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.admin', 9902);
end $$;
delete from hall.due; -- other tests' cases stay out of the counts

-- Tuesday; the fifth working day over Mid-Autumn is Tuesday 29: 23, 24, 28, 29, then 30
create temp table c as select * from pg_temp.receive('{1}', '{present}');
select is(d.at, pg_temp.moment('2026-09-30 17:30'), 'silence waits for the fifth working day') from c join hall.due d using (case_id);
do $$ begin perform pg_temp.at(pg_temp.moment('2026-09-30 17:29:50')); end $$;
select is(fired, 0, 'not a moment before closing time') from api.tick(10);
select is(next_at, pg_temp.moment('2026-09-30 17:30'), 'and the sweep knows when') from api.tick(10);
do $$ begin perform pg_temp.at(pg_temp.moment('2026-10-09 11:00')); end $$;
select is(fired, 2, 'fired by the sweep, however late, and the light that turned meanwhile') from api.tick(10);
select results_eq($$ select f.state, f.silent, f.accepted_at::date, f.due_at, f.version from c join hall.case_file f using (case_id) $$,
  $$ values ('accepted', true, date '2026-09-22', pg_temp.moment('2026-09-30 17:30'), 2) $$,
  'accepted as of the delivery''s date: the total clock runs from there');
select results_eq($$ select e.event, e.at, e.acting, e.staff_id, e.window_id from c join hall.event e using (case_id) where e.seq = 2 $$,
  $$ values ('silence', pg_temp.moment('2026-09-30 17:30'), 'system', null::int8, null::int8) $$, 'at its moment, by the system');
select results_eq($$ select n.number, n.state, n.issued_at from c join hall.notice n using (case_id) where kind = 'acceptance' $$,
  $$ values ('示测受〔2026〕00001号', 'unprinted', pg_temp.moment('2026-09-30 17:30')) $$, 'with a numbered notice that waits to be printed');
select is((select count(*) from c join hall.notice n using (case_id), unnest(n.blocks) b where n.kind = 'acceptance' and b.c1 like '%视为受理%'), 1::int8, 'which says so');
select is((select count(*) from api.notice_list('token t.zhang', null) l join c using (case_id) where l.kind = 'acceptance'), 1::int8, 'at the window that received it');
select is((select count(*) from c join hall.event e using (case_id) where e.event = 'light' and e.at = pg_temp.moment('2026-10-01 00:00')), 1::int8, 'which did so after its due day');
select is(fired, 0, 'once') from api.tick(10);

-- by a command that comes first: it meets what time did, and time's work stays
do $$ begin perform pg_temp.at(pg_temp.moment('2026-10-12 09:00')); end $$;
create temp table d as select * from pg_temp.receive_all();
do $$ begin perform pg_temp.at(pg_temp.moment('2026-10-19 18:00')); end $$;
select is(x.code, 'case.changed', 'the clerk came too late') from d, pg_temp.accept(d.case_id, 1) x;
select results_eq($$ select f.state, f.silent from d join hall.case_file f using (case_id) $$, $$ values ('accepted', true) $$,
  'accepted by silence although the command was refused');
select is(e.at, pg_temp.moment('2026-10-19 17:00'), 'at its moment') from d join hall.event e using (case_id) where e.seq = 2;
select is(e.version, 2, 'one change') from d join hall.event e using (case_id) where e.seq = 2;

-- a command before the moment keeps silence away
create temp table e as select * from pg_temp.receive_all();
select is(x.status, 0::int2, 'accepted in time') from e, pg_temp.accept(e.case_id, 1) x;
select is_empty($$ select * from e join hall.due using (case_id) where kind !~ 'light' $$, 'nothing more to wait for');

-- lapse
do $$ begin perform pg_temp.at(pg_temp.moment('2026-10-20 09:00')); end $$;
create temp table l as select * from pg_temp.receive('{1}', '{present}');
do $$ begin perform pg_temp.correct((select case_id from l), 1); end $$;
-- 19 November 2026 is a Thursday
select is(x.at, pg_temp.moment('2026-11-19 17:00'), 'thirty days to answer') from l join hall.due x using (case_id) where kind = 'lapse';
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-19 17:31')); end $$;
select is(x.code, 'case.changed', 'an answer after the term comes too late') from l, pg_temp.answer(l.case_id, 2, '{2}', '{present}') x;
select is(f.state, 'lapsed', 'lapsed') from l join hall.case_file f using (case_id);
select is(n.number, '示测逾〔2026〕00001号', 'with its notice') from l join hall.notice n using (case_id) where kind = 'lapse';
select ok(b.c1 like '%示测补〔2026〕00001号%2026年11月19日%', 'which names the one-time notice and the day') from l join hall.notice n using (case_id), unnest(n.blocks) b
where n.kind = 'lapse' and b.block = 'para' and b.c1 like '%本机关已于%';

-- equal moments: lapse before silence (last section of domain.md)
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-20 09:00')); end $$;
create temp table p as select case_id, row_number() over () as n from (select (pg_temp.receive_all()).case_id from generate_series(1, 2)) q;
do $$ begin
  update hall.case_file set state = 'correcting', term_at = pg_temp.moment('2026-11-27 17:00') where case_id = (select case_id from p where n = 2);
  perform rule.schedule(f) from hall.case_file f where f.case_id = (select case_id from p where n = 2);
end $$;

-- one case that cannot fire keeps no other waiting
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-20 09:30')); end $$;
create temp table bad as select (pg_temp.receive('{1}', '{present}', p_item => pg_temp.make_item('T-BAD', '没有后续环节'))).case_id;
create temp table good as select (pg_temp.receive_all()).case_id;
do $$ begin
  delete from hall.due d where d.case_id not in (select case_id from bad union all select case_id from good);
  delete from hall.item_step s using hall.case_file f, bad where f.case_id = bad.case_id and s.item_version_id = f.item_version_id and s.seq > 0;
  perform pg_temp.at(pg_temp.moment('2026-11-27 17:31'));
end $$;
set client_min_messages = error;
select is(fired, 1, 'the sweep goes on past it') from api.tick(1);
set client_min_messages = warning;
select is(f.state, 'accepted', 'and does its work') from good join hall.case_file f using (case_id);
select is(x.code, 'item.no_step', 'CASE-5: such an item is not received') from bad join hall.case_file f using (case_id),
  pg_temp.receive('{1}', '{present}', p_item => f.item_version_id) x;
do $$ begin
  delete from hall.due d where d.case_id = (select case_id from bad);
  insert into hall.due select f.case_id, case f.state when 'correcting' then 'lapse' else 'silence' end, f.term_at, case f.state when 'correcting' then 30 else 40 end
  from hall.case_file f join p using (case_id);
end $$;

-- clock.set
select throws_ok($$ select * from api.clock_set('token t.zhang', '2026-12-01 12:00+08') $$, 'YM002', 'class.denied', 'only an admin moves the clock');
select throws_ok($$ select * from api.clock_set('token t.admin', '2026-11-01 12:00+08') $$, 'YM001', 'clock.back', 'only forward');
do $$ begin update hall.setting set value = 'false' where name = 'hall.test'; end $$;
select throws_ok($$ select * from api.clock_set('token t.admin', '2026-12-01 12:00+08') $$, 'YM001', 'clock.not_test', 'never in a production hall');
do $$ begin update hall.setting set value = 'true' where name = 'hall.test'; end $$;
select results_eq($$ select date_trunc('minute', now), waiting from api.clock_set('token t.admin', '2026-12-01 12:00+08') $$,
  $$ values (timestamptz '2026-12-01 12:00+08', 0) $$, 'the clock moved, everything due has happened');
select results_eq($$ select e.event from p join hall.event e using (case_id) where e.at = pg_temp.moment('2026-11-27 17:00') order by event_id $$,
  array['lapse', 'silence'], 'at equal moments lapse comes before silence');
select is((select detail[3] like '2026-12-01%' from hall.audit where subject_kind = 'hall' and event = 'clock.set' order by seq desc limit 1), true, 'and it is on record');

-- the next event is never earlier than the last
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-01 10:00')); end $$;
create temp table q as select * from pg_temp.receive_all();
do $$ begin
  update hall.case_file set last_at = pg_temp.moment('2026-12-01 11:00') where case_id = (select case_id from q);
end $$;
select is(x.status, 0::int2, 'a clock that runs behind') from q, pg_temp.accept(q.case_id, 1) x;
select is(e.at, pg_temp.moment('2026-12-01 11:00'), 'decision 9: never earlier than the case''s last event') from q join hall.event e using (case_id) where e.seq = 2;

-- a day shown
select results_eq($$ select working, open, reason, closes_at from api.clock_show('token t.admin') $$,
  $$ values (true, true, '工作日', pg_temp.moment('2026-12-01 17:00')) $$, 'an ordinary Tuesday morning');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-05 10:00')); end $$;
select results_eq($$ select working, open, reason, closes_at from api.clock_show('token t.admin') $$,
  $$ values (false, false, '周末', pg_temp.moment('2026-12-07 17:00')) $$, 'a Saturday');
select * from finish(true);
rollback;
