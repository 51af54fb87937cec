-- Calendar arithmetic (CLK-1, CLK-2): working days, closing times, ends of limits.
-- Pure of cases: dates and moments in, moments out.

set role yimen_owner;

-- Everything here looks at the calendar in force, unless a moment is set: then at the one that was in force
-- then (CLK-3). Set and taken back by rule.calendar_of(), within one call that changes nothing.
create or replace function rule.is_then() returns bool language sql stable as $$
  select coalesce(current_setting('yimen.calendar_at', true), '') <> ''
$$;
comment on function rule.is_then() is 'The calendar looked at is that of a moment, not the one in force.';

create or replace function rule.then() returns timestamptz language sql stable as $$
  select current_setting('yimen.calendar_at', true)::timestamptz
$$;
comment on function rule.then() is 'That moment.';

-- Nothing is set where no change came after: by far the most cases.
create or replace function rule.calendar_of(p_at timestamptz) returns bool language plpgsql stable as $$
begin
  if p_at < greatest((select max(d.until) from hall.day_was d), (select max(h.until) from hall.hours_was h), (select max(y.until) from hall.year_was y)) then
    perform set_config('yimen.calendar_at', p_at::text, true);
    return true;
  elsif rule.is_then() then
    perform set_config('yimen.calendar_at', '', true);
  end if;
  return false;
end $$;
comment on function rule.calendar_of(timestamptz) is
  'From now on the calendar that was in force at a moment is looked at; NULL: the one in force again. False: it is that one.';

-- What a row said at a moment is what the first change after it kept.
create or replace function rule.days_then(p_from date, p_to date) returns setof hall.day language plpgsql stable as $$
declare
  at_then timestamptz := rule.then();
begin
  return query
    select h.day, h.working, h.reason from hall.day h
    where h.day between p_from and p_to and not exists (select from hall.day_was w where w.day = h.day and w.until > at_then)
    union all
    select q.* from (
      select distinct on (w.day) w.day, w.working, w.reason from hall.day_was w
      where w.day between p_from and p_to and w.until > at_then order by w.day, w.was_id) q
    where q.working is not null;
end $$;
comment on function rule.days_then(date, date) is 'hall.day of these dates, as it was at the moment that is set.';

create or replace function rule.hours_then(p_day date) returns hall.opening_hours language plpgsql stable as $$
declare
  at_then timestamptz := rule.then();
begin
  return (
    select q.h from (
      select h from hall.opening_hours h
      where not exists (select from hall.hours_was w where w.from_md = h.from_md and w.until > at_then)
      union all
      select jsonb_populate_record(null::hall.opening_hours, f.hours) from (
        select distinct on (w.from_md) w.hours from hall.hours_was w where w.until > at_then order by w.from_md, w.was_id) f
      where f.hours is not null) q (h)
    order by (q.h).from_md <= to_char(p_day, 'MM-DD') desc, (q.h).from_md desc
    limit 1
  );
end $$;
comment on function rule.hours_then(date) is 'rule.hours_of(), as it was at the moment that is set.';

create or replace function rule.year_version(p_year int4) returns int4 language plpgsql stable as $$
declare
  w hall.year_was;
begin
  if rule.is_then() then
    select * into w from hall.year_was x where x.year = p_year and x.until > rule.then() order by x.was_id limit 1;
    if found then
      return w.version;
    end if;
  end if;
  return (select y.version from hall.calendar_year y where y.year = p_year);
end $$;
comment on function rule.year_version(int4) is 'Version of a year''s calendar (CLK-3); NULL: it is not published.';

create or replace function rule.is_working(p_day date) returns bool language plpgsql stable as $$
begin
  if rule.is_then() then
    return coalesce((select d.working from rule.days_then(p_day, p_day) d), extract(isodow from p_day) < 6);
  end if;
  return (
    select coalesce((select d.working from hall.day d where d.day = p_day), extract(isodow from p_day) < 6)
  );
end $$;
comment on function rule.is_working(date) is 'A working day of the hall''s calendar (CLK-1).';

create or replace function rule.day_reason(p_day date) returns text language plpgsql stable as $$
begin
  return (
    select coalesce((select d.reason from hall.day d where d.day = p_day),
      case when extract(isodow from p_day) < 6 then '工作日' else '周末' end)
  );
end $$;
comment on function rule.day_reason(date) is 'Why a day counts or not.';

create or replace function rule.hours_of(p_day date) returns hall.opening_hours
language plpgsql stable as $$
begin
  if rule.is_then() then
    return rule.hours_then(p_day);
  end if;
  return (
    select h from hall.opening_hours h
    order by h.from_md <= to_char(p_day, 'MM-DD') desc, h.from_md desc
    limit 1
  );
end $$;
comment on function rule.hours_of(date) is 'Opening hours of the season a day is in; the year begins in the last one.';

