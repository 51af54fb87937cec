-- Empty posts (POST-4): silence empties, the first B who is here is asked alone, then all, then it is told;
-- taken by one command, given back; a supervisor's override, the A/B table (POST-1, POST-2).
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(119);
insert into hall.staff (login, name, department_id, secret, must_change)
select s.login, s.name, d.department_id, '$argon2id$test', false
from (values ('t.ma', '马六'), ('t.zhao', '赵七')) s (login, name), hall.department d where d.name = '测试局';
insert into hall.department (name, full_name, short_form) values ('别局', '示例区别局', '示别');
insert into hall.staff (login, name, department_id, secret, must_change)
select 't.else', '外人', department_id, '$argon2id$test', false from hall.department where name = '别局';
insert into hall.post_place values (pg_temp.post('t.in'), 'B2', pg_temp.staff('t.ma'));
insert into hall.window (no, name, cert_sha256)
select n, '测试' || n, sha256(('window ' || n)::bytea) from generate_series(9904, 9907) n;
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang'), pg_temp.login('t.wang', 9902), pg_temp.login('t.sun', 9903), pg_temp.login('t.ma', 9904),
    pg_temp.login('t.chen', 9905), pg_temp.login('t.zhao', 9906);
end $$;
delete from hall.due;
create function pg_temp.beat(p_elapsed int4, variadic p_logins text[]) returns int4 language sql as $$
  select emptied from api.presence_beat(array(select sha256(('token ' || l)::bytea) from unnest(p_logins) l), p_elapsed)
$$;
create function pg_temp.say(p_verb text, p_login text, p_args jsonb default '{}') returns outcome language plpgsql as $$
declare
  o outcome;
  t bytea := ('token ' || p_login)::bytea;
  e int4 := pg_temp.epoch(p_login);
  s int8 := pg_temp.seq(p_login);
  k bytea := sha256(p_verb::bytea);
  p int8 := pg_temp.post(coalesce(p_args ->> 'post', 't.in'));
begin
  case p_verb
    when 'take' then select * into o from api.cover_take(t, e, 0::int2, s, k, p);
    when 'give_back' then select * into o from api.cover_give_back(t, e, 0::int2, s, k, p, p_args ->> 'note');
    when 'assign' then select * into o from api.post_assign(t, e, 0::int2, s, k, p, p_args ->> 'place', p_args ->> 'who');
    when 'appoint' then select * into o from api.post_appoint(t, e, 0::int2, s, k, p, p_args ->> 'who', coalesce(p_args ->> 'reason', '临时安排'));
    when 'in' then select * into o from api.presence_in(t, e, 0::int2, s, k);
    when 'ask_back' then select * into o from api.cover_ask_back(t, e, 0::int2, s, k, p);
    when 'out' then select * into o from api.presence_out(t, e, 0::int2, s, k);
  end case;
  return o;
end $$;
create function pg_temp.holder(p_post text default 't.in') returns text language sql as $$
  select coalesce(p.held_as || ' ' || s.login, 'nobody') from hall.post p left join hall.staff s on s.staff_id = p.holder_id where p.code = p_post
$$;
create function pg_temp.news(p_event text) returns text language sql as $$
  with n as (delete from hall.news w where w.event = p_event returning w.post_id)
  select string_agg(p.code, ' ' order by p.code) from n join hall.post p using (post_id) where p.code like 't.%'
$$;
create function pg_temp.faults() returns table (fault text, detail text) language sql as $$
  select v.fault, v.detail from hall.verify() v where v.fault ~ '^(tenure|offer|post|audit)'
$$;
create function pg_temp.places(p_post text default 't.in') returns text language sql as $$
  select string_agg(l.place || ' ' || s.login, ', ' order by l.place) from hall.post_place l join hall.staff s using (staff_id) where l.post_id = pg_temp.post(p_post)
$$;

