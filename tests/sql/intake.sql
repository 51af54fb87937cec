-- CASE-2, CASE-5, CASE-13, CASE-14, CASE-17, CAT-5, ONE-1 … ONE-4: one case from its papers
-- to its acceptance, and everything on the way that is refused.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(76);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
end $$;

-- who may, and what can be received
select is(code, 'item.no_guide', 'CASE-17: 指南未录入') from pg_temp.receive('{1}', '{present}', p_item => pg_temp.make_item('T-002', '没有指南', false));
select is(code, 'item.none', 'no such item') from pg_temp.receive('{1}', '{present}', p_item => 7);
select results_eq($$ select status, code, arg1 from pg_temp.receive('{1}', '{present}', 't.li') $$,
  $$ values (2::int2, 'post.not_holder', '测试受理') $$, 'SEC-3: only who holds the post');
do $$ begin update hall.item_version set in_force = false where item_version_id = pg_temp.item(); end $$;
select is(code, 'item.superseded', 'CAT-4: an old version is not received under') from pg_temp.receive('{1}', '{present}');
do $$ begin update hall.item_version set in_force = true where item_version_id = pg_temp.item(); end $$;

-- ticks
select results_eq($$ select status, code, arg1 from pg_temp.receive('{1,1}', '{present,absent}') $$,
  $$ values (6::int2, 'tick.twice', 'seq') $$, 'a material ticked twice');
select is(code, 'tick.length', 'arrays of unequal length') from pg_temp.receive('{1,2}', '{present}');
select results_eq($$ select status, code, arg1 from pg_temp.receive('{1}', '{lost}') $$,
  $$ values (6::int2, 'tick.state', 'state') $$, 'no such tick');
select is(code, 'material.none', 'no such material') from pg_temp.receive('{9}', '{present}');
select is(code, 'material.needed', 'a required material is not unneeded') from pg_temp.receive('{1}', '{unneeded}');
select results_eq($$ select code, arg1 from pg_temp.receive('{2}', '{later}', p_later => '{2026-12-01}') $$,
  $$ values ('material.not_later', '营业执照') $$, 'CAT-5: only what may follow may follow');
select is(code, 'material.no_date', '容缺 has a date') from pg_temp.receive('{4}', '{later}');
select is(code, 'material.date_past', 'which is not past') from pg_temp.receive('{4}', '{later}', p_later => '{2026-11-22}');
select is(code, 'material.no_note', 'ONE-1: what is defective says what to do') from pg_temp.receive('{1}', '{defective}', p_note => '{ }');
select is(code, 'agent.name', 'an agent has a name') from
  api.case_receive('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), 'x', pg_temp.item(), 'resident', '1', 'n', '1', null,
    null, 'resident', '110101199001010015', null, null, null, null, null, null, null, null);
select is(code, 'agent.expired', 'and a letter of authority that holds') from
  api.case_receive('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), 'x', pg_temp.item(), 'resident', '1', 'n', '1', null,
    '代理人', 'resident', '110101199001010015', null, null, '2026-11-22', null, null, null, null, null);
select is((select count(*) from hall.case_file f where f.item_version_id = pg_temp.item()), 0::int8, 'a refusal leaves nothing');

-- a material nobody looked at
create temp table unread as select * from pg_temp.receive('{1,2,3,4}', '{present,open,open,open}');
select is(string_agg(m.state, ' ' order by m.seq), 'present open open open unneeded', 'CASE-2: what nobody looked at is not missing') from unread join hall.case_material m using (case_id);
select is_empty($$ select s.c2 from unread, lateral pg_temp.last_paper(unread.case_id, 'receipt') n, lateral api.notice_show('token t.zhang', n.notice_id) s where s.c2 like '未收到%' $$,
  'and its receipt does not say so');
select is((pg_temp.accept(case_id, 1)).code, 'materials.missing', 'it is not accepted unread') from unread;
select results_eq($$ select c.code, c.arg2 from unread, lateral pg_temp.correct(unread.case_id, 1, '{2}', '{absent}') c $$,
  $$ values ('material.open', '3') $$, 'ONE-1: nor told in part');
