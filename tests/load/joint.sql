-- :cases running joint cases of :departments reviews each for measuring, led by the post of case.receive of the item
-- :item, put straight into the tables: papers and trails are left out. What is measured is the list of them.

set role yimen_owner;
set client_min_messages = warning;
select setseed(0.5199) \g /dev/null

create temporary table place as
select v.item_version_id, i.department_id, s.post_id
from hall.item_version v
join hall.item i on i.item_id = v.item_id
join hall.item_step s on s.item_version_id = v.item_version_id and s.seq = 0
where v.item_version_id = :item;

create temporary table dossier as
select i as n, hall.next_id() as case_id,
  rule.closing(rule.next_workday(rule.day_of(hall.clock()) + 1 + (random() * 60)::int4)) as due
from generate_series(1, :cases) i;

insert into hall.applicant (id_kind, id_no, name, phone)
select 'resident', '110102' || 10000000 + n || 'TEST', '联办' || n, '137' || lpad(n::text, 8, '0') from dossier;

insert into hall.case_file (case_id, number, item_version_id, department_id, applicant_id, state, step_seq, post_id,
  version, last_at, received_at, delivered_at, deliveries, accepted_at, due_at, statutory_at, step_at, light)
select d.case_id, rule.case_number(hall.clock()), p.item_version_id, p.department_id, a.applicant_id, 'accepted', 0, p.post_id,
  2, t.at, t.at, t.at, 1, t.at, d.due, d.due, t.at, rule.light(d.due, false, rule.day_of(hall.clock()))
from dossier d
cross join place p
join hall.applicant a on a.id_no = '110102' || 10000000 + d.n || 'TEST'
cross join lateral (select hall.clock() - interval '10 days' as at) t;

insert into hall.case_party (case_id, seq, role, id_kind, id_no, name, phone)
select c.case_id, 1, 'applicant', a.id_kind, a.id_no, a.name, a.phone
from hall.case_file c join hall.applicant a using (applicant_id) where c.case_id in (select case_id from dossier);

insert into hall.review (case_id, seq, post_id, checks, check_at, check_until, checked, opened_at, opened_version, due_at, waits)
select d.case_id, q.seq, q.post_id, 1, c.last_at, c.last_at + interval '3 days', 'complete', c.last_at, 2,
  rule.closing(rule.next_workday(rule.day_of(hall.clock()) + (random() * 50)::int4)), 'review'
from dossier d
join hall.case_file c on c.case_id = d.case_id
join hall.item_review q on q.item_version_id = c.item_version_id;
