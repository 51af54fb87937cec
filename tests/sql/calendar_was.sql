-- CLK-3, CLK-4: a limit that has ended is proved, and looked at by hall.verify(), by the calendar it ended in.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
select plan(46);
insert into hall.window (no, name, cert_sha256) values (9904, '测试四', sha256('window 9904'));
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.chen', 9903);
end $$;
create function pg_temp.item_of(p_code text, p_promised int4, p_unit text default 'workday') returns int8 language plpgsql as $$
declare
  v int8 := pg_temp.make_item(p_code, '测试日历事项' || p_code, true, 5, p_unit);
begin
  delete from hall.item_step where item_version_id = v and seq > 0;
  insert into hall.item_step values (v, 1, 'handle', '承办', pg_temp.post('t.in'), 2), (v, 2, 'decide', '批准', pg_temp.post('t.rev'), null), (v, 3, 'close', '办结', pg_temp.post('t.in'), null);
  update hall.item_version set promised = p_promised, statutory = p_promised, result_doc = '测试许可证' where item_version_id = v;
  return v;
end $$;
create temp table item as select pg_temp.item_of('T-W1', 5) as days, pg_temp.item_of('T-W2', 8, 'workhour') as hours, pg_temp.item_of('T-W3', 30, 'day') as dates;
create function pg_temp.new_case(p_item int8) returns int8 language sql as $$
  select (pg_temp.accept((pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_item => p_item)).case_id, 1)).case_id
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
create function pg_temp.version() returns int4 language sql as $$ select version from hall.calendar_year where year = 2026 $$;
create function pg_temp.proof(p_case int8, p_clock text default 'total') returns text language sql as $$
  select string_agg(to_char(d.day, 'MM-DD') || case when d.n is not null then ' ' || d.n else '' end || ' ' || d.reason || ' v' || coalesce(d.calendar_version::text, '–'), ', ' order by d.day, d.part)
  from api.case_due('token t.zhang', p_case, p_clock) d
$$;
create function pg_temp.planted(p_sql text) returns text language plpgsql as $$
declare
  said text;
begin
  execute p_sql;
  select string_agg(distinct v.fault, ' ' order by v.fault) into said from hall.verify() v;
  raise exception using errcode = 'YM998', message = coalesce(said, 'nothing');
exception when sqlstate 'YM998' then
  return sqlerrm;
end $$;
create temp table v as select pg_temp.version() as first;

create temp table c as
select pg_temp.new_case(days) as late, pg_temp.new_case(days) as done, pg_temp.new_case(hours) as hours, pg_temp.new_case(dates) as dates, pg_temp.new_case(days) as early from item;
do $$ begin
  perform pg_temp.go('2026-11-25 10:00');
  perform pg_temp.does('advance', x) from c, unnest(array[early, done]) x;
  perform pg_temp.does('decide', early, 't.li') from c;
  perform pg_temp.go('2026-11-27 10:00');
  perform pg_temp.does('decide', done, 't.li') from c;
  perform pg_temp.does('close', done) from c;
end $$;
create temp table was as select pg_temp.proof(late) as late, pg_temp.proof(done) as done, pg_temp.proof(hours) as hours, pg_temp.proof(early) as early from c;
select is(was.late, '11-23 受理当日不计 v1, 11-24 1 工作日 v1, 11-25 2 工作日 v1, 11-26 3 工作日 v1, 11-27 4 工作日 v1, 11-28 周末 v1, 11-29 周末 v1, 11-30 5 工作日 v1', 'five days, by the first version') from was;

-- the limit of one is over; then days before its end change
select pg_temp.go('2026-12-01 10:00');
select isnt((select count(*) from admin.set_day('2026-11-26', false, '停电', '补记')), 0::int8, 'a past day was a closure');
select is(pg_temp.version(), v.first + 1, 'a new version') from v;
select is(pg_temp.proof(c.late), was.late, 'CLK-3: what is over is proved by the version it ended in') from c, was;
select is(pg_temp.proof(c.done), was.done, 'so is what was decided') from c, was;
select is(pg_temp.proof(c.hours), was.hours, 'and working hours') from c, was;
select ok(pg_temp.proof(c.dates) like '%11-26 3 停电 v' || v.first + 1 || ',%', 'what still runs, by the version in force') from c, v;
select ok(string_agg(p.c1 || ' ' || p.c4, ',') like '%2026-11-26 1%', 'on paper, too') from c, api.case_due_paper('token t.zhang', c.late, 'total') p;
select is(coalesce(current_setting('yimen.calendar_at', true), ''), '', 'nothing is left set');
select ok(not rule.is_working('2026-11-26'), 'the calendar is the one in force');
select is_empty($$ select * from hall.verify() $$, 'sound');
select is(pg_temp.planted(format('update hall.case_file set due_at = due_at + interval ''1 day'' where case_id = %s', x.id)), x.fault, x.name || ': a limit moved by hand is found, also after the calendar changed')
from c, lateral (values ('over', late, 'clock.due clock.light'), ('decided and closed', done, 'clock.due'), ('decided, not delivered', early, 'clock.due')) x (name, id, fault);
select is(pg_temp.planted(format('update hall.case_file set statutory_at = statutory_at - interval ''1 day'' where case_id = %s', early)), 'clock.due', 'by law as well') from c;
select is(pg_temp.planted(format('update hall.case_file set deliver_at = deliver_at + interval ''1 day'' where case_id = %s', early)), 'clock.deliver', 'the days to deliver') from c;
select is(pg_temp.planted(format('update hall.case_file set due_at = %L where case_id = %s', rule.limit_with(f.accepted_at, 5, 'workday', null, '{}'), c.late)), 'clock.due clock.light', 'also to where today''s calendar would put it')
from c join hall.case_file f on f.case_id = c.late;

