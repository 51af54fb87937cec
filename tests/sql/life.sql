-- CASE-5 … CASE-10, CLK-2, CLK-5, CLK-6, ONE-3, FEE-1: from acceptance to the end of a case.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
select plan(105);
insert into hall.window (no, name, cert_sha256) values (9904, '测试四', sha256('window 9904'));
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.sun', 9904);
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.chen', 9903);
end $$;

-- five steps, limits of their own: 1 + 2 + 1 of the promise of 5 working days; a fee of 12.50 yuan
create function pg_temp.long_item(p_code text, p_fee int8 default 1250, p_handling text default 'promised', p_promised int4 default 5,
  p_unit text default 'workday') returns int8 language plpgsql as $$
declare
  v int8 := pg_temp.make_item(p_code, '测试长流程事项' || p_code, true, p_promised, p_unit);
begin
  delete from hall.item_step where item_version_id = v and seq > 0;
  insert into hall.item_step values (v, 1, 'handle', '承办', pg_temp.post('t.in'), 1), (v, 2, 'review', '审核', pg_temp.post('t.rev'), 2),
    (v, 3, 'decide', '批准', pg_temp.post('t.rev'), 1), (v, 4, 'close', '办结', pg_temp.post('t.in'), null);
  update hall.item_version set fee = p_fee, fee_basis = '某办法第三条', handling = p_handling, result_doc = '测试许可证' where item_version_id = v;
  return v;
end $$;
create temp table item as select pg_temp.long_item('T-L1') as id;
create function pg_temp.first_item() returns int8 language sql as $$ select id from item $$;
create function pg_temp.new_case(p_item int8 default pg_temp.first_item(), p_accept bool default true) returns int8 language plpgsql as $$
declare
  r outcome;
begin
  select * into r from pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_item => p_item);
  if p_accept then
    r := pg_temp.accept(r.case_id, 1);
  end if;
  return r.case_id;
