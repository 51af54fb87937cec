-- CASE-3, CASE-18: a case keyed in later than its papers were received by hand. Terms run from
-- the paper's time, events are ordered by key-in, what is over fires at once, supervision sees it.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(53);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 15:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.sun', 9903);
  perform pg_temp.login('t.li', 9902);
end $$;
create function pg_temp.hand(p_no text, p_at text, p_reason text default '停电', p_states text[] default '{present,present,present,present}',
  p_item int8 default pg_temp.item(), p_until date default null, p_id text default '110101199001010015') returns outcome language sql as $$
  select * from api.case_receive('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('h'),
    p_item, 'resident', p_id, '欧阳小明', '13812345678', null, case when p_until is not null then '李经办' end,
    case when p_until is not null then 'resident' end, case when p_until is not null then '110101199003070118' end, null, null, p_until, null,
    '{1,2,3,4}', p_states, null, null,
    p_paper_no => p_no, p_paper_at => pg_temp.moment(p_at), p_paper_reason => p_reason)
$$;

-- all of it or nothing, and no time to come
select results_eq($$ select status, code, arg1 from pg_temp.hand(null, '2026-11-23 10:00') $$, $$ values (6::int2, 'hand.partly', 'paper_no') $$, 'a paper has a number');
select results_eq($$ select code, arg1 from pg_temp.hand('S1', null) $$, $$ values ('hand.partly', 'paper_at') $$, 'a time');
select results_eq($$ select code, arg1 from pg_temp.hand('S1', '2026-11-23 10:00', '  ') $$, $$ values ('hand.partly', 'paper_reason') $$, 'and a reason');
select results_eq($$ select status, code, arg1 from pg_temp.hand('S1', '2026-11-23 15:10') $$, $$ values (6::int2, 'hand.future', 'paper_at') $$, 'a time to come is refused');
select is((select count(*) from hall.hand_receipt), 0::int8, 'a refusal leaves nothing');

-- keyed in the same day: an ordinary case, at the paper's time
create temp table a as select * from pg_temp.hand(' s 001 ', '2026-11-20 10:30', p_states => '{present,absent,present,present}');
select is(status, 0::int2, 'keyed in') from a;
select results_eq($$ select f.received_at, f.delivered_at, f.last_at, f.term_at from hall.case_file f join a using (case_id) $$,
  $$ values (pg_temp.moment('2026-11-20 10:30'), pg_temp.moment('2026-11-20 10:30'), (select f.last_at from hall.case_file f join a using (case_id)),
    pg_temp.moment('2026-11-27 17:00')) $$, 'ONE-2: the term runs from the paper''s time');
select is(rule.day_of(f.last_at), date '2026-11-23', 'CASE-18: while its event is of the day it was keyed in') from hall.case_file f join a using (case_id);
select matches(a.number, '-20261123-', 'CASE-12: and its number, too') from a;
select results_eq($$ select e.event, rule.day_of(e.at), e.note, e.detail @> array['hand_no', 'S001', 'hand_late', 'false'] from hall.event e join a using (case_id) $$,
  $$ values ('receive', date '2026-11-23', '停电', true) $$, 'SEC-2: the trail has number, time and reason');
select results_eq($$ select b.c2 from a join hall.notice n using (case_id), rule.block_rows(n.blocks) b where b.c1 in ('收件日期', '手工凭证') order by b.no $$,
  $$ values ('2026年11月20日（第1次收件）'), ('S001') $$, 'the receipt has the paper''s day and number');
select is(b.c1 like '%2026年11月27日17:00前%', true, 'and the term of it') from a join hall.notice n using (case_id), unnest(n.blocks) b where b.c1 like '材料是否齐全%';
select results_eq($$ select v.paper_no, v.paper_reason, v.received_at, v.late, rule.day_of(v.keyed_at) from a, api.case_visit('token t.zhang', a.case_id) v $$,
  $$ values ('S001', '停电', pg_temp.moment('2026-11-20 10:30'), false, date '2026-11-23') $$, 'the case says how it came in');
select is_empty($$ select * from api.case_late('token t.sun', null, null, null, null) $$, 'by the close of the next working day it is not late');

