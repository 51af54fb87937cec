-- NEG-1, 2, 4: every no is filed before its paper; CASE-4: finished on the spot; withdrawn.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(80);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.chen', 9903);
end $$;

-- declining
create temp table a as select * from pg_temp.receive('{1}', '{present}');
select is((pg_temp.decline(case_id, 1, 'no_such')).code, 'decline.why', 'NEG-2: three kinds') from a;
select is((pg_temp.decline(case_id, 1, 'not_required', p_facts => ' 。')).code, 'text.blank', 'with facts') from a;
select is((pg_temp.decline(case_id, 1, 'not_permitted')).code, 'decline.basis', 'which law forbids it must be said') from a;
select is((pg_temp.decline(case_id, 1, 'not_ours')).code, 'decline.where', 'NEG-4: whose matter it is must be said') from a;
select is((pg_temp.decline(case_id, 1, 'not_ours', p_post => pg_temp.post('t.in'))).code, 'decline.ours', 'not another window of one''s own department') from a;
select is((pg_temp.decline(case_id, 1, 'not_ours', p_post => 1)).code, 'decline.post', 'nor a post that is none') from a;
select is((pg_temp.decline(case_id, 1, 'not_required', p_where => '某局')).code, 'decline.not_elsewhere', 'what nobody permits is nobody else''s') from a;
select is((pg_temp.decline(case_id, 1, p_login => 't.li')).code, 'post.not_holder', 'only by the post') from a;
select is((select count(*) from hall.negative), 0::int8, 'a refused command files nothing');
create temp table ad as select d.* from a, pg_temp.decline(a.case_id, 1, p_facts => '仅供本单位职工就餐') d;
select is(number, '示测不受〔2026〕00001号', 'the paper''s number') from ad;
select results_eq($$ select f.state, f.term_at, f.version, d.case_id from ad join hall.case_file f using (case_id) left join hall.due d using (case_id) $$,
  $$ values ('declined', null::timestamptz, 2, null::int8) $$, 'declined, and no term runs');
select results_eq($$ select g.number, g.category, g.why, g.facts, g.basis, g.major, g.acting, g.post_id = pg_temp.post('t.in'), n.number
    from ad join hall.negative g using (case_id) join hall.notice n using (notice_id) $$,
  $$ values ('示测否〔2026〕00001号', 'declined', 'not_required', '仅供本单位职工就餐。', '《中华人民共和国行政许可法》第三十二条第一款第（一）项', false, 'A', true, '示测不受〔2026〕00001号') $$,
  'NEG-1: filed, with facts, basis, handler and post');
select ok(g.negative_id < n.notice_id, 'NEG-2: before its paper') from ad join hall.negative g using (case_id) join hall.notice n using (notice_id);
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'decline')) like all (array['%不需要取得行政许可%', '%查明：仅供本单位职工就餐。|%', '%六十日内%行政复议%', '%六个月内%行政诉讼%', '%第三十二条第一款第（一）项%', '%第三十二条第二款%']),
  'NEG-3: reasons, basis, review within 60 days, suit within 6 months') from ad;
select is((select e.detail[1:6] from ad join hall.event e using (case_id) where e.event = 'decline'), array['why', '', 'not_required', 'negative', '', '示测否〔2026〕00001号'], 'the trail says why and where it is filed');

-- another's competence, from correcting
create temp table b as select * from pg_temp.receive('{1}', '{present}');
do $$ begin perform pg_temp.correct(case_id, 1) from b; end $$;
select results_eq($$ select g.category, g.facts, g.basis from b join hall.negative g using (case_id) $$,
  $$ values ('correction', '营业执照：未提交；平面图：未提交；健康证：未提交', '《中华人民共和国行政许可法》第三十二条第一款第（四）项') $$, 'NEG-1: a correction asked is filed, too');
insert into hall.department (name, full_name, short_form) values ('别局', '示例区别局', '示别');
insert into hall.post (code, name, department_id, duty) select 't.other', '别局受理', department_id, 'window' from hall.department where name = '别局';
insert into hall.post_window select pg_temp.post('t.other'), window_id, '2020-01-01' from hall.window where no = 9903;
do $$ begin update hall.window set place = '二楼东' where no = 9903; perform pg_temp.decline(case_id, 2, 'not_ours', p_post => pg_temp.post('t.other')) from b; end $$;
select is(f.state, 'declined', 'declined while correcting') from b join hall.case_file f using (case_id);
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'decline')) like '%请到9903号窗口（测试三，二楼东）向示例区别局提出。%', 'NEG-4: which department and which window') from b;
select results_eq($$ select v.name, v.matter, v.state, v.to_post_id, v.note from b join hall.visit v using (case_id) $$,
  $$ values ('欧阳小明', '测试（含试验）经营许可：开一家店', 'handed', pg_temp.post('t.other'), '示测否〔2026〕00003号') $$, 'NEG-4: and the visitor is handed over');
