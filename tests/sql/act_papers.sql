-- DOC-2: papers of acts after acceptance, previewed; CASE-7, CASE-10: limits foreseen.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
select plan(22);
insert into hall.window (no, name, cert_sha256) values (9904, '测试四', sha256('window 9904'));
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.sun', 9904);
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.chen', 9903);
end $$;
create temp table item as select pg_temp.make_item('T-P1', '测试文书事项') as id;
do $$ begin
  delete from hall.item_step s using item where s.item_version_id = item.id and s.seq > 0;
  insert into hall.item_step select id, 1, 'handle', '承办', pg_temp.post('t.in'), 1 from item;
  insert into hall.item_step select id, 2, 'decide', '批准', pg_temp.post('t.rev'), 2 from item;
  insert into hall.item_step select id, 3, 'close', '办结', pg_temp.post('t.in'), null from item;
  update hall.item_version v set fee = 1250, fee_basis = '某办法第三条', result_doc = '测试许可证' from item where v.item_version_id = item.id;
end $$;
create temp table c as select (pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_item => id)).case_id as id from item;
do $$ begin perform pg_temp.accept(id, 1) from c; end $$;
-- a paper's words, and what refuses it
create function pg_temp.paper(p_action text, p_login text default 't.zhang', p jsonb default '{}') returns text language sql as $$
  select string_agg(concat_ws(' ', q.c1, q.c2, q.c3, q.c4), E'\n' order by q.no)
  from c, api.notice_preview_act(('token ' || p_login)::bytea, c.id, p_action, p ->> 'remark', p ->> 'procedure', p ->> 'reason',
    (p ->> 'expected')::int4, (p ->> 'until')::date, (p ->> 'days')::int4, p ->> 'document', p ->> 'document_no', (p ->> 'valid_until')::date,
    p ->> 'facts', p ->> 'basis', (p ->> 'major')::bool, p ->> 'how', p ->> 'received_by', (p ->> 'received_on')::date, p ->> 'papers',
    (p ->> 'amount')::int8, p ->> 'note', (p ->> 'by')::int8) q
$$;
create function pg_temp.why(p_action text, p_login text default 't.zhang', p jsonb default '{}') returns text language plpgsql as $$
begin
  perform pg_temp.paper(p_action, p_login, p);
  return 'done';
exception when sqlstate 'YM000' or sqlstate 'YM001' or sqlstate 'YM002' or sqlstate 'YM003' then
  return sqlerrm;
end $$;
create temp table before as select (select count(*) from hall.notice) + (select count(*) from hall.event) as n;

select ok(pg_temp.paper('suspend', p => '{"procedure": "testing", "reason": "送检", "until": "2026-11-27"}') like all
  (array['%〔2026〕00000号%', '%检测%', '%2026年11月27日%', '%送检%']), 'DOC-2: 特别程序告知书 with a dummy number');
select is(pg_temp.why('suspend', p => '{"procedure": "testing", "reason": "送检"}'), 'suspend.how_long', 'refused as the command would be');
select is(pg_temp.why('suspend', 't.li', '{"procedure": "testing", "reason": "送检", "expected": 3}'), 'post.not_holder', 'and to whom');
select is(pg_temp.why('advance'), 'notice.kind', 'a step makes no paper');
select is(pg_temp.why('extend', p => '{"days": 3, "reason": "案情复杂"}'), 'post.not_holder', 'CASE-7: the chief representative''s');
select ok(pg_temp.paper('extend', 't.chen', '{"days": 3, "reason": "案情复杂"}') like all (array['%3个工作日%', '%案情复杂%', '%2026年12月3日%']), '延期通知书 says the new day');
select ok(pg_temp.paper('extend', 't.chen', '{"days": 3, "reason": "案情复杂"}') not like '%欧阳小明%', 'SEC-1: masked for who does not handle it');
select ok(pg_temp.paper('suspend', p => '{"procedure": "testing", "reason": "送检", "expected": 3}') like '%欧阳小明%', 'plain for who does');
select is(pg_temp.why('extend', 't.chen', '{"days": 11, "reason": "案情复杂"}'), 'extend.beyond', 'no longer than the item allows');
select ok(pg_temp.paper('fee_ask', p => '{"amount": 1250}') like all (array['%12.50元%', '%某办法第三条%']), 'FEE-1: 缴费通知');
select is(pg_temp.why('fee_ask', p => '{"amount": 1300}'), 'fee.published', 'only as published');
select is(pg_temp.why('fee_reduce', p => '{"by": 250, "reason": "困难"}'), 'fee.none', 'nothing was asked');
select is(pg_temp.why('decide', p => '{"document": "测试许可证"}'), 'decide.step', 'CASE-8: at the deciding step');

select results_eq($$ select f.extend_max, f.due_at, f.statutory_at from c, api.case_foresee('token t.chen', c.id, 3, null) f $$,
  $$ select 10, pg_temp.moment('2026-12-03 17:00'), pg_temp.moment('2026-12-24 17:00') $$, 'CASE-7: foreseen, three days longer');
select results_eq($$ select f.due_at from c, api.case_foresee('token t.sun', c.id, null, 2) f $$,
  $$ select pg_temp.moment('2026-11-25 17:00') $$, 'CASE-10: and sooner');
select is((select count(*) from hall.notice) + (select count(*) from hall.event), n, 'nothing was issued, nothing recorded') from before;

do $$ begin perform pg_temp.act('advance', id, 2, 't.zhang') from c; end $$;
select ok(pg_temp.paper('decide', 't.li', '{"document_no": "JY1", "valid_until": "2031-11-22"}') like all (array['%测试许可证%', '%JY1%', '%2031年11月22日%']), '准予决定书');
select is(pg_temp.why('decide', 't.li', '{"valid_until": "2026-11-22"}'), 'decide.valid', 'valid when it is made');
select ok(pg_temp.paper('refuse', 't.li', '{"facts": "场所不符合要求", "basis": "某条例第九条"}') like all (array['%场所不符合要求%', '%某条例第九条%', '%行政复议%']), '不予许可决定书');
select is(pg_temp.why('refuse', 't.li', '{"facts": "不符", "basis": "第九条", "major": true}'), 'refuse.major', 'NEG-2: a major matter');
do $$ begin perform pg_temp.act('decide', id, 3, 't.li') from c; end $$;
select ok(pg_temp.paper('close') like '%测试许可证%', '办结通知书');
select ok(pg_temp.paper('deliver', p => '{"how": "window", "received_by": "欧阳小明"}') like all (array['%欧阳小明%', '%直接送达%']), '送达回证');
select * from finish(true);
rollback;
