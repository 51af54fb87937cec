-- The whole life of a case (CASE-5 … CASE-10, CLK, FEE): steps with clocks of their own, stretches of
-- standing still, what an item allows, fees, timed facts as a list that grows. Must know no rule.

set role yimen_owner;

alter table hall.item_version add column extend_days int4 check (extend_days >= 0);
comment on column hall.item_version.extend_days is
  'Working days a limit may be extended by, once (CASE-7); NULL: as setting term.extend_days or term.extend_joint_days says.';
comment on column hall.item_step.limit_days is
  'Its own limit in the item''s unit; together no more than the promise (CASE-5). NULL: none of its own.';
insert into hall.setting values
  ('term.extend_days', '10', 'working days an extension adds at most, where the item says nothing (CASE-7)'),
  ('term.extend_joint_days', '15', 'the same for a joint item (CASE-7)'),
  ('term.delivery_days', '10', 'working days to deliver a granted result (CASE-8)'),
  ('light.yellow_days', '3', 'working days left, today and the due day counted, from which a clock is yellow (CLK-5)'),
  ('light.short_days', '5', 'promises of so many days or fewer turn yellow on their last day only (CLK-5)');

alter table hall.case_file
  add column step_at timestamptz,
  add column step_due_at timestamptz,
  add column hurried int4 check (hurried > 0),
  add column extended int4 check (extended > 0),
  add column step_extended int4 check (step_extended > 0),
  add column decided_at timestamptz,
  add column granted bool,
  add column deliver_at timestamptz,
  add column handed_at timestamptz,
  add column light text check (light in ('green', 'yellow', 'red')),
  add column step_light text check (step_light in ('green', 'yellow', 'red'));
comment on column hall.case_file.due_at is 'End of the promised limit; NULL: none promised, or the case stands still before it (CLK-2).';
comment on column hall.case_file.step_at is 'Since when the current step''s clock runs; of step 1 after silence: since that fired (ONE-2).';
comment on column hall.case_file.step_due_at is 'End of the current step''s own limit; NULL: it has none, or the case stands still before it.';
comment on column hall.case_file.hurried is 'Promise in the item''s unit once expedited (CASE-10); NULL: as published.';
comment on column hall.case_file.extended is 'Working days added by an extension (CASE-7); NULL: none.';
comment on column hall.case_file.step_extended is 'Of these, those added to the limit of the current step.';
comment on column hall.case_file.decided_at is 'Decision: the total clock stops (CLK-2).';
comment on column hall.case_file.granted is 'What was decided; NULL: nothing yet.';
comment on column hall.case_file.deliver_at is 'By when the result is to be delivered (CASE-8).';
comment on column hall.case_file.handed_at is 'When it was delivered: a fact, no state.';
comment on column hall.case_file.light is 'Light of the total clock (CLK-5); NULL: none runs.';
comment on column hall.case_file.step_light is 'Light of the step''s clock.';
drop index hall.case_file_open;
create index case_file_open on hall.case_file (post_id, least(term_at, step_due_at, due_at), case_id)
  where state not in ('closed', 'declined', 'withdrawn', 'lapsed');
create index case_file_deliver on hall.case_file (deliver_at, case_id) where handed_at is null and deliver_at is not null;

create table hall.special_procedure (
  procedure text primary key,
  name text not null
);
comment on table hall.special_procedure is 'Lawful procedures whose time is no part of a limit (CASE-6).';
comment on column hall.special_procedure.procedure is 'As case.suspend names it.';
comment on column hall.special_procedure.name is 'As papers name it.';
insert into hall.special_procedure values
  ('hearing', '听证'), ('tender', '招标'), ('auction', '拍卖'), ('inspection', '检验'),
  ('testing', '检测'), ('quarantine', '检疫'), ('appraisal', '鉴定'), ('expert_review', '专家评审');

create table hall.stand (
  case_id int8 not null references hall.case_file,
  seq int2 not null check (seq > 0),
  kind text not null check (kind in ('special', 'correction', 'forwarded')),
  procedure text references hall.special_procedure,
  reason text not null,
  expected int4 check (expected > 0),
  ends_at timestamptz,
  authority text,
  document_no text,
  from_at timestamptz not null,
  until_at timestamptz check (until_at >= from_at),
  version int4 not null,
  end_version int4,
  outcome text,
  voided_at timestamptz,
  primary key (case_id, seq),
  check ((kind = 'special') = (procedure is not null)),
  check ((kind = 'forwarded') = (authority is not null)),
  check ((until_at is null) = (end_version is null))
);
comment on table hall.stand is 'A stretch in which a case stands still (CASE-6, CASE-9, ONE-3): its clocks stop.';
comment on column hall.stand.case_id is 'The case.';
comment on column hall.stand.seq is '1, 2, 3 …';
comment on column hall.stand.kind is 'special procedure, waiting for a correction, forwarded to a higher authority.';
comment on column hall.stand.procedure is 'Which special procedure.';
comment on column hall.stand.reason is 'Why.';
comment on column hall.stand.expected is 'Working days it is expected to take.';
comment on column hall.stand.ends_at is 'Stated end: the case resumes then by itself.';
comment on column hall.stand.authority is 'forwarded: to whom.';
comment on column hall.stand.document_no is 'forwarded: number of the paper sent up.';
comment on column hall.stand.from_at is 'Since when.';
comment on column hall.stand.until_at is 'Until when, that moment not included; NULL: still.';
comment on column hall.stand.version is 'Version of the case that began it.';
comment on column hall.stand.end_version is 'Version that ended it.';
comment on column hall.stand.outcome is 'What came of it.';
comment on column hall.stand.voided_at is 'When what began it was voided: the clocks do not know it.';
create unique index stand_open on hall.stand (case_id) where until_at is null and voided_at is null;
create trigger keep before delete on hall.stand for each row execute function hall.keep();
create trigger keep_all before truncate on hall.stand for each statement execute function hall.keep();

