-- DOC-1: the papers of the life of a case say what their commands give them, nothing more and nothing empty.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(48);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
end $$;
create temp table c as select * from pg_temp.receive_all();
do $$ begin perform pg_temp.accept(case_id, 1) from c; end $$;
create function pg_temp.paper(p_kind text, p_given text[], p_remark text default null, p_mats rule.material[] default '{}') returns text language sql as $$
  select string_agg(concat_ws(' ', b.block, b.c1, b.c2, b.c3, b.c4), '|' order by b.o)
  from c join hall.case_file f using (case_id), unnest(rule.compose(f, p_kind, rule.notice_number(f.department_id, p_kind, 2026, 1),
    pg_temp.moment('2026-11-25 10:00'), pg_temp.staff('t.zhang'), p_mats, p_remark, p_given)) with ordinality b (block, c1, c2, c3, c4, widths, o)
$$;

select set_has($$ select kind from hall.template where in_force $$, $$ values ('special'), ('extend'), ('grant'), ('refuse'), ('fee'), ('deliver') $$, 'DOC-1: every kind has its template');
select results_eq($$ select series from hall.template where in_force and kind in ('special', 'extend', 'grant', 'refuse', 'fee', 'deliver', 'finish', 'correction') order by kind collate "C" $$,
  $$ values ('补'), ('送'), ('延'), ('费'), ('结'), ('准'), ('不许'), ('特') $$, 'DOC-2: each its series');
select is_empty($$ select b.c1 from hall.template t join hall.template_block b using (template_id) where t.in_force and b.only_if is not null and not exists (select from hall.condition k where k.name = b.only_if) $$, 'every condition is known');

-- special procedure (CASE-6)
create temp table special as select pg_temp.paper('special', '{procedure,听证,reason,与相邻方有重大利益关系,expected,10个工作日,ends,2026年12月9日}') as said,
  pg_temp.paper('special', '{procedure,听证,reason,与相邻方有重大利益关系,expected,10个工作日,ends,null}', '场次另告') as open;
select ok(said like '%number 示测特〔2026〕00001号|%', 'special: its number') from special;
select ok(said like all (array['%现依法进行听证，%', '%|field 理由 与相邻方有重大利益关系|%', '%|field 所需时间 预计10个工作日|%']), 'CASE-6: which procedure, why, how long') from special;
select ok(said like all (array['%第四十五条的规定，听证所需时间不计算在办理期限内。%', '%自本告知书发出时起停止计算%']), 'not counted (行政许可法 art. 45)') from special;
select ok(said like all (array['%|field 结束日期 2026年12月9日|%', '%即行恢复计算%']), 'with its stated end') from special;
select ok(open not like '%结束日期%' and open not like '%即行恢复%', 'and without') from special;
select ok(open like '%其他事项：场次另告。%', 'with a remark') from special;

-- extension (CASE-7)
create temp table extended as select pg_temp.paper('extend', '{extended,10个工作日,reason,案情复杂，需要实地核查,was_due,2026年11月30日,was_due_by,2026年11月30日前（含当日）}') as said;
select ok(said like all (array['%示测延〔2026〕00001号%', '%办理期限延长10个工作日，%|field 延期理由 案情复杂，需要实地核查|%']), 'CASE-7: by how much and why') from extended;
select ok(said like '%|field 原定期限 2026年11月30日前（含当日）|field 延长后的期限 '
  || (select rule.day_cn(rule.day_of(f.due_at)) from c join hall.case_file f using (case_id)) || '前（含当日）|%', 'from when to when') from extended;
select ok(said like all (array['%《中华人民共和国行政许可法》第四十二条%', '%只延长一次%']), 'on which basis') from extended;

-- decisions (CASE-8, NEG-3)
create temp table granted as select pg_temp.paper('grant', '{document,食品经营许可证,document_no,JY123,valid_until,2031年11月24日,deliver_by,2026年12月9日}') as said,
  pg_temp.paper('grant', '{document,食品经营许可证,deliver_by,2026年12月9日}', '每年报告一次') as short;
