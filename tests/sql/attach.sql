-- PAR-7: attachments are taken in chunks that can be cut anywhere, kept exactly, seen by those who
-- handle the case; CASE-2: originals kept are listed, and their return is signed for.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(136);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.sun', 9903);
end $$;
create temp table c as select * from pg_temp.receive('{1}', '{present}');
create temp table d as select * from pg_temp.receive('{1}', '{present}');
create function pg_temp.id() returns int8 language sql as $$ select case_id from c $$;

-- Three chunks: two whole ones and seven bytes.
create function pg_temp.file(p_salt text, p_n int4 default 98311) returns bytea language sql as $$
  select convert_to('%PDF-1.4 ' || left(repeat(md5(p_salt) || E'\n', p_n / 33 + 1), p_n - 15) || E'\n%%EOF', 'UTF8')
$$;
create function pg_temp.chunk(p_file bytea, p_no int4) returns bytea language sql as
$$ select nullif(substr(p_file, p_no * 49152 + 1, 49152), '') $$;
create function pg_temp.put(p_file bytea, p_no int4, p_bytes bytea default null, p_login text default 't.zhang',
  p_case int8 default pg_temp.id(), p_seq int2 default null, p_name text default '扫描0001.pdf', p_void int8 default null)
returns table (paper_id int8, next int4, chunks int4) language sql as $$
  select * from api.paper_put(('token ' || p_login)::bytea, p_case, sha256(p_file), octet_length(p_file), p_seq, p_name, p_no,
    coalesce(p_bytes, pg_temp.chunk(p_file, p_no)), p_void)
$$;
create function pg_temp.put_all(p_file bytea, p_login text default 't.zhang', p_case int8 default pg_temp.id(), p_seq int2 default null,
  p_void int8 default null)
returns int8 language plpgsql as $$
declare
  made int8;
begin
  for i in 0 .. (octet_length(p_file) - 1) / 49152 loop
    select p.paper_id into made from pg_temp.put(p_file, i, null, p_login, p_case, p_seq, p_void => p_void) p;
  end loop;
  return made;
end $$;
create function pg_temp.get(p_paper int8, p_no int4, p_login text default 't.zhang') returns bytea language sql as
$$ select bytes from api.paper_get(('token ' || p_login)::bytea, p_paper, p_no) $$;
create function pg_temp.list(p_login text default 't.zhang', p_case int8 default pg_temp.id())
returns table (paper_id int8, seq int2, material text, name text, media text, size int4, sha256 bytea, at timestamptz,
  actor text, window_no int4, voided_at timestamptz, void_reason text) language sql as
$$ select * from api.paper_list(('token ' || p_login)::bytea, p_case) $$;
create function pg_temp.void(p_paper int8, p_reason text, p_login text default 't.zhang') returns outcome language sql as $$
  select * from api.paper_void(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('v'), p_paper, p_reason)
$$;
create function pg_temp.keep(p_name text[], p_copies int2[] default null, p_seq int2[] default null, p_login text default 't.zhang',
  p_case int8 default pg_temp.id()) returns outcome language sql as $$
  select * from api.paper_keep(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('k'), p_case, p_name, p_copies, p_seq)
$$;
create function pg_temp.give_back(p_ids int8[], p_receiver text default '欧阳小明', p_login text default 't.zhang', p_remark text default null)
returns outcome language sql as $$
  select * from api.paper_return(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('b'), pg_temp.id(), p_ids, p_receiver, p_remark)
$$;
create function pg_temp.originals(p_login text default 't.zhang')
returns table (original_id int8, seq int2, name text, copies int2, kept_at timestamptz, kept_by text, kept_window int4,
  returned_at timestamptz, returned_by text, returned_window int4, receiver text, remark text, notice_id int8) language sql as
$$ select * from api.paper_originals(('token ' || p_login)::bytea, pg_temp.id()) $$;