-- the same paper twice
select results_eq($$ select x.status, x.code, x.arg1, x.arg2 = a.number from a, pg_temp.hand('s001', '2026-11-20 11:00') x $$,
  $$ values (1::int2, 'hand.twice', 'S001', true) $$, 'the same paper twice is refused, and the case named that has it');
select is((select count(*) from hall.case_file f where f.item_version_id = pg_temp.item()), 1::int8, 'and nothing of it stays');
create temp table other as select v.item_version_id from hall.item_version v limit 0;
do $$
declare
  d int8;
begin
  insert into hall.department (name, full_name, short_form) values ('别局', '示例区别局', '示别') returning department_id into d;
  insert into other select pg_temp.make_item('T-009', '别局的事项');
  update hall.item set department_id = d where code = 'T-009';
end $$;
select is(x.status, 0::int2, 'another department has numbers of its own') from other, pg_temp.hand('S001', '2026-11-20 11:00', p_item => other.item_version_id) x;

-- accept by the paper: the acceptance is of now, its limit runs from now
create temp table b as select * from pg_temp.hand('S002', '2026-11-20 16:00');
do $$ begin perform pg_temp.accept(case_id, 1) from b; end $$;
select results_eq($$ select f.state, rule.day_of(f.accepted_at), f.due_at from hall.case_file f join b using (case_id) $$,
  $$ values ('accepted', date '2026-11-23', pg_temp.moment('2026-11-30 17:00')) $$, 'CASE-18: only receive takes a paper time');

-- late: supervision sees it
create temp table l as select * from pg_temp.hand('S003', '2026-11-19 16:00', '线路中断，欧阳小明家住13812345678', '{present,absent,present,present}');
select is(status, 0::int2, 'keyed in on the second working day') from l;
select results_eq($$ select x.case_id = l.case_id, x.paper_no, x.received_at, x.actor, x.window_no, x.paper_reason from l, api.case_late('token t.sun', null, null, null, null) x $$,
  $$ values (true, 'S003', pg_temp.moment('2026-11-19 16:00'), 'A 张三丰', 9901, '线路中断，欧***家住138****5678') $$, 'SUP-1: supervision sees it, personal data masked (SEC-1)');
select is((select count(*) from api.case_late('token t.zhang', null, null, null, null)), 1::int8, 'the post that keyed it in sees it, too');
select is_empty($$ select * from api.case_late('token t.li', null, null, null, null) $$, 'another does not');
select is(e.detail @> array['hand_late', 'true'], true, 'the event says so') from hall.event e join l using (case_id);
select is((select string_agg(r.paper_no, ' ' order by r.paper_no) from report.hand_entry r where r.late), 'S003', 'the report, too');
select is_empty($$ select * from api.case_late('token t.sun', '2026-11-24', null, null, null) $$, 'of the days asked for');
select is(rule.hand_late(pg_temp.moment(t.at), pg_temp.moment(t.keyed)), t.late, t.what)
from (values ('2026-11-20 10:00', '2026-11-23 17:00', false, 'a Friday''s paper until Monday''s close'),
  ('2026-11-20 10:00', '2026-11-23 17:01', true, 'a minute later it is late'),
  ('2026-11-21 10:00', '2026-11-23 16:00', false, 'a Saturday''s, too')) t (at, keyed, late, what);

-- a term that is over fires at once
create temp table o as select * from pg_temp.hand('S004', '2026-11-13 10:00', '断网一周', '{present,absent,present,present}');
select results_eq($$ select status, version from o $$, $$ values (0::int2, 2) $$, 'keyed in after its term');
select results_eq($$ select f.state, f.silent, f.accepted_at, f.due_at from hall.case_file f join o using (case_id) $$,
  $$ values ('accepted', true, pg_temp.moment('2026-11-13 10:00'), pg_temp.moment('2026-11-20 17:00')) $$, 'ONE-2: accepted by silence as of the paper''s date');
select results_eq($$ select e.event, rule.day_of(e.at) from hall.event e join o using (case_id) order by e.seq $$,
  $$ values ('receive', date '2026-11-23'), ('silence', '2026-11-23') $$, 'both in the order of key-in');
select is(n.number, '示测受〔2026〕00002号', 'with its numbered acceptance') from hall.notice n join o using (case_id) where n.kind = 'acceptance';
select is((select count(*) from hall.due d join o using (case_id)), 0::int8, 'nothing is due any more');

