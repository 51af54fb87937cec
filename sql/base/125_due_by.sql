-- Limits in working hours end at an hour (CLK-2): papers tell it. Must know no rule.

set role yimen_owner;

update hall.placeholder set help = 'its last day; of working hours the hour, too' where name in ('due_date', 'statutory_date');
update hall.placeholder set help = 'last day before it was extended; of working hours the hour, too' where name = 'was_due';
insert into hall.placeholder (no, name, help, given) values
  (44, 'due_by', 'until when it is decided: the promise''s last day, included, or of working hours the hour', false),
  (101, 'was_due_by', 'the same before it was extended', true);

-- The next versions of the papers that tell a last day.
with old as (
  update hall.template t set in_force = false
  where t.in_force and exists (select from hall.template_block b
    where b.template_id = t.template_id and b.c2 in ('{due_date}前（含当日）', '{was_due}前（含当日）'))
  returning t.template_id, t.kind, t.version, t.title, t.series
), made as (
  insert into hall.template (kind, version, in_force, title, series)
  select o.kind, (select max(x.version) + 1 from hall.template x where x.kind = o.kind), true, o.title, o.series from old o
  returning template_id, kind
)
insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select m.template_id, b.no, b.part, b.each, b.only_if, b.block, b.c1,
  case b.c2 when '{due_date}前（含当日）' then '{due_by}' when '{was_due}前（含当日）' then '{was_due_by}' else b.c2 end, b.c3, b.c4, b.widths
from old o
join made m on m.kind = o.kind
join hall.template_block b on b.template_id = o.template_id;