create temp table b2 as select * from pg_temp.receive('{1}', '{present}');
do $$ begin perform pg_temp.decline(case_id, 1, 'not_ours', p_where => '省某厅') from b2; end $$;
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'decline')) like '%请向省某厅提出。%', 'or one outside the hall') from b2;
create temp table b3 as select * from pg_temp.receive('{1}', '{present}');
do $$ begin perform pg_temp.decline(case_id, 1, 'not_permitted', p_basis => '某条例第五条') from b3; end $$;
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'decline')) like all (array['%依法不得提出%', '%某条例第五条%']), 'forbidden by a law that is named') from b3;
select set_eq($$ select g.serial from hall.negative g join hall.department d using (department_id) where d.name = '测试局' $$, '{1,2,3,4,5}'::int[], 'the register has no gaps');

-- previews
create function pg_temp.preview(p_case int8, p_kind text, p_why text default null, p_facts text default null, p_document text default null, p_on date default null, p_by text default null, p_major bool default null)
returns text language sql as $$
  select string_agg(concat_ws(' ', q.block, q.c1, q.c2, q.c3), '|' order by q.no)
  from api.notice_preview('token t.zhang', p_case, p_kind, null, null, null, null, null, p_why, p_facts, null, null, null, p_document, null, p_on, p_by, p_major) q
$$;
create temp table c as select * from pg_temp.receive_all();
select ok(pg_temp.preview(case_id, 'decline', 'not_required', '自家使用') like all (array['%示测不受〔2026〕00000号%', '%查明：自家使用。%']), 'DOC-2: a preview with the facts typed') from c;
select throws_ok($$ select pg_temp.preview(case_id, 'decline', 'not_permitted', 'x') from c $$, 'YM001', 'decline.basis', 'refused as the command would be');
select ok(pg_temp.preview(case_id, 'withdraw', p_on => '2026-11-23', p_by => '欧阳小明') like '%欧阳小明于2026年11月23日签署的撤回申请%', 'of a withdrawal') from c;
select throws_ok($$ select pg_temp.preview(case_id, 'finish') from c $$, 'YM001', 'finish.not_immediate', 'of what cannot be finished on the spot');

-- finishing
create temp table quick as select pg_temp.make_item('T-002', '测试即办事项', p_promised => 1) as item;
update hall.item_version set handling = 'immediate', result_doc = '登记证明' where item_version_id = (select item from quick);
create temp table f as select r.* from quick, pg_temp.receive('{1,2,3}', '{present,present,present}', p_item => item) r;
select is((pg_temp.finish(case_id, 1)).code, 'case.changed', 'only what was seen') from (select case_id from f where version = 2) q;
select is((pg_temp.finish(case_id, 1)).code, 'materials.missing', 'every material must be there') from f;
select is((pg_temp.finish(case_id, 1, '{4}', '{later}', p_later => '{2026-12-01}')).code, 'finish.later', 'one that follows later is not there') from f;
select ok(pg_temp.preview(case_id, 'decline', 'not_required', 'x') is not null, 'still received') from f;
create temp table fd as select d.* from f, pg_temp.finish(f.case_id, 1, '{4}', '{present}', p_no => '登字第8号') d;
select is(number, '示测结〔2026〕00001号', 'CASE-4: one paper') from fd;
select results_eq($$ select c.state, date_trunc('minute', c.accepted_at), c.due_at, c.statutory_at is not null, c.term_at, c.post_id, d.case_id
    from fd join hall.case_file c using (case_id) left join hall.due d using (case_id) $$,
  $$ values ('closed', pg_temp.moment('2026-11-23 09:00'), pg_temp.moment('2026-11-24 17:00'), true, null::timestamptz, pg_temp.post('t.in'), null::int8) $$, 'accepted, decided and closed in one');
