-- CASE-16: exceptions are asked, granted or denied with reason by the post the rule names,
-- for one case and one action, and used once. ONE-3: a second correction notice.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(46);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.chen', 9903);
  perform pg_temp.login('t.sun', 9902);
end $$;
create function pg_temp.open(p_case int8, p_kind text) returns int8 language sql as $$
  select exception_id from hall.exception where case_id = p_case and kind = p_kind order by exception_id desc limit 1
$$;

create temp table c as select * from pg_temp.receive('{1}', '{present}');
do $$ begin perform pg_temp.correct(case_id, 1, '{2,3,4}', '{absent,present,present}') from c; perform pg_temp.answer(case_id, 2, '{2}', '{present}') from c; end $$;
select is((pg_temp.correct(case_id, 3, '{3}', '{defective}', '{"图上没有比例尺"}')).code, 'correct.second', 'ONE-3: refused') from c;
select is((pg_temp.ask('no_such', case_id)).code, 'exception.kind', 'of a known kind') from c;
select is((pg_temp.ask('second_correction', 1)).code, 'case.none', 'for a case that is there');
select is((pg_temp.ask('second_correction', case_id, p_reason => ' ')).code, 'text.blank', 'with a reason') from c;
select is((pg_temp.ask('second_correction', case_id, p_login => 't.chen')).code, 'post.not_holder', 'by who handles it') from c;
select is((pg_temp.ask('second_correction', case_id)).status, 0::int2, 'asked') from c;
select is((pg_temp.ask('second_correction', case_id)).code, 'exception.asked', 'once') from c;
select results_eq($$ select e.event, e.from_state, e.to_state, e.version, e.note from c join hall.event e using (case_id) order by e.seq desc limit 1 $$,
  $$ values ('exception_ask', 'received', 'received', 3, '确有必要') $$, 'in the case''s trail, beside its state');
select is((pg_temp.correct(case_id, 3, '{3}', '{defective}', '{"图上没有比例尺"}')).code, 'correct.second', 'not before it is granted') from c;
select is((pg_temp.judge(pg_temp.open(case_id, 'second_correction'), true, 't.chen')).code, 'exception.supervisor', 'not by the chief representative') from c;
select is((pg_temp.judge(pg_temp.open(case_id, 'second_correction'), true, 't.zhang')).code, 'exception.supervisor', 'nor by who asked') from c;
select is((pg_temp.judge(pg_temp.open(case_id, 'second_correction'), false, 't.sun', ' ')).code, 'text.blank', 'with a reason') from c;
select is((pg_temp.judge(pg_temp.open(case_id, 'second_correction'), false, 't.sun', '请先核实')).status, 0::int2, 'denied by a supervisor') from c;
select is((pg_temp.judge(pg_temp.open(case_id, 'second_correction'), true, 't.sun')).code, 'exception.decided', 'a word is a word') from c;
select is((pg_temp.correct(case_id, 3, '{3}', '{defective}', '{"图上没有比例尺"}')).code, 'correct.second', 'denied is not granted') from c;
select is((pg_temp.ask('second_correction', case_id)).status, 0::int2, 'it may be asked again') from c;
select results_eq($$ select l.kind, l.state, l.mine, l.judge from c, api.exception_list('token t.sun', c.case_id, true, null, null) l $$, $$ values ('second_correction', 'asked', true, 'supervisor') $$, 'exception.list: what waits for a supervisor');
select results_eq($$ select l.state, l.mine from c, api.exception_list('token t.zhang', c.case_id, null, null, null) l $$, $$ values ('asked', false), ('denied', false) $$, 'one''s department sees all of a case');
select is((pg_temp.judge(pg_temp.open(case_id, 'second_correction'), true, 't.sun')).status, 0::int2, 'granted') from c;
select results_eq($$ select e.event, e.acting, e.acting_post_id from c join hall.event e using (case_id) order by e.seq desc limit 1 $$,
  $$ values ('exception_grant', 'A', pg_temp.post('t.sup')) $$, 'CASE-13: as A of the supervisor''s post');
select ok((select count(*) from c, api.notice_preview('token t.zhang', c.case_id, 'correction', '{3}', '{defective}', '{"图上没有比例尺"}', '{null}', null, null, null, null, null, null, null, null, null, null) p
  where p.c1 like '%已以示测补〔2026〕00001号一次性告知%') = 1, 'previewed with what it differs by');
select is((pg_temp.correct(case_id, 3, '{3}', '{defective}', '{"图上没有比例尺"}')).status, 0::int2, 'a second notice') from c;
select is(pg_temp.says(pg_temp.last_paper(case_id, 'correction')) like '%上次没有告知的内容是：|序号 本次新增的材料 情形 需要怎样补正|1 平面图 不符合要求 图上没有比例尺|请于%', true, 'ONE-3: it shows the difference from the first') from c;
select results_eq($$ select x.state, x.used_at is not null, f.corrections, f.state from c join hall.exception x using (case_id) join hall.case_file f using (case_id) where x.state <> 'denied' $$,
  $$ values ('used', true, 2::int2, 'correcting') $$, 'used once');
