-- Who holds a post, since when, how (POST-2): stored, on record, never two at one moment (CASE-13).
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(42);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang'), pg_temp.login('t.wang', 9902), pg_temp.login('t.sun', 9903), pg_temp.login('t.admin', 9903);
end $$;
create function pg_temp.held(p_post text default 't.in') returns table (seq int4, who text, held_as text, for_name text, how text, by_name text, note text)
language sql as $$
  select t.seq, s.login, t.held_as, f.login, t.how, b.login, t.note from hall.tenure t
  left join hall.staff s on s.staff_id = t.staff_id left join hall.staff f on f.staff_id = t.for_staff_id left join hall.staff b on b.staff_id = t.by_staff_id
  where t.post_id = pg_temp.post(p_post) order by t.seq
$$;
create function pg_temp.faults() returns table (fault text, detail text) language sql as $$
  select v.fault, v.detail from hall.verify() v where v.fault ~ '^(tenure|offer|post|audit)'
$$;

-- signing in
select results_eq($$ select who, held_as, how, by_name from pg_temp.held() $$, $$ values ('t.zhang', 'A', 'sign_in', 't.zhang') $$, 'A signing in takes the post nobody held');
select is((select from_at from hall.tenure where post_id = pg_temp.post('t.in')), held_since, 'since one moment') from hall.post where code = 't.in';
select is_empty($$ select * from pg_temp.held('t.rev') $$, 'a post nobody ever held has no record');
select results_eq($$ select event, detail[6], detail[9] from hall.audit where subject_kind = 'post' and subject_id = pg_temp.post('t.in') $$,
  $$ values ('hold', 'A', 'sign_in') $$, 'SEC-2: in the chain of the post');
select is((select string_agg(p.code, ' ' order by p.code) from hall.news n join hall.post p on p.post_id = n.post_id
  where n.event = 'post.held' and n.staff_id = pg_temp.staff('t.zhang')), 't.chief t.in t.sup zw.dc zw.fz zw.zr',
  'POST-8: its windows, its chief representative''s and the supervisors'' hear of it');

-- changing hands
create temp table c as select * from pg_temp.receive_all();
do $$ begin perform pg_temp.hold('t.in', 't.wang', 'B', 'take'); end $$;
create temp table d as select * from pg_temp.receive_all('t.wang');
do $$ begin
  perform api.visit_record('token t.wang', pg_temp.epoch('t.wang'), 0::int2, pg_temp.seq('t.wang'), sha256('v'), 'q', 'answered', null, null, null, null,
    null, '已答', pg_temp.post('t.in'));
end $$;
select results_eq($$ select * from pg_temp.held() $$, $$ values (1, 't.zhang', 'A', null, 'sign_in', 't.zhang', null), (2, 't.wang', 'B', 't.zhang', 'take', null, null) $$, 'a B holds it for A');
select is(a.until_at, b.from_at, 'half-open, without a gap') from hall.tenure a join hall.tenure b using (post_id) where a.seq = 1 and b.seq = 2 and a.post_id = pg_temp.post('t.in');
select is(e.acting || ' ' || s.login, 'B t.zhang', 'POST-7: what B does is for A') from d join hall.event e using (case_id) join hall.staff s on s.staff_id = e.for_staff_id where e.seq = 1;
select results_eq($$ select x.code, x.arg1, x.arg2 from c, pg_temp.accept(case_id, 1) x $$, $$ values ('post.not_holder', '测试受理', '王五') $$, 'A is told who holds it now');
do $$ begin perform pg_temp.hold('t.in', 't.wang', 'B', 'take'); end $$;
select is((select count(*) from pg_temp.held()), 2::int8, 'who holds it already begins nothing new');
do $$ begin perform pg_temp.hold('t.in', null, null, 'gone'); end $$;
select results_eq($$ select holder_id, held_as, held_since, for_staff_id from hall.post where code = 't.in' $$, $$ values (null::int8, null::text, null::timestamptz, null::int8) $$, 'empty');
select is((pg_temp.receive_all('t.wang')).code, 'post.not_holder', 'nobody acts as an empty post');
select is((pg_temp.receive_all()).code, 'post.not_holder', 'not even its A');
do $$ begin perform api.session_lock('token t.zhang'); perform api.session_verified('token t.zhang', false); end $$;
select is((select holder_id from hall.post where code = 't.in'), null, 'a wrong password takes nothing');
do $$ begin perform api.session_verified('token t.zhang', true); end $$;
select is((select h.login from hall.post p join hall.staff h on h.staff_id = p.holder_id where p.code = 't.in'), 't.zhang', 'A unlocking takes it');
select is((select how from pg_temp.held() order by seq desc limit 1), 'sign_in', 'as by signing in');
select is_empty($$ select * from pg_temp.faults() $$, 'all as the rules made it');

-- moments: never before the holder before, nor before what that one did, even when the clock was put back
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 11:00')); end $$;
create temp table e as select * from pg_temp.receive_all();
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 10:00')); perform pg_temp.hold('t.in', 't.wang', 'B', 'take'); end $$;
select ok(p.held_since > (select max(v.at) from hall.event v where v.acting_post_id = p.post_id), 'after all that was done as the post') from hall.post p where p.code = 't.in';
create temp table f as select * from pg_temp.receive_all('t.wang');
select is(v.at, p.held_since, 'and what the next one does is no earlier') from f join hall.event v using (case_id), hall.post p where p.code = 't.in' and v.seq = 1;
select is_empty($$ select * from pg_temp.faults() $$, 'which fits');

