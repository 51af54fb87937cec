-- Parallel review (PAR-2 … PAR-5, DEEM): the reviews of a joint case in both rounds, what a department finds
-- missing, signed opinions that are never edited. Must know no rule.

set role yimen_owner;

create table hall.review (
  case_id int8 not null references hall.case_file,
  seq int2 not null check (seq > 0),
  post_id int8 not null,
  checks int2 not null,
  check_at timestamptz not null,
  check_until timestamptz not null,
  checked text check (checked in ('complete', 'missing', 'silent')),
  opened_at timestamptz,
  opened_version int4,
  floor_at timestamptz,
  seen_at timestamptz,
  answer text check (answer in ('agree', 'conditional', 'disagree', 'refer', 'deemed')),
  consent_until timestamptz,
  consented_at timestamptz,
  due_at timestamptz,
  waits text check (waits in ('check', 'review', 'consent')),
  primary key (case_id, seq),
  check ((opened_at is null) = (opened_version is null)),
  check (opened_at is not null or answer is null),
  check ((answer = 'deemed') is true = (consent_until is not null))
) with (fillfactor = 80);
comment on table hall.review is 'A review of a joint case (PAR-1): the check round and the review round of one department.';
comment on column hall.review.case_id is 'The case.';
comment on column hall.review.seq is 'Number of the review in the item''s version.';
comment on column hall.review.post_id is 'Post that reviews.';
comment on column hall.review.checks is 'Times its check was opened.';
comment on column hall.review.check_at is 'When its check opened last: receipt, or the answer to its needs.';
comment on column hall.review.check_until is 'When that check closes: closing time of working day 3 (PAR-2).';
comment on column hall.review.checked is 'complete, missing, silent (counts as complete); NULL: no answer yet.';
comment on column hall.review.opened_at is 'When the review opened: the acceptance, by silence when that fired (ONE-2).';
comment on column hall.review.opened_version is 'Version of the case that opened it.';
comment on column hall.review.floor_at is 'Not due before this (ONE-2, PAR-4).';
comment on column hall.review.seen_at is 'When its department first looked at it (PAR-3).';
comment on column hall.review.answer is 'The latest opinion; deemed: silence (DEEM-1); refer is no answer yet.';
comment on column hall.review.consent_until is 'By when the written consent follows what was deemed (DEEM-3).';
comment on column hall.review.consented_at is 'When it came.';
comment on column hall.review.due_at is 'The earlier of its own limit and the lead''s less the days for combining (PAR-3); NULL: it stands still, or has not begun.';
comment on column hall.review.waits is 'What it waits for: check, review, consent; NULL: nothing.';
create index review_waits on hall.review (post_id, waits) where waits is not null;
create index review_deem on hall.review (due_at) where waits = 'review';
create trigger keep before delete on hall.review for each row execute function hall.keep();
create trigger keep_all before truncate on hall.review for each statement execute function hall.keep();

create table hall.review_ask (
  case_id int8 not null references hall.case_file,
  no int2 not null check (no > 0),
  seq int2 not null,
  kind text not null check (kind in ('check', 'want')),
  at timestamptz not null,
  staff_id int8 not null,
  acting text not null check (acting in ('A', 'B')),
  post_id int8 not null,
  for_staff_id int8,
  window_id int8 not null,
  state text not null default 'open' check (state in ('open', 'told', 'rejected', 'dropped')),
  told_version int4,
  reason text,
  ended_at timestamptz,
  primary key (case_id, no),
  foreign key (case_id, seq) references hall.review,
  check ((state = 'told') = (told_version is not null)),
  check ((state = 'rejected') = (reason is not null)),
  check ((state = 'open') = (ended_at is null))
);
comment on table hall.review_ask is 'What a department finds missing: in the check, or a correction wanted during review (PAR-2, PAR-4).';
comment on column hall.review_ask.case_id is 'The case.';
comment on column hall.review_ask.no is '1, 2, 3 … in the case.';
comment on column hall.review_ask.seq is 'The review.';
comment on column hall.review_ask.kind is 'check, or want: during review.';
comment on column hall.review_ask.at is 'Business time.';
comment on column hall.review_ask.staff_id is 'Who.';
comment on column hall.review_ask.acting is 'As A or as B.';
comment on column hall.review_ask.post_id is 'Post.';
comment on column hall.review_ask.for_staff_id is 'On whose behalf a B acted.';
comment on column hall.review_ask.window_id is 'Window.';
comment on column hall.review_ask.state is 'open; told in the lead''s notice; rejected by the lead; dropped with an answer or a void acceptance.';
comment on column hall.review_ask.told_version is 'Version of the case the notice made.';
comment on column hall.review_ask.reason is 'Why the lead rejected it.';
comment on column hall.review_ask.ended_at is 'When it was told, rejected or dropped.';
create unique index review_ask_open on hall.review_ask (case_id, seq) where state = 'open';
create trigger keep before delete on hall.review_ask for each row execute function hall.keep();
create trigger keep_all before truncate on hall.review_ask for each statement execute function hall.keep();

