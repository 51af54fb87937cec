-- DOC-4: a template is data: loaded as a draft, tried over papers of past cases, released; what was
-- issued stays as it is (DOC-3).
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(51);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
end $$;
create temp table c as select * from pg_temp.receive('{1,2}', '{present,defective}', p_note => '{"","缺公章"}', p_name => '欧阳小明');
do $$ begin perform pg_temp.correct(case_id, 1) from c; end $$;
create temp table d as select * from pg_temp.receive('{1,2,3,4}', '{present,present,present,present}', p_name => '诸葛大力', p_id => '110101199001010031');
do $$ begin perform pg_temp.accept(case_id, 1) from d; end $$;
create function pg_temp.load(p_rows text, p_head text default 'kind,block,c1,c2,c3,c4,widths,only_if,each,part') returns text language sql as $$
  select string_agg(what, '|') from admin.load_template('t.csv', p_head || E'\n' || p_rows)
$$;
create function pg_temp.refused(p_rows text) returns text language plpgsql as $$
declare
  said text;
begin
  perform pg_temp.load(p_rows);
  return 'not refused';
exception when sqlstate 'YM010' then
  get stacked diagnostics said = pg_exception_detail;
  return said;
end $$;
create function pg_temp.tried(p_kind text, p_version int4 default 0, p_n int4 default 20) returns setof text language sql as $$
  select concat_ws(' ', t.block, t.what, t.papers) from admin.try_template(p_kind, p_version, p_n) t
$$;
create function pg_temp.export(p_kind text, p_version int4 default null) returns text language sql as $$
  select string_agg(l, E'\n') from admin.template_csv(p_kind, p_version) with ordinality t (l, o) where o > 1
$$;
create function pg_temp.blocks(p_kind text, p_version int4) returns text language sql as $$
  select string_agg(concat_ws('|', b.no, b.part, b.each, b.only_if, b.block, b.c1, b.c2, b.c3, b.c4, b.widths, b.f1), E'\n' order by b.no)
  from hall.template t join hall.template_block b using (template_id) where (t.kind, t.version) = (p_kind, p_version)
$$;
create function pg_temp.current(p_kind text) returns int4 language sql as $$ select version from hall.template where kind = p_kind and in_force $$;

-- refused, by line
select is(pg_temp.refused(t.rows), t.said, split_part(t.said, E'\n', 1)) from (values
  ('nothing,title,x,,,,,,,', 't.csv:2: there is no kind of paper "nothing"'),
  ('lapse,heading,x,,,,,,,', E't.csv:2: block "heading" is none of title, number, to, para, field, head, row, sign, seal, qr, small\nt.csv:2: the paper lapse has no title'),
  ('lapse,title,x,y,,,,,,', 't.csv:2: a title has no cell c2'),
  ('lapse,title,,,,,,,,', 't.csv:2: a title without c1'),
  (E'lapse,title,x,,,,,,,\nlapse,head,x,y,,,"1,0",,,', 't.csv:3: widths "1,0" are not up to four numbers from 1 to 99 such as 1,5,2'),
  ('lapse,title,x,,,,,sunny,,', 't.csv:2: only_if "sunny" is no condition'),
  ('lapse,title,x,,,,,,agent,', 't.csv:2: each "agent" is none of added, called, case, kept, lacking, later, material, missing, opinion, original, thing'),
  ('lapse,title,x,,,,,,,1', 't.csv:2: part 1: only a receipt has parts'),
  ('lapse,title,{no_such_word},,,,,,,', 't.csv:2: {no_such_word} is not in the list of words'),
  ('lapse,title,{m.name},,,,,,,', 't.csv:2: {m.name} holds in blocks with each only'),
  ('lapse,title,a { b,,,,,,,', 't.csv:2: a brace stands alone'),
  ('lapse,para,x,,,,,,,', 't.csv:2: the paper lapse has no title'),
  (E'lapse,title,x,,,,,,,\nlapse,row,x,,,,,,,', 't.csv:3: a row without a head before it')) t (rows, said);
select is((select count(*) from hall.template where version = 0), 0::int8, 'and nothing was loaded');

-- what is exported loads again, and is the same
select is(pg_temp.load(pg_temp.export(t.kind)) || ' ' || (pg_temp.blocks(t.kind, 0) = pg_temp.blocks(t.kind, t.version)),
  format('%s: a draft of %s blocks true', t.kind, (select count(*) from hall.template_block b where b.template_id = t.template_id)), t.kind || ' exported and loaded is the same')
from hall.template t where t.in_force and t.kind in ('receipt', 'acceptance', 'correction', 'guide') order by t.kind;
select is((select l.state from admin.template_list() l where l.kind = 'receipt' and l.version = 0), 'draft', 'listed as a draft');
select ok(pg_temp.current('receipt') > 0, 'and not in force');

-- what is in force has no fault over the papers there are
select is((select string_agg(t, E'\n') from pg_temp.tried(k.kind, pg_temp.current(k.kind)) t where t not like '%was on none%'), format('tried %s', k.n), k.kind || ' in force has no fault')
from (values ('receipt', 2), ('acceptance', 1), ('correction', 1)) k (kind, n);
select ok((select string_agg(t, E'\n') from pg_temp.tried('guide', 1, 200) t where t not like '%was on none%') ~ '^tried [0-9]+$', 'nor has the guide over the items in force');
select ok(string_agg(t, '|') like all (array['%was on none of these papers: only_if silent 0%', '%only_if conditional 0%']) and string_agg(t, '|') not like '%only_if complete%', 'blocks that were on no paper are named')
from pg_temp.tried('acceptance') t;