-- opening hours
create temp table h as select pg_temp.new_case(hours) as id from item; -- 1 December 10:00: five hours, then three
select pg_temp.go('2026-12-02 18:00');
create temp table h_was as select pg_temp.proof(id) as told from h;
do $$ begin perform admin.set_hours('10-01', '冬季', '09:00', '12:00', '13:30', '16:30', '冬季作息调整'); end $$;
select is(rule.closing('2026-12-02'), pg_temp.moment('2026-12-02 16:30'), 'the hall closes earlier');
select is(pg_temp.proof(h.id), h_was.told, 'what ended before is proved by the hours of then') from h, h_was;
select ok(h_was.told like '%12-02 2 工作日；11:30届满 v' || v.first + 1, 'which were these') from h_was, v;
select is_empty($$ select * from hall.verify() $$, 'sound');
select is(pg_temp.planted(format('update hall.case_file set due_at = due_at - interval ''30 minutes'' where case_id = %s', id)), 'clock.due', 'looked at by the hours of then') from h;

-- a change that would end a limit in the past
create temp table f as select pg_temp.new_case(days) as id from item; -- 2 December
select is((pg_temp.file(id)).due_at, pg_temp.moment('2026-12-09 16:30'), 'until Wednesday') from f;
select pg_temp.go('2026-12-09 08:00');
do $$ begin perform admin.set_day('2026-12-05', true, '补班', '补记'); end $$;
select results_eq($$ select c.due_at, c.clock_floor from f join hall.case_file c on c.case_id = f.id $$, $$ values (pg_temp.moment('2026-12-09 16:30'), pg_temp.moment('2026-12-09 16:30')) $$,
  'CLK-4: would have ended yesterday, ends at the next closing');
select is_empty($$ select * from hall.verify() $$, 'sound');
select is(pg_temp.planted(format('update hall.case_file set clock_floor = %L where case_id = %s', pg_temp.moment('2026-12-09 11:00'), id)), 'clock.due clock.floor', 'a floor that no change of the calendar put there') from f;
select is(pg_temp.planted(format('update hall.case_file set clock_floor = null where case_id = %s', id)), 'clock.due', 'one that is gone') from f;
select ok(pg_temp.proof(id) like '%12-08 5 工作日%, 12-09 日历变更后已过原期限，至变更后首个下班时间届满%', 'its proof says so') from f;
select pg_temp.go('2026-12-10 09:00');
do $$ begin perform admin.set_day('2026-12-08', false, '停水', '补记'); end $$;
select is((pg_temp.file(id)).due_at, pg_temp.moment('2026-12-09 16:30'), 'over by now') from f;
select ok(pg_temp.proof(id) like '%12-08 5 工作日%日历变更后已过原期限%', 'and proved as it was') from f;
select is_empty($$ select * from hall.verify() $$, 'sound');

-- a year that is published later
create temp table y as select pg_temp.new_case(dates) as id from item; -- 10 December, 30 dates
select is((pg_temp.file(id)).provisional, true, 'ends in a year not published: 暂定') from y;
select is(pg_temp.planted(format('update hall.case_file set provisional = false where case_id = %s', id)), 'clock.provisional', 'the mark is looked at') from y;
select is(pg_temp.planted(format('update hall.case_file set provisional = true where case_id = %s', id)), 'clock.provisional', 'where there is none, too') from f;
select pg_temp.go('2027-01-12 09:00');
create temp table y_was as select pg_temp.proof(id) as told from y;
select ok(told like '%12-31 21 工作日 v%, 01-01 22 工作日 v–,%01-11 末日非工作日，顺延至此 v–', 'counted by weekends only') from y_was;
do $$ begin
  perform admin.load_calendar('2027.json', '{"year": 2027, "papers": ["示例"], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}', '发布');
end $$;
select is(pg_temp.proof(y.id), y_was.told, 'over before it was published: proved as it was') from y, y_was;
select ok(p.c2 like '2027-01-11 16:30（暂定）', 'its paper as well') from y, api.case_due_paper('token t.zhang', y.id, 'total') p where p.c1 = '届满时间';
create temp table z as select pg_temp.new_case(days) as id from item;
select ok(pg_temp.proof(id) like '01-12 受理当日不计 v1,%', 'from now on by the published one') from z;
select is(pg_temp.planted('insert into hall.day values (''2027-01-14'', false, ''停电'')'), 'clock.due', 'a day changed past the rules, which moved nothing');
select is_empty($$ select * from hall.verify() $$, 'sound');

-- what is kept stays
select throws_ok('update hall.day_was set working = true', 'YM010', 'rows of hall.day_was are kept for the record', 'a former calendar is not changed');
select throws_ok('delete from hall.hours_was', 'YM010', 'rows of hall.hours_was are kept for the record', 'nor deleted');
select results_eq($$ select w.day, w.working from hall.day_was w order by w.was_id $$,
  $$ values (date '2026-11-26', null::bool), ('2026-12-05', null), ('2026-12-08', null), ('2027-01-01', null) $$, 'of each change what was before');
select is((select count(*) from hall.year_was w where w.year = 2027), 1::int8, 'and that a year was not published');
do $$ begin perform set_config('yimen.calendar_at', '2026-11-24', true); perform admin.set_day('2027-03-02', false, '停电'); end $$;
select is(coalesce(current_setting('yimen.calendar_at', true), ''), '', 'a change of the calendar looks at the one in force, whatever was set');
select is_empty($$ select * from hall.verify() $$, 'sound');
select * from finish(true);
rollback;
