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

create or replace function admin.load_calendar(file text, content text)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  calendar jsonb;
  y int;
  source text;
  moved text;
  n bigint;
  total bigint;
  moves rule.calendar_move[];
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
  select count(*), string_agg(to_char(d.day, 'MM-DD'), ' ' order by d.day) into n, moved from done as d;
  source := coalesce((select string_agg(p, ' ') from jsonb_array_elements_text(
    case when jsonb_typeof(calendar -> 'papers') = 'array' then calendar -> 'papers' else '[]' end) as p), file);
  insert into hall.calendar_year as h (year, source, loaded_at) values (y, source, hall.clock())
    on conflict (year) do update set version = h.version + 1, source = excluded.source, loaded_at = excluded.loaded_at
      where n > 0 or h.source <> excluded.source;
  moves := array(select m from rule.apply_calendar() as m);
  if n > 0 then
    return query select format('%s: %s days set (%s), %s as before', y, n, moved, total - n);
  else
    return query select format('%s: %s days as before', y, total);
  end if;
  if n > 0 or cardinality(moves) > 0 then
    perform admin.load_record('load.calendar', array['year', null, y::text, 'days', null, moved,
      'cases', null, (select count(distinct m.case_id)::text from unnest(moves) as m)]);
  end if;
  return query select * from admin.moves_told(moves);
end
$$;
comment on function admin.load_calendar(text, text) is 'loads a year''s calendar from its JSON and moves what it moves in open cases (CLK-4); may run twice; YM010 with every bad row, and nothing changed';
