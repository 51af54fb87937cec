-- :cases running cases, accepted over the last working days, put straight into the tables with the clocks
-- and the moments that the rules give them: what a sweep fires at midnight is measured. Papers and people
-- are left out; each has the event that accepted it, from which its chain goes on.

set role yimen_owner;
set client_min_messages = warning;
select setseed(0.5199) \g /dev/null

create temporary table place as
select v.item_version_id, i.department_id, s.post_id, s.seq, row_number() over (order by v.item_version_id) as n
from hall.item_version v
join hall.item i on i.item_id = v.item_id
join lateral (select * from hall.item_step x where x.item_version_id = v.item_version_id and x.seq > 0 order by x.seq limit 1) s on true
where v.in_force and v.guide and v.promised between 3 and 20 and v.unit = 'workday' limit 50;

-- One of each item and day, with its clocks; all the others are like it.
create temporary table model as
select p.n, d.day, c.*
from place p
cross join (select g::date as day from generate_series(rule.day_of(hall.clock()) - 45, rule.day_of(hall.clock()) - 1, interval '1 day') g
  where rule.is_working(g::date)) d
cross join lateral (select rule.moment(d.day, '10:00') as at) t
cross join lateral rule.run_clocks(jsonb_populate_record(null::hall.case_file, jsonb_build_object('item_version_id', p.item_version_id,
  'department_id', p.department_id, 'state', 'accepted', 'step_seq', p.seq, 'post_id', p.post_id, 'version', 2, 'received_at', t.at,
  'last_at', hall.clock(), 'delivered_at', t.at, 'deliveries', 1, 'corrections', 0, 'accepted_at', t.at, 'step_at', t.at, 'silent', false)),
  rule.day_of(hall.clock())) c;
delete from model where due_at < hall.clock() - interval '10 days';
create temporary table turn as
select m.n, m.day, s.kind, s.at, s.rank from model m cross join lateral rule.scheduled(jsonb_populate_record(null::hall.case_file, to_jsonb(m) - 'day' - 'n')) s;
alter table model add no serial;

insert into hall.applicant (id_kind, id_no, name, phone) values ('resident', '110101199003070011', '欧阳小明', '13812345678')
on conflict do nothing;
create temporary table running as
select hall.next_id() + i * 3 as case_id, i, 1 + i % (select count(*) from model) as no from generate_series(1, :cases) i;
select setval('hall.id_seq', (select max(case_id) + 1 from running)) \g /dev/null

insert into hall.case_file (case_id, number, item_version_id, department_id, applicant_id, state, step_seq, post_id, version, last_at,
  received_at, delivered_at, deliveries, accepted_at, due_at, statutory_at, step_at, step_due_at, light, step_light, provisional)
select r.case_id, '5199-' || to_char(m.day, 'YYYYMMDD') || '-8' || lpad(r.i::text, 6, '0') || '-0', m.item_version_id, m.department_id,
  (select a.applicant_id from hall.applicant a where a.id_no = '110101199003070011'), m.state, m.step_seq, m.post_id, m.version, m.accepted_at,
  m.received_at, m.delivered_at, m.deliveries, m.accepted_at, m.due_at, m.statutory_at, m.step_at, m.step_due_at, m.light, m.step_light, m.provisional
from running r join model m on m.no = r.no;

insert into hall.event (event_id, case_id, seq, version, at, event, from_state, to_state, post_id, acting, hash)
select r.case_id + 1, r.case_id, 1, 2, m.accepted_at, 'silence', 'received', 'accepted', m.post_id, 'system', sha256('load')
from running r join model m on m.no = r.no;

insert into hall.due
select r.case_id, t.kind, t.at, t.rank from running r join model m on m.no = r.no join turn t on t.n = m.n and t.day = m.day
where t.at > hall.clock();