-- silence: only in opening hours, only while the server served, a line back begins anew
select is(pg_temp.beat(2000, 't.zhang', 't.wang', 't.ma', 't.sun', 't.chen', 't.zhao'), 0, 'everybody is here');
select is((select count(*) from hall.live l join hall.staff s using (staff_id) where s.login like 't.%'), 6::int8, 'which is known');
select is(pg_temp.beat(10000, 't.wang', 't.ma', 't.sun', 't.chen', 't.zhao'), 0, 'A is gone');
select is((select gone_ms from hall.post_gone where post_id = pg_temp.post('t.in')), 10000::int8, 'for ten seconds');
select is(pg_temp.beat(600000, 't.wang', 't.ma', 't.sun', 't.chen', 't.zhao'), 0, 'a beat that comes late');
select is((select gone_ms from hall.post_gone where post_id = pg_temp.post('t.in')), 20000::int8, 'counts for ten seconds at most: the server was not serving');
select is(pg_temp.beat(2000, 't.zhang', 't.wang', 't.ma', 't.sun', 't.chen', 't.zhao'), 0, 'A is back');
select is_empty($$ select * from hall.post_gone where post_id = pg_temp.post('t.in') $$, 'and it counts from the beginning');
do $$ begin
  perform api.session_lock('token t.zhang');
  perform pg_temp.beat(10000, 't.zhang', 't.wang', 't.ma', 't.sun', 't.chen', 't.zhao') from generate_series(1, 70);
end $$;
select is(pg_temp.holder(), 'A t.zhang', 'POST-4: a locked screen does not count');
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 12:00'));
  perform pg_temp.beat(10000, 't.wang', 't.ma', 't.sun', 't.chen', 't.zhao') from generate_series(1, 70);
end $$;
select is_empty($$ select * from hall.post_gone where post_id = pg_temp.post('t.in') $$, 'nor does noon');
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 14:00'));
  perform pg_temp.beat(10000, 't.wang', 't.ma', 't.sun', 't.chen', 't.zhao') from generate_series(1, 59);
end $$;
select is(pg_temp.beat(9999, 't.wang', 't.ma', 't.sun', 't.chen', 't.zhao'), 0, 'not before its time');
select is(pg_temp.beat(1, 't.wang', 't.ma', 't.sun', 't.chen', 't.zhao'), 0, 'complete');
select is(pg_temp.holder(), 'A t.zhang', 'the lock comes first');
do $$ begin delete from hall.news; end $$;
select is(pg_temp.beat(0, 't.wang', 't.ma', 't.sun', 't.chen', 't.zhao'), 1, 'it falls empty');
select is(pg_temp.holder(), 'nobody', '空岗');
select is(pg_temp.news('post.held'), 't.chief t.in t.sup', 'which its windows, the chief representative''s and the supervisors'' hear of');
select is(pg_temp.news('cover.offer'), 't.in', 'and that it is offered');
select is((select how from hall.tenure where post_id = pg_temp.post('t.in') and until_at is null), 'gone', 'by silence');
select is(pg_temp.beat(10000, 't.wang', 't.ma', 't.sun', 't.chen', 't.zhao'), 0, 'once');

-- offered to the first B alone, then to all, then told
create function pg_temp.offered(p_login text) returns text language sql as $$
  select concat_ws(' ', first, to_me, to_char(to_all_at, 'HH24:MI:SS'), to_char(alert_at, 'HH24:MI:SS'), alerted) from api.cover_list(('token ' || p_login)::bytea, false) where post_id = pg_temp.post('t.in')