create function pg_temp.also(p_with int8, p_matter text, p_item int8) returns outcome language sql as $$
  select * from api.case_receive('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('v'), p_item, 'resident',
    '110101199001010015', '欧阳小明', '13812345678', null, null, null, null, null, null, null, p_matter, '{1}', '{present}', null, null, p_with_case => p_with)
$$;
create function pg_temp.slip_rows(p_case int8) returns setof text language sql as $$
  select b.c2 from hall.notice n, unnest(n.blocks) b where n.notice_id = (rule.last_receipt(p_case)).notice_id and b.block = 'row' and b.c4 ~ '日$'
$$;

-- chunk by chunk
create temp table f as select pg_temp.file('one') as a, pg_temp.file('two') as b;
create function pg_temp.a() returns bytea language sql as $$ select a from f $$;
create function pg_temp.b() returns bytea language sql as $$ select b from f $$;
select is(octet_length(pg_temp.a()), 98311, 'three chunks, the last of seven bytes');
select is(q, (null, 0, 3)::text, 'asked first: nothing is here yet') from (select p::text as q from api.paper_put('token t.zhang', pg_temp.id(), sha256(pg_temp.a()), 98311, 2::int2, '扫描0001.pdf', null, null) p) x;
select is(q, (null, 1, 3)::text, 'the first chunk') from (select p::text as q from pg_temp.put(pg_temp.a(), 0) p) x;
select is(q, (null, 1, 3)::text, 'the same chunk twice is one') from (select p::text as q from pg_temp.put(pg_temp.a(), 0) p) x;
select throws_ok($$ select pg_temp.put(pg_temp.a(), 2) $$, 'YM001', 'paper.gap', 'a chunk left out');
select throws_ok($$ select pg_temp.put(pg_temp.a(), 3, 'x') $$, 'YM006', 'paper.no', 'a chunk behind the last');
select throws_ok($$ select pg_temp.put(pg_temp.a(), -1, 'x') $$, 'YM006', 'paper.no', 'one before the first');
select throws_ok($$ select pg_temp.put(pg_temp.a(), 2147483647, 'x') $$, 'YM006', 'paper.no', 'the largest number there is');
select throws_ok($$ select api.paper_put('token t.zhang', pg_temp.id(), sha256(pg_temp.a()), 98311, null, 'x', null, 'x') $$, 'YM006', 'paper.no', 'bytes of no chunk');
select throws_ok($$ select pg_temp.put(pg_temp.a(), 1, 'short') $$, 'YM006', 'paper.length', 'a chunk too short');
select throws_ok($$ select pg_temp.put(pg_temp.a(), 1, pg_temp.chunk(pg_temp.a(), 1) || 'x') $$, 'YM006', 'paper.length', 'or too long');
select throws_ok($$ select api.paper_put('token t.zhang', pg_temp.id(), sha256(pg_temp.a()), 98312, null, 'x', 1, 'x') $$, 'YM006', 'paper.size', 'the same hash with another size');
select is(q, (null, 2, 3)::text, 'the second') from (select p::text as q from pg_temp.put(pg_temp.a(), 1) p) x;
select is_empty($$ select * from pg_temp.list() $$, 'half an upload is seen by nobody');
select is_empty($$ select * from hall.event e where e.case_id = pg_temp.id() and e.event = 'attach' $$, 'and nothing happened yet');
select throws_ok($$ select pg_temp.put(pg_temp.a(), 2, '1234567') $$, 'YM001', 'paper.hash', 'a last chunk that makes another hash');
select is(q, (null, 2, 3)::text, 'it is not kept') from (select p::text as q from api.paper_put('token t.zhang', pg_temp.id(), sha256(pg_temp.a()), 98311, 2::int2, '扫描0001.pdf', null, null) p) x;
create temp table p as select paper_id from pg_temp.put(pg_temp.a(), 2, p_seq => 2::int2);
create function pg_temp.p() returns int8 language sql as $$ select paper_id from p $$;
select isnt(pg_temp.p(), null, 'the last chunk, and the hash is right: it exists');
select is(q, (pg_temp.p(), 3, 3)::text, 'the last chunk again, after a lost answer: the same attachment') from (select p::text as q from pg_temp.put(pg_temp.a(), 2) p) x;
select is(q, (pg_temp.p(), 3, 3)::text, 'so the first one, or a question') from (select p::text as q from pg_temp.put(pg_temp.a(), 0) p) x;
select results_eq($$ select seq, material, name, media, size, sha256, actor, window_no, voided_at from pg_temp.list() $$,
  $$ values (2::int2, '营业执照', '扫描0001.pdf', 'pdf', 98311, sha256(pg_temp.a()), 'A 张三丰', 9901, null::timestamptz) $$, 'one attachment, of a material');
