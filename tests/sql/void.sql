-- DOC-3, ONE-2: what a paper made is taken back by the post that made it on the same day, else
-- by a supervisor; the term runs on. A wrong paper is issued anew without a change of state.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(67);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.sun', 9903);
end $$;
create temp table quick as select pg_temp.make_item('T-002', '测试即办事项') as item;
update hall.item_version set handling = 'immediate' where item_version_id = (select item from quick);
-- A case as voiding must give it back: all but version and last moment; what is due; what was told.
create function pg_temp.snap(p_case int8) returns text language sql as $$
  select concat_ws(' ', (to_jsonb(f) - 'version' - 'last_at')::text, (select d.kind || d.at::text from hall.due d where d.case_id = f.case_id),
    (select string_agg(m.seq::text, ',' order by m.seq) from hall.case_material m where m.case_id = f.case_id and m.told))
  from hall.case_file f where f.case_id = p_case
$$;
create temp table t (action text, case_id int8, version int4, was text);
insert into t select a.action, (pg_temp.receive('{1,2,3,4,5}', array['present', 'present', 'present', 'present', case a.action when 'correct' then 'absent' else 'unneeded' end],
  p_item => (select item from quick))).case_id, 1 from (values ('accept'), ('correct'), ('decline'), ('finish'), ('withdraw'), ('decline2'), ('withdraw2'), ('withdraw3')) a (action);
do $$ begin
  perform pg_temp.correct(case_id, 1, '{1}', '{absent}') from t where action in ('decline2', 'withdraw2');
  perform pg_temp.accept(case_id, 1) from t where action = 'withdraw3';
  update t set version = 2 where action in ('decline2', 'withdraw2', 'withdraw3');
  update t set was = pg_temp.snap(case_id);
end $$;
create function pg_temp.run(p_action text, p_case int8, p_version int4) returns outcome language sql as $$
  select case when p_action = 'accept' then pg_temp.accept(p_case, p_version) when p_action = 'correct' then pg_temp.correct(p_case, p_version)
    when p_action = 'finish' then pg_temp.finish(p_case, p_version) when p_action like 'decline%' then pg_temp.decline(p_case, p_version)
    else pg_temp.withdraw(p_case, p_version) end
