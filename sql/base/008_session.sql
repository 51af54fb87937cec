-- Sessions, failed logins, and the command slots that make every write happen once.

set role yimen_owner;

create table hall.session (
  session_id int8 primary key default hall.next_id(),
  token_sha256 bytea not null unique check (octet_length(token_sha256) = 32),
  staff_id int8 not null references hall.staff,
  window_id int8 not null references hall.window,
  opened_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  locked bool not null default false,
  peer text,
  strangers int4 not null default 0,
  strangers_since timestamptz
);
comment on table hall.session is 'A person logged in at a window; the token itself is not kept.';
comment on column hall.session.session_id is 'Key.';
comment on column hall.session.token_sha256 is 'SHA-256 of the token.';
comment on column hall.session.staff_id is 'The person.';
comment on column hall.session.window_id is 'The window, by its certificate.';
comment on column hall.session.opened_at is 'Login, business time.';
comment on column hall.session.seen_at is 'Last connection, business time.';
comment on column hall.session.expires_at is 'End of the token, by the wall clock.';
comment on column hall.session.closed_at is 'Logout, business time; NULL: open.';
comment on column hall.session.locked is 'The screen is locked.';
comment on column hall.session.peer is 'Address it came from.';
comment on column hall.session.strangers is 'Identity numbers looked up that nobody here has, in the hour that began then (SEC-1).';
comment on column hall.session.strangers_since is 'When that hour began.';
create index session_open on hall.session (staff_id) where closed_at is null;

create table hall.login_attempt (
  login text not null,
  window_id int8 not null references hall.window,
  attempts int4 not null,
  last_at timestamptz not null,
  locked_until timestamptz,
  primary key (login, window_id)
);
comment on table hall.login_attempt is 'Passwords tried and not yet right, by login and window: nobody can lock another''s window (SEC-4).';
comment on column hall.login_attempt.login is 'Login name as typed.';
comment on column hall.login_attempt.window_id is 'The window.';
comment on column hall.login_attempt.attempts is 'Tries since the last success; counted before the hash is checked.';
comment on column hall.login_attempt.last_at is 'The last try.';
comment on column hall.login_attempt.locked_until is 'No try before this moment.';

create table hall.command (
  window_id int8 not null references hall.window,
  slot int2 not null check (slot between 0 and 7),
  fence int4 not null default 0,
  epoch int4 not null default 0,
  seq int8 not null default 0,
  hash bytea,
  status int2 not null default 0,
  code text,
  arg1 text,
  arg2 text,
  arg3 text,
  case_id int8,
  version int4,
  number text,
  staff_id int8,
  at timestamptz,
  primary key (window_id, slot)
) with (fillfactor = 40);
comment on table hall.command is 'The last write of each slot of each window and its outcome; updated in place.';
comment on column hall.command.window_id is 'The window.';
comment on column hall.command.slot is '0 to 7.';
comment on column hall.command.fence is 'Epoch of the window: keys of older epochs are refused.';
comment on column hall.command.epoch is 'Epoch of the key.';
comment on column hall.command.seq is 'Number of the write within slot and epoch; 0: none yet.';
comment on column hall.command.hash is 'SHA-256 of the request; NULL: given up by command.cancel.';
comment on column hall.command.status is 'Status of the outcome.';
comment on column hall.command.code is 'Why it was refused.';
comment on column hall.command.arg1 is 'First word of the refusal.';
comment on column hall.command.arg2 is 'Second.';
comment on column hall.command.arg3 is 'Third.';
comment on column hall.command.case_id is 'Case made or changed.';
comment on column hall.command.version is 'Its version then.';
comment on column hall.command.number is 'Number made.';
comment on column hall.command.staff_id is 'Who wrote.';
comment on column hall.command.at is 'Business time.';

create type command.call as (
  fresh bool,
  session_id int8,
  staff_id int8,
  window_id int8,
  slot int2,
  epoch int4,
  seq int8,
  hash bytea,
  at timestamptz,
  acting text,
  acting_post_id int8,
  for_staff_id int8,
  status int2,
  code text,
  arg1 text,
  arg2 text,
  arg3 text,
  case_id int8,
  version int4,
  number text
);
comment on type command.call is 'One write under way: who writes, acting as what, and its outcome so far.';

create type rule.viewer as (
  session_id int8,
  staff_id int8,
  window_id int8,
  window_no int4
);
comment on type rule.viewer is 'Who asks: the person and window of a session.';

create type rule.material as (
  seq int2,
  name text,
  form text,
  copies int2,
  required text,
  source text,
  hint text,
  was text,
  state text,
  note text,
  later date,
  told bool,
  fault text
);
comment on type rule.material is 'A material of a case as it is or would be after some ticks; fault: why a tick is refused.';

create type rule.calendar_move as (
  case_id int8,
  number text,
  what text,
  was timestamptz,
  moved timestamptz
);
comment on type rule.calendar_move is 'A moment of a case that a change of the calendar moves: correction, answer, due, statutory; provisional.';