select is(string_agg(pg_temp.get(pg_temp.p(), i), '' order by i), pg_temp.a(), 'its bytes come back as they were') from generate_series(0, 2) i;
select is((select count(*) from hall.paper_upload where case_id = pg_temp.id()), 0::int8, 'no upload is left');
select results_eq($$ select e.event, e.from_state, e.to_state, e.version, e.note, e.detail[5:6] from hall.event e where e.case_id = pg_temp.id() order by seq desc limit 1 $$,
  $$ values ('attach', 'received', 'received', 1, null::text, array['', encode(sha256(pg_temp.a()), 'hex')]) $$, 'an event of the case, with the hash but not the name; its version stays');
select results_eq($$ select h.note from (values ('t.zhang'), ('t.sun')) s (login), api.case_history(('token ' || s.login)::bytea, pg_temp.id()) h where h.event = 'attach' $$,
  $$ values ('扫描0001.pdf'), (rule.mask_text('扫描0001.pdf')) $$, 'SEC-1: the history says the name no plainer than the list does');
select is_empty($$ select * from hall.verify() $$, 'sound');

-- what it is, by its content
select throws_ok($$ select pg_temp.put('PK zip', 0) $$, 'YM001', 'paper.media', 'neither PDF nor JPEG, though named .pdf');
select throws_ok($$ select pg_temp.put(' %PDF-1.4 %%EOF', 0) $$, 'YM001', 'paper.media', 'a PDF begins with its mark');
select throws_ok($$ select pg_temp.put('%PDF-1.4 cut', 0) $$, 'YM001', 'paper.cut', 'a PDF without an end');
select throws_ok($$ select pg_temp.put('\xffd8ffe000', 0) $$, 'YM001', 'paper.cut', 'a JPEG without an end');
select throws_ok($$ select pg_temp.put('', 0, '') $$, 'YM001', 'paper.empty', 'an empty file');
select throws_ok($$ select api.paper_put('token t.zhang', pg_temp.id(), sha256('x'), -5, null, 'x', 0, 'x') $$, 'YM001', 'paper.empty', 'a size below nothing');
select throws_ok($$ select api.paper_put('token t.zhang', pg_temp.id(), 'short', 5, null, 'x', 0, 'x') $$, 'YM006', 'paper.sha256', 'a hash that is none');
select throws_ok($$ select pg_temp.put(pg_temp.b(), 0, p_seq => 9::int2) $$, 'YM006', 'material.none', 'a material the case has not');
do $$ begin perform pg_temp.put_all('\xffd8ffe00010ffd9'); end $$;
select is((select media from pg_temp.list() where size = 8), 'jpeg', 'a JPEG of one chunk, named .pdf');
select is(octet_length(pg_temp.get(pg_temp.put_all(pg_temp.file('even', 98304)), 1)), 49152, 'a last chunk as long as the others');

