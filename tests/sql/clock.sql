-- CLK-2, CLK-3, CLK-5: limits with extension and standing still, their proof, lights. Dates of
-- November and December 2026 by hand: 20 November is a Friday; the hall closes at 17:00.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(82);

-- stands: '11-25 10:00/12-02 15:00, 12-04 08:00/' of 2026; without an end: still
create function pg_temp.stands(p text) returns tstzrange[] language sql as $$
  select coalesce(array_agg(tstzrange(pg_temp.moment('2026-' || btrim(split_part(s, '/', 1))),
    case when split_part(s, '/', 2) <> '' then pg_temp.moment('2026-' || btrim(split_part(s, '/', 2))) end)), '{}')
  from regexp_split_to_table(p, ',') s where p <> ''
$$;
create function pg_temp.ends(p_from text, p_n int4, p_unit text default 'workday', p_stands text default '', p_extra int4 default null)
returns text language sql as $$
  select to_char(rule.limit_with(pg_temp.moment('2026-' || p_from), p_n, p_unit, p_extra, pg_temp.stands(p_stands))
    at time zone 'Asia/Shanghai', 'MM-DD HH24:MI')
$$;

select is(pg_temp.ends('11-20 10:00', 5), '11-27 17:00', 'five working days');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '', 3), '12-02 17:00', 'and three of extension (CASE-7)');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-24 08:30/11-24 17:00'), '11-30 17:00', 'a day wholly stood still is skipped');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-24 08:31/11-24 17:00'), '11-27 17:00', 'a minute of work, and it counts');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-24 08:30/11-24 16:59'), '11-27 17:00', 'also at the end of the day');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-24 08:00/11-24 12:00, 11-24 13:59/11-24 18:00'), '11-30 17:00', 'the noon break is no opening time');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-24 08:00/11-24 12:00, 11-24 14:01/11-24 18:00'), '11-27 17:00', 'a minute after it is');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-24 08:00/11-24 10:00, 11-24 10:00/11-24 18:00'), '11-30 17:00', 'two stretches that touch are one');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-24 12:00/11-25 14:00'), '11-27 17:00', 'two half days are no day: both are partly worked');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-23 17:00/11-26 08:30'), '12-01 17:00', 'from a close to an opening: two days');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-20 11:00/11-20 16:00'), '11-27 17:00', 'the day of acceptance is not counted anyway');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-21 00:00/11-23 00:00'), '11-27 17:00', 'nor are weekends');
-- closing time of day 5, 27 November, inside a stretch
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-27 17:00/11-30 09:00'), '11-30 17:00', 'from the very closing time: the first one after it resumes');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-27 17:01/11-30 09:00'), '11-27 17:00', 'a minute later it has ended');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-27 10:00/11-27 17:00'), '11-27 17:00', 'resumed at closing time: it ends then');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-27 10:00/11-27 17:01'), '11-30 17:00', 'a minute later: at the next');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-27 10:00/11-30 17:00'), '12-01 17:00', 'the first closing after it resumes, not that one');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-27 10:00/11-28 09:00'), '11-30 17:00', 'resumed on a Saturday');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-27 10:00/11-30 09:00, 11-30 16:00/12-02 10:00'), '12-02 17:00', 'again inside a stretch');
-- standing still now
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-25 10:00/'), null, 'standing still: no due date');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-27 17:00/'), null, 'from the closing time of day 5 on, too');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-27 17:01/'), '11-27 17:00', 'what had ended before has');
select is(rule.limit_with(pg_temp.moment('2026-11-20 10:00'), 5, 'workday', null,
  array[tstzrange(pg_temp.moment('2026-11-25 10:00'), 'infinity')]), null, 'infinity is no end');