select results_eq($$ select document, document_no, timing, spare from fd join hall.case_outcome using (case_id) $$, $$ values ('登记证明', '登字第8号', 'early', 1) $$, 'CLK-6: a day early; the item''s result document');
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'finish')) like all (array['%办理结果 登记证明%', '%文书编号 登字第8号%']), 'on its paper') from fd;
select is((select string_agg(e.event || ' ' || e.from_state || ' ' || e.to_state, '; ' order by e.seq) from fd join hall.event e using (case_id)), 'receive none received; finish received closed', 'fully recorded');
select is((select days_left from api.case_show('token t.zhang', case_id)), null, 'no day is left of what is closed') from fd;
select is((select string_agg(distinct state, ' ') from api.case_steps('token t.zhang', case_id)), 'past', 'and it is at no step') from fd;
select ok(e.detail @> array['material.4'], 'with its ticks') from fd join hall.event e using (case_id) where e.event = 'finish';
select results_eq(format($$ select * from rule.timing(%L, %L, '{}') $$, pg_temp.moment(a.due), pg_temp.moment(a.at)), format('values (%L, %s)', a.timing, a.n), 'CLK-6: ' || a.timing || ' ' || a.n) from (values
  ('2026-11-23 09:00', '2026-11-24 17:00', 'early', 1), ('2026-11-24 17:00', '2026-11-24 17:00', 'on_time', 0), ('2026-11-24 17:01', '2026-11-24 17:00', 'overdue', 0),
  ('2026-11-27 16:00', '2026-11-30 17:00', 'early', 1), ('2026-11-30 09:00', '2026-11-27 17:00', 'overdue', -1), ('2026-11-27 09:00', '2026-11-27 17:00', 'on_time', 0)) a (at, due, timing, n);
select results_eq($$ select * from rule.timing(null, hall.clock(), '{}') $$, 'values (null::text, null::int4)', 'nothing promised, nothing kept');
create temp table free as select pg_temp.make_item('T-004', '测试无承诺事项', p_promised => null) as item;
update hall.item_version v set handling = 'immediate' from free where v.item_version_id = free.item;
create temp table fr as select (pg_temp.receive('{1,2,3,4}', '{present,present,present,present}', p_item => item)).case_id from free;
select is((pg_temp.finish(case_id, 1)).status, 0::int2, 'an item that promises nothing is finished, too') from fr;
select results_eq($$ select o.timing, o.spare from fr join hall.case_outcome o using (case_id) $$, $$ values (null::text, null::int4) $$, 'with nothing to spare or to miss');

-- CASE-18: received and finished by hand, keyed in the next day
create temp table h as select r.* from quick, api.case_receive('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('r'),
  quick.item, 'resident', '110101199001010015', '欧阳小明', '13812345678', null, null, null, null, null, null, null, null, '{1,2,3,4}', '{present,present,present,present}', null, null,
  p_paper_no => 'A-1', p_paper_at => pg_temp.moment('2026-11-20 10:00'), p_paper_reason => '停电') r;
select is((pg_temp.finish(case_id, 1, p_at => pg_temp.moment('2026-11-20 09:00'))).code, 'finish.before', 'not before it came') from h;
select is((pg_temp.finish(case_id, 1, p_at => pg_temp.moment('2026-11-23 15:00'))).code, 'hand.future', 'nor in the future') from h;
select is((pg_temp.finish(case_id, 1, p_at => pg_temp.moment('2026-11-20 11:00'))).status, 0::int2, 'finished by hand') from h;
select results_eq($$ select f.accepted_at, o.spare, date_trunc('minute', e.at) from h join hall.case_file f using (case_id) join hall.case_outcome o using (case_id) join hall.event e using (case_id) where e.event = 'finish' $$,
  $$ values (pg_temp.moment('2026-11-20 11:00'), 1, pg_temp.moment('2026-11-23 09:00')) $$, 'counts from then; its event is of the key-in');
select is((pg_temp.finish(r.case_id, 1, p_at => pg_temp.moment('2026-11-20 11:00'))).code, 'finish.not_by_hand', 'only what was received by hand')
from quick, pg_temp.receive('{1,2,3,4}', '{present,present,present,present}', p_item => quick.item) r;

-- withdrawing
create temp table w as select * from pg_temp.receive_all();
select is((pg_temp.withdraw(case_id, 1, p_on => '2026-11-24')).code, 'withdraw.day_ahead', 'not signed tomorrow') from w;
select is((pg_temp.withdraw(case_id, 1, p_on => '2026-11-22')).code, 'withdraw.day_before', 'nor before the application') from w;
select is((pg_temp.withdraw(case_id, 1, p_by => ' ')).code, 'text.blank', 'by somebody') from w;
do $$ begin perform pg_temp.accept(case_id, 1) from w; end $$;
select is((pg_temp.withdraw(case_id, 2, 't.li')).code, 'post.not_holder', 'by the receiving post, not the one that handles it') from w;
create temp table wd as select d.* from w, pg_temp.withdraw(w.case_id, 2) d;
select is(number, '示测撤〔2026〕00001号', '撤回通知') from wd;
select results_eq($$ select c.state, c.post_id, o.signed_on, o.signed_by from wd join hall.case_file c using (case_id) join hall.case_outcome o using (case_id) $$,
  $$ values ('withdrawn', pg_temp.post('t.rev'), '2026-11-23'::date, '欧阳小明') $$, 'withdrawn on a signed request');