end $$;
create function pg_temp.code(o outcome) returns text language sql as $$ select coalesce(o.code, 'done') $$;
create function pg_temp.due(p_case int8) returns text language sql as $$
  select string_agg(d.kind || ' ' || to_char(d.at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'), ', ' order by d.rank) from hall.due d where d.case_id = p_case
$$;
create function pg_temp.ends(p_case int8) returns text language sql as $$
  select concat_ws(' ', to_char(f.due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'), to_char(f.step_due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'))
  from hall.case_file f where f.case_id = p_case
$$;

-- steps
create temp table a as select pg_temp.new_case() as id;
select results_eq('select f.step_seq, f.post_id, f.light, f.step_light from a join hall.case_file f on f.case_id = a.id', $$ values (1::int2, pg_temp.post('t.in'), 'green', 'green') $$, 'CASE-5: with the post of the first step');
select is(pg_temp.ends(id), '11-30 17:00 11-24 17:00', 'its own limit and the total one') from a;
select is(pg_temp.due(id), 'step_light 11-24 00:00, light 11-30 00:00', 'CLK-5: a short promise turns yellow on its last day') from a;
select is(pg_temp.code(pg_temp.act('decide', id, 2, 't.zhang')), 'decide.step', 'not decided before the deciding step') from a;
select is(pg_temp.code(pg_temp.act('advance', id, 2, 't.li')), 'post.not_holder', 'advanced by the holder of the step alone') from a;
select is(pg_temp.code(pg_temp.act('send_back', id, 2, 't.zhang')), 'send_back.step', 'nothing before the first step') from a;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 10:00')); end $$;
select is(pg_temp.code(pg_temp.act('advance', id, 2, 't.zhang', '{"note": "材料属实"}')), 'done', 'advanced') from a;
select results_eq('select f.step_seq, f.post_id, f.version from a join hall.case_file f on f.case_id = a.id', $$ values (2::int2, pg_temp.post('t.rev'), 3) $$, 'to the next step and its post');
select is(pg_temp.ends(id), '11-30 17:00 11-26 17:00', 'whose clock runs from now') from a;
select is((select w.event from a join hall.news w on w.case_id = a.id and w.post_id = pg_temp.post('t.in')), 'case.left', 'the post it left hears of it');
select results_eq($$ select e.event, e.detail[2], e.detail[3] from a join hall.event e on e.case_id = a.id order by e.seq desc limit 2 $$,
  $$ values ('advance', '1', '2'), ('light', 'green', 'yellow') $$, 'the step''s light had turned, on record');
select is((select e.at from a join hall.event e on e.case_id = a.id where e.event = 'light'), pg_temp.moment('2026-11-24 00:00'), 'CLK-5: at 00:00');
select is(pg_temp.code(pg_temp.act('send_back', id, 3, p => '{"reason": " "}')), 'text.blank', 'sent back with a reason') from a;
select is(pg_temp.code(pg_temp.act('send_back', id, 3)), 'done', 'sent back') from a;
select is(pg_temp.ends(id), '11-30 17:00 11-25 17:00', 'the total clock runs on') from a;
-- to a post nobody holds: it goes there, with a word
do $$ begin perform pg_temp.hold('t.rev', null, null, 'gone'); end $$;
select results_eq($$ select o.status, o.code, o.arg1 from a, pg_temp.act('advance', id, 4, 't.zhang') o $$, $$ values (0::int2, 'post.unheld', '测试审核') $$, 'who sends it on is told that nobody holds that post');
do $$ begin perform pg_temp.hold('t.rev', 't.li'); end $$;
select is(pg_temp.code(pg_temp.act('advance', id, 5)), 'done', 'and nothing where somebody does') from a;
select is(pg_temp.code(pg_temp.act('advance', id, 6)), 'advance.decide', 'at the deciding step it is decided, not advanced') from a;
select is((select action from api.case_show('token t.li', (select id from a))), 'decide', 'which the screen knows');
select results_eq($$ select seq, state, step_limit from api.case_steps('token t.li', (select id from a)) $$,
  $$ values (0::int2, 'past', null::int), (1::int2, 'past', 1), (2::int2, 'past', 2), (3::int2, 'now', 1), (4::int2, 'to_come', null) $$, 'its procedure');

-- decide, close, deliver
select is(pg_temp.code(pg_temp.act('decide', id, 6, p => '{"valid_until": "2020-01-01"}')), 'decide.valid', 'no document that is not valid any more') from a;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-27 16:00')); end $$;
create temp table ad as select o.* from a, pg_temp.act('decide', id, 6, p => '{"document_no": "示测许0001", "valid_until": "2031-11-26"}') o;
select is(number, '示测准〔2026〕00001号', 'granted') from ad;
select results_eq('select f.state, f.granted, f.step_seq, f.post_id, f.deliver_at from a join hall.case_file f on f.case_id = a.id',
  $$ values ('decided', true, 4::int2, pg_temp.post('t.in'), pg_temp.moment('2026-12-11 17:00')) $$, 'CASE-8: it waits to be closed, and delivered within 10 working days');
select is(pg_temp.due(id), null, 'CLK-2: the total clock has stopped') from a;
select ok(pg_temp.says(pg_temp.last_paper(id, 'grant')) like all (array['%测试许可证%', '%示测许0001%', '%2031年11月26日%']), 'its decision') from a;
select is(pg_temp.code(pg_temp.act('close', id, 7, 't.li')), 'post.not_holder', 'closed by the closing step''s post') from a;
select is(pg_temp.code(pg_temp.act('close', id, 7, 't.zhang')), 'done', 'closed') from a;
select results_eq($$ select o.timing, o.spare from a join hall.case_outcome o on o.case_id = a.id where o.event = 'close' $$, $$ values ('early', 1) $$, 'CLK-6: early, a day to spare');
select ok(pg_temp.says(pg_temp.last_paper(id, 'finish')) like all (array['%示测准〔2026〕00001号%', '%提前1个工作日%']), '办结通知书 says so') from a;
select is((pg_temp.last_paper(id, 'finish')).number, '示测结〔2026〕00001号', 'in the one series of its kind') from a;
select is(pg_temp.code(pg_temp.act('deliver', id, 8, 't.zhang', '{"how": "pigeon"}')), 'deliver.how', 'in a way there is') from a;
select is(pg_temp.code(pg_temp.act('deliver', id, 8, 't.zhang', '{"on": "2026-11-26"}')), 'deliver.day_before', 'not before the decision') from a;
select is(pg_temp.code(pg_temp.act('deliver', id, 8, 't.zhang', '{"on": "2026-11-28"}')), 'deliver.day_ahead', 'nor tomorrow') from a;
select is(pg_temp.code(pg_temp.act('deliver', id, 8, 't.zhang')), 'done', 'delivered') from a;
select is(pg_temp.code(pg_temp.act('deliver', id, 9, 't.zhang')), 'deliver.done', 'once') from a;
select results_eq('select f.state, f.handed_at is not null from a join hall.case_file f on f.case_id = a.id', $$ values ('closed', true) $$, 'a fact, no state');
select ok(pg_temp.says(pg_temp.last_paper(id, 'deliver')) like all (array['%测试许可证%', '%欧阳小明%', '%直接送达%']), '送达回证') from a;

-- void: the decision, the close, the delivery, each back to the state before
select is(pg_temp.code(pg_temp.void(id, 9)), 'done', 'a delivery voided') from a;
select is((select f.handed_at from a join hall.case_file f on f.case_id = a.id), null, 'it is not delivered') from a;
select is((select o.voided_at is not null from a join hall.case_outcome o on o.case_id = a.id where o.event = 'deliver'), true, 'which stays on record') from a;

-- refusing
create temp table b as select pg_temp.new_case() as id;
do $$ begin perform pg_temp.act('advance', id, 2, 't.zhang') from b; perform pg_temp.act('advance', id, 3) from b; end $$;
select is(pg_temp.code(pg_temp.act('refuse', id, 4, p => '{"basis": " "}')), 'text.blank', 'NEG-3: with a legal basis') from b;
select is(pg_temp.code(pg_temp.act('refuse', id, 4, p => '{"major": true}')), 'refuse.major', 'NEG-2: a major matter needs the chief representative') from b;
do $$ begin perform pg_temp.except('major_refuse', id, 't.li', 't.chen') from b; end $$;
select is(pg_temp.code(pg_temp.act('refuse', id, 4, p => '{"major": true}')), 'done', 'approved, then refused') from b;
select results_eq($$ select g.category, g.major, n.kind, g.negative_id < n.notice_id, x.state from b join hall.negative g on g.case_id = b.id join hall.notice n using (notice_id) join hall.exception x using (exception_id) $$,
  $$ values ('refused', true, 'refuse', true, 'used') $$, 'NEG-2: filed before its paper, the approval used');
select ok(pg_temp.says(pg_temp.last_paper(id, 'refuse')) like all (array['%某条例第九条%', '%六十日%行政复议%', '%六个月%诉讼%']), 'NEG-3: reasons, basis, review and suit') from b;
select is((select f.deliver_at from b join hall.case_file f on f.case_id = b.id), null, 'only a granted result has to be delivered in ten days') from b;
select is(pg_temp.code(pg_temp.void(id, 5, 't.li')), 'done', 'a refusal voided') from b;
select results_eq('select f.state, f.decided_at, f.granted, f.step_seq from b join hall.case_file f on f.case_id = b.id', $$ values ('accepted', null::timestamptz, null::bool, 3::int2) $$, 'nothing is decided');
select is(pg_temp.due(id), 'step_light 11-30 00:00, light 12-04 00:00', 'its clocks run again') from b;

-- standing still
create temp table s as select pg_temp.new_case(pg_temp.long_item('T-L2', 0, 'promised', 10)) as id;
select is(pg_temp.ends(id), '12-11 17:00 11-30 17:00', 'ten working days') from s;
select is(pg_temp.code(pg_temp.act('suspend', id, 2, 't.zhang', '{"procedure": "holiday"}')), 'suspend.procedure', 'CASE-6: only for a lawful procedure') from s;
select is(pg_temp.code(pg_temp.act('suspend', id, 2, 't.zhang', '{"until": "2026-11-20"}')), 'suspend.past', 'not into the past') from s;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-01 10:00')); perform pg_temp.act('suspend', id, 2, 't.zhang', '{"procedure": "testing", "until": "2026-12-03"}') from s; end $$;
select results_eq('select f.state, f.due_at, f.light from s join hall.case_file f on f.case_id = s.id', $$ values ('suspended', null::timestamptz, null::text) $$, 'CLK-2: no due date while it stands still');
select is(pg_temp.due(id), 'resume 12-04 00:00', 'a stated end is put down') from s;
select ok(pg_temp.says(pg_temp.last_paper(id, 'special')) like all (array['%检测%', '%2026年12月3日%']), '特别程序告知书') from s;
select is(pg_temp.code(pg_temp.answer(id, 3, '{5}', '{present}')), 'answer.not_waiting', 'there is nothing to answer') from s;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-07 09:00')); perform api.tick(100); end $$;
select results_eq($$ select e.event, e.at, e.acting from s join hall.event e on e.case_id = s.id where e.event = 'resume' $$, $$ values ('resume', pg_temp.moment('2026-12-04 00:00'), 'system') $$, 'resumed by itself, at its moment');
select is(pg_temp.ends(id), '12-15 17:00 11-30 17:00', 'two whole days were skipped; the step was over before it began to stand still') from s;
select is(pg_temp.code(pg_temp.act('suspend', id, 4, 't.zhang')), 'done', 'a second stretch') from s;
select is(pg_temp.code(pg_temp.act('resume', id, 5, 't.zhang', '{"outcome": "听证结束"}')), 'done', 'ended by hand') from s;
select is(pg_temp.ends(id), '12-15 17:00 11-30 17:00', 'for less than a day: nothing is skipped') from s;
select is(pg_temp.code(pg_temp.void(id, 6)), 'void.not_last', 'its paper cannot be voided once it went on') from s;
select is((select count(*) from api.case_stands('token t.zhang', (select id from s))), 2::int8, 'both are shown');
do $$ begin perform pg_temp.act('suspend', id, 6, 't.zhang') from s; end $$;
select is(pg_temp.code(pg_temp.void(id, 7)), 'done', 'voided while it stands still') from s;
select is((select f.state from s join hall.case_file f on f.case_id = s.id), 'accepted', 'as if it never had') from s;
select is((select count(*) from s join hall.stand t on t.case_id = s.id where t.voided_at is not null), 1::int8, 'which stays on record') from s;

-- ONE-3: a correction after acceptance
create temp table q as select pg_temp.new_case(pg_temp.long_item('T-L3', 0, 'promised', 10)) as id;
select is(pg_temp.code(pg_temp.correct(id, 2, '{3}', '{defective}', '{请补盖章}')), 'correct.second', 'any correction after acceptance needs an exception') from q;
do $$ begin perform pg_temp.except('second_correction', id, 't.zhang', 't.sun') from q; end $$;
select is(pg_temp.code(pg_temp.correct(id, 2, '{3}', '{defective}', '{请补盖章}')), 'done', 'granted by a supervisor, then asked') from q;
select results_eq('select f.state, f.due_at, f.corrections from q join hall.case_file f on f.case_id = q.id', $$ values ('suspended', null::timestamptz, 1::int2) $$, 'it waits for the applicant, its clocks stand still');
select is(pg_temp.due(id), 'lapse 01-06 17:00', 'for the answer term') from q;
select is(pg_temp.code(pg_temp.act('resume', id, 3, 't.zhang')), 'resume.waiting', 'which ends by an answer') from q;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-09 15:00')); end $$;
select is(pg_temp.code(pg_temp.answer(id, 3, '{3}', '{present}')), 'done', 'answered') from q;
select is(pg_temp.ends(id), '12-22 17:00 12-09 17:00', 'and the clocks go on: 8 December was skipped') from q;
create temp table ql as select pg_temp.new_case(pg_temp.long_item('T-L4', 0, 'promised', 10)) as id;
do $$ begin perform pg_temp.except('second_correction', id, 't.zhang', 't.sun') from ql; perform pg_temp.correct(id, 2, '{3}', '{defective}', '{请补盖章}') from ql;
  perform pg_temp.at(pg_temp.moment('2027-01-11 09:00')); perform api.tick(100); end $$;
select results_eq($$ select e.event, e.at, e.to_state from ql join hall.event e on e.case_id = ql.id where e.event = 'lapse' $$, $$ values ('lapse', pg_temp.moment('2027-01-08 17:00'), 'accepted') $$, 'not answered: decided on what is there');

-- extend, expedite
create temp table e as select pg_temp.new_case() as id; -- Monday 11 January 2027
select is(pg_temp.ends(id), '01-18 17:00 01-12 17:00', 'five days') from e;
select is(pg_temp.code(pg_temp.act('extend', id, 2, 't.zhang')), 'post.not_holder', 'CASE-7: by the chief representative') from e;
select is(pg_temp.code(pg_temp.act('extend', id, 2, 't.chen', '{"days": 11}')), 'extend.beyond', 'by ten working days at most') from e;
select is(pg_temp.code(pg_temp.act('extend', id, 2, 't.chen', '{"days": 10}')), 'done', 'extended') from e;
select is(pg_temp.ends(id), '02-01 17:00 01-26 17:00', 'promise and step alike') from e;
select is((select f.statutory_at from e join hall.case_file f on f.case_id = e.id), pg_temp.moment('2027-02-22 17:00'), 'and the statutory limit') from e;
select is(pg_temp.code(pg_temp.act('extend', id, 3, 't.chen')), 'extend.once', 'once') from e;
select is(pg_temp.code(pg_temp.act('expedite', id, 3, 't.zhang', '{"promised": 3}')), 'post.not_holder', 'CASE-10: by a supervisor') from e;
select is(pg_temp.code(pg_temp.act('expedite', id, 3, 't.sun', '{"promised": 5}')), 'expedite.longer', 'never longer') from e;
do $$ begin perform pg_temp.except('urgent', id, 't.zhang', 't.sun') from e; end $$;
select is(pg_temp.code(pg_temp.act('expedite', id, 3, 't.zhang', '{"promised": 3}')), 'done', 'or with what a supervisor granted') from e;
select is(pg_temp.ends(id), '01-14 17:00 01-14 17:00', 'three days in all, the ten fall away, of the step, too') from e;
select is((select f.statutory_at from e join hall.case_file f on f.case_id = e.id), pg_temp.moment('2027-02-22 17:00'), 'but for the statutory limit') from e;
create temp table e2 as select pg_temp.new_case() as id;
do $$ begin perform pg_temp.at(pg_temp.moment('2027-01-18 17:00:01')); end $$;
select is(pg_temp.code(pg_temp.act('extend', id, 2, 't.chen')), 'extend.over', 'not after its due moment') from e2;

-- forward
create temp table f as select pg_temp.new_case() as id; -- 18 January 17:00
do $$ begin perform pg_temp.at(pg_temp.moment('2027-01-19 09:00')); end $$;
select is(pg_temp.code(pg_temp.act('forward', id, 2, 't.zhang', '{"authority": " "}')), 'text.blank', 'to whom') from f;
do $$ begin perform pg_temp.act('forward', id, 2, 't.zhang', '{"document_no": "示测呈7"}') from f; perform pg_temp.act('track', id, 3, 't.zhang') from f; end $$;
select is((select concat_ws(' ', state, standing) from api.case_show('token t.zhang', (select id from f))), 'forwarded 市某局', 'CASE-9: shown with whom it is');
do $$ begin perform pg_temp.at(pg_temp.moment('2027-01-26 14:30')); perform pg_temp.act('return', id, 3, 't.zhang') from f; end $$;
select is(pg_temp.ends(id), '01-29 17:00 01-26 17:00', 'its time is not charged') from f;

-- withdrawn while it stands still, and taken back
create temp table w as select pg_temp.new_case() as id;
do $$ begin perform pg_temp.act('suspend', id, 2, 't.zhang') from w; end $$;
select is(pg_temp.code(pg_temp.withdraw(id, 3, p_on => '2027-01-26')), 'done', 'withdrawn while it stands still') from w;
select is((select t.until_at is not null from w join hall.stand t on t.case_id = w.id), true, 'which ends it');
select is(pg_temp.code(pg_temp.void(id, 4)), 'done', 'the withdrawal voided') from w;
select is((select standing from api.case_show('token t.zhang', (select id from w))), '听证', 'it stands still as before');
select is(pg_temp.due(id), null, 'and nothing turns meanwhile') from w;

-- fees
select is(pg_temp.code(pg_temp.act('fee_ask', id, 4, 't.zhang', '{"amount": 1300}')), 'fee.published', 'FEE-1: only as published') from f;
select is(pg_temp.code(pg_temp.act('fee_ask', id, 4, 't.zhang', '{"amount": 1250}')), 'done', 'asked') from f;
select is(pg_temp.code(pg_temp.act('fee_ask', (select id from q), 4, 't.zhang', '{"amount": 1}')), 'fee.free', 'a free item cannot charge');
select ok(pg_temp.says(pg_temp.last_paper(id, 'fee')) like all (array['%12.50元%', '%某办法第三条%']), '缴费通知 with its basis') from f;
select is(pg_temp.code(pg_temp.act('fee_reduce', id, 4, 't.zhang', '{"by": 250, "reason": "困难群众"}')), 'fee.approval', 'reduced with approval') from f;
do $$ begin perform pg_temp.except('fee_reduce', id, 't.zhang', 't.chen') from f; perform pg_temp.act('fee_reduce', id, 4, 't.zhang', '{"by": 250, "reason": "困难群众"}') from f; end $$;
select results_eq($$ select f.amount, f.reduced, f.notice from api.fee_list('token t.zhang', (select id from f)) f $$, $$ values (1000::int8, 250::int8, '示测费〔2027〕00002号') $$, 'a new notice, the void one kept');
do $$ begin perform pg_temp.act('advance', id, 4, 't.zhang') from f; perform pg_temp.act('advance', id, 5) from f; perform pg_temp.act('decide', id, 6) from f; end $$;
select is(pg_temp.code(pg_temp.act('deliver', id, 7, 't.zhang')), 'fee.unpaid', 'not handed over before it is paid') from f;
select is(pg_temp.code(pg_temp.act('fee_pay', id, 7, 't.zhang', '{"receipt": "gk 0001"}')), 'done', 'paid by the number of its receipt') from f;
select is(pg_temp.code(pg_temp.act('deliver', id, 7, 't.zhang')), 'done', 'then handed over, before it is closed') from f;
select is_empty($$ select * from hall.verify() $$, 'sound');
select * from finish(true);
rollback;