select is((pg_temp.correct(case_id, 1, '{1,2,3,4}', '{open,absent,absent,absent}')).code, 'tick.state', 'what was looked at stays looked at') from unread;

-- receive
create temp table c as select * from pg_temp.receive('{1,2,3}', '{present,absent,defective}', p_note => '{"","","盖章不清，重新盖章"}');
select is(status, 0::int2, 'received') from c;
select matches(number, '^\d{4}-20261123-\d{6,}-\d$', 'CASE-12: its number') from c;
select is(f.state || ' v' || f.version, 'received v1', 'received, version 1') from c, hall.case_file f where f.case_id = c.case_id;
select is(f.term_at, pg_temp.moment('2026-11-30 17:00'), 'ONE-2: closing of the fifth working day') from c, hall.case_file f where f.case_id = c.case_id;
select results_eq($$ select m.seq, m.state, m.note from hall.case_material m, c where m.case_id = c.case_id order by 1 $$,
  $$ values (1::int2, 'present', null), (2::int2, 'absent', null), (3::int2, 'defective', '盖章不清，重新盖章'),
    (4::int2, 'absent', null), (5::int2, 'unneeded', null) $$, 'ticks as given; the rest absent or not needed');
select results_eq($$ select n.kind, n.number = c.number, n.serial from hall.notice n, c where n.case_id = c.case_id $$,
  $$ values ('receipt', true, null::int4) $$, 'DOC-1: a receipt, outside every series');

-- what is refused now
select results_eq($$ select status, code from pg_temp.accept((select case_id from c), 1) $$, $$ values (1::int2, 'materials.missing') $$, 'CASE: accept needs every required material');
select is(x.arg1, '营业执照、平面图、健康证', 'and names what is missing') from c, pg_temp.accept(c.case_id, 1) x;
select is(x.code, 'case.none', 'no such case') from pg_temp.accept(5, 1) x;
select is(x.code, 'case.changed', 'CASE-14: a version never seen') from c, pg_temp.accept(c.case_id, 2) x;
select is(x.code, 'post.not_holder', 'another post''s case') from c, pg_temp.accept(c.case_id, 1, p_login => 't.li') x;
select is(x.code, 'case.state', 'nothing to answer yet') from c, pg_temp.answer(c.case_id, 1, '{2}', '{present}') x;

-- correct, once
create temp table o as select x.* from c, pg_temp.correct(c.case_id, 1, '{5}', '{absent}') x;
select is(status, 0::int2, 'corrected') from o;
select is(number, '示测补〔2026〕00001号', 'DOC-2: number of the one-time notice') from o;
select is((pg_temp.correct(case_id, 1, '{2,3,4}', '{absent,present,present}')).status, 0::int2, 'looked at, it is told') from unread;
select is(string_agg(m.state, ' ' order by m.seq), 'present absent present present unneeded', 'with its ticks') from unread join hall.case_material m using (case_id);
select is(f.state || ' v' || f.version, 'correcting v2', 'correcting') from c, hall.case_file f where f.case_id = c.case_id;
select is(f.term_at, pg_temp.moment('2026-12-23 17:00'), 'ONE-2: thirty calendar days to answer') from c, hall.case_file f where f.case_id = c.case_id;
select set_eq($$ select m.seq from hall.case_material m, c where m.case_id = c.case_id and told $$, array[2, 3, 4, 5]::int2[], 'ONE-1: everything missing was told');
select results_eq($$ select b.c2, b.c3, b.c4 from hall.notice n, unnest(n.blocks) b, c where n.case_id = c.case_id and n.kind = 'correction' and b.block = 'row' $$,
  $$ values ('营业执照', '未提交', '提交复印件2份'), ('平面图', '不符合要求', '盖章不清，重新盖章'),
    ('健康证', '未提交', '提交复印件1份'), ('授权书', '未提交', '提交原件1份') $$, 'and stands on the paper, with what to do');
select is(x.code, 'case.state', 'a notice under way is not corrected') from c, pg_temp.correct(c.case_id, 2) x;

