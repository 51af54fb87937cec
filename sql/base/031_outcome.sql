-- Every outcome at the counter (CASE, NEG, DOC-3): decline, finish, withdraw, amend, void in
-- the state machine; the register of negative decisions, exceptions, results, what a case was
-- before, and the papers' templates. Must know no rule.

set role yimen_owner;

insert into hall.transition values
  ('received', 'decline', 'declined', 'post', 'filed in the register of negative decisions first (NEG-2); a major matter: a granted exception; 不予受理通知书'),
  ('correcting', 'decline', 'declined', 'post', 'the same'),
  ('received', 'finish', 'closed', 'post', 'an immediate item (即办), every material there: accept, decide, close in one; 办结通知书'),
  ('received', 'withdraw', 'withdrawn', 'post', 'the applicant''s signed request; 撤回通知'),
  ('correcting', 'withdraw', 'withdrawn', 'post', 'the same'),
  ('accepted', 'withdraw', 'withdrawn', 'post', 'the same'),
  ('suspended', 'withdraw', 'withdrawn', 'post', 'the same'),
  ('forwarded', 'withdraw', 'withdrawn', 'post', 'the same'),
  ('received', 'amend', 'received', 'holder', 'typing mistakes; papers that show them are voided and issued anew (CASE-15)'),
  ('correcting', 'amend', 'correcting', 'holder', 'the same'),
  ('accepted', 'amend', 'accepted', 'holder', 'the same'),
  ('suspended', 'amend', 'suspended', 'holder', 'the same'),
  ('forwarded', 'amend', 'forwarded', 'holder', 'the same'),
  ('decided', 'amend', 'decided', 'holder', 'the same'),
  ('accepted', 'void', 'received', 'post', 'its paper voided (DOC-3): by the post that made it, the same day; else supervisor; its event the case''s last; the term it reopens not over'),
  ('correcting', 'void', 'received', 'post', 'the same'),
  ('declined', 'void', 'received', 'post', 'the same'),
  ('declined', 'void', 'correcting', 'post', 'the same'),
  ('closed', 'void', 'received', 'post', 'the same; only what finish closed'),
  ('withdrawn', 'void', 'received', 'post', 'the same'),
  ('withdrawn', 'void', 'correcting', 'post', 'the same'),
  ('withdrawn', 'void', 'accepted', 'post', 'the same'),
  ('withdrawn', 'void', 'suspended', 'post', 'the same'),
  ('withdrawn', 'void', 'forwarded', 'post', 'the same');
update hall.transition set needs = 'the one-time notice (ONE-1); a second one needs a granted exception (ONE-3)'
where (from_state, action) = ('received', 'correct');

insert into hall.side_event values
  ('reissue', 'a wrong paper was voided and issued anew (DOC-3)'),
  ('exception_ask', 'an exception was asked (CASE-16)'),
  ('exception_grant', 'it was granted'),
  ('exception_deny', 'it was denied');

alter table hall.item add column major bool not null default false;
comment on column hall.item.major is 'A major matter: declining it needs the chief representative''s approval first (NEG-2).';

-- What a case was before its last paper: one row, since only the last event can be voided.
create table hall.case_before (
  case_id int8 primary key references hall.case_file,
  version int4 not null,
  file jsonb not null,
  told int2[] not null
) with (fillfactor = 50);
comment on table hall.case_before is 'A case as it was before the event that made its last paper: what voiding restores.';
comment on column hall.case_before.case_id is 'The case.';
comment on column hall.case_before.version is 'Version that event made.';
comment on column hall.case_before.file is 'Its row of hall.case_file before.';
comment on column hall.case_before.told is 'Materials a one-time notice had listed before.';

create table hall.amended (
  case_id int8 not null references hall.case_file,
  version int4 not null,
  field text not null,
  before text,
  after text,
  primary key (case_id, version, field)
);
comment on table hall.amended is 'What was amended (CASE-15); the trail has commitments to it.';
comment on column hall.amended.case_id is 'The case.';
comment on column hall.amended.version is 'Version that has the new value.';
comment on column hall.amended.field is 'Field, as case.amend names it.';
comment on column hall.amended.before is 'Value before; NULL: none.';
comment on column hall.amended.after is 'Value since.';

