-- CASE-12, CAT-6, SEC-1, decision 17: what finds a case or an item, and who sees it plain.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(72);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.sun', 9903);
end $$;

-- pinyin
insert into hall.pinyin_reading values ('会', 'hui kuai'), ('计', 'ji'), ('银', 'yin'), ('行', 'xing hang'), ('单', 'dan shan chan'), ('欧', 'ou'),
  ('阳', 'yang'), ('小', 'xiao'), ('明', 'ming'), ('食', 'shi'), ('品', 'pin'), ('经', 'jing'), ('营', 'ying'), ('许', 'xu'), ('可', 'ke'), ('曾', 'ceng zeng'),
  ('含', 'han'), ('保', 'bao'), ('健', 'jian'), ('重', 'zhong chong'), ('长', 'chang zhang')
on conflict (hanzi) do update set readings = excluded.readings;
insert into hall.pinyin_phrase values ('会计', false, 'kuai ji'), ('银行', false, 'yin hang'), ('曾', true, 'zeng'), ('单', true, 'shan') on conflict do nothing;
select is(rule.initials('会计'), '{kj,hj}', 'a phrase reads as it does, its characters otherwise too');
select is(rule.initials('银行'), '{yh,yx}', 'bank');
select is(rule.initials('会'), '{h,k}', 'alone: the frequent reading first');
select is(rule.initials('曾小明', true), '{zxm,cxm}', 'a surname at the front of a name');
select is(rule.initials('曾小明', false), '{cxm,zxm}', 'not in an item');
select is(rule.initials('小单', true), '{xd,xs,xc}', 'a surname only at the front');
select is(rule.initials('John 欧阳3'), '{johnoy3}', 'letters and digits stand for themselves');
select is(rule.initials('ＡＢ小'), '{abx}', 'full-width letters, too');
select is(cardinality(rule.initials('行行行行行行行行')), 16, 'at most sixteen');
select is((rule.initials('行行行行行行行行'))[1], 'xxxxxxxx', 'the likeliest first');
select is(rule.bare('食品(含保健食品)经营许可（新）'), '食品经营许可', 'brackets, both kinds');
select is(rule.bare('甲（乙（丙）丁）戊'), '甲戊', 'brackets within brackets');
select is(rule.grams('张三丰 李四', 2), '{三丰,张三,李四}', 'pairs within words');

-- items
create temp table i as select pg_temp.make_item('Z-9931X', '食品(含保健食品)经营许可试') as item, pg_temp.make_item('Z-9932X', '会计银行试') as other;
create function pg_temp.items(p_q text) returns text[] language sql as
$$ select array(select code from api.item_find('token t.zhang', p_q, (select department_id from hall.department where name = '测试局'), null, null, null) order by 1) $$;
select is(pg_temp.items('食品经营'), '{Z-9931X}', 'over the brackets');
select is(pg_temp.items('保健食品'), '{Z-9931X}', 'within the brackets');
select is(pg_temp.items('spjy'), '{Z-9931X}', 'initials over the brackets');
select is(pg_temp.items('SPJY'), '{Z-9931X}', 'in capitals');
select is(pg_temp.items('hbjsp'), '{Z-9931X}', 'initials within them');
select is(pg_temp.items('jyxk'), '{T-001,Z-9931X}', 'anywhere in the name');
select is(pg_temp.items('kjyh'), '{Z-9932X}', 'polyphones');
select is(pg_temp.items('hjyx'), '{Z-9932X}', 'either way');
select is(pg_temp.items('9932'), '{Z-9932X}', 'a piece of the code');
select is(pg_temp.items('z-9931x'), '{Z-9931X}', 'the code');
select is(pg_temp.items('品'), '{Z-9931X}', 'one character');
select is(pg_temp.items('没有这个'), '{}', 'nothing');
select is(pg_temp.items('%'), '{}', 'a percent sign is a percent sign');
select is(pg_temp.items('_'), '{}', 'so is an underscore');
select is(cardinality(pg_temp.items('')), 3, 'everything');
select results_eq($$ select mine, guide from api.item_find('token t.zhang', 'z-9931x', null, null, null, null) $$, $$ values (true, true) $$, 'mine: a post I hold receives it');
select results_eq($$ select mine from api.item_find('token t.li', 'z-9931x', null, null, null, null) $$, $$ values (false) $$, 'not another''s');
select is((select count(*) from api.item_find('token t.zhang', '', null, true, null, null)), 3::int8, 'only mine');
select is((select count(*) from api.item_find('token t.zhang', '', null, null, 1, 2)), 2::int8, 'a page');