select ok(said like all (array['title 准予行政许可决定书|number 示测准〔2026〕00001号|%', '%第三十八条第一款的规定，本机关决定准予行政许可。|%']), 'CASE-8: a licence is granted') from granted;
select ok(said like '%|field 办理结果 食品经营许可证|field 证照编号 JY123|field 有效期 至2031年11月24日|%', 'which document') from granted;
select ok(said like '%领取食品经营许可证。本机关最迟于2026年12月9日送达。|%', 'delivered by when') from granted;
select ok(short not like '%证照编号%' and short not like '%有效期%' and short like '%其他事项：每年报告一次。|%', 'no number, no end') from granted;
create temp table refused as select pg_temp.paper('refuse', '{facts,操作间面积不足。,basis,某办法第九条}') as said;
select ok(said like all (array['title 不予许可决定书|number 示测不许〔2026〕00001号|%', '%现查明：操作间面积不足。|%', '%第三十八条第二款和下列依据%', '%|field 法律依据 某办法第九条|%']), 'NEG-3: refused, with reasons and basis') from refused;
select ok(said like all (array['%六十日内依法申请行政复议%', '%六个月内依法向人民法院提起行政诉讼%']), 'NEG-3: review within 60 days, suit within 6 months') from refused;

-- fee (FEE-1)
update hall.item_version set fee = 125000, fee_basis = '某价费〔2019〕8号' where item_version_id = pg_temp.item();
create temp table fee as select pg_temp.paper('fee', array['amount', rule.fee_cn(105000), 'amount_cn', rule.amount_cn(105000), 'pay_at', rule.pay_at(), 'fee_note', '按平方米计', 'reduced', '200.00元']) as said,
  pg_temp.paper('fee', array['amount', rule.fee_cn(125000), 'amount_cn', rule.amount_cn(125000), 'pay_at', rule.pay_at()]) as plain;
select ok(said like '%到本大厅银行收费窗口缴纳下列费用：|field 应缴金额 人民币壹仟零伍拾元整（1050.00元）|field 收费标准 1250.00元|field 收费依据 某价费〔2019〕8号|field 计算说明 按平方米计|field 减免 200.00元|%',
  'FEE-1: what, where, how much, on which basis, what was taken off') from fee;
select ok(plain like '%壹仟贰佰伍拾元整（1250.00元）%' and plain not like '%计算说明%' and plain not like '%减免%', 'nothing more than that') from fee;
select is(rule.amount_cn(t.fen), t.cn, t.fen || ' fen in capital numerals') from (values (0::int8, '零元整'), (1, '壹分'), (10, '壹角整'), (109, '壹元零玖分'), (3010, '叁拾元壹角整'),
  (10050, '壹佰元伍角整'), (100000, '壹仟元整'), (20005000, '贰拾万零伍拾元整'), (100100000, '壹佰万壹仟元整'), (10000001000, '壹亿零壹拾元整'),
  (12345678901234, '壹仟贰佰叁拾肆亿伍仟陆佰柒拾捌万玖仟零壹拾贰元叁角肆分')) t (fen, cn);

-- delivery
create temp table delivered as select pg_temp.paper('deliver', '{document,食品经营许可证,document_no,JY123,how,代收,received_by,欧阳小红,received_on,2026年12月1日,papers,办结通知书}') as said,
  pg_temp.paper('deliver', '{document,食品经营许可证,how,直接送达,received_by,欧阳小明,received_on,2026年12月1日}') as plain;
select ok(said like '%|field 送达文书 食品经营许可证|field 文书编号 JY123|field 一并送达 办结通知书|field 送达方式 代收|field 收件人 欧阳小红|field 收到日期 2026年12月1日|%', 'CASE-8: what was delivered, how, to whom, when') from delivered;
select ok(plain not like '%文书编号%' and plain not like '%一并送达%' and said like '%|sign 送达人 张三丰 收件人 |%', 'with lines to sign') from delivered;