-- how much
do $$ begin update hall.setting set value = '0' where name = 'paper.file_mib'; end $$;
select throws_ok($$ select pg_temp.put(pg_temp.b(), 0) $$, 'YM001', 'paper.large', 'over the limit of a file');
do $$ begin update hall.setting set value = '20' where name = 'paper.file_mib'; end $$;
select throws_ok($$ select api.paper_put('token t.zhang', pg_temp.id(), sha256('x'), 20971521, null, 'x', null, null) $$, 'YM001', 'paper.large', 'one byte over 20 MiB');
select lives_ok($$ select api.paper_put('token t.zhang', pg_temp.id(), sha256('x'), 20971520, null, 'x', null, null) $$, '20 MiB is not');
select lives_ok($$ select api.paper_put('token t.zhang', pg_temp.id(), sha256(i::text::bytea), 20000000, null, 'x', null, null) from generate_series(1, 4) i $$, 'several on their way');
select throws_ok($$ select api.paper_put('token t.zhang', pg_temp.id(), sha256('y'), 4000000, null, 'x', null, null) $$, 'YM001', 'paper.full', 'what is on its way counts for the limit of a case');
select lives_ok($$ select api.paper_put('token t.zhang', d.case_id, sha256('y'), 4000000, null, 'x', null, null) from d $$, 'of this case only');
select is((select next from pg_temp.put(pg_temp.a(), 0)), 3, 'a full case still knows what it has');
do $$ begin update hall.setting set value = '9000' where name = 'paper.file_mib'; end $$;
select throws_ok($$ select api.paper_put('token t.zhang', d.case_id, sha256('z'), 67108865, null, 'x', null, null) from d $$, 'YM001', 'paper.large', 'no setting allows more than 64 MiB');
do $$ begin update hall.setting set value = '20' where name = 'paper.file_mib'; end $$;

-- swept after a day of the wall clock
update hall.paper_upload set seen_at = hall.wall() - interval '25 hours' where case_id = pg_temp.id();
select is((select next from pg_temp.put(pg_temp.b(), 0, p_case => (select case_id from d))), 1, 'half an upload to the other case');
do $$ begin perform api.tick(1); perform api.tick(1); end $$;
select is((select count(*) from hall.paper_upload where case_id = pg_temp.id()), 0::int8, 'uploads nobody went on with are swept');
select is((select count(*) from hall.paper_upload u join d using (case_id)), 2::int8, 'younger ones are not');
update hall.paper_upload set seen_at = hall.wall() - interval '25 hours' where case_id = (select case_id from d);
do $$ begin perform api.tick(1); end $$;
select is_empty($$ select * from hall.paper_chunk x where not exists (select from hall.paper p where p.paper_id = x.paper_id) $$, 'their chunks go with them');
select is(q, (null, 0, 3)::text, 'and it begins anew') from (select p::text as q from d, api.paper_put('token t.zhang', d.case_id, sha256(pg_temp.b()), 98311, null, 'x', null, null) p) x;

-- other bytes under the same number: what follows is dropped, and it can still come right
do $$ begin
  perform pg_temp.put(pg_temp.b(), 0, pg_temp.chunk(pg_temp.a(), 0), p_case => d.case_id) from d;
  perform pg_temp.put(pg_temp.b(), 1, p_case => d.case_id) from d;
end $$;
select throws_ok($$ select pg_temp.put(pg_temp.b(), 2, p_case => d.case_id) from d $$, 'YM001', 'paper.hash', 'a wrong chunk in the middle shows at the end');
select is((select next from pg_temp.put(pg_temp.b(), 0, p_case => (select case_id from d))), 1, 'the right one in its place drops what came behind it');
select isnt((select pg_temp.put_all(pg_temp.b(), p_case => case_id) from d), null, 'sent again from there it comes right');

