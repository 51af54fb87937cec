-- The receipt of an answer to a correction asked after acceptance (ONE-3): no correction term runs,
-- nothing is to be accepted any more. Must know no rule.

set role yimen_owner;

insert into hall.condition values
  ('term', 'the paper is of one case, in which a term runs'),
  ('no_term', 'the paper is of one case, in which no term runs: of a receipt, the application was accepted before');

-- The next version: the last one's blocks, what it says of the term only where there is one.
with old as (
  update hall.template set in_force = false
  where kind = 'receipt' and in_force returning template_id, kind, version, title, series
), made as (
  insert into hall.template (kind, version, in_force, title, series)
  select o.kind, o.version + 1, false, o.title, o.series from old o returning template_id
), kept as (
  select b.no * 10 as place, b.part, b.each,
    case when b.only_if = 'single' and b.c1 like '%{term_date}%' then 'term' else b.only_if end as only_if,
    b.block, b.c1, b.c2, b.c3, b.c4, b.widths
  from old o join hall.template_block b on b.template_id = o.template_id
), added as (
  select k.place + 1 as place, k.part, null as each, 'no_term' as only_if, 'para' as block,
    '本次申请此前已经受理，办理期限自收到上列材料时起接续计算。本凭证不作为准予办理的凭据。' as c1,
    null as c2, null as c3, null as c4, null as widths
  from kept k where k.only_if = 'term'
)
insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select m.template_id, row_number() over (order by q.place), q.part, q.each, q.only_if, q.block, q.c1, q.c2, q.c3, q.c4, q.widths
from made m, (select * from kept union all select * from added) q;
update hall.template t set in_force = true
where t.kind = 'receipt' and t.version = (select max(x.version) from hall.template x where x.kind = t.kind);
