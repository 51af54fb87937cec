-- Every kind of visitor: further parties of a case, one receipt for the cases of a visit
-- (CASE-2, DOC-1), cases keyed in from a receipt written by hand (CASE-3, CASE-18).
-- Must know no rule.

set role yimen_owner;

insert into hall.setting values
  ('hand.late_days', '1', 'working days after a receipt written by hand by whose closing time it is keyed in; later shows to supervision (CASE-3)'),
  ('month.close_day', '5', 'day of the next month at whose end a month closes: later key-in into it needs an exception (CASE-3)');

alter table hall.case_party drop constraint case_party_role_check;
alter table hall.case_party add check (role in ('applicant', 'agent', 'guardian', 'representative'));
comment on column hall.case_party.role is
  'applicant; agent (经办人); guardian (监护人) of a minor; representative (法定代表人) of an organisation.';

create index applicant_phone on hall.applicant (regexp_replace(phone, '[^0-9]', '', 'g'));

create table hall.receipt_case (
  notice_id int8 not null references hall.notice,
  case_id int8 not null references hall.case_file,
  primary key (notice_id, case_id)
);
comment on table hall.receipt_case is
  'The cases on a receipt of several (DOC-1); a paper of one case has no rows here. A later receipt of the visit replaces the one before.';
comment on column hall.receipt_case.notice_id is 'The receipt.';
comment on column hall.receipt_case.case_id is 'A case on it.';
create index receipt_case_case on hall.receipt_case (case_id);

create table hall.hand_receipt (
  case_id int8 primary key references hall.case_file,
  department_id int8 not null,
  no text not null,
  at timestamptz not null,
  keyed_at timestamptz not null,
  reason text not null,
  late bool not null,
  unique (department_id, no),
  check (at <= keyed_at)
);
comment on table hall.hand_receipt is
  'A receipt written by hand while line or power was down, keyed in later (CASE-3): every term runs from it (CASE-18).';
comment on column hall.hand_receipt.case_id is 'The case keyed in.';
comment on column hall.hand_receipt.department_id is 'Department whose receipts it is numbered among.';
comment on column hall.hand_receipt.no is 'Its number; never twice in a department.';
comment on column hall.hand_receipt.at is 'When the papers were received.';
comment on column hall.hand_receipt.keyed_at is 'When it was keyed in: order of events.';
comment on column hall.hand_receipt.reason is 'Why it was not keyed in at once.';
comment on column hall.hand_receipt.late is 'Later than hand.late_days allows: supervision sees it.';

create index hand_receipt_late on hall.hand_receipt (keyed_at) where late;

insert into hall.side_event values
  ('receipt', 'its receipt was issued anew with the other cases of its visit (CASE-2, DOC-1)');

insert into hall.condition values
  ('single', 'the paper is of one case'),
  ('several', 'a receipt is of several cases'),
  ('guardian', 'an applicant has a guardian'),
  ('representative', 'the legal representative of an organisation is known'),
  ('hand', 'received by hand, keyed in later (CASE-3)');

update hall.placeholder set help = 'applicants, the first one first' where name = 'applicant';
update hall.placeholder set help = 'how the applicant is spoken to: 你, 你单位; several: 你们' where name = 'you';
insert into hall.placeholder (no, name, help, given) values
  (39, 'guardian', 'guardian (监护人)', false),
  (40, 'representative', 'legal representative (法定代表人)', false),
  (41, 'agent_scope', 'what the agent''s letter of authority covers', false),
  (42, 'agent_until', 'its last day', false),
  (43, 'hand_no', 'number of the receipt written by hand', false),
  (71, 'several', 'number of cases on this receipt, when more than one', true),
  (72, 'place', 'which of them: 1, 2 …', true),
  (73, 'seal_of', 'whose seal a receipt of several cases bears', true);

-- A receipt has a head, a part for each of its cases, and an end; other papers have one part.
alter table hall.template_block add column part int2 not null default 0 check (part in (0, 1, 2));
comment on column hall.template_block.part is
  'Of a receipt: 0 once at the head, 1 for each of its cases, 2 once at the end. Of other papers: 0.';

update hall.template set in_force = false where kind in ('receipt', 'acceptance', 'correction', 'lapse');

insert into hall.template (kind, version, in_force, title, series)
select t.kind, 2, true, t.title, t.series from hall.template t
where t.kind in ('receipt', 'acceptance', 'correction', 'lapse') and t.version = 1
order by t.template_id;

