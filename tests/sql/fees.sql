-- FEE-1: a fee that is asked can go again: cancelled, with the case, or with what it rested on; one
-- reduced to nothing is settled by the reduction.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
select plan(46);
insert into hall.window (no, name, cert_sha256) values (9904, '测试四', sha256('window 9904'));
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.sun', 9904);
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.chen', 9903);
end $$;

-- received by t.in, handled and decided by t.rev, closed by t.in
create function pg_temp.paid_item(p_code text, p_fee int8, p_handling text default 'promised') returns int8 language plpgsql as $$
declare
  v int8 := pg_temp.make_item(p_code, '测试收费事项' || p_code, true, 5);
begin
  delete from hall.item_step where item_version_id = v and seq > 0;
  insert into hall.item_step values (v, 1, 'handle', '承办', pg_temp.post('t.in'), null), (v, 2, 'decide', '批准', pg_temp.post('t.rev'), null),
    (v, 3, 'close', '办结', pg_temp.post('t.in'), null);
  update hall.item_version set fee = p_fee, fee_basis = '某办法第三条', handling = p_handling, result_doc = '测试许可证' where item_version_id = v;
  return v;
end $$;
create temp table item as select pg_temp.paid_item('T-F1', 1250) as fixed, pg_temp.paid_item('T-F2', null) as computed, pg_temp.paid_item('T-F3', 1250, 'immediate') as quick;
create function pg_temp.new_case(p_item int8 default null, p_accept bool default true) returns int8 language plpgsql as $$
declare
  r outcome := pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_item => coalesce(p_item, (select fixed from item)));
begin
  if p_accept then
    r := pg_temp.accept(r.case_id, 1);
  end if;
  return r.case_id;
end $$;
create function pg_temp.does(p_action text, p_case int8, p_login text default 't.zhang', p jsonb default '{}') returns text language plpgsql as $$
declare
  o outcome := pg_temp.act(p_action, p_case, (pg_temp.file(p_case)).version, p_login, p);
begin
  return coalesce(o.code, 'done');
end $$;
create function pg_temp.undo(p_case int8, p_login text default 't.zhang') returns text language plpgsql as $$
declare
  o outcome := pg_temp.void(p_case, (pg_temp.file(p_case)).version, p_login,
    (select max(n.notice_id) from hall.notice n where n.case_id = p_case and n.kind <> 'fee'));
begin
  return coalesce(o.code, 'done');
end $$;
create function pg_temp.ask(p_case int8, p_login text default 't.zhang') returns text language sql as $$ select pg_temp.does('fee_ask', p_case, p_login, '{"amount": 1250, "note": "按面积"}') $$;
create function pg_temp.fees(p_case int8) returns text language sql as $$
  select string_agg(f.amount || case when f.receipt_no is not null then ' paid' when f.voided_at is not null then ' void' else ' open' end
    || case when n.voided_at is not null then ' ' || n.void_reason else '' end, ', ' order by f.fee_id)
  from hall.fee f join hall.notice n on n.notice_id = rule.last_paper(f.notice_id, f.voided_at) where f.case_id = p_case
$$;

-- cancelled by hand
create temp table a as select pg_temp.new_case() as id;
select is(pg_temp.does('fee_cancel', id), 'fee.none', 'nothing was asked') from a;
select is(pg_temp.ask(id), 'done', 'asked') from a;
select is(pg_temp.does('fee_cancel', id, p => '{"reason": " "}'), 'text.blank', 'not without a reason') from a;
select is(pg_temp.does('fee_cancel', id, 't.chen'), 'post.not_holder', 'by who handles it alone') from a;
select results_eq($$ select o.code, o.number from a, pg_temp.act('fee_cancel', a.id, 2, 't.zhang', '{"reason": "误收，申请人免缴"}') o $$,
  $$ values (null::text, '示测费〔2026〕00001号') $$, 'cancelled');
