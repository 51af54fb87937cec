-- A post with :cases open cases for measuring, the post :post, in every state and at every step of the
-- first item it receives, due from a month ago to two months ahead, put straight into the tables. Papers
-- and trails are left out: what is measured is the list of them. Lights are what the rule makes of them.

set role yimen_owner;
set client_min_messages = warning;
select setseed(0.5199) \g /dev/null

create temporary table place as
select v.item_version_id, i.department_id, s.post_id, :post::int8 as at_post,
  (select count(*) from hall.item_step x where x.item_version_id = v.item_version_id) as steps
from hall.item_version v
join hall.item i on i.item_id = v.item_id
join hall.item_step s on s.item_version_id = v.item_version_id and s.seq = 0
where v.in_force and v.guide and s.post_id = :post
order by v.item_version_id limit 1;

create temporary table dossier as
select i as n, hall.next_id() as case_id, (random() * 99)::int4 as lot,
  rule.closing(rule.next_workday(rule.day_of(hall.clock()) - 30 + (random() * 90)::int4)) as due,
  rule.closing(rule.next_workday(rule.day_of(hall.clock()) - 30 + (random() * 90)::int4)) as step_due
from generate_series(1, :cases) i;

insert into hall.applicant (id_kind, id_no, name, phone)
select 'resident', '110101' || 10000000 + n || 'TEST', '队列' || n, '139' || lpad(n::text, 8, '0') from dossier;

insert into hall.case_file (case_id, number, item_version_id, department_id, applicant_id, state, step_seq, post_id,
  version, last_at, received_at, delivered_at, deliveries, term_at, accepted_at, due_at, statutory_at, step_at, step_due_at,
  decided_at, granted, deliver_at, light, step_light)
select d.case_id, rule.case_number(hall.clock()), p.item_version_id, p.department_id, a.applicant_id, s.state,
  case when s.state in ('received', 'correcting') then 0 when s.state = 'decided' then 4 else 1 end, p.at_post, 2, t.at, t.at, t.at, 1,
  case when s.state = 'received' then greatest(d.due, rule.closing(rule.day_of(hall.clock()))) when s.state = 'correcting' then d.due end,
  case when s.running then t.at end, case when s.state in ('accepted', 'decided') then d.due end, case when s.running then d.due end,
  case when s.running then t.at end, case when s.state = 'accepted' and d.n % 2 = 0 then d.step_due end,
  case when s.state = 'decided' then t.at end, case when s.state = 'decided' then true end,
  case when s.state = 'decided' then d.step_due end,
  case when s.state in ('accepted', 'decided') then rule.light(d.due, false, rule.day_of(hall.clock())) end,
  case when s.state = 'accepted' and d.n % 2 = 0 then rule.light(d.step_due, true, rule.day_of(hall.clock())) end
from dossier d
cross join place p
join hall.applicant a on a.id_no = '110101' || 10000000 + d.n || 'TEST'
cross join lateral (select hall.clock() - interval '40 days' as at) t
cross join lateral (select case when d.lot < 10 then 'received' when d.lot < 15 then 'correcting' when d.lot < 20 then 'suspended'
  when d.lot < 23 then 'forwarded' when d.lot < 30 then 'decided' else 'accepted' end as state, d.lot >= 15 as running) s;

insert into hall.stand (case_id, seq, kind, procedure, reason, authority, from_at, version)
select c.case_id, 1, case c.state when 'suspended' then 'special' else 'forwarded' end, case c.state when 'suspended' then 'hearing' end,
  '测量', case c.state when 'forwarded' then '市某局' end, c.last_at, 2
from hall.case_file c where c.state in ('suspended', 'forwarded') and c.case_id in (select case_id from dossier);

insert into hall.case_party (case_id, seq, role, id_kind, id_no, name, phone)
select c.case_id, 1, 'applicant', a.id_kind, a.id_no, a.name, a.phone
from hall.case_file c join hall.applicant a using (applicant_id) where c.case_id in (select case_id from dossier);
