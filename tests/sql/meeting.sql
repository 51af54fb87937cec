-- PAR-5, PAR-8, DEEM-1: meetings and site visits. Called in writing, signed for, moved, attended; opinions given there;
-- who was called in time and stayed away; minutes, 会签意见表, 流转单.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
\ir lib/joint.psql
select plan(80);
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); perform pg_temp.come(); end $$;
create function pg_temp.call(p_case int8, p_at text default '2026-11-26 10:00', p_kind text default 'review', p_review int2[] default null,
  p_login text default 't.li', p_place text default '三楼会议室', p_agenda text default '会审总平面') returns outcome language plpgsql as $$
declare
  o outcome;
begin
  select * into o from api.meeting_call(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('c'), p_case, p_kind,
    pg_temp.moment(p_at), p_place, p_agenda, p_review);
  return o;
end $$;
create function pg_temp.meet(p_fn text, p_case int8, p_login text, p_args text) returns outcome language plpgsql as $$
declare
  o outcome;
begin
  execute format('select * from api.meeting_%s(%L, %s, 0::int2, %s, sha256(''m''), %s, %s)', p_fn, ('token ' || p_login)::bytea, pg_temp.epoch(p_login),
    pg_temp.seq(p_login), p_case, p_args) into o;
  return o;
end $$;
create function pg_temp.attend(p_case int8, p_who text[], p_login text default 't.li', p_posts text[] default '{j.r1,j.r2,j.r3}') returns outcome language sql as $$
  select pg_temp.meet('attend', p_case, p_login, format('1::int2, %L::int8[], %L::text[]', array(select pg_temp.post(x) from unnest(p_posts) with ordinality q (x, o) order by o), p_who))
$$;
create function pg_temp.speak(p_case int8, p_review int4, p_answer text default 'agree', p_words text default null, p_basis text default null, p_login text default 't.li', p_no int4 default 1)
returns outcome language sql as $$
  select pg_temp.meet('opine', p_case, p_login, format('%s::int2, %s::int2, %L, %L, %L', p_no, p_review, p_answer, p_words, p_basis))
$$;
-- A joint case accepted on 2026-11-24 at 10:00: the reviews are due 12-01 (silence counts), 12-03, 11-27 (silence counts).
create function pg_temp.accepted() returns int8 language plpgsql as $$
declare
  c int8 := (pg_temp.bring()).case_id;
begin
  perform pg_temp.check(c, r.seq) from hall.review r where r.case_id = c;
  perform pg_temp.accept(c, 1);
  return c;
end $$;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 10:00')); end $$;
create temp table c as select pg_temp.accepted() as case_id, pg_temp.accepted() as other, pg_temp.accepted() as third, (pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}')).case_id as plain;

-- calling
select is((pg_temp.call(case_id, p_login => 'j.1')).code, 'post.not_holder', 'the lead calls') from c;
select is((pg_temp.call(plain, p_login => 't.zhang')).code, 'meeting.not_joint', 'nobody is called to a case that is not joint') from c;
select is((pg_temp.call(case_id, p_kind => 'party')).code, 'meeting.kind', 'one of three') from c;
select is((pg_temp.call(case_id, '2026-11-24 09:59')).code, 'meeting.past', 'not into the past') from c;
select is((pg_temp.call(case_id, '2028-01-04 09:00')).code, 'meeting.far', 'within a year') from c;
select is((pg_temp.call(case_id, p_place => ' ')).code, 'text.blank', 'a place') from c;
select is((pg_temp.call(case_id, p_review => '{1,9}')).code, 'review.none', 'reviews it has') from c;
create temp table o as select o.* from c, lateral pg_temp.call(case_id) o;
select is(status, 0::int2, 'PAR-5: called') from o;
select ok(number ~ '会〔2026〕00001号$', 'in writing: 会议通知 of its own series') from o;
select is(pg_temp.news(c.case_id, 'meeting.call'), 'j.r1 j.r2 j.r3 t.rev', 'all hear of it, and the lead') from c;
create function pg_temp.paper(p_case int8, p_kind text) returns text language sql as $$
  select string_agg(concat_ws('/', (b).c1, (b).c2, (b).c3, (b).c4), '|') from hall.notice n, unnest(n.blocks) b
  where n.notice_id = (select max(notice_id) from hall.notice where case_id = p_case and kind = p_kind)
