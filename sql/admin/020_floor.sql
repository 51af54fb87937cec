-- Loading the hall's floor: departments, windows, staff, posts, their places and what they
-- receive, six CSV files that refer to one another. Everything is checked before anything is
-- changed; loading the same files again changes nothing. Rows that a file does not name stay.

set role yimen_owner;

-- The six files as temporary tables, one row each with its line.
create or replace function admin.floor_read(
  departments_file text, departments text, windows_file text, windows text, staff_file text, staff text,
  posts_file text, posts text, places_file text, places text, items_file text, items text)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  drop table if exists pg_temp.floor_department, pg_temp.floor_window, pg_temp.floor_staff,
    pg_temp.floor_post, pg_temp.floor_place, pg_temp.floor_item;
  create temporary table floor_department on commit drop as
    select departments_file as file, t.line, t.v[1] as name, t.v[2] as full_name, t.v[3] as short_form
    from admin.csv_table(departments_file, departments, array['department', 'full_name', 'short']) as t;
  create temporary table floor_window on commit drop as
    select windows_file as file, t.line, t.v[1] as no, t.v[2] as name, coalesce(t.v[3], '') as place,
      string_to_array(coalesce(t.v[4], ''), ';') as departments
    from admin.csv_table(windows_file, windows, array['window_no', 'name', 'place', 'departments']) as t;
  create temporary table floor_staff on commit drop as
    select staff_file as file, t.line, t.v[1] as login, t.v[2] as name, t.v[3] as department, t.v[4] as role,
      coalesce(t.v[5], 'yes') as active
    from admin.csv_table(staff_file, staff, array['login', 'name', 'department', 'role', 'active?']) as t;
  create temporary table floor_post on commit drop as
    select posts_file as file, t.line, t.v[1] as code, t.v[2] as name, t.v[3] as department, t.v[4] as duty,
      string_to_array(coalesce(t.v[5], ''), ';') as windows, t.v[6] as review
    from admin.csv_table(posts_file, posts,
      array['post_code', 'name', 'department', 'duty', 'window_no', 'review_post']) as t;
  create temporary table floor_place on commit drop as
    select places_file as file, t.line, t.v[1] as post, t.v[2] as place, t.v[3] as login
    from admin.csv_table(places_file, places, array['post_code', 'place', 'login']) as t;
  create temporary table floor_item on commit drop as
    select items_file as file, t.line, t.v[1] as post, t.v[2] as department, t.v[3] as item_code
    from admin.csv_table(items_file, items, array['post_code', 'department', 'item_code']) as t;
end
$$;
comment on function admin.floor_read(text, text, text, text, text, text, text, text, text, text, text, text)
  is 'reads the six files of the floor into temporary tables';

create or replace function admin.floor_check_people()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem
    select file, line, 'department, full_name and short must all be given'
    from pg_temp.floor_department where name is null or full_name is null or short_form is null
    union all
    select d.file, d.line, format('department "%s" or its short form "%s" stands twice', d.name, d.short_form)
    from pg_temp.floor_department as d
    where exists (select from pg_temp.floor_department as o
      where o.line < d.line and (o.name = d.name or o.short_form = d.short_form))
    union all
    select d.file, d.line, format('short form "%s" is that of %s', d.short_form, h.name)
    from pg_temp.floor_department as d
    join hall.department as h on h.short_form = d.short_form and h.name <> d.name
    where not exists (select from pg_temp.floor_department as o where o.name = h.name)
    union all
    select file, line, format('window_no "%s" is not a number from 1 to 899', no)
    from pg_temp.floor_window where no is null or no !~ '^([1-9]|[1-9][0-9]|[1-8][0-9][0-9])$'
    union all
    select file, line, 'a window needs a name' from pg_temp.floor_window where name is null
    union all
    select w.file, w.line, format('window %s stands twice', w.no)
    from pg_temp.floor_window as w
    where exists (select from pg_temp.floor_window as o where o.line < w.line and o.no = w.no)
    union all
    select w.file, w.line, format('unknown department "%s"', n)
    from pg_temp.floor_window as w, unnest(w.departments) as n
    where not admin.floor_department_known(n)
    union all
    select file, line, format('login "%s" must be 1 to 32 of a-z 0-9 _ . -', login)
    from pg_temp.floor_staff where login is null or login !~ '^[a-z0-9_.-]{1,32}$'
    union all
    select s.file, s.line, format('login "%s" stands twice', s.login)
    from pg_temp.floor_staff as s
    where exists (select from pg_temp.floor_staff as o where o.line < s.line and o.login = s.login)
    union all
    select file, line, 'a person needs a name' from pg_temp.floor_staff where name is null
    union all
    select file, line, format('unknown department "%s"', department)
    from pg_temp.floor_staff where not admin.floor_department_known(department)
    union all
    select file, line, format('role "%s" is neither admin nor auditor nor empty', role)
    from pg_temp.floor_staff where role not in ('admin', 'auditor')
    union all
    select file, line, format('active "%s" is neither yes nor no', active)
    from pg_temp.floor_staff where active not in ('yes', 'no');
end
$$;
comment on function admin.floor_check_people() is 'notes what is wrong with departments, windows and staff';

