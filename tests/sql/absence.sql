-- Planned absences (WHR-3, POST-5): who asks, who decides by length and rank, that a post is never left to
-- nobody at any instant, what a supervisor's exception needs, changes, the trail.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/absence.psql
select plan(128);

do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.wang', 9902);
  perform pg_temp.login('t.chen', 9903);
  perform pg_temp.login('t.sun', 9904);
  perform pg_temp.login('t.fu', 9905);
  perform pg_temp.login('t.zhu', 9906);
end $$;

-- half days are mornings and afternoons of working days (winter: 8:30–12:00, 14:00–17:00)
create function pg_temp.halves(p_from text, p_until text) returns int4 language sql as
$$ select rule.half_days(pg_temp.moment(p_from), pg_temp.moment(p_until)) $$;
select is(pg_temp.halves('2026-11-24 08:30', '2026-11-24 12:00'), 1, 'a morning is a half day');
select is(pg_temp.halves('2026-11-24 11:59', '2026-11-24 14:01'), 2, 'a minute of either takes from both');
select is(pg_temp.halves('2026-11-24 12:00', '2026-11-24 14:00'), 0, 'the noon break takes from none: half-open');
select is(pg_temp.halves('2026-11-27 00:00', '2026-11-30 12:00'), 3, 'a weekend takes from none');
select is(pg_temp.halves('2026-11-28 00:00', '2026-11-29 00:00'), 0, 'a Saturday');

-- who asks, and what is refused
select results_eq($$ select status, code, arg1 from pg_temp.plan_absence('t.zhang', '2026-11-24 08:30', '2026-11-24 12:00', p_kind => 'away') $$,
  $$ values (6::int2, 'absence.kind', 'kind') $$, 'away for a moment is not planned');
select is((pg_temp.plan_absence('t.zhang', '2026-11-24 08:30', '2026-11-24 12:00', p_reason => '  ')).code, 'text.blank', 'a reason');
select results_eq($$ select code, arg1 from pg_temp.plan_absence('t.zhang', '2026-11-24 12:00', '2026-11-24 12:00') $$, $$ values ('absence.interval', 'until') $$, 'until after from');
select results_eq($$ select code, arg1 from pg_temp.plan_absence('t.zhang', '2026-11-22 12:00', '2026-11-24 12:00') $$, $$ values ('absence.past', 'from') $$, 'not before today');
select results_eq($$ select code, arg1 from pg_temp.plan_absence('t.zhang', '2026-11-23 08:00', '2026-11-23 09:00') $$, $$ values ('absence.past', 'until') $$, 'not one that is over');
select results_eq($$ select code, arg2 from pg_temp.plan_absence('t.zhang', '2026-11-24 08:30', '2027-11-26 08:30') $$, $$ values ('absence.long', '366') $$, 'at most a year');
select is((pg_temp.plan_absence('t.zhang', '2026-11-24 08:30', 'infinity')).code, 'absence.long', 'not for ever');
select is((pg_temp.plan_absence('t.zhang', '2026-11-24 08:30', '2026-11-24 12:00', p_for => 'nobody')).code, 'staff.none', 'for nobody');
select results_eq($$ select status, code, arg1 from pg_temp.plan_absence('t.zhang', '2026-11-24 08:30', '2026-11-24 12:00', p_for => 't.li') $$,
  $$ values (2::int2, 'post.not_holder', '测试首席') $$, 'for somebody else: only the chief representative');

create temp table half as select * from pg_temp.plan_absence('t.zhang', '2026-11-24 08:30', '2026-11-24 12:00');
select is(status, 0::int2, 'half a day is asked for') from half;
select results_eq($$ select staff_id, state, half_days, rank, asked_by, from_at, until_at from pg_temp.absence_of('half') $$,
  $$ values (pg_temp.staff('t.zhang'), 'asked', 1, 1::int2, pg_temp.staff('t.zhang'), pg_temp.moment('2026-11-24 08:30'), pg_temp.moment('2026-11-24 12:00')) $$, 'by oneself, for the chief representative');