$$;
select is(substr(pg_temp.paper(case_id, 'meeting'), 1, 400) ~ '^联审会通知\|.*\|示例区甲局、示例区乙局、示例区丙局：.*定于2026年11月26日10:00举行联审会.*地点/三楼会议室.*议题/会审总平面', true, 'what it says') from c;
select ok(pg_temp.paper(case_id, 'meeting') ~ '依据测试规定第一条，视为同意', 'DEEM-1: what staying away means') from c;
select ok(pg_temp.paper(case_id, 'meeting') ~ '1/示例区甲局（甲局会审）//', 'a line to sign for each') from c;
select results_eq($$ select meeting, kind, state, called, signed, leads, mine, unsigned from c, api.meeting_list('token j.2', 'mine', null, null, null) $$,
  $$ values (1::int2, 'review', 'called', 3, 0, false, true, true) $$, 'a department''s list');
select is((select count(*)::int from api.meeting_list('token t.li', 'lead', null, null, null)), 1, 'the lead''s');
select is((select count(*)::int from api.meeting_list('token t.zhang', 'mine', null, null, null)), 0, 'nobody else''s');

-- receipts
select is((pg_temp.meet('sign', case_id, 't.li', '1::int2')).code, 'post.not_holder', 'who is called signs') from c;
select is((pg_temp.meet('sign', case_id, 'j.1', '2::int2')).code, 'meeting.none', 'a meeting there is') from c;
select is((pg_temp.meet('sign', case_id, 'j.1', '1::int2')).status, 0::int2, 'PAR-5: the receipt is signed') from c;
select is((pg_temp.meet('sign', case_id, 'j.1', '1::int2')).code, 'meeting.signed', 'once') from c;

-- moved: served anew
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-25 09:30')); end $$;
select is((pg_temp.meet('move', case_id, 't.li', format('1::int2, %L::timestamptz, %L, %L', pg_temp.moment('2026-11-26 15:00'), '工地', ' '))).code, 'text.blank', 'a reason') from c;
select is((pg_temp.meet('move', case_id, 't.li', format('1::int2, %L::timestamptz, %L, %L', pg_temp.moment('2026-11-26 15:00'), '工地', '停电'))).status, 0::int2, 'moved') from c;
select ok(pg_temp.paper(case_id, 'meeting') ~ '改期说明/原定2026年11月26日10:00在三楼会议室，因停电改期', 'called anew, with what was before') from c;
select results_eq($$ select signed_at, in_time from c, api.meeting_show('token t.li', c.case_id, 1::int2) where seq = 1 $$, $$ values (null::timestamptz, false) $$, 'the receipt is to be signed anew');
do $$ begin perform pg_temp.meet('sign', case_id, 'j.1', '1::int2') from c; perform pg_temp.at(pg_temp.moment('2026-11-25 15:00')); perform pg_temp.meet('sign', case_id, 'j.2', '1::int2') from c;
  perform pg_temp.at(pg_temp.moment('2026-11-25 15:01')); perform pg_temp.meet('sign', case_id, 'j.3', '1::int2') from c; end $$;
select results_eq($$ select signed_by, in_time, counts from c, api.meeting_show('token t.li', c.case_id, 1::int2) order by seq $$,
  $$ values ('A 甲一', true, true), ('A 乙一', true, false), ('A 丙一', false, true) $$, 'DEEM-1: a working day ahead, to the minute');

