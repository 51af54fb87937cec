-- A refusal is delivered as a result is (CASE-8, NEG-3); why a case was refused or declined is told with it; whose
-- paper is to be printed where nobody made it (DOC-2); which light turned (CLK-5).
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
select plan(14);
insert into hall.window (no, name, cert_sha256) values (9904, '测试四', sha256('window 9904'));
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.chen', 9903);
end $$;
create temp table item as select pg_temp.make_item('T-R1', '测试不予许可事项') as id;
do $$ begin
  delete from hall.item_step s using item where s.item_version_id = item.id and s.seq > 0;
  insert into hall.item_step select id, 1, 'decide', '批准', pg_temp.post('t.rev'), 2 from item;
  insert into hall.item_step select id, 2, 'close', '办结', pg_temp.post('t.in'), null from item;
end $$;
create temp table c as select (pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_item => id)).case_id as id from item;
do $$ begin perform pg_temp.accept(id, 1) from c; end $$;
create function pg_temp.listed() returns bool language sql as $$
  select exists (select from c, api.case_queue('token t.zhang', null, 'deliver', null, null) q where q.case_id = c.id)
$$;
create function pg_temp.action() returns text language sql as $$ select s.action from c, api.case_show('token t.zhang', c.id) s $$;

do $$ begin perform pg_temp.act('extend', id, 2, 't.chen') from c; end $$;
select is((select q.elsewhere from c, api.notice_queue('token t.zhang') q where q.case_id = c.id and q.kind = 'extend'), true,
  'CASE-7: what the chief representative made is to be printed by the window that received it');
select is((select q.elsewhere from c, api.notice_queue('token t.zhang') q where q.case_id = c.id and q.kind = 'acceptance'), false, 'its own is not');
select is((select count(*) from hall.news w, c where w.event = 'paper.waits' and w.case_id = c.id and w.post_id = pg_temp.post('t.in'))::int, 1,
  'and it is told so');
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-25 09:00'));
  perform api.tick(100);
end $$;
select is((select count(*) from c, api.case_history('token t.zhang', c.id) h where h.event = 'light')::int, 0, 'no light yet: it was extended');
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-12-04 09:00'));
  perform api.tick(100);
end $$;
select ok((select bool_and(h.clock in ('due', 'step') and h.light_was <> h.light) and count(*) > 0 from c, api.case_history('token t.zhang', c.id) h
  where h.event = 'light'), 'CLK-5: which clock''s light turned, from what to what');
select ok((select bool_and(h.clock is null and h.light is null) from c, api.case_history('token t.zhang', c.id) h where h.event <> 'light'), 'nothing else is a light');

select is(pg_temp.listed(), false, 'nothing is decided');
do $$ begin perform pg_temp.act('refuse', id, 3, 't.li') from c; end $$;
select is(pg_temp.listed(), true, 'NEG-3: a refusal waits to be delivered');
select is((select l.deliver from api.case_lights('token t.zhang') l), 1, 'and is counted');
select results_eq($$ select s.no_why, s.no_facts, s.no_basis from c, api.case_show('token t.zhang', c.id) s $$,
  $$ values (null::text, '场所不符合要求。', '某条例第九条') $$, 'NEG-2: facts and basis are told with the case');
select is(pg_temp.action(), 'close', 'it is closed');
do $$ begin perform pg_temp.act('close', id, 4, 't.zhang') from c; end $$;
select is(pg_temp.action(), 'deliver', 'then delivered');
do $$ begin perform pg_temp.act('deliver', id, 5, 't.zhang') from c; end $$;
select is(pg_temp.listed(), false, 'once');
select is(pg_temp.action(), null, 'then nothing is left to do');
select * from finish(true);
rollback;