select set_eq($$ select post_id from hall.news where event = 'absence.asked' $$,
  $$ select post_id from hall.post where code = 't.chief' or duty ~ '^(supervisor|duty)' $$, 'whose window hears at once, and who may override');
select results_eq($$ select code, arg1, arg2 from pg_temp.plan_absence('t.zhang', '2026-11-24 11:59', '2026-11-25 12:00') $$,
  $$ values ('absence.overlap', '2026-11-24 08:30', '2026-11-24 12:00') $$, 'one request for one time');
select is((pg_temp.plan_absence('t.zhang', '2026-11-24 12:00', '2026-11-24 13:00')).status, 0::int2, 'the next begins where it ends: half-open');
create temp table for_other as select * from pg_temp.plan_absence('t.chen', '2026-12-01 08:30', '2026-12-01 12:00', p_for => 't.wang');
select is(status, 0::int2, 'the chief representative asks for another') from for_other;
select results_eq($$ select staff_id, asked_by from pg_temp.absence_of('for_other') $$, $$ values (pg_temp.staff('t.wang'), pg_temp.staff('t.chen')) $$, 'who did stands there');

-- WHR-3: half a day the chief representative, a day the deputy director, more the director
create function pg_temp.rank_of(p_login text, p_kind text, p_halves int4) returns int4 language sql as
$$ select rule.absence_rank(s.staff_id, s.department_id, p_kind, p_halves)::int4 from hall.staff s where s.login = p_login $$;
select is(array[pg_temp.rank_of('t.zhang', 'leave', 0), pg_temp.rank_of('t.zhang', 'leave', 1), pg_temp.rank_of('t.zhang', 'leave', 2), pg_temp.rank_of('t.zhang', 'leave', 3)], '{1,1,2,3}', 'by length');
select is(array[pg_temp.rank_of('t.zhang', 'trip', 9), pg_temp.rank_of('t.zhang', 'site', 3)], '{1,1}', 'what is on duty: the chief representative');
select is(array[pg_temp.rank_of('t.chen', 'leave', 1), pg_temp.rank_of('t.chen', 'leave', 2), pg_temp.rank_of('t.chen', 'trip', 1)], '{2,3,2}', 'the chief representative''s own: one rank up');
select is(array[pg_temp.rank_of('t.sun', 'leave', 1), pg_temp.rank_of('t.fu', 'leave', 1), pg_temp.rank_of('t.zhu', 'leave', 1)], '{2,3,3}', 'a supervisor''s own, too');
update hall.setting set value = '4' where name = 'absence.chief_half_days';
select is(pg_temp.rank_of('t.zhang', 'leave', 4), 1, 'the lengths are settings');
update hall.setting set value = '1' where name = 'absence.chief_half_days';
select is(rule.absence_rank(pg_temp.staff('t.zhang'), -1, 'leave', 1), 2::int2, 'a department without a chief representative: the deputy director');

select results_eq($$ select status, code, arg1 from pg_temp.approve_absence('t.sun', 'half', true) $$, $$ values (2::int2, 'absence.rank', '测试首席') $$, 'a supervisor is not the chief representative');
select is((pg_temp.approve_absence('t.zhang', 'half', true)).code, 'absence.own', 'nobody decides their own');
select is((pg_temp.approve_absence('t.chen', 'half', false)).code, 'text.blank', 'denied with words');
select is((pg_temp.approve_absence('t.chen', 'half', true, p_substitute => 't.ma')).code, 'absence.covered', 'no substitute where somebody is left');
select results_eq($$ select judge_post, judge, judge_could from pg_temp.absences('t.zhang', 'mine') where absence_id = pg_temp.id('half') $$,
  $$ values ('测试首席', '陈首席', null::text) $$, 'who decides it, by name');
do $$ begin perform pg_temp.hold('t.chief', null, null, 'appoint'); end $$;
select results_eq($$ select judge_post, judge, judge_could from pg_temp.absences('t.zhang', 'mine') where absence_id = pg_temp.id('half') $$,
  $$ values ('测试首席', null::text, '陈首席') $$, 'and who could, where nobody holds the post');
