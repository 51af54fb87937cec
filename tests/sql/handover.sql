-- Planned handovers (POST-3): who plans, what is refused, item by item, its two moments, change of plan, early
-- return, chains, unconfirmed, the taker away, the report, the paper, the trail; with the clock moved over both ends.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/absence.psql
select plan(148);

create function pg_temp.start(p_login text, p_to text, p_from text, p_until text, p_case int8[] default null, p_note text[] default null,
  p_thing text[] default null, p_post text default 't.in', p_reason text default '外出培训', p_absence int8 default null) returns outcome language plpgsql as $$
declare o outcome;
begin
  perform pg_temp.at_window(p_login, 9909);
  select * into o from api.handover_start(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('s'),
    pg_temp.post(p_post), pg_temp.staff(p_to), pg_temp.instant(p_from), pg_temp.instant(p_until), p_reason, p_case, p_note, p_thing, p_absence);
  return o;
end $$;
create function pg_temp.confirm(p_login text, p_made text, p_items int2[]) returns outcome language plpgsql as $$
declare o outcome;
begin
  perform pg_temp.at_window(p_login, 9909);
  select * into o from api.handover_confirm(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('k'),
    pg_temp.id(p_made), p_items);
  return o;
end $$;
create function pg_temp.note(p_login text, p_made text, p_case int8, p_note text) returns outcome language sql as $$
  select * from api.handover_note(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('n'),
    pg_temp.id(p_made), p_case, p_note)
$$;
create function pg_temp.change(p_login text, p_made text, p_to text, p_from text, p_until text) returns outcome language sql as $$
  select * from api.handover_change(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('c'),
    pg_temp.id(p_made), pg_temp.staff(p_to), pg_temp.moment(p_from), pg_temp.moment(p_until), null)
$$;
create function pg_temp.cancel(p_login text, p_made text, p_reason text default '不去了') returns outcome language sql as $$
  select * from api.handover_cancel(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('x'), pg_temp.id(p_made), p_reason)
$$;
create function pg_temp.finish(p_login text, p_made text, p_note text default null) returns outcome language sql as $$
  select * from api.handover_finish(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('f'), pg_temp.id(p_made), p_note)
$$;
create function pg_temp.handover(p_made text) returns hall.handover language sql as $$ select h from hall.handover h where h.handover_id = pg_temp.id(p_made) $$;
create function pg_temp.holder(p_post text default 't.in') returns text language sql as $$
  select concat_ws(' ', s.login, p.held_as, f.login) from hall.post p left join hall.staff s on s.staff_id = p.holder_id
  left join hall.staff f on f.staff_id = p.for_staff_id where p.code = p_post
$$;
-- To a moment, and what is due by then happens.
create function pg_temp.go(p_at text) returns void language plpgsql as $$
begin
  perform pg_temp.at(pg_temp.moment(p_at));
  perform rule.open_holders(true);
end $$;
create function pg_temp.tenures(p_made text) returns setof text language sql as $$
  select concat_ws(' ', s.login, t.held_as, t.how, to_char(t.from_at at time zone 'Asia/Shanghai', 'DD HH24:MI'))
  from hall.tenure t left join hall.staff s on s.staff_id = t.staff_id where t.handover_id = pg_temp.id(p_made) order by t.seq
$$;
create function pg_temp.faults() returns setof text language sql as $$
  select concat_ws(' ', fault, subject, detail) from hall.verify() where fault ~ '^(handover|tenure|offer|post|absence|audit|notice)'
$$;

insert into hall.post_place values (pg_temp.post('t.in'), 'B2', pg_temp.staff('t.ma'));
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.wang', 9902);
  perform pg_temp.login('t.chen', 9903);
  perform pg_temp.login('t.sun', 9904);
  perform pg_temp.login('t.ma', 9905);
  perform pg_temp.login('t.li', 9906);
end $$;
create temp table c1 as select * from pg_temp.receive_all();
create temp table c2 as select * from pg_temp.receive_all();
create temp table c3 as select * from pg_temp.receive_all();
create temp table other as select * from pg_temp.receive_all();
do $$ begin perform pg_temp.accept(case_id, 1) from other; end $$; -- at t.rev now

