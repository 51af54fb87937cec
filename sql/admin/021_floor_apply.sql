-- Carrying a checked floor into the hall's tables, and saying what changed.

set role yimen_owner;

-- "posts: 3 new, 1 changed, 113 as before" out of counters.
create or replace function admin.load_line(what text, added bigint, changed bigint, kept bigint)
returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select format('%s: %s new, %s changed, %s as before', $1, $2, $3, $4)
$$;
comment on function admin.load_line(text, bigint, bigint, bigint) is 'one line of what a load did';

create or replace function admin.floor_put_people()
returns setof text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  rows bigint;
  added bigint;
  changed bigint;
begin
  with done as (
    insert into hall.department as h (name, full_name, short_form)
    select name, full_name, short_form from pg_temp.floor_department order by line
    on conflict (name) do update
      set full_name = excluded.full_name, short_form = excluded.short_form
      where (h.full_name, h.short_form) is distinct from (excluded.full_name, excluded.short_form)
    returning xmax = 0 as fresh)
  select count(*) filter (where fresh), count(*) filter (where not fresh) into added, changed from done;
  select count(*) into rows from pg_temp.floor_department;
  return next admin.load_line('departments', added, changed, rows - added - changed);

  with done as (
    insert into hall.window as h (no, name, place)
    select no::int, name, place from pg_temp.floor_window order by line
    on conflict (no) do update
      set name = excluded.name, place = excluded.place
      where (h.name, h.place) is distinct from (excluded.name, excluded.place)
    returning xmax = 0 as fresh)
  select count(*) filter (where fresh), count(*) filter (where not fresh) into added, changed from done;
  select count(*) into rows from pg_temp.floor_window;
  return next admin.load_line('windows', added, changed, rows - added - changed);

  with wanted as (
    select w.window_id, d.department_id
    from pg_temp.floor_window as f
    join hall.window as w on w.no = f.no::int
    join hall.department as d on d.name = any (f.departments)),
  gone as (
    delete from hall.window_department as h
    using hall.window as w, pg_temp.floor_window as f
    where w.window_id = h.window_id and f.no::int = w.no
      and not exists (select from wanted where (wanted.window_id, wanted.department_id) = (h.window_id, h.department_id))
    returning 1),
  come as (
    insert into hall.window_department select * from wanted on conflict do nothing returning 1)
  select (select count(*) from come), (select count(*) from gone) into added, changed;
  if added + changed > 0 then
    return next format('departments at windows: %s added, %s removed', added, changed);
  end if;

  with done as (
    insert into hall.staff as h (login, name, department_id, role, active)
    select s.login, s.name, d.department_id, s.role, s.active = 'yes'
    from pg_temp.floor_staff as s
    join hall.department as d on d.name = s.department
    order by s.line
    on conflict (login) do update
      set name = excluded.name, department_id = excluded.department_id, role = excluded.role, active = excluded.active
      where (h.name, h.department_id, h.role, h.active)
        is distinct from (excluded.name, excluded.department_id, excluded.role, excluded.active)
    returning xmax = 0 as fresh)
  select count(*) filter (where fresh), count(*) filter (where not fresh) into added, changed from done;
  select count(*) into rows from pg_temp.floor_staff;
  return next admin.load_line('staff', added, changed, rows - added - changed);
  select count(*) into rows from hall.staff as s
  where s.active and not exists (select from pg_temp.floor_staff as f where f.login = s.login);
  if rows > 0 then
    return next format('staff: %s not in the file, left as they are; active=no sends one away', rows);
  end if;
end
$$;
comment on function admin.floor_put_people() is 'departments, windows and staff of the files into the hall';

create or replace function admin.floor_put_posts()
returns setof text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  rows bigint;
  added bigint;
  changed bigint;
begin
  with done as (
    insert into hall.post as h (code, name, department_id, duty)
    select p.code, p.name, d.department_id, p.duty
    from pg_temp.floor_post as p
    join hall.department as d on d.name = p.department
    order by p.line
    on conflict (code) do update
      set name = excluded.name, department_id = excluded.department_id, duty = excluded.duty
      where (h.name, h.department_id, h.duty) is distinct from (excluded.name, excluded.department_id, excluded.duty)
    returning xmax = 0 as fresh)
  select count(*) filter (where fresh), count(*) filter (where not fresh) into added, changed from done;
  select count(*) into rows from pg_temp.floor_post;
  return next admin.load_line('posts', added, changed, rows - added - changed);
  return query select admin.floor_put_places();
  return query select admin.floor_put_windows();

  with wanted as (
    select d.department_id, i.item_code, p.post_id, r.post_id as review_post_id
    from pg_temp.floor_item as i
    join hall.department as d on d.name = i.department
    join hall.post as p on p.code = i.post
    join pg_temp.floor_post as f on f.code = i.post
    left join hall.post as r on r.code = f.review),
  gone as (
    delete from hall.post_item as h
    using hall.post as p, pg_temp.floor_post as f
    where p.post_id = h.post_id and f.code = p.code
      and not exists (select from wanted where (wanted.department_id, wanted.item_code) = (h.department_id, h.item_code))
    returning 1),
  come as (
    insert into hall.post_item as h select * from wanted
    on conflict (department_id, item_code) do update
      set post_id = excluded.post_id, review_post_id = excluded.review_post_id
      where (h.post_id, h.review_post_id) is distinct from (excluded.post_id, excluded.review_post_id)
    returning 1)
  select (select count(*) from come), (select count(*) from gone) into added, changed;
  if added + changed > 0 then
    return next format('items of posts: %s rows set, %s removed', added, changed);
  end if;