-- cases
create temp table c as select * from pg_temp.receive('{1,2,3,4}', '{present,present,present,present}', p_name => '欧阳小明', p_id => '51340119910101881X');
create function pg_temp.finds(p_q text, p_token text default 'token t.zhang') returns bool language sql as
$$ select exists (select from api.case_find(p_token::bytea, p_q, null, null) f join c using (case_id)) $$;
select ok(pg_temp.finds((select number from c)), 'its number');
select ok(pg_temp.finds((select replace(number, '-', '') from c)), 'its digits, as scanned');
select ok(pg_temp.finds((select right(replace(number, '-', ''), 5) from c)), 'the last digits of it');
select ok(pg_temp.finds('9101018'), 'digits within the identity number');
select ok(pg_temp.finds('881x'), 'with its X');
select ok(pg_temp.finds('3812345'), 'digits of the telephone');
select ok(pg_temp.finds('阳小'), 'two hanzi');
select ok(pg_temp.finds('欧阳小明'), 'the name');
select ok(pg_temp.finds('oyx'), 'three initials');
select ok(pg_temp.finds('yxm'), 'anywhere in the name');
select ok(not pg_temp.finds('欧小'), 'not what only looks alike');
select ok(not pg_temp.finds('99999'), 'not other digits');
select throws_ok($$ select * from api.case_find('token t.zhang', '123', null, null) $$, 'YM006', 'find.short_digits', 'three digits are too few');
select throws_ok($$ select * from api.case_find('token t.zhang', '欧', null, null) $$, 'YM006', 'find.short_name', 'one hanzi');
select throws_ok($$ select * from api.case_find('token t.zhang', 'oy', null, null) $$, 'YM006', 'find.short_initials', 'two initials');

-- segment by segment: older ones are looked through when the newest have too few
create function pg_temp.past(p_keys int8) returns int8 language sql as $$ select setval('hall.id_seq', nextval('hall.id_seq') + p_keys) $$;
create temp table many as select n, (pg_temp.receive('{1}', '{present}', p_name => '尉迟金蝉')).case_id, pg_temp.past(case when n = 2 then 500000 else 140000 end)
from generate_series(1, 3) n;
select is((select count(distinct hall.segment(case_id)) from many), 3::int8, 'three segments');
select results_eq($$ select case_id from api.case_find('token t.zhang', '尉迟金蝉', null, null) $$, $$ select case_id from many order by n desc $$, 'the newest first, whatever segment');
select results_eq($$ select case_id from api.case_find('token t.zhang', 'ycjc', 1, 1) $$, $$ select case_id from many where n = 2 $$, 'a page may begin in an older segment');
select is_empty($$ select case_id from api.case_find('token t.zhang', '尉迟金蝉', 3, 1) $$, 'and ends after the oldest');
select is_empty($$ select case_id from api.case_find('token t.zhang', '蝉金', null, null) $$, 'runs in another order are not it');
select is(hall.case_grams(131072, '12345 X9', '甲乙 丙', 'abc'), array['1:1234', '1:2345', '1:甲乙', '1:abc'], 'what the index holds');