-- what is refused
select results_eq($$ select status, code, arg1 from pg_temp.start('t.li', 't.wang', '2026-11-24 10:00', '2026-11-25 10:00') $$, $$ values (2::int2, 'handover.giver', '测试受理') $$, 'only its A, a B who holds it, the chief representative');
select is((pg_temp.start('t.wang', 't.ma', '2026-11-24 10:00', '2026-11-25 10:00')).code, 'handover.giver', 'a B who does not hold it may not');
select is((pg_temp.start('t.sun', 't.wang', '2026-11-24 10:00', '2026-11-25 10:00')).code, 'handover.giver', 'nor a supervisor');
select results_eq($$ select code, arg1 from pg_temp.start('t.zhang', 't.wang', '2026-11-24 10:00', '2026-11-24 10:00') $$, $$ values ('handover.interval', 'until') $$, 'until after from');
select results_eq($$ select code, arg1 from pg_temp.start('t.zhang', 't.wang', '2026-11-23 09:00', '2026-11-24 10:00') $$, $$ values ('handover.past', 'from') $$, 'it begins later than now');
select is((pg_temp.start('t.zhang', 't.wang', '2026-11-24 10:00', 'infinity')).code, 'absence.long', 'not for ever');
select is((pg_temp.start('t.zhang', 't.wang', '2026-11-24 10:00', '2026-11-25 10:00', p_reason => ' ')).code, 'text.blank', 'with a reason');
select results_eq($$ select code, arg1 from pg_temp.start('t.zhang', 't.li', '2026-11-24 10:00', '2026-11-25 10:00') $$, $$ values ('handover.place', '李四') $$, 'to somebody with a place in it');
select is((pg_temp.start('t.zhang', 't.zhang', '2026-11-24 10:00', '2026-11-25 10:00')).code, 'handover.self', 'not to oneself');
select is((pg_temp.start('t.zhang', 'nobody', '2026-11-24 10:00', '2026-11-25 10:00')).code, 'handover.nobody', 'nor to nobody');
select is((pg_temp.start('t.zhang', 't.wang', '2026-11-24 10:00', '2026-11-25 10:00', p_post => 'no')).code, 'post.unknown', 'of a post there is');
select is((pg_temp.start('t.zhang', 't.wang', '2026-11-24 10:00', '2026-11-25 10:00', array[c1.case_id], '{}')).code, 'handover.length', 'a note for each case') from c1;
select is((pg_temp.start('t.zhang', 't.wang', '2026-11-24 10:00', '2026-11-25 10:00', array[c1.case_id], '{" "}')).code, 'text.blank', 'which says something') from c1;
select results_eq($$ select s.code, s.arg1 = c.number from other o join hall.case_file c using (case_id), pg_temp.start('t.zhang', 't.wang', '2026-11-24 10:00', '2026-11-25 10:00', array[o.case_id], '{看看}') s $$, $$ values ('handover.case', true) $$, 'only cases that wait for the post');
select is((pg_temp.start('t.zhang', 't.wang', '2026-11-24 10:00', '2026-11-25 10:00', array[c1.case_id, c1.case_id], '{看,看}')).code, 'handover.twice', 'each once') from c1;
select is((pg_temp.start('t.zhang', 't.wang', '2026-11-24 10:00', '2026-11-25 10:00', '{-1}', '{看}')).code, 'case.none', 'that there are');
select is((pg_temp.start('t.zhang', 't.wang', '2026-11-24 10:00', '2026-11-25 10:00', p_thing => '{" "}')).code, 'text.blank', 'a thing has a name');
create temp table gone as select * from pg_temp.plan_absence('t.ma', '2026-11-24 09:00', '2026-11-24 12:00');
do $$ begin perform pg_temp.approve_absence('t.chen', 'gone', true); end $$;
select results_eq($$ select code, arg1, arg2 from pg_temp.start('t.zhang', 't.ma', '2026-11-24 08:00', '2026-11-25 10:00') $$, $$ values ('handover.away', '马六', '2026-11-24 09:00') $$, 'not to who is away in it');
select is((pg_temp.start('t.zhang', 't.wang', '2026-11-24 10:00', '2026-11-25 10:00', p_absence => pg_temp.id('gone'))).code, 'absence.none', 'not for somebody else''s absence');
select is((select count(*) from hall.handover), 0::int8, 'nothing was planned');

-- planned: a working day ahead or late
create temp table leave as select * from pg_temp.plan_absence('t.zhang', '2026-11-24 09:00', '2026-11-26 12:00', p_kind => 'training');
do $$ begin perform pg_temp.approve_absence('t.chen', 'leave', true); end $$;
create temp table h as select s.* from c1, c2, pg_temp.start('t.zhang', 't.wang', '2026-11-24 09:00', '2026-11-26 12:00', array[c1.case_id, c2.case_id],
  '{等消防意见,周三来补章}', '{受理专用章,档案柜钥匙}', p_absence => pg_temp.id('leave')) s;
select is(status, 0::int2, 'A hands over') from h;
select results_eq($$ select state, late, giver_id, taker_id, outer_id, planned_by from pg_temp.handover('h') $$, $$ values ('planned', false, pg_temp.staff('t.zhang'), pg_temp.staff('t.wang'), null::int8, pg_temp.staff('t.zhang')) $$, 'a working day ahead, to the minute, is in time');
select is(array[rule.planned_late(pg_temp.moment('2026-11-23 09:00'), pg_temp.moment('2026-11-24 08:59')), rule.planned_late(pg_temp.moment('2026-11-27 16:00'), pg_temp.moment('2026-11-30 09:00')),
  rule.planned_late(pg_temp.moment('2026-11-27 16:00'), pg_temp.moment('2026-11-30 16:00')), rule.planned_late(pg_temp.moment('2026-11-28 10:00'), pg_temp.moment('2026-11-30 10:00'))], '{t,t,f,t}', 'a minute less is late; what is told on a day off is told at the next opening');