$$;
do $$ begin update hall.offer set to_all_at = date_trunc('second', to_all_at), alert_at = date_trunc('second', alert_at); update hall.post_due set at = date_trunc('second', at); end $$;
select is(pg_temp.offered('t.wang'), '王五 t 14:02:00 14:05:00 f', 'to B1 for two minutes');
select is(pg_temp.offered('t.ma'), '王五 f 14:02:00 14:05:00 f', 'B2 sees it');
select is(pg_temp.offered('t.zhao'), null, 'who has no place does not');
select is(pg_temp.offered('t.chen'), '王五 f 14:02:00 14:05:00 f', 'the chief representative does');
select is(pg_temp.offered('t.sun'), '王五 f 14:02:00 14:05:00 f', 'so does a supervisor');
select results_eq($$ select o.code, o.arg1, o.arg2 from pg_temp.say('take', 't.ma') o $$, $$ values ('cover.first', '测试受理', '王五') $$, 'B2 waits');
select results_eq($$ select o.status, o.code from pg_temp.say('take', 't.zhao') o $$, $$ values (2::int2, 'cover.place') $$, 'others may not at all');
select results_eq($$ select offered, empty_since is not null, mine_now from api.post_list('token t.wang', false) where code = 't.in' $$, $$ values ('first', true, false) $$, 'post.list tells it');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 14:02:00')); end $$;
select is((select fired from api.tick(10)), 1, 'two minutes later');
select is(pg_temp.news('cover.offer'), 't.in', 'it is told again');
select is(pg_temp.offered('t.ma'), '王五 t 14:02:00 14:05:00 f', 'B2 may, too');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 14:05:01')); end $$;
select is((pg_temp.say('take', 't.zhao')).code, 'cover.place', 'a command of somebody else');
select is(pg_temp.news('cover.alert'), 't.chief t.in t.sup', 'nobody within five minutes: chief representative and supervisors are told, by whoever comes first');
select is(o.alerted_at, pg_temp.moment('2026-11-23 14:05'), 'at its moment') from hall.offer o where o.post_id = pg_temp.post('t.in') and o.ended_at is null;
select is((select offered from api.post_list('token t.wang', false) where code = 't.in'), 'alerted', 'post.list tells it');
select is_empty($$ select * from pg_temp.faults() $$, 'all as the rules made it');
select is((pg_temp.say('take', 't.ma')).status, 0::int2, 'POST-4: one command takes it');
select is(pg_temp.holder(), 'B t.ma', 'as B');
select is(pg_temp.news('cover.taken'), 't.chief t.in t.sup', 'which everybody hears of who was told');
select is_empty($$ select * from hall.post_due where post_id = pg_temp.post('t.in') $$, 'nothing waits any more');
select is(s.login, 't.ma', 'the offer says who') from hall.offer o join hall.staff s on s.staff_id = o.taken_by where o.post_id = pg_temp.post('t.in');
create temp table c as select * from pg_temp.receive_all('t.ma');
select is(h.actor, 'B 马六 代 A 张三丰', 'POST-7: B for A') from c, api.case_history('token t.zhao', c.case_id) h;
select results_eq($$ select o.code, o.arg2 from pg_temp.say('take', 't.wang') o $$, $$ values ('cover.held', '马六') $$, 'taken is taken');
select is((pg_temp.say('take', 't.ma')).code, 'cover.mine', 'even one''s own');

-- A returns: presence alone appoints nobody
create function pg_temp.waits(p_login text) returns text language sql as $$
  select concat_ws(' ', holder, a_here is not null, asked_at is not null) from api.post_list(('token ' || p_login)::bytea, false) where code = 't.in'
$$;
select is(pg_temp.waits('t.ma'), '马六 f f', 'A is not here');
do $$ begin delete from hall.news; perform pg_temp.beat(2000, 't.zhang', 't.wang', 't.ma'); perform api.session_verified('token t.zhang', true); end $$;
select is(pg_temp.holder(), 'B t.ma', 'POST-2: presence alone never appoints');
select is(pg_temp.news('cover.back'), 't.in', 'but whoever covers hears at once that A is here');
select is(pg_temp.waits('t.ma'), '马六 t f', 'and sees it');
select is(pg_temp.waits('t.zhang'), '马六 t f', 'so does A, who holds it');
select results_eq($$ select o.status, o.code from pg_temp.say('ask_back', 't.wang') o $$, $$ values (2::int2, 'cover.not_a') $$, 'A alone asks for it back');
select is((pg_temp.say('ask_back', 't.zhang', '{"post": "t.none"}')).code, 'post.unknown', 'a post there is');
select results_eq($$ select o.status, o.number from pg_temp.say('ask_back', 't.zhang') o $$, $$ values (0::int2, '测试受理') $$, 'A asks for it back');
select is(pg_temp.news('cover.back'), 't.in', 'which whoever covers hears');
select is(pg_temp.waits('t.ma'), '马六 t t', 'and sees');
select is((select count(*) from hall.audit where subject_kind = 'post' and subject_id = pg_temp.post('t.in') and event = 'cover.ask_back'), 1::int8, 'SEC-2: on record');
select is(pg_temp.holder(), 'B t.ma', 'B decides');
select results_eq($$ select o.status, o.code from pg_temp.say('give_back', 't.wang') o $$, $$ values (2::int2, 'post.not_holder') $$, 'who does not hold it gives nothing back');
select is((pg_temp.say('give_back', 't.ma', '{"note": "一件待补正"}')).status, 0::int2, 'B gives it back');
select is(pg_temp.holder(), 'A t.zhang', 'to A, who is here');
select is(pg_temp.waits('t.zhang'), '张三丰 f f', 'nothing is asked any more');
select is((pg_temp.say('ask_back', 't.zhang')).code, 'cover.mine', 'who holds it asks nobody');
select is((pg_temp.say('give_back', 't.zhang')).code, 'cover.own', 'A does not give back');
select results_eq($$ select staff, held_as, for_name, how, by_name, note from api.post_history('token t.wang', pg_temp.post('t.in'), null, null) limit 4 $$,
  $$ values ('张三丰', 'A', null, 'give_back', '马六', '一件待补正'), ('马六', 'B', '张三丰', 'take', '马六', null), (null, null, null, 'gone', null, null), ('张三丰', 'A', null, 'sign_in', '张三丰', null) $$,
  'post.history: who held it, how that came about');
