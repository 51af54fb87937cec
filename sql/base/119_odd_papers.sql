-- Papers where no date is to be told: the receipt of an answer to a correction asked after acceptance
-- (ONE-3), in which nothing is to be accepted any more; an extension of a limit that stands still
-- (CLK-2: no due date). Must know no rule.

set role yimen_owner;

insert into hall.condition values
  ('term', 'the paper is of one case, in which a term runs'),
  ('no_term', 'the paper is of one case, in which no term runs: of a receipt, the application was accepted before'),
  ('was_due', 'the limit had an end when it was extended'),
  ('was_still', 'it stood still then, or nothing is extended');

-- The next versions: the last one's blocks, what they say of dates only where there are any.
with old as (
  update hall.template set in_force = false
  where kind in ('receipt', 'extend') and in_force returning template_id, kind, version, title, series
), made as (
  insert into hall.template (kind, version, in_force, title, series)
  select o.kind, o.version + 1, false, o.title, o.series from old o returning template_id, kind
), kept as (
  select o.kind, b.no * 10 as place, b.part, b.each,
    case when o.kind = 'receipt' and b.only_if = 'single' and b.c1 like '%{term_date}%' then 'term'
      when o.kind = 'extend' and (b.c2 like '{was_due}%' or b.c2 like '{due_date}%') then 'was_due' else b.only_if end as only_if,
    b.block, b.c1, b.c2, b.c3, b.c4, b.widths
  from old o join hall.template_block b on b.template_id = o.template_id
), added as (
  select k.kind, k.place + 1 as place, k.part, null as each, v.only_if, v.block, v.c1, v.c2, null as c3, null as c4, null as widths
  from kept k
  join (values
    ('term', '%', 'no_term', 'para', '本次申请此前已经受理，办理期限自收到上列材料时起接续计算。本凭证不作为准予办理的凭据。', null),
    ('was_due', '{due_date}%', 'was_still', 'field', '延长后的期限', '办理期限现停止计算，恢复后连同延长的{extended}接续计算')
  ) v (at, c2_like, only_if, block, c1, c2) on k.only_if = v.at and coalesce(k.c2, '') like v.c2_like
)
insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select m.template_id, row_number() over (partition by m.kind order by q.place), q.part, q.each, q.only_if, q.block, q.c1, q.c2, q.c3, q.c4, q.widths
from made m join (select * from kept union all select * from added) q on q.kind = m.kind;
update hall.template t set in_force = true
where t.kind in ('receipt', 'extend') and t.version = (select max(x.version) from hall.template x where x.kind = t.kind);