select results_eq($$ select item, kind, text, confirmed_at is null from hall.handover_item where handover_id = pg_temp.id('h') order by item $$,
  $$ values (1::int2, 'case', '等消防意见', true), (2::int2, 'case', '周三来补章', true), (3::int2, 'thing', '受理专用章', true), (4::int2, 'thing', '档案柜钥匙', true) $$, 'cases with a note each, things');
select ok(exists (select from hall.news where event = 'handover.start' and post_id = pg_temp.post('t.in')), 'the taker''s window hears at once');
select is(pg_temp.holder(), 't.zhang A', 'and nobody''s post changes hands');
select results_eq($$ select code, arg1 from pg_temp.start('t.zhang', 't.ma', '2026-11-26 11:59', '2026-11-27 12:00') $$, $$ values ('handover.overlap', '2026-11-24 09:00') $$, 'one at a time');
create temp table h2 as select * from pg_temp.plan_absence('t.wang', '2026-11-25 14:00', '2026-11-25 17:00');
select results_eq($$ select code, arg1 from pg_temp.approve_absence('t.chen', 'h2', true) $$, $$ values ('absence.taker', '测试受理') $$, 'who is to take over gets no leave then');
select results_eq($$ select post, giver, taker, state, late, cases, things, waiting, role from api.handover_list('token t.wang', null) $$, $$ values ('测试受理', '张三丰', '王五', 'planned', false, 2, 2, 4, 'taker') $$, 'on the taker''s list');
select is((select count(*) from api.handover_list('token t.li', null)), 0::int8, 'not on that of who has no place in it');
select throws_ok($$ select * from api.handover_list('token t.li', true) $$, 'YM002', 'class.denied', 'nor all of the hall''s');
select is((select count(*) from api.handover_list('token t.sun', true)), 1::int8, 'which a supervisor sees');
select throws_ok($$ select * from api.handover_show('token t.li', pg_temp.id('h')) $$, 'YM002', 'class.denied', 'nor its items');
select results_eq($$ select item, item_name, applicant, text, done from api.handover_show('token t.wang', pg_temp.id('h')) order by item $$,
  $$ values (1::int2, '测试（含试验）经营许可', '欧***', '等消防意见', null), (2::int2, '测试（含试验）经营许可', '欧***', '周三来补章', null), (3::int2, null, null, '受理专用章', null),
    (4::int2, null, null, '档案柜钥匙', null), (null, '测试（含试验）经营许可', '欧***', null, null) $$, 'the taker sees them, and the open case without a note');
select throws_ok($$ select * from api.handover_paper('token t.wang', pg_temp.id('h')) $$, 'YM001', 'handover.no_paper', 'the paper comes with the last confirmation');

-- confirmed item by item
select results_eq($$ select status, code, arg1 from pg_temp.confirm('t.zhang', 'h', '{1}') $$, $$ values (2::int2, 'handover.taker', '王五') $$, 'only the taker confirms');
select results_eq($$ select status, code, arg2 from pg_temp.confirm('t.wang', 'h', '{1,9}') $$, $$ values (6::int2, 'handover.item', '9') $$, 'what there is');
select is((pg_temp.confirm('t.wang', 'h', '{1,3}')).status, 0::int2, 'two');
select is((select waiting from api.handover_list('token t.zhang', null)), 2, 'two wait');
select is((pg_temp.handover('h')).state, 'planned', 'so it is not confirmed');
select is((pg_temp.confirm('t.wang', 'h', '{1,2,4}')).status, 0::int2, 'the rest');
select is((pg_temp.handover('h')).state, 'confirmed', 'now it is');
select results_eq($$ select block, c1, c2, c3, c4 from api.handover_paper('token t.zhang', pg_temp.id('h')) where block in ('number', 'field', 'row', 'sign') order by no $$,
  $$ select * from (values ('number', '示测交〔2026〕00001号', null, null, null), ('field', '岗位', '测试受理', null, null), ('field', '移交人', '张三丰', null, null), ('field', '接收人', '王五', null, null),
    ('field', '起始时间', '2026年11月24日09:00', null, null), ('field', '截止时间', '2026年11月26日12:00', null, null), ('field', '交接事由', '外出培训', null, null),
    ('field', '其他事项', '另有1件在办事项未附说明，一并移交。', null, null),
    ('row', '1', (select number from c1), '测试（含试验）经营许可', '等消防意见'),
    ('row', '2', (select number from c2), '测试（含试验）经营许可', '周三来补章'),
    ('row', '1', '受理专用章', '2026年11月23日09:00', null), ('row', '2', '档案柜钥匙', '2026年11月23日09:00', null), ('sign', '移交人', '张三丰', '接收人', '王五')) v $$, '交接单: all of it, with both names');
-- a note afterwards is confirmed anew
select is((pg_temp.note('t.wang', 'h', case_id, '急')).code, 'post.not_holder', 'the taker does not word it') from c3;
select is((pg_temp.note('t.zhang', 'h', case_id, ' ')).code, 'text.blank', 'with words') from c3;
select is((pg_temp.note('t.zhang', 'h', case_id, '急件')).status, 0::int2, 'one more note') from c3;
select is((pg_temp.handover('h')).state, 'planned', 'so not all is confirmed');
select is((pg_temp.note('t.zhang', 'h', case_id, '急件，先办')).status, 0::int2, 'put right') from c3;
select results_eq($$ select item, text from hall.handover_item where handover_id = pg_temp.id('h') and confirmed_at is null $$, $$ values (5::int2, '急件，先办') $$, 'it is one item');
select is((pg_temp.confirm('t.wang', 'h', '{5}')).status, 0::int2, 'confirmed');
select is((select count(*) from hall.floor_paper where kind = 'handover'), 2::int8, 'with a new paper; the one before is kept');
select is_empty('select * from pg_temp.faults()', 'all as the rules made it');

