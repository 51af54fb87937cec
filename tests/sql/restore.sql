-- SEC-6: after a restore no token, key or number of the lost time may come to mean something else.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(20);
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); perform pg_temp.login('t.zhang'); end $$;
select is(status, 0::int2, 'a case before') from pg_temp.receive('{1,2,3}', '{present,present,present}');
create temp table before as
select w.epoch, w.window_id, c.seq, c.case_id, c.number, (select last_value from hall.case_serial) as serial
from hall.window w join hall.command c using (window_id) where w.no = 9901 and c.slot = 0;
create temp table fresh as select pg_temp.moment('2026-11-23 09:10') as moment, max(audit_id) as audit from hall.audit;

select is(hall.restored('/backup/base/1', f.moment), f.moment, 'restored') from fresh f;
select results_eq($$ select moment, source from hall.restore where source = '/backup/base/1' $$,
  $$ select moment, '/backup/base/1' from fresh $$, 'it is on record');
select throws_ok($$ delete from hall.restore $$, 'YM010', null, 'for good');
select results_eq($$ select event, detail[6] from hall.audit where subject_kind = 'hall' order by seq desc limit 1 $$,
  $$ values ('restored', '/backup/base/1') $$, 'and in the trail (SEC-2)');
select is_empty($$ select * from hall.verify_chains() $$, 'whose chains hold');

-- sessions
select is_empty($$ select * from hall.session where closed_at is null $$, 'nobody is logged in');
select throws_ok($$ select * from api.session_resume(sha256('window 9901'), sha256('token t.zhang'), 'x', 0) $$,
  'YM003', 'session.none', 'a token of before opens nothing');

-- keys: every epoch a window may have got since is older
select cmp_ok(min(w.epoch), '>', 20000000, 'every window has an epoch above all of the lost time') from hall.window w;
select cmp_ok((select w.epoch from hall.window w where w.no = 9901), '>=', (select epoch + 1000 from before), 'and above its own');
select is_empty($$ select * from hall.window w left join hall.command c using (window_id) where c.fence is distinct from w.epoch $$, 'all its slots are fenced');
do $$ begin update hall.session set token_sha256 = sha256(token_sha256); perform pg_temp.login('t.zhang'); end $$;
select is(epoch, (select w.epoch from hall.window w where w.no = 9901), 'a login goes on from there')
from api.session_open(sha256('window 9901'), 't.zhang', true, sha256('same'), 'test', (select w.epoch from hall.window w where w.no = 9901));
select results_eq($$ select c.status, c.case_id, c.number from before b, api.command_cancel('token t.zhang', b.epoch, 0::int2, b.seq) c $$,
  $$ select 0::int2, case_id, number from before $$, 'a write that is here: its outcome');
select is(c.status || ' ' || c.code, '7 slot.fenced', 'the next one of that window, lost: never done')
from before b, api.command_cancel('token t.zhang', b.epoch, 0::int2, b.seq + 1) c;
select is(c.code, 'slot.fenced', 'nor one of a login since') from before b, api.command_cancel('token t.zhang', b.epoch + 1, 0::int2, 1) c;
select is(c.code, 'slot.fenced', 'and sent again it is not done now') from before b,
  api.case_accept('token t.zhang', b.epoch, 0::int2, b.seq + 1, sha256('x'), b.case_id, 1, null, null, null, null) c;
delete from slot;

-- numbers
select is(status, 0::int2, 'a case after') from pg_temp.receive('{1,2,3}', '{present,present,present}', p_id => '110101199003074952');
select cmp_ok(c.case_id, '>', b.case_id + 99999999, 'whose key no screen can still have') from before b, hall.case_file c
order by c.case_id desc limit 1;
select cmp_ok(split_part(c.number, '-', 3)::int8, '>', b.serial + 10000, 'nor any receipt its number (CASE-12)') from before b, hall.case_file c
order by c.case_id desc limit 1;
select is_empty($$ select * from hall.verify() $$, 'all is sound');
select * from finish(true);
rollback;