-- a draft with faults: every one is found, none tells whose paper it was
select is(pg_temp.load(E'acceptance,title,受理通知书,,,,,,,\nacceptance,number,{number},,,,,,,\nacceptance,para,{you}提交的“{item}”已受理，证号{document_no}。,,,,,,,\n'
  || E'acceptance,field,一个比十个字长得多的栏目名称,{remark},,,,,,\nacceptance,head,序号,材料,,,"1,1",,,\nacceptance,row,{m.no},{m.name},{m.form},,,,kept,\n'
  || E'acceptance,head,窄,宽,,,"1,99",,,\nacceptance,row,这一栏太窄了写不下这么多的字了吧,{m.name},,,,,kept,\nacceptance,qr,{case_number},x,,,,,,\nacceptance,para,只在有受托人时,,,,,agent,,'),
  'acceptance: a draft of 10 blocks', 'a draft replaces the one before');
create temp table tried as select * from pg_temp.tried('acceptance') t;
select set_eq('select * from tried', $$ values ('3 c1: {document_no} is empty 1'), ('4 c2: {remark} is empty 1'), ('4 c2 comes out empty 1'), ('4 the name of a field is wider than ten characters 1'),
  ('6 c3 stands outside the 2 columns of its table 1'), ('8 c1 is too narrow: it takes 16 lines 1'), ('9 a code holds digits only 1'), ('10 was on none of these papers: only_if agent 0'), ('tried 1') $$, 'DOC-4: empty words and cells, rows too wide, blocks never shown');
select is_empty($$ select * from tried where tried::text ~ '诸葛' $$, 'SEC-1: and nobody''s name');
select is((select l.state from admin.template_list() l where l.kind = 'acceptance' and l.version = 0), 'draft, tried over 1 papers, 7 faults', 'the list says so');
select throws_ok($$ select admin.release_template('acceptance', false) $$, 'YM010', 'the draft of "acceptance" has 7 faults; try it to see them', 'with faults it is not released');

-- one that is right: not before it was tried, then for the next paper, never for one issued
select is(pg_temp.load(replace(pg_temp.export('acceptance'), '本机关予以受理。', '本机关即日受理。')) like 'acceptance: a draft%', true, 'loaded anew');
select throws_ok($$ select admin.release_template('acceptance', false) $$, 'YM010', 'the draft of "acceptance" was not tried since it was loaded (DOC-4)', 'DOC-4: tried before release');
select is((select string_agg(t, '|') from pg_temp.tried('acceptance') t where t not like '%was on none%'), 'tried 1', 'no fault');
create temp table was as select n.notice_id, n.number, n.blocks from hall.notice n join d using (case_id) where n.kind = 'acceptance';
select ok(string_agg(concat_ws(' ', s.c1, s.c2), '|') like '%本机关即日受理。%', 'a paper of a past case as the draft would have it') from was, admin.show_template('acceptance', 0, was.number) s;
select is((select s.c1 from was, admin.show_template('acceptance', 0, was.number) s where s.block = 'to'), '诸***：', 'SEC-1: its name masked');
select is((select s.c1 from was, admin.show_template('acceptance', 0, was.number) s where s.block = 'number'), number, 'with its number') from was;
select throws_ok($$ select admin.show_template('acceptance', 0, 'x') $$, 'YM010', 'there is no paper "x" of this kind', 'only of a paper that there is');
create temp table v as select pg_temp.current('acceptance') as old, admin.release_template('acceptance', false) as new;
select results_eq('select old + 1, new, pg_temp.current(''acceptance'') from v', 'select new, new, new from v', 'released as the next version');
select results_eq('select n.number, n.blocks::text from hall.notice n join was using (notice_id)', 'select number, blocks::text from was', 'DOC-3: what was issued stays');
create temp table e as select * from pg_temp.receive_all();
do $$ begin perform pg_temp.accept(case_id, 1) from e; end $$;
select is(t.version, v.new, 'the next paper is made from it') from e, v, hall.template t where t.template_id = (pg_temp.last_paper(e.case_id, 'acceptance')).template_id;
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'acceptance')) like '%即日受理%' and (pg_temp.last_paper(case_id, 'acceptance')).number = '示测受〔2026〕00002号', 'DOC-2: in its words, the next of the series') from e;
select throws_ok($$ select admin.release_template('acceptance', false) $$, 'YM010', 'there is no draft of "acceptance"', 'a draft is released once');
select is((select count(*) from hall.template_block b join hall.template t using (template_id) where t.kind = 'acceptance' and t.version = (select old from v)) > 10, true, 'the version before is kept');
select throws_ok($$ select * from admin.try_template('acceptance', 99, 5) $$, 'YM010', 'there is no template "acceptance" version 99', 'no such version');
select throws_ok($$ select * from admin.try_template('acceptance', 1, 0) $$, 'YM010', 'a template is tried over 1 to 1000 papers, not 0', 'over some papers');

select set_eq($$ select t from pg_temp.tried('grant', 1) t $$, $$ values ('there is no paper of this kind yet 0') $$, 'a kind that was never issued has nothing to be tried over');

-- faults that are meant: a word that papers of before could not have
select is(pg_temp.load(pg_temp.export('correction') || E'\ncorrection,small,另见{document_no},,,,,,,') like 'correction: a draft%', true, 'a word of later');
select is((select count(*) from pg_temp.tried('correction') t where t like '%{document_no} is empty 1'), 1::int8, 'is a fault over papers of before');
select is(admin.release_template('correction', true), pg_temp.current('correction'), 'released all the same, when that is meant');
select is(a.detail[3] || ' ' || a.detail[6], 'correction ' || pg_temp.current('correction') || ' 1', 'SEC-2: on the hall''s chain, with its faults')
from hall.audit a where a.event = 'template.release' order by a.audit_id desc limit 1;
select is_empty($$ select * from hall.verify() $$, 'sound');
select * from finish(true);
rollback;
