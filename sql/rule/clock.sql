-- Clocks that can be proved (CLK-2, CLK-3, CLK-5): one walker goes through the dates of a limit,
-- and says both when it ends and why. Knows calendar, dates and stretches of standing still;
-- no command, and of a case only what its row says.

set role yimen_owner;

create or replace function rule.special_days(p_from date, p_to date, out day date[], out working bool[], out reason text[])
language plpgsql stable as $$
begin
  if rule.is_then() then
    select array_agg(d.day), array_agg(d.working), array_agg(d.reason) into day, working, reason
    from (select * from rule.days_then(p_from, p_to) h order by h.day) d;
    return;
  end if;
  select array_agg(d.day), array_agg(d.working), array_agg(d.reason) into day, working, reason
  from (select * from hall.day h where h.day between p_from and p_to order by h.day) d;
end $$;
comment on function rule.special_days(date, date) is 'The days of two dates and between that differ from their weekday, in order.';

create or replace function rule.stood_still(p_stands tstzrange[]) returns tstzmultirange language plpgsql immutable as $$
begin
  return coalesce((select range_agg(case when upper(s) = 'infinity' then tstzrange(lower(s), null) else s end)
    from unnest(p_stands) s), '{}');
end $$;
comment on function rule.stood_still(tstzrange[]) is 'All stretches of standing still as one set; an open one has no upper bound.';

create or replace function rule.resumes_at(p_at timestamptz, p_stood tstzmultirange) returns timestamptz
language plpgsql immutable as $$
begin
  if not p_stood @> p_at then
    return null;
  end if;
  return (select coalesce(upper(u), 'infinity') from unnest(p_stood) u where u @> p_at);
end $$;
comment on function rule.resumes_at(timestamptz, tstzmultirange) is
  'When the stretch of standing still that a moment lies in ends; NULL: it lies in none.';

create or replace function rule.whole_day(p_day date) returns tstzrange language sql immutable
as $$ select tstzrange(rule.moment(p_day, '00:00'), rule.moment(p_day + 1, '00:00')) $$;
comment on function rule.whole_day(date) is 'All of a date in the hall.';

create or replace function rule.stood_whole(p_day date, p_working bool, p_stood tstzmultirange) returns bool
language plpgsql stable as $$
declare
  h hall.opening_hours;
begin
  if not p_working then
    return p_stood @> rule.whole_day(p_day);
  end if;
  h := rule.hours_of(p_day);
  return p_stood @> tstzrange(rule.moment(p_day, h.morning_open), rule.moment(p_day, h.morning_close))
    and p_stood @> tstzrange(rule.moment(p_day, h.afternoon_open), rule.moment(p_day, h.afternoon_close));
end $$;
comment on function rule.stood_whole(date, bool, tstzmultirange) is
  'The case stood still during all opening hours of a working day, or all of any other date (CLK-2).';

create or replace function rule.opening_time(p_day date, p_from timestamptz, p_stood tstzmultirange, p_wanted interval,
  out spent interval, out ends_at timestamptz)
language plpgsql stable as $$
declare
  h hall.opening_hours := rule.hours_of(p_day);
  piece tstzrange;
begin
  spent := '0';
  for piece in
    select u
    from unnest(tstzmultirange(
        tstzrange(rule.moment(p_day, h.morning_open), rule.moment(p_day, h.morning_close)),
        tstzrange(rule.moment(p_day, h.afternoon_open), rule.moment(p_day, h.afternoon_close)))
      * tstzmultirange(tstzrange(p_from, null)) - p_stood) u
    order by u
  loop
    if spent + (upper(piece) - lower(piece)) >= p_wanted then
      ends_at := lower(piece) + (p_wanted - spent);
      spent := p_wanted;
      return;
    end if;
    spent := spent + (upper(piece) - lower(piece));
  end loop;
end $$;
comment on function rule.opening_time(date, timestamptz, tstzmultirange, interval) is
  'Opening time of a working day from a moment on, less standing still, and where it reaches what is wanted.';