create table hall.review_need (
  case_id int8 not null,
  no int2 not null,
  line int2 not null check (line > 0),
  material int2,
  words text not null check (btrim(words) <> ''),
  primary key (case_id, no, line),
  foreign key (case_id, no) references hall.review_ask
);
comment on table hall.review_need is 'One line of what a department finds missing, and what exactly to do (ONE-1). Rows are never changed.';
comment on column hall.review_need.case_id is 'The case.';
comment on column hall.review_need.no is 'The asking.';
comment on column hall.review_need.line is '1, 2, 3 …';
comment on column hall.review_need.material is 'Material of the item; NULL: something else.';
comment on column hall.review_need.words is 'What exactly to do.';
create trigger append_only before update or delete on hall.review_need for each row execute function hall.append_only();
create trigger keep_all before truncate on hall.review_need for each statement execute function hall.keep();

create table hall.opinion (
  case_id int8 not null,
  seq int2 not null,
  no int2 not null check (no > 0),
  how text not null check (how in ('review', 'deem', 'consent', 'object')),
  answer text not null check (answer in ('agree', 'conditional', 'disagree', 'refer', 'deemed')),
  words text,
  basis text,
  document_no text,
  at timestamptz not null,
  staff_id int8,
  acting text check (acting in ('A', 'B')),
  post_id int8 not null,
  for_staff_id int8,
  window_id int8,
  version int4 not null,
  primary key (case_id, seq, no),
  foreign key (case_id, seq) references hall.review,
  check (answer not in ('conditional', 'disagree', 'refer') or words is not null),
  check (answer <> 'disagree' or how = 'object' or basis is not null),
  check ((how = 'deem') = (answer = 'deemed')),
  check (how = 'deem' or staff_id is not null)
);
comment on table hall.opinion is 'A signed opinion (PAR-2): never edited, only superseded by a later one. Rows are never changed.';
comment on column hall.opinion.case_id is 'The case.';
comment on column hall.opinion.seq is 'The review.';
comment on column hall.opinion.no is '1, 2, 3 …; the last one holds, those before are kept.';
comment on column hall.opinion.how is 'review; deem: by silence; consent: the written consent that follows; object: an objection after silence, which changes nothing (DEEM-1).';
comment on column hall.opinion.answer is 'agree 同意, conditional 附条件同意, disagree 不同意, refer 提请上级, deemed 默认同意.';
comment on column hall.opinion.words is 'Conditions, reasons, or to whom it was referred.';
comment on column hall.opinion.basis is 'Legal basis; deemed: that of silence.';
comment on column hall.opinion.document_no is 'Number of the written consent.';
comment on column hall.opinion.at is 'Business time.';
comment on column hall.opinion.staff_id is 'Who signed it; deemed: against whom it is recorded (DEEM-4), NULL: nobody held the post nor that of its chief representative.';
comment on column hall.opinion.acting is 'As A or as B.';
comment on column hall.opinion.post_id is 'Post; deemed with the post empty: that of the chief representative.';
comment on column hall.opinion.for_staff_id is 'On whose behalf a B acted.';
comment on column hall.opinion.window_id is 'Window; deemed: none.';
comment on column hall.opinion.version is 'Version of the case it was given on.';
create trigger append_only before update or delete on hall.opinion for each row execute function hall.append_only();
create trigger keep_all before truncate on hall.opinion for each statement execute function hall.keep();

insert into hall.due_kind values
  ('check_close', 45, 'the check of a joint case closes: who has not answered counts as complete (PAR-2)'),
  ('deem', 50, 'a review was not answered by its due moment: deemed agreed (DEEM-1)');
insert into hall.setting values
  ('term.check_days', '3', 'working days in which the departments of a joint case check its papers (PAR-2)');
insert into hall.side_event values
  ('check', 'a department of a joint case checked its papers (PAR-2)'),
  ('check_close', 'the check closed: who had not answered counts as complete (PAR-2)'),
  ('review_seen', 'a department looked at its review (PAR-3)'),
  ('opine', 'a department gave its opinion (PAR-2)'),
  ('supersede', 'a department superseded its opinion, the first one kept (PAR-2)'),
  ('want', 'a department wants a correction during review (PAR-4)'),
  ('reject', 'the lead rejected a correction wanted (PAR-4)'),
  ('deem_review', 'a review was deemed agreed by silence (DEEM-1)'),
  ('consent', 'the written consent to what was deemed came (DEEM-3)'),
  ('object', 'an objection after silence: it changes nothing (DEEM-1)');

alter table hall.exception_kind drop constraint exception_kind_judge_check;
alter table hall.exception_kind add check (judge in ('chief', 'supervisor', 'director'));
comment on column hall.exception_kind.judge is 'chief: a chief representative of the department; supervisor: any rank; director: the hall''s director.';
insert into hall.exception_kind values
  ('against_review', 'director', true, 'granting while a review is unanswered or disagrees (PAR-8)');