select is_empty($$ select * from api.post_history('token t.zhao', pg_temp.post('t.in'), '2026-11-20', '2026-11-22') $$, 'of the days asked');
select results_eq($$ select event, number is not null, actor from api.post_done('token t.zhang', pg_temp.post('t.in'), pg_temp.moment('2026-11-23 14:00'), null, null, null) $$,
  $$ values ('receive', true, 'B 马六 代 A 张三丰') $$, 'post.done: the report of a return');
select is_empty($$ select * from api.post_done('token t.zhang', pg_temp.post('t.in'), pg_temp.moment('2026-11-23 13:00'), pg_temp.moment('2026-11-23 14:00'), null, null) $$, 'of the interval asked');
select throws_ok($$ select * from api.post_done('token t.zhao', pg_temp.post('t.in'), null, null, null, null) $$, 'YM002', 'class.denied', 'not for who has nothing to do with it');

-- given back while A is not here: offered, to the giver last
do $$ begin
  perform pg_temp.hold('t.in', 't.wang', 'B', 'take');
  perform pg_temp.beat(2000, 't.wang', 't.ma');
  perform pg_temp.say('give_back', 't.wang');
end $$;
select is(pg_temp.holder(), 'nobody', 'A is not here');
select is(split_part(pg_temp.offered('t.ma'), ' ', 1), '马六', 'offered to B2, not to who gave it back');
select is((pg_temp.say('ask_back', 't.zhang')).code, 'cover.empty', 'of nobody it is not asked back: it is taken');
select results_eq($$ select post, open_cases, to_char(empty_at, 'HH24:MI'), first from api.presence_leaving('token t.sun') where post like '测试%' $$,
  $$ values ('测试督查', 0, '14:15', null::text) $$, 'presence.leaving: what becomes of the posts of who goes');
do $$ begin perform pg_temp.say('in', 't.zhang'); end $$;
select results_eq($$ select post, open_cases, first from api.presence_leaving('token t.zhang') $$, $$ values ('测试受理', 1, '王五') $$, 'and to whom it is offered first');
select is(pg_temp.holder(), 'A t.zhang', 'A signing in takes it and ends the offer');
select ok(o.ended_at is not null, 'which is over') from hall.offer o where o.post_id = pg_temp.post('t.in') order by o.offer_id desc limit 1;

-- nobody here: to all at once; those away are passed over; outside opening hours it waits
do $$ begin perform pg_temp.beat(2000, 'nobody'); perform pg_temp.hold('t.in', null, null, 'gone'); end $$;
select is(o.all_since, o.since, 'no B is here: to all at once') from hall.offer o where o.post_id = pg_temp.post('t.in') and o.ended_at is null;
do $$ begin
  perform pg_temp.beat(2000, 't.wang', 't.ma');
  perform pg_temp.hold('t.in', 't.zhang');
  insert into hall.whereabouts (staff_id, window_id, kind, destination, since, until_at)
  select pg_temp.staff('t.wang'), w.window_id, 'meeting', '二楼', hall.clock(), hall.clock() + interval '1 hour' from hall.window w where w.no = 9902;
  perform pg_temp.hold('t.in', null, null, 'gone');