do $$ begin perform pg_temp.hold('t.chief', 't.chen'); end $$;
select results_eq($$ select mine_to_decide, approver, state, uncovered from pg_temp.absences('t.chen', 'approve') where absence_id = pg_temp.id('half') $$,
  $$ values (true, 'chief', 'asked', null::text) $$, 'it is on the chief representative''s list');
select is((select count(*) from pg_temp.absences('t.zhang', 'approve')), 0::int8, 'and on nobody else''s');
select is((pg_temp.approve_absence('t.chen', 'half', true, '准')).status, 0::int2, 'granted');
select results_eq($$ select state, decided_by, decided_as, decided_post_id, answer from pg_temp.absence_of('half') $$,
  $$ values ('granted', pg_temp.staff('t.chen'), 'A', pg_temp.post('t.chief'), '准') $$, 'by whom, as what (CASE-13)');
select is((pg_temp.approve_absence('t.chen', 'half', true)).code, 'absence.decided', 'once');
select ok(exists (select from hall.news where event = 'absence.decided' and post_id = pg_temp.post('t.in')), 'the asker''s window hears');
create temp table day as select * from pg_temp.plan_absence('t.zhang', '2026-12-02 08:30', '2026-12-02 17:00');
select results_eq($$ select code, arg1 from pg_temp.approve_absence('t.chen', 'day', true) $$, $$ values ('absence.rank', (select string_agg(name, '、' order by post_id) from hall.post where duty = 'supervisor2')) $$, 'a day is not the chief representative''s');
select is((pg_temp.approve_absence('t.zhu', 'day', true)).code, 'absence.rank', 'nor the director''s');
select is((pg_temp.approve_absence('t.fu', 'day', false, '人手不够')).status, 0::int2, 'the deputy director denies it');
select results_eq($$ select state, note, decided_by, approver from pg_temp.absences('t.zhang', 'mine') where absence_id = pg_temp.id('day') $$,
  $$ values ('denied', '人手不够', '傅副主任', 'supervisor2') $$, 'as its asker reads');
create temp table long as select * from pg_temp.plan_absence('t.wang', '2026-12-07 08:30', '2026-12-09 17:00');
select is((pg_temp.approve_absence('t.fu', 'long', true)).code, 'absence.rank', 'three days are not the deputy''s');
select is((pg_temp.approve_absence('t.zhu', 'long', true)).status, 0::int2, 'but the director''s');
create temp table boss as select * from pg_temp.plan_absence('t.zhu', '2026-12-21 08:30', '2026-12-21 12:00');
select is((pg_temp.approve_absence('t.zhu', 'boss', true)).status, 0::int2, 'above the director is nobody');

select results_eq($$ select code, arg1 from pg_temp.change_absence('t.chen', 'long', null, '2026-12-07 12:00') $$,
  $$ values ('post.not_holder', (select name from hall.post where duty = 'supervisor3' order by post_id limit 1)) $$, 'nor cut by a lower post, once it is granted (WHR-3)');
