-- Papers of the life of a case (DOC-1): special procedure, extension, decision, fee, delivery; the
-- paper that closes a decided case, a correction asked after acceptance. Must know no rule.

set role yimen_owner;

insert into hall.placeholder (no, name, help, given) values
  (77, 'procedure', 'special procedure for which the case stands still (CASE-6)', true),
  (78, 'reason', 'why a limit stands still or is extended', true),
  (79, 'expected', 'how long that is expected to take, with its unit', true),
  (80, 'ends', 'day on which it ends as stated', true),
  (81, 'extended', 'what an extension adds, with its unit (CASE-7)', true),
  (82, 'was_due', 'last day before it was extended', true),
  (83, 'valid_until', 'last day the result document is valid', true),
  (84, 'deliver_by', 'last day to deliver it (CASE-8)', true),
  (85, 'amount', 'amount to pay (FEE-1)', true),
  (86, 'amount_cn', 'the same in capital numerals', true),
  (87, 'fee_note', 'how it was computed', true),
  (88, 'reduced', 'what a reduction took off, and why', true),
  (89, 'pay_at', 'where to pay', true),
  (90, 'how', 'how something was delivered', true),
  (91, 'received_by', 'who received it', true),
  (92, 'received_on', 'on which day', true),
  (93, 'papers', 'papers handed over along with the result document', true),
  (94, 'decided', 'what was decided, such as 准予行政许可', true),
  (95, 'decided_no', 'number of the decision', true),
  (96, 'decided_on', 'day of the decision', true),
  (97, 'timing', 'early, on time or overdue, and by how much (CLK-6)', true),
  (98, 'took', 'how long it took, with its unit', true),
  (99, 'standing', 'limits stand still until the one-time notice is answered (ONE-3): 是', true);

insert into hall.notice_kind values
  ('special', '特别程序告知书'),
  ('extend', '延期通知书'),
  ('grant', '准予决定书'),
  ('refuse', '不予许可决定书'),
  ('fee', '缴费通知'),
  ('deliver', '送达回证');

insert into hall.condition values
  ('ends', 'a day on which the special procedure ends was stated'),
  ('document', 'there is a result document'),
  ('valid_until', 'the result document is valid until a day'),
  ('fee_note', 'how the fee was computed was written'),
  ('reduced', 'the fee was reduced'),
  ('papers', 'other papers were handed over, too'),
  ('on_the_spot', 'no decision was made before: finished on the spot'),
  ('decided', 'a decision was made before'),
  ('timing', 'a limit was promised against which the end is measured'),
  ('took', 'how long it took is told'),
  ('at_receipt', 'a correction asked before acceptance'),
  ('standing', 'a correction asked after acceptance: limits stand still until it is answered');

insert into hall.setting values
  ('fee.pay_at', '本大厅银行收费窗口', 'where applicants pay, as the payment notice says it (FEE-1)');

insert into hall.template (kind, version, in_force, title, series) values
  ('special', 1, true, '特别程序告知书', '特'),
  ('extend', 1, true, '延期通知书', '延'),
  ('grant', 1, true, '准予决定书', '准'),
  ('refuse', 1, true, '不予许可决定书', '不许'),
  ('fee', 1, true, '缴费通知', '费'),
  ('deliver', 1, true, '送达回证', '送');
update hall.template set in_force = false where kind = 'finish';
insert into hall.template (kind, version, in_force, title, series)
select 'finish', max(t.version) + 1, true, '办结通知书', '结' from hall.template t where t.kind = 'finish';

insert into hall.template_block (template_id, no, only_if, block, c1, c2, c3, c4)
select t.template_id, row_number() over (partition by b.kind order by b.line), b.only_if, b.block, b.c1, b.c2, b.c3,
  case b.block when 'sign' then '' end