create or replace function rule.limit_told(r rule.limit_day, p_unit text, p_working bool, p_whole bool,
  p_stands tstzrange[], p_labels text[]) returns rule.limit_day language plpgsql stable as $$
declare
  stood text := case when p_stands is not null then '停表' || coalesce('（' || (
    select string_agg(distinct p_labels[i], '、') from generate_subscripts(p_stands, 1) i
    where p_stands[i] && rule.whole_day(r.day)) || '）', '') end;
begin
  r.calendar_version := rule.year_version(extract(year from r.day)::int4);
  r.provisional := r.calendar_version is null;
  r.reason := coalesce(r.reason, case when p_working then '工作日' else '周末' end);
  r.reason := case
    when r.part = 'start' then '受理当日不计'
    when r.part = 'resumed' and r.ends_at is not null then case when p_whole then stood || '；' else '' end || '恢复后首个下班时间届满'
    when r.part = 'moved' and p_working and not p_whole then '末日非工作日，顺延至此'
    when r.counted then r.reason || coalesce('；部分时间' || stood, '')
    when p_whole and (p_working or p_unit in ('day', 'month') and r.part = 'limit') then stood
    when p_working then case when p_unit = 'workhour' and r.part = 'limit' then coalesce(stood, '起算时已下班')
      else coalesce('部分时间' || stood, r.reason) end
    else r.reason
  end;
  if p_unit = 'workhour' and r.ends_at is not null and r.part = 'limit' then
    r.reason := r.reason || '；' || to_char(r.ends_at at time zone 'Asia/Shanghai', 'HH24:MI') || '届满';
  end if;
  return r;
end $$;
comment on function rule.limit_told(rule.limit_day, text, bool, bool, tstzrange[], text[]) is
  'A date of a limit with the reason why it was counted or not, as papers say it, and the calendar that says so (CLK-3). stands: given when they touch the date.';

-- The one walker. It ends on the date on which the limit ends; where an open stretch of
-- standing still holds the limit, no line has ends_at. Phases: the limit itself; moved on to a
-- working day; the extension; after standing still over the last closing time.
create or replace function rule.limit_days(p_at timestamptz, p_n int4, p_unit text, p_extra int4,
  p_stands tstzrange[], p_labels text[] default '{}') returns setof rule.limit_day
language plpgsql stable as $$
declare
  r rule.limit_day;
  start date := rule.day_of(p_at);
  stood tstzmultirange := rule.stood_still(p_stands);
  held date := (select rule.day_of(lower(u)) from unnest(stood) u where upper_inf(u));
  by_date bool := p_unit in ('day', 'month');
  extra int4 := coalesce(p_extra, 0);
  togo int4 := case p_unit when 'month' then rule.add_months(start, p_n) - start else p_n end;
  hours interval := make_interval(hours => p_n);
  phase text := 'limit';
  number int4 := 0;
  resumed timestamptz;
  special record;
  last date; -- of those in special
  j int4; -- the next of them
  worked record;
  day date := start - 1;
  working bool;
  touched bool;
  whole bool;
  done bool;
  ends timestamptz;