select is(pg_temp.fees(id), '1250 void 误收，申请人免缴', 'the fee is void, its notice too and kept') from a;
select results_eq($$ select e.event, e.note, e.staff_id, e.version, e.from_state, e.to_state from a join hall.event e on e.case_id = a.id order by e.seq desc limit 1 $$,
  $$ values ('fee_cancel', '误收，申请人免缴', pg_temp.staff('t.zhang'), 2, 'accepted', 'accepted') $$, 'on record; the case is no other');
select is(pg_temp.does('fee_cancel', id), 'fee.none', 'once') from a;
select is(pg_temp.does('fee_pay', id, p => '{"receipt": "GK1"}'), 'fee.none', 'and not to be paid') from a;
select is(pg_temp.ask(id), 'done', 'asked anew') from a;
select is((select n.replaces_id from hall.notice n, a where n.case_id = a.id and n.number = '示测费〔2026〕00002号'), null, 'by a notice of its own, in place of none');
do $$ begin perform pg_temp.does('fee_pay', id, p => '{"receipt": "GK1"}') from a; end $$;
select is(pg_temp.does('fee_cancel', id), 'fee.paid', 'what was paid is not cancelled') from a;
select is((select o.code from a, pg_temp.act('fee_cancel', a.id, 1, 't.zhang') o), 'case.changed', 'CASE-14: on the case as it is');
select is((select o.code from pg_temp.act('fee_cancel', 1, 1, 't.zhang') o), 'case.none', 'no case');

-- the holder of a step on who came, too
create temp table b as select pg_temp.new_case() as id;
do $$ begin perform pg_temp.ask(id) from b; perform pg_temp.does('advance', id) from b; end $$;
select is(pg_temp.does('fee_cancel', id, 't.li'), 'done', 'the post of the step, too') from b;
do $$ begin perform pg_temp.does('decide', id, 't.li') from b; end $$;
select is(pg_temp.does('deliver', id), 'done', 'its result waits for no payment') from b;

-- with the case
create temp table c as select pg_temp.new_case() as id;
do $$ begin perform pg_temp.ask(id) from c; perform pg_temp.withdraw(id, 2) from c; end $$;
select is(pg_temp.fees(id), '1250 void 办件已终止，不再收费', 'withdrawn: the fee goes') from c;
select results_eq($$ select e.event, e.staff_id from c join hall.event e on e.case_id = c.id order by e.seq desc limit 2 $$,
  $$ values ('fee_cancel', pg_temp.staff('t.zhang')), ('withdraw', pg_temp.staff('t.zhang')) $$, 'on record after what ended it');
select is(pg_temp.undo(id), 'done', 'the withdrawal is taken back') from c;
select is((pg_temp.file(id)).state, 'accepted', 'the case is') from c;
select is(pg_temp.fees(id), '1250 void 办件已终止，不再收费', 'a void notice stays void (DOC-2)') from c;
select is(pg_temp.ask(id), 'done', 'the fee is asked anew') from c;
do $$ begin perform pg_temp.does('fee_pay', id, p => '{"receipt": "GK2"}') from c; perform pg_temp.withdraw(id, (pg_temp.file(id)).version) from c; end $$;
select is(pg_temp.fees(id), '1250 void 办件已终止，不再收费, 1250 paid', 'what was paid stays paid') from c;

