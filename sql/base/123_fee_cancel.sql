-- A fee that goes (FEE-1): cancelled, or with what it rested on; one reduced to nothing. Must know no rule.

set role yimen_owner;

insert into hall.side_event values
  ('fee_cancel', 'a fee that was asked is void with its payment notice (FEE-1)');
comment on column hall.fee.voided_at is 'When it was cancelled, or asked anew; its notice is void, too.';

insert into hall.placeholder (no, name, help, given) values
  (100, 'waived', 'a reduction took off all of the fee: 是', true);
insert into hall.condition values
  ('pay_at', 'there is something to pay'),
  ('waived', 'a reduction took off all of the fee');

-- The next version of 缴费通知: nobody is sent to the bank window for nothing.
with old as (
  update hall.template set in_force = false where kind = 'fee' and in_force returning template_id, kind, version, title, series
), made as (
  insert into hall.template (kind, version, in_force, title, series)
  select o.kind, o.version + 1, false, o.title, o.series from old o returning template_id
), kept as (
  select b.no * 10 as place, b.part, b.each,
    case when b.only_if is null and (b.c1 like '%{pay_at}%' or b.c2 like '%{amount}%' or b.c1 like '缴费后%') then 'pay_at' else b.only_if end as only_if,
    b.block, b.c1, b.c2, b.c3, b.c4, b.widths
  from old o join hall.template_block b on b.template_id = o.template_id
), added as (
  select k.place + 1 as place, k.part, null as each, 'waived' as only_if, v.block, v.c1, v.c2, null as c3, null as c4, null as widths
  from kept k
  join (values
    ('c1', '{pay_at}', 'para', '{you}申请的“{item}”（办件编号：{case_number}）应收的费用已经批准全部减免，无需缴纳，也无需到收费窗口办理手续。', null),
    ('c2', '{amount}', 'field', '应缴金额', '人民币{amount_cn}（全部减免）')
  ) v (cell, has, block, c1, c2) on k.only_if = 'pay_at' and case v.cell when 'c1' then k.c1 else k.c2 end like '%' || v.has || '%'
)
insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select m.template_id, row_number() over (order by q.place), q.part, q.each, q.only_if, q.block, q.c1, q.c2, q.c3, q.c4, q.widths
from made m, (select * from kept union all select * from added) q;
update hall.template t set in_force = true
where t.kind = 'fee' and t.version = (select max(x.version) from hall.template x where x.kind = t.kind);
