-- Unmasking a case (SEC-1, SEC-3) and agent service (CASE-11): who may, what is on record, how often.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(41);
insert into hall.window (no, name, cert_sha256)
select n, '测试', sha256(('window ' || n)::bytea) from generate_series(9904, 9909) n;
insert into hall.department (name, full_name, short_form) values ('别的局', '示例区别的局', '示别');
insert into hall.staff (login, name, department_id, secret, must_change)
select s.login, s.name, d.department_id, '$argon2id$test', false
from (values ('t.ma', '马六', '别的局'), ('t.boss', '首席', '测试局'), ('t.other', '别首席', '别的局'), ('t.back', '后台', '别的局'),
  ('t.two', '同名', '别的局'), ('t.three', '同名', '别的局')) s (login, name, department)
join hall.department d on d.name = s.department;
insert into hall.post (code, name, department_id, duty)
select p.code, p.name, d.department_id, p.duty
from (values ('t.win', '别的窗口', 'window', '别的局'), ('t.boss', '测试首席', 'chief', '测试局'), ('t.och', '别的首席', 'chief', '别的局'),
  ('t.bo', '别的审核', 'review', '别的局')) p (code, name, duty, department)
join hall.department d on d.name = p.department;
insert into hall.post_place
select p.post_id, 'A', s.staff_id
from (values ('t.win', 't.ma'), ('t.boss', 't.boss'), ('t.och', 't.other'), ('t.bo', 't.back')) l (post, login)
join hall.post p on p.code = l.post join hall.staff s on s.login = l.login;
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.ma', 9904);
  perform pg_temp.login('t.boss', 9905);
  perform pg_temp.login('t.other', 9906);
  perform pg_temp.login('t.back', 9907);
  perform pg_temp.login('t.sun', 9908);
  perform pg_temp.login('t.li', 9909);
end $$;
create temp table c as select * from pg_temp.receive_all();
create function pg_temp.file_id() returns int8 language sql as $$ select case_id from c $$;
create function pg_temp.shown(p_login text) returns text language sql as
$$ select applicant || ' ' || phone from api.case_show(('token ' || p_login)::bytea, pg_temp.file_id()) $$;
create function pg_temp.reveal(p_login text, p_reason text default '电话核对地址') returns setof text language sql as
$$ select concat_ws(' ', name, phone, id_no, matter) from api.case_reveal(('token ' || p_login)::bytea, pg_temp.file_id(), p_reason) $$;

-- SEC-1
select is(pg_temp.shown('t.ma'), '欧*** 138****5678', 'masked for a window of another department');
select results_eq($$ select pg_temp.reveal('t.ma') $$, $$ values ('欧阳小明 13812345678 110101199001010015 开一家店') $$, 'unmasked, with a reason');
select results_eq($$ select event, from_state, to_state, note, staff_id, acting, acting_post_id, version from hall.event where event = 'reveal' and case_id = pg_temp.file_id() $$,
  $$ values ('reveal', 'received', 'received', '电话核对地址', pg_temp.staff('t.ma'), 'A', pg_temp.post('t.win'), 1) $$, 'on record: who, as what, why; the case is the same version');
select is((select count(*) from api.case_history('token t.zhang', pg_temp.file_id()) where event = 'reveal' and note = '电话核对地址'), 1::int8, 'and in its history');
select is(pg_temp.shown('t.ma'), '欧*** 138****5678', 'the next reading is masked again');
select lives_ok($$ select pg_temp.reveal('t.sun') $$, 'a supervisor');
select lives_ok($$ select pg_temp.reveal('t.boss') $$, 'the department''s chief representative');
select throws_ok($$ select pg_temp.reveal('t.other') $$, 'YM002', 'reveal.denied', 'not another department''s');
select throws_ok($$ select pg_temp.reveal('t.back') $$, 'YM002', 'reveal.denied', 'nor a back office that has nothing to do with it');
select throws_ok($$ select pg_temp.reveal('t.zhang') $$, 'YM001', 'reveal.plain', 'who handles it sees it plain');
select throws_ok($$ select * from api.case_reveal('token t.ma', pg_temp.file_id(), ' ') $$, 'YM006', 'text.blank', 'a blank is no reason');
select throws_ok($$ select * from api.case_reveal('token t.ma', -1, 'x') $$, 'YM001', 'case.none', 'a case that is not there');
select is((select count(*) from hall.event where event = 'reveal' and case_id = pg_temp.file_id()), 3::int8, 'a refusal leaves no record');
update hall.setting set value = '3' where name = 'case.reveals';
do $$ begin perform pg_temp.reveal('t.ma'); perform pg_temp.reveal('t.ma'); end $$;
select throws_ok($$ select pg_temp.reveal('t.ma') $$, 'YM001', 'reveal.too_many', 'so many an hour');
select lives_ok($$ select pg_temp.reveal('t.sun') $$, 'by person');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 10:00:30')); end $$;
select lives_ok($$ select pg_temp.reveal('t.ma') $$, 'then again');

