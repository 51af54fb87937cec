-- Cases (CASE): the state machine as a table, applicants, case files, what is due.
--
-- Rows of the floor and the catalogue are never deleted (hall.keep), so the busy tables
-- carry no foreign keys to them: their row locks would make all cases of a post write to
-- one and the same row. hall.verify() looks for strays.

set role yimen_owner;

create table hall.transition (
  from_state text not null,
  action text not null,
  to_state text not null,
  done_by text not null check (done_by in ('post', 'holder', 'system')),
  needs text not null,
  primary key (from_state, action)
);
comment on table hall.transition is 'The state machine; what it does not list is refused.';
comment on column hall.transition.from_state is 'State before; none: no case yet.';
comment on column hall.transition.action is 'Command or timed fact.';
comment on column hall.transition.to_state is 'State after.';
comment on column hall.transition.done_by is 'post: holder of the item''s receiving post; holder: of the step''s post; system: fires by time.';
comment on column hall.transition.needs is 'What it needs and does, for the manual.';

insert into hall.transition values
  ('none', 'receive', 'received', 'post', 'opens a correction term (ONE-2); 收件凭证'),
  ('received', 'accept', 'accepted', 'post', 'every required material there, or 容缺 with a date; 受理通知书'),
  ('received', 'correct', 'correcting', 'post', 'the one-time notice (ONE-1); a second one is refused (ONE-3)'),
  ('correcting', 'answer', 'received', 'post', 'materials brought; opens a new term'),
  ('correcting', 'lapse', 'lapsed', 'system', 'the item''s answer term is over; 逾期未补正通知'),
  ('received', 'silence', 'accepted', 'system', 'the correction term is over (ONE-2); as of the delivery''s date');

create table hall.applicant (
  applicant_id int8 primary key default hall.next_id(),
  id_kind text not null
    check (id_kind in ('resident', 'passport', 'hkmacao', 'taiwan', 'foreigner', 'org')),
  id_no text not null,
  name text not null,
  phone text not null,
  address text,
  unique (id_no, id_kind)
);
comment on table hall.applicant is 'A known applicant (申请人): what to recall at the next visit.';
comment on column hall.applicant.applicant_id is 'Key.';
comment on column hall.applicant.id_kind is 'Kind of document.';
comment on column hall.applicant.id_no is 'Its number.';
comment on column hall.applicant.name is 'Name, as given last.';
comment on column hall.applicant.phone is 'Telephone, as given last.';
comment on column hall.applicant.address is 'Address, as given last.';

create table hall.case_file (
  case_id int8 primary key default hall.next_id(),
  number text not null unique,
  item_version_id int8 not null,
  department_id int8 not null,
  applicant_id int8 not null,
  state text not null check (state in ('received', 'correcting', 'accepted', 'suspended',
    'forwarded', 'decided', 'closed', 'declined', 'withdrawn', 'lapsed')),
  step_seq int2 not null,
  post_id int8 not null,
  version int4 not null,
  last_at timestamptz not null,
  matter text,
  received_at timestamptz not null,
  delivered_at timestamptz not null,
  deliveries int2 not null,
  corrections int2 not null default 0,
  term_at timestamptz,
  accepted_at timestamptz,
  silent bool not null default false,
  due_at timestamptz,
  statutory_at timestamptz,
  provisional bool not null default false
) with (fillfactor = 80);
comment on table hall.case_file is 'A case (办件).';
comment on column hall.case_file.case_id is 'Key.';
comment on column hall.case_file.number is 'Readable number with check digit (CASE-12).';
comment on column hall.case_file.item_version_id is 'Version of the item it was received under (CAT-4).';
comment on column hall.case_file.department_id is 'Department that decides it.';
comment on column hall.case_file.applicant_id is 'First applicant.';
comment on column hall.case_file.state is 'State, as in hall.transition.';
comment on column hall.case_file.step_seq is 'Current step of the procedure.';
comment on column hall.case_file.post_id is 'Post responsible now (CASE-5).';
comment on column hall.case_file.version is 'Goes up with every change a second person must not overwrite (CASE-14).';
comment on column hall.case_file.last_at is 'Business time of its last event; the next is never earlier.';
comment on column hall.case_file.matter is 'What is asked for, in the applicant''s words.';
comment on column hall.case_file.received_at is 'Receipt.';
comment on column hall.case_file.delivered_at is 'Last delivery of papers: its day opens the term (ONE-2).';
comment on column hall.case_file.deliveries is 'Deliveries so far, each with its receipt.';
comment on column hall.case_file.corrections is 'Correction notices sent (ONE-3).';
comment on column hall.case_file.term_at is 'End of the term running: correction (received) or answer (correcting).';
comment on column hall.case_file.accepted_at is 'Acceptance; by silence: the delivery''s moment.';
comment on column hall.case_file.silent is 'Accepted by silence (ONE-2).';
comment on column hall.case_file.due_at is 'End of the promised limit.';
comment on column hall.case_file.statutory_at is 'End of the statutory limit.';
comment on column hall.case_file.provisional is 'A year in between is not yet published: 暂定 (CLK-1).';
create index case_file_open on hall.case_file (post_id, least(term_at, due_at), case_id)
  where state not in ('closed', 'declined', 'withdrawn', 'lapsed');
