-- The hall itself: its settings, its only source of time, how a rule says no.
-- Must know no case.
--
-- Throughout sql/rule: a function that reads a table is plpgsql, whose plan is kept; an SQL
-- function would be planned anew at every call. One-line expressions are SQL, and inlined.

set role yimen_owner;

create or replace function hall.setting_text(p_name text) returns text
language plpgsql stable as $$
begin
  return (
    select value from hall.setting where name = p_name
  );
end $$;
comment on function hall.setting_text(text) is 'A setting; NULL when there is none.';

create or replace function hall.is_test() returns bool language plpgsql stable as $$
begin
  return (
    select value = 'true' from hall.setting where name = 'hall.test'
  );
end $$;
comment on function hall.is_test() is 'A test hall: its clock can be moved, its papers say so.';

create or replace function hall.is_training() returns bool language plpgsql stable as $$
begin
  return (
    select value = 'true' from hall.setting where name = 'hall.training'
  );
end $$;
comment on function hall.is_training() is 'A test hall for people who learn: its screens and papers say so (SEC-5).';

-- Wall clock, for what must not follow a moved clock: the life of a token.
create or replace function hall.wall() returns timestamptz language sql volatile
as $$ select clock_timestamp() $$;
comment on function hall.wall() is 'The wall clock; never for terms.';

create or replace function hall.clock() returns timestamptz language plpgsql volatile as $$
begin
  return (
    select clock_timestamp()
      + coalesce((select value::interval from hall.setting where name = 'clock.ahead'), interval '0')
  );
end $$;
comment on function hall.clock() is 'Business time (CLK): the only clock of rules. A test hall may run ahead.';

-- Before 0.1 it had no training halls.
drop function if exists hall.found(int4, text, bool);
create or replace function hall.found(p_number int4, p_name text, p_test bool, p_training bool) returns void
language plpgsql as $$
begin
  if p_number not between 1 and 9999 then
    raise exception 'hall.number' using errcode = 'YM006', detail = p_number::text;
  end if;
  if exists (select from hall.department) then
    raise exception 'hall.founded' using errcode = 'YM001';
  end if;
  update hall.setting set value = lpad(p_number::text, 4, '0') where name = 'hall.number';
  update hall.setting set value = p_name where name = 'hall.name';
  update hall.setting set value = (p_test or p_training)::text where name = 'hall.test';
  update hall.setting set value = p_training::text where name = 'hall.training';
  perform setval('hall.id_seq', p_number * 1000000000000, true);
end $$;
comment on function hall.found(int4, text, bool, bool) is
  'Gives a new hall its number and name, before anything is loaded: every key begins with the number.';

create or replace function rule.day_of(p_at timestamptz) returns date language sql immutable
as $$ select (p_at at time zone 'Asia/Shanghai')::date $$;
comment on function rule.day_of(timestamptz) is 'The date of a moment in the hall.';

create or replace function rule.moment(p_day date, p_time time) returns timestamptz
language sql immutable
as $$ select (p_day + p_time) at time zone 'Asia/Shanghai' $$;
comment on function rule.moment(date, time) is 'The moment of a date and time of day in the hall.';

create or replace function rule.day_cn(p_day date) returns text language sql immutable
as $$
  select extract(year from p_day)::text || '年' || extract(month from p_day)::text || '月'
    || extract(day from p_day)::text || '日'
$$;
comment on function rule.day_cn(date) is 'A date as papers write it.';

-- How a rule says no: one SQLSTATE class, the code as message, its words behind it.
create or replace function rule.say(p_state text, p_code text, p_arg1 text, p_arg2 text) returns void
language plpgsql as $$
begin
  raise exception '%', p_code
    using errcode = p_state, detail = coalesce(p_arg1, ''), hint = coalesce(p_arg2, '');
end $$;
comment on function rule.say(text, text, text, text) is 'Raises a refusal of class YM.';

create or replace function rule.refuse(p_code text, p_arg1 text default null, p_arg2 text default null)
returns void language sql as $$ select rule.say('YM001', p_code, p_arg1, p_arg2) $$;
comment on function rule.refuse(text, text, text) is 'A rule of the hall says no.';

create or replace function rule.deny(p_code text, p_arg1 text default null, p_arg2 text default null)
returns void language sql as $$ select rule.say('YM002', p_code, p_arg1, p_arg2) $$;
comment on function rule.deny(text, text, text) is 'Not this person''s to do.';

create or replace function rule.invalid(p_code text, p_field text, p_arg2 text default null)
returns void language sql as $$ select rule.say('YM006', p_code, p_field, p_arg2) $$;
comment on function rule.invalid(text, text, text) is 'A field''s value is wrong.';

create or replace function rule.page_limit(p_limit int4) returns int4 language sql immutable
as $$ select least(greatest(coalesce(p_limit, 50), 1), 200) $$;
comment on function rule.page_limit(int4) is 'Rows of one page: 50 unless told, at most 200.';

create or replace function rule.page_after(p_after int4) returns int4 language sql immutable
as $$ select greatest(coalesce(p_after, 0), 0) $$;
comment on function rule.page_after(int4) is 'Rows to skip.';