end
$$;
comment on function admin.floor_put_posts() is 'posts of the files, their places, windows and items, into the hall';

-- The places of the posts named. A holder who has lost the place leaves the post empty (POST-2).
create or replace function admin.floor_put_places()
returns setof text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  added bigint;
  changed bigint;
  k command.call; -- empty: nobody in the hall does it
  r record;
begin
  create temporary table place_wanted on commit drop as
    select p.post_id, f.place, s.staff_id
    from pg_temp.floor_place as f
    join hall.post as p on p.code = f.post
    join hall.staff as s on s.login = f.login;
  -- Two people who change places would meet in the unique keys: old rows go first.
  with gone as (
    delete from hall.post_place as h
    where h.post_id in (select post_id from pg_temp.place_wanted)
      and not exists (select from pg_temp.place_wanted as w
        where (w.post_id, w.place, w.staff_id) = (h.post_id, h.place, h.staff_id))
    returning 1)
  select count(*) into changed from gone;
  with come as (
    insert into hall.post_place (post_id, place, staff_id)
    select post_id, place, staff_id from pg_temp.place_wanted
    on conflict (post_id, place) do nothing
    returning 1)
  select count(*) into added from come;
  drop table pg_temp.place_wanted;
  if added + changed > 0 then
    return next format('places in posts: %s set, %s removed', added, changed);
  end if;
  for r in
    select p.post_id, p.name, p.holder_id, p.held_as, p.for_staff_id, h.place, a.staff_id as a_id
    from hall.post as p
    left join hall.post_place as h on (h.post_id, h.staff_id) = (p.post_id, p.holder_id)
    left join hall.post_place as a on (a.post_id, a.place) = (p.post_id, 'A')
    where p.holder_id is not null
      and exists (select from pg_temp.floor_place as f where f.post = p.code)
    order by p.post_id
  loop
    if r.place is null then
      perform rule.hold(k, r.post_id, null, null, 'assign', null);
      return next format('post %s: its holder has no place in it any more; it is empty', r.name);
    else
      perform rule.hold(k, r.post_id, r.holder_id, left(r.place, 1), 'assign', null);
    end if;
  end loop;
end
$$;
comment on function admin.floor_put_places() is 'A and Bs of the posts of the files into the hall (POST-1)';

-- Which window serves which post from today on (WHR-4); what was stays on record.
create or replace function admin.floor_put_windows()
returns setof text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  today constant date := hall.clock()::date;
  added bigint;
  ended bigint;
begin
  create temporary table serve_wanted on commit drop as
    select p.post_id, w.window_id
    from pg_temp.floor_post as f
    join hall.post as p on p.code = f.code
    join hall.window as w on w.no = any (f.windows::int[]);
  delete from hall.post_window as h
  using hall.post as p, pg_temp.floor_post as f
  where p.post_id = h.post_id and f.code = p.code and h.from_day >= today
    and not exists (select from pg_temp.serve_wanted as w where (w.post_id, w.window_id) = (h.post_id, h.window_id));
  get diagnostics ended = row_count;
  with done as (
    update hall.post_window as h set until_day = today - 1
    from hall.post as p, pg_temp.floor_post as f
    where p.post_id = h.post_id and f.code = p.code and h.from_day < today and coalesce(h.until_day, today) >= today
      and not exists (select from pg_temp.serve_wanted as w where (w.post_id, w.window_id) = (h.post_id, h.window_id))
    returning 1)
  select ended + count(*) into ended from done;
  insert into hall.post_window (post_id, window_id, from_day)
  select w.post_id, w.window_id, today
  from pg_temp.serve_wanted as w
  where not exists (select from hall.post_window as h
    where (h.post_id, h.window_id) = (w.post_id, w.window_id) and coalesce(h.until_day, today) >= today);
  get diagnostics added = row_count;
  drop table pg_temp.serve_wanted;
  if added + ended > 0 then
    return next format('windows of posts: %s begin today, %s ended', added, ended);
  end if;
end
$$;
comment on function admin.floor_put_windows() is 'windows that serve the posts of the files, from today on (WHR-4)';

create or replace function admin.load_floor(
  departments_file text, departments text, windows_file text, windows text, staff_file text, staff text,
  posts_file text, posts text, places_file text, places text, items_file text, items text)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform admin.load_begin();
  perform rule.lock_holders(); -- before any row: places decide who may hold a post
  perform admin.floor_read(departments_file, departments, windows_file, windows, staff_file, staff,
    posts_file, posts, places_file, places, items_file, items);
  perform admin.floor_check_people();
  perform admin.floor_check_posts();
  perform admin.floor_check_places();
  perform admin.load_check();
  return query select admin.floor_put_people();
  return query select admin.floor_put_posts();
  return query select admin.procedure_settle();
  perform admin.load_record('load.floor', array['files', departments_file, null]);
end
$$;
comment on function admin.load_floor(text, text, text, text, text, text, text, text, text, text, text, text)
  is 'loads the hall''s floor from six CSV texts; may run twice; YM010 with every bad row, and nothing changed';