-- attendance
select is((pg_temp.attend(case_id, '{j.1,j.2,""}')).code, 'meeting.early', 'not before its day') from c;
do $$ begin perform pg_temp.opine(case_id, 1, 'agree') from c; perform pg_temp.at(pg_temp.moment('2026-11-26 14:50')); end $$;
select is((pg_temp.attend(case_id, '{j.1,j.2,""}', 'j.1')).code, 'post.not_holder', 'the lead takes attendance') from c;
select is((pg_temp.attend(case_id, '{j.2,j.2,""}')).code, 'meeting.who', 'by people of the department') from c;
select is((pg_temp.attend(case_id, '{j.1,j.2}')).code, 'tick.length', 'for each') from c;
select is((pg_temp.attend(case_id, '{""}', p_posts => '{t.in}')).code, 'meeting.not_called', 'of nobody else') from c;
select is((pg_temp.meet('attend', case_id, 't.li', '1::int2, null, null')).status, 0::int2, 'nobody to be named: nothing happens') from c;
select is((pg_temp.attend(case_id, '{j.1b,乙一,""}')).status, 0::int2, 'PAR-5: attendance, by login or name') from c;
select results_eq($$ select came, who from c, api.meeting_show('token j.1', c.case_id, 1::int2) order by seq $$, $$ values (true, '甲二'), (true, '乙一'), (false, null) $$, 'who came');
select is((select people from c, api.meeting_show('token j.1', c.case_id, 1::int2) where seq = 1), 'j.1|甲一|A;j.1b|甲二|B', 'who may come');

-- opinions
select is((pg_temp.speak(case_id, 3)).code, 'meeting.early', 'nothing is said there before it begins') from c;
select is((pg_temp.meet('close', case_id, 't.li', '1::int2, ''原则同意''')).code, 'meeting.early', 'DEEM-1: nobody stays away before it begins') from c;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-26 15:05')); end $$;
select is((pg_temp.speak(case_id, 3)).code, 'meeting.absent', 'who is not there says nothing') from c;
select is((pg_temp.speak(case_id, 1, 'disagree', '不行')).code, 'opinion.basis', 'PAR-2 holds there, too') from c;
select is((pg_temp.speak(case_id, 1, 'conditional', '须退让', p_login => 'j.2')).code, 'post.not_holder', 'not by others') from c;
select is((pg_temp.speak(case_id, 1, 'conditional', '须退让')).status, 0::int2, 'PAR-8: an opinion on the spot') from c;
select results_eq($$ select o.no, o.how, o.answer, o.current, o.actor from c, api.review_show('token j.2', c.case_id, 1::int2) o $$,
  $$ values (1::int2, 'review', 'agree', false, 'A 甲一'), (2::int2, 'meeting', 'conditional', true, 'B 甲二 代 A 甲一') $$, 'PAR-8: supersedes the earlier one, which is kept; signed by who was there');
select is((select w.login from c join hall.opinion o using (case_id) join hall.staff w on w.staff_id = o.written_by where o.no = 2), 't.li', 'written down by the lead');
select is((select answer from hall.review r join c using (case_id) where seq = 1), 'conditional', 'it holds');
select is((pg_temp.speak(case_id, 2, 'disagree', '管线未避让', '某条例第九条', 'j.2')).status, 0::int2, 'or by the department itself') from c;
select is((select written_by from hall.opinion o join c using (case_id) where o.seq = 2), null, 'with its own hand');
select is((pg_temp.speak(case_id, 2, 'agree')).code, 'meeting.objected', 'PAR-8: an objection falls by the department''s own hand') from c;
select is((pg_temp.attend(case_id, '{"",j.2,""}')).code, 'meeting.spoke', 'who spoke was there') from c;
select is((pg_temp.meet('cancel', case_id, 't.li', '1::int2, ''不开了''')).code, 'meeting.began', 'what began is not called off') from c;