-- The other papers as they were, and before the agent who stands behind the applicant.
insert into hall.template_block (template_id, no, each, only_if, block, c1, c2, c3, c4, widths)
select n.template_id, row_number() over (partition by n.template_id order by b.no, b.at), b.each, b.only_if,
  b.block, b.c1, b.c2, b.c3, b.c4, b.widths
from hall.template o
join hall.template n on n.kind = o.kind and n.version = 2
cross join lateral (
  select x.no, 3 as at, x.each, x.only_if, x.block, x.c1, x.c2, x.c3, x.c4, x.widths
  from hall.template_block x where x.template_id = o.template_id
  union all
  select x.no, v.at, null, v.only_if, 'field', v.c1, v.c2, null, null, null
  from hall.template_block x,
    (values (1, 'representative', '法定代表人', '{representative}'), (2, 'guardian', '监护人', '{guardian}')) v (at, only_if, c1, c2)
  where x.template_id = o.template_id and x.only_if = 'agent' and x.block = 'field') b
where o.version = 1 and o.kind in ('acceptance', 'correction', 'lapse');

insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select t.template_id, row_number() over (order by b.line), b.part, b.each, b.only_if, b.block, b.c1, b.c2, b.c3, b.c4, b.widths
from (values
  (1, 0, null, null, 'title', '收件凭证', null, null, null, null),
  (2, 0, null, 'single', 'number', '{case_number}', null, null, null, null),
  (3, 0, null, null, 'to', '{applicant}：', null, null, null, null),
  (4, 0, null, 'single', 'para', '{you}提交的“{item}”申请材料收悉，现出具收件凭证。', null, null, null, null),
  (5, 0, null, 'several', 'para', '{you}本次提交的下列{several}项申请的材料收悉，现一并出具收件凭证。此前为本次办理出具的收件凭证由本凭证代替。', null, null, null, null),
  (6, 0, null, null, 'field', '证件号码', '{id_no}', null, null, null),
  (7, 0, null, 'representative', 'field', '法定代表人', '{representative}', null, null, null),
  (8, 0, null, 'guardian', 'field', '监护人', '{guardian}', null, null, null),
  (9, 0, null, 'agent', 'field', '受托人', '{agent}', null, null, null),
  (20, 1, null, 'several', 'para', '{place}. {item}（办件编号：{case_number}）', null, null, null, null),
  (21, 1, null, null, 'field', '事项编码', '{item_code}', null, null, null),
  (22, 1, null, 'matter', 'field', '申请内容', '{matter}', null, null, null),
  (23, 1, null, null, 'field', '收件日期', '{delivered_date}（第{delivery}次收件）', null, null, null),
  (24, 1, null, 'hand', 'field', '手工凭证', '{hand_no}', null, null, null),
  (25, 1, null, 'several', 'field', '答复期限', '{term_date}{term_hour}前', null, null, null),
  (26, 1, null, 'kept', 'head', '序号', '收到的材料', '形式', '份数', '1,7,2,1'),
  (27, 1, 'kept', null, 'row', '{m.no}', '{m.name}', '{m.form}', '{m.copies}', null),
  (28, 1, null, 'lacking', 'head', '序号', '未收到或者需要更正的材料', '形式', '情形', '1,7,2,2'),
  (29, 1, 'lacking', null, 'row', '{m.no}', '{m.name}', '{m.form}', '{m.problem}', null),
  (30, 1, null, 'several', 'qr', '{digits}', '凭此码查询第{place}项办理进度', null, null, null),
  (40, 2, null, 'single', 'para', '材料是否齐全、符合法定形式，本窗口将在{term_date}{term_hour}前作出受理或者一次性告知补正的处理；逾期不告知的，自收到材料之日起即为受理。本凭证不作为受理的凭据。', null, null, null, null),
  (41, 2, null, 'several', 'para', '各项申请的材料是否齐全、符合法定形式，本窗口将在各自的答复期限前作出受理或者一次性告知补正的处理；逾期不告知的，自收到材料之日起即为受理。本凭证不作为受理的凭据。', null, null, null, null),
  (42, 2, null, 'single', 'qr', '{digits}', '凭此码查询办理进度', null, null, null),
  (43, 2, null, null, 'sign', '收件人', '{clerk}', '申请人（受托人）', '', null),
  (44, 2, null, 'single', 'seal', '{department}', '{issued_date}', null, null, null),
  (45, 2, null, 'several', 'seal', '{seal_of}', '{issued_date}', null, null, null),
  (46, 2, null, null, 'small', '收件窗口：{window}', null, null, null, null)
) as b (line, part, each, only_if, block, c1, c2, c3, c4, widths)
join hall.template t on t.kind = 'receipt' and t.version = 2;
