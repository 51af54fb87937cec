-- SEC-2: the trail is append-only, and whatever is changed behind it is found.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(29);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
end $$;
create temp table c as select * from pg_temp.receive('{1}', '{present}');
do $$ begin
  perform pg_temp.correct(case_id, 1) from c;
  perform pg_temp.answer(case_id, 2, '{2,3,4}', '{present,present,present}') from c;
  perform pg_temp.accept(case_id, 3, '{5}', '{unneeded}') from c;
end $$;
select is_empty($$ select * from hall.verify() $$, 'sound');
select is_empty($$ select * from c join hall.event e using (case_id) where array_to_string(e.detail, ' ') ~ '欧阳小明|110101199001010015|13812345678|某街道九号|开一家店' $$,
  'decision 14: no personal data in it, only commitments');
select throws_ok($$ update hall.event set note = 'x' $$, 'YM010', null, 'events are not changed');
select throws_ok($$ delete from hall.event $$, 'YM010', null, 'nor deleted');
select throws_ok($$ truncate hall.event cascade $$, 'YM010', null, 'nor truncated');
select throws_ok($$ update hall.audit set event = 'x' $$, 'YM010', null, 'audit entries are not changed');
select throws_ok($$ delete from hall.audit $$, 'YM010', null, 'nor deleted');
select throws_ok($$ delete from hall.notice $$, 'YM010', null, 'papers are kept');
select throws_ok($$ delete from hall.staff $$, 'YM010', null, 'so are people');

-- Each fault is planted behind the triggers' back, found, and undone.
set session_replication_role = replica;
create function pg_temp.found(p_sql text) returns text[] language plpgsql as $$
declare
  faults text[];
begin
  begin
    execute p_sql;
    faults := array(select distinct fault from hall.verify() order by 1);
    raise exception 'undo' using errcode = 'UNDO1';
  exception when sqlstate 'UNDO1' then
    return faults;
  end;
end $$;
create function pg_temp.id() returns int8 language sql as $$ select case_id from c $$;
select is(pg_temp.found('update hall.case_file set matter = $$x$$ where case_id = pg_temp.id()'), '{case.matter}', 'the applicant''s words changed');
select is(pg_temp.found('update hall.event set note = $$x$$ where case_id = pg_temp.id() and seq = 2'), '{chain.broken}', 'a word changed');
select is(pg_temp.found('update hall.event set staff_id = staff_id + 1 where case_id = pg_temp.id() and seq = 3'), '{chain.broken,tenure.event}', 'another person');
select is(pg_temp.found('update hall.event set at = at - interval $$1 day$$ where case_id = pg_temp.id() and seq = 3'), '{chain.broken,chain.time,clock.facts,tenure.event}', 'another day');
select is(pg_temp.found('update hall.event e set hash = rule.event_hash(null, e) where case_id = pg_temp.id() and seq = 4'), '{chain.broken}', 'a link that skips the chain');
select ok(pg_temp.found('delete from hall.event where case_id = pg_temp.id() and seq = 2') @> '{chain.broken,chain.gap,chain.states,chain.versions,notice.content}', 'an event dropped in the middle');
select ok(pg_temp.found('delete from hall.event where case_id = pg_temp.id() and seq = 4') @> '{case.state,notice.content}', 'an event dropped at the end');
select is(pg_temp.found('update hall.case_file set state = $$closed$$ where case_id = pg_temp.id()'), '{case.due,case.state}', 'a state nobody made');
select is(pg_temp.found('update hall.case_party set name = $$别人$$ where case_id = pg_temp.id()'), '{case.party}', 'another name: the salted commitment tells');
select is(pg_temp.found('update hall.case_party set salt = $$x$$ where case_id = pg_temp.id()'), '{case.matter,case.party,negative.content,notice.made,outcome.before}', 'another salt');
select is(pg_temp.found('update hall.notice set serial = 5 where case_id = pg_temp.id() and kind = $$acceptance$$'), '{notice.counter,notice.gap}', 'a number left out');
select is(pg_temp.found('update hall.notice_counter k set last = last + 1 where department_id = (select department_id from hall.department where name = $$测试局$$)'), '{notice.counter}', 'a counter that ran on');
select is(pg_temp.found('update hall.notice set blocks = blocks[2:] where case_id = pg_temp.id() and kind = $$acceptance$$'), '{notice.content}', 'a paper changed after issue');
select is(pg_temp.found('insert into hall.due values (pg_temp.id(), $$silence$$, hall.clock(), 40)'), '{case.due}', 'a term nobody opened');
select is(pg_temp.found('delete from hall.audit where audit_id = (select max(audit_id) from hall.audit)'), '{audit.cut}', 'an audit entry cut off');
select is(pg_temp.found('update hall.audit set detail = $${}$$ where audit_id = (select max(audit_id) from hall.audit where detail <> $${}$$)'), '{audit.broken}', 'an audit entry changed');
select is(pg_temp.found('update hall.case_file set number = $$5199-20261123-000001-0$$ where case_id = pg_temp.id()'), '{case.number}', 'a number with a wrong check digit');
set session_replication_role = origin;
select is_empty($$ select * from hall.verify() $$, 'and sound again');

-- A hash does not hang on who asks for it.
create temp table coded (as_utf8 bytea, as_gb18030 bytea);
do $$
declare
  fields text[] := array['甲', null, '', 'x"{},\'];
  plain bytea := rule.encode(fields);
begin
  perform set_config('client_encoding', 'GB18030', true);
  insert into coded values (plain, rule.encode(fields));
  perform set_config('client_encoding', 'UTF8', true);
end $$;
select is(as_utf8, '\x00000003e794b2ffffffff000000000000000678227b7d2c5c'::bytea, 'each field behind its length, NULL behind -1') from coded;
select is(as_gb18030, as_utf8, 'the same whatever the client''s encoding') from coded;
select * from finish(true);
rollback;