-- who may
select throws_ok($$ select pg_temp.put(pg_temp.b(), 0, p_login => 't.sun') $$, 'YM002', 'post.not_holder', 'SEC-3: nobody attaches who holds no post of the case');
select isnt(pg_temp.put_all(pg_temp.b(), 't.li'), null, 'who holds a later step''s post may');
select is((select actor from pg_temp.list() where sha256 = sha256(pg_temp.b())), 'A 李四', 'as the holder of that post');
select throws_ok($$ select pg_temp.get(pg_temp.p(), 0, 't.sun') $$, 'YM002', 'paper.hidden', 'SEC-1: others do not get the content');
select results_eq($$ select name, size, sha256 from pg_temp.list('t.sun') where paper_id = pg_temp.p() $$, $$ values ('扫描0***', 98311, null::bytea) $$, 'they see that it exists');
select is(pg_temp.get(pg_temp.p(), 2, 't.li'), pg_temp.chunk(pg_temp.a(), 2), 'PAR-7: the reviewing post gets it');
select throws_ok($$ select pg_temp.get(1, 0) $$, 'YM001', 'paper.none', 'no such attachment');
select throws_ok($$ select pg_temp.get(pg_temp.p(), 3) $$, 'YM006', 'paper.no', 'no such chunk');
select throws_ok($$ select pg_temp.put(pg_temp.a(), 0, p_case => 1) $$, 'YM001', 'case.none', 'no such case');
select throws_ok($$ select api.paper_put('token nobody', pg_temp.id(), sha256('x'), 1, null, 'x', null, null) $$, 'YM003', 'session.none', 'no session');

-- every get is written down
create function pg_temp.gets(p_login text) returns int8 language sql as
$$ select count(*) from hall.audit where event = 'paper.get' and subject_kind = 'staff' and subject_id = pg_temp.staff(p_login) and detail[6] = pg_temp.p()::text $$;
select is(pg_temp.gets('t.li'), 1::int8, 'SEC-1: also of who leaves out the first chunk');
select is(pg_temp.gets('t.zhang'), 1::int8, 'once for all chunks of a get');
do $$ begin perform pg_temp.get(pg_temp.p(), 0); perform pg_temp.get(pg_temp.p(), 1); end $$;
select is(pg_temp.gets('t.zhang'), 2::int8, 'again for the next get');
select is(pg_temp.gets('t.sun'), 0::int8, 'a refused one is none');

-- the wrong scan
select is((pg_temp.void(pg_temp.p(), '扫错了', 't.sun')).code, 'post.not_holder', 'void: by who holds a post of the case');
select is((pg_temp.void(pg_temp.p(), '扫错了')).status, 0::int2, 'marked void');
select is((pg_temp.void(pg_temp.p(), '再来')).code, 'paper.void', 'once');
select is((pg_temp.void(1, 'x')).code, 'paper.none', 'no such attachment');
select results_eq($$ select void_reason, voided_at is not null from pg_temp.list() where paper_id = pg_temp.p() $$, $$ values ('扫错了', true) $$, 'it stays in the list, with the reason');
select is(pg_temp.get(pg_temp.p(), 2), pg_temp.chunk(pg_temp.a(), 2), 'and its content is kept');
select throws_ok($$ select pg_temp.put(pg_temp.a(), 2) $$, 'YM001', 'paper.was_void', 'a last chunk sent again after its answer was lost does not bring it back');
select throws_ok($$ select pg_temp.put(pg_temp.a(), 0, p_seq => 1::int2) $$, 'YM001', 'paper.was_void', 'nor does the same file, for whatever material');
select is((select count(*) from hall.paper_upload u where u.sha256 = sha256(pg_temp.a())), 0::int8, 'no upload of it is begun');
select throws_ok($$ select pg_temp.put(pg_temp.file('never'), 0, p_void => pg_temp.p()) $$, 'YM001', 'paper.none', 'what was never void is not attached again');
create temp table p2 as select pg_temp.put_all(pg_temp.a(), p_seq => 1::int2, p_void => pg_temp.p()) as paper_id;
select isnt((select paper_id from p2), pg_temp.p(), 'who names the void one attaches the file anew, to the right material');
select results_eq($$ select seq, voided_at is null from pg_temp.list() where sha256 = sha256(pg_temp.a()) order by paper_id $$, $$ values (2::int2, false), (1::int2, true) $$, 'the void one stays void');
select is((pg_temp.void((select paper_id from p2), '又错了')).status, 0::int2, 'void once more');
select throws_ok($$ select pg_temp.put(pg_temp.a(), 2, p_void => pg_temp.p()) $$, 'YM001', 'paper.was_void', 'the one named must be the last of them: no answer lost long ago brings it back');
select throws_ok($$ delete from hall.paper $$, 'YM010', null, 'attachments are not deleted');
select throws_ok($$ update hall.paper set name = 'x' $$, 'YM010', null, 'nor changed');
select throws_ok($$ update hall.paper_chunk set bytes = 'x' $$, 'YM010', null, 'nor their content');
select throws_ok($$ delete from hall.paper_chunk where paper_id = pg_temp.p() $$, 'YM010', null, 'which is not deleted either');

