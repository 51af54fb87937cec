-- Where people are (WHR): planned absences and who grants them, whereabouts of now. Must know no rule.

set role yimen_owner;

create table hall.absence_kind (
  kind text primary key,
  name text not null,
  planned bool not null,
  ranked bool not null,
  help text not null
);
comment on table hall.absence_kind is 'Why somebody is not at the post (WHR-2).';
comment on column hall.absence_kind.kind is 'Kind.';
comment on column hall.absence_kind.name is 'Its word on the board and on signs.';
comment on column hall.absence_kind.planned is 'May be asked for ahead; else only said when leaving.';
comment on column hall.absence_kind.ranked is 'Its length decides who grants it (WHR-3); else the chief representative does.';
comment on column hall.absence_kind.help is 'What it is.';
insert into hall.absence_kind values
  ('leave', '请假', true, true, 'leave'),
  ('trip', '出差', true, false, 'a trip on duty'),
  ('training', '培训', true, false, 'training'),
  ('meeting', '开会', true, false, 'a meeting'),
  ('site', '踏勘', true, false, 'a site visit'),
  ('away', '暂离', false, false, 'away for a moment');

insert into hall.setting values
  ('absence.chief_half_days', '1', 'half days of leave that the chief representative grants (WHR-3)'),
  ('absence.deputy_half_days', '2', 'half days of leave that the deputy director grants; more is the director''s (WHR-3)'),
  ('absence.most_days', '366', 'days of an absence at most');

create table hall.absence (
  absence_id int8 primary key default hall.next_id(),
  staff_id int8 not null references hall.staff,
  department_id int8 not null references hall.department,
  kind text not null references hall.absence_kind,
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  half_days int4 not null check (half_days >= 0),
  rank int2 not null check (rank between 1 and 3),
  reason text not null,
  contact text,
  state text not null check (state in ('asked', 'granted', 'denied', 'cancelled')),
  asked_by int8 not null references hall.staff,
  asked_at timestamptz not null,
  decided_by int8 references hall.staff,
  decided_as text check (decided_as in ('A', 'B')),
  decided_post_id int8 references hall.post,
  decided_for int8 references hall.staff,
  decided_at timestamptz,
  answer text,
  substitute_id int8 references hall.staff,
  exception_id int8 references hall.exception,
  ended_at timestamptz,
  last_at timestamptz not null,
  version int4 not null,
  salt bytea not null default uuid_send(gen_random_uuid()),
  check (case state when 'asked' then decided_by is null when 'cancelled' then true else decided_by is not null end),
  check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (decided_post_id is null)
    and (decided_by is null) = (decided_as is null)),
  check ((substitute_id is null) = (exception_id is null)),
  check (ended_at is null or state = 'granted')
);
comment on table hall.absence is 'A planned absence (WHR-3): asked, granted or denied. An interval half-open, any minute.';
comment on column hall.absence.absence_id is 'Key.';
comment on column hall.absence.staff_id is 'Who is to be away.';
comment on column hall.absence.department_id is 'Their department then.';
comment on column hall.absence.kind is 'Kind.';
comment on column hall.absence.from_at is 'From this moment.';
comment on column hall.absence.until_at is 'Until before this one.';
comment on column hall.absence.half_days is 'Half working days it takes from: mornings and afternoons of the calendar.';
comment on column hall.absence.rank is 'Who grants it: 1 chief representative, 2 deputy director (分管副主任), 3 director (主任).';
comment on column hall.absence.reason is 'Why.';
comment on column hall.absence.contact is 'How the person is reached.';
comment on column hall.absence.state is 'asked, granted, denied, cancelled.';
comment on column hall.absence.asked_by is 'Who asked: the person, or the chief representative.';
comment on column hall.absence.asked_at is 'When.';
comment on column hall.absence.decided_by is 'Who granted or denied it.';
comment on column hall.absence.decided_as is 'As A or as B (CASE-13).';
comment on column hall.absence.decided_post_id is 'Of which post.';
comment on column hall.absence.decided_for is 'On whose behalf a B did.';
comment on column hall.absence.decided_at is 'When.';
comment on column hall.absence.answer is 'With which words.';
comment on column hall.absence.substitute_id is 'Who stands in where otherwise nobody would be left (POST-5).';
comment on column hall.absence.exception_id is 'The supervisor''s exception that says so.';
comment on column hall.absence.ended_at is 'When the person was back before its end; until_at is that moment then.';
comment on column hall.absence.last_at is 'Business time of the last change.';
comment on column hall.absence.version is 'Goes up with every change.';
comment on column hall.absence.salt is 'Salt of the commitment that stands for the words in the chain.';
create index absence_staff on hall.absence (staff_id, until_at) where state in ('asked', 'granted');
create index absence_asked on hall.absence (rank, department_id) where state = 'asked';
create index absence_substitute on hall.absence (substitute_id, until_at) where substitute_id is not null and state = 'granted';
create trigger keep before delete on hall.absence for each row execute function hall.keep();
create trigger keep_all before truncate on hall.absence for each statement execute function hall.keep();

create table hall.whereabouts (
  whereabouts_id int8 primary key default hall.next_id(),
  staff_id int8 not null references hall.staff,
  window_id int8 not null references hall.window,
  kind text not null references hall.absence_kind,
  destination text not null,
  contact text,
  since timestamptz not null,
  until_at timestamptz not null check (until_at > since),
  watch_window_id int8 references hall.window,
  ended_at timestamptz check (ended_at >= since),
  ended_how text check (ended_how in ('back', 'again', 'in')),
  salt bytea not null default uuid_send(gen_random_uuid()),
  check ((ended_at is null) = (ended_how is null))
);
comment on table hall.whereabouts is 'Somebody left the post and said where to (WHR-2, POST-6).';
comment on column hall.whereabouts.whereabouts_id is 'Key.';
comment on column hall.whereabouts.staff_id is 'Who.';
comment on column hall.whereabouts.window_id is 'From which window it was said.';
comment on column hall.whereabouts.kind is 'Kind.';
comment on column hall.whereabouts.destination is 'Where to, for what.';
comment on column hall.whereabouts.contact is 'How the person is reached.';
comment on column hall.whereabouts.since is 'Since when.';
comment on column hall.whereabouts.until_at is 'When they mean to be back.';
comment on column hall.whereabouts.watch_window_id is 'Neighbouring window that watches theirs (POST-6).';
comment on column hall.whereabouts.ended_at is 'When they were back; NULL: still away.';
comment on column hall.whereabouts.ended_how is 'back: said so; again: left again; in: signed in.';
comment on column hall.whereabouts.salt is 'Salt of the commitment that stands for the words in the chain.';
create unique index whereabouts_open on hall.whereabouts (staff_id) where ended_at is null;
create trigger keep before delete on hall.whereabouts for each row execute function hall.keep();
create trigger keep_all before truncate on hall.whereabouts for each statement execute function hall.keep();

insert into hall.subject values ('absence', 'a planned absence (WHR-3)');

-- Not asked by exception.ask: a command of its own makes it.
alter table hall.exception_kind add column by_command bool not null default false;
comment on column hall.exception_kind.by_command is 'Made by the command that needs it; nobody asks for it by exception.ask.';
insert into hall.exception_kind values
  ('uncovered', 'supervisor', false, 'an absence that leaves a post to nobody, with a substitute named (POST-5)', true);