create or replace function rule.closing(p_day date) returns timestamptz
language plpgsql stable as $$
begin
  if rule.is_then() then
    return rule.moment(p_day, (rule.hours_then(p_day)).afternoon_close);
  end if;
  return (
    select rule.moment(p_day, h.afternoon_close) from hall.opening_hours h
    order by h.from_md <= to_char(p_day, 'MM-DD') desc, h.from_md desc
    limit 1
  );
end $$;
comment on function rule.closing(date) is 'Closing time of a day: where terms end.';

create or replace function rule.weekday(p_day date) returns bool language sql immutable
as $$ select extract(isodow from p_day) < 6 $$;
comment on function rule.weekday(date) is 'Monday to Friday.';

create or replace function rule.weekdays_before(p_day date) returns int4 language sql immutable
as $$ select (p_day - date '4714-11-24 BC') / 7 * 5 + least((p_day - date '4714-11-24 BC') % 7, 5) $$;
comment on function rule.weekdays_before(date) is 'Mondays to Fridays before a date, of all dates there are.';

create or replace function rule.workdays_in(p_from date, p_to date) returns int4 language plpgsql stable as $$
begin
  if p_to < p_from then
    return 0;
  elsif rule.is_then() then
    return rule.weekdays_before(p_to + 1) - rule.weekdays_before(p_from)
      + (select coalesce(sum(d.working::int4 - rule.weekday(d.day)::int4), 0) from rule.days_then(p_from, p_to) d);
  end if;
  return rule.weekdays_before(p_to + 1) - rule.weekdays_before(p_from)
    + (select coalesce(sum(d.working::int4 - rule.weekday(d.day)::int4), 0)
      from hall.day d where d.day between p_from and p_to);
end $$;
comment on function rule.workdays_in(date, date) is 'Working days of two dates and all between.';

-- As many weekdays on as are wanted, then those that are none or more are made up for.
create or replace function rule.add_workdays(p_day date, p_n int4) returns date
language plpgsql stable strict as $$
declare
  hit date := p_day;
  togo int4 := p_n;
  k int4;
begin
  while togo > 0 loop
    p_day := hit;
    k := rule.weekdays_before(p_day + 1) + togo - 1;
    hit := date '4714-11-24 BC' + k / 5 * 7 + k % 5;
    togo := togo - rule.workdays_in(p_day + 1, hit);
  end loop;
  while togo < 0 or not rule.is_working(hit) loop -- make-up days: some back
    togo := togo + rule.is_working(hit)::int4;
    hit := hit - 1;
  end loop;
  return hit;
end $$;
comment on function rule.add_workdays(date, int4) is
  'Working day n after a date; day 1 is the first working day after it (CLK-2).';

create or replace function rule.next_workday(p_day date) returns date language plpgsql stable as $$
begin
  return (
    select case when rule.is_working(p_day) then p_day else rule.add_workdays(p_day, 1) end
  );
end $$;
comment on function rule.next_workday(date) is 'The day itself when it is a working day, else the next one.';

-- A moment outside working days or after closing counts as the opening that follows it.
create or replace function rule.workdays_on(p_at timestamptz, p_n int4) returns timestamptz language plpgsql stable strict as $$
declare
  since timestamptz := case when rule.is_working(rule.day_of(p_at)) and p_at < rule.closing(rule.day_of(p_at)) then p_at else rule.opening(p_at) end;
begin
  return rule.moment(rule.add_workdays(rule.day_of(since), p_n), date_trunc('minute', since at time zone 'Asia/Shanghai')::time);
end $$;
comment on function rule.workdays_on(timestamptz, int4) is
  'The same minute n working days on: how long something is known ahead (POST-3, PAR-5).';

create or replace function rule.add_months(p_day date, p_n int4) returns date language sql immutable
as $$ select (p_day + make_interval(months => p_n))::date $$;
comment on function rule.add_months(date, int4) is
  'The same date n months on; one that does not exist becomes the month''s last day (CLK-2).';

create or replace function rule.is_open(p_at timestamptz) returns bool language plpgsql stable as $$
declare
  h hall.opening_hours := rule.hours_of(rule.day_of(p_at));
  t time := (p_at at time zone 'Asia/Shanghai')::time;
begin
  return rule.is_working(rule.day_of(p_at))
    and (t >= h.morning_open and t < h.morning_close or t >= h.afternoon_open and t < h.afternoon_close);
end $$;
comment on function rule.is_open(timestamptz) is 'The hall is open at a moment.';

create or replace function rule.add_opening(p_at timestamptz, p_for interval) returns timestamptz
language plpgsql stable strict as $$
declare
  day date := rule.day_of(p_at);
  left_over interval := p_for;
  h hall.opening_hours;
  a timestamptz;
  b timestamptz;
  half int4;
begin
  loop
    if rule.is_working(day) then
      h := rule.hours_of(day);
      for half in 1..2 loop
        a := greatest(p_at, rule.moment(day, case half when 1 then h.morning_open else h.afternoon_open end));
        b := rule.moment(day, case half when 1 then h.morning_close else h.afternoon_close end);
        if a < b then
          if b - a >= left_over then
            return a + left_over;
          end if;
          left_over := left_over - (b - a);
        end if;
      end loop;
    end if;
    day := day + 1;
  end loop;
