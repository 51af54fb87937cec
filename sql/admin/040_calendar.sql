-- Loading a calendar (CLK-1): one file a year in the published form, {"year", "papers",
-- "days": [{"name", "date", "isOffDay"}]}. Rows are keyed by date: a file may hold days of the
-- year before. A file without days says that its year is not published yet.

set role yimen_owner;

-- The line of a text in which a piece of it first stands.
create or replace function admin.line_of(content text, piece text)
returns int
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select case when position($2 in $1) = 0 then 1
    else cardinality(string_to_array(left($1, position($2 in $1)), E'\n')) end
$$;
comment on function admin.line_of(text, text) is 'the line in which a piece of a text first stands; 1 when nowhere';

-- The file as JSON, or null after noting where it stops being JSON.
create or replace function admin.calendar_json(file text, content text)
returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  told text;
begin
  return ltrim(content, U&'\FEFF')::jsonb;
exception when invalid_text_representation or untranslatable_character or invalid_parameter_value then
  get stacked diagnostics told = pg_exception_context;
  perform admin.load_problem(file, coalesce(substring(told from 'line ([0-9]+)')::int, 1), 'not JSON from here on');
  return null;
end
$$;
comment on function admin.calendar_json(text, text) is 'a text as JSON; null and a problem when it is none';

create or replace function admin.calendar_date(t text)
returns date
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
begin
  if t ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then
    return t::date;
  end if;
  return null;
exception when datetime_field_overflow or invalid_datetime_format then
  return null;
end
$$;
comment on function admin.calendar_date(text) is 'a date written YYYY-MM-DD; null when there is no such day';

create or replace function admin.calendar_read(file text, content text, calendar jsonb)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  y text := calendar ->> 'year';
begin
  drop table if exists pg_temp.cal_day;
  create temporary table cal_day (nr int8, line int, day date, working bool, reason text) on commit drop;
  if jsonb_typeof(calendar) is distinct from 'object' or jsonb_typeof(calendar -> 'days') is distinct from 'array' then
    perform admin.load_problem(file, 1, 'must be an object with year and days');
    return;
  end if;
  if y is null or y !~ '^(19|20|21)[0-9]{2}$' then
    perform admin.load_problem(file, admin.line_of(content, '"year"'), 'year is not a year');
    return;
  end if;
  insert into pg_temp.cal_day
    select t.nr, coalesce(nullif(admin.line_of(content, '"' || (t.d ->> 'date') || '"'), 1), admin.line_of(content, '"days"')),
      admin.calendar_date(t.d ->> 'date'),
      case when jsonb_typeof(t.d -> 'isOffDay') = 'boolean' then not (t.d ->> 'isOffDay')::bool end,
      nullif(btrim(t.d ->> 'name'), '')
    from jsonb_array_elements(calendar -> 'days') with ordinality as t(d, nr);
  insert into pg_temp.load_problem
    select calendar_read.file, c.line, format('day %s: date is not a day written YYYY-MM-DD', c.nr)
    from pg_temp.cal_day as c where c.day is null
    union all
    select calendar_read.file, c.line, format('day %s: isOffDay is neither true nor false', c.nr)
    from pg_temp.cal_day as c where c.working is null
    union all
    select calendar_read.file, c.line, format('day %s has no name, or one longer than 40 characters', c.nr)
    from pg_temp.cal_day as c where c.reason is null or char_length(c.reason) > 40
    union all
    select calendar_read.file, c.line, format('day %s, %s, is not of %s or the turn of the year before or after', c.nr, c.day, y)
    from pg_temp.cal_day as c where c.day not between make_date(y::int - 1, 12, 1) and make_date(y::int + 1, 1, 31)
    union all
    select calendar_read.file, c.line, format('%s stands twice', c.day)
    from pg_temp.cal_day as c
    where exists (select from pg_temp.cal_day as o where o.nr < c.nr and o.day = c.day);
end
$$;
comment on function admin.calendar_read(text, text, jsonb) is 'reads the days of a calendar into a temporary table, noting what is wrong';