-- its first moment
do $$ begin perform pg_temp.go('2026-11-24 08:59:59'); end $$;
select is(pg_temp.holder(), 't.zhang A', 'a second before: A');
do $$ begin perform pg_temp.go('2026-11-24 09:00'); end $$;
select is(pg_temp.holder(), 't.wang B t.zhang', 'at its moment: B for A');
select results_eq($$ select * from pg_temp.tenures('h') $$, $$ values ('t.wang B handover 24 09:00') $$, 'at that very moment');
select is((pg_temp.handover('h')).state, 'running', 'it runs');
select is((pg_temp.accept(case_id, 1)).code, 'post.not_holder', 'A acts no more') from c1;
create temp table b1 as select x.* from c1, pg_temp.correct(case_id, 1, '{3}', '{defective}', '{缺页}', 't.wang') x;
select results_eq($$ select acting, for_staff_id from hall.event join c1 using (case_id) order by seq desc limit 1 $$, $$ values ('B', pg_temp.staff('t.zhang')) $$, 'B acts for A (POST-7)');
select is((pg_temp.confirm('t.wang', 'h', '{1}')).status, 0::int2, 'confirming again changes nothing');
select is((pg_temp.cancel('t.zhang', 'h')).code, 'handover.running', 'it is not cancelled any more');
select is((pg_temp.change('t.zhang', 'h', 't.ma', null, null)).code, 'handover.running', 'nor given to another');
-- its last moment, late or in time
select is((pg_temp.change('t.zhang', 'h', null, null, '2026-11-25 10:00')).status, 0::int2, 'change of plan: A comes a day earlier');
select is((select c2 from api.handover_paper('token t.wang', pg_temp.id('h')) where c1 = '截止时间'), '2026年11月25日10:00', 'with a new paper');
do $$ begin perform pg_temp.go('2026-11-25 09:59:59'); end $$;
select is(pg_temp.holder(), 't.wang B t.zhang', 'a second before');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-25 11:00')); end $$;
select is((pg_temp.accept(case_id, 1)).status, 0::int2, 'a late sweep: A''s own command finds it ended') from c2;
select results_eq($$ select * from pg_temp.tenures('h') $$, $$ values ('t.wang B handover 24 09:00'), ('t.zhang A return 25 10:00') $$, 'at its moment');
select results_eq($$ select state, ended_by from pg_temp.handover('h') $$, $$ values ('over', null::int8) $$, 'by time');
select results_eq($$ select item, done from api.handover_show('token t.zhang', pg_temp.id('h')) order by item $$, $$ values (1::int2, 'correct'), (2::int2, null), (3::int2, null), (4::int2, null), (5::int2, null) $$, 'the report: what B did');
select is((pg_temp.finish('t.zhang', 'h')).code, 'handover.ended', 'over is over');
select is_empty('select * from pg_temp.faults()', 'all as the rules made it');
-- SEC-1: what a note says of the applicant is masked for whoever handles the case no more, on paper as on the screen
create temp table m as select s.* from c3, pg_temp.start('t.zhang', 't.wang', '2026-11-26 08:30', '2026-11-26 08:40', array[c3.case_id], '{欧阳小明 13812345678 等章}') s;
do $$ begin perform pg_temp.confirm('t.wang', 'm', '{1}'); end $$;
create function pg_temp.told(p_login text) returns text language sql as $$
  select string_agg(q.c4, '') from api.handover_paper(('token ' || p_login)::bytea, pg_temp.id('m')) q where q.block = 'row' $$;
select is(array[pg_temp.told('t.zhang'), pg_temp.told('t.wang')], '{欧阳小明 13812345678 等章,欧阳小明 13812345678 等章}', 'its sides read the paper plain');
select is(array[pg_temp.told('t.chen'), pg_temp.told('t.sun'), pg_temp.told('t.ma')], '{欧*** 138****5678 等章,欧*** 138****5678 等章,欧*** 138****5678 等章}', 'chief representative, supervisor and another B masked');
do $$ begin perform pg_temp.cancel('t.zhang', 'm', '不去了'); end $$;

