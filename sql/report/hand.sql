-- Cases keyed in from receipts written by hand (CASE-3), for supervision and the month report.

set role yimen_owner;

drop view if exists report.hand_entry;
create view report.hand_entry as
select c.number, d.name as department, v.name as item, h.no as paper_no, h.at as received_at, h.keyed_at,
  h.late, to_char(rule.day_of(h.at), 'YYYY-MM') as month, h.reason, s.name as keyed_by, w.no as window_no
from hall.hand_receipt h
join hall.case_file c on c.case_id = h.case_id
join hall.item_version v on v.item_version_id = c.item_version_id
join hall.department d on d.department_id = h.department_id
join hall.event e on e.case_id = h.case_id and e.seq = 1
left join hall.staff s on s.staff_id = e.staff_id
left join hall.window w on w.window_id = e.window_id
order by h.keyed_at;
comment on view report.hand_entry is 'Every case keyed in later than it was received by hand; late: later than hand.late_days allows (CASE-3).';
comment on column report.hand_entry.number is 'Case number.';
comment on column report.hand_entry.department is 'Department.';
comment on column report.hand_entry.item is 'Item.';
comment on column report.hand_entry.paper_no is 'Number of the receipt written by hand.';
comment on column report.hand_entry.received_at is 'When it was written: every term runs from it.';
comment on column report.hand_entry.keyed_at is 'When it was keyed in.';
comment on column report.hand_entry.late is 'Later than the hall allows.';
comment on column report.hand_entry.month is 'Month the receipt belongs to.';
comment on column report.hand_entry.reason is 'Why it was not keyed in at once.';
comment on column report.hand_entry.keyed_by is 'Who keyed it in.';
comment on column report.hand_entry.window_no is 'At which window.';
