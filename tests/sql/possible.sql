-- case.acts: what one can do to a case now and why not, before anything is typed: as the commands would refuse it.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
select plan(35);
insert into hall.window (no, name, cert_sha256) values (9904, '测试四', sha256('window 9904'));
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.sun', 9904);
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.chen', 9903);
end $$;
create temp table item as select pg_temp.make_item('T-P2', '测试可办事项') as id;
do $$ begin
  delete from hall.item_step s using item where s.item_version_id = item.id and s.seq > 0;
  insert into hall.item_step select id, 1, 'handle', '承办', pg_temp.post('t.in'), 1 from item;
  insert into hall.item_step select id, 2, 'decide', '批准', pg_temp.post('t.rev'), 2 from item;
  insert into hall.item_step select id, 3, 'close', '办结', pg_temp.post('t.in'), null from item;
end $$;
create temp table c as select (pg_temp.receive('{1,2,3,4,5}', '{present,present,present,later,unneeded}', p_later => '{null,null,null,2026-12-20,null}',
  p_item => id)).case_id as id from item;

create function pg_temp.version(p int8) returns int4 language sql as $$ select version from hall.case_file where case_id = p $$;
create function pg_temp.why(p_action text, p_login text default 't.zhang') returns text language sql as $$
  select coalesce(a.code, 'can') || coalesce(' ' || a.except_kind, '') || coalesce(' ' || a.except_state, '')
  from c, api.case_acts(('token ' || p_login)::bytea, c.id, p_action) a
$$;

select results_eq('select a.action from c, api.case_acts(''token t.zhang'', c.id, null) a', $$
  select a from (select distinct t.action from hall.transition t where t.done_by <> 'system' and t.action not in ('receive', 'void')
    union select unnest(array['track', 'fee_ask', 'fee_reduce', 'fee_pay', 'fee_cancel'])) t (a) order by a $$, 'every action people do to a case');
select is(pg_temp.why('advance'), 'case.state', 'received: nothing of its life yet');
select is(pg_temp.why('fee_ask'), 'case.state', 'no fee either');
select is(pg_temp.why('decline'), 'can', 'but declined it can be');
select is(pg_temp.why('decline', 't.li'), 'post.not_holder', 'by its post');
select is((select a.arg1 from c, api.case_acts('token t.li', c.id, 'decline') a), '测试受理', 'which is named');
do $$ begin update hall.item i set major = true from item v where i.item_id = (select x.item_id from hall.item_version x where x.item_version_id = v.id); end $$;
select is(pg_temp.why('decline'), 'decline.major major_decline', 'NEG-2: a major matter needs the chief representative first');
do $$ begin perform pg_temp.ask('major_decline', id) from c; end $$;
select is(pg_temp.why('decline'), 'decline.major major_decline asked', 'who was asked already');
do $$ begin
  perform pg_temp.judge((select x.exception_id from hall.exception x, c where x.case_id = c.id), true, 't.chen');
end $$;
select is(pg_temp.why('decline'), 'can', 'and has granted it');
do $$ begin perform pg_temp.accept(id, (select f.version from hall.case_file f where f.case_id = c.id)) from c; end $$;

select is(pg_temp.why('advance'), 'can', 'accepted: on to the next step');
select is(pg_temp.why('send_back'), 'send_back.step', 'none is before the first');
select is(pg_temp.why('decide'), 'decide.step', 'CASE-8: at the deciding step only');
select is(pg_temp.why('resume'), 'case.state', 'its clocks run');
select is(pg_temp.why('extend'), 'post.not_holder', 'CASE-7: the chief representative''s');
select is(pg_temp.why('extend', 't.chen'), 'can', 'who can');
select is(pg_temp.why('expedite'), 'post.not_holder urgent', 'CASE-10: a supervisor''s, or with an exception');
select is(pg_temp.why('expedite', 't.sun'), 'can', 'who can');
select is(pg_temp.why('fee_ask'), 'fee.free', 'FEE-1: a free item');
select is(pg_temp.why('fee_pay'), 'fee.none', 'nothing was asked');
select is(pg_temp.why('fee_reduce'), 'fee.none', 'nothing to take off');
select is(pg_temp.why('fee_cancel'), 'fee.none', 'nothing to cancel');
select is(pg_temp.why('deliver'), 'case.state', 'nothing to deliver');
do $$ begin
  update hall.item_version v set fee = 1250, fee_basis = '某办法第三条' from item where v.item_version_id = item.id;
  perform pg_temp.act('fee_ask', id, pg_temp.version(id), 't.zhang', '{"amount": 1250}') from c;
end $$;
select is(pg_temp.why('fee_ask'), 'fee.asked', 'asked once');
select is(pg_temp.why('fee_reduce'), 'fee.approval fee_reduce', 'a reduction needs approval');
select is(pg_temp.why('fee_pay'), 'can', 'paid it can be');
select is(pg_temp.why('fee_cancel'), 'can', 'or cancelled');
do $$ begin perform pg_temp.act('advance', id, pg_temp.version(id), 't.zhang') from c; end $$;
select is(pg_temp.why('decide', 't.li'), 'decide.later', 'what was to follow (容缺) has not come');
select is(pg_temp.why('refuse', 't.li'), 'refuse.major major_refuse', 'NEG-2');
select is(pg_temp.why('decide'), 'post.not_holder', 'another post''s');
select is(pg_temp.why('advance', 't.li'), 'advance.decide', 'the deciding step is the last');
select is(pg_temp.why('send_back', 't.li'), 'can', 'back it can go');
do $$ begin
  update hall.case_material m set state = 'present', later = null from c where m.case_id = c.id and m.seq = 4;
  perform pg_temp.act('decide', id, pg_temp.version(id), 't.li') from c;
end $$;
select is(pg_temp.why('deliver'), 'fee.unpaid', 'CASE-8, FEE-1: not before the fee is paid');
do $$ begin perform pg_temp.act('fee_pay', id, pg_temp.version(id), 't.zhang', '{"receipt": "GK1", "on": "2026-11-23"}') from c; end $$;
select is(pg_temp.why('deliver'), 'can', 'then it can');
select is(pg_temp.why('extend', 't.chen'), 'case.state', 'decided: no limit runs');
select is((select count(*) from hall.event e, c where e.case_id = c.id and e.event = 'decide')::int, 1, 'asking changes nothing');
select * from finish(true);
rollback;