-- minutes
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-26 16:00')); end $$;
select is((pg_temp.meet('close', case_id, 't.li', '1::int2, '' ''')).code, 'text.blank', 'minutes say something') from c;
select is((pg_temp.meet('close', case_id, 't.li', '1::int2, ''原则同意''')).status, 0::int2, 'PAR-5: the minutes') from c;
select is((select answer from hall.review r join c using (case_id) where seq = 3), null, 'DEEM-1: served too late: absence does not count');
select ok(pg_temp.paper(case_id, 'minutes') ~ '示例区甲局（甲局会审）/参加/甲二.*示例区丙局（丙局会审）/未参加.*示例区甲局：甲审查/附条件同意：须退让（会上发表）/B 甲二 代 A 甲一，2026年11月26日15:05.*会议结论/原则同意', 'what they say') from c;
select is((pg_temp.speak(case_id, 1)).code, 'meeting.over', 'nothing after') from c;

-- DEEM-1: called in time, stayed away
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-26 16:10')); perform pg_temp.call(other, '2026-11-27 16:20', 'visit') from c;
  perform pg_temp.meet('sign', other, 'j.1', '1::int2'), pg_temp.meet('sign', other, 'j.2', '1::int2') from c;
  perform pg_temp.want(other, 3, '{请补一图}') from c; perform pg_temp.meet('sign', other, 'j.3', '1::int2') from c;
  perform pg_temp.hold('j.r1'); perform pg_temp.hold('j.r1', 'j.1b', 'B', 'take');
  perform pg_temp.at(pg_temp.moment('2026-11-27 16:25')); perform pg_temp.hold('j.r1', 'j.1'); end $$;
select is((pg_temp.meet('close', other, 't.li', '1::int2, ''无人到场''')).code, 'meeting.attendance', 'attendance is taken first') from c;
do $$ begin perform pg_temp.attend(other, '{"","",""}') from c; perform pg_temp.at(pg_temp.moment('2026-11-27 16:30')); end $$;
select is((pg_temp.meet('close', other, 't.li', '1::int2, ''无人到场''')).status, 0::int2, 'closed') from c;
select results_eq($$ select seq, answer, waits from hall.review r join c on r.case_id = c.other order by 1 $$,
  $$ values (1::int2, 'deemed', 'consent'), (2::int2, null, 'review'), (3::int2, null, 'review') $$, 'DEEM-1: only with the switch; PAR-4: not while a correction is wanted');
select results_eq($$ select o.how, date_trunc('minute', o.at), o.basis, o.words, s.login, o.acting from c join hall.opinion o on o.case_id = c.other join hall.staff s using (staff_id) where o.seq = 1 $$,
  $$ values ('deem', pg_temp.moment('2026-11-27 16:30'), '测试规定第一条', '经书面通知未参加联合踏勘', 'j.1b', 'B') $$, 'DEEM-4: against who held the post when the meeting was');