end $$;
select is(split_part(pg_temp.offered('t.ma'), ' ', 1), '马六', 'an offer passes over who is away');
do $$ begin
  perform pg_temp.hold('t.in', 't.zhang');
  perform pg_temp.at(pg_temp.moment('2026-11-23 18:00'));
  perform pg_temp.hold('t.in', null, null, 'gone');
end $$;
select is(pg_temp.offered('t.ma'), 'f f', 'outside opening hours it is not offered yet');
select is((pg_temp.say('take', 't.ma')).code, 'cover.closed', 'nor taken');
select is(pg_temp.news('cover.alert'), null, 'nor told');
select is((select min(next_at) from api.tick(10)), pg_temp.moment('2026-11-24 08:30'), 'until the hall opens');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 08:31')); perform pg_temp.beat(2000, 't.wang', 't.ma'); perform api.tick(10); end $$;
select is(pg_temp.offered('t.wang'), '王五 t 08:32:00 08:35:00 f', 'its moments are counted from then');
select is_empty($$ select * from pg_temp.faults() $$, 'all as the rules made it');

-- equal moments: a change of holder before everything else; the sweep does one kind after the other
create temp table d as select case_id from pg_temp.receive_all('t.wang');
do $$ begin perform pg_temp.say('take', 't.wang'); end $$;
create temp table e as select case_id from pg_temp.receive_all('t.wang');
do $$ begin
  perform pg_temp.beat(2000, 't.ma');
  perform pg_temp.hold('t.in', null, null, 'gone');
  delete from hall.due where kind <> 'silence';
  update hall.post_due set at = pg_temp.moment('2026-11-24 09:00');
  update hall.offer set to_all_at = pg_temp.moment('2026-11-24 09:00'), alert_at = pg_temp.moment('2026-11-24 09:00') where ended_at is null;
  update hall.due set at = pg_temp.moment('2026-11-24 09:00');
  update hall.case_file set term_at = pg_temp.moment('2026-11-24 09:00') where case_id = (select case_id from e);
  perform pg_temp.at(pg_temp.moment('2026-11-24 09:01'));
end $$;
select is((select fired from api.tick(10)), 2, 'two of the post');
select is((select count(*) from e join hall.event v using (case_id) where v.event = 'silence'), 0::int8, 'before what is due of cases');
select cmp_ok((select fired from api.tick(10)), '>=', 1, 'which comes next');
select is((select count(*) from e join hall.event v using (case_id) where v.event = 'silence'), 1::int8, 'at the same moment');

-- one that cannot fire keeps nobody waiting
do $$ begin
  insert into hall.post_due values (hall.clock() - interval '1 minute', pg_temp.post('t.rev'), 'handover_begin', 2, -1);
end $$;
create or replace function rule.begin_handover(p_handover_id int8, p_at timestamptz) returns void language plpgsql as $$ begin raise exception 'broken' using errcode = 'YM999'; end $$;
set client_min_messages = error;
select is((pg_temp.say('take', 't.ma')).status, 0::int2, 'a command goes on past it');
set client_min_messages = warning;
select isnt((select tried_at from hall.post_due where handover_id = -1), null, 'and it waits');
do $$ begin delete from hall.post_due where handover_id = -1; end $$;

-- a supervisor decides
select is((pg_temp.say('appoint', 't.zhao', '{"who": "t.zhao"}')).status, 2::int2, 'only a supervisor');
select is((pg_temp.say('appoint', 't.sun', '{"who": "t.else"}')).code, 'assign.department', 'of the department');
select is((pg_temp.say('appoint', 't.sun', '{"who": "t.ma"}')).code, 'appoint.same', 'somebody else');
select is((pg_temp.say('appoint', 't.sun', '{"who": "t.sun"}')).code, 'appoint.self', 'nobody themselves');
do $$ begin perform pg_temp.hold('zw.fz', 'zhouyuhang'); end $$;
select results_eq($$ select o.status, o.code from pg_temp.say('appoint', 't.sun', '{"who": "fengjunjie", "post": "zw.zr"}') o $$, $$ values (2::int2, 'post.not_holder') $$, 'nor anybody above themselves');
select is((pg_temp.say('appoint', 't.sun', '{"who": "t.zhao", "reason": " "}')).code, 'text.blank', 'with a reason');
select results_eq($$ select o.status, o.code, o.arg1 from pg_temp.say('appoint', 't.sun', '{"who": "t.zhao"}') o $$, $$ values (0::int2, 'appoint.absent', '赵七') $$,
  'appointed, with a word that they are not here');
