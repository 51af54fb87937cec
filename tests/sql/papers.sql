-- DOC-1 … DOC-4: papers are kept as issued, previews are refused as the command would be,
-- templates have a closed list of words, printing is an act of its own.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(64);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
end $$;
create temp table c as select * from pg_temp.receive('{1,2}', '{present,defective}', p_note => '{"","{number} %s %1$s \\ ''x''"}', p_name => '{item}%');
create function pg_temp.preview(p_kind text, p_seq int2[] default null, p_state text[] default null, p_remark text default null)
returns setof hall.block language sql as $$
  select p.block, p.c1, p.c2, p.c3, p.c4, p.widths from c, api.notice_preview('token t.zhang', c.case_id, p_kind, p_seq, p_state, null, null, p_remark, null, null, null, null, null, null, null, null, null) p order by p.no
$$;

-- preview
select is((select c1 from pg_temp.preview('correction') where block = 'number'), '示测补〔2026〕00000号', 'DOC-2: a dummy number');
select is((select c1 from pg_temp.preview('correction') where block = 'to'), '{item}%：', 'an applicant''s braces and percent signs stay what they are');
select is((select c4 from pg_temp.preview('correction') where block = 'row' and c2 = '营业执照'), '{number} %s %1$s \ ''x''', 'so do a clerk''s');
select is((select count(*) from pg_temp.preview('correction') where block = 'row'), 3::int8, 'every missing material');
select is((select count(*) from pg_temp.preview('correction', '{5}', '{absent}') where block = 'row'), 4::int8, 'with the ticks as they would be sent');
select is((select count(*) from pg_temp.preview('correction', p_remark => '带原件') where c1 like '%带原件%'), 1::int8, 'with its remark');
select is((select c1 from pg_temp.preview('correction') where block = 'para' and c1 like '请于%') like '请于2026年12月23日17:00前%', true, 'with its last day');
select is((select count(*) from pg_temp.preview('correction') where c1 like '%之日起受理%'), 0::int8, 'which promises no earlier day of acceptance than accept gives');
select is(rule.sentence(t.words), t.said, 'one full stop: ' || coalesce(t.words, 'nothing'))
from (values ('带原件', '带原件。'), ('带原件。', '带原件。'), (' 带原件；。 ', '带原件。'), ('带原件！', '带原件！'), ('。', null), (null, null)) t (words, said);
select is((select count(*) from pg_temp.preview('correction', '{4}', '{absent}', '带原件。') where c1 = '其他事项：带原件。'), 1::int8, 'so a remark on a paper');
select throws_ok($$ select pg_temp.preview('acceptance') $$, 'YM001', 'materials.missing', 'an acceptance is refused as the command would be');
select throws_ok($$ select pg_temp.preview('receipt') $$, 'YM006', 'notice.kind', 'other kinds are not previewed');
select throws_ok($$ select api.notice_preview('token t.li', case_id, 'correction', null, null, null, null, null, null, null, null, null, null, null, null, null, null) from c $$, 'YM002', 'post.not_holder', 'only for the holder');
select is((select c2 from pg_temp.preview('acceptance', '{2,3,4}', '{present,present,present}') where c1 = '办结日期'), '2026年11月30日前（含当日）', 'an acceptance shows its due day');
select is((select count(*) from hall.notice n join c using (case_id)), 1::int8, 'a preview issues nothing');

-- as issued it is as previewed
create temp table p as select row_number() over () as no, b.* from pg_temp.preview('correction') b;
do $$ begin perform pg_temp.correct(case_id, 1) from c; end $$;
create temp table n as select n.* from hall.notice n join c using (case_id) where n.kind = 'correction';
select results_eq($$ select b.block, b.c2, b.c3, b.c4, b.widths from n, unnest(n.blocks) b where b.block <> 'number' $$,
  $$ select block, c2, c3, c4, widths from p where block <> 'number' order by no $$, 'what is issued is what was previewed');
select is((select string_agg(b.block, ' ' order by b.no) from n, api.notice_show('token t.zhang', n.notice_id) b),
  'title number to para head row row row para para para field field field field field qr sign seal small', 'the blocks in order');
select is((select b.widths from n, api.notice_show('token t.zhang', n.notice_id) b where b.block = 'head'), '1,5,2,6', 'a table has its widths');
select is((select b.c1 from n, api.notice_show('token t.zhang', n.notice_id) b where b.block = 'qr'), (select replace(number, '-', '') from c), 'the QR code is digits only');
select results_eq($$ select b.c1, b.c2 from n, api.notice_show('token t.zhang', n.notice_id) b where b.block = 'seal' $$, $$ values ('示例区测试局', '2026年11月23日') $$, 'the seal''s department and day');
do $$ begin
  update hall.template_block set c1 = '改了' where block = 'title' and template_id = (select template_id from hall.template where kind = 'correction' and in_force);
