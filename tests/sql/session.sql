-- SEC-3, SEC-4: sessions, locks after failures, what a session may ask.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(49);
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); end $$;
create function pg_temp.try(p_login text, p_window int4) returns int4 language sql as
$$ select wait_seconds from api.session_secret(sha256(('window ' || p_window)::bytea), p_login) $$;
create function pg_temp.open(p_login text, p_ok bool default true, p_window int4 default 9901) returns text language plpgsql as $$
begin
  perform api.session_open(sha256(('window ' || p_window)::bytea), p_login, p_ok, sha256('t'), 'test', 0);
  return 'open';
exception when others then
  return sqlstate || ' ' || sqlerrm;
end $$;

select is_empty($$ select * from api.server_hello('nobody') $$, 'an unknown certificate is nobody');
select results_eq($$ select window_no, window_name, test from api.server_hello(sha256('window 9901')) $$, $$ values (9901, '测试一', true) $$, 'a known one is its window');
select is(secret, '$argon2id$test', 'the hash to check against') from api.session_secret(sha256('window 9901'), 't.zhang');
select matches(secret, '^\$argon2id\$v=19', 'an unknown name gets a decoy') from api.session_secret(sha256('window 9901'), 'nobody');
select is(pg_temp.open('t.zhang', false), 'YM002 login.wrong', 'a wrong password');
select is(pg_temp.open('nobody', true), 'YM002 login.wrong', 'an unknown name, said the same way');
do $$ begin update hall.staff set secret = null where login = 't.wang'; end $$;
select is(pg_temp.open('t.wang', true), 'YM002 login.wrong', 'who has no password does not get in by the decoy''s');
do $$ begin update hall.staff set secret = '$argon2id$test' where login = 't.wang'; end $$;
do $$ begin delete from hall.login_attempt; end $$;

-- five failures lock that login at that window for a quarter of an hour, and nothing else
select is(pg_temp.try('t.zhang', 9901), 0, 'try ' || n) from generate_series(1, 5) n;
select cmp_ok(pg_temp.try('t.zhang', 9901), '>', 890, 'the sixth waits');
select cmp_ok(pg_temp.try('t.zhang', 9901), '<=', 900, 'fifteen minutes');
select is(pg_temp.try('t.zhang', 9902), 0, 'not at another window');
select is(pg_temp.try('t.li', 9901), 0, 'nor another person at this one');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 09:16')); end $$;
select is(pg_temp.try('t.zhang', 9901), 0, 'then it may be tried again');
select is(pg_temp.open('t.zhang'), 'open', 'and opened');
select is_empty($$ select * from hall.login_attempt a join hall.window w using (window_id) where a.login = 't.zhang' and w.no = 9901 $$, 'success forgets the failures');
select ok(exists (select from hall.audit where event = 'login.failed'), 'but not the trail');

-- at sign-in A takes the posts nobody holds (POST-2)
select results_eq($$ select code, held_as from hall.post where holder_id = pg_temp.staff('t.zhang') $$, $$ values ('t.in', 'A') $$, 'A holds the post');
do $$ begin perform pg_temp.login('t.wang', 9902); end $$;
select is((select holder_id from hall.post where code = 't.in'), pg_temp.staff('t.zhang'), 'a B does not by signing in');
select set_eq($$ select post_id from api.session_posts('token t.wang') $$, array[pg_temp.post('t.in')], 'posts with a place');

-- classes (SEC-3)
select results_eq($$ select s.login, rule.classes(s.staff_id) from hall.staff s where s.login like 't.%' order by 1 $$,
  $$ values ('t.admin', 8), ('t.audit', 16), ('t.chen', 2), ('t.li', 2), ('t.sun', 2), ('t.wang', 2), ('t.zhang', 2) $$, 'staff by a place in a post; a supervisor not before the post is held');
select is((select class from api.session_open(sha256('window 9902'), 't.sun', true, sha256('s'), 'test', 0)), 4, 'the A of a supervisor''s post takes it by signing in');
do $$ begin
  insert into hall.post_place values (pg_temp.post('t.sup'), 'B1', pg_temp.staff('t.li'));
  perform pg_temp.login('t.li', 9903);
end $$;
select throws_ok($$ select * from api.event_list('token t.li', null, null, null) $$, 'YM002', 'class.denied', 'SEC-3: its B is none');
do $$ begin perform pg_temp.hold('t.sup', 't.li', 'B'); end $$;
select lives_ok($$ select * from api.event_list('token t.li', null, null, null) $$, 'but while covering');
select throws_ok($$ select * from api.event_list('s', null, null, null) $$, 'YM002', 'class.denied', 'and A is none meanwhile');
do $$ begin
  perform pg_temp.hold('t.sup', 't.sun', 'A');
  update hall.session set closed_at = hall.clock() where token_sha256 in (sha256('s'), sha256('token t.li'));