select ok(e.detail @> array['exception', 'added'] and e.detail @> array['3'], 'the trail says what could have been told the first time') from c join hall.event e using (case_id) where e.event = 'correct' and e.version = 4;
do $$ begin perform pg_temp.answer(case_id, 4, '{3}', '{present}') from c; end $$;
select is((pg_temp.correct(case_id, 5, '{3}', '{absent}')).code, 'correct.second', 'a third needs another') from c;

-- a refused command leaves the exception granted
do $$ begin perform pg_temp.ask('major_decline', case_id) from c; end $$;
select is((pg_temp.judge(pg_temp.open(case_id, 'major_decline'), true, 't.sun')).code, 'exception.chief', 'major_decline: not by a supervisor') from c;
select is((pg_temp.judge(pg_temp.open(case_id, 'major_decline'), true, 't.chen')).status, 0::int2, 'but by the chief representative') from c;
select is((pg_temp.decline(case_id, 4, p_major => true)).code, 'case.changed', 'a refused command') from c;
select is(x.state, 'granted', 'uses nothing up') from c join hall.exception x using (case_id) where x.kind = 'major_decline';
do $$ begin
  insert into hall.department (name, full_name, short_form) values ('别局', '示例区别局', '示别');
  update hall.post set department_id = (select department_id from hall.department where name = '别局') where code = 't.chief';
end $$;
select is(rule.judge_post(pg_temp.staff('t.chen'), 'major_decline', f.department_id), null, 'not by another department''s') from c join hall.case_file f using (case_id);

-- not where they cannot apply
create temp table n as select * from pg_temp.receive_all();
select results_eq($$ select q.code, q.arg1 from n, pg_temp.ask('second_correction', n.case_id) q $$, $$ select 'exception.not_told', number from n $$, 'ONE-3: a first notice needs none');
do $$ begin perform pg_temp.accept(case_id, 1) from n; perform pg_temp.hold('t.rev', 't.zhang', 'A'); end $$;
select is((pg_temp.ask(t.kind, n.case_id)).code, 'case.state', t.kind || ': not once it is over') from n, unnest(array['major_decline']) t (kind);
select is((select count(*) from n join hall.exception using (case_id)), 0::int8, 'nothing waits for a judge in vain');
select is((pg_temp.ask($$second_correction$$, n.case_id)).status, 0::int2, $$ONE-3: any correction after acceptance needs one$$) from n;

-- before there is a case
select is((pg_temp.ask('late_month')).code, 'text.blank', 'late_month: for a paper receipt');
select is((pg_temp.ask('late_month', null, '纸20261001')).status, 0::int2, 'asked');
select is((pg_temp.ask('late_month', p_subject => '纸20261001', p_login => 't.sun')).code, 'post.none', 'by who receives');
select is((select a.event || ' ' || a.detail[9] from hall.audit a where a.subject_kind = 'post' and a.subject_id = pg_temp.post('t.in') order by a.seq desc limit 1), 'exception_ask 纸20261001', 'in the trail of the post that asked');
select is((pg_temp.judge((select exception_id from hall.exception where subject = '纸20261001'), true, 't.sun')).status, 0::int2, 'granted by a supervisor');
create function pg_temp.key_in() returns text language sql as $$
  select x.code from api.case_receive('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('h'),
    pg_temp.item(), 'resident', '110101199001010015', '欧阳小明', '13812345678', null, null, null, null, null, null, null, null,
    '{1}', '{present}', null, null, p_paper_no => '纸 20261001', p_paper_at => pg_temp.moment('2026-10-01 10:00'), p_paper_reason => '断网') x
$$;
select is(pg_temp.key_in(), null, 'used by the key-in');
select is((select e.detail @> array['exception', x.exception_id::text] from hall.exception x, hall.event e where x.subject = '纸20261001' and e.event = 'receive' order by e.event_id desc limit 1), true, 'whose event says so');
create function pg_temp.consume() returns int8 language plpgsql as $$
declare k command.call;
begin
  k.staff_id := pg_temp.staff('t.zhang'); k.at := hall.clock(); k.acting_post_id := pg_temp.post('t.in');
  return rule.consume_exception(k, 'late_month', null, '纸20261001');
end $$;
select is(pg_temp.consume(), null, 'once');
do $$ begin -- a window of another department, whose clerk holds this one's post, too
  insert into hall.post (code, name, department_id, duty)
  select 't.two', '别局受理', d.department_id, 'window' from hall.department d where d.name = '别局';
  perform pg_temp.hold('t.two', 't.zhang');
  update hall.post_window set post_id = pg_temp.post('t.two') where post_id = pg_temp.post('t.in');
  perform pg_temp.ask('late_month', null, '纸20261002');
end $$;
select is((select d.name from hall.exception x join hall.department d using (department_id) where x.subject = '纸20261002'), '别局', 'it is for the department served here');
select throws_ok('delete from hall.exception', 'YM010', null, 'kept for the month report');
select is_empty($$ select * from hall.verify() $$, 'sound');
select * from finish(true);
rollback;