create or replace function admin.floor_department_known(n text)
returns bool
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (select from pg_temp.floor_department as d where d.name = n)
    or exists (select from hall.department as d where d.name = n);
end
$$;
comment on function admin.floor_department_known(text) is 'a department of the files or of the hall';

create or replace function admin.floor_check_posts()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem
    select file, line, format('post_code "%s" must be 1 to 32 of a-z 0-9 _ . -', code)
    from pg_temp.floor_post where code is null or code !~ '^[a-z0-9_.-]{1,32}$'
    union all
    select p.file, p.line, format('post "%s" stands twice', p.code)
    from pg_temp.floor_post as p
    where exists (select from pg_temp.floor_post as o where o.line < p.line and o.code = p.code)
    union all
    select file, line, 'a post needs a name' from pg_temp.floor_post where name is null
    union all
    select file, line, format('unknown department "%s"', department)
    from pg_temp.floor_post where not admin.floor_department_known(department)
    union all
    select file, line, format('duty "%s" is none of window, review, chief, supervisor1, supervisor2, supervisor3, duty', duty)
    from pg_temp.floor_post
    where duty is null or duty not in ('window', 'review', 'chief', 'supervisor1', 'supervisor2', 'supervisor3', 'duty')
    union all
    select p.file, p.line, format('unknown window "%s"', n)
    from pg_temp.floor_post as p, unnest(p.windows) as n
    where not exists (select from pg_temp.floor_window as w where w.no = n)
      and not exists (select from hall.window as w where w.no::text = n)
    union all
    select file, line, 'a post that receives needs a window'
    from pg_temp.floor_post where duty = 'window' and cardinality(windows) = 0
    union all
    select p.file, p.line, format('review_post "%s" is not a review post of %s', p.review, p.department)
    from pg_temp.floor_post as p
    where p.review is not null
      and not exists (select from pg_temp.floor_post as o
        where o.code = p.review and o.duty = 'review' and o.department = p.department)
    union all
    select i.file, i.line, format('post "%s" is not a window post of %s', i.post, i.department)
    from pg_temp.floor_item as i
    where not exists (select from pg_temp.floor_post as p
      where p.code = i.post and p.duty = 'window' and p.department = i.department)
    union all
    select file, line, 'item_code must be given; * means every other item of the department'
    from pg_temp.floor_item where item_code is null
    union all
    select i.file, i.line, format('item "%s" of %s stands twice', i.item_code, i.department)
    from pg_temp.floor_item as i
    where exists (select from pg_temp.floor_item as o
      where o.line < i.line and o.item_code = i.item_code and o.department = i.department)
    union all
    select i.file, i.line, format('item "%s" belongs to %s', i.item_code, d.name)
    from pg_temp.floor_item as i
    join hall.item as t on t.code = i.item_code
    join hall.department as d using (department_id)
    where d.name <> i.department;
end
$$;
comment on function admin.floor_check_posts() is 'notes what is wrong with posts and what they receive';

-- POST-1: an A and at least one B, in order; POST-5: substitutes are of the department.
create or replace function admin.floor_check_places()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem
    select p.file, p.line, format('post "%s" has no A', p.code)
    from pg_temp.floor_post as p
    where not exists (select from pg_temp.floor_place as l where l.post = p.code and l.place = 'A')
    union all
    select p.file, p.line, format('post "%s" has no B1 (POST-1)', p.code)
    from pg_temp.floor_post as p
    where not exists (select from pg_temp.floor_place as l where l.post = p.code and l.place = 'B1')
    union all
    select file, line, format('unknown post "%s"', post)
    from pg_temp.floor_place as l
    where not exists (select from pg_temp.floor_post as p where p.code = l.post)
    union all
    select file, line, format('place "%s" is none of A, B1 … B9', place)
    from pg_temp.floor_place where place is null or place !~ '^(A|B[1-9])$'
    union all
    select l.file, l.line, format('post "%s" has a %s but no B%s', l.post, l.place, substr(l.place, 2)::int - 1)
    from pg_temp.floor_place as l
    where l.place ~ '^B[2-9]$'
      and not exists (select from pg_temp.floor_place as o
        where o.post = l.post and o.place = 'B' || (substr(l.place, 2)::int - 1))
    union all
    select l.file, l.line, format('place %s of post "%s", or %s in it, stands twice', l.place, l.post, l.login)
    from pg_temp.floor_place as l
    where exists (select from pg_temp.floor_place as o
      where o.line < l.line and o.post = l.post and (o.place = l.place or o.login = l.login))
    union all
    select l.file, l.line, format('unknown or inactive person "%s"', l.login)
    from pg_temp.floor_place as l
    where not exists (select from pg_temp.floor_staff as s where s.login = l.login and s.active = 'yes')
    union all
    select l.file, l.line, format('%s is of %s, post "%s" of %s', l.login, s.department, p.code, p.department)
    from pg_temp.floor_place as l
    join pg_temp.floor_staff as s using (login)
    join pg_temp.floor_post as p on p.code = l.post
    where s.department <> p.department;
end
$$;
comment on function admin.floor_check_places() is 'notes what is wrong with the places in posts (POST-1)';