-- unconfirmed at its start: empty and offered
create temp table u as select * from pg_temp.start('t.zhang', 't.wang', '2026-11-25 14:30', '2026-11-25 16:00', p_thing => '{钥匙}');
select is((pg_temp.handover('u')).late, true, 'planned the same day: late, and on record');
do $$ begin perform pg_temp.go('2026-11-25 14:30'); end $$;
select is(pg_temp.holder(), '', 'not confirmed by its start: the post is empty');
select results_eq($$ select state, end_note from pg_temp.handover('u') $$, $$ values ('unconfirmed', null) $$, 'unconfirmed');
select results_eq($$ select * from pg_temp.tenures('u') $$, $$ values ('unconfirmed 25 14:30') $$, 'on record');
select is((pg_temp.confirm('t.wang', 'u', '{1}')).code, 'handover.ended', 'too late to confirm');
do $$ begin perform pg_temp.hold('t.in', 't.ma', 'B', 'take'); perform pg_temp.go('2026-11-25 16:00'); end $$;
select is(pg_temp.holder(), 't.ma B t.zhang', 'its end changes nothing');
-- another holds it at the start: an unconfirmed one empties nothing
create temp table u2 as select * from pg_temp.start('t.zhang', 't.wang', '2026-11-25 16:10', '2026-11-25 16:30', p_thing => '{钥匙}');
do $$ begin perform pg_temp.go('2026-11-25 16:10'); end $$;
select is(pg_temp.holder(), 't.ma B t.zhang', 'whoever covers goes on');
-- confirmed, but the taker went away
create temp table v as select * from pg_temp.start('t.zhang', 't.wang', '2026-11-25 16:35', '2026-11-25 17:00');
select is((pg_temp.confirm('t.wang', 'v', null)).status, 0::int2, 'nothing goes along: confirmed as such');
select is((pg_temp.handover('v')).state, 'confirmed', 'confirmed');
do $$ begin perform pg_temp.hold('t.in', 't.zhang', 'A', 'sign_in'); end $$;
select is((pg_temp.away('t.wang', 'site', '2026-11-25 17:00', 9902, 9904)).status, 0::int2, 'the taker leaves');
do $$ begin perform pg_temp.go('2026-11-25 16:35'); end $$;
select results_eq($$ select pg_temp.holder(), state, end_note from pg_temp.handover('v') $$, $$ values ('', 'unconfirmed', '接收人不在岗') $$, 'nobody is handed a post they are not there for');
do $$ begin perform pg_temp.back('t.wang'); perform pg_temp.hold('t.in', 't.zhang', 'A', 'sign_in'); end $$;
select is_empty('select * from pg_temp.faults()', 'all as the rules made it');

-- nor one in which they have no place any more
create temp table g as select * from pg_temp.start('t.zhang', 't.ma', '2026-11-25 16:40', '2026-11-25 16:45');
do $$ begin
  perform pg_temp.confirm('t.ma', 'g', null);
  delete from hall.post_place where post_id = pg_temp.post('t.in') and place = 'B2';
  perform pg_temp.go('2026-11-25 16:40');
end $$;
select is((pg_temp.handover('g')).state, 'unconfirmed', 'nor with a place in it no more');
select results_eq($$ select taken_by, ended_at is null from hall.offer where post_id = pg_temp.post('t.in') order by offer_id desc limit 1 $$, $$ values (null::int8, true) $$, 'the post is on offer (POST-4)');
insert into hall.post_place values (pg_temp.post('t.in'), 'B2', pg_temp.staff('t.ma'));
do $$ begin perform pg_temp.hold('t.in', 't.zhang', 'A', 'sign_in'); end $$;

-- early return, by either side
create temp table e as select * from pg_temp.start('t.chen', 't.wang', '2026-11-26 09:00', '2026-11-26 17:00');
select results_eq($$ select giver_id, planned_by from pg_temp.handover('e') $$, $$ values (pg_temp.staff('t.zhang'), pg_temp.staff('t.chen')) $$, 'the chief representative hands over for A');
do $$ begin perform pg_temp.confirm('t.wang', 'e', null); end $$;
select is((pg_temp.finish('t.zhang', 'e')).code, 'handover.not_begun', 'not before it begins');
do $$ begin perform pg_temp.go('2026-11-26 09:00'); end $$;
select is((pg_temp.finish('t.chen', 'e')).code, 'handover.sides', 'only one of its sides');
do $$ begin perform pg_temp.go('2026-11-26 10:00'); end $$;
select is((pg_temp.finish('t.wang', 'e', '已办两件')).status, 0::int2, 'B gives it back');
select is(pg_temp.holder(), 't.zhang A', 'to A at once');
select results_eq($$ select state, end_note, ended_by from pg_temp.handover('e') $$, $$ values ('over', '已办两件', pg_temp.staff('t.wang')) $$, 'with a word');
select is((select c2 from api.handover_paper('token t.zhang', pg_temp.id('e')) where c1 = '截止时间'), '2026年11月26日10:00（原定2026年11月26日17:00）', 'POST-3: its paper tells the real end');
select alike((select c2 from api.handover_paper('token t.zhang', pg_temp.id('e')) where c1 = '其他事项'), '%接收人说明：已办两件', 'and the word');
select is((select count(*) from hall.post_due where handover_id = pg_temp.id('e')), 0::int8, 'its end waits for nothing any more');