select is((select days_left from api.case_show('token t.zhang', case_id)), null, 'no day is left of it') from wd;
select is((select days_left from rule.list_rows(array[case_id], null, rule.day_of(hall.clock()))), null, 'in no list either') from wd;
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'withdraw')) like '%根据欧阳小明于2026年11月23日签署的撤回申请%', 'on its paper') from wd;
select ok(not e.detail::text like '%欧阳%', 'who signed is a commitment in the trail') from wd join hall.event e using (case_id) where e.event = 'withdraw';

-- the register as read
select is((select count(*) from api.negative_list('token t.zhang', null, null, null, null)), 5::int8, 'negative.list: one''s department');
select is((select count(*) from api.negative_list('token t.zhang', null, 'declined', null, null)), 4::int8, 'of one category');
select results_eq($$ select number, applicant, phone, to_where, handler, window_no from api.negative_list('token t.zhang', null, 'declined', 2, 1) $$,
  $$ values ('示测否〔2026〕00003号', '欧阳小明', '13812345678', '别局 别局受理', 'A 张三丰', 9901) $$, 'plain to who handles it, with where the visitor was sent');
select is((select count(*) from api.negative_list('token t.chen', null, null, null, null)), 5::int8, 'the chief representative, too');
select is((select applicant || ' ' || phone from api.negative_list('token t.chen', null, 'declined', 2, 1)), '欧*** 138****5678', 'SEC-1: masked to who does not');
do $$ begin update hall.staff set department_id = (select department_id from hall.department where name = '别局') where login = 't.chen'; end $$;
select is((select count(*) from api.negative_list('token t.chen', null, null, null, null)), 0::int8, 'not another department''s');
do $$ begin update hall.staff set department_id = (select department_id from hall.department where name = '测试局') where login = 't.chen'; end $$;

-- a major matter
create temp table m as select * from pg_temp.receive_all();
select is((pg_temp.decline(case_id, 1, p_major => true)).code, 'decline.major', 'NEG-2: the clerk''s mark asks for approval') from m;
select throws_ok($$ select admin.set_major('no such', true) $$, 'YM010', null, 'an item that is none has no flag');
select throws_ok($$ select pg_temp.preview(case_id, 'decline', 'not_required', 'x', p_major => true) from m $$, 'YM001', 'decline.major', 'and so does its preview');
select ok(pg_temp.preview(case_id, 'decline', 'not_required', 'x') is not null, 'not without the mark') from m;
do $$ begin perform admin.set_major('T-001', true); end $$;
select throws_ok($$ select pg_temp.preview(case_id, 'decline', 'not_required', 'x') from m $$, 'YM001', 'decline.major', 'nor of an item that is one');
select is((pg_temp.decline(case_id, 1)).code, 'decline.major', 'so does the item''s flag') from m;
create temp table mc as select (pg_temp.receive('{1}', '{present}')).case_id;
do $$ begin perform pg_temp.correct(case_id, 1) from mc; end $$;
select ok(g.major, 'NEG-1: a correction asked for in a major matter is filed as one, too') from mc join hall.negative g using (case_id);
do $$ begin perform pg_temp.ask('major_decline', case_id) from m; end $$;
select is((pg_temp.decline(case_id, 1)).code, 'decline.major', 'asking is not enough') from m;
do $$ begin perform pg_temp.judge((select exception_id from m join hall.exception using (case_id)), true, 't.chen'); end $$;
select ok(pg_temp.preview(case_id, 'decline', 'not_required', 'x', p_major => true) is not null, 'granted: previewed, which uses nothing up') from m;
select is((pg_temp.decline(case_id, 1)).status, 0::int2, 'granted by the chief representative') from m;
select ok(g.major and g.exception_id = x.exception_id and x.state = 'used', 'and used up') from m join hall.negative g using (case_id) join hall.exception x using (case_id);
select throws_ok('delete from hall.negative', 'YM010', null, 'the register is kept');
select is_empty($$ select * from hall.verify() $$, 'sound');
select * from finish(true);
rollback;