$$;
create temp table o as select t.action, q.* from t, pg_temp.run(t.action, t.case_id, t.version) q;
select is(o.status, 0::int2, o.action || ' done') from o;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 11:00')); end $$;
select is((pg_temp.void(case_id, version - 1)).code, 'case.changed', 'CASE-14: only what was seen') from o where action = 'accept';
select is((pg_temp.void(case_id, version, p_reason => ' ')).code, 'text.blank', 'with a reason') from o where action = 'accept';
select is((pg_temp.void(case_id, version, 't.li')).code, 'post.not_holder', 'not by the post it went to') from o where action = 'accept';
select is((pg_temp.void(case_id, version, p_notice => (pg_temp.last_paper(case_id, 'receipt')).notice_id)).code, 'void.not_last', 'not by another paper') from o where action = 'accept';
-- printing does not make it final
do $$ begin
  perform api.notice_print('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), 'p', (pg_temp.last_paper(case_id, 'acceptance')).notice_id, 'x') from o where action = 'accept';
  perform api.notice_printed('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), 'p', (pg_temp.last_paper(case_id, 'acceptance')).notice_id, true, null, 1::int2, null) from o where action = 'accept';
end $$;
create temp table v as select o.action, o.number as paper, q.* from o, pg_temp.void(o.case_id, o.version) q;

select is(v.status, 0::int2, v.action || ' voided') from v;
select is(pg_temp.snap(t.case_id), t.was, t.action || ': exactly what it was') from t;
select results_eq($$ select e.event, e.from_state, e.to_state, e.note, e.acting from v join hall.event e on e.case_id = v.case_id where v.action = 'accept' order by e.seq desc limit 1 $$,
  $$ values ('void', 'accepted', 'received', '办错了', 'A') $$, 'in the trail');
select is((select count(*) from v join hall.notice n on n.number = v.paper where n.voided_at is not null and n.void_reason = '办错了'), 8::int8, 'DOC-2: void papers keep their numbers');
select is((select count(*) from v join hall.negative g on g.case_id = v.case_id where g.voided_at is not null), 3::int8, 'NEG-1: entries stay, marked void');
select is((select count(*) from v join hall.case_outcome x on x.case_id = v.case_id where x.voided_at is null), 0::int8, 'no result holds');
select is_empty($$ select * from hall.verify() $$, 'sound');
select is((pg_temp.void(v.case_id, v.version, p_notice => n.notice_id)).code, 'void.already', 'void once') from v join hall.notice n on n.number = v.paper where v.action = 'accept';
select is((select o.status from v join hall.notice n on n.number = v.paper, api.notice_print('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), 'p', n.notice_id, 'x') o where v.action = 'accept'), 0::int2, 'DOC-3: a void paper that was printed is printed again, marked');
select is((select o.code from v join hall.notice n on n.number = v.paper, api.notice_print('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), 'p', n.notice_id, 'x') o where v.action = 'decline'), 'notice.void', 'one that never was stays where it is');
-- then rightly
select is((pg_temp.decline(case_id, version)).status, 0::int2, 'accepted by mistake, declined now') from v where action = 'accept';
select is((pg_temp.correct(case_id, version)).status, 0::int2, 'ONE-3: a void notice was not the one') from v where action = 'correct';
select is((pg_temp.void(case_id, version)).status, 0::int2, 'a void finish is finished and voided again')
from (select q.* from v, pg_temp.finish(v.case_id, v.version) q where v.action = 'finish') q;
-- a receipt made no state that can be taken back
select is((pg_temp.void(case_id, version)).code, 'case.state', 'receiving is not voided') from pg_temp.receive_all() q;

-- another day
create temp table d as select q.case_id from pg_temp.receive_all() r, pg_temp.accept(r.case_id, 1) q;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 09:00')); perform pg_temp.login('t.chen', 9902); end $$;
select is((pg_temp.void(case_id, 2)).code, 'void.another_day', 'the next day only by a supervisor') from d;
select is((pg_temp.void(case_id, 2, 't.chen')).code, 'void.another_day', 'not the chief representative') from d;
select is((pg_temp.void(case_id, 2, 't.sun')).status, 0::int2, 'by a supervisor') from d;
select is(e.acting_post_id, pg_temp.post('t.sup'), 'for that post') from d join hall.event e using (case_id) where e.event = 'void';
select is(f.term_at, pg_temp.moment('2026-11-30 17:00'), 'ONE-2: the term has not moved') from d join hall.case_file f using (case_id);
create temp table late as select q.case_id from pg_temp.receive_all() r, pg_temp.accept(r.case_id, 1) q;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-01 17:00')); end $$;
select is((pg_temp.void(case_id, 2, 't.sun')).code, 'void.term_over', 'not once the term it would reopen is over') from late;
do $$ begin perform rule.settle(case_id) from d; end $$;
select is(f.state || ' ' || f.silent, 'accepted true', 'and the one voided in time was accepted by silence') from d join hall.case_file f using (case_id);
select is((pg_temp.void(d.case_id, f.version, 't.sun')).code, 'case.state', 'which cannot be voided') from d join hall.case_file f using (case_id);

-- issued anew
create temp table n as select q.case_id, q.number from pg_temp.receive_all() r, pg_temp.decline(r.case_id, 1) q;
create temp table was as select (to_jsonb(f))::text as j from n join hall.case_file f using (case_id);
create temp table r as select q.* from n, pg_temp.reissue((pg_temp.last_paper(n.case_id, 'decline')).notice_id, p_facts => '不在本区经营', p_basis => '某条例第六条') q;
select is((select number from r) <> (select number from n), true, 'DOC-3: a new number');
select is((select (to_jsonb(f))::text from n join hall.case_file f using (case_id)), (select j from was), 'the case is as it was');
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'decline')) like all (array['%查明：不在本区经营。%', '%某条例第六条%', '%替代%']), 'with the words put right') from n;
select is(g.facts, '不在本区经营。', 'in the register, too') from n join hall.negative g using (case_id);
select is((pg_temp.reissue((pg_temp.last_paper(case_id, 'receipt')).notice_id, p_facts => 'x')).code, 'notice.no_facts', 'a receipt states no facts') from n;
select is((pg_temp.reissue(m.notice_id)).code, 'void.already', 'a void paper is not issued anew') from n join hall.notice m using (case_id) where m.number = n.number;
select is((pg_temp.void(case_id, 2)).status, 0::int2, 'the new paper can be voided, and the state with it') from n;
select is((pg_temp.reissue(1)).code, 'notice.none', 'no paper');

-- NEG-4: who was handed over is called back
insert into hall.department (name, full_name, short_form) values ('别局', '示例区别局', '示别');
insert into hall.post (code, name, department_id, duty)
select 't.other', '别局受理', department_id, 'window' from hall.department where name = '别局';
do $$ begin perform pg_temp.hold('t.other', 't.wang'); end $$;
insert into hall.post_window select pg_temp.post('t.other'), window_id, '2020-01-01' from hall.window where no = 9902;
do $$ begin perform pg_temp.login('t.wang', 9902); end $$;
create temp table ho as select q.case_id, q.number from pg_temp.receive_all() r, pg_temp.decline(r.case_id, 1, 'not_ours', p_post => pg_temp.post('t.other')) q;
insert into ho select q.case_id, q.number from pg_temp.receive_all() r, pg_temp.decline(r.case_id, 1, 'not_ours', p_post => pg_temp.post('t.other')) q;
create temp table h as select ho.*, v.visit_id from ho join hall.visit v using (case_id);
select is(o.status, 0::int2, 'one of two is taken over') from api.visit_confirm('token t.wang', pg_temp.epoch('t.wang'), 0::int2, pg_temp.seq('t.wang'), 'k',
  (select max(visit_id) from h), 1) o;
select is((pg_temp.void(case_id, 2)).status, 0::int2, 'its refusal voided') from h;
select results_eq($$ select v.state, v.result, v.reply, v.to_post_id from h join hall.visit v using (visit_id) order by visit_id $$,
  $$ select 'closed', 'answered', h.number || '已作废，仍由原岗位办理。', null::int8 from h order by visit_id $$, 'no visitor stays with a post whose matter it is not, confirmed or not');
select is((select count(*) from h join hall.audit u on u.subject_kind = 'visit' and u.subject_id = h.visit_id where u.event = 'void'), 2::int8, 'their chains say why');
select ok((select count(*) from hall.news w where w.event = 'visit.void' and w.post_id = pg_temp.post('t.other')) = 2, 'and the post hears of it');
select is_empty($$ select * from hall.verify() $$, 'sound');

-- CLK-4: a calendar loaded while the term did not run has its say when it runs again
create temp table y as select q.case_id from pg_temp.receive_all() r, pg_temp.accept(r.case_id, 1) q;
do $$ begin perform * from admin.load_calendar('2026.json', '{"year": 2026, "papers": ["示例"], "days": [{"name": "假", "date": "2026-12-04", "isOffDay": true}]}'); end $$;
select is((pg_temp.void(case_id, 3)).version, 5, 'its limits had moved; voided, then moved') from y;
select is(f.term_at, pg_temp.moment('2026-12-09 17:00'), 'the term runs on by the new calendar') from y join hall.case_file f using (case_id);
select is(d.at, pg_temp.moment('2026-12-09 17:00'), 'and so it falls due') from y join hall.due d using (case_id);
select is_empty($$ select * from hall.verify() $$, 'sound');
select * from finish(true);
rollback;
