-- Decision 6: the tail gives each event once, in pages, from one snapshot to the next. (That
-- it loses none among concurrent commits is the fault suite's to show.)
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(21);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  delete from hall.news; -- who holds a post now
end $$;
select results_eq($$ select event_id, snapshot is not null from api.event_tail(null, 10) $$, $$ values (null::int8, true) $$, 'from now on: a cursor and no event');
select results_eq($$ select event_id, snapshot is not null from api.event_tail('', 10) $$, $$ values (null::int8, true) $$, 'the same for an empty one');
-- A snapshot of before this very transaction: one taken now would count it as seen, whenever another one (autovacuum)
-- has ended meanwhile. In the hall nobody reads the tail in the transaction that writes.
create temp table was as select x || ':' || x || ':' as snapshot from (values (pg_current_xact_id()::text)) v (x);
-- news stands among the events of cases: for two posts, about no case, and about one
do $$
declare
  k command.call;
begin
  perform pg_temp.receive('{1}', '{present}', p_id => i::text) from generate_series(1, 3) i;
  k.at := hall.clock();
  k.staff_id := pg_temp.staff('t.zhang');
  k.window_id := (select window_id from hall.window where no = 9901);
  perform rule.tell(k, 'visit.hand', array[pg_temp.post('t.rev'), null, pg_temp.post('t.sup'), pg_temp.post('t.rev')]);
  perform pg_temp.receive('{1}', '{present}', p_id => i::text) from generate_series(4, 5) i;
  k.staff_id := null;
  k.window_id := null;
  perform rule.tell(k, 'review.open', array[pg_temp.post('t.rev')], (select max(case_id) from hall.case_file));
end $$;
select is(count(event_id), 0::int8, 'what is not committed is not told')
from was, api.event_tail(was.snapshot || '/' || was.snapshot || '/0', 10);

-- as if committed: a window from the snapshot before to one that sees everything
create temp table page (nr int4, snapshot text, event_id int8, event text, number text, post_id int8, version int4, window_no int4, actor text);
do $$
declare
  cursor text := (select snapshot || '/' || '900000000:900000000:' || '/0' from was);
begin
  for nr in 1..9 loop
    insert into page select nr, t.snapshot, t.event_id, t.event, t.number, t.post_id, t.version, t.window_no, t.actor from api.event_tail(cursor, 2) t;
    cursor := (select min(snapshot) from page p where p.nr = (select max(q.nr) from page q));
    exit when cursor not like '%/%';
  end loop;
end $$;
select is((select count(distinct snapshot) from page where nr = 1), 1::int8, 'every row of a page carries the same cursor');
select is((select array_agg(n order by nr) from (select nr, count(event_id) as n from page group by nr) q), '{2,2,2,2,0}'::int8[], 'pages of two, events and news alike');
select is((select array_agg(event_id order by event_id) from page where event_id is not null),
  (select array_agg(q.id order by q.id) from (select event_id from hall.event e join hall.case_file c using (case_id) where c.item_version_id = pg_temp.item()
    union all select news_id from hall.news n where n.post_id in (pg_temp.post('t.rev'), pg_temp.post('t.sup'))) q (id)), 'each event and each news once');
select results_eq('select event_id from page where event_id is not null order by nr, event_id', 'select event_id from page where event_id is not null order by event_id', 'in order');
select is((select snapshot from page order by nr desc limit 1), '900000000:900000000:', 'the last page moves the cursor on');
select results_eq('select distinct event, post_id, version, window_no, actor from page where event = ''receive''',
  $$ values ('receive', pg_temp.post('t.in'), 1, 9901, '张三丰') $$, 'with post, version, window and person');
select is((select count(distinct number) from page where event = 'receive'), 5::int8, 'and the number of the case');
select set_eq($$ select event, post_id, number is null, version, window_no, actor from page where event = 'visit.hand' $$,
  $$ values ('visit.hand', pg_temp.post('t.rev'), true, null::int4, 9901, '张三丰'), ('visit.hand', pg_temp.post('t.sup'), true, null, 9901, '张三丰') $$, 'news: for each post once, of no case');
select results_eq($$ select post_id, number, window_no, actor from page where event = 'review.open' $$,
  $$ select pg_temp.post('t.rev'), max(number), null::int4, 'system' from hall.case_file where item_version_id = pg_temp.item() $$, 'or of a case, by the system');
select is((select count(event_id) from api.event_tail('900000000:900000000:', 10)), 0::int8, 'and then no more');

-- whatever the tables hold, it looks only at what is new
create function pg_temp.looked() returns int8[] language sql volatile as $$
  select array[pg_stat_get_xact_numscans('hall.event'::regclass), pg_stat_get_xact_numscans('hall.event_pkey'::regclass),
    pg_stat_get_xact_numscans('hall.news'::regclass), pg_stat_get_xact_numscans('hall.news_pkey'::regclass),
    pg_stat_get_xact_numscans('hall.case_file'::regclass)] $$;
create temp table looked as select pg_temp.looked() as before;
do $$ begin perform api.event_tail('900000000:900000000:', 10); perform api.event_tail(snapshot, 10) from was; end $$;
select is(pg_temp.looked(), before, 'found by the index of transactions, through no whole table and not by the keys') from looked;

-- a day later by the wall clock they go, so many at a time
create temp table had as select count(*) as n from hall.news;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-25 09:00')); perform api.tick(100); end $$;
select is((select count(*) from hall.news), (select n from had), 'a hall whose clock leapt keeps what no server may have read');
update hall.news set written_at = written_at - interval '25 hours' where news_id in (select news_id from hall.news order by news_id desc limit 2);
select is(rule.sweep_news(1), 1, 'one at most');
do $$ begin perform api.tick(100); end $$;
select is((select count(*) from hall.news), (select n - 2 from had), 'the sweep lets go what is a day old');
set enable_seqscan = off;
create function pg_temp.plan() returns text language plpgsql as $$
declare r text; p text := '';
begin
  for r in execute 'explain select w.news_id from hall.news w where w.written_at < now() order by w.written_at limit 500' loop p := p || r; end loop;
  return p;
end $$;
select ok(pg_temp.plan() like '%news_written%' and pg_temp.plan() not like '%Sort%', 'found by the index, in its order');
reset enable_seqscan;

do $$ begin perform pg_temp.login('t.sun', 9902); end $$;
select is((select count(*) from api.event_list('token t.sun', null, (select min(event_id) - 1 from page where event = 'receive'), null)), 5::int8, 'event.list: a supervisor reads them');
select is((select count(*) from api.event_list('token t.sun', null, (select min(event_id) from page where event = 'receive'), null)), 4::int8, 'after one');
select is((select count(*) from api.event_list('token t.sun', (select max(case_id) from hall.case_file), null, null)), 1::int8, 'of one case');
select * from finish(true);
rollback;
