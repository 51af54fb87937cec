-- Whose windows are there now (POST-4), who signed in and out when (WHR-1). Must know no rule.

set role yimen_owner;

alter table hall.session add column signed_out_at timestamptz;
comment on column hall.session.signed_out_at is 'Signed out by presence.out: counts as gone although it is open; NULL: signed in.';
create index session_window on hall.session (window_id, expires_at) where closed_at is null;

create table hall.live (
  session_id int8 primary key references hall.session,
  staff_id int8 not null references hall.staff,
  since timestamptz not null
);
comment on table hall.live is 'Sessions that are there now, as yimend last told: their line is up, or they are a script''s; none that signed out.';
comment on column hall.live.session_id is 'The session.';
comment on column hall.live.staff_id is 'Its person.';
comment on column hall.live.since is 'Since when.';
create index live_staff on hall.live (staff_id);

create table hall.post_gone (
  post_id int8 primary key references hall.post,
  staff_id int8 not null references hall.staff,
  gone_ms int8 not null
) with (fillfactor = 50);
comment on table hall.post_gone is 'Posts whose holder is gone, in opening hours and while the server was serving (POST-4). Changed by the beat of yimend alone.';
comment on column hall.post_gone.post_id is 'The post.';
comment on column hall.post_gone.staff_id is 'The holder who is gone.';
comment on column hall.post_gone.gone_ms is 'For how long, in ms.';

create table hall.attendance (
  staff_id int8 not null references hall.staff,
  day date not null,
  half text not null check (half in ('am', 'pm')),
  in_at timestamptz,
  out_at timestamptz,
  primary key (staff_id, day, half)
);
comment on table hall.attendance is 'Who signed in and out, morning and afternoon (WHR-1). Late, early and absent are worked out from the hours.';
comment on column hall.attendance.staff_id is 'The person.';
comment on column hall.attendance.day is 'The day.';
comment on column hall.attendance.half is 'am until the hall closes at noon, pm after.';
comment on column hall.attendance.in_at is 'First signing in.';
comment on column hall.attendance.out_at is 'Last signing out; NULL: not, or signed in again after.';
create index attendance_day on hall.attendance (day);
create trigger keep before delete on hall.attendance for each row execute function hall.keep();
create trigger keep_all before truncate on hall.attendance for each statement execute function hall.keep();