create index case_file_applicant on hall.case_file (applicant_id);

create table hall.case_party (
  case_id int8 not null references hall.case_file,
  seq int2 not null check (seq > 0),
  role text not null check (role in ('applicant', 'agent')),
  id_kind text check (id_kind in ('resident', 'passport', 'hkmacao', 'taiwan', 'foreigner', 'org')),
  id_no text,
  name text not null,
  phone text,
  address text,
  scope text,
  until_day date,
  salt bytea not null default uuid_send(gen_random_uuid()),
  primary key (case_id, seq)
);
comment on table hall.case_party is 'A person or organisation of a case, as told at receipt.';
comment on column hall.case_party.case_id is 'The case.';
comment on column hall.case_party.seq is '1: the first applicant.';
comment on column hall.case_party.role is 'applicant, or agent (经办人).';
comment on column hall.case_party.id_kind is 'Kind of document.';
comment on column hall.case_party.id_no is 'Its number.';
comment on column hall.case_party.name is 'Name.';
comment on column hall.case_party.phone is 'Telephone.';
comment on column hall.case_party.address is 'Address.';
comment on column hall.case_party.scope is 'What an agent''s letter of authority covers.';
comment on column hall.case_party.until_day is 'Its last day.';
comment on column hall.case_party.salt is 'Salt of the commitment that stands for this row in the chain.';

create table hall.case_material (
  case_id int8 not null references hall.case_file,
  seq int2 not null,
  state text not null check (state in ('present', 'absent', 'defective', 'later', 'unneeded')),
  note text,
  later date,
  told bool not null default false,
  primary key (case_id, seq),
  check ((state = 'later') = (later is not null))
) with (fillfactor = 80);
comment on table hall.case_material is 'The tick of one material (CASE-2).';
comment on column hall.case_material.case_id is 'The case.';
comment on column hall.case_material.seq is 'Number in the guide.';
comment on column hall.case_material.state is 'present, absent, defective, later (容缺), unneeded.';
comment on column hall.case_material.note is 'What exactly to do.';
comment on column hall.case_material.later is 'By when, for later.';
comment on column hall.case_material.told is 'Listed in the one-time notice (ONE-1).';

create table hall.case_search (
  case_id int8 primary key references hall.case_file,
  digits text not null,
  names text not null,
  initials text not null,
  grams text[] not null
);
comment on table hall.case_search is 'What finds a case (CASE-12): one index for all fragments.';
comment on column hall.case_search.case_id is 'The case.';
comment on column hall.case_search.digits is 'Case number, identity numbers and telephones, separated by blanks.';
comment on column hall.case_search.names is 'Names, separated by blanks.';
comment on column hall.case_search.initials is 'Their pinyin initials, separated by blanks.';
comment on column hall.case_search.grams is 'Fours of digits, pairs of hanzi, threes of initials.';
create index case_search_grams on hall.case_search using gin (grams);

create table hall.due (
  case_id int8 not null references hall.case_file,
  kind text not null check (kind in ('lapse', 'silence')),
  at timestamptz not null,
  rank int2 not null,
  primary key (case_id, kind)
);
comment on table hall.due is 'What will happen by time alone, unless something happens before.';
comment on column hall.due.case_id is 'The case.';
comment on column hall.due.kind is 'lapse or silence (ONE-2).';
comment on column hall.due.at is 'Business time of its happening.';
comment on column hall.due.rank is 'Order at equal moments: lapse 30, silence 40.';
create index due_at on hall.due (at, rank, case_id);
