-- Joint meetings and site visits (PAR-5): who was called in writing, signed for the call, came; opinions given
-- there (PAR-8); the papers of joint cases. Must know no rule.

set role yimen_owner;

create table hall.meeting_kind (
  kind text primary key,
  name text not null
);
comment on table hall.meeting_kind is 'What departments are called to (PAR-5).';
comment on column hall.meeting_kind.kind is 'As meeting.call names it.';
comment on column hall.meeting_kind.name is 'As papers name it.';
insert into hall.meeting_kind values ('review', '联审会'), ('visit', '联合踏勘'), ('acceptance', '联合验收');

create table hall.meeting (
  case_id int8 not null references hall.case_file,
  no int2 not null check (no > 0),
  kind text not null references hall.meeting_kind,
  at timestamptz not null,
  place text not null check (btrim(place) <> ''),
  agenda text not null check (btrim(agenda) <> ''),
  state text not null default 'called' check (state in ('called', 'closed', 'cancelled')),
  called_at timestamptz not null,
  moves int2 not null default 0,
  notice_id int8 references hall.notice,
  words text,
  ended_at timestamptz,
  minutes_id int8 references hall.notice,
  primary key (case_id, no),
  check ((state = 'called') = (ended_at is null)),
  check ((state = 'called') = (words is null)),
  check ((state = 'closed') = (minutes_id is not null))
);
comment on table hall.meeting is 'A joint meeting, site visit or acceptance the lead of a joint case called (PAR-5).';
comment on column hall.meeting.case_id is 'The case.';
comment on column hall.meeting.no is '1, 2, 3 … in the case.';
comment on column hall.meeting.kind is 'What it is.';
comment on column hall.meeting.at is 'When it takes place.';
comment on column hall.meeting.place is 'Where.';
comment on column hall.meeting.agenda is 'What it is about.';
comment on column hall.meeting.state is 'called; closed: its minutes are written; cancelled.';
comment on column hall.meeting.called_at is 'When it was called, or moved last: from then receipts are signed.';
comment on column hall.meeting.moves is 'Times it was moved.';
comment on column hall.meeting.notice_id is 'The written call in force, 会议通知.';
comment on column hall.meeting.words is 'What came of it; cancelled: why.';
comment on column hall.meeting.ended_at is 'When it was closed or cancelled.';
comment on column hall.meeting.minutes_id is 'Its minutes, 会议纪要.';
create trigger keep before delete on hall.meeting for each row execute function hall.keep();
create trigger keep_all before truncate on hall.meeting for each statement execute function hall.keep();

create table hall.meeting_post (
  case_id int8 not null,
  no int2 not null,
  post_id int8 not null references hall.post,
  signed_at timestamptz,
  signed_by int8 references hall.staff,
  signed_as text check (signed_as in ('A', 'B')),
  signed_for int8 references hall.staff,
  came bool,
  who_id int8 references hall.staff,
  deemed bool not null default false,
  primary key (case_id, no, post_id),
  foreign key (case_id, no) references hall.meeting,
  check ((signed_at is null) = (signed_by is null)),
  check ((signed_at is null) = (signed_as is null)),
  check (came is true = (who_id is not null)),
  check (not deemed or came is false and signed_at is not null)
);
comment on table hall.meeting_post is 'A department called to a meeting, by the post that reviews for it (PAR-5).';
comment on column hall.meeting_post.case_id is 'The case.';
comment on column hall.meeting_post.no is 'The meeting.';
comment on column hall.meeting_post.post_id is 'The post.';
comment on column hall.meeting_post.signed_at is 'When it signed for the call in force; NULL: the call is not served.';
comment on column hall.meeting_post.signed_by is 'Who signed.';
comment on column hall.meeting_post.signed_as is 'As A or as B.';
comment on column hall.meeting_post.signed_for is 'On whose behalf a B signed.';
comment on column hall.meeting_post.came is 'Whether it attended; NULL: attendance is not taken.';
comment on column hall.meeting_post.who_id is 'Who attended for it.';
comment on column hall.meeting_post.deemed is 'It stayed away and is deemed to agree (DEEM-1).';
create index meeting_post_post on hall.meeting_post (post_id, case_id, no);
create trigger keep before delete on hall.meeting_post for each row execute function hall.keep();
create trigger keep_all before truncate on hall.meeting_post for each statement execute function hall.keep();

alter table hall.opinion add column meeting_no int2, add column written_by int8 references hall.staff;
alter table hall.opinion drop constraint opinion_how_check;
alter table hall.opinion add check (how in ('review', 'deem', 'consent', 'object', 'meeting')),
  add check (how not in ('meeting') or meeting_no is not null),
  add check (written_by is null or how = 'meeting');
comment on column hall.opinion.how is
  'review; meeting: given there and then (PAR-8); deem: by silence, or by staying away; consent: the written consent that follows; object: an objection after silence, which changes nothing (DEEM-1).';
comment on column hall.opinion.meeting_no is 'The meeting it was given in, or whose absence counts.';
comment on column hall.opinion.written_by is 'Who wrote it down where that is not its signer.';

insert into hall.setting values
  ('term.call_days', '1', 'working days ahead of a meeting by which the call must be signed for, so that absence counts (DEEM-1)');
insert into hall.side_event values
  ('meeting_call', 'a meeting or site visit was called in writing (PAR-5)'),
  ('meeting_move', 'it was moved to another time or place'),
  ('meeting_sign', 'a department signed for the call'),
  ('meeting_attend', 'attendance was taken'),
  ('meeting_opine', 'an opinion was given in a meeting, superseding earlier ones (PAR-8)'),
  ('meeting_close', 'the minutes of a meeting were written'),
  ('meeting_cancel', 'a meeting was called off'),
  ('sheet', 'a paper of a joint case was made: all its opinions, or the circulation slip (PAR-7)');