-- B falls away in between: the post falls empty and is taken; at the end it is A's, there or not
create temp table f as select * from pg_temp.start('t.zhang', 't.wang', '2026-11-26 11:00', '2026-11-26 15:00');
do $$ begin perform pg_temp.confirm('t.wang', 'f', null); perform pg_temp.go('2026-11-26 11:00'); perform pg_temp.hold('t.in', null, null, 'gone'); end $$;
select is((pg_temp.handover('f')).state, 'running', 'the handover goes on');
do $$ begin perform pg_temp.hold('t.in', 't.ma', 'B', 'take'); end $$;
create temp table b2 as select x.* from c3, pg_temp.accept(case_id, 1, p_login => 't.ma') x;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-26 15:00')); end $$;
select throws_ok(format('select rule.settle(%s)', case_id), '40001', 'a post falls due', 'DEEM-4: nothing of a case happens before what is due of a post: all begins anew') from c3;
do $$ begin perform pg_temp.go('2026-11-26 15:00'); end $$;
select is(pg_temp.holder(), 't.zhang A', 'at its end: A');
select is((select done from api.handover_show('token t.zhang', pg_temp.id('f')) where case_id = c3.case_id), 'accept', 'the report tells what whoever covered did') from c3;
select results_eq($$ select p.c2, p.c4 from c3 join hall.case_file f using (case_id), api.handover_paper('token t.zhang', pg_temp.id('f')) p where p.c2 = f.number $$,
  $$ select f.number, '已办：受理' from c3 join hall.case_file f using (case_id) $$, 'so does the paper of its end, which nobody made');
select is((select c2 from api.handover_paper('token t.zhang', pg_temp.id('f')) where c1 = '截止时间'), '2026年11月26日15:00', 'at the moment planned');

-- a supervisor's word in between stands (POST-2): neither its end nor a taker who holds it no more undoes it
create temp table x1 as select * from pg_temp.start('t.zhang', 't.wang', '2026-11-26 15:05', '2026-11-26 15:20');
do $$ begin perform pg_temp.confirm('t.wang', 'x1', null); perform pg_temp.go('2026-11-26 15:05'); end $$;
select is((pg_temp.change('t.wang', 'x1', null, null, '2026-11-27 15:20')).code, 'post.not_holder', 'B alone does not cover longer');
select is((pg_temp.change('t.wang', 'x1', null, null, '2026-11-26 15:15')).status, 0::int2, 'but ends it earlier');
do $$ begin perform pg_temp.hold('t.in', 't.gu', 'B', 'appoint'); end $$;
select results_eq($$ select status, code, arg2 from pg_temp.finish('t.wang', 'x1') $$, $$ values (2::int2, 'post.not_holder', '顾替') $$, 'a taker who holds it no more gives nothing back');
do $$ begin perform pg_temp.go('2026-11-26 15:15'); end $$;
select is(pg_temp.holder() || ' ' || (pg_temp.handover('x1')).state, 't.gu B t.zhang over', 'the handover is over, the appointed one holds the post');
select is_empty('select * from pg_temp.faults()', 'all as the rules made it');
do $$ begin perform pg_temp.hold('t.in', 't.zhang', 'A', 'appoint'); end $$;
create temp table x2 as select * from pg_temp.start('t.zhang', 't.wang', '2026-11-26 15:25', '2026-11-26 15:40');
do $$ begin perform pg_temp.confirm('t.wang', 'x2', null); perform pg_temp.go('2026-11-26 15:25'); perform pg_temp.hold('t.in', 't.gu', 'B', 'appoint'); end $$;
select is((pg_temp.finish('t.zhang', 'x2')).status, 0::int2, 'A ends it');
select is(pg_temp.holder(), 't.gu B t.zhang', 'and the appointed one holds on');
do $$ begin perform pg_temp.hold('t.in', 't.zhang', 'A', 'appoint'); end $$;