begin
  if p_at is null or p_unit is null or coalesce(p_n, 0) < 1 then
    return;
  end if;
  loop
    day := day + 1;
    if day <= last is not true then
      last := day + 60 + togo;
      select * into special from rule.special_days(day, last);
      j := 1;
    end if;
    working := rule.weekday(day);
    r := (day, null, false, case when day = start and p_unit <> 'workhour' then 'start' else phase end, null, null, null, null, null);
    if special.day[j] = day then
      working := special.working[j];
      r.reason := special.reason[j];
      j := j + 1;
    end if;
    touched := stood && rule.whole_day(day);
    whole := touched and rule.stood_whole(day, working, stood);
    ends := null;
    if r.part = 'limit' and p_unit = 'workhour' then
      if working then
        select * into worked from rule.opening_time(day, p_at, stood, hours);
        hours := hours - worked.spent;
        r.counted := worked.spent > '0';
        r.minutes := round(extract(epoch from worked.spent) / 60);
        ends := worked.ends_at;
      end if;
      done := ends is not null;
    else
      r.counted := not whole and (r.part = 'limit' and by_date or r.part in ('limit', 'extension') and working);
      togo := togo - r.counted::int4;
      done := case when r.part = 'resumed' then working and rule.closing(day) > resumed
        when r.part = 'moved' then working and not whole else r.counted and togo = 0 end;
      if done and not working then
        phase := 'moved';
        done := false;
      elsif done then
        ends := rule.closing(day);
      end if;
    end if;
    if r.counted then
      number := number + 1;
      r.n := number;
    end if;
    if done and phase in ('limit', 'moved') and extra > 0 then
      phase := 'extension';
      togo := extra;
      number := case when p_unit = 'workday' then number else 0 end;
    elsif done then
      resumed := case when r.part = 'limit' and p_unit = 'workhour' then null else rule.resumes_at(ends, stood) end;
      phase := case when resumed is null then phase else 'resumed' end;
      r.ends_at := case when resumed is null then ends end;
      r.counted := r.counted or resumed is null;
    end if;
    if p_labels is not null then
      r := rule.limit_told(r, p_unit, working, whole, case when touched then p_stands end, p_labels);
    end if;
    return next r;
    if r.ends_at is not null or day >= held then
      return;
    end if;
  end loop;
end $$;
comment on function rule.limit_days(timestamptz, int4, text, int4, tstzrange[], text[]) is
  'The proof of a limit (CLK-3): every date from its start to its end, counted or not and why. labels: of the stretches of standing still; NULL: no reasons.';

create or replace function rule.limit_with(p_at timestamptz, p_n int4, p_unit text, p_extra int4, p_stands tstzrange[])
returns timestamptz language plpgsql stable as $$
begin
  if coalesce(p_n, 0) < 1 then
    return null;
  elsif cardinality(p_stands) > 0 then
    return (select d.ends_at from rule.limit_days(p_at, p_n, p_unit, p_extra, p_stands, null) d where d.ends_at is not null);
  elsif coalesce(p_extra, 0) = 0 then
    return rule.limit_end(p_at, p_n, p_unit);
  elsif p_unit = 'workday' then
    return rule.limit_end(p_at, p_n + p_extra, p_unit);
  end if;
  return rule.closing(rule.add_workdays(rule.day_of(rule.limit_end(p_at, p_n, p_unit)), p_extra));
end $$;
comment on function rule.limit_with(timestamptz, int4, text, int4, tstzrange[]) is
  'End of a limit from a moment, with working days of extension (CASE-7) and stretches of standing still (CLK-2); NULL: no limit, or it stands still before its end.';

create or replace function rule.limit_then(p_by timestamptz, p_at timestamptz, p_n int4, p_unit text, p_extra int4, p_stands tstzrange[])
returns timestamptz language plpgsql stable as $$
declare
  ends timestamptz;
begin
  if not rule.calendar_of(p_by) then
    return rule.limit_with(p_at, p_n, p_unit, p_extra, p_stands);
  end if;
  ends := rule.limit_with(p_at, p_n, p_unit, p_extra, p_stands);
  perform rule.calendar_of(null);
  return ends;
end $$;
comment on function rule.limit_then(timestamptz, timestamptz, int4, text, int4, tstzrange[]) is
  'rule.limit_with() by the calendar that was in force at a moment; NULL: the one in force.';

-- What is left where a stretch of standing still holds a limit: as if it had ended this midnight, or where
-- it began if that was today, so that it changes at midnight only, as lights do; of working hours to
-- the minute. Of the limit itself in its own unit, and working days of extension after it.
create or replace function rule.limit_rest(p_at timestamptz, p_n int4, p_unit text, p_extra int4,
  p_stands tstzrange[], p_now timestamptz, out n int4, out extra int4)
language plpgsql stable as $$
declare
  stands tstzrange[] := array(select case when upper(s) <= p_now then s else tstzrange(lower(s), null) end
    from unnest(p_stands) s where lower(s) <= p_now);
  start date := rule.day_of(p_at);
  today date := rule.day_of(p_now);