select is(pg_temp.ends('11-20 10:00', 5, 'workday', '11-25 10:00/', 10), null, 'nor does an extension help');
select is(pg_temp.ends('11-20 10:00', 5, 'day', '11-25 10:00/'), null, 'of calendar days');
select is(pg_temp.ends('11-20 10:00', 20, 'workhour', '11-25 10:00/'), null, 'of working hours');
select is(pg_temp.ends('11-20 10:00', 1, 'workday', '11-20 10:00/'), null, 'from the start on');
-- calendar days and months
select is(pg_temp.ends('11-20 10:00', 10, 'day'), '11-30 17:00', 'ten days');
select is(pg_temp.ends('11-20 10:00', 10, 'day', '11-24 00:00/11-24 23:00'), '12-01 17:00', 'a working date stood still moves the last day');
select is(pg_temp.ends('11-20 10:00', 10, 'day', '11-21 00:00/11-23 00:00'), '12-02 17:00', 'a weekend stood still from midnight to midnight, too');
select is(pg_temp.ends('11-20 10:00', 10, 'day', '11-21 00:01/11-22 23:59'), '11-30 17:00', 'not one a minute short');
select is(pg_temp.ends('11-20 10:00', 10, 'day', '11-20 17:00/11-23 08:30'), '12-02 17:00', 'from Friday''s close to Monday''s opening: Saturday and Sunday');
select is(pg_temp.ends('11-20 10:00', 10, 'day', '11-28 00:00/12-01 00:00'), '12-03 17:00', 'dates added may stand still themselves: 28, 29, 30');
select is(pg_temp.ends('11-20 10:00', 8, 'day'), '11-30 17:00', 'a last day on a Saturday moves to Monday');
select is(pg_temp.ends('11-20 10:00', 8, 'day', '11-30 09:00/12-01 10:00'), '12-01 17:00', 'whose closing time may lie inside a stretch');
select is(pg_temp.ends('11-20 10:00', 8, 'day', '11-30 08:30/11-30 17:00'), '12-01 17:00', 'moved past a working day stood still');
select is(pg_temp.ends('11-20 10:00', 8, 'day', '', 2), '12-02 17:00', 'an extension counts from the day it was moved to');
select is(pg_temp.ends('11-20 10:00', 8, 'day', '12-01 08:30/12-01 17:00', 2), '12-03 17:00', 'and skips a working day stood still');
select is(pg_temp.ends('10-31 10:00', 1, 'month', '', 1), '12-01 17:00', 'thirty-first of October and a month, a day of extension');
select is(pg_temp.ends('10-20 10:00', 1, 'month', '11-10 08:00/11-12 17:00'), '11-23 17:00', 'a month and three days stood still');
-- working hours
select is(pg_temp.ends('11-20 10:00', 4, 'workhour', '11-20 11:00/11-20 15:00'), '11-23 09:30', 'one hour before, two after, the last on Monday');
select is(pg_temp.ends('11-20 10:00', 4, 'workhour', '11-20 11:00/11-23 09:00'), '11-23 12:00', 'one on Friday, three on Monday');
select is(pg_temp.ends('11-20 10:00', 4, 'workhour', '', 1), '11-23 17:00', 'an extension ends at closing time of its working day');
select is(pg_temp.ends('11-20 10:00', 4, 'workhour', '11-23 08:00/11-23 18:00', 1), '11-24 17:00', 'skipping one stood still');
select is(pg_temp.ends('11-20 10:00', null), null, 'no limit, no end');
select is(pg_temp.ends('11-20 10:00', 0), null, 'nor of none');

-- what is left
create function pg_temp.rest(p_n int4, p_unit text, p_stands text, p_extra int4 default null, p_now text default '12-10 10:00') returns text language sql as $$
  select rule.limit_left_cn(pg_temp.moment('2026-11-20 10:00'), p_n, p_unit, p_extra, pg_temp.stands(p_stands), pg_temp.moment('2026-' || p_now))
