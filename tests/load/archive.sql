-- Years of a hall for measuring: :cases cases of :applicants applicants, most of them closed, put
-- straight into the tables. Papers and trails are left out: what is measured is finding. Names
-- follow how people are named: a few families have half of all people, some names thousands, some
-- characters one person; digits follow real ones: regions, years of birth, mobile prefixes.
-- What finds a case must be what the rule makes of it; the end looks.

set role yimen_owner;
set client_min_messages = warning;
select setseed(0.5199) \g /dev/null

create temporary table family as
select w.name, sum(w.weight) over (order by w.o) as upto
from unnest(array['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '胡', '朱', '高', '林', '何', '郭',
    '马', '罗', '梁', '宋', '郑', '谢', '韩', '唐', '冯', '于', '董', '萧', '欧阳', '仇', '单', '尉迟', '㛃'],
  array[730, 720, 680, 540, 450, 310, 270, 250, 250, 240, 190, 180, 150, 140, 130, 120, 120, 110,
    110, 100, 90, 90, 80, 80, 80, 70, 70, 60, 60, 60, 8, 4, 4, 1, 1]) with ordinality w (name, weight, o);

-- The front ones are given far more often than the last.
create function pg_temp.given(p_lot float8) returns text language sql immutable as $$
  select substr('伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志海文斌宇浩轩子涵欣怡梓萱雨泽俊熙博睿晨曦思琪佳宁'
    || '嘉懿婷雪莉燕萍鹏飞龙凤春秋冬夏天德福贵荣昌盛永清云峰林森淼鑫垚焱䶮𠮷', 1 + (94 * p_lot ^ 2)::int4, 1)
$$;

create temporary table person as
select r.i as n, 'resident' as id_kind,
  (select f.name from family f where f.upto > r.a * (select max(upto) from family) order by f.upto limit 1)
    || pg_temp.given(r.b) || case when r.c < 0.3 then '' else pg_temp.given(r.c) end as name,
  (510100 + (40 * r.d)::int4)::text || to_char(date '1945-01-01' + r.i / 10000 * 1150 + (r.e * 1149)::int4, 'YYYYMMDD')
    || lpad((r.i % 10000)::text, 4, '0') as id_no,
  (array['138', '139', '135', '136', '137', '150', '151', '158', '159', '182', '187', '188', '130', '186', '133', '177', '199'])
    [1 + (16 * r.f)::int4] || lpad((r.g * 99999999)::int4::text, 8, '0') as phone
from (select i, random() as a, random() as b, random() as c, random() as d, random() as e, random() as f, random() as g
  from generate_series(1, :applicants) i) r;

update person p
set id_kind = 'org',
  name = '示例区' || pg_temp.given((n % 97) / 97.0) || pg_temp.given((n % 89) / 89.0) || pg_temp.given((n % 71) / 71.0)
    || (array['商贸', '餐饮管理', '建筑工程', '科技', '食品', '物业服务', '文化传媒', '药房', '超市', '劳务'])[1 + n / 5 % 10]
    || (array['有限公司', '有限责任公司', '店', '经营部', '合作社'])[1 + n / 7 % 5],
  id_no = '91' || (510100 + n % 40) || 'MA' || upper(lpad(to_hex(n * 7919 % 268435456), 7, '0')) || n % 10
where n % 5 = 0;

create temporary table known as
select p.*, s.names, s.initials
from person p, rule.case_words('', '{}', '{}', array[p.name]) s;
create unique index on known (n);
analyze known;

insert into hall.applicant (id_kind, id_no, name, phone) select id_kind, id_no, name, phone from known;

-- Of the last four years, each day's in its order; a few applicants come again and again.
create temporary table dossier as
select i as n, hall.next_id() + i * 11 as case_id, d.day, -- its papers and events have keys, too
  '5199-' || to_char(d.day, 'YYYYMMDD') || '-' || lpad(i::text, 6, '0') || '-'
    || rule.check_digit('5199' || to_char(d.day, 'YYYYMMDD') || lpad(i::text, 6, '0')) as number,
  1 + (random() ^ 2 * (:applicants - 1))::int4 as who, i > :cases - 5000 as open
from generate_series(1, :cases) i
cross join lateral (select rule.day_of(hall.clock()) - 1460 + (i::int8 * 1459 / :cases)::int4 as day) d;

create temporary table place as
select v.item_version_id, i.department_id, s.post_id, row_number() over (order by v.item_version_id) as n
from hall.item_version v
join hall.item i on i.item_id = v.item_id
join hall.item_step s on s.item_version_id = v.item_version_id and s.seq = 0
where v.in_force and v.guide;

select setval('hall.case_serial', :cases) \g /dev/null

insert into hall.case_file (case_id, number, item_version_id, department_id, applicant_id, state, step_seq, post_id,
  version, last_at, received_at, delivered_at, deliveries, accepted_at, due_at, statutory_at)
select d.case_id, d.number, p.item_version_id, p.department_id, a.applicant_id,
  case when d.open then 'accepted' else 'closed' end, 0, p.post_id, 2, t.at, t.at, t.at, 1, t.at, t.at + interval '20 days', t.at + interval '30 days'
from dossier d
join known k on k.n = d.who
join hall.applicant a on a.id_no = k.id_no and a.id_kind = k.id_kind
join place p on p.n = 1 + d.n % (select count(*) from place)
cross join lateral (select rule.moment(d.day, '09:00') + d.n % 400 * interval '1 minute' as at) t;

insert into hall.case_party (case_id, seq, role, id_kind, id_no, name, phone)
select d.case_id, 1, 'applicant', k.id_kind, k.id_no, k.name, k.phone from dossier d join known k on k.n = d.who;

-- A million at once: the index is made after them, as it is defined.
select pg_get_indexdef('hall.case_search_grams'::regclass) as made \gset
drop index hall.case_search_grams;
insert into hall.case_search (case_id, digits, names, initials)
select d.case_id, replace(d.number, '-', '') || ' ' || k.id_no || ' ' || k.phone, k.names, k.initials
from dossier d
join known k on k.n = d.who
order by d.n;
set maintenance_work_mem = '512MB';
:made;

select setval('hall.id_seq', (select max(case_id) from dossier)) \g /dev/null

do $$
declare
  bad int8;
begin
  select count(*) into bad
  from (select s.*, c.number from hall.case_search s join hall.case_file c using (case_id) order by s.case_id limit 500) s
  join hall.case_party p on p.case_id = s.case_id and p.seq = 1
  cross join lateral rule.case_words(s.number, array[p.id_no], array[p.phone], array[p.name]) w
  where (w.digits, w.names, w.initials) is distinct from (s.digits, s.names, s.initials);
  if bad > 0 then
    raise exception '% cases are not found by what the rule says', bad;
  end if;
end $$;