-- originals
select is((pg_temp.keep('{营业执照正本,房产证}', '{1,2}', '{2,null}')).status, 0::int2, 'CASE-2: originals kept are listed');
select results_eq($$ select name, copies, seq, kept_by, kept_window, returned_at from pg_temp.originals() $$,
  $$ values ('营业执照正本', 1::int2, 2::int2, '张三丰', 9901, null::timestamptz), ('房产证', 2::int2, null, '张三丰', 9901, null) $$, 'each with its copies and material');
select is((pg_temp.keep('{x,y}', '{1}')).code, 'original.length', 'as many copies as names, or none');
select is((pg_temp.keep('{x}', '{0}')).code, 'original.copies', 'no copy at all');
select is((pg_temp.keep('{x}', null, '{9}')).code, 'material.none', 'a material the case has not');
select is((pg_temp.keep('{x}', p_login => 't.sun')).code, 'post.not_holder', 'by who holds a post of the case');
create temp table o as select * from pg_temp.originals();
create function pg_temp.o(p text) returns int8 language sql as $$ select original_id from o where name = p $$;
select is((pg_temp.give_back(array[pg_temp.o('房产证'), 1])).code, 'original.none', 'what the case has not cannot go back');
select is((pg_temp.give_back(array[pg_temp.o('房产证')], '欧阳小明', p_remark => '本人签字')).status, 0::int2, 'one goes back');
select is((pg_temp.give_back(array[pg_temp.o('营业执照正本'), pg_temp.o('房产证')])).code, 'original.returned', 'once');
select results_eq($$ select name, returned_by, returned_window, receiver, remark from pg_temp.originals() $$,
  $$ values ('营业执照正本', null, null, null, null), ('房产证', '张三丰', 9901, '欧阳小明', '本人签字') $$, 'to whom, by whom');
select results_eq($$ select receiver, remark from pg_temp.originals('t.sun') where receiver is not null $$, $$ values ('欧***', '本人签***') $$, 'SEC-1: masked to others');
select is_empty($$ select * from hall.event e where e.case_id = pg_temp.id() and array_to_string(e.detail, ' ') ~ '欧阳|扫描|执照|房产' $$, 'decision 14: the trail has commitments, no names');
select throws_ok($$ update hall.original set receiver = 'x' where returned_at is not null $$, 'YM010', null, 'what was signed for is not changed');

-- CASE-2: each is on a paper the citizen takes home
create temp table slips as select n.notice_id, n.kind, n.number, n.voided_at, n.replaces_id, n.blocks from hall.notice n where n.case_id = pg_temp.id();
create function pg_temp.rows_of(p_notice int8) returns text language sql as $$
  select string_agg(concat_ws('|', b.c2, b.c3, b.c4), ' ' order by b.o) filter (where b.block = 'row' and b.c4 ~ '日$')
  from hall.notice n, unnest(n.blocks) with ordinality b (block, c1, c2, c3, c4, widths, o) where n.notice_id = p_notice