-- chains: a covering B hands on within their own
create temp table o as select * from pg_temp.start('t.zhang', 't.wang', '2026-11-27 08:30', '2026-11-27 17:00');
do $$ begin perform pg_temp.confirm('t.wang', 'o', null); perform pg_temp.go('2026-11-27 08:30'); end $$;
select results_eq($$ select code, arg1, arg2 from pg_temp.start('t.wang', 't.ma', '2026-11-27 10:00', '2026-11-27 17:01') $$, $$ values ('handover.outside', '2026-11-27 08:30', '2026-11-27 17:00') $$, 'not beyond their own');
create temp table i as select * from pg_temp.start('t.wang', 't.ma', '2026-11-27 10:00', '2026-11-27 12:00');
select results_eq($$ select outer_id, giver_id from pg_temp.handover('i') $$, $$ values (pg_temp.id('o'), pg_temp.staff('t.wang')) $$, 'within it');
select is((pg_temp.start('t.wang', 't.zhang', '2026-11-27 13:00', '2026-11-27 14:00')).code, 'handover.self', 'to A it goes back by an early return');
do $$ begin perform pg_temp.confirm('t.ma', 'i', null); perform pg_temp.go('2026-11-27 10:00'); end $$;
select is(pg_temp.holder(), 't.ma B t.zhang', 'the next B, for A still');
select results_eq($$ select code, arg1 from pg_temp.change('t.zhang', 'o', null, null, '2026-11-27 11:00') $$, $$ values ('handover.inner', '2026-11-27 12:00') $$, 'the outer one ends no sooner than what was handed on in it');
do $$ begin perform pg_temp.go('2026-11-27 12:00'); end $$;
select is(pg_temp.holder(), 't.wang B t.zhang', 'back to whom it came from');
select is((select code from api.cover_give_back('token t.wang', pg_temp.epoch('t.wang'), 0::int2, pg_temp.seq('t.wang'), 'g', pg_temp.post('t.in'), null)), 'cover.handover', 'who is handed a post ends the handover instead of giving it back');
create temp table i2 as select * from pg_temp.start('t.wang', 't.ma', '2026-11-27 14:00', '2026-11-27 17:00');
create temp table i3 as select * from pg_temp.start('t.wang', 't.ma', '2026-11-27 13:00', '2026-11-27 14:00');
do $$ begin perform pg_temp.confirm('t.ma', 'i2', null), pg_temp.confirm('t.ma', 'i3', null); perform pg_temp.go('2026-11-27 13:30'); end $$;
select is(pg_temp.holder(), 't.ma B t.zhang', 'handed on once more');
select is((pg_temp.finish('t.zhang', 'o', '提前回来')).status, 0::int2, 'A is back before it all ends');
select is(pg_temp.holder(), 't.zhang A', 'and holds it');
select results_eq($$ select (pg_temp.handover('o')).state, (pg_temp.handover('i3')).state, (pg_temp.handover('i2')).state $$, $$ values ('over', 'over', 'cancelled') $$, 'what was handed on in it is over, too');
select alike((select c2 from api.handover_paper('token t.wang', pg_temp.id('i3')) where c1 = '截止时间'), '%（原定2026年11月27日14:00）', 'with papers of their own');
do $$ begin perform pg_temp.go('2026-11-27 17:00'); end $$;
select is(pg_temp.holder(), 't.zhang A', 'nothing of it comes later');
-- both moments at one: the end of one, the beginning of the next
create temp table n1 as select * from pg_temp.start('t.zhang', 't.wang', '2026-11-30 09:00', '2026-11-30 10:00');
create temp table n2 as select * from pg_temp.start('t.zhang', 't.ma', '2026-11-30 10:00', '2026-11-30 11:00');
do $$ begin perform pg_temp.confirm('t.wang', 'n1', null), pg_temp.confirm('t.ma', 'n2', null); perform pg_temp.go('2026-11-30 10:30'); end $$;
select is(pg_temp.holder(), 't.ma B t.zhang', 'one ends, the next begins, in that order');
do $$ begin perform pg_temp.go('2026-11-30 11:00'); end $$;
-- no two holders: the sweep does the same as a command
create temp table s1 as select * from pg_temp.start('t.zhang', 't.wang', '2026-11-30 14:00', '2026-11-30 14:01');
do $$ begin perform pg_temp.confirm('t.wang', 's1', null); perform pg_temp.at(pg_temp.moment('2026-11-30 15:00')); perform api.tick(100); perform api.tick(100); end $$;
select results_eq($$ select * from pg_temp.tenures('s1') $$, $$ values ('t.wang B handover 30 14:00'), ('t.zhang A return 30 14:01') $$, 'a late sweep keeps both moments');

-- change of plan and cancelling before it begins; an absence that is off takes its handover along
create temp table p as select * from pg_temp.start('t.zhang', 't.wang', '2026-12-02 09:00', '2026-12-02 12:00', p_thing => '{印章}');
do $$ begin perform pg_temp.confirm('t.wang', 'p', '{1}'); end $$;
select is((pg_temp.change('t.wang', 'p', 't.ma', null, null)).code, 'post.not_holder', 'the taker does not change the plan');
select is((pg_temp.change('t.zhang', 'p', 't.ma', '2026-12-02 09:30', '2026-12-02 12:30')).status, 0::int2, 'another taker and time');
select results_eq($$ select state, taker_id, rule.handover_waiting(handover_id) from pg_temp.handover('p') $$, $$ values ('planned', pg_temp.staff('t.ma'), 1) $$, 'which is to be confirmed anew');
select results_eq($$ select at, kind from hall.post_due where handover_id = pg_temp.id('p') $$, $$ values (pg_temp.moment('2026-12-02 09:30'), 'handover_begin') $$, 'its moment moved');
select is((pg_temp.cancel('t.zhang', 'p', ' ')).code, 'text.blank', 'called off with words');
select is((pg_temp.cancel('t.ma', 'p', '我那天请假')).status, 0::int2, 'the taker may call it off, too');
select is((select count(*) from hall.post_due where handover_id = pg_temp.id('p')), 0::int8, 'nothing waits for its moment');
create temp table q1 as select * from pg_temp.plan_absence('t.zhang', '2026-12-03 08:30', '2026-12-03 12:00');
create temp table q2 as select * from pg_temp.start('t.zhang', 't.wang', '2026-12-03 08:30', '2026-12-03 12:00', p_absence => pg_temp.id('q1'));
do $$ begin perform pg_temp.cancel_absence('t.zhang', 'q1', '不请了'); end $$;
select is((pg_temp.handover('q2')).state, 'cancelled', 'with its absence');
create temp table q3 as select * from pg_temp.plan_absence('t.zhang', '2026-12-03 08:30', '2026-12-03 12:00');
create temp table q4 as select * from pg_temp.start('t.zhang', 't.wang', '2026-12-03 08:30', '2026-12-03 12:00', p_absence => pg_temp.id('q3'));
do $$ begin perform pg_temp.confirm('t.wang', 'q4', null); end $$;
select is((pg_temp.approve_absence('t.chen', 'q3', false, '人手不够')).status, 0::int2, 'a leave that is denied');
select results_eq($$ select state, end_note from pg_temp.handover('q4') $$, $$ values ('cancelled', '人手不够') $$, 'hands no post over');
select is((select count(*) from hall.post_due where handover_id = pg_temp.id('q4')), 0::int8, 'nothing waits for its moment');
create temp table q5 as select * from pg_temp.plan_absence('t.zhang', '2026-12-03 08:30', '2026-12-03 12:00', p_kind => 'trip');
create temp table q6 as select * from pg_temp.start('t.zhang', 't.wang', '2026-12-03 08:30', '2026-12-03 09:30', p_absence => pg_temp.id('q5'));
create temp table q7 as select * from pg_temp.start('t.zhang', 't.wang', '2026-12-03 10:00', '2026-12-03 12:30', p_absence => pg_temp.id('q5'));
do $$ begin perform pg_temp.approve_absence('t.chen', 'q5', true), pg_temp.change_absence('t.zhang', 'q5', '2026-12-03 09:00', '2026-12-03 12:00'); end $$;
select is(array[(pg_temp.handover('q6')).state, (pg_temp.handover('q7')).state], '{cancelled,planned}', 'moved, it keeps those that fit it as before');
do $$ begin perform pg_temp.change_absence('t.zhang', 'q5', '2026-12-07 09:00', '2026-12-07 12:00'); end $$;
select results_eq($$ select state, end_note from pg_temp.handover('q7') $$, $$ values ('cancelled', '请假时间已变更') $$, 'on another day none');
select is_empty('select * from pg_temp.faults()', 'all as the rules made it');
do $$ begin perform pg_temp.cancel_absence('t.zhang', 'q5', '不去了'); end $$;