from (values
  (100, 'special', null, 'title', '特别程序告知书', null, null),
  (101, 'special', null, 'number', '{number}', null, null),
  (102, 'special', null, 'to', '{applicant}：', null, null),
  (103, 'special', null, 'para', '{you}于{delivered_date}提交的“{item}”申请（办件编号：{case_number}）正在办理。根据审查需要，现依法进行{procedure}，有关情况告知如下：', null, null),
  (104, 'special', null, 'field', '特别程序', '{procedure}', null),
  (105, 'special', null, 'field', '理由', '{reason}', null),
  (106, 'special', null, 'field', '所需时间', '预计{expected}', null),
  (107, 'special', null, 'field', '起始日期', '{issued_date}', null),
  (108, 'special', 'ends', 'field', '结束日期', '{ends}', null),
  (109, 'special', 'agent', 'field', '受托人', '{agent}', null),
  (110, 'special', 'matter', 'field', '申请内容', '{matter}', null),
  (111, 'special', 'licence', 'para', '根据《中华人民共和国行政许可法》第四十五条的规定，{procedure}所需时间不计算在办理期限内。', null, null),
  (112, 'special', 'other', 'para', '{procedure}所需时间不计算在办理期限内。', null, null),
  (113, 'special', null, 'para', '办理期限自本告知书发出时起停止计算，{procedure}结束后接续计算。', null, null),
  (114, 'special', 'ends', 'para', '至上列结束日期，办理期限即行恢复计算，不再另行通知。', null, null),
  (115, 'special', 'remark', 'para', '其他事项：{remark}', null, null),
  (116, 'special', null, 'qr', '{digits}', '凭此码查询办理进度', null),
  (117, 'special', null, 'sign', '经办人', '{clerk}', '签收人'),
  (118, 'special', null, 'seal', '{department}', '{issued_date}', null),
  (119, 'special', 'replaces', 'small', '本告知书替代{replaces}，该件已作废。', null, null),
  (120, 'special', null, 'small', '窗口：{window}。本告知书一式两份，一份交申请人，一份存档。', null, null),

  (200, 'extend', null, 'title', '延期通知书', null, null),
  (201, 'extend', null, 'number', '{number}', null, null),
  (202, 'extend', null, 'to', '{applicant}：', null, null),
  (203, 'extend', null, 'para', '{you}于{delivered_date}提交的“{item}”申请（办件编号：{case_number}），本机关不能在原定期限内作出决定。经批准，办理期限延长{extended}，有关情况告知如下：', null, null),
  (204, 'extend', null, 'field', '延期理由', '{reason}', null),
  (205, 'extend', null, 'field', '原定期限', '{was_due}前（含当日）', null),
  (206, 'extend', null, 'field', '延长后的期限', '{due_date}前（含当日）', null),
  (207, 'extend', 'provisional', 'field', '说明', '所跨年度放假安排尚未公布，上述日期为暂定', null),
  (208, 'extend', null, 'field', '事项编码', '{item_code}', null),
  (209, 'extend', 'agent', 'field', '受托人', '{agent}', null),
  (210, 'extend', 'matter', 'field', '申请内容', '{matter}', null),
  (211, 'extend', 'licence', 'para', '依据：《中华人民共和国行政许可法》第四十二条。', null, null),
  (212, 'extend', null, 'para', '办理期限只延长一次。', null, null),
  (213, 'extend', 'remark', 'para', '其他事项：{remark}', null, null),
  (214, 'extend', null, 'qr', '{digits}', '凭此码查询办理进度', null),
  (215, 'extend', null, 'sign', '经办人', '{clerk}', '签收人'),
  (216, 'extend', null, 'seal', '{department}', '{issued_date}', null),
  (217, 'extend', 'replaces', 'small', '本通知书替代{replaces}，该件已作废。', null, null),
  (218, 'extend', null, 'small', '窗口：{window}。本通知书一式两份，一份交申请人，一份存档。', null, null),

  (300, 'grant', 'licence', 'title', '准予行政许可决定书', null, null),
  (301, 'grant', 'other', 'title', '准予决定书', null, null),
  (302, 'grant', null, 'number', '{number}', null, null),
  (303, 'grant', null, 'to', '{applicant}：', null, null),
  (304, 'grant', 'licence', 'para', '{you}于{delivered_date}提交的“{item}”申请（办件编号：{case_number}），经审查，符合法定条件、标准。根据《中华人民共和国行政许可法》第三十八条第一款的规定，本机关决定准予行政许可。', null, null),
  (305, 'grant', 'other', 'para', '{you}于{delivered_date}提交的“{item}”申请（办件编号：{case_number}），经审查，符合规定的条件，本机关决定准予办理。', null, null),
  (306, 'grant', null, 'field', '办理结果', '{document}', null),
  (307, 'grant', 'document_no', 'field', '证照编号', '{document_no}', null),
  (308, 'grant', 'valid_until', 'field', '有效期', '至{valid_until}', null),
  (309, 'grant', null, 'field', '事项编码', '{item_code}', null),
  (310, 'grant', 'agent', 'field', '受托人', '{agent}', null),
  (311, 'grant', 'matter', 'field', '申请内容', '{matter}', null),
  (312, 'grant', null, 'field', '法律依据', '{legal_basis}', null),
  (313, 'grant', null, 'para', '请凭本决定书到{window}领取{document}。本机关最迟于{deliver_by}送达。', null, null),
  (314, 'grant', 'remark', 'para', '其他事项：{remark}', null, null),
  (315, 'grant', null, 'qr', '{digits}', '凭此码查询', null),
  (316, 'grant', null, 'sign', '经办人', '{clerk}', '签收人'),
  (317, 'grant', null, 'seal', '{department}', '{issued_date}', null),
  (318, 'grant', 'replaces', 'small', '本决定书替代{replaces}，该件已作废。', null, null),
  (319, 'grant', null, 'small', '本决定书一式两份，一份交申请人，一份存档。', null, null),

  (400, 'refuse', 'licence', 'title', '不予许可决定书', null, null),
  (401, 'refuse', 'other', 'title', '不予办理决定书', null, null),
  (402, 'refuse', null, 'number', '{number}', null, null),
  (403, 'refuse', null, 'to', '{applicant}：', null, null),
  (404, 'refuse', null, 'para', '{you}于{delivered_date}提交的“{item}”申请（办件编号：{case_number}），本机关受理后进行了审查，现查明：{facts}', null, null),
  (405, 'refuse', 'licence', 'para', '上述情形不符合取得该项行政许可的条件、标准。根据《中华人民共和国行政许可法》第三十八条第二款和下列依据，本机关决定不予行政许可。', null, null),
  (406, 'refuse', 'other', 'para', '上述情形不符合办理该事项的条件。根据下列依据，本机关决定不予办理。', null, null),
  (407, 'refuse', null, 'field', '法律依据', '{basis}', null),
  (408, 'refuse', 'matter', 'field', '申请内容', '{matter}', null),
  (409, 'refuse', null, 'field', '事项编码', '{item_code}', null),
  (410, 'refuse', 'agent', 'field', '受托人', '{agent}', null),
  (411, 'refuse', 'remark', 'para', '其他事项：{remark}', null, null),
  (412, 'refuse', null, 'para', '如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，也可以自收到本决定书之日起六个月内依法向人民法院提起行政诉讼。', null, null),
  (413, 'refuse', null, 'qr', '{digits}', '凭此码查询', null),
  (414, 'refuse', null, 'sign', '经办人', '{clerk}', '签收人'),
  (415, 'refuse', null, 'seal', '{department}', '{issued_date}', null),
  (416, 'refuse', 'replaces', 'small', '本决定书替代{replaces}，该件已作废。', null, null),
  (417, 'refuse', null, 'small', '窗口：{window}。本决定书一式两份，一份交申请人，一份存档。', null, null),

  (500, 'fee', null, 'title', '缴费通知', null, null),
  (501, 'fee', null, 'number', '{number}', null, null),
  (502, 'fee', null, 'to', '{applicant}：', null, null),
  (503, 'fee', null, 'para', '{you}申请的“{item}”（办件编号：{case_number}）依照公布的标准收费。请持本通知到{pay_at}缴纳下列费用：', null, null),
  (504, 'fee', null, 'field', '应缴金额', '人民币{amount_cn}（{amount}）', null),
  (505, 'fee', null, 'field', '收费标准', '{fee}', null),
  (506, 'fee', null, 'field', '收费依据', '{fee_basis}', null),
  (507, 'fee', 'fee_note', 'field', '计算说明', '{fee_note}', null),
  (508, 'fee', 'reduced', 'field', '减免', '{reduced}', null),
  (509, 'fee', null, 'field', '事项编码', '{item_code}', null),
  (510, 'fee', 'agent', 'field', '受托人', '{agent}', null),
  (511, 'fee', 'matter', 'field', '申请内容', '{matter}', null),
  (512, 'fee', 'remark', 'para', '其他事项：{remark}', null, null),
  (513, 'fee', null, 'para', '缴费后请索取票据，并将票据号码告知{window}。办事窗口不收现金，除上列金额外不收取任何费用。', null, null),
  (514, 'fee', null, 'qr', '{digits}', '凭此码查询', null),
  (515, 'fee', null, 'sign', '经办人', '{clerk}', '签收人'),
  (516, 'fee', null, 'seal', '{department}', '{issued_date}', null),
  (517, 'fee', 'replaces', 'small', '本通知替代{replaces}，该件已作废。', null, null),
  (518, 'fee', null, 'small', '本通知不是收费票据，一式三份：缴费人、收费窗口、存档各一份。', null, null),

  (600, 'deliver', null, 'title', '送达回证', null, null),
  (601, 'deliver', null, 'number', '{number}', null, null),
  (602, 'deliver', null, 'field', '受送达人', '{applicant}', null),
  (603, 'deliver', 'agent', 'field', '受托人', '{agent}', null),
  (604, 'deliver', null, 'field', '事项', '{item}', null),
  (605, 'deliver', null, 'field', '办件编号', '{case_number}', null),
  (606, 'deliver', null, 'field', '送达文书', '{document}', null),
  (607, 'deliver', 'document_no', 'field', '文书编号', '{document_no}', null),
  (608, 'deliver', 'papers', 'field', '一并送达', '{papers}', null),
  (609, 'deliver', null, 'field', '送达方式', '{how}', null),
  (610, 'deliver', null, 'field', '收件人', '{received_by}', null),
  (611, 'deliver', null, 'field', '收到日期', '{received_on}', null),
  (612, 'deliver', null, 'field', '送达窗口', '{window}', null),
  (613, 'deliver', 'remark', 'para', '其他事项：{remark}', null, null),
  (614, 'deliver', null, 'qr', '{digits}', '凭此码查询', null),
  (615, 'deliver', null, 'sign', '送达人', '{clerk}', '收件人'),
  (616, 'deliver', null, 'seal', '{department}', '{issued_date}', null),
  (617, 'deliver', 'replaces', 'small', '本回证替代{replaces}，该件已作废。', null, null),
  (618, 'deliver', null, 'small', '收件人不是受送达人的，请在签名后写明代收的缘由。邮寄、公告、电子送达的，凭证附后。本回证由送达人收回存档。', null, null),

  (700, 'finish', null, 'title', '办结通知书', null, null),
  (701, 'finish', null, 'number', '{number}', null, null),
  (702, 'finish', null, 'to', '{applicant}：', null, null),
  (703, 'finish', 'on_the_spot', 'para', '{you}于{delivered_date}提交的“{item}”申请（办件编号：{case_number}），经审查，申请材料齐全，符合法定形式，本机关当场受理并已办结。', null, null),
  (704, 'finish', 'decided', 'para', '{you}于{delivered_date}提交的“{item}”申请（办件编号：{case_number}），本机关已于{decided_on}以{decided_no}作出决定，现已办结。', null, null),
  (705, 'finish', 'decided', 'field', '决定', '{decided}', null),
  (706, 'finish', 'document', 'field', '办理结果', '{document}', null),
  (707, 'finish', 'document_no', 'field', '文书编号', '{document_no}', null),
  (708, 'finish', 'promised', 'field', '承诺期限', '{promised}', null),
  (709, 'finish', 'took', 'field', '实际用时', '{took}', null),
  (710, 'finish', 'timing', 'field', '办理时效', '{timing}', null),
  (711, 'finish', null, 'field', '事项编码', '{item_code}', null),
  (712, 'finish', 'agent', 'field', '受托人', '{agent}', null),
  (713, 'finish', 'matter', 'field', '申请内容', '{matter}', null),
  (714, 'finish', null, 'field', '收费标准', '{fee}', null),
  (715, 'finish', 'remark', 'para', '其他事项：{remark}', null, null),
  (716, 'finish', null, 'qr', '{digits}', '凭此码查询', null),
  (717, 'finish', null, 'sign', '经办人', '{clerk}', '签收人'),
  (718, 'finish', null, 'seal', '{department}', '{issued_date}', null),
  (719, 'finish', 'replaces', 'small', '本通知书替代{replaces}，该件已作废。', null, null),
  (720, 'finish', null, 'small', '办理窗口：{window}。', null, null)
) as b (line, kind, only_if, block, c1, c2, c3)
join hall.template t on t.kind = b.kind and t.in_force;

