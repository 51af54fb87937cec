-- A receipt of several cases names each in fields: a paragraph with so little in it is spaced out.

set role yimen_owner;

update hall.template set in_force = false where kind = 'receipt';
insert into hall.template (kind, version, in_force, title, series)
select t.kind, 3, true, t.title, t.series from hall.template t where t.kind = 'receipt' and t.version = 2;

insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select n.template_id, row_number() over (order by b.no, b.at), b.part, b.each, b.only_if, b.block, b.c1, b.c2, b.c3, b.c4, b.widths
from hall.template o
join hall.template n on n.kind = o.kind and n.version = 3
cross join lateral (
  select x.no, 0 as at, x.part, x.each, x.only_if, x.block, x.c1, x.c2, x.c3, x.c4, x.widths
  from hall.template_block x
  where x.template_id = o.template_id and not (x.part = 1 and x.block = 'para')
  union all
  select x.no, v.at, x.part, null, x.only_if, 'field', v.c1, v.c2, null, null, null
  from hall.template_block x,
    (values (1, '第{place}项', '{item}'), (2, '办件编号', '{case_number}')) v (at, c1, c2)
  where x.template_id = o.template_id and x.part = 1 and x.block = 'para') b
where o.kind = 'receipt' and o.version = 2;