create table hall.case_outcome (
  case_id int8 not null references hall.case_file,
  version int4 not null,
  event text not null check (event in ('finish', 'withdraw')),
  document text,
  document_no text,
  timing text check (timing in ('early', 'on_time', 'overdue')),
  spare int4,
  signed_on date,
  signed_by text,
  remark text,
  voided_at timestamptz,
  primary key (case_id, version),
  check ((event = 'finish') = (document is not null)),
  check ((event = 'withdraw') = (signed_on is not null and signed_by is not null)),
  check ((timing is null) = (spare is null))
);
comment on table hall.case_outcome is 'How a case ended: result, whether in time (CASE-6), or the applicant''s request.';
comment on column hall.case_outcome.case_id is 'The case.';
comment on column hall.case_outcome.version is 'Version it made.';
comment on column hall.case_outcome.event is 'finish or withdraw.';
comment on column hall.case_outcome.document is 'Result document.';
comment on column hall.case_outcome.document_no is 'Its number.';
comment on column hall.case_outcome.timing is 'Against the promise: early (a day or more), on_time, overdue; NULL: none promised.';
comment on column hall.case_outcome.spare is 'Working days to spare, below zero when overdue.';
comment on column hall.case_outcome.signed_on is 'Day of the signed request.';
comment on column hall.case_outcome.signed_by is 'Who signed it.';
comment on column hall.case_outcome.remark is 'Remark.';
comment on column hall.case_outcome.voided_at is 'When it was voided.';

create table hall.exception_kind (
  kind text primary key,
  judge text not null check (judge in ('chief', 'supervisor')),
  of_case bool not null,
  help text not null
);
comment on table hall.exception_kind is 'What may be excepted, and by which post (CASE-16).';
comment on column hall.exception_kind.kind is 'Kind.';
comment on column hall.exception_kind.judge is 'chief: a chief representative of the department; supervisor: any rank.';
comment on column hall.exception_kind.of_case is 'For one case; else for one subject in words, such as a paper receipt number.';
comment on column hall.exception_kind.help is 'What it allows.';
insert into hall.exception_kind values
  ('major_decline', 'chief', true, 'declining a major matter (NEG-2)'),
  ('second_correction', 'supervisor', true, 'a second one-time notice (ONE-3)'),
  ('late_month', 'supervisor', false, 'keying a paper receipt into a closed month (CASE-3)');

create table hall.exception (
  exception_id int8 primary key default hall.next_id(),
  kind text not null references hall.exception_kind,
  case_id int8 references hall.case_file,
  subject text,
  department_id int8 not null references hall.department,
  state text not null default 'asked' check (state in ('asked', 'granted', 'denied', 'used')),
  reason text not null,
  asked_by int8 not null references hall.staff,
  asked_post_id int8 not null references hall.post,
  asked_at timestamptz not null,
  decided_by int8 references hall.staff,
  decided_post_id int8 references hall.post,
  decided_at timestamptz,
  answer text,
  used_by int8 references hall.staff,
  used_at timestamptz,
  check ((case_id is null) <> (subject is null)),
  check ((state = 'asked') = (decided_at is null)),
  check ((state = 'used') = (used_at is not null))
);
comment on table hall.exception is 'An exception (CASE-16): asked, granted or denied with reason, used once.';
comment on column hall.exception.exception_id is 'Key.';
comment on column hall.exception.kind is 'Kind.';
comment on column hall.exception.case_id is 'The case it is for.';
comment on column hall.exception.subject is 'What of the department it is for when there is no case yet, as rule.ident_no() writes it.';
comment on column hall.exception.department_id is 'Department concerned.';
comment on column hall.exception.state is 'asked, granted, denied, used.';
comment on column hall.exception.reason is 'Why it was asked.';
comment on column hall.exception.asked_by is 'Who asked.';
comment on column hall.exception.asked_post_id is 'For which post.';
comment on column hall.exception.asked_at is 'When.';
comment on column hall.exception.decided_by is 'Who granted or denied it.';
comment on column hall.exception.decided_post_id is 'For which post.';
comment on column hall.exception.decided_at is 'When.';
comment on column hall.exception.answer is 'Why.';
comment on column hall.exception.used_by is 'Whose command used it.';
comment on column hall.exception.used_at is 'When.';
create unique index exception_case on hall.exception (case_id, kind) where state in ('asked', 'granted');
create unique index exception_subject on hall.exception (department_id, subject, kind) where state in ('asked', 'granted');
create index exception_open on hall.exception (asked_at) where state in ('asked', 'granted');

