-- PAR-2: the check round. It opens at receipt for all and closes at the end of working day 3; accept, correct and
-- decline wait; what is missing becomes one notice; the answer goes back to exactly those who asked.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
\ir lib/joint.psql
select plan(53);
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); perform pg_temp.come(); end $$;

-- which reviews a case has
select is((pg_temp.bring('{2}')).code, 'review.conditional', 'only conditional reviews are chosen');
create temp table u as select * from pg_temp.bring('{}');
select is(pg_temp.stands(case_id), '1 check 11-26 17:00|2 check 11-26 17:00', 'PAR-1: without the conditional ones') from u;
create temp table c as select * from pg_temp.bring();
select is(pg_temp.stands(case_id), '1 check 11-26 17:00|2 check 11-26 17:00|3 check 11-26 17:00', 'PAR-2: the check opens for all at receipt, until the close of working day 3') from c;
select is(pg_temp.news(case_id, 'review.check'), 'j.r1 j.r2 j.r3', 'all are told') from c;
select is((pg_temp.bring(null, pg_temp.item())).status, 0::int2, 'an item that is not joint');
select is_empty($$ select from hall.review r join hall.case_file f using (case_id) where f.item_version_id = pg_temp.item() $$, 'has no reviews');

-- waiting
select is((pg_temp.accept(case_id, 1)).code, 'check.open', 'accept waits') from c;
select is((pg_temp.correct(case_id, 1, '{1}', '{absent}')).code, 'check.open', 'correct waits') from c;
select is((pg_temp.decline(case_id, 1)).code, 'check.open', 'decline waits') from c;
select is((pg_temp.decline(case_id, 1)).arg1, '丙局、乙局、甲局', 'for whom') from c;

-- answers
select is((pg_temp.check(case_id, 1, p_login => 'j.2')).code, 'post.not_holder', 'answered by the holder of its post') from c;
select is((pg_temp.check(case_id, 9, p_login => 'j.1')).code, 'review.none', 'a review that is there') from c;
select is((pg_temp.check(case_id, 1, p_answer => 'maybe')).code, 'check.answer', 'complete or missing') from c;
select is((pg_temp.check(case_id, 1, '{}')).code, 'check.needs', 'missing says what') from c;
select is((pg_temp.check(case_id, 1, '{" "}')).code, 'text.blank', 'in words') from c;
select is((pg_temp.check(case_id, 1, '{补图}', '{9}')).code, 'material.none', 'of a material of the item') from c;
select is((pg_temp.check(case_id, 1, '{补图}', p_answer => 'complete')).code, 'check.complete', 'complete is complete') from c;
select is((pg_temp.check(case_id, 1)).status, 0::int2, 'one says complete') from c;
select is((pg_temp.check(case_id, 1)).code, 'check.answered', 'once') from c;
select is((pg_temp.check(case_id, 2, '{平面图须盖设计单位章,请附防雷图}', '{3,null}')).status, 0::int2, 'one finds something missing') from c;
select is(pg_temp.news(case_id, 'review.checked'), null, 'not all have answered') from c;
select is((pg_temp.accept(case_id, 1)).code, 'check.open', 'accept still waits') from c;
select results_eq($$ select e.version, e.event, e.acting, e.note from c join hall.event e using (case_id) order by e.seq desc limit 1 $$,
  $$ values (1, 'check', 'A', '平面图须盖设计单位章；请附防雷图') $$, 'CASE-13: in the trail, beside the states');

-- silence counts as complete, with an event
do $$ begin perform pg_temp.to(pg_temp.moment('2026-11-26 16:59')); end $$;
select is((select checked from hall.review where seq = 3 and case_id = c.case_id), null, 'not a minute early') from c;
do $$ begin perform pg_temp.to(pg_temp.moment('2026-11-26 17:00')); end $$;
select results_eq($$ select r.seq, r.checked from c join hall.review r using (case_id) order by 1 $$, $$ values (1::int2, 'complete'), (2::int2, 'missing'), (3::int2, 'silent') $$, 'PAR-2: no answer counts as complete');
select results_eq($$ select e.event, e.acting, e.at, e.note from c join hall.event e using (case_id) order by e.seq desc limit 1 $$, $$ values ('check_close', 'system', pg_temp.moment('2026-11-26 17:00'), '丙局') $$, 'with an event');
select is(pg_temp.news(case_id, 'review.checked'), 't.in', 'the lead is told') from c;
select is((pg_temp.check(case_id, 3, '{缺件}')).code, 'check.answered', 'too late') from c;

-- one notice
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-27 09:00')); end $$;
select is((pg_temp.accept(case_id, 1)).code, 'check.missing', 'what is missing is told first') from c;
select ok(exists (select from c, api.notice_preview('token t.zhang', c.case_id, 'correction', '{2}', '{absent}', null, null, null, null, null, null, null, null, null, null, null, null, null) p
  where p.c1 || p.c2 || p.c3 || p.c4 like '%平面图%'), 'the preview shows it');
