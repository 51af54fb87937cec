-- CASE-16, DOC-3: an exception whose use was taken back may be used once more; who asked does not grant.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
select plan(31);
insert into hall.window (no, name, cert_sha256) values (9904, '测试四', sha256('window 9904')), (9905, '测试五', sha256('window 9905'));
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.sun', 9904);
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.chen', 9903);
end $$;
create function pg_temp.open(p_case int8, p_kind text) returns int8 language sql as $$
  select exception_id from hall.exception where case_id = p_case and kind = p_kind order by exception_id desc limit 1
$$;
create function pg_temp.told(p_case int8) returns text language sql as $$
  select string_agg(x.kind || ' ' || x.state || case when x.used_by is not null then ' by ' || s.login else '' end, ', ' order by x.exception_id)
  from hall.exception x left join hall.staff s on s.staff_id = x.used_by where x.case_id = p_case
$$;

-- declined with approval, taken back, declined again
create temp table a as select * from pg_temp.receive_all();
do $$ begin perform pg_temp.except('major_decline', case_id, 't.zhang', 't.chen') from a; end $$;
select is((pg_temp.decline(case_id, 1, p_major => true)).status, 0::int2, 'declined with approval') from a;
select is(pg_temp.told(case_id), 'major_decline used by t.zhang', 'used') from a;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 10:00')); end $$;
select is((pg_temp.void(case_id, 2)).status, 0::int2, 'taken back') from a;
select is(pg_temp.told(case_id), 'major_decline granted', 'there again') from a;
select results_eq($$ select e.event, e.staff_id, date_trunc('minute', e.at), e.version, e.note from a join hall.event e using (case_id) order by e.seq desc limit 1 $$,
  $$ values ('exception_back', pg_temp.staff('t.zhang'), pg_temp.moment('2026-11-23 10:00'), 3, '情况属实') $$, 'on record');
select is((pg_temp.ask('major_decline', case_id)).code, 'exception.asked', 'none need be asked') from a;
select is_empty('select * from hall.verify()', 'sound');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 10:10')); end $$;
select is((pg_temp.decline(case_id, 3, p_major => true)).status, 0::int2, 'declined again') from a;
select results_eq($$ select x.state, date_trunc('minute', x.used_at) from a join hall.exception x using (case_id) $$, $$ values ('used', pg_temp.moment('2026-11-23 10:10')) $$, 'which uses it once more');
select is_empty('select * from hall.verify()', 'sound');
select is((pg_temp.void(case_id, 4)).status, 0::int2, 'and back again') from a;
do $$ begin perform pg_temp.accept(case_id, 5) from a; end $$;
select is((pg_temp.void(case_id, 6)).status, 0::int2, 'what used none') from a;
select is((select count(*) from a join hall.event e using (case_id) where e.event = 'exception_back'), 2::int8, 'gives none back');

-- another was asked meanwhile
create temp table b as select * from pg_temp.receive_all();
do $$ begin
  perform pg_temp.correct(case_id, 1, '{3}', '{defective}', '{请补盖章}') from b;
  perform pg_temp.answer(case_id, 2, '{3}', '{present}') from b;
  perform pg_temp.except('second_correction', case_id, 't.zhang', 't.sun') from b;
  perform pg_temp.correct(case_id, 3, '{3}', '{defective}', '{仍缺盖章}') from b;
  perform pg_temp.ask('second_correction', case_id) from b;
end $$;
select is((pg_temp.void(case_id, 4)).status, 0::int2, 'a second notice taken back') from b;
select is(pg_temp.told(case_id), 'second_correction used by t.zhang, second_correction asked', 'one asked meanwhile stands in its place') from b;
select is_empty('select * from hall.verify()', 'sound');

-- longer than the item allows; what is put behind the rules' back
create temp table c as select * from pg_temp.receive_all();
do $$ begin
  perform pg_temp.accept(case_id, 1) from c;
  perform pg_temp.except('extend_beyond', case_id, 't.zhang', 't.sun') from c;
