-- Roles, schemas and who may do what; settings and keys. Run once by the database's
-- superuser; everything after it belongs to yimen_owner. Must know no rule.

do $$
declare
  r text;
begin
  foreach r in array array['yimen_owner', 'yimen_server', 'yimen_admin'] loop
    if not exists (select from pg_roles where rolname = r) then
      execute format('create role %I', r);
    end if;
  end loop;
  alter role yimen_server login;
  alter role yimen_admin login;
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to yimen_server, yimen_admin', current_database());
  -- short statements only: compiling them costs more than it saves
  execute format('alter database %I set jit = off', current_database());
  execute format('alter database %I set timezone = %L', current_database(), 'Asia/Shanghai');
end $$;

revoke all on schema public from public;

-- What every role may do unless told otherwise: keep files inside the database, and hold locks
-- that the rules use. Rules run as yimen_owner; yimend and administrators need neither.
do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace
      and (p.proname ~ '^(lo_.*|loread|lowrite)$' or p.proname ~ '^pg_(try_)?advisory_')
  loop
    execute format('revoke execute on function %s from public', f);
    if f::text ~ 'advisory' then
      execute format('grant execute on function %s to yimen_owner', f);
    end if;
  end loop;
end $$;

create schema hall authorization yimen_owner;
create schema rule authorization yimen_owner;
create schema command authorization yimen_owner;
create schema api authorization yimen_owner;
create schema admin authorization yimen_owner;
create schema report authorization yimen_owner;
comment on schema hall is 'The hall: tables, clock, keys, the checks of an auditor.';
comment on schema rule is 'The rules of the hall; called by api and admin, never by a program.';
comment on schema command is 'Slots: every write happens exactly once.';
comment on schema api is 'What yimend may call: one function an operation.';
comment on schema admin is 'Loading of catalogue, calendar and floor by scripts.';
comment on schema report is 'Views for the manual, reports and auditors.';

set role yimen_owner;

alter default privileges revoke execute on functions from public;
alter default privileges revoke usage on types from public;
alter default privileges in schema api grant execute on functions to yimen_server;
alter default privileges in schema admin grant execute on functions to yimen_admin;
alter default privileges in schema report grant select on tables to yimen_admin;
grant usage on schema api to yimen_server;
grant usage on schema admin, report to yimen_admin;

create table hall.setting (
  name text primary key,
  value text not null,
  help text not null
);
comment on table hall.setting is 'Settings of this hall.';
comment on column hall.setting.name is 'Name, such as hall.name.';
comment on column hall.setting.value is 'Its value as text.';
comment on column hall.setting.help is 'What it means, its unit.';

insert into hall.setting values
  ('hall.number', '0', 'number of the hall, four digits: front of every case number and key'),
  ('hall.name', '政务服务中心', 'name of the hall on screens and papers'),
  ('hall.test', 'false', 'true: a test hall, whose clock can be moved and whose papers say so'),
  ('session.hours', '12', 'hours after which a session must be opened anew'),
  ('login.failures', '5', 'failed passwords after which a login is locked at that window (SEC-4)'),
  ('login.lock_minutes', '15', 'minutes it stays locked (SEC-4)'),
  ('applicant.strangers', '60', 'unknown identity numbers a session may look up in an hour (SEC-1)'),
  ('term.correction_days', '5', 'working days to tell everything missing (ONE-2)'),
  ('schema.version', '1', 'number of the last file of sql/base that was run');

-- Every key is hall number × 10¹² + sequence; hall.found() sets the front.
create sequence hall.id_seq as int8;
comment on sequence hall.id_seq is 'Keys of every table: hall number × 10¹² + serial.';
create sequence hall.case_serial as int8;
comment on sequence hall.case_serial is 'Serial in case numbers; never reset, gaps allowed (CASE-12).';

create function hall.next_id() returns int8 language sql volatile
as $$ select nextval('hall.id_seq') $$;
comment on function hall.next_id() is 'A new key: hall number × 10¹² + serial.';