$$;
select results_eq($$ select kind, voided_at is null, number from slips order by notice_id $$,
  $$ select k, v, (select c.number from c) from (values ('receipt', false), ('receipt', true), ('give_back', true)) x (k, v) $$,
  'the receipt of the day is issued anew, what goes back has a slip; DOC-1: no series');
select is((select n.replaces_id from slips n where n.kind = 'receipt' and n.voided_at is null), (select min(notice_id) from slips), 'in place of the first');
select is(pg_temp.rows_of((select notice_id from slips where kind = 'receipt' and voided_at is null)), '营业执照正本|1|2026年11月23日 房产证|2|2026年11月23日', 'the receipt lists originals kept, with copies and day');
select is(pg_temp.rows_of((select min(notice_id) from slips)), null, 'DOC-3: the one before stays as it was');
select results_eq($$ select b.block, b.c1, b.c2, b.c3 from slips s, unnest(s.blocks) b where s.kind = 'give_back' and b.block in ('field', 'sign') $$,
  $$ values ('field', '领取人', '欧阳小明', null), ('field', '归还日期', '2026年11月23日', null), ('field', '说明', '本人签字。', null), ('sign', '归还人', '张三丰', '领取人') $$, 'the slip says who gave it back and who signs');
select is(pg_temp.rows_of((select notice_id from slips where kind = 'give_back')), '房产证|2|2026年11月23日', 'and what went back');
select results_eq($$ select o.name, s.kind from pg_temp.originals() o left join slips s using (notice_id) $$, $$ values ('营业执照正本', 'receipt'), ('房产证', 'give_back') $$, 'each original knows the paper that tells of it');
select is_empty($$ select * from slips s, api.notice_show('token t.sun', s.notice_id) b where concat(b.c1, b.c2, b.c3, b.c4) ~ '欧阳小明|本人签字' $$, 'SEC-1: who got it is masked to others');
select is((pg_temp.give_back(array[pg_temp.o('营业执照正本')], '{item}%')).status, 0::int2, 'whoever signs');
select is((select b.c2 from hall.notice n, unnest(n.blocks) b where n.case_id = pg_temp.id() and n.kind = 'give_back' and b.c1 = '领取人' order by n.notice_id desc limit 1), '{item}%', 'braces and percent signs stay what they are');

-- another day, and several cases of one visit
create temp table vs as select * from pg_temp.receive('{1}', '{present}');
create temp table vt as select * from pg_temp.also((select case_id from vs), '第二件', pg_temp.make_item('T-002', '第二个事项'));
select is((select (pg_temp.keep('{户口簿}', p_case => case_id)).status from vt), 0::int2, 'kept for one of two cases of a visit');
select is((select count(*) from hall.notice n where n.voided_at is null and n.kind = 'receipt' and (n.case_id = (select case_id from vs) or n.case_id = (select case_id from vt))), 1::int8, 'one receipt for both stands');
select is(pg_temp.rows_of((rule.last_receipt((select case_id from vs))).notice_id), '户口簿|1|2026年11月23日', 'that lists it');
select is((select count(*) from pg_temp.slip_rows((select case_id from vs))), 1::int8, 'once');
create temp table vu as select * from pg_temp.also((select case_id from vs), '第三件', pg_temp.make_item('T-003', '第三个事项'));
select is(pg_temp.rows_of((rule.last_receipt((select case_id from vu))).notice_id), '户口簿|1|2026年11月23日', 'a third item of the visit: the receipt of all still does');
select is((select o.notice_id from vt, api.paper_originals('token t.zhang', vt.case_id) o), (rule.last_receipt((select case_id from vu))).notice_id, 'and is the paper of the original now');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 09:00')); end $$;
select is((select (pg_temp.keep('{户口簿副页}', p_case => case_id)).status from vt), 0::int2, 'kept the day after');
select results_eq($$ select n.kind, pg_temp.rows_of(n.notice_id) from hall.notice n join vt using (case_id) order by n.notice_id desc limit 1 $$,
  $$ values ('original', '户口簿副页|1|2026年11月24日') $$, 'the receipt is left alone: a slip lists what was kept now');