select is((pg_temp.cancel_absence('t.chen', 'long', '不行')).code, 'post.not_holder', 'nor cancelled');
select is((pg_temp.change_absence('t.zhu', 'long', null, '2026-12-09 12:00')).status, 0::int2, 'the director cuts it');
create temp table for_wang as select * from pg_temp.plan_absence('t.chen', '2026-12-14 08:30', '2026-12-14 17:00', p_for => 't.wang');
select is((pg_temp.approve_absence('t.fu', 'for_wang', true)).status, 0::int2, 'a day the chief representative asked for another, granted by the deputy director');
select is((pg_temp.cancel_absence('t.chen', 'for_wang', '不行')).code, 'post.not_holder', 'who asked for it undoes it no more');
select is((pg_temp.cancel_absence('t.wang', 'for_wang', '不去了')).status, 0::int2, 'the person does');
-- who covers for the director is not the director
create temp table cover_boss as select * from pg_temp.plan_absence('t.fu', '2026-12-28 08:30', '2026-12-31 17:00');
do $$ begin perform pg_temp.hold('t.sup3', 't.fu', 'B', 'take'); end $$;
select is((select mine_to_decide from pg_temp.absences('t.fu', 'approve') where absence_id = pg_temp.id('cover_boss')), false, 'whoever covers for the director does not decide their own');
select is((pg_temp.approve_absence('t.fu', 'cover_boss', true)).code, 'absence.own', 'nor can they');
do $$ begin perform pg_temp.hold('t.sup3', 't.zhu'); end $$;
select is((pg_temp.approve_absence('t.zhu', 'cover_boss', false, '年底')).status, 0::int2, 'the director does');
create temp table boss_again as select * from pg_temp.plan_absence('t.zhu', '2026-12-22 08:30', '2026-12-22 12:00');
select is((select mine_to_decide from pg_temp.absences('t.zhu', 'approve') where absence_id = pg_temp.id('boss_again')), true, 'whose own is theirs still');

-- in pieces it is one leave: no opening time between (winter: 8:30–12:00, 14:00–17:00)
create temp table p1 as select * from pg_temp.plan_absence('t.li', '2026-12-17 08:30', '2026-12-17 12:00');
create temp table p2 as select * from pg_temp.plan_absence('t.li', '2026-12-17 14:00', '2026-12-17 17:30');
create temp table p3 as select * from pg_temp.plan_absence('t.li', '2026-12-17 17:30', '2026-12-18 12:00');
create temp table p4 as select * from pg_temp.plan_absence('t.li', '2026-12-18 14:01', '2026-12-18 17:00');
create temp table p5 as select * from pg_temp.plan_absence('t.li', '2026-12-21 08:00', '2026-12-21 12:00');
select is(array[(pg_temp.absence_of('p1')).rank, (pg_temp.absence_of('p2')).rank, (pg_temp.absence_of('p3')).rank], '{1,2,3}', 'split, it goes up as the whole does');
select is((pg_temp.absence_of('p3')).half_days, 1, 'each takes what it takes');
select is((pg_temp.absence_of('p4')).rank, 1::int2, 'a minute of opening time between: another leave');
select is((pg_temp.absence_of('p5')).rank, 2::int2, 'a weekend is none');
select is((pg_temp.change_absence('t.li', 'p4', '2026-12-18 14:00', null)).status, 0::int2, 'moved to meet the others');
select is((pg_temp.absence_of('p4')).rank, 3::int2, 'it is one with them');
do $$ begin perform pg_temp.cancel_absence('t.li', x, '不去了') from unnest('{p1,p2,p3,p4,p5}'::text[]) x; end $$;