-- closing (CLK-6): one kind, one series, two wordings
create temp table closed as select pg_temp.paper('finish', '{document,登记证明}') as spot,
  pg_temp.paper('finish', '{decided,准予行政许可,decided_no,示测准〔2026〕00001号,decided_on,2026年11月25日,timing,提前3个工作日办结,took,2个工作日,document,食品经营许可证,document_no,JY123}') as granted,
  pg_temp.paper('finish', '{decided,不予行政许可,decided_no,示测不许〔2026〕00001号,decided_on,2026年11月25日}') as refused;
select ok(spot like '%当场受理并已办结。|field 办理结果 登记证明|%' and spot not like '%作出决定%' and spot not like '%时效%', 'finished on the spot reads as ever') from closed;
select ok(granted like '%本机关已于2026年11月25日以示测准〔2026〕00001号作出决定，现已办结。|field 决定 准予行政许可|field 办理结果 食品经营许可证|field 文书编号 JY123|field 承诺期限 5个工作日|field 实际用时 2个工作日|field 办理时效 提前3个工作日办结|%'
  and granted not like '%当场%', 'a decided case tells of its decision and its time') from closed;
select ok(refused like '%|field 决定 不予行政许可|field 承诺期限%' and refused not like '%办理结果%' and refused not like '%时效%', 'one refused has no document') from closed;
select is(rule.timing_cn(w.timing, w.spare), t.said, 'CLK-6: ' || t.ended)
from (values ('2026-11-25 10:00', '提前3个工作日办结'), ('2026-11-30 16:00', '按期办结'), ('2026-11-30 18:00', '超期办结，未满1个工作日'), ('2026-12-02 09:00', '超期2个工作日办结')) t (ended, said),
  lateral rule.timing(pg_temp.moment('2026-11-30 17:00'), pg_temp.moment(t.ended), null) w;
select is(rule.timing_cn(w.timing, w.spare), null, 'nothing promised, nothing told') from rule.timing(null, pg_temp.moment('2026-12-02 09:00'), null) w;

-- a correction after acceptance (ONE-3)
create temp table corrected as select pg_temp.paper('correction', '{}') as before, pg_temp.paper('correction', '{standing,是}') as after;
select ok(before like '%予以受理；逾期未补正的，本次申请终止%' and before not like '%停止计算%', 'before acceptance: as ever') from corrected;
select ok(after like '%停止计算办理期限，收到你的答复后接续计算。|para 逾期未答复的，%根据已有的材料作出决定。|%' and after not like '%本次申请终止%', 'ONE-3: after it limits stand still, and the application does not end') from corrected;

-- what is no licence, and papers of before this version
update hall.item_version set task_type = '公共服务' where item_version_id = pg_temp.item();
select ok(pg_temp.paper('grant', '{document,证明,deliver_by,2026年12月9日}') like all (array['title 准予决定书|%', '%本机关决定准予办理。%']), 'what is no licence is granted in its words');
select ok(pg_temp.paper('refuse', '{facts,x。,basis,y}') like all (array['title 不予办理决定书|%', '%本机关决定不予办理。%']) and pg_temp.paper('refuse', '{facts,x。,basis,y}') not like '%行政许可法%', 'and refused');
select ok(pg_temp.paper('special', '{procedure,检测,reason,x,expected,1个工作日}') not like '%行政许可法%', 'no article of a law that is not its own');
update hall.item_version set handling = 'immediate', result_doc = '登记证明' where item_version_id = pg_temp.item();
create temp table f as select * from pg_temp.receive_all();
do $$ begin perform pg_temp.finish(case_id, 1) from f; end $$;
update hall.notice n set made_from = jsonb_set(n.made_from, '{0,holds}', (n.made_from -> 0 -> 'holds') - 'on_the_spot' - 'at_receipt')
from f where n.case_id = f.case_id and n.kind = 'finish'; -- as papers were kept before there were these conditions
select is((pg_temp.reissue((pg_temp.last_paper(case_id, 'finish')).notice_id)).status, 0::int2, 'one of before is issued anew') from f;
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'finish')) like '%当场受理并已办结。%', 'DOC-3: with its sentence') from f;
select * from finish(true);
rollback;
