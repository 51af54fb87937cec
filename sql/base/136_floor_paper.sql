-- Papers of the hall's own floor, of no case (DOC-1): 交接单 (POST-3) and 去向告知牌 (POST-6). Numbered
-- and kept as notices are. Must know no rule.

set role yimen_owner;

alter table hall.notice_kind add column floor bool not null default false;
comment on column hall.notice_kind.floor is 'Of no case: kept in hall.floor_paper.';
insert into hall.notice_kind (kind, help, floor) values
  ('handover', '交接单', true),
  ('away', '去向告知牌', true);

create table hall.floor_paper (
  paper_id int8 primary key default hall.next_id(),
  kind text not null references hall.notice_kind,
  department_id int8 not null references hall.department,
  year int4 not null,
  serial int4 not null,
  number text not null,
  template_id int4 not null references hall.template,
  title text not null,
  issued_at timestamptz not null,
  staff_id int8 not null references hall.staff,
  subject_id int8 not null,
  blocks hall.block[] not null,
  made_from jsonb not null,
  unique (department_id, kind, year, serial)
);
comment on table hall.floor_paper is 'A paper of no case as issued, kept exactly (DOC-3).';
comment on column hall.floor_paper.paper_id is 'Key.';
comment on column hall.floor_paper.kind is 'Kind.';
comment on column hall.floor_paper.department_id is 'Department whose series it is in.';
comment on column hall.floor_paper.year is 'Year of its series.';
comment on column hall.floor_paper.serial is 'Number in its series, without gaps (DOC-2).';
comment on column hall.floor_paper.number is 'Number as written.';
comment on column hall.floor_paper.template_id is 'Version of the template it was made from.';
comment on column hall.floor_paper.title is 'Title.';
comment on column hall.floor_paper.issued_at is 'Business time of issue.';
comment on column hall.floor_paper.staff_id is 'Whose command made it.';
comment on column hall.floor_paper.subject_id is 'The handover or the whereabouts it tells of.';
comment on column hall.floor_paper.blocks is 'Its content.';
comment on column hall.floor_paper.made_from is 'Words, conditions and rows it was filled in from.';
create index floor_paper_subject on hall.floor_paper (subject_id);
create trigger append_only before update or delete on hall.floor_paper for each row execute function hall.append_only();
create trigger keep_all before truncate on hall.floor_paper for each statement execute function hall.append_only();

insert into hall.placeholder (no, name, help, given) values
  (111, 'giver', 'who hands a post over', true),
  (112, 'taker', 'who takes it over', true),
  (113, 'from', 'from which moment', true),
  (114, 'until', 'until which moment', true),
  (115, 'late', 'that it was planned late (POST-3)', true),
  (116, 'destination', 'where somebody went', true),
  (117, 'contact', 'how they are reached', true),
  (118, 'watch', 'neighbouring window that watches theirs (POST-6)', true),
  (119, 'away_kind', 'why they are away, such as 开会', true),
  (120, 'person', 'who is away', true),
  (132, 'm.number', 'a case handed over: its number', false),
  (133, 'm.note', 'a case or thing handed over: what to know about it', false),
  (134, 'm.due', 'a case handed over: day it is due', false);

insert into hall.condition values
  ('case', 'each: the cases handed over; there are some'),
  ('thing', 'each: papers, seals and other things handed over; there are some'),
  ('late', 'a handover was planned later than a working day ahead (POST-3)'),
  ('contact', 'whoever is away can be reached'),
  ('watch', 'a neighbouring window watches'),
  ('no_watch', 'none does');

insert into hall.template (kind, version, in_force, title, series) values
  ('handover', 1, true, '岗位交接单', '交'),
  ('away', 1, true, '去向告知牌', '去');

insert into hall.template_block (template_id, no, only_if, each, block, c1, c2, c3, c4, widths)
select t.template_id, row_number() over (partition by b.kind order by b.line), b.only_if, b.each, b.block, b.c1, b.c2, b.c3, b.c4, b.widths
from (values
  (1, 'handover', null, null, 'title', '岗位交接单', null, null, null, null),
  (2, 'handover', null, null, 'number', '{number}', null, null, null, null),
  (3, 'handover', null, null, 'field', '岗位', '{post}', null, null, null),
  (4, 'handover', null, null, 'field', '移交人', '{giver}', null, null, null),
  (5, 'handover', null, null, 'field', '接收人', '{taker}', null, null, null),
  (6, 'handover', null, null, 'field', '起始时间', '{from}', null, null, null),
  (7, 'handover', null, null, 'field', '截止时间', '{until}', null, null, null),
  (8, 'handover', null, null, 'field', '交接事由', '{reason}', null, null, null),
  (9, 'handover', 'late', null, 'field', '说明', '{late}', null, null, null),
  (10, 'handover', 'case', null, 'para', '一、在办事项', null, null, null, null),
  (11, 'handover', 'case', null, 'head', '序号', '办件编号', '事项', '交接说明', '2,11,10,11'),
  (12, 'handover', 'case', 'case', 'row', '{m.no}', '{m.number}', '{m.name}', '{m.note}', null),
  (13, 'handover', 'thing', null, 'para', '二、文件、印章及其他物品', null, null, null, null),
  (14, 'handover', 'thing', null, 'head', '序号', '名称', '接收人确认', null, '1,9,3'),
  (15, 'handover', 'thing', 'thing', 'row', '{m.no}', '{m.name}', '{m.note}', null, null),
  (16, 'handover', null, null, 'para', '自起始时间起，接收人代行本岗位全部职责，对办理结果负责；至截止时间，岗位交还，接收人将代岗期间的办理情况交移交人核对。', null, null, null, null),
  (17, 'handover', null, null, 'sign', '移交人', '{giver}', '接收人', '{taker}', null),
  (18, 'handover', null, null, 'seal', '{department}', '{issued_date}', null, null, null),
  (19, 'handover', null, null, 'small', '本单一式两份，移交人、接收人各执一份。', null, null, null, null),

  (201, 'away', null, null, 'title', '去向告知牌', null, null, null, null),
  (202, 'away', null, null, 'number', '{number}', null, null, null, null),
  (203, 'away', null, null, 'field', '窗口', '{window}', null, null, null),
  (204, 'away', null, null, 'field', '工作人员', '{person}', null, null, null),
  (205, 'away', null, null, 'field', '离岗事由', '{away_kind}', null, null, null),
  (206, 'away', null, null, 'field', '去向', '{destination}', null, null, null),
  (207, 'away', 'contact', null, 'field', '联系方式', '{contact}', null, null, null),
  (208, 'away', null, null, 'field', '离岗时间', '{from}', null, null, null),
  (209, 'away', null, null, 'field', '返岗时间', '{until}', null, null, null),
  (210, 'away', 'watch', null, 'para', '离岗期间由{watch}代为接待，请您移步办理。', null, null, null, null),
  (211, 'away', 'no_watch', null, 'para', '如需办理，请稍候或与大厅咨询台联系。', null, null, null, null),
  (212, 'away', null, null, 'seal', '{department}', '{issued_date}', null, null, null)
) b (line, kind, only_if, each, block, c1, c2, c3, c4, widths)
join hall.template t on t.kind = b.kind and t.in_force;