-- CASE-11
create function pg_temp.log(p_login text, p_kind text, p_words text, p_who text default null) returns outcome language sql as $$
  select * from api.agent_log(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('g'), pg_temp.file_id(), p_kind, p_words, p_who)
$$;
create function pg_temp.named() returns text language sql as
$$ select s.name from hall.case_service a join hall.staff s using (staff_id) where a.case_id = pg_temp.file_id() $$;
select is((pg_temp.log('t.ma', 'call', '想代办')).code, 'post.not_holder', 'a stranger does not begin agent service');
select is((pg_temp.log('t.zhang', 'talk', '说话')).code, 'service.kind', 'kinds are three');
select is((pg_temp.log('t.zhang', 'call', '说话', '没有人')).code, 'staff.none', 'whoever accompanies it is of the hall');
select is((pg_temp.log('t.zhang', 'call', '说话', '同名')).code, 'staff.several', 'and one person');
select is((pg_temp.log('t.zhang', 'call', '说话', 't.admin')).code, 'staff.none', 'no administrator');
select is((select count(*) from hall.case_service), 0::int8, 'refused: nobody is named');
select is((pg_temp.log('t.zhang', 'visit', '上门取材料')).status, 0::int2, 'the first log');
select is(pg_temp.named(), '张三丰', 'names who wrote it');
select is((pg_temp.log('t.boss', 'other', '改由马六代办', '马六')).status, 0::int2, 'the chief representative names another');
select is(pg_temp.named(), '马六', 'one at a time');
select results_eq($$ select detail from hall.event where event = 'service' and case_id = pg_temp.file_id() order by seq desc limit 1 $$,
  $$ select array['kind', '', 'other', 'staff', pg_temp.staff('t.zhang')::text, pg_temp.staff('t.ma')::text] $$, 'before and after on record');
select is((pg_temp.log('t.ma', 'call', '约好周三')).status, 0::int2, 'the one named logs, as the post held');
select is((pg_temp.log('t.ma', 'call', '换人', '后台')).code, 'post.not_holder', 'but names nobody else');
select is((pg_temp.log('t.back', 'call', '路过')).code, 'post.not_holder', 'nor does anybody else log');
select is(pg_temp.shown('t.ma'), '欧阳小明 13812345678', 'who accompanies it sees it plain');
do $$ begin perform pg_temp.hold('t.win'); end $$;
select is(pg_temp.shown('t.ma'), '欧*** 138****5678', 'while holding a post (SEC-3)');
select is((pg_temp.log('t.ma', 'call', '再约')).code, 'post.none', 'as for logging');
do $$ begin perform pg_temp.hold('t.win', 't.ma', 'A'); end $$;
select results_eq($$ select kind, words, agent, actor, mine from api.agent_list('token t.ma', pg_temp.file_id()) $$,
  $$ values ('call', '约好周三', '马六', 'A 马六', true), ('other', '改由马六代办', '马六', 'A 首席', true), ('visit', '上门取材料', '张三丰', 'A 张三丰', true) $$, 'agent.list: newest first');
select results_eq($$ select words from api.agent_list('token t.ma', null) $$, $$ values ('约好周三') $$, 'without a case: the last of each one accompanies');
select is((select count(*) from api.agent_list('token t.zhang', null)), 0::int8, 'others accompany none');
do $$ begin perform pg_temp.log('t.ma', 'call', '欧阳小明说 13812345678 打不通'); end $$;
select is((select words from api.agent_list('token t.sun', pg_temp.file_id()) limit 1), '欧***说 138****5678 打不通', 'masked for others');
select throws_ok($$ select * from api.agent_list('token t.ma', -1) $$, 'YM001', 'case.none', 'of a case that is there');
update hall.case_file set state = 'declined' where case_id = pg_temp.file_id();
select is((select count(*) from api.agent_list('token t.ma', null)), 0::int8, 'what is over is not to be accompanied');
update hall.case_file set state = 'received' where case_id = pg_temp.file_id();
select is((select version from hall.case_file where case_id = pg_temp.file_id()), 1, 'none of it is a change others could overwrite');
select is((select count(*) from hall.verify() where subject = 'case ' || pg_temp.file_id()), 0::int8, 'and the trail verifies (SEC-2)');
select * from finish(true);
rollback;
