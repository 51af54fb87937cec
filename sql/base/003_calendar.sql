-- The hall's calendar (CLK-1): days that differ from an ordinary week, years published,
-- opening hours by season.

set role yimen_owner;

create table hall.calendar_year (
  year int4 primary key,
  version int4 not null default 1,
  source text not null,
  loaded_at timestamptz not null
);
comment on table hall.calendar_year is 'A year whose holidays are published; dates of others are 暂定.';
comment on column hall.calendar_year.year is 'The year.';
comment on column hall.calendar_year.version is 'Goes up with every change, for the proof of a due date (CLK-3).';
comment on column hall.calendar_year.source is 'The paper that published it.';
comment on column hall.calendar_year.loaded_at is 'When it was loaded.';

create table hall.day (
  day date primary key,
  working bool not null,
  reason text not null
);
comment on table hall.day is 'A day that differs from its weekday: holiday, make-up working day (调休), local closure.';
comment on column hall.day.day is 'The date: the key, whatever file it came in.';
comment on column hall.day.working is 'It is a working day.';
comment on column hall.day.reason is 'Why: 春节, 调休 …';

create table hall.opening_hours (
  from_md text primary key check (from_md ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'),
  season text not null,
  morning_open time not null,
  morning_close time not null check (morning_close > morning_open),
  afternoon_open time not null check (afternoon_open >= morning_close),
  afternoon_close time not null check (afternoon_close > afternoon_open)
);
comment on table hall.opening_hours is 'Opening hours by season; a season lasts until the next begins.';
comment on column hall.opening_hours.from_md is 'First day of the season, MM-DD, every year.';
comment on column hall.opening_hours.season is 'Its name.';
comment on column hall.opening_hours.morning_open is 'The hall opens.';
comment on column hall.opening_hours.morning_close is 'Noon break begins.';
comment on column hall.opening_hours.afternoon_open is 'Noon break ends.';
comment on column hall.opening_hours.afternoon_close is 'Closing time: terms end here.';

insert into hall.opening_hours values
  ('05-01', '夏季', '08:30', '12:00', '14:30', '17:30'),
  ('10-01', '冬季', '08:30', '12:00', '14:00', '17:00');