-- a holder from outside the A/B table; classes
do $$ begin perform pg_temp.hold('t.sup', 't.li', 'B', 'appoint'); perform pg_temp.login('t.li', 9902); end $$;
select is(rule.classes(pg_temp.staff('t.li')), 6, 'supervisor while holding it, without a place');
select ok(pg_temp.post('t.sup') in (select post_id from api.session_posts('token t.li')), 'who hears of what concerns it');
select ok(exists (select from hall.news where event = 'post.held' and post_id = pg_temp.post('t.rev')), 'and hears of that at the posts with a place');
do $$ begin perform pg_temp.hold('t.sup', 't.sun'); end $$;
select is(rule.classes(pg_temp.staff('t.li')), 2, 'no longer');
select ok(exists (select from hall.news where event = 'post.held' and post_id = pg_temp.post('t.sup')), 'which is told');

-- with what words: for whom the post concerns
create function pg_temp.words(p_login text) returns text language sql as $$
  select string_agg(note, ' ' order by from_at) from api.post_history(('token ' || p_login)::bytea, pg_temp.post('t.in'), null, null) $$;
do $$ begin
  perform rule.hold(null, pg_temp.post('t.in'), pg_temp.staff('t.zhang'), 'A', 'appoint', null, null, '欧阳小明的件先办');
  perform pg_temp.login('t.audit', 9903);
end $$;
select is(pg_temp.words('t.li'), null, 'SEC-1: words of a change of holder are not for everybody');
select ok((select count(*) from api.post_history('token t.li', pg_temp.post('t.in'), null, null)) > 5, 'who held it when is');
select is(array[pg_temp.words('t.wang'), pg_temp.words('t.sun'), pg_temp.words('t.audit')], '{欧阳小明的件先办,欧阳小明的件先办,欧阳小明的件先办}', 'a B, a supervisor, an auditor read them');
do $$ begin perform pg_temp.hold('t.in', 't.wang', 'B', 'take'); end $$;

-- the lock
select ok(exists (select from pg_locks where locktype = 'advisory' and (classid, objid) = (5199, 9) and mode = 'ExclusiveLock' and pid = pg_backend_pid()),
  'a change of holder has the lock alone');

-- kept for the record, and what was forged shows
select throws_ok($$ delete from hall.tenure $$, 'YM010', 'a tenure is only ended', 'nothing is deleted');
select throws_ok($$ update hall.tenure set staff_id = null, held_as = null where until_at is null $$, 'YM010', 'a tenure is only ended', 'or reworded');
select throws_ok($$ update hall.tenure set until_at = until_at + interval '1 s' where until_at is not null $$, 'YM010', 'a tenure is only ended', 'or ended twice');
create function pg_temp.forged(p_sql text) returns text language plpgsql as $$
declare
  told text;
begin
  set local session_replication_role = replica;
  execute p_sql;
  set local session_replication_role = origin;
  select string_agg(distinct v.fault, ' ' order by v.fault) into told from pg_temp.faults() v;
  raise exception 'taken back' using errcode = 'TAKEN', detail = coalesce(told, 'nothing');
exception when sqlstate 'TAKEN' then
  get stacked diagnostics told = pg_exception_detail;
  return told;
end $$;
select is(pg_temp.forged($$ update hall.tenure set held_as = 'A', for_staff_id = null where post_id = pg_temp.post('t.in') and seq = 2 $$), 'tenure.chain tenure.entry tenure.event', 'B for A made A');
select is(pg_temp.forged($$ update hall.tenure set from_at = from_at - interval '1 hour' where post_id = pg_temp.post('t.in') and seq = 2 $$), 'tenure.chain tenure.order', 'a beginning moved');
select is(pg_temp.forged($$ delete from hall.tenure where post_id = pg_temp.post('t.in') and seq = 2 $$), 'tenure.entry tenure.event tenure.lost tenure.order', 'one gone');
select is(pg_temp.forged($$ update hall.post set holder_id = pg_temp.staff('t.zhang'), held_as = 'A', for_staff_id = null where code = 't.in' $$), 'tenure.now', 'a post given away beside the rule');
select is(pg_temp.forged($$ insert into hall.tenure (post_id, seq, from_at, staff_id, held_as, how) values (pg_temp.post('t.chief'), 1, hall.clock(), pg_temp.staff('t.chen'), 'A', 'sign_in') $$), 'tenure.chain tenure.now', 'one invented');
select is(pg_temp.forged($$ update hall.event set for_staff_id = null where acting = 'B' and case_id = (select case_id from d) $$), 'tenure.event', 'a deed reworded');
select is(pg_temp.forged($$ update hall.event set at = at + interval '30 minutes' where case_id = (select case_id from c) and seq = 1 $$), 'tenure.event', 'a deed moved to where another held it');
select is_empty($$ select * from pg_temp.faults() $$, 'all of it taken back');

-- who the A/B table no longer names
do $$ begin
  delete from hall.post_place where post_id = pg_temp.post('t.in');
  insert into hall.post_place values (pg_temp.post('t.in'), 'A', pg_temp.staff('t.wang')), (pg_temp.post('t.in'), 'B1', pg_temp.staff('t.zhang'));
end $$;
create temp table g as select * from pg_temp.receive_all('t.wang');
select is(s.login, 't.zhang', 'for whom one covers stays while one does') from g join hall.event v using (case_id) join hall.staff s on s.staff_id = v.for_staff_id;
do $$ begin perform pg_temp.hold('t.in', 't.wang', 'A', 'assign'); end $$;
create temp table h as select * from pg_temp.receive_all('t.wang');
select is(v.acting, 'A', 'until it is assigned anew') from h join hall.event v using (case_id);
select is_empty($$ select * from pg_temp.faults() $$, 'all as the rules made it');
select ok(rule.first_post_due('infinity') is null, 'nothing of posts waits');
select * from finish(true);
rollback;
