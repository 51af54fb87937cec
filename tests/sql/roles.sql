-- Decision 1: yimend's role can call api functions and do nothing else.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(25);

select is_empty($$
  select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('hall', 'rule', 'command', 'api', 'admin', 'report') and c.relkind in ('r', 'v', 'm', 'S', 'p')
    and case when c.relkind = 'S' then has_sequence_privilege('yimen_server', c.oid, 'usage, select, update')
      else has_table_privilege('yimen_server', c.oid, 'select, insert, update, delete, truncate, references, trigger')
        or has_any_column_privilege('yimen_server', c.oid, 'select, insert, update, references') end
$$, 'yimen_server: no table, no view, no sequence');
select is_empty($$
  select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('hall', 'rule', 'command', 'admin', 'report') and has_function_privilege('yimen_server', p.oid, 'execute')
$$, 'yimen_server: no function outside api');
select is_empty($$
  select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = 'api' and not has_function_privilege('yimen_server', p.oid, 'execute')
$$, 'yimen_server: every function of api');
select is_empty($$
  select nspname from pg_namespace where nspname in ('hall', 'rule', 'command', 'admin', 'report', 'public')
    and has_schema_privilege('yimen_server', oid, 'usage, create')
$$, 'yimen_server: no schema but api');
select ok(not has_schema_privilege('yimen_server', 'api', 'create'), 'yimen_server makes nothing in api');
select ok(not has_database_privilege('yimen_server', current_database(), 'create, temporary'), 'nor anywhere else');
select is_empty($$ select rolname from pg_roles where rolname in ('yimen_server', 'yimen_admin', 'yimen_owner')
  and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication) $$, 'no role has powers over the cluster');
select is_empty($$ select 1 from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname in ('yimen_server', 'yimen_admin') $$,
  'and none is a member of another');
select is_empty($$
  select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('hall', 'rule', 'command', 'api', 'admin', 'report')
    and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)
$$, 'PUBLIC may execute nothing');
select is_empty($$
  select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = 'api' and not (p.prosecdef and array_to_string(p.proconfig, ',') like '%search_path=pg_catalog, pg_temp%')
$$, 'every function of api is security definer with a fixed search_path');
select is_empty($$
  select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('hall', 'rule', 'command', 'api') and p.prosrc ~* '\m(now|current_timestamp|current_date|localtimestamp|statement_timestamp|transaction_timestamp)\s*(\(|\M)'
    and p.prosrc ~* '\m(now\s*\(|current_timestamp|current_date|localtimestamp|statement_timestamp|transaction_timestamp)'
$$, 'decision 9: no time but hall.clock()');
select is_empty($$
  select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('rule', 'command', 'api') and p.prosrc ~ 'clock_timestamp'
$$, 'and clock_timestamp() only behind it');
select is_empty($$ select conname from pg_constraint where condeferrable $$,
  'no constraint is deferred, so a write fails inside its block (decision 5)');

-- style: everything says what it is
select is_empty($$
  select c.oid::regclass || coalesce('.' || a.attname, '')
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  left join lateral (select 0::int2 as attnum, null::name as attname union all
    select attnum, attname from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped and c.relkind = 'r') a on true
  where n.nspname in ('hall', 'rule', 'command', 'report') and c.relkind in ('r', 'v')
    and not exists (select from pg_description d where d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = a.attnum)
$$, 'every table and column has a comment');
select is_empty($$
  select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('hall', 'rule', 'command', 'api', 'admin') and obj_description(p.oid, 'pg_proc') is null
$$, 'every function has a comment');

create function pg_temp.as_server(p_sql text) returns text language plpgsql as $$
begin
  perform set_config('role', 'yimen_server', true);
  execute p_sql;
  perform set_config('role', 'none', true);
  return 'allowed';
exception when others then
  return sqlstate;
end $$;
select is(pg_temp.as_server('select * from hall.staff'), '42501', 'reading a table is refused');
select is(pg_temp.as_server($$ select rule.refuse('x') $$), '42501', 'so is calling a rule');
select is(pg_temp.as_server($$ select * from api.server_hello('x') $$), 'allowed', 'an operation is allowed');
select is_empty($$
  select r.name || ' ' || p.oid::regprocedure from pg_proc p, (values ('yimen_server'), ('yimen_admin')) r (name)
  where p.pronamespace = 'pg_catalog'::regnamespace and (p.proname ~ '^(lo_.*|loread|lowrite)$' or p.proname ~ '^pg_(try_)?advisory_')
    and has_function_privilege(r.name, p.oid, 'execute')
$$, 'no role keeps files in the database or holds locks of the rules');
select is(pg_temp.as_server('select lo_create(0)'), '42501', 'not even one');
select is(pg_temp.as_server('select * from api.tick(0)'), 'allowed', 'the rules take theirs');

-- yimen_admin loads and checks; it reads what is made for it and no case
create function pg_temp.as_admin(p_sql text) returns text language plpgsql as $$
begin
  perform set_config('role', 'yimen_admin', true);
  execute p_sql;
  perform set_config('role', 'none', true);
  return 'allowed';
exception when others then
  return sqlstate;
end $$;
select is(pg_temp.as_admin('select * from hall.verify()'), 'allowed', 'SEC-2: yimen_admin verifies');
select is(pg_temp.as_admin('select * from admin.people'), 'allowed', 'and reads the lists of people');
select is(pg_temp.as_admin('select * from admin.posts'), 'allowed', 'and of posts');
select is_empty($$
  select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('hall', 'rule', 'command', 'api') and c.relkind in ('r', 'v', 'm', 'p')
    and (has_table_privilege('yimen_admin', c.oid, 'select, insert, update, delete, truncate, references, trigger')
      or has_any_column_privilege('yimen_admin', c.oid, 'select, insert, update, references'))
  union all
  select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('hall', 'rule', 'command', 'api') and has_function_privilege('yimen_admin', p.oid, 'execute')
    and p.oid <> 'hall.verify()'::regprocedure
$$, 'but no table of the hall and no other function');

select * from finish(true);
rollback;
