-- CASE-2, DOC-1: several items in one visit are several cases with one receipt; the last one
-- lists them all and takes the place of those before.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(43);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.wang', 9902);
  perform pg_temp.login('t.sun', 9903);
end $$;
create temp table items as select pg_temp.make_item('T-002', '第二个事项') as second, pg_temp.make_item('T-003', '第三个事项') as third;
create function pg_temp.also(p_with int8, p_item int8, p_id text default '110101199001010015', p_role text[] default null, p_kinds text[] default null,
  p_ids text[] default null, p_names text[] default null, p_login text default 't.zhang', p_no text default null, p_at timestamptz default null)
returns outcome language sql as $$
  select * from api.case_receive(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('v'),
    p_item, 'resident', p_id, '欧阳小明', '13812345678', null, null, null, null, null, null, null, '第二件',
    '{1,2,3,4}', '{present,absent,present,present}', null, null, p_party_role => p_role, p_party_id_kind => p_kinds, p_party_id_no => p_ids, p_party_name => p_names,
    p_paper_no => p_no, p_paper_at => p_at, p_paper_reason => case when p_no is not null then '停电' end, p_with_case => p_with)
$$;
create function pg_temp.receipt(p_case int8) returns setof hall.notice language sql as
$$ select * from hall.notice n where n.case_id = p_case and n.kind = 'receipt' order by n.notice_id $$;

-- one case, one receipt
create temp table a as select * from pg_temp.receive_all();
select is((select string_agg(b.block, ' ' order by b.no) from a, pg_temp.receipt(a.case_id) n, rule.block_rows(n.blocks) b),
  'title number to para field field field field head row row row row para qr sign seal small', 'a receipt of one case');
select is((select count(*) from hall.receipt_case), 0::int8, 'which needs no list');
select is((select array_agg(v.number) from a, api.case_visit('token t.zhang', a.case_id) v), (select array[number] from a), 'it came alone');

-- a second item of the visit
create temp table b as select x.* from a, items, pg_temp.also(a.case_id, items.second) x;
select is(status, 0::int2, 'another item for this visitor') from b;
select is((select count(*) from hall.case_file f where f.case_id in (select case_id from a union select case_id from b)), 2::int8, 'is a case of its own');
create temp table r as select n.* from b, pg_temp.receipt(b.case_id) n;
select results_eq($$ select o.voided_at is not null, r.replaces_id = o.notice_id, o.void_reason from r, a, pg_temp.receipt(a.case_id) o $$,
  $$ values (true, true, '同次办理的收件凭证合并出具') $$, 'its receipt takes the place of the first one');
select is(r.serial, null, 'DOC-1: a receipt has no series') from r;
select is((select count(*) from a, r, unnest(r.blocks) t where t.c2 = a.number), 1::int8, 'and carries the number of the first case');
select is((select count(*) from b, r, unnest(r.blocks) t where t.c2 = b.number), 1::int8, 'and of the second');
select results_eq($$ select t.c1, t.c2 from r, rule.block_rows(r.blocks) t where t.c1 ~ '^第.项$' or t.c1 = '办件编号' order by t.no $$,
  $$ select v.c1, v.c2 from a, b, lateral (values ('第1项', '测试（含试验）经营许可'), ('办件编号', a.number), ('第2项', '第二个事项'), ('办件编号', b.number)) v (c1, c2) $$,
  'in the order they came');
select is((select t.c1 from r, rule.block_rows(r.blocks) t where t.block = 'para' order by t.no limit 1),
  '你本次提交的下列2项申请的材料收悉，现一并出具收件凭证。此前为本次办理出具的收件凭证由本凭证代替。', 'and says what it takes the place of');
select is((select string_agg(t.c1, ' ' order by t.no) from r, rule.block_rows(r.blocks) t where t.block = 'qr'),
  (select replace(a.number || ' ' || b.number, '-', '') from a, b), 'a code for each');
select is((select count(*) from r, unnest(r.blocks) t where t.block = 'row' and t.c2 = '营业执照'), 2::int8, 'the papers of each: here received, there lacking');
select results_eq($$ select t.c2 from r, unnest(r.blocks) t where t.c1 = '答复期限' $$, $$ values ('2026年11月30日17:00前'), ('2026年11月30日17:00前') $$, 'ONE-2: the term of each');
select is(t.c1, '示例区测试局', 'of one department: its seal') from r, unnest(r.blocks) t where t.block = 'seal';
select results_eq($$ select e.event, e.from_state = e.to_state, e.notice_id = r.notice_id, e.detail @> array['void', o.notice_id::text]
    from a, r, hall.event e, pg_temp.receipt(a.case_id) o where e.case_id = a.case_id and e.seq = 2 $$,
  $$ values ('receipt', true, true, true) $$, 'SEC-2: the first case''s trail says so');
select is((pg_temp.file(a.case_id)).version, 1, 'CASE-14: which changes nothing about the case') from a;
select results_eq($$ select n.kind, n.state, n.number = b.number from a, b, api.notice_list('token t.zhang', a.case_id) n $$,
  $$ values ('receipt', 'void', false), ('receipt', 'unprinted', true) $$, 'DOC-2: the papers of the first case show both, the void one marked');