-- POST-5: A and all Bs are not away together at any instant
create temp table together as select * from pg_temp.plan_absence('t.wang', '2026-11-24 11:59', '2026-11-24 12:30');
select results_eq($$ select uncovered from pg_temp.absences('t.chen', 'approve') where absence_id = pg_temp.id('together') $$, $$ values ('测试受理') $$, 'a minute together: whoever decides sees it');
select results_eq($$ select status, code, arg1, arg2 from pg_temp.approve_absence('t.chen', 'together', true) $$, $$ values (1::int2, 'absence.uncovered', '测试受理', '2026-11-24 11:59') $$, 'and may not grant it');
select is((pg_temp.change_absence('t.wang', 'together', '2026-11-24 12:00', '2026-11-24 12:30')).status, 0::int2, 'a minute later');
select is((pg_temp.approve_absence('t.chen', 'together', true)).status, 0::int2, 'nobody is missing: half-open');
-- in pieces: A away early and late, the B between them
create temp table m1 as select * from pg_temp.plan_absence('t.zhang', '2026-12-10 08:30', '2026-12-10 09:30');
create temp table m2 as select * from pg_temp.plan_absence('t.zhang', '2026-12-10 10:30', '2026-12-10 11:30');
select is((pg_temp.approve_absence('t.chen', 'm1', true)).status, 0::int2, 'A early');
select is((pg_temp.approve_absence('t.chen', 'm2', true)).status, 0::int2, 'A late');
create temp table mid as select * from pg_temp.plan_absence('t.wang', '2026-12-10 09:30', '2026-12-10 10:30');
select is((pg_temp.approve_absence('t.chen', 'mid', true)).status, 0::int2, 'the B between');
create temp table only_one as select * from pg_temp.plan_absence('t.li', '2026-12-10 09:00', '2026-12-10 09:30');
select is((pg_temp.approve_absence('t.chen', 'only_one', true)).code, 'absence.uncovered', 'the only one of a post');
-- two Bs: all three at one instant
insert into hall.post_place values (pg_temp.post('t.in'), 'B2', pg_temp.staff('t.ma'));
create temp table third as select * from pg_temp.plan_absence('t.ma', '2026-12-10 08:30', '2026-12-10 11:30', 9907);
select is((pg_temp.approve_absence('t.chen', 'third', true)).status, 0::int2, 'a B2 beside: at each instant one of three is left');
create temp table fourth as select * from pg_temp.plan_absence('t.wang', '2026-12-10 11:00', '2026-12-10 11:29');
select results_eq($$ select code, arg2 from pg_temp.approve_absence('t.chen', 'fourth', true) $$, $$ values ('absence.uncovered', '2026-12-10 11:00') $$, 'all three at one instant');
-- a running whereabouts counts
create temp table gone as select * from pg_temp.away('t.ma', 'meeting', '2026-11-23 12:00', 9907);
select is(status, 0::int2, 'the B2 went to a meeting') from gone;
create temp table now_a as select * from pg_temp.plan_absence('t.zhang', '2026-11-23 10:00', '2026-11-23 11:00');
create temp table now_b as select * from pg_temp.plan_absence('t.wang', '2026-11-23 10:00', '2026-11-23 11:00');
select is((pg_temp.approve_absence('t.chen', 'now_a', true)).status, 0::int2, 'A for an hour');
select is((pg_temp.approve_absence('t.chen', 'now_b', true)).code, 'absence.uncovered', 'then not the B1: the B2 is out');

-- nor by the A/B table: the last one who is there stays (POST-5)
create function pg_temp.assign(p_place text, p_who text) returns outcome language sql as $$
  select * from api.post_assign('token t.chen', pg_temp.epoch('t.chen'), 0::int2, pg_temp.seq('t.chen'), sha256('s'), pg_temp.post('t.in'), p_place, p_who) $$;
select results_eq($$ select code, arg1, arg2 from pg_temp.assign('B1', null) $$, $$ values ('assign.uncovered', '测试受理', '2026-11-23 10:00') $$, 'the B1 goes when A and B2 are away');
select is((select staff_id from hall.post_place where post_id = pg_temp.post('t.in') and place = 'B1'), pg_temp.staff('t.wang'), 'the table is as it was');
select is((pg_temp.assign('B2', null)).status, 0::int2, 'the B2, who is away, may');
select is((pg_temp.assign('B2', 't.ma')).status, 0::int2, 'and come again');
select is((pg_temp.assign('A', 't.wang')).status + (pg_temp.assign('A', 't.zhang')).status, 0::int2, 'changing places leaves nobody out');