-- Asked after acceptance (ONE-3) nothing is accepted or ended by the answer: limits stand still,
-- and what is there is decided on when nobody answers. The next version: the last one's blocks and this.
with old as (
  update hall.template set in_force = false
  where kind = 'correction' and in_force returning template_id, kind, version, title, series
), made as (
  insert into hall.template (kind, version, in_force, title, series)
  select o.kind, o.version + 1, false, o.title, o.series from old o returning template_id
), kept as (
  select b.no * 10 as place, b.part, b.each, case when b.c1 like '请于{answer_date}%' then 'at_receipt' else b.only_if end as only_if,
    b.block, b.c1, b.c2, b.c3, b.c4, b.widths
  from old o join hall.template_block b on b.template_id = o.template_id
), added as (
  select k.place + v.after as place, 0::int2 as part, null as each, 'standing' as only_if, 'para' as block, v.c1,
    null as c2, null as c3, null as c4, null as widths
  from kept k
  join (values
    (1, '请于{answer_date}{term_hour}前将上述材料送交{window}。本次申请已经受理，自本告知书发出时起停止计算办理期限，收到{you}的答复后接续计算。'),
    (2, '逾期未答复的，办理期限即行恢复计算，本机关根据已有的材料作出决定。')
  ) v (after, c1) on k.only_if = 'at_receipt'
)
insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select m.template_id, row_number() over (order by q.place), q.part, q.each, q.only_if, q.block, q.c1, q.c2, q.c3, q.c4, q.widths
from made m, (select * from kept union all select * from added) q;
update hall.template t set in_force = true
where t.kind = 'correction' and t.version = (select max(x.version) from hall.template x where x.kind = t.kind);