select is((select count(*) from b, api.notice_list('token t.zhang', b.case_id)), 1::int8, 'those of the second the one');
select is((select count(*) from api.notice_list('token t.zhang', null) n join a using (case_id)), 0::int8, 'a void one does not wait to be printed');
select is(x.code, 'notice.void', 'nor can it be') from a, pg_temp.receipt(a.case_id) o,
  api.notice_print('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), 'p', o.notice_id, 'x') x;

-- a third, named by the first; of another department
do $$
declare
  d int8;
begin
  insert into hall.department (name, full_name, short_form) values ('别局', '示例区别局', '示别') returning department_id into d;
  update hall.item set department_id = d where code = 'T-003';
  perform pg_temp.accept(case_id, 1) from a;
end $$;
create temp table c as select x.* from a, items, pg_temp.also(a.case_id, items.third, p_role => '{applicant}', p_kinds => '{resident}', p_ids => '{110101198001010010}', p_names => '{李娜}') x;
select is(status, 0::int2, 'a third item, named by any case of the visit') from c;
select is((select count(*) from c, pg_temp.receipt(c.case_id) n, unnest(n.blocks) t where t.block = 'qr'), 3::int8, 'one receipt for the three');
select is(t.c1, hall.setting_text('hall.name'), 'of several departments: the hall''s seal') from c, pg_temp.receipt(c.case_id) n, unnest(n.blocks) t where t.block = 'seal';
select results_eq($$ select t.c2 from c, pg_temp.receipt(c.case_id) n, unnest(n.blocks) t where t.c1 = '答复期限' limit 1 $$, $$ values ('2026年11月30日17:00前') $$,
  'the first case, accepted since, stands on it as it was received');
select is((select count(*) from hall.notice n where n.kind = 'receipt' and n.voided_at is null and n.case_id in (select case_id from a union select case_id from b union select case_id from c)), 1::int8, 'the others are void');
select is((select count(*) from b, hall.event e where e.case_id = b.case_id and e.event = 'receipt'), 1::int8, 'every case of the visit is told');
select is((select array_agg(v.number) from b, api.case_visit('token t.zhang', b.case_id) v), (select array[b.number, a.number, c.number] from a, b, c), 'and knows the others');

-- an answer's receipt is of its one delivery
do $$ begin
  perform pg_temp.correct(case_id, 1) from b;
  perform pg_temp.answer(case_id, 2, '{2}', '{present}') from b;
end $$;
select results_eq($$ select count(*), count(*) filter (where t.block = 'qr') from b, api.notice_list('token t.zhang', b.case_id) n, api.notice_show('token t.zhang', n.notice_id) t
    where n.kind = 'receipt' and n.case_id = b.case_id and n.state <> 'void' and t.c2 like '%第2次收件%' $$, $$ values (1::int8, 0::int8) $$, 'DOC-1: the second delivery has its own');
select is(rule.visit_receipt(b.case_id), (select n.notice_id from c, pg_temp.receipt(c.case_id) n), 'and the visit''s stays') from b;

-- SEC-1: what one may read of it
select is((select count(*) from c, pg_temp.receipt(c.case_id) n, api.notice_show('token t.sun', n.notice_id) t where concat(t.c1, t.c2) ~ '欧阳小明|李娜'), 0::int8,
  'masked for those who handle none of them');
select is((select count(*) from c, pg_temp.receipt(c.case_id) n, api.notice_show('token t.zhang', n.notice_id) t where t.c1 = '欧阳小明、李娜：'), 1::int8,
  'plain for those who handle them');

-- what is no item of the same visit
select results_eq($$ select x.status, x.code from items, pg_temp.also(5, items.second) x $$, $$ values (6::int2, 'receipt.no_case') $$, 'no such case');
select is(x.code, 'receipt.other_applicant', 'somebody else''s') from a, items, pg_temp.also(a.case_id, items.second, '110101199001010023') x;
do $$ begin
  perform pg_temp.hold('t.in', 't.wang', 'B');
end $$;
select is(x.code, 'receipt.visit_over', 'received at another window') from a, items, pg_temp.also(a.case_id, items.second, p_login => 't.wang') x;
do $$ begin
  perform pg_temp.hold('t.in', 't.zhang', 'A');
end $$;
-- a paper written by hand in the same visit
select is(x.status, 0::int2, 'CASE-3: one of them may have been received by hand') from a, items,
  pg_temp.also(a.case_id, items.second, p_no => 'S9', p_at => pg_temp.moment('2026-11-20 10:00')) x;
select is((select count(*) from a, hall.notice n, unnest(n.blocks) t where n.notice_id = rule.visit_receipt(a.case_id) and t.c1 = '手工凭证' and t.c2 = 'S9'), 1::int8, 'its number on the receipt');
select is((select array_agg(distinct t.c2) from a, hall.notice n, unnest(n.blocks) t where n.notice_id = rule.visit_receipt(a.case_id) and t.c1 = '答复期限'),
  array['2026年11月27日17:00前', '2026年11月30日17:00前'], 'with its own term');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 09:00')); end $$;
select is(x.code, 'receipt.visit_over', 'the visit is over the next day') from a, items, pg_temp.also(a.case_id, items.second) x;
select is((select count(*) from hall.notice n where n.kind = 'receipt' and n.voided_at is null and n.notice_id = (select rule.visit_receipt(case_id) from a)), 1::int8, 'a refusal voids nothing');
select is_empty($$ select * from hall.verify() $$, 'and everything is as the rules made it');
insert into hall.receipt_case select n.notice_id, a.case_id from a, b, pg_temp.receipt(b.case_id) n where n.voided_at is null;
select set_eq($$ select fault from hall.verify() $$, array['notice.visit'], 'a case on a receipt that its trail does not know is found');
update hall.notice n set voided_at = null from a where n.case_id = a.case_id and n.kind = 'receipt';
select set_eq($$ select fault from hall.verify() $$, array['notice.visit', 'notice.replaced', 'notice.void'], 'so is a receipt that came back');
select * from finish(true);
rollback;