-- the exception: a supervisor, a reason, a substitute of the department who is there
select results_eq($$ select status, code from pg_temp.approve_absence('t.chen', 'now_b', true, '急', 't.gu') $$, $$ values (2::int2, 'absence.supervisor') $$, 'the chief representative cannot override');
select is((pg_temp.approve_absence('t.sun', 'now_b', true, ' ', 't.gu')).code, 'text.blank', 'not without a reason');
select is((pg_temp.approve_absence('t.sun', 'now_b', true, '急', 't.sun')).code, 'absence.substitute', 'somebody of the department of the post');
select is((pg_temp.approve_absence('t.sun', 'now_b', true, '急', 't.wang')).code, 'absence.substitute', 'not the one who goes');
select is((pg_temp.approve_absence('t.sun', 'now_b', true, '急', 't.ma')).code, 'absence.substitute_away', 'nor one who is out');
select is((pg_temp.approve_absence('t.sun', 'now_b', true, '急', 'nobody')).code, 'staff.none', 'nor nobody');
select is((pg_temp.approve_absence('t.zhang', 'now_b', true, '急', 't.gu')).code, 'absence.rank', 'nor by anybody');
select results_eq($$ select mine_to_decide from pg_temp.absences('t.sun', 'approve') where absence_id = pg_temp.id('now_b') $$, $$ values (true) $$, 'the supervisor sees what waits for an exception');
select is((select count(*) from pg_temp.absences('t.sun', 'approve') where uncovered is null), 0::int8, 'and nothing that does not');
select is((pg_temp.approve_absence('t.sun', 'now_b', true, '急', 't.gu')).status, 0::int2, 'overridden and granted');
select results_eq($$ select a.state, a.substitute_id, x.kind, x.state, x.answer, x.decided_by, x.asked_by, x.asked_post_id from pg_temp.absence_of('now_b') a join hall.exception x using (exception_id) $$,
  $$ values ('granted', pg_temp.staff('t.gu'), 'uncovered', 'used', '急', pg_temp.staff('t.sun'), pg_temp.staff('t.wang'), pg_temp.post('t.in')) $$, 'an exception of the supervisor''s, used (SUP-5)');
select is((select substitute from pg_temp.absences('t.wang', 'mine') where absence_id = pg_temp.id('now_b')), '顾替', 'the list names the substitute');
select is((pg_temp.ask('uncovered', p_subject => 'x')).code, 'exception.kind', 'it is not asked by exception.ask');
create temp table sub as select * from pg_temp.plan_absence('t.gu', '2026-11-23 10:30', '2026-11-23 11:30', 9908);
select results_eq($$ select code, arg2 from pg_temp.approve_absence('t.chen', 'sub', true) $$, $$ values ('absence.uncovered', '2026-11-23 10:30') $$, 'a substitute may not leave the post to nobody either');
select is((pg_temp.change_absence('t.gu', 'sub', '2026-11-23 11:00', '2026-11-23 11:30')).status, 0::int2, 'after it');
select is((pg_temp.approve_absence('t.chen', 'sub', true)).status, 0::int2, 'they may');

select is(array[rule.is_away(pg_temp.staff('t.zhang'), pg_temp.moment('2026-11-23 09:59:59')), rule.is_away(pg_temp.staff('t.zhang'), pg_temp.moment('2026-11-23 10:00')),
  rule.is_away(pg_temp.staff('t.zhang'), pg_temp.moment('2026-11-23 11:00'))], '{f,t,f}', 'away from its first moment, not at its last');