begin
  if p_n is null or not exists (select from unnest(stands) s where upper_inf(s))
      or rule.limit_with(p_at, p_n, p_unit, p_extra, stands) is not null then
    return;
  end if;
  if p_unit <> 'workhour' then
    stands := array(select case when upper_inf(s)
      then tstzrange(lower(s), greatest(lower(s), rule.moment(today, '00:00'))) else s end
      from unnest(rule.stood_still(stands)) s);
  end if;
  if p_unit = 'workday' then
    n := rule.days_left(rule.limit_with(p_at, p_n, p_unit, p_extra, stands), today, stands);
    extra := 0;
    return;
  end if;
  select case p_unit when 'month' then rule.add_months(start, p_n) - start when 'workhour' then p_n * 60 else p_n end
      - case p_unit when 'workhour' then coalesce(sum(d.minutes), 0)
        else count(*) filter (where d.counted and d.part = 'limit' and d.day < today) end,
    coalesce(p_extra, 0) - count(*) filter (where d.counted and d.part = 'extension' and d.day < today)
  into n, extra
  from rule.limit_days(p_at, p_n, p_unit, p_extra, stands, null) d;
  if n + extra < 1 then
    n := 1; -- the last day it is in has not ended
  end if;
end $$;
comment on function rule.limit_rest(timestamptz, int4, text, int4, tstzrange[], timestamptz) is
  'What is left of a limit that stands still (CLK-2: no due date, only days left); NULL: it does not, or had ended before.';

create or replace function rule.limit_left(p_at timestamptz, p_n int4, p_unit text, p_extra int4,
  p_stands tstzrange[], p_now timestamptz) returns int4 language plpgsql stable as $$
declare
  rest record;
begin
  select * into rest from rule.limit_rest(p_at, p_n, p_unit, p_extra, p_stands, p_now);
  return case p_unit when 'workday' then rest.n + rest.extra when 'workhour' then (rest.n + 59) / 60 else rest.n end;
end $$;
comment on function rule.limit_left(timestamptz, int4, text, int4, tstzrange[], timestamptz) is
  'Days left while standing still: working days, dates, of working hours the hours begun (CLK-2); an extension of other limits than in working days comes on top.';

create or replace function rule.limit_left_cn(p_at timestamptz, p_n int4, p_unit text, p_extra int4,
  p_stands tstzrange[], p_now timestamptz) returns text language plpgsql stable as $$
declare
  rest record;
begin
  select * into rest from rule.limit_rest(p_at, p_n, p_unit, p_extra, p_stands, p_now);
  if rest.n is null then
    return null;
  end if;
  return '停表，余 ' || case p_unit
    when 'workday' then (rest.n + rest.extra) || ' 个工作日'
    when 'workhour' then rest.n / 60 || ' 个工作小时' || case when rest.n % 60 > 0 then rest.n % 60 || ' 分' else '' end
    else rest.n || ' 日' end
    || case when p_unit <> 'workday' and rest.extra > 0 then '，另加延期 ' || rest.extra || ' 个工作日' else '' end;
end $$;
comment on function rule.limit_left_cn(timestamptz, int4, text, int4, tstzrange[], timestamptz) is
  'What is left while standing still, in the hall''s words: 停表，余 7 个工作日.';

drop function if exists rule.days_left(timestamptz, date), rule.short_promise(int4, text),
  rule.light(timestamptz, bool, date), rule.light_turns(timestamptz, bool, date); -- had fewer arguments

create or replace function rule.days_left(p_due timestamptz, p_day date, p_stands tstzrange[] default null) returns int4
language plpgsql stable as $$
declare
  last date := rule.day_of(p_due);
  stood tstzmultirange;
  still int4 := 0; -- no working days: wholly stood still
begin
  if cardinality(p_stands) > 0 then
    stood := rule.stood_still(p_stands) * tstzmultirange(tstzrange(rule.moment(least(p_day, last), '00:00'),
      rule.moment(greatest(p_day, last) + 1, '00:00')));
    if stood <> '{}' then
      select count(*) into still from generate_series(0, abs(last - p_day)) i, lateral (select least(p_day, last) + i as day) g
      where (p_day <= last or g.day > last) and rule.is_working(g.day) and rule.stood_whole(g.day, true, stood);
    end if;
  end if;
  if p_day > last then
    return still - rule.workdays_in(last + 1, p_day);
  end if;
  return rule.workdays_in(p_day, last) - still;