create or replace function admin.moves_told(moves rule.calendar_move[])
returns table (what text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select format('%s open cases moved:', count(distinct m.case_id)) from unnest(moves) as m having count(*) > 0
  union all
  (select concat_ws(' ', m.number, m.what, to_char(m.was at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'),
      case when m.moved is not null then '→' end, to_char(m.moved at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'))
    from unnest(moves) as m order by m.case_id, m.what)
$$;
comment on function admin.moves_told(rule.calendar_move[]) is 'what a change of the calendar moves (CLK-4): how many cases, then number, what, from, to';

-- A past day may be changed with a reason only (CLK-4): on it clocks have run, since there were cases.
create or replace function admin.past_days(days date[], why text)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  first date := (select rule.day_of(min(c.received_at)) from hall.case_file as c);
  told text := (select string_agg(d::text, ' ' order by d) from unnest(days) as d
    where d >= first and d < rule.day_of(hall.clock()));
begin
  if told is not null and nullif(btrim(why), '') is null then
    raise exception using errcode = 'YM010', message = format('%s: past; say why', told);
  end if;
end
$$;
comment on function admin.past_days(date[], text) is 'refuses to change a past day without a reason (CLK-4); days before the hall''s first case are free';

-- What was changed is on the hall's record with what it moved and why, and told.
create or replace function admin.calendar_changed(event text, detail text[], why text)
returns table (what text)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  moves rule.calendar_move[] := array(select m from rule.apply_calendar() as m);
begin
  if detail is not null or cardinality(moves) > 0 then
    perform admin.load_record(event, coalesce(detail, '{}') || array['cases', null,
      (select count(distinct m.case_id)::text from unnest(moves) as m)]
      || case when nullif(btrim(why), '') is not null then array['why', null, btrim(why)] else '{}' end);
  end if;
  return query select * from admin.moves_told(moves);
end
$$;
comment on function admin.calendar_changed(text, text[], text) is 'moves what a change of the calendar moves and puts it on the hall''s chain; detail null: nothing was changed';

drop function if exists admin.load_calendar(text, text);
create or replace function admin.load_calendar(file text, content text, why text default null)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  calendar jsonb;
  y int;
  source text;
  days date[];
  moved text;
  n bigint;
  total bigint;
begin
  perform admin.load_begin();
  calendar := admin.calendar_json(file, content);
  if calendar is not null then
    perform admin.calendar_read(file, content, calendar);
  end if;
  perform admin.load_check();
  y := (calendar ->> 'year')::int;
  select count(*) into total from pg_temp.cal_day;
  if total = 0 then
    return query select format('%s: not published yet; its weekends count as free, its dates are 暂定', y);
    return;
  end if;
  with done as (
    insert into hall.day as h (day, working, reason)
    select c.day, c.working, c.reason || case when c.working then '调休' else '' end from pg_temp.cal_day as c order by c.day
    on conflict (day) do update set working = excluded.working, reason = excluded.reason
      where (h.working, h.reason) is distinct from (excluded.working, excluded.reason)
    returning h.day)
  select count(*), array_agg(d.day), string_agg(to_char(d.day, 'MM-DD'), ' ' order by d.day) into n, days, moved from done as d;
  perform admin.past_days(days, why);
  source := coalesce((select string_agg(p, ' ') from jsonb_array_elements_text(
    case when jsonb_typeof(calendar -> 'papers') = 'array' then calendar -> 'papers' else '[]' end) as p), file);
  insert into hall.calendar_year as h (year, source, loaded_at) values (y, source, hall.clock())
    on conflict (year) do update set version = h.version + 1, source = excluded.source, loaded_at = excluded.loaded_at
      where n > 0 or h.source <> excluded.source;
  update hall.calendar_year as h set version = h.version + 1 -- a file may hold days of the year before or after
    where h.year <> y and h.year in (select extract(year from d) from unnest(days) as d);
  if n > 0 then
    return query select format('%s: %s days set (%s), %s as before', y, n, moved, total - n);
  else
    return query select format('%s: %s days as before', y, total);
  end if;
  return query select * from admin.calendar_changed('load.calendar',
    case when n > 0 then array['year', null, y::text, 'days', null, moved] end, why);
end
$$;
comment on function admin.load_calendar(text, text, text) is 'loads a year''s calendar from its JSON and moves what it moves in open cases (CLK-4); why: needed where it changes a past day; may run twice; YM010 with every bad row, and nothing changed';

create or replace function admin.set_day(day date, working bool, reason text, why text default null)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  was hall.day;
  word text := nullif(btrim(reason), '');
begin
  if set_day.day is null or set_day.day not between date '2000-01-01' and date '2199-12-31' then
    raise exception using errcode = 'YM010', message = 'day is not a date of this time';
  elsif set_day.working is not null and (word is null or char_length(word) > 40 or word ~ '[\x01-\x1f\x7f]') then
    raise exception using errcode = 'YM010', message = 'reason is the day''s name, of at most 40 characters: it stands in every proof';
  end if;
  perform admin.past_days(array[set_day.day], why);
  select * into was from hall.day as h where h.day = set_day.day;
  if set_day.working is null then
    delete from hall.day as h where h.day = set_day.day;
  else
    insert into hall.day as h values (set_day.day, set_day.working, word)
    on conflict on constraint day_pkey do update set working = excluded.working, reason = excluded.reason;
  end if;
  if (was.working, was.reason) is not distinct from (set_day.working, case when set_day.working is not null then word end) then
    return query select format('%s: as before', set_day.day);
    return;
  end if;
  update hall.calendar_year as y set version = y.version + 1 where y.year = extract(year from set_day.day);
  return query select format('%s: %s', set_day.day, coalesce(case when set_day.working then 'a working day, ' else 'closed, ' end || word,
    'as its weekday'));
  return query select * from admin.calendar_changed('set.day', array['day', set_day.day::text, concat_ws(' ', set_day.working::text, word),
    'was', null, concat_ws(' ', was.working::text, was.reason)], why);
end
$$;
comment on function admin.set_day(date, bool, text, text) is 'makes one day a working day or a local closure (CLK-1), or with working null what its weekday is, and moves what it moves in open cases (CLK-4); reason: its name in proofs; why: needed for a past day';

create or replace function admin.set_hours(from_md text, season text, morning_open time, morning_close time,
  afternoon_open time, afternoon_close time, why text)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if nullif(btrim(why), '') is null then
    raise exception using errcode = 'YM010', message = 'opening hours are of past years, too: say why';
  end if;
  insert into hall.opening_hours as h values (from_md, season, morning_open, morning_close, afternoon_open, afternoon_close)
  on conflict on constraint opening_hours_pkey do update set season = excluded.season, morning_open = excluded.morning_open,
    morning_close = excluded.morning_close, afternoon_open = excluded.afternoon_open, afternoon_close = excluded.afternoon_close;
  update hall.calendar_year as y set version = y.version + 1; -- they hold in every year
  return query select format('%s %s: %s–%s, %s–%s', from_md, season, to_char(morning_open, 'HH24:MI'), to_char(morning_close, 'HH24:MI'),
    to_char(afternoon_open, 'HH24:MI'), to_char(afternoon_close, 'HH24:MI'));
  return query select * from admin.calendar_changed('set.hours', array['season', from_md, season, 'hours', null,
    concat_ws(' ', morning_open, morning_close, afternoon_open, afternoon_close)], why);
end
$$;
comment on function admin.set_hours(text, text, time, time, time, time, text) is 'sets the opening hours of a season, from a day of the year (MM-DD) on, and moves what they move in open cases (CLK-4)';

-- Each is done and undone: what is told is what would be done.
create or replace function admin.try_calendar(file text, content text, why text default null)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  told text[];
begin
  begin
    told := array(select c.what from admin.load_calendar(file, content, why) as c);
    raise exception using errcode = 'YM999';
  exception when sqlstate 'YM999' then
    return query select * from unnest(told);
  end;
end
$$;
comment on function admin.try_calendar(text, text, text) is 'what admin.load_calendar would do and which cases would move from when to when; changes nothing (CLK-4)';

create or replace function admin.try_day(day date, working bool, reason text, why text default null)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  told text[];
begin
  begin
    told := array(select c.what from admin.set_day(day, working, reason, why) as c);
    raise exception using errcode = 'YM999';
  exception when sqlstate 'YM999' then
    return query select * from unnest(told);
  end;
end
$$;
comment on function admin.try_day(date, bool, text, text) is 'what admin.set_day would do and which cases would move; changes nothing (CLK-4)';

create or replace function admin.try_hours(from_md text, season text, morning_open time, morning_close time,
  afternoon_open time, afternoon_close time, why text)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  told text[];
begin
  begin
    told := array(select c.what from admin.set_hours(from_md, season, morning_open, morning_close, afternoon_open, afternoon_close, why) as c);
    raise exception using errcode = 'YM999';
  exception when sqlstate 'YM999' then
    return query select * from unnest(told);
  end;
end
$$;
comment on function admin.try_hours(text, text, time, time, time, time, text) is 'what admin.set_hours would do and which cases would move; changes nothing (CLK-4)';