$$;
select is(pg_temp.rest(10, 'workday', '11-25 10:00/'), '停表，余 7 个工作日', 'three are counted before today');
select is(pg_temp.rest(10, 'workday', '11-25 08:30/'), '停表，余 8 个工作日', 'before opening: the third is not');
select is(pg_temp.rest(10, 'workday', '11-25 10:00/', 10), '停表，余 17 个工作日', 'the extension with it');
select is(pg_temp.rest(10, 'day', '11-25 08:30/'), '停表，余 6 日', 'dates');
select is(pg_temp.rest(10, 'day', '11-25 08:30/', 5), '停表，余 6 日，另加延期 5 个工作日', 'and working days of extension');
select is(pg_temp.rest(10, 'workhour', '11-23 09:30/'), '停表，余 4 个工作小时', 'five on Friday, one on Monday');
select is(pg_temp.rest(10, 'workhour', '11-23 09:45/'), '停表，余 3 个工作小时45 分', 'with minutes');
select is(pg_temp.rest(10, 'workday', '11-25 10:00/11-27 10:00'), null, 'runs again: nothing to say');
select is(pg_temp.rest(10, 'workday', '11-25 10:00/11-27 10:00', null, '11-26 12:00'), '停表，余 7 个工作日', 'as it was then');
select is(pg_temp.rest(10, 'workday', '11-25 10:00/', null, '11-25 18:00'), '停表，余 8 个工作日', 'on the day it began today counts, too (CLK-5)');
select is(pg_temp.rest(3, 'workday', '11-25 10:00/'), '停表，余 1 个工作日', 'the last day has not ended');
select is(pg_temp.rest(2, 'workday', '11-25 10:00/'), null, 'had ended before');
select is(rule.limit_left(pg_temp.moment('2026-11-20 10:00'), 10, 'workhour', null, pg_temp.stands('11-23 09:45/'),
  pg_temp.moment('2026-12-10 10:00')), 4, 'hours begun');

-- the proof
select results_eq($$ select to_char(d.day, 'MM-DD'), d.n, d.part, d.reason from rule.limit_days(pg_temp.moment('2026-11-20 10:00'), 3, 'workday', 1,
    pg_temp.stands('11-24 08:00/11-25 10:00, 11-27 09:00/11-30 09:00'), '{检验,补正}') d $$,
  $$ values ('11-20', null, 'start', '受理当日不计'), ('11-21', null, 'limit', '周末'), ('11-22', null, 'limit', '周末'),
    ('11-23', 1, 'limit', '工作日'), ('11-24', null, 'limit', '停表（检验）'), ('11-25', 2, 'limit', '工作日；部分时间停表（检验）'),
    ('11-26', 3, 'limit', '工作日'), ('11-27', 4, 'extension', '工作日；部分时间停表（补正）'), ('11-28', null, 'resumed', '周末'),
    ('11-29', null, 'resumed', '周末'), ('11-30', null, 'resumed', '恢复后首个下班时间届满') $$, 'CLK-3: every date with its reason');
select is((array_agg(d.reason order by d.day desc))[1], '停表（检验、补正）；恢复后首个下班时间届满', 'the end on a day itself stood still, in two pieces')
from rule.limit_days(pg_temp.moment('2026-11-20 10:00'), 3, 'workday', null,
  pg_temp.stands('11-25 16:00/11-26 17:00, 11-27 08:30/11-27 12:00, 11-27 14:00/11-27 17:00'), '{补正,检验,补正}') d;
select results_eq($$ select to_char(d.day, 'MM-DD'), d.n, d.counted, d.reason, d.provisional, d.calendar_version is null
    from rule.limit_days(pg_temp.moment('2026-12-30 10:00'), 2, 'day', null, '{}') d $$,
  $$ values ('12-30', null, false, '受理当日不计', false, false), ('12-31', 1, true, '工作日', false, false),
    ('01-01', 2, true, '工作日', true, true) $$, 'CLK-1: 2027 is not published, its dates are 暂定');
select results_eq($$ select d.day, d.n, d.reason from rule.limit_days(pg_temp.moment('2026-02-12 10:00'), 2, 'workday', null, '{}') d where d.day <= '2026-02-15' $$,
  $$ values (date '2026-02-12', null, '受理当日不计'), ('2026-02-13', 1, '工作日'), ('2026-02-14', 2, '春节调休') $$, 'a make-up Saturday');