-- a partial answer opens a new term; a second notice is refused
select is(x.code, 'answer.nothing', 'an answer brings something') from c, pg_temp.answer(c.case_id, 2, '{2}', '{absent}') x;
select results_eq($$ select x.code, x.arg1 from c, pg_temp.answer(c.case_id, 2, '{1,2}', '{absent,present}') x $$,
  $$ values ('answer.not_told', '申请书') $$, 'ONE-3: what was there and not told is not asked for now');
select is(x.code, 'answer.nothing', 'what is defective as before is no answer') from c, pg_temp.answer(c.case_id, 2, '{3}', '{defective}', p_note => '{盖章不清，重新盖章}') x;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-26 10:00')); end $$;
select is(x.status, 0::int2, 'ONE-2: even a partial answer') from c, pg_temp.answer(c.case_id, 2, '{2,4}', '{present,present}') x;
select results_eq($$ select f.state, f.deliveries, f.term_at from hall.case_file f, c where f.case_id = c.case_id $$,
  $$ values ('received', 2::int2, pg_temp.moment('2026-12-03 17:00')) $$, 'received again, with a new term');
select results_eq($$ select b.c2, b.c4 from hall.notice n, unnest(n.blocks) b, c where n.case_id = c.case_id and n.kind = 'receipt'
    and b.block = 'row' and n.notice_id = (select max(notice_id) from hall.notice m where m.case_id = c.case_id) $$,
  $$ values ('营业执照', '2'), ('健康证', '1'), ('平面图', '不符合要求'), ('授权书', '未提交') $$,
  'DOC-1: the second receipt lists the second delivery, and what still lacks');
select is(x.code, 'correct.second', 'ONE-3: told once') from c, pg_temp.correct(c.case_id, 3) x;
select is(x.code, 'materials.missing', 'still something missing') from c, pg_temp.accept(c.case_id, 3) x;

-- accept with the last ticks in one key (ONE-4)
create temp table a as select x.* from c, pg_temp.accept(c.case_id, 3, '{3,5}', '{present,unneeded}') x;
select is(status, 0::int2, 'accepted') from a;
select is(number, '示测受〔2026〕00001号', 'DOC-2: number of the acceptance') from a;
select results_eq($$ select f.state, f.version, f.step_seq, p.code, f.term_at from hall.case_file f, c, hall.post p where f.case_id = c.case_id and p.post_id = f.post_id $$,
  $$ values ('accepted', 4, 1::int2, 't.rev', null::timestamptz) $$, 'CASE-5: to the post of the next step');
select results_eq($$ select f.due_at, f.statutory_at from hall.case_file f, c where f.case_id = c.case_id $$,
  $$ values (pg_temp.moment('2026-12-03 17:00'), pg_temp.moment('2026-12-24 17:00')) $$, 'CLK-2: promised and statutory ends');
select is((select string_agg(d.kind, ' ') from hall.due d, c where d.case_id = c.case_id), 'light', 'nothing is waiting to happen but the turn of its light');
select is((pg_temp.file(c.case_id)).provisional, false, '2026 is published') from c;

-- 容缺
create temp table d as select * from pg_temp.receive('{1,2,3}', '{present,present,present}', p_id => '110101199001010023');
select is(x.status, 0::int2, 'accepted with a material to follow') from d, pg_temp.accept(d.case_id, 1, '{4}', '{later}', p_later => '{2026-12-10}') x;
select is(b.c2 || b.c4, '健康证2026年12月10日', 'the paper names it and its day') from d, hall.notice n, unnest(n.blocks) b
where n.case_id = d.case_id and n.kind = 'acceptance' and b.block = 'row';

create temp table e as select * from pg_temp.receive('{1,2,3,4}', '{present,present,present,later}', p_id => '110101199001010031', p_later => '{null,null,null,2026-11-27}');
do $$ begin
  perform pg_temp.correct(case_id, 1, '{3}', '{absent}') from e;
  perform pg_temp.at(pg_temp.moment('2026-11-30 10:00'));
