-- Who held a post when (POST-2), what happens to posts by time, empty posts on offer (POST-4).

set role yimen_owner;

-- The A for whom a B holds it: kept here, so that a change of the A/B table between does not reword what is being done.
alter table hall.post add column for_staff_id int8 references hall.staff;
comment on column hall.post.for_staff_id is 'Of a B: the A on whose behalf it is held (POST-7).';
update hall.post p set for_staff_id = l.staff_id
from hall.post_place l where l.post_id = p.post_id and l.place = 'A' and p.held_as = 'B';
alter table hall.post add constraint post_for check (for_staff_id is null or coalesce(held_as, '') = 'B');
create index post_holder on hall.post (holder_id);

create table hall.tenure_how (
  how text primary key,
  help text not null
);
comment on table hall.tenure_how is 'How the holder of a post changes (POST-2); nothing else does.';
comment on column hall.tenure_how.how is 'Word.';
comment on column hall.tenure_how.help is 'What it means.';
insert into hall.tenure_how values
  ('found', 'held already when the record of holders began'),
  ('sign_in', 'A signed in to a post nobody held'),
  ('handover', 'a confirmed handover began'),
  ('return', 'a handover ended'),
  ('unconfirmed', 'a handover began that nobody had confirmed: the post is empty'),
  ('take', 'an empty post was taken'),
  ('give_back', 'who covered gave it back'),
  ('gone', 'the holder was gone too long: the post is empty (POST-4)'),
  ('appoint', 'a supervisor decided who holds it'),
  ('assign', 'the A/B table of the post changed');

create table hall.tenure (
  tenure_id int8 primary key default hall.next_id(),
  post_id int8 not null references hall.post,
  seq int4 not null check (seq > 0),
  from_at timestamptz not null,
  until_at timestamptz check (until_at >= from_at),
  staff_id int8 references hall.staff,
  held_as text check (held_as in ('A', 'B')),
  for_staff_id int8 references hall.staff,
  how text not null references hall.tenure_how,
  by_staff_id int8 references hall.staff,
  handover_id int8,
  note text,
  unique (post_id, seq),
  check ((staff_id is null) = (held_as is null)),
  check (for_staff_id is null or held_as = 'B')
);
comment on table hall.tenure is
  'Who held a post from when until when (POST-2, CASE-13): half-open, one row after the other. Rows are ended, never changed or deleted.';
comment on column hall.tenure.tenure_id is 'Key, of one order with hall.event''s.';
comment on column hall.tenure.post_id is 'The post.';
comment on column hall.tenure.seq is 'Order within the post, without gaps.';
comment on column hall.tenure.from_at is 'From when, business time.';
comment on column hall.tenure.until_at is 'Until when, no longer at that moment itself; NULL: now.';
comment on column hall.tenure.staff_id is 'Who held it; NULL: nobody (空岗).';
comment on column hall.tenure.held_as is 'A, or B for A.';
comment on column hall.tenure.for_staff_id is 'The A for whom a B held it.';
comment on column hall.tenure.how is 'How it came about.';
comment on column hall.tenure.by_staff_id is 'Who brought it about; NULL: the system.';
comment on column hall.tenure.handover_id is 'The handover it came by.';
comment on column hall.tenure.note is 'Reason or report.';
create unique index tenure_now on hall.tenure (post_id) where until_at is null;

create function hall.tenure_end() returns trigger language plpgsql as $$
declare
  ended hall.tenure := new;
begin
  if tg_op = 'UPDATE' and old.until_at is null then
    ended.until_at := null;
    if ended is not distinct from old then
      return new;
    end if;
  end if;
  raise exception 'a tenure is only ended' using errcode = 'YM010';
end $$;
comment on function hall.tenure_end() is 'Refuses to change who held a post when; a tenure''s end is added once (SEC-2).';
create trigger append_only before update or delete on hall.tenure
  for each row execute function hall.tenure_end();
create trigger keep before truncate on hall.tenure
  for each statement execute function hall.append_only();
create trigger append_only before update or delete on hall.tenure_how
  for each row execute function hall.append_only();