select is(string_agg(distinct d.reason, ' ') filter (where not d.counted and d.day > '2026-02-14'), '春节', 'the holiday by its name')
from rule.limit_days(pg_temp.moment('2026-02-12 10:00'), 3, 'workday', null, '{}') d;
select results_eq($$ select to_char(d.day, 'MM-DD'), d.counted, d.reason from rule.limit_days(pg_temp.moment('2026-11-20 10:00'), 8, 'day', null, '{}') d where d.day > '2026-11-27' $$,
  $$ values ('11-28', true, '周末'), ('11-29', false, '周末'), ('11-30', true, '末日非工作日，顺延至此') $$, 'a last day that moves');
select results_eq($$ select to_char(d.day, 'MM-DD'), d.minutes, d.reason from rule.limit_days(pg_temp.moment('2026-11-20 17:30'), 4, 'workhour', null, '{}') d where d.minutes is not null $$,
  $$ values ('11-20', 0, '起算时已下班'), ('11-23', 240, '工作日；14:30届满') $$, 'minutes of working hours, and the hour they end');

-- Thousands of limits: the fast way, the proof and the end agree, and the proof is whole.
select setseed(0.47);
create temp table many as
  select i, timestamptz '2025-12-20 00:00+08' + random() * interval '380 days' as at, 1 + (random() * 25)::int4 as n,
    (array['workday', 'workday', 'day', 'month', 'workhour'])[1 + (random() * 5 - 0.5)::int4] as unit,
    case when random() < 0.3 then 1 + (random() * 10)::int4 end as extra
  from generate_series(1, 3000) i;
alter table many add column stands tstzrange[], add column labels text[];
update many m set n = case when unit = 'month' then 1 + n % 3 else n end,
  stands = array(select tstzrange(m.at + x * interval '9 days', m.at + x * interval '9 days' + random() * interval '6 days')
    from (select random() * 4 as x from generate_series(1, i % 4)) q),
  labels = '{检验,补正,上报}';
create temp table ended as
  select m.*, rule.limit_with(m.at, m.n, m.unit, m.extra, m.stands) as due, p.*
  from many m
  cross join lateral (select max(d.ends_at) as ends_at, max(d.day) as last, min(d.day) as first, count(*) as lines,
      (array_agg(d.counted order by d.day desc))[1] as counted, count(d.n) as numbered,
      count(*) filter (where d.reason is null) as untold
    from rule.limit_days(m.at, m.n, m.unit, m.extra, m.stands, m.labels) d) p;
select is((select count(*) from ended where due is distinct from ends_at or due is null), 0::int8, 'the due moment is the last line''s');
select is((select count(*) from ended where last <> rule.day_of(due) or first <> rule.day_of(at) or lines <> last - first + 1 or not counted or untold > 0), 0::int8,
  'every date is there, the last one counted, each with a reason');
select is((select count(*) from ended where unit = 'workday' and numbered <> n + coalesce(extra, 0)), 0::int8, 'as many days are counted as the limit has');
select is((select count(*) from many m where rule.limit_with(m.at, m.n, m.unit, m.extra, '{}')
  is distinct from (select max(d.ends_at) from rule.limit_days(m.at, m.n, m.unit, m.extra, '{}') d)), 0::int8, 'without standing still the fast way agrees with the walk');
select is((select count(*) from many m where rule.limit_with(m.at, m.n, m.unit, null, null)
  is distinct from rule.limit_end(m.at, m.n, m.unit)), 0::int8, 'and with the plain limit');
select is((select count(*) from ended e where e.unit = 'workday' and cardinality(e.stands) > 0
  and (select count(*) from generate_series(rule.day_of(e.at) + 1, rule.day_of(e.due), '1 day') g
    where rule.is_working(g::date) and not rule.stood_whole(g::date, true, rule.stood_still(e.stands)))
    < e.n + coalesce(e.extra, 0)), 0::int8, 'no limit ends before its days are there');