end $$;
comment on function rule.add_opening(timestamptz, interval) is
  'The moment when so much opening time has passed since a moment; none: the moment itself, or when the hall opens next.';

create or replace function rule.opening(p_at timestamptz) returns timestamptz language sql stable
as $$ select rule.add_opening(p_at, interval '0') $$;
comment on function rule.opening(timestamptz) is 'A moment in opening hours itself, else when the hall opens next.';

create or replace function rule.add_workhours(p_at timestamptz, p_n int4) returns timestamptz language sql stable strict
as $$ select rule.add_opening(p_at, make_interval(hours => p_n)) $$;
comment on function rule.add_workhours(timestamptz, int4) is
  'The moment when n opening hours have passed since a moment (CLK-2).';

create or replace function rule.limit_end(p_at timestamptz, p_n int4, p_unit text) returns timestamptz
language plpgsql stable strict as $$
begin
  return (
    select case p_unit
      when 'workday' then rule.closing(rule.add_workdays(rule.day_of(p_at), p_n))
      when 'day' then rule.closing(rule.next_workday(rule.day_of(p_at) + p_n))
      when 'month' then rule.closing(rule.next_workday(rule.add_months(rule.day_of(p_at), p_n)))
      when 'workhour' then rule.add_workhours(p_at, p_n)
    end
  );
end $$;
comment on function rule.limit_end(timestamptz, int4, text) is
  'End of a limit that runs from a moment: closing time of its last day (CLK-2). NULL without a limit.';

create or replace function rule.is_provisional(p_from timestamptz, p_to timestamptz) returns bool
language plpgsql stable as $$
begin
  return (
    select exists (
      select from generate_series(extract(year from rule.day_of(p_from))::int4,
        extract(year from rule.day_of(p_to))::int4) y
      where rule.year_version(y) is null)
  );
end $$;
comment on function rule.is_provisional(timestamptz, timestamptz) is
  'A year between is not yet published: 暂定 (CLK-1).';

-- A term may end in a year whose holidays are not published yet: a date like any other, marked.
create or replace function rule.term_cn(p_at timestamptz) returns text language plpgsql stable as $$
begin
  return rule.day_cn(rule.day_of(p_at)) || case when rule.is_provisional(p_at, p_at) then '（暂定）' else '' end;
end $$;
comment on function rule.term_cn(timestamptz) is 'The last day of a term as papers write it: 暂定 in a year not published (CLK-1).';

-- A limit in working hours runs out in the middle of a day (CLK-2): without the hour its end is not told.
create or replace function rule.end_cn(p_at timestamptz, p_unit text) returns text language plpgsql stable as $$
begin
  return rule.day_cn(rule.day_of(p_at)) || case when p_unit = 'workhour' then to_char(p_at at time zone 'Asia/Shanghai', 'HH24:MI') else '' end;
end $$;
comment on function rule.end_cn(timestamptz, text) is 'The end of a limit as papers write it: its last day, of working hours the hour, too.';

create or replace function rule.by_cn(p_at timestamptz, p_unit text) returns text language plpgsql stable as $$
begin
  return rule.end_cn(p_at, p_unit) || case when p_unit = 'workhour' then '前' else '前（含当日）' end;
end $$;
comment on function rule.by_cn(timestamptz, text) is 'Until when, as papers write it: a last day is included, an hour is not.';

create or replace function rule.end_text(p_at timestamptz, p_unit text) returns text language plpgsql stable as $$
begin
  return to_char(p_at at time zone 'Asia/Shanghai', case when p_unit = 'workhour' then 'YYYY-MM-DD HH24:MI' else 'YYYY-MM-DD' end);
end $$;
comment on function rule.end_text(timestamptz, text) is 'The same as refusals tell it.';

create or replace function rule.unit_cn(p_n int4, p_unit text) returns text language sql immutable as $$
  select p_n::text || case p_unit when 'workday' then '个工作日' when 'day' then '日'
    when 'month' then '个月' else '个工作小时' end
$$;
comment on function rule.unit_cn(int4, text) is 'A limit as papers write it.';

create or replace function rule.clock_row()
returns table (now timestamptz, test bool, working bool, open bool, reason text, closes_at timestamptz, waiting int4)
language plpgsql volatile as $$
declare
  at_now timestamptz := hall.clock();
  today date := rule.day_of(at_now);
begin
  now := at_now;
  test := hall.is_test();
  working := rule.is_working(today);
  open := rule.is_open(at_now);
  reason := rule.day_reason(today);
  closes_at := case when working and at_now < rule.closing(today) then rule.closing(today)
    else rule.closing(rule.add_workdays(today, 1)) end;
  waiting := (select count(*) from hall.due d where d.at <= at_now) + (select count(*) from hall.post_due q where q.at <= at_now);
  return next;
end $$;
comment on function rule.clock_row() is 'The hall''s clock and today in its calendar.';
