-- Decision 5: every write happens exactly once.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(29);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
end $$;
create function pg_temp.go(p_slot int4, p_seq int8, p_hash text, p_epoch int4 default 1, p_token text default 'token t.zhang') returns outcome
language sql as $$
  select * from api.case_receive(p_token::bytea, p_epoch, p_slot::int2, p_seq, sha256(p_hash::bytea), pg_temp.item(), 'resident',
    '110101199001010015', '张三', '13812345678', null, null, null, null, null, null, null, null, '{1}', '{present}', null, null)
$$;
create function pg_temp.n() returns int8 language sql as $$ select count(*) from hall.case_file where item_version_id = pg_temp.item() $$;

select is(epoch, 1, 'a window''s first epoch') from hall.window where no = 9901;
select is((select count(*) from hall.command c join hall.window w using (window_id) where w.no = 9901), 8::int8, 'eight slots');
create temp table a as select * from pg_temp.go(0, 1, 'one');
select is(status, 0::int2, 'a write') from a;
select results_eq('select * from pg_temp.go(0, 1, $$one$$)', 'select * from a', 'resent: the same outcome');
select is(pg_temp.n(), 1::int8, 'and done once');
select results_eq('select status, code, arg1 from pg_temp.go(0, 1, $$two$$)', $$ values (6::int2, 'slot.hash', 'seq') $$, 'the same key, another request');
select is((select count(*) from hall.audit where event = 'slot.hash' and at >= pg_temp.moment('2026-11-23 09:00')), 1::int8, 'is a security event');
select results_eq('select status, code from pg_temp.go(0, 3, $$three$$)', $$ values (6::int2, 'slot.gap') $$, 'a number left out');
select results_eq('select status, code from pg_temp.go(0, 0, $$zero$$)', $$ values (6::int2, 'slot.gap') $$, 'there is no zero');
select results_eq('select status, code from pg_temp.go(8, 1, $$x$$)', $$ values (6::int2, 'slot.range') $$, 'there is no ninth slot');
select results_eq('select status, code from pg_temp.go(0, 2, $$x$$, 2)', $$ values (6::int2, 'slot.epoch') $$, 'an epoch not yet given');
select results_eq('select status, code from pg_temp.go(0, 2, $$x$$, 1, $$nobody$$)', $$ values (3::int2, 'session.none') $$, 'no session');
select is(status, 0::int2, 'slots are independent') from pg_temp.go(7, 1, 'seven');

-- a refusal is an outcome, too
do $$ begin update hall.item_version set guide = false where item_version_id = pg_temp.item(); end $$;
select is(code, 'item.no_guide', 'refused') from pg_temp.go(0, 2, 'refused');
do $$ begin update hall.item_version set guide = true where item_version_id = pg_temp.item(); end $$;
select is(code, 'item.no_guide', 'and stays refused when resent') from pg_temp.go(0, 2, 'refused');
select is(pg_temp.n(), 2::int8, 'nothing more was done');

-- giving up
select results_eq('select status, code from api.command_cancel($$token t.zhang$$, 1, 0::int2, 3)', $$ values (1::int2, 'command.cancelled') $$, 'given up before it came');
select results_eq('select status, code from pg_temp.go(0, 3, $$late$$)', $$ values (1::int2, 'command.cancelled') $$, 'when it comes late it does nothing');
select results_eq('select status, code from api.command_cancel($$token t.zhang$$, 1, 0::int2, 3)', $$ values (1::int2, 'command.cancelled') $$, 'given up twice');
create temp table b as select * from pg_temp.go(0, 4, 'four');
select results_eq('select * from api.command_cancel($$token t.zhang$$, 1, 0::int2, 4)', 'select * from b', 'given up too late: its outcome');
select throws_ok('select * from api.command_cancel($$token t.zhang$$, 1, 0::int2, 9)', 'YM006', 'slot.gap', 'a key never near');

-- epochs: a journal that is lost fences what it knew
do $$ begin perform api.session_open(sha256('window 9901'), 't.zhang', true, sha256('second'), 'test', 1); end $$;
select is(epoch, 1, 'the journal is still there: the same epoch') from hall.window where no = 9901;
do $$ begin perform api.session_open(sha256('window 9901'), 't.zhang', true, sha256('third'), 'test', 0); end $$;
select is(epoch, 2, 'it is gone: a new epoch') from hall.window where no = 9901;
select results_eq('select status, code from pg_temp.go(0, 5, $$five$$)', $$ values (7::int2, 'slot.fenced') $$, 'an older epoch is fenced');
select results_eq('select status, code from pg_temp.go(0, 4, $$four$$)', $$ values (7::int2, 'slot.fenced') $$, 'even what it did');
select results_eq('select * from api.command_cancel($$token t.zhang$$, 1, 0::int2, 4)', 'select * from b', 'but its last outcome can still be asked for');
select is(status, 0::int2, 'the new epoch begins at one') from pg_temp.go(0, 1, 'new', 2, 'third');

-- a guard that fires (hall.keep, YM010) is a fault of ours, never an outcome that looks like success
select throws_ok($$ select (command.refused(null, 'YM010', 'kept', null, null)).status $$, 'XX000', null, 'only a refusal is an outcome');

do $$ begin perform api.session_lock('third'); end $$;
select results_eq('select status, code from pg_temp.go(0, 2, $$locked$$, 2, $$third$$)', $$ values (2::int2, 'session.locked') $$, 'a locked session writes nothing');
select * from finish(true);
rollback;