end $$;
select throws_ok($$ select * from api.session_list('t') $$, 'YM002', 'class.denied', 'a clerk does not list sessions');
do $$ begin perform pg_temp.login('t.admin', 9902); perform pg_temp.login('t.sun', 9902); perform pg_temp.login('t.audit', 9902); end $$;
select is((select count(*) from api.session_list('token t.audit') where login like 't.%'), 5::int8, 'an auditor does');
select throws_ok($$ select * from api.event_list('token t.admin', null, null, null) $$, 'YM002', 'class.denied', 'an admin does not read events');

-- lock, resume, kick, expiry
do $$ begin perform api.session_lock('t'); end $$;
select throws_ok($$ select * from api.item_find('t', '', null, null, null, null) $$, 'YM002', 'session.locked', 'locked');
do $$ begin perform api.session_verified('t', false); end $$;
select throws_ok($$ select * from api.item_find('t', '', null, null, null, null) $$, 'YM002', 'session.locked', 'still locked');
do $$ begin perform api.session_verified('t', true); end $$;
select lives_ok($$ select * from api.item_find('t', '', null, null, null, null) $$, 'unlocked by the password');
select is(r.login, 't.zhang', 'resumed at its own window') from api.session_resume(sha256('window 9901'), sha256('t'), 'x', 1) r;
select throws_ok($$ select * from api.session_resume(sha256('window 9902'), sha256('t'), 'x', 1) $$, 'YM003', 'session.none', 'not with another certificate');
do $$ begin perform api.session_password('t', '$argon2id$new'); end $$;
select is((select secret || must_change from hall.staff where login = 't.zhang'), '$argon2id$newfalse', 'one''s own password');
do $$ begin
  perform api.session_kick('token t.sun', (select session_id from hall.session where token_sha256 = sha256('t')));
end $$;
select throws_ok($$ select * from api.item_find('t', '', null, null, null, null) $$, 'YM003', 'session.none', 'kicked out');
do $$ begin update hall.session set expires_at = clock_timestamp() where token_sha256 = sha256('token t.sun'); end $$;
select throws_ok($$ select * from api.session_list('token t.sun') $$, 'YM003', 'session.none', 'expired');
do $$ begin update hall.staff set must_change = true where login = 't.wang'; end $$;
select throws_ok($$ select * from api.item_find('token t.wang', '', null, null, null, null) $$, 'YM002', 'session.must_change', 'first one''s own password');
do $$ begin perform api.session_close('token t.wang'); end $$;
select throws_ok($$ select * from api.session_posts('token t.wang') $$, 'YM003', 'session.none', 'closed');
select is_empty($$ select * from hall.verify_chains() $$, 'and the chains hold');

-- who may log in where (WHR-4)
insert into hall.department (name, full_name, short_form) values ('外局', '示例区外局', '示外');
insert into hall.staff (login, name, department_id, secret, must_change)
select 't.out', '外人', department_id, '$argon2id$test', false from hall.department where name = '外局';
create function pg_temp.enters(p_window int4) returns text language plpgsql as $$
declare
  d text;
  h text;
begin
  perform api.session_open(sha256(('window ' || p_window)::bytea), 't.out', true, sha256(random()::text::bytea), 'test', 0);
  return 'in';
exception when sqlstate 'YM002' then
  get stacked diagnostics d = pg_exception_detail, h = pg_exception_hint;
  return concat_ws(' ', sqlerrm, d, h);
end $$;
select is(pg_temp.enters(9902), 'window.department 9902 —', 'WHR-4: not at a window of other departments');
insert into hall.window_department select w.window_id, s.department_id from hall.window w, hall.staff s where w.no = 9903 and s.login = 't.out';
select is(pg_temp.enters(9902), 'window.department 9902 9903', 'which says where');
select is(pg_temp.enters(9903), 'in', 'at one their department uses');
insert into hall.post_place values (pg_temp.post('t.in'), 'B2', pg_temp.staff('t.out'));
select is(pg_temp.enters(9901), 'in', 'at one that serves a post of theirs today');
update hall.post_window set until_day = rule.day_of(hall.clock()) - 1 where post_id = pg_temp.post('t.in');
select is(pg_temp.enters(9901), 'window.department 9901 9903', 'today');
update hall.window set kind = 'office' where no = 9902;
select is(pg_temp.enters(9902), 'in', 'anywhere in the back office');
update hall.window set kind = 'script' where no = 9902;
select is(pg_temp.enters(9902), 'in', 'and by a script');
select * from finish(true);
rollback;