create table hall.negative_counter (
  department_id int8 not null,
  year int4 not null,
  last int4 not null,
  primary key (department_id, year)
) with (fillfactor = 20);
comment on table hall.negative_counter is 'Last number of a department''s register of negative decisions in a year.';
comment on column hall.negative_counter.department_id is 'Department.';
comment on column hall.negative_counter.year is 'Year.';
comment on column hall.negative_counter.last is 'Last number; locked before that of a paper.';

create table hall.negative (
  negative_id int8 primary key default hall.next_id(),
  department_id int8 not null,
  year int4 not null,
  serial int4 not null,
  number text not null,
  case_id int8 not null references hall.case_file,
  version int4 not null,
  category text not null check (category in ('correction', 'declined', 'refused', 'late', 'other')),
  why text check (why in ('not_required', 'not_ours', 'not_permitted')),
  facts text not null,
  basis text not null,
  to_post_id int8,
  to_where text,
  major bool not null,
  exception_id int8 references hall.exception,
  at timestamptz not null,
  staff_id int8 not null,
  acting text not null check (acting in ('A', 'B')),
  post_id int8 not null,
  for_staff_id int8,
  window_id int8 not null,
  notice_id int8 references hall.notice,
  voided_at timestamptz,
  unique (department_id, year, serial),
  check ((category = 'declined') = (why is not null))
) with (fillfactor = 80);
comment on table hall.negative is 'The register of negative decisions (NEG-1): every no, filed before its paper.';
comment on column hall.negative.negative_id is 'Key.';
comment on column hall.negative.department_id is 'Department.';
comment on column hall.negative.year is 'Year.';
comment on column hall.negative.serial is 'Number within department and year, without gaps.';
comment on column hall.negative.number is 'As written, such as 示市监否〔2026〕00012号.';
comment on column hall.negative.case_id is 'The case: applicant, contact and matter are its.';
comment on column hall.negative.version is 'Version of the case the decision made.';
comment on column hall.negative.category is 'correction, declined, refused, late (cannot finish in time), other.';
comment on column hall.negative.why is 'Of a declined one: not_required, not_ours, not_permitted (NEG-2).';
comment on column hall.negative.facts is 'Facts.';
comment on column hall.negative.basis is 'Legal basis.';
comment on column hall.negative.to_post_id is 'not_ours: the post in this hall the visitor was sent to (NEG-4).';
comment on column hall.negative.to_where is 'not_ours: where else.';
comment on column hall.negative.major is 'A major matter: the item''s flag or the clerk''s mark.';
comment on column hall.negative.exception_id is 'The approval it used.';
comment on column hall.negative.at is 'Business time.';
comment on column hall.negative.staff_id is 'Handler.';
comment on column hall.negative.acting is 'As A or as B.';
comment on column hall.negative.post_id is 'Post.';
comment on column hall.negative.for_staff_id is 'On whose behalf a B acted.';
comment on column hall.negative.window_id is 'Window.';
comment on column hall.negative.notice_id is 'Its paper, issued after it was filed.';
comment on column hall.negative.voided_at is 'When the decision was voided; the entry stays.';
create index negative_case on hall.negative (case_id);
create trigger keep before delete on hall.negative for each row execute function hall.keep();
create trigger keep_all before truncate on hall.negative for each statement execute function hall.keep();
create trigger keep before delete on hall.exception for each row execute function hall.keep();
create trigger keep_all before truncate on hall.exception for each statement execute function hall.keep();

