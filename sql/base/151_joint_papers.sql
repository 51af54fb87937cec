-- Papers of joint cases (DOC-1): 会议通知, 会议纪要 (PAR-5), 会签意见表 (PAR-2, DEEM-4), 流转单 (PAR-7). Must know no rule.

set role yimen_owner;

alter table hall.placeholder drop constraint placeholder_check;
alter table hall.placeholder add check (given = (no between 61 and 120 or no between 151 and 170));
comment on column hall.placeholder.no is
  'Place in the list of values: 1 to 60 of the case, 61 to 120 and 151 to 170 given, 121 to 150 and 171 to 180 of a repeated row.';

insert into hall.placeholder (no, name, help, given) values
  (151, 'meeting_kind', 'what departments are called to: 联审会, 联合踏勘, 联合验收 (PAR-5)', true),
  (152, 'meeting_at', 'when it takes place', true),
  (153, 'meeting_place', 'where', true),
  (154, 'agenda', 'what it is about', true),
  (155, 'called', 'the departments called', true),
  (156, 'moved', 'when and where it was to take place before it was moved, and why it was', true),
  (157, 'absence', 'legal basis by which a department that stays away is deemed to agree (DEEM-1)', true),
  (158, 'minutes', 'what came of it', true),
  (159, 'papers_at', 'where the papers of a case are (PAR-7)', true),
  (171, 'm.department', 'a row of a joint case: department', false),
  (172, 'm.opinion', 'a row of a joint case: its opinion, or whether it attended', false),
  (173, 'm.signed', 'a row of a joint case: who signed, as what, when; or who attended', false);

insert into hall.notice_kind (kind, help) values
  ('meeting', '会议通知: the written call to a meeting or site visit (PAR-5)'),
  ('minutes', '会议纪要'),
  ('opinions', '会签意见表: every opinion of a joint case'),
  ('slip', '流转单: where the papers of a joint case are (PAR-7)');

insert into hall.condition values
  ('opinion', 'each: the opinions of a joint case; there are some'),
  ('called', 'each: the departments called, or those of a joint case; there are some'),
  ('moved', 'a meeting was moved'),
  ('absence', 'a department that stays away is deemed to agree (DEEM-1)');

insert into hall.template (kind, version, in_force, title, series) values
  ('meeting', 1, true, '会议通知', '会'),
  ('minutes', 1, true, '会议纪要', '纪'),
  ('opinions', 1, true, '会签意见表', '会签'),
  ('slip', 1, true, '流转单', '流转');