-- who sees what
select results_eq($$ select applicant, id_tail from api.case_find('token t.zhang', '51340119910101881X', null, null) $$, $$ values ('欧阳小明', '881X') $$, 'plain to who handles it');
select results_eq($$ select applicant from api.case_find('token t.sun', '51340119910101881X', null, null) $$, $$ values ('欧***') $$, 'masked to others');
select results_eq($$ select s.mine, s.id_no, s.applicant, s.phone, s.address, s.matter from c, api.case_show('token t.sun', c.case_id) s $$,
  $$ values (false, '5134**********881X', '欧***', '138****5678', '某街道***', '开一家***') $$, 'SEC-1: masked');
select results_eq($$ select s.mine, s.id_no, s.applicant, s.phone, s.address, s.matter from c, api.case_show('token t.zhang', c.case_id) s $$,
  $$ values (true, '51340119910101881X', '欧阳小明', '13812345678', '某街道九号', '开一家店') $$, 'plain to the holder of its post');
select ok(exists (select from c join hall.notice n using (case_id), api.notice_show('token t.zhang', n.notice_id) b where b.c1 like '欧阳小明%'), 'a paper names the applicant');
select ok(not exists (select from c join hall.notice n using (case_id), api.notice_show('token t.sun', n.notice_id) b where concat(b.c1, b.c2, b.c3, b.c4) like '%阳小明%'), 'masked to others');
select is(rule.mask_name('org', '示例有限公司'), '示例有限公司', 'an organisation has no personal name');
select is(rule.mask_id('E12345'), '****45', 'a short number');
select is(rule.mask_name('resident', '李'), '李*', 'a name of one character');

-- what clerks write about a case names people, too
create temp table w as select * from pg_temp.receive('{1,2}', '{present,defective}', p_name => '上官云', p_id => '12345678',
  p_note => '{"","上官云的证件（电话13812345678）已过期"}');
do $$ begin
  update hall.case_file set matter = '上官云的事情' where case_id = (select case_id from w);
  perform api.case_correct('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), 'x', case_id, 1, null, null, null, null, '请转告上官云') from w;
end $$;
select is((select string_agg(m.note, '') from w, api.case_materials('token t.sun', w.case_id) m), '上**的证件（电话138****5678）已过期', 'SEC-1: the note of a material is masked');
select is((select string_agg(m.note, '') from w, api.case_materials('token t.zhang', w.case_id) m), '上官云的证件（电话13812345678）已过期', 'plain to the holder');
select is((select string_agg(h.note, '') from w, api.case_history('token t.sun', w.case_id) h), '请转告上**', 'a remark in the history is masked');
select is((select string_agg(h.note, '') from w, api.case_history('token t.zhang', w.case_id) h), '请转告上官云', 'plain to the holder');
select is_empty($$ select b.* from w join hall.notice n using (case_id), api.notice_show('token t.sun', n.notice_id) b
  where concat(b.c1, b.c2, b.c3, b.c4) ~ '官云|的事情|13812345678' $$, 'nothing of it stands on a paper shown to others');
select is((select f.id_tail from w, api.case_find('token t.sun', '12345678', null, null) f where f.case_id = w.case_id), '78', 'a short identity number shows no more than when masked');

-- a newer case has the digits of an older one's number in its identity number
create temp table told as select c.case_id, left(right(replace(f.number, '-', ''), 7), 6) as serial, right(f.number, 1) as digit
  from c join hall.case_file f using (case_id);
do $$ begin perform pg_temp.receive('{1}', '{present}', p_id => '9' || serial || digit) from told; end $$;
select is((select array_agg(f.case_id = told.case_id) from told, api.case_find('token t.zhang', told.serial, null, null) f), '{t,f}', 'CASE-12: the case so numbered comes first');
select is((select array_agg(f.case_id = told.case_id) from told, api.case_find('token t.zhang', right(told.serial, 4) || told.digit, null, null) f), '{t,f}', 'with its check digit, too');

-- queue
select is((select count(*) from api.case_queue('token t.zhang', null, null, null, null) q join c using (case_id)), 1::int8, 'in the queue of who holds its post');
select is((select count(*) from api.case_queue('token t.li', null, null, null, null) q join c using (case_id)), 0::int8, 'not in another''s');
select * from finish(true);
rollback;
