-- First contacts (FST): who came, what was asked, what became of it. And news: what windows are
-- told of that is no event of a case, beside hall.event in the one tail (architecture, decision 6).

set role yimen_owner;

create table hall.visit (
  visit_id int8 primary key default hall.next_id(),
  name text,
  phone text,
  matter text not null,
  item_version_id int8,
  case_id int8,
  state text not null check (state in ('open', 'handed', 'closed')),
  result text not null check (result in ('answered', 'pointed', 'handed', 'kept')),
  reply text,
  note text,
  post_id int8 not null,
  to_post_id int8,
  told_post_id int8,
  told_window_no int4,
  told_place text,
  version int4 not null,
  recorded_at timestamptz not null,
  staff_id int8 not null,
  acting text not null check (acting in ('A', 'B')),
  acting_post_id int8 not null,
  for_staff_id int8,
  window_id int8 not null,
  last_at timestamptz not null,
  last_staff_id int8 not null,
  last_acting text not null check (last_acting in ('A', 'B')),
  last_for_staff_id int8,
  closed_at timestamptz,
  salt bytea not null default uuid_send(gen_random_uuid()),
  check ((state = 'handed') = (to_post_id is not null)),
  check ((state = 'closed') = (closed_at is not null)),
  check ((told_window_no is null) = (told_place is null))
) with (fillfactor = 80);
comment on table hall.visit is 'A first contact (首问, CASE-1, FST-1). Like a case it carries no foreign keys to the floor.';
comment on column hall.visit.visit_id is 'Key.';
comment on column hall.visit.name is 'The visitor''s name; a visitor may give none.';
comment on column hall.visit.phone is 'Telephone.';
comment on column hall.visit.matter is 'What was asked, in words.';
comment on column hall.visit.item_version_id is 'Item it is about, as published then.';
comment on column hall.visit.case_id is 'Case whose refusal handed the visitor over (NEG-4).';
comment on column hall.visit.state is 'open: somebody answers for it; handed: waits for the other post''s confirmation; closed.';
comment on column hall.visit.result is 'answered, pointed (to a window), handed (to a post), kept (to be answered here).';
comment on column hall.visit.reply is 'What the visitor was told.';
comment on column hall.visit.note is 'Word that went with the last handing over.';
comment on column hall.visit.post_id is 'Post that answers for it; by handing over alone it does not change.';
comment on column hall.visit.to_post_id is 'Post asked to take it and that has not confirmed yet.';
comment on column hall.visit.told_post_id is 'Post the visitor was pointed to.';
comment on column hall.visit.told_window_no is 'Number of the window named.';
comment on column hall.visit.told_place is 'Where that window is, as said then.';
comment on column hall.visit.version is 'Goes up with every change (CASE-14).';
comment on column hall.visit.recorded_at is 'Business time of the record.';
comment on column hall.visit.staff_id is 'Who recorded it: the first contact.';
comment on column hall.visit.acting is 'As A, or as B for A (CASE-13).';
comment on column hall.visit.acting_post_id is 'Of which post.';
comment on column hall.visit.for_staff_id is 'On whose behalf a B recorded it.';
comment on column hall.visit.window_id is 'At which window.';
comment on column hall.visit.last_at is 'Business time of the last change.';
comment on column hall.visit.last_staff_id is 'Who made it.';
comment on column hall.visit.last_acting is 'As A or B.';
comment on column hall.visit.last_for_staff_id is 'For whom.';
comment on column hall.visit.closed_at is 'When the result was told; NULL: open.';
comment on column hall.visit.salt is 'Salt of the commitment that stands for the words in the chain.';
create index visit_open on hall.visit (post_id, recorded_at) where state <> 'closed';
create index visit_asked on hall.visit (to_post_id) where state = 'handed';
create index visit_day on hall.visit (recorded_at);
create trigger keep before delete on hall.visit for each row execute function hall.keep();
create trigger keep_all before truncate on hall.visit for each statement execute function hall.keep();

create table hall.subject (
  kind text primary key,
  help text not null
);
comment on table hall.subject is 'Whose chains hall.audit holds; entries are many, so hall.verify() looks for strays.';
comment on column hall.subject.kind is 'As hall.audit names it.';
comment on column hall.subject.help is 'What it is.';
insert into hall.subject values
  ('window', 'a window: sessions, slots, look-ups'),
  ('staff', 'a person: passwords'),
  ('post', 'a post: who holds it'),
  ('hall', 'the hall: its clock, what is loaded'),
  ('visit', 'a first contact (FST)');
alter table hall.audit drop constraint audit_subject_kind_check;
comment on column hall.audit.subject_kind is 'Whose chain, as in hall.subject.';

create table hall.news (
  news_id int8 primary key default hall.next_id(),
  at timestamptz not null,
  event text not null,
  post_id int8,
  case_id int8,
  staff_id int8,
  window_id int8,
  x xid8 not null default pg_current_xact_id(),
  check (post_id is not null or case_id is not null)
);
comment on table hall.news is
  'What windows are told of beside the events of cases: for whom, not what. The trail is hall.audit; old rows may go.';
comment on column hall.news.news_id is 'Key, of one order with hall.event''s.';
comment on column hall.news.at is 'Business time.';
comment on column hall.news.event is 'noun.verb that happened, such as visit.hand.';
comment on column hall.news.post_id is 'Post whose windows hear of it.';
comment on column hall.news.case_id is 'Case whose watchers hear of it; NULL: it is about none.';
comment on column hall.news.staff_id is 'Who did it; NULL: the system.';
comment on column hall.news.window_id is 'At which window.';
comment on column hall.news.x is 'Transaction that wrote it, the cursor of the tail.';
create index news_x on hall.news (x);