end $$;
select is((select b.c1 from n, api.notice_show('token t.zhang', n.notice_id) b where b.block = 'title'), '一次性告知书', 'DOC-3: kept exactly, whatever becomes of its template');

-- templates
select throws_ok($$ update hall.template_block set c1 = '{no_such_word}' where no = 1 $$, 'YM006', 'template.placeholder', 'DOC-4: the list of words is closed');
select throws_ok($$ update hall.template_block set c1 = '{m.name}' where no = 1 and each is null $$, 'YM006', 'template.placeholder', 'a material''s words hold in repeated blocks only');
select lives_ok($$ update hall.template_block set c1 = '100%' where no = 1 $$, 'a percent sign is one');
select is_empty($$ select t.kind from hall.template t where in_force and not exists (select from hall.template_block b where b.template_id = t.template_id and b.block = 'title') $$, 'every paper has a title');
select set_eq($$ select distinct kind from hall.template where in_force $$, array['receipt', 'acceptance', 'correction', 'lapse', 'guide', 'decline', 'finish', 'withdraw', 'special', 'extend', 'grant', 'refuse', 'fee', 'deliver', 'original', 'give_back', 'handover', 'away', 'meeting', 'minutes', 'opinions', 'slip'], 'every kind has a template');

-- what each paper says first, and to whom (tests/notice has their looks)
do $$ begin
  update hall.template_block set c1 = '{item}办事指南' where block = 'title' and template_id = (select template_id from hall.template where kind = 'guide' and in_force);
end $$;
create temp table g as select * from api.item_guide('token t.zhang', pg_temp.item());
select is((select c1 from g where block = 'title'), '测试（含试验）经营许可办事指南', 'a guide names its item in the title');
select is_empty($$ select * from g where c1 in ('收费依据', '补正期限', '事项名称') $$, 'a free item has no fee basis');
do $$ begin update hall.item_version set fee = 1050, fee_basis = '某规定' where item_version_id = pg_temp.item(); end $$;
select is((select b.c2 from api.item_guide('token t.zhang', pg_temp.item()) b where b.c1 = '收费依据'), '某规定', 'another one does');
do $$ begin update hall.item_version set fee = 0 where item_version_id = pg_temp.item(); end $$;
create temp table q as select (api.case_receive('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), 'o', pg_temp.item(), 'org',
  '91110000600037341L', '示例有限公司', '13812345678', null, null, null, null, null, null, null, null, '{1,2,3,4}', '{absent,absent,absent,absent}', null, null)).case_id;
select is((select string_agg(b.c2, ' ' order by b.no) from q join hall.notice n using (case_id), rule.block_rows(n.blocks) b where b.block in ('head', 'row')), '未收到或者需要更正的材料 申请书 营业执照 平面图 健康证', 'a receipt of nothing lists what lacks only');
select is((select b.c1 from q join hall.notice n using (case_id), unnest(n.blocks) b where b.block = 'para' limit 1) like '你单位提交的%', true, 'an organisation is 你单位');
do $$ begin perform pg_temp.accept(case_id, 1, '{1,2,3,4}', '{present,present,present,present}') from q; end $$;
select is((select string_agg(b.c1, ' ' order by b.no) from (select b.no, b.c1 from q join hall.notice n using (case_id), rule.block_rows(n.blocks) b where n.kind = 'acceptance' and b.block = 'field' order by b.no limit 2) b), '承诺期限 办结日期', 'an acceptance begins with its dates');
select is((select b.c1 from c join hall.notice n using (case_id), unnest(n.blocks) b where n.kind = 'receipt' and b.block = 'para' limit 1) like '你提交的%', true, 'a person is 你');

-- 容缺: told with its date, and no paper says that everything is there
create temp table later as select * from pg_temp.receive('{1,2,3,4}', '{absent,present,present,later}', p_later => '{null,null,null,2026-12-04}');
do $$ begin perform pg_temp.correct(case_id, 1) from later; perform pg_temp.answer(case_id, 2, '{1}', '{present}') from later;
  perform pg_temp.accept(case_id, 3) from later; end $$;
create function pg_temp.said(p_kind text, p_block text) returns text language sql as $$
  select string_agg(concat_ws(' ', b.c1, b.c2, b.c3, b.c4), '|' order by b.ord) from later join hall.notice n using (case_id),
    unnest(n.blocks) with ordinality b (block, c1, c2, c3, c4, widths, ord) where n.kind = p_kind and b.block = p_block