end $$;
comment on function rule.days_left(timestamptz, date, tstzrange[]) is
  'Working days left, today and the due day counted (CLK-5), without those wholly stood still; of what is over, minus the working days since.';

create or replace function rule.short_promise(p_n int4, p_unit text, p_extra int4 default null) returns bool
language plpgsql stable as $$
begin
  return case
    when p_unit in ('workday', 'day') then p_n + coalesce(p_extra, 0) <= hall.setting_text('light.short_days')::int4
    when p_unit = 'workhour' then p_n + coalesce(p_extra, 0) * 6.5 <= hall.setting_text('light.short_days')::int4 * 6.5
    else false end;
end $$;
comment on function rule.short_promise(int4, text, int4) is
  'A promise, with the extension added to it (CASE-7), of five days or fewer (setting light.short_days; a day opens for six hours and a half): yellow on its last day only (CLK-5).';

create or replace function rule.light(p_due timestamptz, p_short bool, p_day date, p_stands tstzrange[] default null)
returns text language plpgsql stable as $$
declare
  last date := rule.day_of(p_due);
begin
  return case when p_day > last then 'red'
    when case when p_short then p_day = last
      else rule.days_left(p_due, p_day, p_stands) <= hall.setting_text('light.yellow_days')::int4 end then 'yellow'
    when p_due is not null then 'green' end;
end $$;
comment on function rule.light(timestamptz, bool, date, tstzrange[]) is 'Light of a clock on a date (CLK-5); NULL: no due moment.';

create or replace function rule.light_turns(p_due timestamptz, p_short bool, p_day date, p_stands tstzrange[] default null)
returns timestamptz language plpgsql stable as $$
declare
  last date := rule.day_of(p_due);
  days int4;
  green date := last + 1;
begin
  if p_day <= last is not true then
    return null;
  elsif p_short then
    return rule.moment(last + (p_day = last)::int4, '00:00');
  end if;
  days := hall.setting_text('light.yellow_days')::int4;
  loop -- back to the last date with more working days left than that: there is one
    green := green - 1;
    days := days - rule.is_working(green)::int4;
    exit when days < 0;
  end loop;
  if p_day > green or cardinality(p_stands) > 0 and rule.light(p_due, p_short, p_day, p_stands) = 'yellow' then
    return rule.moment(last + 1, '00:00');
  end if;
  return rule.moment(green + 1, '00:00');
end $$;
comment on function rule.light_turns(timestamptz, bool, date, tstzrange[]) is
  'The moment after a date at which the light turns next: 00:00 (CLK-5); NULL: it is red, or there is none.';

create or replace function rule.timing(p_due timestamptz, p_decided timestamptz, p_stands tstzrange[],
  out timing text, out spare int4) language plpgsql stable as $$
declare
  day date := rule.day_of(p_decided);
  last date := rule.day_of(p_due);
begin
  if p_due is null then
    return;
  elsif p_decided > p_due then
    timing := 'overdue';
    spare := case when day > last then rule.days_left(p_due, day, p_stands) else 0 end;
  else
    spare := rule.workdays_in(day + 1, last);
    timing := case when spare > 0 then 'early' else 'on_time' end;
  end if;
end $$;
comment on function rule.timing(timestamptz, timestamptz, tstzrange[]) is
  'early, on_time or overdue (CLK-6; NULL: nothing was promised), and the working days to spare; of what is overdue, minus those over, without those wholly stood still, which are not the window''s.';

create or replace function rule.stands_of(p_case_id int8, out stands tstzrange[], out labels text[])
language plpgsql stable as $$
begin
  select coalesce(array_agg(tstzrange(s.from_at, s.until_at) order by s.seq), '{}'),
    coalesce(array_agg(case s.kind when 'special' then p.name when 'correction' then '补正' else '上报' end order by s.seq), '{}')
  into stands, labels
  from hall.stand s
  left join hall.special_procedure p on p.procedure = s.procedure
  where s.case_id = p_case_id and s.voided_at is null and s.from_at < coalesce(s.until_at, 'infinity');
