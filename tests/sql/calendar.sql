-- CLK-1, CLK-2: working days, make-up days (调休), Spring Festivals, seasons. Every date here
-- was worked out by hand on the published calendars.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(46);

create function pg_temp.ends(p_from text, p_n int4, p_unit text default 'workday') returns text language sql as
$$ select to_char(rule.limit_end(pg_temp.moment(p_from), p_n, p_unit) at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') $$;

select is(pg_temp.ends('2024-02-08 10:00', 5), '2024-02-21 17:00', 'Spring Festival 2024: 9th, make-up Sunday 18th, 19th … 21st');
select is(pg_temp.ends('2024-04-26 16:00', 5), '2024-05-07 17:30', 'Labour Day 2024: make-up Sunday 28 April counts');
select is(pg_temp.ends('2024-09-27 09:00', 5), '2024-10-10 17:00', 'National Day 2024: make-up Sunday 29 September counts');
select is(pg_temp.ends('2024-06-08 09:00', 1), '2024-06-11 17:30', 'accepted on a Saturday before Dragon Boat 2024');
select is(pg_temp.ends('2025-01-24 09:00', 3), '2025-02-05 17:00', 'Spring Festival 2025: make-up Sunday 26 January is day 1');
select is(pg_temp.ends('2025-01-24 09:00', 7), '2025-02-10 17:00', 'Spring Festival 2025: make-up Saturday 8 February is day 6');
select is(pg_temp.ends('2025-12-31 09:00', 5), '2026-01-08 17:00', 'New Year 2026: make-up Sunday 4 January is day 1');
select is(pg_temp.ends('2026-02-12 09:00', 5), '2026-02-26 17:00', 'Spring Festival 2026: make-up Saturday 14 February is day 2');
select is(pg_temp.ends('2026-02-12 09:00', 10), '2026-03-04 17:00', 'Spring Festival 2026: make-up Saturday 28 February is day 7');
select is(pg_temp.ends('2026-09-18 09:00', 5), '2026-09-24 17:30', 'autumn 2026: make-up Sunday 20 September is day 1');
select is(pg_temp.ends('2026-09-18 09:00', 20), '2026-10-22 17:00', 'autumn 2026: two holidays and make-up Saturday 10 October');
select is(pg_temp.ends('2026-12-28 09:00', 5), '2027-01-04 17:00', '2027 is not published: only weekends are skipped');
select is(pg_temp.ends('2026-11-23 00:00', 1), '2026-11-24 17:00', 'day 1 is after the date of acceptance, from its first minute');
select is(pg_temp.ends('2026-11-23 23:59', 1), '2026-11-24 17:00', 'and to its last');
select is(pg_temp.ends('2024-02-09 09:00', 60), '2024-05-13 17:30', 'sixty working days from Spring Festival over two make-up Sundays and a Saturday');

select is(pg_temp.ends('2026-11-23 09:00', 30, 'day'), '2026-12-23 17:00', 'thirty calendar days');
select is(pg_temp.ends('2024-09-05 09:00', 30, 'day'), '2024-10-08 17:00', 'a last day in National Day moves to the next working day');
select is(pg_temp.ends('2024-01-18 09:00', 10, 'day'), '2024-01-29 17:00', 'a last day on a Sunday moves to Monday');
select is(pg_temp.ends('2024-01-05 09:00', 30, 'day'), '2024-02-04 17:00', 'a last day on a make-up Sunday stays');
select is(pg_temp.ends('2024-01-31 09:00', 1, 'month'), '2024-02-29 17:00', 'a date that does not exist: last day of a leap February');
select is(pg_temp.ends('2025-01-31 09:00', 1, 'month'), '2025-02-28 17:00', 'last day of an ordinary February');
select is(pg_temp.ends('2026-08-31 09:00', 1, 'month'), '2026-09-30 17:30', 'thirty-first of August and one month');
select is(pg_temp.ends('2025-11-15 09:00', 3, 'month'), '2026-02-24 17:00', 'three months into Spring Festival 2026');
select is(pg_temp.ends('2026-06-05 16:30', 4, 'workhour'), '2026-06-08 11:30', 'four hours over a weekend, summer');
select is(pg_temp.ends('2026-11-20 11:00', 3, 'workhour'), '2026-11-20 16:00', 'three hours over noon, winter opens at 14:00');
select is(pg_temp.ends('2026-06-02 11:00', 3, 'workhour'), '2026-06-02 16:30', 'three hours over noon, summer opens at 14:30');
select is(pg_temp.ends('2026-11-21 20:00', 1, 'workhour'), '2026-11-23 09:30', 'one hour from a Saturday night');
select is(pg_temp.ends('2026-11-20 08:00', 6, 'workhour'), '2026-11-20 16:30', 'from before opening');
select is(pg_temp.ends('2026-11-20 16:30', 4, 'workhour'), '2026-11-23 12:00', 'four hours over a weekend, winter closes at 17:00');
select is(pg_temp.ends('2026-11-20 08:30', 7, 'workhour'), '2026-11-23 09:00', 'a winter day has six hours and a half, the rest is Monday''s');
select is(pg_temp.ends('2026-11-19 08:30', 13, 'workhour'), '2026-11-20 17:00', 'two whole days, winter');
select is(pg_temp.ends('2026-06-01 08:30', 13, 'workhour'), '2026-06-02 17:30', 'two whole days, summer');
select is(rule.limit_end(pg_temp.moment('2026-11-20 08:30'), null, 'workday'), null, 'no limit, no end');

select ok(rule.is_working('2024-02-18'), 'make-up Sunday');
select ok(not rule.is_working('2024-02-12'), 'a Monday of Spring Festival');
select ok(not rule.is_working('2026-11-22'), 'an ordinary Sunday');
select is(rule.day_reason('2024-02-12'), '春节', 'the reason of a holiday');
select is(rule.day_reason('2026-11-22'), '周末', 'the reason of a weekend');
select is((rule.hours_of('2026-04-30')).season, '冬季', 'the year begins in the last season');
select is((rule.hours_of('2026-05-01')).season, '夏季', 'a season begins on its first day');
select ok(rule.is_provisional(pg_temp.moment('2026-12-28 09:00'), pg_temp.moment('2027-01-04 17:00')), '2027: 暂定');
select ok(not rule.is_provisional(pg_temp.moment('2025-12-28 09:00'), pg_temp.moment('2026-01-04 17:00')), '2026 is published');

select is(rule.add_workdays('0002-10-30', 5), date '0002-11-06', 'a paper may bear any year');
select is(rule.workdays_in('2026-02-09', '2026-03-01'), 11, 'working days around Spring Festival 2026, two Saturdays made up');

-- a local closure is a row like any other
insert into hall.day values ('2026-11-25', false, '停电') on conflict (day) do update set working = false;
select is(pg_temp.ends('2026-11-23 09:00', 2), '2026-11-26 17:00', 'a local closure is skipped');
insert into hall.day select d::date, false, '封闭' from generate_series(date '2026-11-26', '2027-03-31', '1 day') d
on conflict (day) do update set working = false;
select is(pg_temp.ends('2026-11-23 09:00', 2), '2027-04-01 17:00', 'even a very long one');

select * from finish(true);
rollback;
