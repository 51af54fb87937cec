-- The calendar as it was before each of its changes (CLK-3, CLK-4): a limit that ended is proved, and looked
-- at, by the calendar it ended in. Must know no rule.

set role yimen_owner;

create table hall.day_was (
  was_id int8 primary key generated always as identity,
  until timestamptz not null,
  day date not null,
  working bool,
  reason text,
  check ((working is null) = (reason is null))
);
comment on table hall.day_was is 'What hall.day said of a date until it was changed.';
comment on column hall.day_was.was_id is 'Order of the changes.';
comment on column hall.day_was.until is 'Until when.';
comment on column hall.day_was.day is 'The date.';
comment on column hall.day_was.working is 'It was a working day; NULL: what its weekday is.';
comment on column hall.day_was.reason is 'Why.';
create index day_was_day on hall.day_was (day, was_id);
create index day_was_until on hall.day_was (until);

create table hall.year_was (
  was_id int8 primary key generated always as identity,
  until timestamptz not null,
  year int4 not null,
  version int4
);
comment on table hall.year_was is 'What hall.calendar_year said of a year until it was changed.';
comment on column hall.year_was.was_id is 'Order of the changes.';
comment on column hall.year_was.until is 'Until when.';
comment on column hall.year_was.year is 'The year.';
comment on column hall.year_was.version is 'Its version; NULL: it was not published.';
create index year_was_year on hall.year_was (year, was_id);

create table hall.hours_was (
  was_id int8 primary key generated always as identity,
  until timestamptz not null,
  from_md text not null,
  hours jsonb
);
comment on table hall.hours_was is 'What hall.opening_hours said of a season until it was changed.';
comment on column hall.hours_was.was_id is 'Order of the changes.';
comment on column hall.hours_was.until is 'Until when.';
comment on column hall.hours_was.from_md is 'First day of the season.';
comment on column hall.hours_was.hours is 'Its row; NULL: there was no such season.';
create index hours_was_until on hall.hours_was (until);

-- Before its first case a hall has no limit to prove.
create function hall.keep_calendar() returns trigger language plpgsql as $$
begin
  if not exists (select from hall.case_file) then
    return null;
  end if;
  case tg_table_name
    when 'day' then
      insert into hall.day_was (until, day, working, reason) values (hall.clock(), coalesce(old.day, new.day), old.working, old.reason);
    when 'calendar_year' then
      insert into hall.year_was (until, year, version) values (hall.clock(), coalesce(old.year, new.year), old.version);
    when 'opening_hours' then
      insert into hall.hours_was (until, from_md, hours) values (hall.clock(), coalesce(old.from_md, new.from_md), to_jsonb(old));
  end case;
  return null;
end $$;
comment on function hall.keep_calendar() is 'Keeps what a row of the calendar said before it was changed.';
create trigger keep_was after insert or update or delete on hall.day for each row execute function hall.keep_calendar();
create trigger keep_was after insert or update or delete on hall.calendar_year for each row execute function hall.keep_calendar();
create trigger keep_was after insert or update or delete on hall.opening_hours for each row execute function hall.keep_calendar();

do $$
declare
  t text;
begin
  foreach t in array array['day_was', 'year_was', 'hours_was'] loop
    execute format('create trigger keep before update or delete on hall.%I for each row execute function hall.keep()', t);
    execute format('create trigger keep_all before truncate on hall.%I for each statement execute function hall.keep()', t);
  end loop;
end $$;

insert into hall.setting values
  ('calendar.kept_since', case when exists (select from hall.case_file) then now()::text else '-infinity' end,
    'since when the calendar of before a change is kept; not to be changed');