-- changes: less stays granted, more is asked for again; what began only ends earlier
create temp table trip as select * from pg_temp.plan_absence('t.zhang', '2026-12-14 08:30', '2026-12-16 17:00', p_kind => 'trip');
select is((pg_temp.approve_absence('t.chen', 'trip', true)).status, 0::int2, 'a trip of three days');
select is((pg_temp.change_absence('t.li', 'trip', null, '2026-12-16 12:00')).code, 'post.not_holder', 'nobody else changes it');
select is((pg_temp.change_absence('t.zhang', 'trip', null, '2026-12-16 12:00')).status, 0::int2, 'shorter');
select results_eq($$ select state, half_days, decided_by from pg_temp.absence_of('trip') $$, $$ values ('granted', 5, pg_temp.staff('t.chen')) $$, 'stays granted');
select is((pg_temp.change_absence('t.chen', 'trip', '2026-12-14 14:00', '2026-12-17 12:00', p_reason => '会期改了')).status, 0::int2, 'longer, by the chief representative');
select results_eq($$ select state, decided_by, reason from pg_temp.absence_of('trip') $$, $$ values ('asked', null::int8, '会期改了') $$, 'is asked for again');
select results_eq($$ select code from pg_temp.change_absence('t.zhang', 'trip', '2026-12-10 09:00', null) $$, $$ values ('absence.overlap') $$, 'not into another one');
select is((pg_temp.cancel_absence('t.zhang', 'trip', ' ')).code, 'text.blank', 'cancelled with words');
select is((pg_temp.cancel_absence('t.zhang', 'trip', '不去了')).status, 0::int2, 'cancelled');
select is((pg_temp.cancel_absence('t.zhang', 'trip', '不去了')).code, 'absence.closed', 'once');
select is((pg_temp.change_absence('t.zhang', 'trip', null, '2026-12-16 12:00')).code, 'absence.closed', 'and over with');
select is((pg_temp.approve_absence('t.chen', 'trip', true)).code, 'absence.decided', 'nothing to decide');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 09:00')); end $$;
select is((pg_temp.cancel_absence('t.zhang', 'half', '不去了')).code, 'absence.begun', 'one that runs is not cancelled');
select is((pg_temp.change_absence('t.zhang', 'half', null, '2026-11-24 13:00')).code, 'absence.begun', 'nor made longer');
select is((pg_temp.change_absence('t.zhang', 'half', null, '2026-11-24 11:00')).status, 0::int2, 'but shorter');
select results_eq($$ select state, until_at from pg_temp.absence_of('half') $$, $$ values ('granted', pg_temp.moment('2026-11-24 11:00')) $$, 'and it is granted still');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 10:00')); end $$;
select is((pg_temp.back('t.zhang')).status, 0::int2, 'back before its end');
select results_eq($$ select state, until_at - pg_temp.moment('2026-11-24 10:00') < interval '1 minute', ended_at = until_at from pg_temp.absence_of('half') $$, $$ values ('granted', true, true) $$, 'what is left is given back');
select is((pg_temp.back('t.zhang')).code, 'presence.here', 'whoever is here cannot come back');
select is((pg_temp.change_absence('t.zhang', 'half', null, '2026-11-24 11:00')).code, 'absence.over', 'it is over');
select is((select state from pg_temp.absences('t.zhang', 'mine') where absence_id = pg_temp.id('half')), 'over', 'so says the list');
create temp table late as select * from pg_temp.plan_absence('t.zhang', '2026-11-24 10:30', '2026-11-24 10:40');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 11:00')); end $$;
select is((pg_temp.approve_absence('t.chen', 'late', true)).code, 'absence.over', 'nothing is granted afterwards');

-- who reads what
select is((select reason from pg_temp.absences('t.li', 'department') where absence_id = pg_temp.id('half')), null, 'a colleague sees when, not why');
select is((select reason from pg_temp.absences('t.chen', 'department') where absence_id = pg_temp.id('half')), '家里有事', 'the chief representative sees why');
select throws_ok($$ select * from pg_temp.absences('t.zhang', 'all') $$, 'YM002', 'class.denied', 'the hall''s are the supervisors''');
select isnt_empty($$ select * from pg_temp.absences('t.sun', 'all', '2026-12-07', '2026-12-07') where name = '王五' $$, 'who see a day''s');
select is_empty($$ select * from pg_temp.absences('t.sun', 'all', '2026-12-11', '2026-12-11') where name = '王五' $$, 'and only that');
select throws_ok($$ select * from pg_temp.absences('t.sun', 'some') $$, 'YM006', 'absence.scope', 'no other scopes');

-- the trail
select is_empty($$ select fault, subject, detail from hall.verify() where fault ~ '^(absence|exception|audit|whereabouts)' $$, 'everything fits its trail');
update hall.absence set until_at = until_at + interval '1 hour' where absence_id = pg_temp.id('long');
select results_eq($$ select fault from hall.verify_absences() $$, $$ values ('absence.state') $$, 'SEC-2: a longer one is found');
update hall.absence set until_at = until_at - interval '1 hour', answer = '同意' where absence_id = pg_temp.id('long');
select results_eq($$ select fault from hall.verify_absences() $$, $$ values ('absence.words') $$, 'and other words');
select * from finish();
rollback;