-- Papers: what each was made of, so that it can be issued anew with one fact put right.
alter table hall.notice add column made_from jsonb;
comment on column hall.notice.made_from is 'Its parts: words, conditions, materials it was filled in from, to issue it anew (CASE-15).';
create index notice_replaces on hall.notice (replaces_id) where replaces_id is not null;

alter table hall.placeholder add column amendable bool not null default false;
comment on column hall.placeholder.amendable is 'case.amend may change what it stands for.';
update hall.placeholder set amendable = true where name in ('applicant', 'id_no', 'agent', 'matter', 'you');

insert into hall.placeholder (no, name, help, given) values
  (61, 'facts', 'facts of a negative decision', true),
  (62, 'basis', 'its legal basis', true),
  (63, 'not_required', 'declined because nothing needs to be permitted: 是', true),
  (64, 'not_ours', 'declined as another''s competence: whose, and which window (NEG-4)', true),
  (65, 'not_permitted', 'declined because the law forbids the application: 是', true),
  (66, 'document', 'result document handed out', true),
  (67, 'document_no', 'its number', true),
  (68, 'signed', 'who signed a request to withdraw, and when', true),
  (69, 'earlier_number', 'number of the first one-time notice, on a second one', true),
  (70, 'replaces', 'number of the void paper this one replaces', true);

insert into hall.notice_kind values
  ('decline', '不予受理通知书'),
  ('finish', '办结通知书'),
  ('withdraw', '撤回通知');

insert into hall.condition values
  ('added', 'each: materials asked for now that no earlier notice listed'),
  ('not_required', 'declined: nothing needs to be permitted'),
  ('not_ours', 'declined: another''s competence'),
  ('not_permitted', 'declined: the law forbids it'),
  ('document_no', 'the result document has a number'),
  ('earlier_number', 'a second one-time notice'),
  ('replaces', 'issued in place of a void paper');

insert into hall.template (kind, version, in_force, title, series) values
  ('decline', 1, true, '不予受理通知书', '不受'),
  ('finish', 1, true, '办结通知书', '结'),
  ('withdraw', 1, true, '撤回通知', '撤');