select is((pg_temp.correct(case_id, 1, '{2}', '{absent}')).status, 0::int2, 'ONE-1: one notice') from c;
select is(pg_temp.says(pg_temp.last_paper(case_id, 'correction')) ~ '营业执照.*平面图.*平面图须盖设计单位章（乙局）.*另需：请附防雷图（乙局）', true, 'with the lead''s own need and all of the departments') from c;
select results_eq($$ select a.state, a.told_version from c join hall.review_ask a using (case_id) $$, $$ values ('told', 2) $$, 'they are told');
select is((select facts from hall.negative n join c using (case_id)) ~ '平面图须盖设计单位章（乙局）.*请附防雷图', true, 'NEG-1: filed with all of it');

-- the answer goes back to exactly the askers
select is((pg_temp.answer(case_id, 2, '{2,3}', '{present,present}')).status, 0::int2, 'answered') from c;
select is(pg_temp.stands(case_id), '1 complete|2 check 12-02 17:00|3 silent', 'PAR-2: back to the asker alone') from c;
select is(pg_temp.news(case_id, 'review.check'), 'j.r1 j.r2 j.r2 j.r3', 'who is told') from c;
select is((pg_temp.accept(case_id, 3)).code, 'check.open', 'accept waits again') from c;
select is((pg_temp.check(case_id, 2)).status, 0::int2, 'complete now') from c;
select is((pg_temp.accept(case_id, 3)).status, 0::int2, 'accepted') from c;
select is(pg_temp.stands(case_id), '1 review complete 12-04 17:00|2 review complete 12-08 17:00|3 review silent 12-02 17:00', 'PAR-3: all reviews open at acceptance; the second by the lead''s promise less three days') from c;

-- void: what it told is to be told anew (DOC-3)
create temp table d as select * from pg_temp.bring('{}');
do $$ begin perform pg_temp.check(case_id, 1, '{请补申请书签章}', '{1}'), pg_temp.check(case_id, 2) from d; perform pg_temp.correct(case_id, 1) from d; end $$;
do $$ begin perform pg_temp.void(case_id, 2) from d; end $$;
select is((pg_temp.accept(case_id, 3)).code, 'check.missing', 'a void notice told nothing') from d;
select is((pg_temp.correct(case_id, 3)).status, 0::int2, 'it is told anew') from d;
-- the lead may word it: what stands under a department's name is not said twice, what does not stands as it was asked
create temp table w as select * from pg_temp.bring('{}');
do $$ begin perform pg_temp.check(case_id, 1, '{请补申请书签章,请附委托书}', '{1,null}'), pg_temp.check(case_id, 2, '{平面图须盖章,请附防雷图}', '{2,null}') from w; end $$;
select is((api.case_correct('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('c'), case_id, 1, '{1}', '{defective}',
  '{申请书请法定代表人签字（甲局）}', null, '请带委托书原件（甲局）')).status, 0::int2, 'told in the lead''s words') from w;
select is(pg_temp.says(pg_temp.last_paper(case_id, 'correction')) ~ '申请书请法定代表人签字（甲局）.*平面图须盖章（乙局）.*请带委托书原件（甲局）.*请附防雷图（乙局）', true,
  'PAR-2: with what the others ask for') from w;
select is(pg_temp.says(pg_temp.last_paper(case_id, 'correction')) ~ '请补申请书签章|请附委托书', false, 'and nothing twice') from w;
-- CLK-4: a calendar that changes moves the check and the reviews, and says so
create temp table m as select pg_temp.bring('{}') as o;
select is(pg_temp.stands((o).case_id), '1 check 12-02 17:00|2 check 12-02 17:00', 'the check closes on day 3') from m;
create temp table before as select pg_temp.stands(case_id) as s from c;
do $$ begin perform admin.set_day('2026-12-01', false, '停电', ''); end $$;
select is(pg_temp.stands((o).case_id), '1 check 12-03 17:00|2 check 12-03 17:00', 'CLK-4: a closure moves it') from m;
select is(pg_temp.stands(case_id), '1 review complete 12-07 17:00|2 review complete 12-09 17:00|3 review silent 12-03 17:00', 'and what is due of the reviews') from c;
select ok(e.note ~ '会审期限 2026-12-04 17:00 → 2026-12-07 17:00', 'the history tells from when to when') from c join hall.event e using (case_id) where e.event = 'calendar';
select ok(e.note ~ '齐全性会审期限 2026-12-02 17:00 → 2026-12-03 17:00', 'of the check, too') from m join hall.event e on e.case_id = (m.o).case_id where e.event = 'calendar';
select is_empty($$ select * from hall.verify_reviews() $$, 'everything is in the trail');
update hall.review set checked = 'complete' where seq = 3 and case_id = (select case_id from c);
select is((select min(fault) from hall.verify_reviews()), 'review.trail', 'another answer is found');
select * from finish();
rollback;
