-- The hall's floor: departments, windows, staff, posts and who holds them (POST).

set role yimen_owner;

create table hall.department (
  department_id int8 primary key default hall.next_id(),
  name text not null unique,
  full_name text not null,
  short_form text not null unique
);
comment on table hall.department is 'An agency present in the hall (进驻部门).';
comment on column hall.department.department_id is 'Key.';
comment on column hall.department.name is 'Name as the catalogue writes it.';
comment on column hall.department.full_name is 'Name on papers and at the seal.';
comment on column hall.department.short_form is 'Front of notice numbers, such as 示市监 (DOC-2).';

create table hall.window (
  window_id int8 primary key default hall.next_id(),
  no int4 not null unique check (no > 0),
  name text not null,
  place text not null default '',
  kind text not null default 'counter' check (kind in ('counter', 'office', 'kiosk', 'script')),
  cert_sha256 bytea unique check (octet_length(cert_sha256) = 32),
  epoch int4 not null default 0,
  journal_key bytea not null
    default sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);
comment on table hall.window is 'A numbered place on the floor with a client of its own (窗口); a script has one too.';
comment on column hall.window.window_id is 'Key.';
comment on column hall.window.no is 'Number on the floor.';
comment on column hall.window.name is 'Name on the sign.';
comment on column hall.window.place is 'Where it is.';
comment on column hall.window.kind is 'counter, office, kiosk, or script for yimenctl.';
comment on column hall.window.cert_sha256 is 'SHA-256 of its certificate (DER); NULL: cannot connect.';
comment on column hall.window.epoch is 'Epoch of its command slots; older keys are fenced.';
comment on column hall.window.journal_key is 'Opens the journal on its disk; released at login.';

create table hall.window_department (
  window_id int8 not null references hall.window,
  department_id int8 not null references hall.department,
  primary key (window_id, department_id)
);
comment on table hall.window_department is 'Departments that use a window.';
comment on column hall.window_department.window_id is 'The window.';
comment on column hall.window_department.department_id is 'The department.';

create table hall.staff (
  staff_id int8 primary key default hall.next_id(),
  login text not null unique check (login ~ '^[a-z0-9_.-]{1,32}$'),
  name text not null,
  department_id int8 not null references hall.department,
  role text check (role in ('admin', 'auditor')),
  secret text,
  must_change bool not null default true,
  active bool not null default true
);
comment on table hall.staff is 'A person who works in the hall (工作人员).';
comment on column hall.staff.staff_id is 'Key.';
comment on column hall.staff.login is 'Login name.';
comment on column hall.staff.name is 'The person''s name.';
comment on column hall.staff.department_id is 'Department.';
comment on column hall.staff.role is 'admin or auditor, the only personal roles (SEC-3).';
comment on column hall.staff.secret is 'argon2id string of the password; NULL: cannot log in.';
comment on column hall.staff.must_change is 'The password was set by someone else (SEC-4).';
comment on column hall.staff.active is 'false: has left the hall.';

create table hall.post (
  post_id int8 primary key default hall.next_id(),
  code text not null unique check (code ~ '^[a-z0-9_.-]{1,32}$'),
  name text not null,
  department_id int8 not null references hall.department,
  duty text not null check (duty in
    ('window', 'review', 'chief', 'supervisor1', 'supervisor2', 'supervisor3', 'duty')),
  holder_id int8 references hall.staff,
  held_as text check (held_as in ('A', 'B')),
  held_since timestamptz,
  check ((holder_id is null) = (held_as is null) and (holder_id is null) = (held_since is null))
);
comment on table hall.post is 'A duty (岗位): work belongs to it, never to a person. Who holds it is stored (POST-2).';
comment on column hall.post.post_id is 'Key.';
comment on column hall.post.code is 'Code.';
comment on column hall.post.name is 'Name.';
comment on column hall.post.department_id is 'Department.';
comment on column hall.post.duty is 'window, review, chief (首席代表), supervisor1…3 (督查员, 分管副主任, 主任), duty (值班主任).';
comment on column hall.post.holder_id is 'Who holds it now; NULL: empty (空岗).';
comment on column hall.post.held_as is 'A, or B for A.';
comment on column hall.post.held_since is 'Since when.';

create table hall.post_place (
  post_id int8 not null references hall.post,
  place text not null check (place ~ '^(A|B[1-9])$'),
  staff_id int8 not null references hall.staff,
  primary key (post_id, place),
  unique (post_id, staff_id)
);
comment on table hall.post_place is 'A and the ordered Bs of a post (POST-1).';
comment on column hall.post_place.post_id is 'The post.';
comment on column hall.post_place.place is 'A, B1, B2 …';
comment on column hall.post_place.staff_id is 'Who has this place.';
create index post_place_staff on hall.post_place (staff_id);

create table hall.post_window (
  post_id int8 not null references hall.post,
  window_id int8 not null references hall.window,
  from_day date not null,
  until_day date check (until_day >= from_day),
  primary key (post_id, window_id, from_day)
);
comment on table hall.post_window is 'Which window serves which post, day by day (WHR-4).';
comment on column hall.post_window.post_id is 'The post.';
comment on column hall.post_window.window_id is 'The window.';
comment on column hall.post_window.from_day is 'First day.';
comment on column hall.post_window.until_day is 'Last day; NULL: until further notice.';
