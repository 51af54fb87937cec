-- The oracle's joint cases (generate_joint.py tells the columns) lived by the hall's own commands: what differs,
-- one line a difference, and how many were compared. Variables: dir, where the files are. Rolled back.
\set ON_ERROR_STOP 1
begin;
\ir ../sql/lib/hall.psql
\ir ../sql/lib/life.psql
\ir ../sql/lib/joint.psql
create temp table shut (day date, name text);
create temp table items (item int4, unit text, promised int4);
create temp table matters (item int4, seq int2, unit text, n int4, deems bool);
create temp table deeds (case_no int4, item int4, serial int4, at timestamptz, what text, seq int4, n int4, answer text,
  done bool, lead_due timestamptz);
create temp table looks (case_no int4, serial int4, seq int2, waits text, checked text, answer text, until timestamptz,
  due timestamptz, falls timestamptz);
set timezone = 'Asia/Shanghai';
set datestyle = iso;
\set file :dir '/closures.tsv'
copy shut from :'file';
\set file :dir '/items.tsv'
copy items from :'file';
\set file :dir '/matters.tsv'
copy matters from :'file';
\set file :dir '/deeds.tsv'
copy deeds from :'file';
\set file :dir '/looks.tsv'
copy looks from :'file';
create index on looks (case_no, serial);
analyze deeds, looks;
insert into hall.day select s.day, false, s.name from shut s on conflict (day) do update set working = false, reason = excluded.reason;

-- A deed is done at the very second, however long the hall takes over it.
create or replace function hall.clock() returns timestamptz language plpgsql volatile as $$
begin
  return current_setting('oracle.now')::timestamptz;
end $$;
create function pg_temp.now_is(p timestamptz) returns void language plpgsql as $$
begin
  perform set_config('oracle.now', p::text, true);
end $$;

-- A fourth department, and the items.
insert into hall.post (code, name, department_id, duty) select 'j.r4', '丁会审', department_id, 'review' from hall.department where name = '丙局';
insert into hall.staff (login, name, department_id, secret, must_change) select 'j.4', '丁一', department_id, '$argon2id$test', false from hall.department where name = '丙局';
insert into hall.post_place select pg_temp.post('j.r4'), 'A', pg_temp.staff('j.4');
do $$ begin
  perform pg_temp.now_is(pg_temp.moment('2021-12-01 09:00'));
  perform pg_temp.come();
  perform pg_temp.login('j.4', 9918);
end $$;
create temp table versions as select i.*, pg_temp.make_item('T-O' || i.item, '联办' || i.item) as version from items i
  where i.item in (select d.item from deeds d);
update hall.item_version i set handling = 'joint', statutory = null, promised = v.promised, unit = replace(v.unit, 'hour', 'workhour')
from versions v where v.version = i.item_version_id;
insert into hall.item_review (item_version_id, seq, matter, post_id, limit_n, unit, conditional, deem_basis)
select v.version, m.seq, m.seq || '号审查', pg_temp.post('j.r' || m.seq), m.n, replace(m.unit, 'hour', 'workhour'), false, case when m.deems then '测试规定第一条' end
from matters m join versions v using (item);

-- A deed as the one does it whose it is.
create function pg_temp.live(p_case int8, d deeds) returns outcome language plpgsql as $$
declare
  c hall.case_file := pg_temp.file(p_case);
  o outcome;
