-- Whereabouts (WHR-2, POST-6): leaving the post, who watches the window, coming back, the board.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/absence.psql
select plan(64);

create function pg_temp.board(p_login text, p_name text, p_all bool default null) returns text language sql as $$
  select concat_ws(' ', kind, to_char(since at time zone 'Asia/Shanghai', 'HH24:MI'), to_char(until at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'),
    posts, '代:' || covered_by, contact, destination, nullif(note, ''), '窗' || window_no)
  from api.presence_board(('token ' || p_login)::bytea, p_all) where name = p_name
$$;
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.wang', 9902);
  perform pg_temp.login('t.chen', 9903);
  perform pg_temp.login('t.sun', 9904);
  perform api.presence_beat('{}', 0); -- and no line stayed up
end $$;

-- what yimend's beat tells: whose lines are up
create function pg_temp.beat() returns void language sql as $$
  select rule.beat_live(array(select s.token_sha256 from hall.session s where s.closed_at is null and s.staff_id in (select staff_id from hall.staff where login like 't.%')), hall.clock(), '')
$$;
select is(pg_temp.board('t.chen', '张三丰'), 'off 测试受理', 'a post held, and nobody there: the line is gone');
do $$ begin perform pg_temp.beat(); end $$;
select is(pg_temp.board('t.chen', '张三丰'), 'post 09:00 测试受理 窗9901', 'at the post: since when, which, at which window');
select is(pg_temp.board('t.chen', '李四'), 'off', 'not here');
select is(pg_temp.board('t.chen', '孙督查'), null, 'of one''s own department');
select is(pg_temp.board('t.chen', '孙督查', true), 'post 09:00 测试督查 窗9904', 'or of the whole hall');
select is(pg_temp.board('t.sun', '管理', true), null, 'an admin stands at no post');

-- leaving: what is refused
select results_eq($$ select status, code, arg1 from pg_temp.away('t.zhang', 'leave', '2026-11-23 10:00') $$, $$ values (6::int2, 'absence.kind', 'kind') $$, 'leave is asked for');
select is((pg_temp.away('t.zhang', 'lunch', '2026-11-23 10:00')).code, 'absence.kind', 'no other kinds');
select is((pg_temp.away('t.zhang', 'meeting', '2026-11-23 09:00')).code, 'absence.past', 'back later than now');
select is((pg_temp.away('t.zhang', 'meeting', '2026-11-23 10:00', p_destination => ' ')).code, 'text.blank', 'where to');
select is((pg_temp.away('t.zhang', 'meeting', '2028-11-23 10:00')).code, 'absence.long', 'not for years');
-- POST-6: alone at a window
select is((pg_temp.away('t.zhang', 'meeting', '2026-11-23 10:00')).code, 'presence.watch', 'alone at the window: who watches it?');
select results_eq($$ select code, arg1 from pg_temp.away('t.zhang', 'meeting', '2026-11-23 10:00', p_watch => 9901) $$, $$ values ('presence.neighbour', '9901') $$, 'not it itself');
select is((pg_temp.away('t.zhang', 'meeting', '2026-11-23 10:00', p_watch => 9999)).code, 'presence.neighbour', 'one there is');
update hall.window set kind = 'office' where no = 9902;
select is((pg_temp.away('t.zhang', 'meeting', '2026-11-23 10:00', p_watch => 9902)).code, 'presence.neighbour', 'a counter');
update hall.window set kind = 'counter' where no = 9902;
insert into hall.post_window select pg_temp.post('t.rev'), window_id, '2020-01-01' from hall.window where no = 9902;
select results_eq($$ select window_no, people, receives from api.presence_neighbours('token t.zhang') where window_no > 9900 $$,
  $$ values (9902, '王五', false), (9903, '陈首席', false), (9904, '孙督查', false) $$, 'POST-6: windows where somebody is, the nearest first');
select is((pg_temp.away('t.zhang', 'meeting', '2026-11-23 10:00', p_watch => 9905)).code, 'presence.unstaffed', 'not one where nobody is');
select results_eq($$ select status, code, arg1 from pg_temp.away('t.zhang', 'meeting', '2026-11-23 10:00', p_watch => 9902) $$, $$ values (0::int2, 'presence.watch_only', '9902') $$,
  'with a neighbour, which cannot receive: a word of caution');
select results_eq($$ select window_no, name, kind, until, receives from api.presence_watched('token t.wang') $$,
  $$ values (9901, '张三丰', 'meeting', pg_temp.moment('2026-11-23 10:00'), false) $$, 'which sees whose window it watches');
select is_empty($$ select from api.presence_watched('token t.chen') $$, 'and nobody else');
select is(pg_temp.board('t.chen', '张三丰'), 'meeting 09:00 11-23 10:00 测试受理 13700001111 三楼会议室 9902号窗口代看 窗9901', 'the board says it all');
select results_eq($$ select block, c1, c2 from api.presence_sign('token t.zhang') order by no $$, $$ values
  ('title', '去向告知牌', null), ('number', '示测去〔2026〕00001号', null), ('field', '窗口', '9901号窗口（测试一）'), ('field', '工作人员', '张三丰'),
  ('field', '离岗事由', '开会'), ('field', '去向', '三楼会议室'), ('field', '联系方式', '13700001111'), ('field', '离岗时间', '2026年11月23日09:00'),
  ('field', '返岗时间', '2026年11月23日10:00'), ('para', '离岗期间由9902号窗口（测试二）代为接待。', null), ('para', '该窗口可解答咨询，不能受理本窗口事项；需受理的，请在返岗时间后前来。', null), ('seal', '示例区测试局', '2026年11月23日') $$, 'POST-6: the sign says all of it');
select set_eq($$ select p.code from hall.news n join hall.post p using (post_id) where n.event = 'presence.watch' $$, array['t.in', 't.rev'],
  'the neighbour hears: posts the window serves, and those of whoever is there');
select set_eq($$ select post_id from hall.news where event = 'presence.board' $$,
  $$ select post_id from hall.post p join hall.department d using (department_id) where d.name = '测试局' or p.duty ~ '^(supervisor|duty)' $$, 'the department''s windows and the supervisors'' hear');
select is((select holder_id from hall.post where code = 't.in'), pg_temp.staff('t.zhang'), 'POST-2: the post is held on');

-- two at a window are not alone
insert into hall.post_window select pg_temp.post('t.chief'), window_id, '2020-01-01' from hall.window where no = 9901;
select is((pg_temp.away('t.zhang', 'site', '2026-11-23 11:00', p_destination => '东街8号')).status, 0::int2, 'somebody else answers there');
select results_eq($$ select kind, ended_how, watch_window_id is null from hall.whereabouts order by whereabouts_id $$,
  $$ values ('meeting', 'again', false), ('site', null, true) $$, 'the one before has ended');
delete from hall.post_window where post_id = pg_temp.post('t.chief');
select is_empty($$ select from api.presence_watched('token t.wang') $$, 'of that nobody watches');
select is((pg_temp.away('t.wang', 'away', '2026-11-23 09:10')).status, 0::int2, 'who serves no window is not alone at one');
select is((pg_temp.away('t.zhang', 'meeting', '2026-11-23 10:30', p_watch => 9902)).code, 'presence.unstaffed', 'who is away themselves watches nothing');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 11:00')); end $$;
select throws_ok($$ select * from api.presence_sign('token t.zhang') $$, 'YM001', 'presence.no_sign', 'without a neighbour there is no sign');
select is(pg_temp.board('t.chen', '张三丰'), 'site 09:00 11-23 11:00 测试受理 13700001111 东街8号 逾时未回 窗9901', 'not back in time');

-- back
select is((pg_temp.back('t.zhang')).status, 0::int2, 'back');
select is(pg_temp.board('t.chen', '张三丰'), 'post 09:00 测试受理 窗9901', 'at the post again');
select is((pg_temp.back('t.zhang')).code, 'presence.here', 'once');
insert into hall.post_window select pg_temp.post('t.chief'), window_id, '2020-01-01' from hall.window where no = 9901;
select results_eq($$ select window_no, receives from api.presence_neighbours('token t.zhang') where window_no > 9900 $$, $$ values (9903, true), (9904, false) $$,
  'first those where a post of one''s own window is held; who has not come back is not there');
select results_eq($$ select status, code from pg_temp.away('t.zhang', 'trip', '2026-11-24 17:00', p_watch => 9903) $$, $$ values (0::int2, null::text) $$, 'away again');
select is((select c1 from api.presence_sign('token t.zhang') where c1 ~ '移步'), '请您移步办理。', 'where it can be received the sign sends people there');
delete from hall.post_window where post_id = pg_temp.post('t.chief');
delete from hall.news;
select results_eq($$ select serial, number, subject_id in (select whereabouts_id from hall.whereabouts) from hall.floor_paper order by serial $$,
  $$ values (1, '示测去〔2026〕00001号', true), (2, '示测去〔2026〕00002号', true) $$, 'DOC-2: numbered without gaps, only where one was made');
do $$
declare k command.call;
begin
  k.staff_id := pg_temp.staff('t.zhang');
  k.window_id := (select window_id from hall.window where no = 9901);
  k.at := hall.clock();
  perform rule.come_back(k);
end $$;
select is((select ended_how from hall.whereabouts where staff_id = pg_temp.staff('t.zhang') order by whereabouts_id desc limit 1), 'in', 'whoever signs in is back');
select ok(exists (select from hall.news where event = 'presence.watch' and post_id = pg_temp.post('t.chief')), 'which the window that watched hears');
select is_empty($$ select from api.presence_watched('token t.chen') $$, 'it watches no more');

-- a granted absence is on the board by itself, who covers beside it
create temp table trip as select * from pg_temp.plan_absence('t.zhang', '2026-11-24 08:30', '2026-11-25 17:00', p_kind => 'training', p_contact => '13911112222');
select is((pg_temp.approve_absence('t.chen', 'trip', true)).status, 0::int2, 'granted');
select is(pg_temp.board('t.chen', '张三丰'), 'post 09:00 测试受理 窗9901', 'not yet');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 08:30')); end $$;
do $$ begin perform pg_temp.hold('t.in', 't.wang', 'B'); end $$;
select is(pg_temp.board('t.chen', '张三丰'), 'training 08:30 11-25 17:00 代:王五 13911112222 窗9901', 'from its first moment; the B covers');
select is(pg_temp.board('t.chen', '王五'), 'away 09:00 11-23 09:10 测试受理 13700001111 三楼会议室 逾时未回 窗9902', 'whose own whereabouts stay until they are back');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-25 17:00')); end $$;
select unalike(pg_temp.board('t.chen', '张三丰'), 'training%', 'until its last: half-open');

-- WHR-2: who logs in is back; who only unlocks may never have gone
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-26 08:00')); end $$;
create temp table back as select * from pg_temp.plan_absence('t.zhang', '2026-11-26 08:30', '2026-11-26 17:00', p_kind => 'training');
do $$ begin
  perform pg_temp.approve_absence('t.chen', 'back', true);
  perform pg_temp.hold('t.in', 't.wang', 'B', 'take');
  perform pg_temp.at(pg_temp.moment('2026-11-26 09:00'));
  perform api.session_verified('token t.zhang', true);
end $$;
select is((pg_temp.absence_of('back')).until_at, pg_temp.moment('2026-11-26 17:00'), 'an unlock leaves a granted absence as it is');
select is((select a_here from api.post_list('token t.wang', false) where code = 't.in'), null, 'nor is A back for who covers');
do $$ begin
  perform api.session_close('token t.zhang');
  update hall.session set token_sha256 = sha256('before') where token_sha256 = sha256('token t.zhang');
  perform pg_temp.login('t.zhang');
end $$;
select cmp_ok((pg_temp.absence_of('back')).until_at, '<', pg_temp.moment('2026-11-26 09:05'), 'a login gives back what is left of it');
select is(rule.is_away(pg_temp.staff('t.zhang'), hall.clock()), false, 'so that a post can be given back to them');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-25 17:00')); end $$;

-- who may read it
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-25 17:01')); perform pg_temp.login('t.audit', 9907); end $$;
select isnt_empty($$ select from api.presence_board('token t.audit', true) $$, 'an auditor reads the board');
select throws_ok($$ select from api.presence_board('token nobody', true) $$, 'YM003', 'session.none', 'nobody without a session');

-- DOC-4: its template is an admin's, tried over the signs there were
do $$ begin perform admin.load_template('t.csv', (select string_agg(replace(l, '代为接待', '代接待'), E'\n') from admin.template_csv('away', null) l)); end $$;
select results_eq($$ select what, papers from admin.try_template('away', 0, 20) where papers > 0 $$, $$ values ('tried', 2::int8) $$, 'tried over both, without a fault');
select is((select count(*) from admin.show_template('away', 0, '示测去〔2026〕00001号') where c1 like '%代接待。'), 1::int8, 'as one of them would be');
select is((select papers from admin.template_list() where kind = 'away' and version = 2), 2::int8, 'papers made from it are counted');
select throws_ok($$ select * from admin.show_template('away', 0, 'x') $$, 'YM010', null, 'one there was');

-- the trail
select is_empty($$ select * from hall.verify_absences() union all select * from hall.verify_notices() $$, 'everything fits its trail');
select throws_ok($$ update hall.floor_paper set title = 'x' $$, 'YM010', null, 'DOC-3: a sign is kept as it was');
alter table hall.floor_paper disable trigger append_only;
update hall.floor_paper set number = '示测去〔2026〕00003号' where serial = 2;
select results_eq($$ select fault from hall.verify_notices() where detail like '示测去%' $$, $$ values ('notice.floor') $$, 'another number is found');
update hall.floor_paper set number = '示测去〔2026〕00002号' where serial = 2;
delete from hall.floor_paper where serial = 1;
select set_eq($$ select fault from hall.verify_notices() where fault ~ '^notice' $$, array['notice.gap', 'notice.floor'], 'and one that is gone');
update hall.whereabouts set destination = '别处' where kind = 'site';
select results_eq($$ select fault from hall.verify_absences() $$, $$ values ('whereabouts.trail') $$, 'SEC-2: another place is found');
update hall.whereabouts set destination = '东街8号', ended_at = ended_at + interval '1 minute' where kind = 'site';
select results_eq($$ select fault from hall.verify_absences() $$, $$ values ('whereabouts.trail') $$, 'and another moment');
select throws_ok($$ delete from hall.whereabouts $$, 'YM010', null, 'rows are kept');
select * from finish();
rollback;
