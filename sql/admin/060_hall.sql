-- What scripts/hall asks for beside loading: certificates of windows, passwords, and the lists
-- it prints.

set role yimen_owner;

-- Puts a load or another act of an administrator on the hall's chain (SEC-2).
create or replace function admin.load_record(event text, detail text[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform rule.audit('hall', 0, event, null, null, detail);
end
$$;
comment on function admin.load_record(text, text[]) is 'puts an act of an administrator on the hall''s chain (SEC-2)';

-- A window's certificate; an office, kiosk or script window that is not there yet is made.
create or replace function admin.window_certificate(window_no int4, sha256 text)
returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  update hall.window set cert_sha256 = decode(sha256, 'hex')
  where no = window_no and cert_sha256 is distinct from decode(sha256, 'hex');
  if not exists (select from hall.window where no = window_no) then
    raise exception using errcode = 'YM010', message = format('there is no window %s', window_no);
  end if;
end
$$;
comment on function admin.window_certificate(int4, text) is 'sets the certificate (SHA-256 of its DER, hex) of a window';

-- Scripts have windows of their own from 901 on, one for each name, since slots and journals
-- belong to a window.
create or replace function admin.script_window(who text, sha256 text)
returns int4
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  n int4;
begin
  perform pg_advisory_xact_lock(hashtextextended('admin.script_window', 0));
  select no into n from hall.window where kind = 'script' and name = who;
  if n is null then
    select greatest(max(no), 900) + 1 into n from hall.window;
    insert into hall.window (no, name, place, kind, cert_sha256) values (n, who, '脚本', 'script', decode(sha256, 'hex'));
    insert into hall.window_department (window_id, department_id)
      select w.window_id, d.department_id from hall.window as w, hall.department as d where w.no = n;
  else
    perform admin.window_certificate(n, sha256);
  end if;
  return n;
end
$$;
comment on function admin.script_window(text, text) is 'the number of a script''s window, made when missing, with this certificate';

create or replace function admin.set_password(who text, secret text, change bool)
returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  id int8;
begin
  if secret !~ '^\$argon2id\$' then
    raise exception using errcode = 'YM010', message = 'a password is stored as an argon2id string only';
  end if;
  update hall.staff set secret = set_password.secret, must_change = change where login = who returning staff_id into id;
  if id is null then
    raise exception using errcode = 'YM010', message = format('nobody logs in as "%s"', who);
  end if;
  delete from hall.login_attempt where login = who;
  -- Whoever has the old password may be in by it.
  update hall.session set closed_at = hall.clock() where staff_id = id and closed_at is null;
  perform admin.load_record('password.reset', array['login', null, who]);
end
$$;
comment on function admin.set_password(text, text, bool) is 'sets a person''s password (argon2id string) and ends the person''s sessions; change: must be changed at next login (SEC-4)';

-- The wait after wrong passwords is of one login at one window; this ends it at every window.
create or replace function admin.unlock(who text)
returns int8
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  n int8;
begin
  if not exists (select from hall.staff where login = who) then
    raise exception using errcode = 'YM010', message = format('nobody logs in as "%s"', who);
  end if;
  delete from hall.login_attempt where login = who and locked_until > hall.clock();
  get diagnostics n = row_count;
  perform admin.load_record('login.unlock', array['login', null, who]);
  return n;
end
$$;
comment on function admin.unlock(text) is 'ends a person''s wait after wrong passwords; at how many windows there was one (SEC-4)';

-- Everyone without a password gets the same one, null being none yet: for a test hall only.
create or replace function admin.set_test_passwords(secret text)
returns int8
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  n int8;
begin
  if (select value from hall.setting where name = 'hall.test') <> 'true' then
    raise exception using errcode = 'YM010', message = 'only a test hall has one password for everyone';
  end if;
  update hall.staff set secret = set_test_passwords.secret, must_change = false where staff.secret is null;
  get diagnostics n = row_count;
  return n;
end
$$;
comment on function admin.set_test_passwords(text) is 'gives everyone without a password this one (argon2id string); test halls only';

create or replace function admin.summary()
returns text
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select format('%s departments, %s windows, %s staff, %s posts; %s items, %s with a guide; calendar %s; %s cases',
    (select count(*) from hall.department),
    (select count(*) from hall.window where kind <> 'script'),
    (select count(*) from hall.staff where active),
    (select count(*) from hall.post),
    (select count(*) from hall.item_version where in_force),
    (select count(*) from hall.item_version where in_force and guide),
    coalesce((select min(year) || '–' || max(year) from hall.calendar_year), 'none'),
    (select count(*) from hall.case_file))
$$;
comment on function admin.summary() is 'what is loaded, in one line';

-- The functions of a view are called by whoever reads it.
create or replace function admin.today()
returns date
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select rule.day_of(hall.clock())
$$;
comment on function admin.today() is 'the date of the hall''s clock';

create or replace view admin.people as
  select s.login, s.name, d.name as department,
    concat_ws(' ', s.role, nullif(string_agg(p.code || ':' || l.place, ' ' order by l.place, p.code), '')) as places,
    string_agg(distinct w.no::text, ' ') as windows,
    case when not s.active then 'left' when s.secret is null then 'no password' else '' end as note
  from hall.staff as s
  join hall.department as d on d.department_id = s.department_id
  left join hall.post_place as l on l.staff_id = s.staff_id
  left join hall.post as p on p.post_id = l.post_id
  left join hall.post_window as v on v.post_id = p.post_id
    and admin.today() between v.from_day and coalesce(v.until_day, 'infinity')
  left join hall.window as w on w.window_id = v.window_id
  group by s.staff_id, s.login, s.name, s.role, s.active, s.secret, d.name, d.department_id
  order by d.department_id, s.staff_id;
comment on view admin.people is 'staff with their places in posts and the windows of these';

create or replace view admin.posts as
  select p.code, p.name, d.name as department, p.duty,
    (select string_agg(l.place || ' ' || s.name, ', ' order by l.place)
      from hall.post_place as l join hall.staff as s on s.staff_id = l.staff_id where l.post_id = p.post_id) as places,
    (select string_agg(w.no::text, ' ' order by w.no)
      from hall.post_window as v join hall.window as w on w.window_id = v.window_id
      where v.post_id = p.post_id and admin.today() between v.from_day and coalesce(v.until_day, 'infinity')) as windows,
    (select count(*) from hall.item_step as t join hall.item_version as i on i.item_version_id = t.item_version_id
      where t.post_id = p.post_id and t.seq = 0 and i.in_force and i.guide) as receives
  from hall.post as p
  join hall.department as d on d.department_id = p.department_id
  order by p.post_id;
comment on view admin.posts is 'posts, their places and windows, and how many items with a guide they receive';

grant select on admin.people, admin.posts to yimen_admin;