end $$;
select is(x.code, 'answer.nothing', 'ONE-2: what is ticked already is no answer, it would only move the term') from e, pg_temp.answer(e.case_id, 2, '{1}', '{present}') x;
do $$ begin perform pg_temp.answer(case_id, 2, '{3}', '{present}') from e; end $$;
select results_eq($$ select x.code, x.arg1 from e, pg_temp.accept(e.case_id, 3) x $$, $$ values ('material.date_past', '健康证') $$, '容缺: not with a day that has passed meanwhile');
select is(x.status, 0::int2, 'but with a later one') from e, pg_temp.accept(e.case_id, 3, '{4}', '{later}', p_later => '{2026-12-10}') x;

-- only defective papers are an answer, too
create temp table bad as select * from pg_temp.receive('{1,2,3,4}', '{present,present,absent,present}', p_id => '110101199001010058');
do $$ begin perform pg_temp.correct(case_id, 1) from bad; end $$;
select is(x.code, 'answer.not_told', 'ONE-3: nor what was there and is now found defective') from bad,
  pg_temp.answer(bad.case_id, 2, '{1,3}', '{defective,present}', p_note => '{缺签字,""}') x;
select is(x.code, 'answer.nothing', 'nothing at all') from bad, pg_temp.answer(bad.case_id, 2, '{3}', '{absent}') x;
select is(x.status, 0::int2, 'ONE-2: any answer, even a defective one') from bad,
  pg_temp.answer(bad.case_id, 2, '{3}', '{defective}', p_note => '{图纸无签章，请补盖}') x;
select results_eq($$ select f.state, f.term_at, f.deliveries from bad join hall.case_file f using (case_id) $$,
  $$ values ('received', pg_temp.moment('2026-12-07 17:00'), 2::int2) $$, 'received again, with a new term');

-- the trail says who, as what, where (CASE-13)
select results_eq($$ select h.event, h.actor, h.window_no, h.from_state, h.to_state from c, api.case_history('token t.zhang', c.case_id) h $$,
  $$ values ('receive', 'A 张三丰', 9901, 'none', 'received'), ('correct', 'A 张三丰', 9901, 'received', 'correcting'),
    ('answer', 'A 张三丰', 9901, 'correcting', 'received'), ('accept', 'A 张三丰', 9901, 'received', 'accepted') $$, 'CASE-13: the history');
do $$ begin
  perform pg_temp.login('t.wang', 9903);
  perform pg_temp.hold('t.in', 't.wang', 'B');
end $$;
create temp table b as select * from pg_temp.receive_all('t.wang');
select is(h.actor, 'B 王五 代 A 张三丰', 'POST-7: a B acts for A') from b, api.case_history('token t.zhang', b.case_id) h;
select is(x.code, 'post.not_holder', 'and A does not act meanwhile') from b, pg_temp.accept(b.case_id, 1) x;

-- a known applicant
select is(a.name, '欧阳小明', 'recalled by the whole number') from api.applicant_find('token t.zhang', 'resident', '110101199001010015') a;
select results_eq($$ select u.event, u.staff_id, u.detail[3] from hall.audit u join hall.window w on w.window_id = u.subject_id and w.no = 9901
    where u.subject_kind = 'window' order by u.seq desc limit 1 $$,
  $$ select 'applicant.find', pg_temp.staff('t.zhang'), f.applicant_id::text from c join hall.case_file f using (case_id) $$, 'SEC-1: who asked for whom is on record');
select is_empty($$ select * from hall.audit u where array_to_string(u.detail, ' ') like '%110101199001010015%' $$, 'without the number');
create function pg_temp.guess(p_n int4) returns int8 language sql as
$$ select count(*) from generate_series(1, p_n) i, api.applicant_find('token t.zhang', 'resident', 'N' || i) $$;
select is(pg_temp.guess(60), 0::int8, 'sixty strangers in an hour');
select throws_ok('select pg_temp.guess(1)', 'YM001', 'applicant.too_many', 'and no more');
select throws_ok($$ select * from api.applicant_find('token t.zhang', 'resident', '110101199001010015') $$, 'YM001', 'applicant.too_many', 'not even those who are known');
do $$ begin perform pg_temp.at(hall.clock() + interval '61 minutes'); end $$;
select is(pg_temp.guess(1), 0::int8, 'until the hour is over');
select is_empty($$ select * from hall.verify() $$, 'and everything is as the rules made it');
select * from finish(true);
rollback;