select results_eq($$ select pg_temp.holder(), s.login, t.note from hall.tenure t join hall.staff s on s.staff_id = t.by_staff_id where t.post_id = pg_temp.post('t.in') and t.until_at is null $$,
  $$ values ('B t.zhao', 't.sun', '临时安排') $$, 'as B, by whom and why');
select is((select detail[18] from hall.audit where subject_kind = 'post' and subject_id = pg_temp.post('t.in') and event = 'hold' order by seq desc limit 1), 'A', 'CASE-13: as which the supervisor did');
select results_eq($$ select place, login, holds from api.post_show('token t.wang', pg_temp.post('t.in')) $$,
  $$ values ('A', 't.zhang', false), ('B1', 't.wang', false), ('B2', 't.ma', false), (null, 't.zhao', true) $$, 'post.show');
select results_eq($$ select present, whereabouts from api.post_show('token t.wang', pg_temp.post('t.in')) where login in ('t.wang', 't.ma') $$, $$ values (false, 'meeting'), (true, null) $$, 'who is here, who is away');
select results_eq($$ select o.status, o.code from pg_temp.say('appoint', 't.sun') o $$, $$ values (0::int2, null::text) $$, 'or nobody');
select is(pg_temp.holder(), 'nobody', 'then it is empty');
select isnt(pg_temp.offered('t.ma'), null, 'and offered');
select results_eq($$ select o.status, o.code from pg_temp.say('appoint', 't.sun', '{"who": "t.ma"}') o $$, $$ values (0::int2, null::text) $$, 'of who is here nothing is said');
do $$ begin perform pg_temp.say('appoint', 't.sun'); end $$;

-- the A/B table
do $$ begin perform pg_temp.say('take', 't.ma'); end $$;
select is((pg_temp.say('assign', 't.wang', '{"place": "B2", "who": "t.zhao"}')).code, 'post.not_holder', 'the chief representative''s');
select is((pg_temp.say('assign', 't.chen', '{"place": "B4", "who": "t.zhao"}')).code, 'assign.gap', 'without gaps');
select is((pg_temp.say('assign', 't.chen', '{"place": "B3", "who": "t.else"}')).code, 'assign.department', 'of the department');
select is((pg_temp.say('assign', 't.chen', '{"place": "C", "who": "t.zhao"}')).code, 'assign.place', 'a place');
select is((pg_temp.say('assign', 't.chen', '{"place": "B3", "who": "t.zhao"}')).status, 0::int2, 'a third B');
select is((pg_temp.say('assign', 't.chen', '{"place": "A", "who": "t.ma"}')).status, 0::int2, 'B2 becomes A');
select is(pg_temp.places(), 'A t.ma, B1 t.wang, B2 t.zhang, B3 t.zhao', 'POST-1: the two change places');
select is(pg_temp.holder(), 'A t.ma', 'who holds it, as what it is now');
select is((pg_temp.say('assign', 't.chen', '{"place": "B1"}')).status, 0::int2, 'B1 goes');
select is(pg_temp.places(), 'A t.ma, B1 t.zhang, B2 t.zhao', 'the others move up');
select is((pg_temp.say('assign', 't.chen', '{"place": "A"}')).code, 'assign.least', 'never without an A');
select is((pg_temp.say('assign', 't.chen', '{"place": "A", "who": "t.wang"}')).status, 0::int2, 'somebody from outside the table');
select is(pg_temp.holder(), 'nobody', 'who holds it and lost the place holds it no more');
select is((pg_temp.say('assign', 't.chen', '{"place": "B2"}')).status, 0::int2, 'down to two');
select is((pg_temp.say('assign', 't.chen', '{"place": "B1"}')).code, 'assign.least', 'never without a B1');
select is((pg_temp.say('assign', 't.chen', '{"post": "t.chief", "place": "B1", "who": "t.wang"}')).status, 2::int2, 'the chief representative''s own post is not theirs to assign');
select is_empty($$ select * from pg_temp.faults() $$, 'all as the rules made it');
select * from finish(true);
rollback;