end $$;
comment on function rule.stands_of(int8) is 'When a case stood still, and why; what was voided is not known to the clocks (CLK-2).';

-- What has ended has ended, whatever the calendar says since (CLK-4); what had not does not end in the past.
create or replace function rule.due_kept(c hall.case_file, p_was timestamptz, p_due timestamptz) returns timestamptz
language plpgsql stable as $$
begin
  if p_due is null then
    return null;
  elsif p_was < c.last_at then
    return p_was;
  end if;
  return greatest(p_due, c.clock_floor);
end $$;
comment on function rule.due_kept(hall.case_file, timestamptz, timestamptz) is
  'The end of a limit as worked out anew, where the calendar may have changed since (CLK-4). was: as it is stored.';

-- The limits of the steps add up to no more than the promise (CASE-5). Of an expedited case they would: there a step
-- ends with the promise at the latest (CASE-10). Not where the promise was over when the step began, which is not its
-- holder's: then it has its own limit; nor once it is decided.
create or replace function rule.step_end(c hall.case_file, p_own timestamptz) returns timestamptz language sql immutable as $$
  select case when c.hurried is not null and c.decided_at is null and c.due_at > c.step_at and p_own > c.due_at then c.due_at else p_own end
$$;
comment on function rule.step_end(hall.case_file, timestamptz) is
  'Where the step of a case ends: by its own limit, in an expedited case no later than the promise. The end of that is worked out before.';

create or replace function rule.step_with_promise(c hall.case_file) returns bool language sql immutable as $$
  select coalesce(c.hurried is not null and c.decided_at is null and c.step_due_at = c.due_at, false)
$$;
comment on function rule.step_with_promise(hall.case_file) is 'The step of an expedited case ends with the promise: it is lit as that is.';

-- Called by every command that changes what the clocks run on: acceptance, steps, standing
-- still, extension, urgency, decision; and by a change of the calendar.
create or replace function rule.run_clocks(c hall.case_file, p_day date) returns hall.case_file language plpgsql stable as $$
declare
  v record;
  w record;
  due timestamptz;
begin
  if c.accepted_at is null then
    return c;
  end if;
  select i.unit, coalesce(c.hurried, i.promised) as promised, i.statutory, s.limit_days into v
  from hall.item_version i
  left join hall.item_step s on s.item_version_id = i.item_version_id and s.seq = c.step_seq
  where i.item_version_id = c.item_version_id;
  select * into w from rule.stands_of(c.case_id);
  if c.decided_at is null then
    due := rule.limit_with(c.accepted_at, v.promised, v.unit, c.promise_extended, w.stands);
    c.statutory_at := rule.due_kept(c, c.statutory_at, case when (v.statutory, c.extended) is not distinct from (v.promised, c.promise_extended) then due
      else rule.limit_with(c.accepted_at, v.statutory, v.unit, c.extended, w.stands) end);
    c.due_at := rule.due_kept(c, c.due_at, due);
    c.light := rule.light(c.due_at, rule.short_promise(v.promised, v.unit, c.promise_extended), p_day, w.stands);
  end if;
  due := rule.step_end(c, rule.limit_with(c.step_at, v.limit_days, v.unit, c.step_extended, w.stands));
  c.step_due_at := rule.due_kept(c, case when c.step_due_at > c.step_at then c.step_due_at end, due); -- else another step's
  c.step_light := case when rule.step_with_promise(c) then c.light
    else rule.light(c.step_due_at, rule.short_promise(v.limit_days, v.unit, c.step_extended), p_day, w.stands) end;
  c.provisional := rule.is_provisional(c.accepted_at, greatest(c.due_at, c.statutory_at, c.step_due_at, c.accepted_at));
  return c;
end $$;
comment on function rule.run_clocks(hall.case_file, date) is
  'A case with its due moments and lights as its facts and the calendar say on a date; as it was before acceptance, and its total clock from the decision on (CLK-2).';