insert into hall.template_block (template_id, no, only_if, each, block, c1, c2, c3, c4, widths)
select t.template_id, row_number() over (partition by b.kind order by b.line), b.only_if, b.each, b.block, b.c1, b.c2, b.c3, b.c4, b.widths
from (values
  (1, 'meeting', null, null, 'title', '{meeting_kind}通知', null, null, null, null),
  (2, 'meeting', null, null, 'number', '{number}', null, null, null, null),
  (3, 'meeting', null, null, 'to', '{called}：', null, null, null, null),
  (4, 'meeting', null, null, 'para', '为办理{applicant}申请的“{item}”（办件编号：{case_number}），定于{meeting_at}举行{meeting_kind}，请派员准时参加。', null, null, null, null),
  (5, 'meeting', null, null, 'field', '时间', '{meeting_at}', null, null, null),
  (6, 'meeting', null, null, 'field', '地点', '{meeting_place}', null, null, null),
  (7, 'meeting', null, null, 'field', '议题', '{agenda}', null, null, null),
  (8, 'meeting', 'matter', null, 'field', '申请内容', '{matter}', null, null, null),
  (9, 'meeting', 'moved', null, 'field', '改期说明', '{moved}', null, null, null),
  (10, 'meeting', null, null, 'para', '请参加人员携带审查意见，会上当场发表并签字；会上发表的意见取代此前的意见。', null, null, null, null),
  (11, 'meeting', 'absence', null, 'para', '经书面通知按时送达而未参加的，依据{absence}，视为同意。', null, null, null, null),
  (12, 'meeting', null, null, 'head', '序号', '部门', '签收人', '签收时间', '2,10,5,6'),
  (13, 'meeting', null, 'called', 'row', '{m.no}', '{m.department}', '', '', null),
  (14, 'meeting', null, null, 'sign', '经办人', '{clerk}', '', '', null),
  (15, 'meeting', null, null, 'seal', '{department}', '{issued_date}', null, null, null),
  (16, 'meeting', 'replaces', null, 'small', '本通知替代{replaces}，该件已作废。', null, null, null, null),
  (17, 'meeting', null, null, 'small', '主办窗口：{window}。', null, null, null, null),

  (101, 'minutes', null, null, 'title', '{meeting_kind}纪要', null, null, null, null),
  (102, 'minutes', null, null, 'number', '{number}', null, null, null, null),
  (103, 'minutes', null, null, 'field', '办理事项', '{item}', null, null, null),
  (104, 'minutes', null, null, 'field', '办件编号', '{case_number}', null, null, null),
  (105, 'minutes', null, null, 'field', '申请人', '{applicant}', null, null, null),
  (106, 'minutes', null, null, 'field', '时间', '{meeting_at}', null, null, null),
  (107, 'minutes', null, null, 'field', '地点', '{meeting_place}', null, null, null),
  (108, 'minutes', null, null, 'field', '议题', '{agenda}', null, null, null),
  (109, 'minutes', null, null, 'para', '一、参加情况', null, null, null, null),
  (110, 'minutes', null, null, 'head', '序号', '部门', '参加情况', '参加人', '2,9,8,7'),
  (111, 'minutes', null, 'called', 'row', '{m.no}', '{m.department}', '{m.opinion}', '{m.signed}', null),
  (112, 'minutes', 'opinion', null, 'para', '二、审查意见', null, null, null, null),
  (113, 'minutes', 'opinion', null, 'head', '序号', '部门、审查事项', '意见', '签署', '2,8,9,7'),
  (114, 'minutes', 'opinion', 'opinion', 'row', '{m.no}', '{m.department}：{m.name}', '{m.opinion}', '{m.signed}', null),
  (115, 'minutes', null, null, 'field', '会议结论', '{minutes}', null, null, null),
  (116, 'minutes', null, null, 'sign', '记录人', '{clerk}', '主持人', '', null),
  (117, 'minutes', null, null, 'seal', '{department}', '{issued_date}', null, null, null),
  (118, 'minutes', 'replaces', null, 'small', '本纪要替代{replaces}，该件已作废。', null, null, null, null),

  (201, 'opinions', null, null, 'title', '会签意见表', null, null, null, null),
  (202, 'opinions', null, null, 'number', '{number}', null, null, null, null),
  (203, 'opinions', null, null, 'field', '办理事项', '{item}', null, null, null),
  (204, 'opinions', null, null, 'field', '办件编号', '{case_number}', null, null, null),
  (205, 'opinions', null, null, 'field', '申请人', '{applicant}', null, null, null),
  (206, 'opinions', 'matter', null, 'field', '申请内容', '{matter}', null, null, null),
  (207, 'opinions', null, null, 'field', '收件日期', '{received_date}', null, null, null),
  (208, 'opinions', null, null, 'head', '序号', '部门、审查事项', '意见', '签署', '2,8,9,7'),
  (209, 'opinions', null, 'opinion', 'row', '{m.no}', '{m.department}：{m.name}', '{m.opinion}', '{m.signed}', null),
  (210, 'opinions', 'remark', null, 'field', '说明', '{remark}', null, null, null),
  (211, 'opinions', null, null, 'para', '注明“默许”的，系该部门在期限内未答复或者经书面通知未参加，依所列规定视为同意，责任由该部门承担。', null, null, null, null),
  (212, 'opinions', null, null, 'sign', '经办人', '{clerk}', '主办部门负责人', '', null),
  (213, 'opinions', null, null, 'seal', '{department}', '{issued_date}', null, null, null),
  (214, 'opinions', 'replaces', null, 'small', '本表替代{replaces}，该件已作废。', null, null, null, null),

  (301, 'slip', null, null, 'title', '流转单', null, null, null, null),
  (302, 'slip', null, null, 'number', '{number}', null, null, null, null),
  (303, 'slip', null, null, 'field', '办理事项', '{item}', null, null, null),
  (304, 'slip', null, null, 'field', '办件编号', '{case_number}', null, null, null),
  (305, 'slip', null, null, 'field', '申请人', '{applicant}', null, null, null),
  (306, 'slip', null, null, 'field', '材料存放', '{papers_at}', null, null, null),
  (307, 'slip', 'kept', null, 'para', '一、流转的材料', null, null, null, null),
  (308, 'slip', 'kept', null, 'head', '序号', '材料名称', '形式', '份数', '2,12,6,3'),
  (309, 'slip', 'kept', 'kept', 'row', '{m.no}', '{m.name}', '{m.form}', '{m.copies}', null),
  (310, 'slip', 'called', null, 'para', '二、查阅、签收', null, null, null, null),
  (311, 'slip', 'called', null, 'head', '序号', '部门', '签收人', '日期', '2,10,5,6'),
  (312, 'slip', 'called', 'called', 'row', '{m.no}', '{m.department}', '', '', null),
  (313, 'slip', 'remark', null, 'field', '说明', '{remark}', null, null, null),
  (314, 'slip', null, null, 'para', '材料在上列地点查阅；取走的，取走人在本单签字，用毕当日送回。', null, null, null, null),
  (315, 'slip', null, null, 'sign', '交出人', '{clerk}', '', '', null),
  (316, 'slip', null, null, 'seal', '{department}', '{issued_date}', null, null, null),
  (317, 'slip', 'replaces', null, 'small', '本单替代{replaces}，该件已作废。', null, null, null, null)
) as b (line, kind, only_if, each, block, c1, c2, c3, c4, widths)
join hall.template t on t.kind = b.kind and t.in_force;