create table hall.due_kind (
  kind text primary key,
  rank int2 not null unique,
  help text not null
);
comment on table hall.due_kind is 'What happens by time alone, and in which order at equal moments.';
comment on column hall.due_kind.kind is 'Kind.';
comment on column hall.due_kind.rank is 'Order at equal moments: ends of standing still, lapse, silence, lights.';
comment on column hall.due_kind.help is 'What happens.';
insert into hall.due_kind values
  ('resume', 20, 'the stated end of standing still is reached (CASE-6)'),
  ('lapse', 30, 'the applicant did not answer in the answer term (ONE-2, ONE-3)'),
  ('silence', 40, 'nothing lawful was done in the correction term: accepted (ONE-2)'),
  ('step_light', 60, 'the light of a step''s clock turns (CLK-5)'),
  ('light', 61, 'the light of the total clock turns (CLK-5)');
alter table hall.due drop constraint due_kind_check;
comment on column hall.due.kind is 'Kind, as in hall.due_kind.';
comment on column hall.due.rank is 'Order at equal moments, as in hall.due_kind.';

create table hall.fee (
  fee_id int8 primary key default hall.next_id(),
  case_id int8 not null references hall.case_file,
  published int8 check (published > 0),
  amount int8 not null check (amount >= 0),
  basis text not null,
  note text,
  asked_at timestamptz not null,
  notice_id int8 references hall.notice,
  reduced int8 check (reduced > 0),
  reduce_reason text,
  exception_id int8 references hall.exception,
  receipt_no text,
  paid_at timestamptz,
  paid_keyed_at timestamptz,
  voided_at timestamptz,
  check ((receipt_no is null) = (paid_at is null)),
  check ((reduced is null) = (reduce_reason is null))
);
comment on table hall.fee is 'A fee asked of a case (FEE-1), in fen.';
comment on column hall.fee.fee_id is 'Key.';
comment on column hall.fee.case_id is 'The case.';
comment on column hall.fee.published is 'What the item publishes; NULL: computed case by case.';
comment on column hall.fee.amount is 'What is to be paid, reductions taken off.';
comment on column hall.fee.basis is 'Its basis, as published.';
comment on column hall.fee.note is 'How it was computed, where the item publishes no amount.';
comment on column hall.fee.asked_at is 'When it was asked.';
comment on column hall.fee.notice_id is 'The payment notice 缴费通知 last issued.';
comment on column hall.fee.reduced is 'What a reduction took off.';
comment on column hall.fee.reduce_reason is 'Why.';
comment on column hall.fee.exception_id is 'Its approval (CASE-16).';
comment on column hall.fee.receipt_no is 'Number of the bank window''s receipt: the fee is paid.';
comment on column hall.fee.paid_at is 'Day of that receipt.';
comment on column hall.fee.paid_keyed_at is 'When that was entered.';
comment on column hall.fee.voided_at is 'When it was withdrawn with its notice.';
create unique index fee_case on hall.fee (case_id) where voided_at is null;
create unique index fee_receipt on hall.fee (receipt_no) where voided_at is null;
create trigger keep before delete on hall.fee for each row execute function hall.keep();
create trigger keep_all before truncate on hall.fee for each statement execute function hall.keep();

insert into hall.exception_kind values
  ('major_refuse', 'chief', true, 'refusing a major matter (NEG-2)'),
  ('extend_beyond', 'supervisor', true, 'extending by more than the item allows (CASE-7)'),
  ('urgent', 'supervisor', true, 'expediting a case: a shorter promise (CASE-10)'),
  ('fee_reduce', 'chief', true, 'taking something off a published fee (FEE-1)');

-- How a case went on: what was decided, closed, delivered.
alter table hall.case_outcome drop constraint case_outcome_event_check, drop constraint case_outcome_check,
  drop constraint case_outcome_check1;
alter table hall.case_outcome
  add check (event in ('finish', 'withdraw', 'decide', 'refuse', 'close', 'deliver')),
  add check (document is not null or event not in ('finish', 'decide')),
  add check ((event in ('withdraw', 'deliver')) = (signed_on is not null and signed_by is not null)),
  add column how text check (how in ('window', 'post', 'agent', 'public', 'electronic')),
  add column valid_until date,
  add check ((event = 'deliver') = (how is not null));
comment on column hall.case_outcome.event is 'finish, withdraw, decide, refuse, close, deliver.';
comment on column hall.case_outcome.signed_on is 'Day of the signed request, or of the signed 送达回证.';
comment on column hall.case_outcome.how is 'How it was delivered: window 直接, post 邮寄, agent 代收, public 公告, electronic 电子.';
comment on column hall.case_outcome.valid_until is 'Last day the result document is valid; NULL: not limited.';

-- Values given by commands get more room: 61 to 120; those of a material follow.
alter table hall.placeholder drop constraint placeholder_check;
update hall.placeholder set no = no + 40 where no > 80;
alter table hall.placeholder add check (given = (no between 61 and 120));
comment on column hall.placeholder.no is 'Place in the list of values: 1 to 60 of the case, 61 to 120 given, above of a material.';
update hall.template_block set c1 = c1; -- compiled anew
