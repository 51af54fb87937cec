-- Papers of intake that were made before: what may be amended on them, and what they say when
-- they are issued anew or a second time. After all others, whose last versions it goes on from.
-- Must know no rule.

set role yimen_owner;

update hall.placeholder set amendable = true where name in ('guardian', 'representative', 'agent_scope', 'agent_until');

-- The papers of intake say when they stand in for a void one; a second one-time notice says
-- what is new in it (ONE-3). Their next version: the blocks of the last one and these.
with old as (
  update hall.template set in_force = false
  where kind in ('acceptance', 'correction', 'lapse') and in_force returning template_id, kind, version, title, series
), made as (
  insert into hall.template (kind, version, in_force, title, series)
  select o.kind, o.version + 1, false, o.title, o.series from old o returning template_id, kind
), kept as (
  select m.template_id, m.kind, b.no * 10 as place, b.part, b.each, b.only_if, b.block, b.c1, b.c2, b.c3, b.c4, b.widths
  from made m join old o on o.kind = m.kind join hall.template_block b on b.template_id = o.template_id
), added as (
  select m.template_id, m.kind, x.place, 0::int2, x.each, x.only_if, x.block, x.c1, x.c2, x.c3, x.c4, x.widths
  from made m join (values
    ('correction', 1, null, 'para', '本机关已以{earlier_number}一次性告知补正内容。本告知书经批准再次发出，其中上次没有告知的内容是：', null, null, null, null),
    ('correction', 2, null, 'head', '序号', '本次新增的材料', '情形', '需要怎样补正', '1,5,2,6'),
    ('correction', 3, 'added', 'row', '{m.no}', '{m.name}', '{m.problem}', '{m.todo}', null)
  ) b (kind, place, each, block, c1, c2, c3, c4, widths) on b.kind = m.kind
  cross join lateral (select (select k.place from kept k where k.kind = m.kind and k.c1 like '请于{answer_date}%') - 10 + b.place,
    b.each, 'earlier_number', b.block, b.c1, b.c2, b.c3, b.c4, b.widths) x (place, each, only_if, block, c1, c2, c3, c4, widths)
  union all
  select m.template_id, m.kind, 32000, 0::int2, null, 'replaces', 'small', '本通知书替代{replaces}，该件已作废，原定期限不变。', null, null, null, null
  from made m
)
insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select q.template_id, row_number() over (partition by q.template_id order by q.place), q.part, q.each, q.only_if, q.block, q.c1, q.c2, q.c3, q.c4, q.widths
from (select * from kept union all select * from added) q;
update hall.template t set in_force = true
where t.kind in ('acceptance', 'correction', 'lapse')
  and t.version = (select max(x.version) from hall.template x where x.kind = t.kind);
