-- A sign sends nobody to a window that cannot take the matter in (POST-6). The next version: the last
-- one's blocks, what the watching window does told apart from which it is.

set role yimen_owner;

insert into hall.placeholder (no, name, help, given) values
  (75, 'watch_how', 'what the watching window does for who comes (POST-6)', true);
insert into hall.condition values ('watch_how', 'it is known what the watching window does');

with old as (
  update hall.template set in_force = false where kind = 'away' and in_force returning template_id, kind, title, series
), made as (
  insert into hall.template (kind, version, in_force, title, series)
  select o.kind, (select max(t.version) from hall.template t where t.kind = o.kind) + 1, false, o.title, o.series from old o
  returning template_id
)
insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select m.template_id, row_number() over (order by q.place), q.part, q.each, q.only_if, q.block, q.c1, q.c2, q.c3, q.c4, q.widths
from made m, (
  select b.no * 10 as place, b.part, b.each, b.only_if, b.block,
    replace(b.c1, '代为接待，请您移步办理。', '代为接待。') as c1, b.c2, b.c3, b.c4, b.widths
  from hall.template_block b join old o on o.template_id = b.template_id
  union all
  select b.no * 10 + 5, b.part, null, 'watch_how', 'para', '{watch_how}', null, null, null, null
  from hall.template_block b join old o on o.template_id = b.template_id
  where b.only_if = 'watch'
) q;
update hall.template t set in_force = true
where t.kind = 'away' and t.version = (select max(x.version) from hall.template x where x.kind = t.kind);