select is((select to_char(consent_until at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') from hall.review r join c on r.case_id = c.other where seq = 1), '11-30 17:00', 'DEEM-3: the written consent follows');
select is((pg_temp.opine(other, 1)).code, 'review.deemed', 'DEEM-1: no opinion afterwards') from c;
select ok(pg_temp.paper(other, 'minutes') ~ '示例区甲局（甲局会审）/未参加，默许.*默许，视为同意（依据：测试规定第一条；经书面通知未参加联合踏勘）/记于B 甲二 代 A 甲一', 'DEEM-4: marked in the minutes') from c;
select is(pg_temp.news(other, 'review.deemed'), (select string_agg(code, ' ' order by code) from hall.post where code in ('j.r1', 't.rev') or post_id = any (rule.supervisor_posts())), 'DEEM-3: department, lead and supervisors are told') from c;
select is((pg_temp.consent(other, 1)).status, 0::int2, 'the consent') from c;

-- 会签意见表, 流转单
select is((pg_temp.meet('sheet', case_id, 'j.1', '''opinions'', null, null')).code, 'post.not_holder', 'papers of the lead') from c;
select is((pg_temp.meet('sheet', case_id, 't.li', '''poster'', null, null')).code, 'sheet.kind', 'of two kinds') from c;
select is((pg_temp.meet('sheet', other, 't.li', '''opinions'', null, null')).status, 0::int2, '会签意见表') from c;
select ok(pg_temp.paper(other, 'opinions') ~ '示例区甲局：甲审查/默许，视为同意.*示例区甲局：甲审查/书面同意（甲函〔2026〕1号）：同意/A 甲一.*示例区乙局：乙审查/尚未答复', 'DEEM-4: every opinion, deemed ones marked') from c;
select is((pg_temp.meet('sheet', case_id, 't.li', '''opinions'', null, ''供批准用''')).status, 0::int2, 'again') from c;
select ok(pg_temp.paper(case_id, 'opinions') ~ '甲审查/同意（已被取代）.*甲审查/附条件同意：须退让（会上发表）.*乙审查/不同意：管线未避让（依据：某条例第九条）（会上发表）.*说明/供批准用', 'superseded ones are kept and marked') from c;
select is((pg_temp.meet('sheet', case_id, 't.li', '''slip'', '' '', null')).code, 'text.blank', 'PAR-7: a slip says where the papers are') from c;
select is((pg_temp.meet('sheet', case_id, 't.li', '''slip'', ''二楼档案柜三层'', null')).status, 0::int2, '流转单') from c;
select ok(pg_temp.paper(case_id, 'slip') ~ '材料存放/二楼档案柜三层.*一、流转的材料.*二、查阅、签收.*1/示例区甲局（甲局会审）//', 'what it says') from c;
-- issued anew it says the same
create temp table again as select (api.notice_reissue('token t.li', pg_temp.epoch('t.li'), 0::int2, pg_temp.seq('t.li'), sha256('n'), n.notice_id, '破损', null, null, null)).status as reissued
from hall.notice n, c where n.case_id = c.case_id and n.kind = 'slip';
select is(reissued, 0::int2, 'DOC-3: issued anew') from again;
select ok(pg_temp.paper(case_id, 'slip') ~ '材料存放/二楼档案柜三层.*一、流转的材料.*1/示例区甲局（甲局会审）//.*替代', 'with the same words') from c;

-- called off, and a case that ends
do $$ begin perform pg_temp.call(third, '2026-11-30 10:00', 'acceptance', '{2}') from c; end $$;
select is((select called from c, api.meeting_list('token j.2', 'case', c.third, null, null)), 1, 'some only') from c;
select is((pg_temp.meet('cancel', third, 't.li', '1::int2, ''改为书面会签''')).status, 0::int2, 'called off') from c;
select is((pg_temp.meet('sign', third, 'j.2', '1::int2')).code, 'meeting.over', 'then nobody signs') from c;
do $$ begin perform pg_temp.call(third, '2026-11-30 10:00') from c; perform pg_temp.withdraw(third, 2, p_on => '2026-11-27') from c; end $$;
select is((pg_temp.meet('sign', third, 'j.2', '2::int2')).code, 'meeting.case_over', 'a case that ended has no meetings') from c;
select is((pg_temp.call(third, '2026-11-30 10:00', p_login => 't.zhang')).code, 'post.not_holder', 'nor by others') from c;
select is_empty($$ select * from hall.verify() where subject = any (select 'case ' || case_id from hall.review) $$, 'everything is as the rules made it');
update hall.meeting_post set came = false, who_id = null where case_id = (select case_id from c) and no = 1 and post_id = pg_temp.post('j.r1');
select is((select string_agg(distinct fault, ' ') from hall.verify_meetings()), 'meeting.opinion meeting.trail', 'another attendance is found');
select * from finish();
rollback;