insert into hall.tenure (post_id, seq, from_at, staff_id, held_as, for_staff_id, how)
select p.post_id, 1, p.held_since, p.holder_id, p.held_as, p.for_staff_id, 'found'
from hall.post p where p.holder_id is not null order by p.post_id;

-- A change of holder is never earlier than what was done as the post, even when the clock was put back.
create index event_at on hall.event using brin (at) with (autosummarize = on);

create table hall.post_due_kind (
  kind text primary key,
  rank int2 not null unique,
  help text not null
);
comment on table hall.post_due_kind is 'What happens to a post by time alone, and in which order at equal moments.';
comment on column hall.post_due_kind.kind is 'Kind.';
comment on column hall.post_due_kind.rank is 'Order at equal moments; all of them before anything in hall.due_kind.';
comment on column hall.post_due_kind.help is 'What happens.';
insert into hall.post_due_kind values
  ('handover_end', 1, 'a handover is over: the post goes back (POST-3)'),
  ('handover_begin', 2, 'a handover begins (POST-3)'),
  ('offer_open', 3, 'the hall opens: a post that fell empty before is offered (POST-4)'),
  ('offer_all', 4, 'an empty post is offered to all its Bs (POST-4)'),
  ('offer_alert', 5, 'nobody took it: chief representative and supervisors are told (POST-4)');

create table hall.post_due (
  at timestamptz not null,
  post_id int8 not null references hall.post,
  kind text not null references hall.post_due_kind,
  rank int2 not null,
  handover_id int8,
  tried_at timestamptz,
  unique nulls not distinct (post_id, kind, handover_id)
);
comment on table hall.post_due is 'Moments at which something happens to a post by time alone; fired in order of at, rank, post.';
comment on column hall.post_due.at is 'When.';
comment on column hall.post_due.post_id is 'The post.';
comment on column hall.post_due.kind is 'What.';
comment on column hall.post_due.rank is 'Order at equal moments, as in hall.post_due_kind.';
comment on column hall.post_due.handover_id is 'The handover that begins or ends.';
comment on column hall.post_due.tried_at is 'Wall clock: it could not fire then; tried again a minute later.';
create index post_due_at on hall.post_due (at, rank, post_id);

create table hall.offer (
  offer_id int8 primary key default hall.next_id(),
  post_id int8 not null references hall.post,
  since timestamptz not null,
  opens_at timestamptz not null,
  not_staff_id int8 references hall.staff,
  first_staff_id int8 references hall.staff,
  to_all_at timestamptz,
  all_since timestamptz,
  alert_at timestamptz,
  alerted_at timestamptz,
  ended_at timestamptz check (ended_at >= since),
  taken_by int8 references hall.staff,
  check (taken_by is null or ended_at is not null)
);
comment on table hall.offer is 'An empty post on offer (主动顶岗, POST-4): first to one B, then to all, then it is told to others.';
comment on column hall.offer.offer_id is 'Key.';
comment on column hall.offer.post_id is 'The post.';
comment on column hall.offer.since is 'When it fell empty.';
comment on column hall.offer.opens_at is 'From when it is offered: since, or when the hall opens next.';
comment on column hall.offer.not_staff_id is 'Who gave it back: not offered to this one first.';
comment on column hall.offer.first_staff_id is 'The B it is offered to alone; NULL: to all at once, or not yet.';
comment on column hall.offer.to_all_at is 'From when it is to be offered to all; NULL: the hall has not opened yet.';
comment on column hall.offer.all_since is 'Since when it is; NULL: not yet.';
comment on column hall.offer.alert_at is 'When chief representative and supervisors are told.';
comment on column hall.offer.alerted_at is 'When they were.';
comment on column hall.offer.ended_at is 'When somebody held it again; NULL: still on offer.';
comment on column hall.offer.taken_by is 'Who held it then.';
create unique index offer_open on hall.offer (post_id) where ended_at is null;

insert into hall.setting values
  ('post.gone_seconds', '600', 'seconds of opening hours, the server serving, after which a holder who is gone leaves the post empty (POST-4)'),
  ('post.offer_first_seconds', '120', 'seconds for which an empty post is offered to one B alone (POST-4)'),
  ('post.offer_alert_seconds', '300', 'seconds after which chief representative and supervisors are told of an empty post (POST-4)');