-- the agent's authority held when the papers came
select is(x.status, 0::int2, 'an authority that ended since') from pg_temp.hand('S005', '2026-11-20 10:00', p_until => '2026-11-21') x;
select is(x.code, 'agent.expired', 'not one that had ended then') from pg_temp.hand('S006', '2026-11-20 10:00', p_until => '2026-11-19') x;
select is(x.code, 'party.no_guardian', 'of age on the day of the paper, not since') from pg_temp.hand('S007', '2026-11-20 10:00', p_id => '110101200811220012') x;

-- a month closes
select is(rule.month_closes('2026-10-31'), pg_temp.moment('2026-11-06 00:00'), 'October closes at the end of the 5th of November');
select is(rule.month_closes('2026-12-01'), pg_temp.moment('2027-01-06 00:00'), 'December in January');
select results_eq($$ select status, code, arg1 from pg_temp.hand('S008', '2026-10-30 10:00') $$, $$ values (1::int2, 'hand.month_closed', '2026-10') $$, 'CASE-3: key-in into a closed month is refused');
select is(x.code, 'hand.month_closed', 'whatever else may be wrong: a paper of the year 2') from pg_temp.hand('S008', '0002-10-30 10:00', p_until => '0001-01-01') x;
create function pg_temp.judge(p_subject text, p_grant bool) returns int2 language plpgsql as $$
declare
  x int8;
  s int2;
begin
  perform api.exception_ask('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), 'q', 'late_month', null, p_subject, '断网');
  select exception_id into x from hall.exception where subject = p_subject;
  if p_grant then
    select status into s from api.exception_grant('token t.sun', pg_temp.epoch('t.sun'), 0::int2, pg_temp.seq('t.sun'), 'g', x, '同意');
  else
    select status into s from api.exception_deny('token t.sun', pg_temp.epoch('t.sun'), 0::int2, pg_temp.seq('t.sun'), 'g', x, '不同意');
  end if;
  return s;
end $$;
select is(pg_temp.judge('S010', true), 0::int2, 'a supervisor grants an exception for one paper');
select is(pg_temp.judge('S011', false), 0::int2, 'and denies another');
select is(x.code, 'hand.month_closed', 'a denied one opens nothing') from pg_temp.hand('S011', '2026-10-30 10:00') x;
select is(x.code, 'hand.month_closed', 'nor does that of another paper') from pg_temp.hand('S012', '2026-10-30 10:00') x;
select is(x.code, 'hand.future', 'a refused command does not use it up') from pg_temp.hand('S010', '2027-10-30 10:00') x;
select is(x.status, 0::int2, 'CASE-16: the paper it was granted for is keyed in') from pg_temp.hand('s 010', '2026-10-30 10:00') x;
select is(x.state, 'used', 'which uses it up') from hall.exception x where x.subject = 'S010';
select is(rule.told(e.detail, 'exception'), x.exception_id::text, 'CASE-16: and its event says so') from hall.exception x, hall.event e
where x.subject = 'S010' and e.event = 'receive' and e.detail @> array['hand_no', 'S010'];
select is_empty($$ select * from hall.verify() $$, 'sound');
do $$ begin update hall.exception set used_by = pg_temp.staff('t.sun') where subject = 'S010'; end $$;
select results_eq($$ select fault, detail from hall.verify() $$, $$ values ('exception.trail', 'late_month used') $$, 'SEC-2: another user of it is found');
do $$ begin update hall.exception set used_by = pg_temp.staff('t.zhang') where subject = 'S010'; end $$;
do $$ begin update hall.setting set value = '25' where name = 'month.close_day'; end $$;
select is(x.status, 0::int2, 'until the set day') from pg_temp.hand('S008', '2026-10-30 10:00') x;

select is_empty($$ select * from hall.verify() $$, 'and everything is as the rules made it');
update hall.hand_receipt h set reason = '忘记' from l where h.case_id = l.case_id;
delete from hall.hand_receipt h using b where h.case_id = b.case_id;
select results_eq($$ select fault, detail from hall.verify() order by detail $$, $$ values ('case.hand', 'S003'), ('case.hand', 'none') $$, 'SEC-2: a changed or lost paper is found');
select * from finish(true);
rollback;