select is((select (pg_temp.keep('{甲,乙}', p_login => 't.li', p_case => case_id)).status from vs), 0::int2, 'by the holder of a later step''s post');
select is((select count(*) from hall.notice n join vs using (case_id) where n.kind = 'original'), 1::int8, 'with a slip, too');
select is_empty($$ select * from hall.verify() $$, 'sound');

-- found when changed behind the triggers' back
select is_empty($$ select * from hall.verify() $$, 'sound');
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
select is(pg_temp.found(q), w::text[], n) from (values
  ('update hall.paper_chunk set bytes = set_byte(bytes, 3, 1) where paper_id = pg_temp.p() and no = 2', '{paper.content}', 'one byte changed'),
  ('delete from hall.paper_chunk where paper_id = pg_temp.p() and no = 1', '{paper.content}', 'a chunk gone'),
  ('update hall.paper p set seq = 3 where paper_id = pg_temp.p()', '{paper.event}', 'another material'),
  ('update hall.paper p set void_reason = $$x$$ where paper_id = pg_temp.p()', '{paper.void}', 'another reason'),
  ('update hall.paper p set voided_at = null, void_reason = null, sha256 = sha256($$x$$) where paper_id = pg_temp.p()', '{paper.content,paper.event,paper.void}', 'void no more'),
  ('delete from hall.paper where paper_id = pg_temp.p()', '{paper.lost,paper.stray}', 'an attachment gone'),
  ('update hall.original set name = $$x$$ where original_id = pg_temp.o($$房产证$$)', '{original.kept}', 'another original'),
  ('update hall.original set receiver = $$x$$ where original_id = pg_temp.o($$房产证$$)', '{original.returned}', 'another receiver'),
  ('update hall.original set returned_at = null, returned_by = null, returned_window_id = null, receiver = null where original_id = pg_temp.o($$房产证$$)', '{original.returned}', 'a return denied')) t (q, w, n);
set session_replication_role = origin;

-- the end of the case
do $$ begin
  perform pg_temp.correct(case_id, 1) from d;
  perform pg_temp.at(pg_temp.moment('2027-01-30 09:00'));
  perform api.tick(100);
end $$;
select is((select state from hall.case_file join d using (case_id)), 'lapsed', 'over');
select isnt((select pg_temp.put_all(pg_temp.file('送达回证'), p_case => case_id) from d), null, 'DOC-1: the signed 送达回证 comes after the end and is attached');
select results_eq($$ select e.event, e.from_state, e.to_state, e.staff_id, e.acting from hall.event e join d using (case_id) order by e.seq desc limit 1 $$,
  $$ values ('attach', 'lapsed', 'lapsed', pg_temp.staff('t.zhang'), 'A') $$, 'SEC-2: with its event, in the state it is in');
select isnt((select pg_temp.put_all(pg_temp.file('回证二'), 't.li', case_id) from d), null, 'SEC-3: by whoever holds a post of the item now');
select throws_ok($$ select pg_temp.put(pg_temp.file('q'), 0, p_login => 't.sun', p_case => case_id) from d $$, 'YM002', 'post.not_holder', 'and by nobody else');
select is((select (pg_temp.void(l.paper_id, '扫错了')).status from d, pg_temp.list(p_case => d.case_id) l order by l.paper_id desc limit 1), 0::int2, 'a wrong one is void there, too');
select is((select (pg_temp.keep('{x}', p_case => case_id)).code from d), 'original.closed', 'CASE-2: no original is kept for what is over');
select is_empty($$ select * from hall.verify() $$, 'sound');
select * from finish(true);
rollback;