end $$;
select is((pg_temp.act('extend', case_id, 2, 't.chen', '{"days": 30}')).status, 0::int2, 'extended beyond the rule') from c;
select is((pg_temp.void(case_id, 3, 't.chen')).status, 0::int2, 'taken back') from c;
select is(pg_temp.told(case_id), 'extend_beyond granted', 'usable once more') from c;
create function pg_temp.planted(p_sql text) returns text language plpgsql as $$
declare
  said text;
begin
  execute p_sql;
  select string_agg(distinct v.fault, ' ' order by v.fault) into said from hall.verify() v;
  raise exception using errcode = 'YM998', message = coalesce(said, 'nothing');
exception when sqlstate 'YM998' then
  return sqlerrm;
end $$;
select is(pg_temp.planted(format('update hall.exception set state = ''used'', used_by = %s, used_at = hall.clock() where case_id = %s', pg_temp.staff('t.zhang'), case_id)),
  'exception.trail', 'used behind the rules'' back') from c;

-- nobody grants what was asked by the same person
do $$ begin
  perform pg_temp.hold('t.in', 't.chen', 'A');
end $$;
create temp table d as select * from pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_login => 't.chen');
do $$ begin perform pg_temp.ask('major_decline', case_id, p_login => 't.chen') from d; end $$;
select results_eq($$ select o.code, o.arg1 from d, pg_temp.judge(pg_temp.open(case_id, 'major_decline'), true, 't.chen') o $$,
  $$ select 'exception.own', p.name from hall.post p where p.code = 't.chief' $$, 'the chief representative asked, and may not grant it');
select is(pg_temp.told(case_id), 'major_decline asked', 'it waits') from d;
select is((pg_temp.judge(pg_temp.open(case_id, 'major_decline'), true, 't.sun')).code, 'exception.chief', 'for the post the rule names: no supervisor stands in') from d;
do $$ begin perform pg_temp.hold('t.chief', 't.li', 'B'); end $$;
select is((pg_temp.judge(pg_temp.open(case_id, 'major_decline'), true, 't.li')).status, 0::int2, 'its B, who took the post over, grants it') from d;
select results_eq($$ select e.event, e.acting from d join hall.event e using (case_id) order by e.seq desc limit 1 $$, $$ values ('exception_grant', 'B') $$, 'as B');
do $$ begin perform pg_temp.ask('urgent', case_id, p_login => 't.chen') from d; perform pg_temp.hold('t.sup', 't.chen', 'A'); end $$;
select is((pg_temp.judge(pg_temp.open(case_id, 'urgent'), true, 't.chen')).code, 'exception.own', 'nor a supervisor') from d;
select is((pg_temp.judge(pg_temp.open(case_id, 'urgent'), true, 't.sun')).code, 'exception.supervisor', 'who holds none of their posts cannot') from d;
do $$ begin
  insert into hall.post (department_id, code, name, duty)
  select p.department_id, 't.sup2', '测试副主任', 'supervisor2' from hall.post p where p.code = 't.sup';
  perform pg_temp.hold('t.sup2', 't.sun');
end $$;
select is((pg_temp.judge(pg_temp.open(case_id, 'urgent'), true, 't.sun')).status, 0::int2, 'another rank can') from d;
do $$ begin perform pg_temp.ask('second_correction', case_id, p_login => 't.chen') from d; end $$;
select is((pg_temp.ask('extend_beyond', case_id, p_login => 't.chen')).code, 'case.state', 'not of what is not accepted') from d;
create temp table e as select * from pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_login => 't.chen');
do $$ begin perform pg_temp.ask('urgent', case_id, p_login => 't.chen') from e; end $$;
select is((pg_temp.judge(pg_temp.open(case_id, 'urgent'), false, 't.chen', '不需要了')).status, 0::int2, 'what one asked oneself one may give up') from e;
select is_empty('select * from hall.verify()', 'sound');
select * from finish(true);
rollback;
