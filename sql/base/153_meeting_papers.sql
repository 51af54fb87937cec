-- Papers of joint cases, their next version: a department stands on one line, an opinion has the widest column, so that
-- a meeting of a dozen departments breaks between pages where it reads. Must know no rule.

set role yimen_owner;

with looks (kind, head, widths) as (
  values ('meeting', '签收人', '2,13,4,5'), ('minutes', '参加情况', '2,14,5,5'), ('minutes', '意见', '2,7,11,6'), ('opinions', '意见', '2,7,11,6'),
    ('slip', '签收人', '2,13,4,5')
), old as (
  update hall.template t set in_force = false where t.in_force and t.kind in (select l.kind from looks l) returning t.template_id, t.kind, t.title, t.series
), made as (
  insert into hall.template (kind, version, in_force, title, series)
  select o.kind, (select max(t.version) from hall.template t where t.kind = o.kind) + 1, false, o.title, o.series from old o
  returning template_id, kind
)
insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select m.template_id, b.no, b.part, b.each, b.only_if, b.block, b.c1, b.c2, b.c3, b.c4, coalesce(l.widths, b.widths)
from made m join old o on o.kind = m.kind join hall.template_block b on b.template_id = o.template_id
left join looks l on l.kind = m.kind and b.block = 'head' and b.c3 = l.head;
update hall.template t set in_force = true
where t.kind in ('meeting', 'minutes', 'opinions', 'slip') and t.version = (select max(x.version) from hall.template x where x.kind = t.kind);