insert into hall.template_block (template_id, no, each, only_if, block, c1, c2, c3, c4, widths)
select t.template_id, row_number() over (partition by b.kind order by b.line), null, b.only_if, b.block, b.c1, b.c2, b.c3, null, null
from (values
  (100, 'decline', null, 'title', '不予受理通知书', null, null),
  (101, 'decline', null, 'number', '{number}', null, null),
  (102, 'decline', null, 'to', '{applicant}：', null, null),
  (103, 'decline', null, 'para', '{you}于{delivered_date}提交的“{item}”申请（办件编号：{case_number}）收悉。经审查，查明：{facts}', null, null),
  (104, 'decline', 'not_required', 'para', '上述申请事项依法不需要取得行政许可或者其他批准，无须提出申请。本机关决定不予受理。', null, null),
  (105, 'decline', 'not_ours', 'para', '上述申请事项依法不属于本机关职权范围，本机关决定不予受理。请{not_ours}。', null, null),
  (106, 'decline', 'not_permitted', 'para', '上述申请依法不得提出，本机关决定不予受理。', null, null),
  (107, 'decline', 'licence', 'para', '依照《中华人民共和国行政许可法》第三十二条第二款的规定，出具本通知书。', null, null),
  (108, 'decline', null, 'field', '法律依据', '{basis}', null),
  (109, 'decline', 'matter', 'field', '申请内容', '{matter}', null),
  (110, 'decline', null, 'field', '事项编码', '{item_code}', null),
  (111, 'decline', 'agent', 'field', '受托人', '{agent}', null),
  (112, 'decline', null, 'para', '提交的申请材料随本通知书退还。', null, null),
  (113, 'decline', 'remark', 'para', '其他事项：{remark}', null, null),
  (114, 'decline', null, 'para', '如不服本决定，可以自收到本通知书之日起六十日内，依照《中华人民共和国行政复议法》的规定申请行政复议；也可以自收到本通知书之日起六个月内，依照《中华人民共和国行政诉讼法》的规定向人民法院提起行政诉讼。', null, null),
  (115, 'decline', null, 'qr', '{digits}', '凭此码查询', null),
  (116, 'decline', null, 'sign', '经办人', '{clerk}', '签收人'),
  (117, 'decline', null, 'seal', '{department}', '{issued_date}', null),
  (118, 'decline', 'replaces', 'small', '本通知书替代{replaces}，该件已作废。', null, null),
  (119, 'decline', null, 'small', '窗口：{window}。本通知书一式两份，一份交申请人，一份存档。', null, null),

  (200, 'finish', null, 'title', '办结通知书', null, null),
  (201, 'finish', null, 'number', '{number}', null, null),
  (202, 'finish', null, 'to', '{applicant}：', null, null),
  (203, 'finish', null, 'para', '{you}于{delivered_date}提交的“{item}”申请（办件编号：{case_number}），经审查，申请材料齐全，符合法定形式，本机关当场受理并已办结。', null, null),
  (204, 'finish', null, 'field', '办理结果', '{document}', null),
  (205, 'finish', 'document_no', 'field', '文书编号', '{document_no}', null),
  (206, 'finish', 'promised', 'field', '承诺期限', '{promised}', null),
  (207, 'finish', null, 'field', '事项编码', '{item_code}', null),
  (208, 'finish', 'agent', 'field', '受托人', '{agent}', null),
  (209, 'finish', 'matter', 'field', '申请内容', '{matter}', null),
  (210, 'finish', null, 'field', '收费', '{fee}', null),
  (211, 'finish', 'remark', 'para', '其他事项：{remark}', null, null),
  (212, 'finish', null, 'qr', '{digits}', '凭此码查询', null),
  (213, 'finish', null, 'sign', '经办人', '{clerk}', '签收人'),
  (214, 'finish', null, 'seal', '{department}', '{issued_date}', null),
  (215, 'finish', 'replaces', 'small', '本通知书替代{replaces}，该件已作废。', null, null),
  (216, 'finish', null, 'small', '办理窗口：{window}。', null, null),

  (300, 'withdraw', null, 'title', '撤回通知', null, null),
  (301, 'withdraw', null, 'number', '{number}', null, null),
  (302, 'withdraw', null, 'to', '{applicant}：', null, null),
  (303, 'withdraw', null, 'para', '{you}于{received_date}提出“{item}”申请（办件编号：{case_number}）。根据{signed}签署的撤回申请，本次申请已撤回，本机关终止办理。', null, null),
  (304, 'withdraw', null, 'para', '提交的申请材料凭本通知取回。需要办理的，可以重新提出申请。', null, null),
  (305, 'withdraw', null, 'field', '事项编码', '{item_code}', null),
  (306, 'withdraw', 'agent', 'field', '受托人', '{agent}', null),
  (307, 'withdraw', 'matter', 'field', '申请内容', '{matter}', null),
  (308, 'withdraw', 'remark', 'para', '其他事项：{remark}', null, null),
  (309, 'withdraw', null, 'qr', '{digits}', '凭此码查询', null),
  (310, 'withdraw', null, 'sign', '经办人', '{clerk}', '签收人'),
  (311, 'withdraw', null, 'seal', '{department}', '{issued_date}', null),
  (312, 'withdraw', 'replaces', 'small', '本通知替代{replaces}，该件已作废。', null, null),
  (313, 'withdraw', null, 'small', '窗口：{window}。', null, null)
) as b (line, kind, only_if, block, c1, c2, c3)
join hall.template t on t.kind = b.kind and t.version = 1;
update hall.template_block b set c4 = '' where b.block = 'sign' and b.c4 is null;