$$;
select is(pg_temp.said('correction', 'row'), '1 申请书 未提交 提交原件1份|1 健康证 复印件 2026年12月4日', 'ONE-1: the one-time notice lists what may follow, too');
select is(pg_temp.said('correction', 'para') like '%此外，下列材料可以容缺，请最迟于所列日期补交：%', true, 'in a table of its own');
select is(pg_temp.said('acceptance', 'para') like '%经审查，除下列容缺材料外，申请材料齐全%', true, 'an acceptance says what is not there');
select is((select count(*) from q join hall.notice n using (case_id), unnest(n.blocks) b where n.kind = 'acceptance' and b.c1 like '%经审查，申请材料齐全%'), 1::int8, 'and else that all is there');
select set_eq($$ select b.c1 from hall.template_block b where b.c2 = '{agent}' $$, array['受托人'], 'an agent is 受托人, the clerk 经办人');

-- printing
create function pg_temp.print() returns outcome language sql as $$
  select o.* from n, api.notice_print('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), 'p', n.notice_id, 'folder') o
$$;
create function pg_temp.printed(p_ok bool, p_sha bytea) returns outcome language sql as $$
  select o.* from n, api.notice_printed('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), 'q', n.notice_id, p_ok, p_sha, 1::int2, 'jam') o
$$;
create function pg_temp.paper() returns text language sql as $$ select m.state || ' ' || m.copies from hall.notice m join n using (notice_id) $$;
select is(code, 'print.none', 'what was not sent does not end') from pg_temp.printed(true, sha256('a'));
select is(number, '示测补〔2026〕00001号', 'sent') from pg_temp.print();
select is(pg_temp.paper(), 'queued 0', 'queued');
select is(code, 'print.sha256', 'a hash has 32 bytes') from pg_temp.printed(true, '\x01');
select is(code, 'print.sha256', 'none that is all zero is one: whoever sends it has not hashed anything')
  from pg_temp.printed(true, decode(repeat('00', 32), 'hex'));
select is(status, 0::int2, 'jammed') from pg_temp.printed(false, null);
select is(pg_temp.paper(), 'failed 0', 'failed');
select is((select count(*) from api.notice_list('token t.zhang', null) l join n using (notice_id)), 1::int8, 'it still waits to be printed');
select is(status, 0::int2, 'again') from pg_temp.print();
select is(version, 2, 'printing does not change the case') from pg_temp.printed(true, sha256('a'));
select is(pg_temp.paper(), 'printed 1', 'printed');
do $$ begin perform pg_temp.print(); perform pg_temp.printed(true, sha256('b')); end $$;
select is(pg_temp.paper(), 'printed 2', 'DOC-3: a reprint is counted');
select is((select m.sha256 from hall.notice m join n using (notice_id)), sha256('a'), 'the first PDF''s hash stays');
select is((select string_agg(e.event, ' ' order by e.seq) from hall.event e join c using (case_id)), 'receive correct print printed print printed print printed', 'and all of it is in the trail');
-- two windows print the same paper: each ends its own printing
do $$ begin
  perform pg_temp.print();
  perform api.notice_print('token t.li', pg_temp.epoch('t.li'), 0::int2, pg_temp.seq('t.li'), 'p', notice_id, 'other') from n;
end $$;
select is(status, 0::int2, 'the first window ends') from pg_temp.printed(false, null);
select is((select string_agg(p.printer, ' ') from hall.notice_print p join n using (notice_id) where p.ended_at is null), 'other', 'its own, not the other''s');
select is((select o.status from n, api.notice_printed('token t.li', pg_temp.epoch('t.li'), 0::int2, pg_temp.seq('t.li'), 'q', n.notice_id, true, null, 1::int2, null) o), 0::int2, 'then the other');
select is((select o.status from n, api.notice_print('token t.li', pg_temp.epoch('t.li'), 0::int2, pg_temp.seq('t.li'), 'p', n.notice_id, 'x') o), 0::int2, 'a holder of another post of the case may print it');
select is_empty($$ select * from hall.verify() $$, 'sound');

-- what nobody prints does not hide what is new
insert into hall.notice (case_id, kind, department_id, year, number, template_id, title, issued_at, blocks)
select m.case_id, 'receipt', m.department_id, m.year, 'x' || i, m.template_id, 'x', m.issued_at, '{}' from hall.notice m join n using (notice_id), generate_series(1, 201) i;
select is((select count(*) from api.notice_list('token t.zhang', null)), 200::int8, 'a page of what waits to be printed');
select is((select l.number from api.notice_list('token t.zhang', null) l order by notice_id desc limit 1), 'x201', 'the newest among it');
select * from finish(true);
rollback;