-- with what it rested on
create temp table d as select pg_temp.new_case() as id;
do $$ begin perform pg_temp.ask(id) from d; end $$;
select is(pg_temp.undo(id), 'done', 'the acceptance is taken back') from d;
select is((pg_temp.file(id)).state, 'received', 'before the fee was asked') from d;
select is(pg_temp.fees(id), '1250 void 受理已撤回，不再收费', 'which goes') from d;
do $$ begin perform pg_temp.accept(id, (pg_temp.file(id)).version) from d; perform pg_temp.ask(id) from d; perform pg_temp.does('extend', id, 't.chen') from d; end $$;
select is(pg_temp.undo(id, 't.chen'), 'done', 'an extension is taken back') from d;
select is(pg_temp.fees(id), '1250 void 受理已撤回，不再收费, 1250 open', 'the fee is owed all the same') from d;
do $$ begin perform pg_temp.does('fee_cancel', id) from d; perform pg_temp.does('advance', id) from d; perform pg_temp.does('decide', id, 't.li') from d; perform pg_temp.ask(id) from d; end $$;
select is(pg_temp.undo(id, 't.li'), 'done', 'a decision is taken back') from d;
select is(pg_temp.fees(id), '1250 void 受理已撤回，不再收费, 1250 void 误收, 1250 void 决定已撤回，不再收费', 'with the fee asked after it') from d;
create temp table e as select pg_temp.new_case() as id;
do $$ begin perform pg_temp.ask(id) from e; perform pg_temp.does('advance', id) from e; perform pg_temp.does('decide', id, 't.li') from e; end $$;
select is(pg_temp.undo(id, 't.li'), 'done', 'another decision') from e;
select is(pg_temp.fees(id), '1250 open', 'not with one asked before it') from e;
create temp table f as select pg_temp.new_case((select quick from item), false) as id;
do $$ begin perform pg_temp.finish(id, 1) from f; perform pg_temp.ask(id) from f; end $$;
select is(pg_temp.undo(id), 'done', 'finished on the spot, and taken back') from f;
select is(pg_temp.fees(id), '1250 void 受理已撤回，不再收费', 'so is its fee') from f;

-- reduced to nothing
create temp table g as select pg_temp.new_case((select computed from item)) as id;
do $$ begin
  perform pg_temp.ask(id) from g;
  perform pg_temp.except('fee_reduce', id, 't.zhang', 't.chen') from g;
end $$;
select is(pg_temp.does('fee_reduce', id, p => '{"by": 1250, "reason": "低保对象"}'), 'done', 'all of it is taken off') from g;
select ok(said like '%全部减免，无需缴纳%' and said like '%应缴金额 人民币零元整（全部减免）%' and said like '%减免12.50元，理由：低保对象%', 'its notice says so')
from g, lateral (select pg_temp.says(pg_temp.last_paper(g.id, 'fee')) as said) s;
select ok(pg_temp.says(pg_temp.last_paper(id, 'fee')) not like '%' || rule.pay_at() || '%', 'and sends nobody to pay') from g;
select is(pg_temp.does('fee_pay', id, p => '{"receipt": "GK3"}'), 'fee.waived', 'no receipt pays nothing') from g;
select is(pg_temp.ask(id), 'fee.waived', 'nor is it asked again, past the approval') from g;
select is(pg_temp.does('fee_cancel', id), 'fee.waived', 'nor cancelled: it is settled') from g;
select is((select o.code from g, pg_temp.ask('fee_reduce', g.id, p_login => 't.zhang') o), 'fee.waived', 'CASE-16: and there is nothing to ask an exception for');
do $$ begin perform pg_temp.does('advance', id) from g; perform pg_temp.does('decide', id, 't.li') from g; end $$;
select is(pg_temp.does('deliver', id), 'done', 'delivery waits for nothing') from g;

select is_empty($$ select * from hall.verify() $$, 'sound');
create function pg_temp.planted(p_sql text) returns text language plpgsql as $$
declare
  said text;
begin
  execute p_sql;
  select string_agg(distinct v.fault, ' ' order by v.fault) into said from hall.verify() v;
  raise exception using errcode = 'YM998', message = coalesce(said, 'nothing');
exception when sqlstate 'YM998' then
  return sqlerrm;
end $$;
select is(pg_temp.planted(format('update hall.fee set voided_at = null where fee_id = (select max(fee_id) from hall.fee where case_id = %s)', c.id)), 'fee.when', 'a fee that comes back') from d c;
select is(pg_temp.planted(format('update hall.fee set voided_at = voided_at + interval ''1 hour'' where case_id = %s and voided_at is not null', c.id)), 'fee.when', 'one that went at another time') from c;
select is(pg_temp.planted(format('update hall.notice set void_reason = ''x'' where case_id = %s and kind = ''fee'' and voided_at is not null', f.id)), 'notice.void', 'its notice, for another reason') from f;
select * from finish(true);
rollback;