begin
  case d.what
    when 'receive' then o := pg_temp.bring(null, (select v.version from versions v where v.item = d.item));
    when 'look' then perform rule.settle(p_case); o.status := 0;
    when 'check' then o := pg_temp.check(p_case, d.seq, case when d.n = 1 then '{请补图}'::text[] end, case when d.n = 1 then '{3}'::int2[] end);
    when 'accept' then o := pg_temp.accept(p_case, c.version, '{1,2,3,4,5}', '{present,present,present,present,unneeded}');
    when 'correct' then o := pg_temp.correct(p_case, c.version, '{3}', '{defective}', '{请补盖章}');
    when 'send' then perform pg_temp.except('second_correction', p_case, 't.li', 't.sun'); o := pg_temp.correct(p_case, c.version, p_login => 't.li');
    when 'bring' then o := pg_temp.answer(p_case, c.version, '{3}', '{present}');
    when 'opine' then o := pg_temp.opine(p_case, d.seq, d.answer, case when d.answer <> 'agree' then '见附件' end, case when d.answer = 'disagree' then '某条例' end);
    when 'want' then o := pg_temp.want(p_case, d.seq, '{请补一份}', '{3}');
    when 'reject' then o := pg_temp.reject(p_case, d.seq);
    when 'consent' then o := pg_temp.consent(p_case, d.seq);
    when 'withdraw' then o := pg_temp.withdraw(p_case, c.version, p_on => rule.day_of(hall.clock()));
    when 'extend' then o := pg_temp.act('extend', p_case, c.version, 'j.dir', jsonb_build_object('days', d.n));
    when 'expedite' then o := pg_temp.act('expedite', p_case, c.version, 't.sun', jsonb_build_object('promised', d.n));
    else o := pg_temp.act(d.what, p_case, c.version, 't.li');
  end case;
  return o;
end $$;

create temp table found (case_no int4, serial int4, what text, at timestamptz, oracle text, hall text);

create procedure pg_temp.compare(p_case int8, d deeds, o outcome) language plpgsql as $$
declare
  c hall.case_file := pg_temp.file(p_case);
begin
  if (o.status = 0) is distinct from d.done then
    insert into found values (d.case_no, d.serial, d.what, d.at, case when d.done then 'done' else 'refused' end, coalesce(o.code, 'done'));
  end if;
  insert into found
  select d.case_no, d.serial, 'lead due', d.at, d.lead_due::text, x.due::text
  from (select case when c.accepted_at is not null and c.state in ('accepted', 'suspended', 'forwarded') then c.due_at end as due) x
  where x.due is distinct from d.lead_due;
  insert into found
  select d.case_no, d.serial, v.what || ' of ' || l.seq || ' after ' || d.what, d.at, v.oracle, v.hall
  from looks l
  join hall.review r on r.case_id = p_case and r.seq = l.seq
  cross join lateral (values ('waits', l.waits, r.waits), ('check', l.checked, r.checked), ('answer', l.answer, r.answer),
    ('until', l.until::text, (case r.waits when 'check' then r.check_until when 'consent' then r.consent_until end)::text),
    ('due', l.due::text, case when r.waits = 'review' then r.due_at::text end),
    ('falls', l.falls::text, case when rule.deemable(c, r) then rule.falls_at(r)::text end)) v (what, oracle, hall)
  where l.case_no = d.case_no and l.serial = d.serial and v.oracle is distinct from v.hall;
end $$;

do $$
declare
  d deeds;
  c int8;
  o outcome;
begin
  for d in select * from deeds order by case_no, serial loop
    perform pg_temp.now_is(d.at);
    o := pg_temp.live(c, d);
    if o.code = 'case.changed' then -- by what time brought: one looks again
      o := pg_temp.live(c, d);
    end if;
    c := case when d.what = 'receive' then o.case_id else c end;
    call pg_temp.compare(c, d, o);
  end loop;
end $$;
\pset tuples_only on
\pset format unaligned
-- What follows a first difference of a case follows from it.
with first as (select distinct on (f.case_no) f.* from found f order by f.case_no, f.serial, f.what),
  ranked as (select f.*, row_number() over (partition by regexp_replace(f.what, '[0-9]', ''), f.hall ~ '^[a-z]' order by f.case_no) as no from first f)
select format('joint case %s, deed %s, %s at %s: the oracle %s, the hall %s', f.case_no, f.serial, f.what, f.at::timestamp, coalesce(f.oracle, '–'), coalesce(f.hall, '–'))
from ranked f where f.no <= :most order by f.what, f.no;
select format('compared %s cases at %s moments, %s answers differ', (select count(distinct case_no) from deeds), (select count(*) from deeds), (select count(*) from found));
rollback;