-- lights (CLK-5): due on Wednesday 2 December
create function pg_temp.light(p_day text, p_short bool default false) returns text language sql as
$$ select rule.light(pg_temp.moment('2026-12-02 17:00'), p_short, ('2026-' || p_day)::date) $$;
select is(string_agg(pg_temp.light(d), ' ' order by d), 'green yellow yellow yellow yellow red', 'yellow with three working days left, today and the due day counted, from 00:00 of a Saturday')
from unnest(array['11-27', '11-28', '11-30', '12-01', '12-02', '12-03']) d;
select is(string_agg(pg_temp.light(d, true), ' ' order by d), 'green yellow red', 'short promises: the last day only')
from unnest(array['12-01', '12-02', '12-03']) d;
select is(rule.light(pg_temp.moment('2026-11-30 17:00'), true, '2026-11-28'), 'green', 'not the Saturday before it');
select is(rule.days_left(pg_temp.moment('2026-12-02 17:00'), '2026-11-30', pg_temp.stands('11-30 08:00/11-30 17:30')), 2, 'without a day wholly stood still');
select is(rule.days_left(pg_temp.moment('2026-11-25 17:00'), '2026-11-30', pg_temp.stands('11-26 08:00/11-27 17:30')), -1, 'nor when it is over');
select is(string_agg(rule.days_left(pg_temp.moment('2026-12-02 17:00'), ('2026-' || d)::date)::text, ' ' order by d), '4 3 3 1 -1 -3', 'days left; over, minus the working days since')
from unnest(array['11-27', '11-29', '11-30', '12-02', '12-03', '12-07']) d;
select results_eq($$ select to_char(rule.light_turns(pg_temp.moment('2026-12-02 17:00'), s, ('2026-' || d)::date) at time zone 'Asia/Shanghai', 'MM-DD HH24:MI')
    from (values ('11-20', false), ('11-27', false), ('11-28', false), ('12-02', false), ('12-03', false), ('11-20', true), ('12-02', true)) v (d, s) $$,
  array['11-28 00:00', '11-28 00:00', '12-03 00:00', '12-03 00:00', null, '12-02 00:00', '12-03 00:00'], 'the next turn');
select is((select count(*) from many m, lateral (select rule.limit_end(m.at, m.n, m.unit) as due, rule.day_of(m.at) as day) q
  where rule.light(q.due, m.i % 2 = 0, rule.day_of(rule.light_turns(q.due, m.i % 2 = 0, q.day)))
      = rule.light(q.due, m.i % 2 = 0, rule.day_of(rule.light_turns(q.due, m.i % 2 = 0, q.day)) - 1)
    or rule.light(q.due, m.i % 2 = 0, rule.day_of(rule.light_turns(q.due, m.i % 2 = 0, q.day)) - 1) <> rule.light(q.due, m.i % 2 = 0, q.day)),
  0::int8, 'the light does turn then, and not before');
select is(array[rule.short_promise(5, 'workday'), rule.short_promise(6, 'workday'), rule.short_promise(5, 'day'),
    rule.short_promise(32, 'workhour'), rule.short_promise(33, 'workhour'), rule.short_promise(1, 'month'), rule.short_promise(4, 'workday', 2)],
  array[true, false, true, true, false, false, false], 'which promises are short, an extension with them');
select results_eq($$ select t.timing, t.spare from (values ('12-02 17:00'), ('12-01 09:00'), ('12-02 17:01'), ('12-04 09:00'), ('12-08 09:00')) d (at),
    rule.timing(pg_temp.moment('2026-12-02 17:00'), pg_temp.moment('2026-' || d.at), pg_temp.stands('12-07 08:00/12-07 18:00')) t $$,
  $$ values ('on_time', 0), ('early', 1), ('overdue', 0), ('overdue', -2), ('overdue', -3) $$, 'CLK-6: early, on time, overdue, and by how many days');

select * from finish(true);
rollback;