-- a substitute a supervisor named takes over without a place (POST-5)
delete from hall.post_place where post_id = pg_temp.post('t.in') and place = 'B2';
create temp table w1 as select * from pg_temp.plan_absence('t.wang', '2026-12-04 08:30', '2026-12-04 12:00');
create temp table w2 as select * from pg_temp.plan_absence('t.zhang', '2026-12-04 08:30', '2026-12-04 12:00');
do $$ begin perform pg_temp.approve_absence('t.chen', 'w1', true), pg_temp.approve_absence('t.sun', 'w2', true, '都要外出', 't.gu'); end $$;
select is((pg_temp.start('t.zhang', 't.gu', '2026-12-04 08:30', '2026-12-04 12:01')).code, 'handover.place', 'not beyond what was granted');
create temp table w3 as select * from pg_temp.start('t.zhang', 't.gu', '2026-12-04 08:30', '2026-12-04 12:00');
create function pg_temp.take(p_login text) returns outcome language sql as $$
  select * from api.cover_take(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('t'), pg_temp.post('t.in')) $$;
do $$ begin perform pg_temp.at_window('t.gu', 9909); end $$;
select is((pg_temp.take('t.gu')).code, 'cover.place', 'not before what was granted begins');
do $$ begin
  perform pg_temp.confirm('t.gu', 'w3', null); perform pg_temp.go('2026-12-04 09:00'); perform pg_temp.hold('t.in', null, null, 'appoint');
end $$;
select is((select to_me from api.cover_list('token t.gu', false) where post_id = pg_temp.post('t.in')), true, 'an empty post is offered to who stands in, the last B (POST-5)');
select ok(exists (select from hall.news where event = 'cover.offer' and post_id = pg_temp.post('t.spare')), 'whose own windows hear of it');
select is((pg_temp.take('t.gu')).status, 0::int2, 'and is taken');
select is(rule.offer_first(pg_temp.post('t.in'), pg_temp.moment('2026-12-04 09:00'), null), pg_temp.staff('t.gu'), 'here, with all Bs away, they come first');
select is(rule.place_in(pg_temp.post('t.in'), pg_temp.staff('t.gu'), pg_temp.moment('2026-12-04 12:00')), null, 'not at its end');
select is(pg_temp.holder(), 't.gu B t.zhang', 'the substitute holds it as B for A');
do $$ begin perform pg_temp.go('2026-12-04 12:00'); end $$;
select is_empty('select * from pg_temp.faults()', 'all as the rules made it');

-- what was forged shows
alter table hall.handover_item disable trigger all;
update hall.handover_item set text = '别的' where handover_id = pg_temp.id('h') and item = 1;
select is((select count(*) from pg_temp.faults()), 1::int8, 'SEC-2: other words of an item are found');
update hall.handover_item set text = '等消防意见' where handover_id = pg_temp.id('h') and item = 1;
update hall.handover set until_at = until_at + interval '1 day' where handover_id = pg_temp.id('h');
select ok(exists (select from pg_temp.faults() f where f like 'handover.state%'), 'and another end');
select * from finish();
rollback;
