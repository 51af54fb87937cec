-- Papers of originals (CASE-2): the receipt lists those kept the day it was issued; later ones
-- have a slip of their own, and what goes back has one the citizen signs. Neither slip has a
-- series (DOC-1, as the receipt). Must know no rule.

set role yimen_owner;

insert into hall.notice_kind values
  ('original', '原件收存凭证: originals kept after the day of the receipt'),
  ('give_back', '原件归还清单: originals that went back, signed by who got them');

insert into hall.condition values
  ('original', 'originals the paper tells of; each: these'),
  ('receiver', 'who got originals back is named');

insert into hall.placeholder (no, name, help, given) values
  (74, 'receiver', 'who got originals back and signs for them', true);

-- The next version of the receipt: the blocks of the last one, and the originals after what lacks.
with old as (
  update hall.template set in_force = false where kind = 'receipt' and in_force
  returning template_id, kind, version, title, series
), made as (
  insert into hall.template (kind, version, in_force, title, series)
  select o.kind, o.version + 1, false, o.title, o.series from old o returning template_id
), kept as (
  select b.no * 10 as place, b.part, b.each, b.only_if, b.block, b.c1, b.c2, b.c3, b.c4, b.widths
  from old o join hall.template_block b on b.template_id = o.template_id
), added as (
  select k.place + x.after, k.part, x.each, x.only_if, x.block, x.c1, x.c2, x.c3, x.c4, x.widths
  from kept k cross join (values
    (1, null, 'original', 'head', '序号', '收存的原件（凭本凭证领回）', '份数', '收存日期', '1,6,2,3'),
    (2, 'original', null, 'row', '{m.no}', '{m.name}', '{m.copies}', '{m.later_date}', null)
  ) x (after, each, only_if, block, c1, c2, c3, c4, widths)
  where k.each = 'lacking'
)
insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select m.template_id, row_number() over (order by q.place), q.part, q.each, q.only_if, q.block, q.c1, q.c2, q.c3, q.c4, q.widths
from made m, (select * from kept union all select * from added) q;
update hall.template t set in_force = true
where t.kind = 'receipt' and t.version = (select max(x.version) from hall.template x where x.kind = t.kind);

insert into hall.template (kind, version, in_force, title, series) values
  ('original', 1, true, '原件收存凭证', ''),
  ('give_back', 1, true, '原件归还清单', '');

insert into hall.template_block (template_id, no, each, only_if, block, c1, c2, c3, c4, widths)
select t.template_id, row_number() over (partition by b.kind order by b.line), b.each, b.only_if, b.block, b.c1, b.c2, b.c3, b.c4, b.widths
from (values
  (100, 'original', null, null, 'title', '原件收存凭证', null, null, null, null),
  (101, 'original', null, null, 'number', '{case_number}', null, null, null, null),
  (102, 'original', null, null, 'to', '{applicant}：', null, null, null, null),
  (103, 'original', null, null, 'para', '办理{you}提出的“{item}”申请（办件编号：{case_number}）需要，本窗口收存下列原件，办理所需用毕即予归还。', null, null, null, null),
  (104, 'original', null, 'original', 'head', '序号', '收存的原件', '份数', '收存日期', '1,6,2,3'),
  (105, 'original', 'original', null, 'row', '{m.no}', '{m.name}', '{m.copies}', '{m.later_date}', null),
  (106, 'original', null, 'agent', 'field', '受托人', '{agent}', null, null, null),
  (107, 'original', null, null, 'para', '请妥善保管本凭证，凭本凭证和领取人身份证件领回，领取时当面清点并签字。', null, null, null, null),
  (108, 'original', null, null, 'qr', '{digits}', '凭此码查询办理进度', null, null, null),
  (109, 'original', null, null, 'sign', '收存人', '{clerk}', '交存人', '', null),
  (110, 'original', null, null, 'seal', '{department}', '{issued_date}', null, null, null),
  (111, 'original', null, null, 'small', '窗口：{window}', null, null, null, null),

  (200, 'give_back', null, null, 'title', '原件归还清单', null, null, null, null),
  (201, 'give_back', null, null, 'number', '{case_number}', null, null, null, null),
  (202, 'give_back', null, null, 'para', '{applicant}办理“{item}”（办件编号：{case_number}）时由窗口收存的下列原件，现已归还，领取人当面清点无误。', null, null, null, null),
  (203, 'give_back', null, 'original', 'head', '序号', '归还的原件', '份数', '收存日期', '1,6,2,3'),
  (204, 'give_back', 'original', null, 'row', '{m.no}', '{m.name}', '{m.copies}', '{m.later_date}', null),
  (205, 'give_back', null, 'receiver', 'field', '领取人', '{receiver}', null, null, null),
  (206, 'give_back', null, null, 'field', '归还日期', '{issued_date}', null, null, null),
  (207, 'give_back', null, 'remark', 'field', '说明', '{remark}', null, null, null),
  (208, 'give_back', null, null, 'qr', '{digits}', '办件编号', null, null, null),
  (209, 'give_back', null, null, 'sign', '归还人', '{clerk}', '领取人', '', null),
  (210, 'give_back', null, null, 'seal', '{department}', '{issued_date}', null, null, null),
  (211, 'give_back', null, null, 'small', '窗口：{window}。本清单由领取人签字后存档。', null, null, null, null)
) as b (line, kind, each, only_if, block, c1, c2, c3, c4, widths)
join hall.template t on t.kind = b.kind and t.version = 1;
