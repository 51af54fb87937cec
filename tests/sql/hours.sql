-- CLK-2: a limit in working hours ends at an hour; papers, proofs and refusals tell it.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
select plan(16);
insert into hall.window (no, name, cert_sha256) values (9904, '测试四', sha256('window 9904'));
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 10:00')); -- a Monday
  perform pg_temp.login('t.sun', 9904);
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.chen', 9903);
end $$;
-- promised 8 working hours, by law 10
create temp table item as select pg_temp.make_item('T-H1', '测试小时事项', true, 8, 'workhour') as id;
do $$ begin update hall.item_version set statutory = 10, result_doc = '测试许可证' from item where item_version_id = id; end $$;
create function pg_temp.new_case() returns int8 language sql as $$
  select (pg_temp.accept((pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_item => item.id)).case_id, 1)).case_id from item
$$;
create function pg_temp.end_of(p_case int8) returns text language sql as $$ select to_char((pg_temp.file(p_case)).due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') $$;

create temp table a as select pg_temp.new_case() as id;
select is(pg_temp.end_of(id), '11-24 11:30', 'five hours on Monday, three on Tuesday') from a;
create temp table said as select pg_temp.says(pg_temp.last_paper(id, 'acceptance')) as said from a;
select ok(said like '%|承诺期限 8个工作小时|办结日期 2026年11月24日11:30前|%', 'the acceptance tells the hour') from said;
select ok(said like '%|法定期限 10个工作小时，至2026年11月24日15:30|%', 'of the limit by law, too') from said;
select ok(said not like '%含当日%', 'no hour includes its day') from said;
select results_eq($$ select to_char(d.day, 'MM-DD'), d.minutes, d.reason, to_char(d.due_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') from a, api.case_due('token t.zhang', a.id, 'total') d $$,
  $$ values ('11-23', 300, '工作日', '2026-11-24 11:30'), ('11-24', 180, '工作日；11:30届满', '2026-11-24 11:30') $$, 'CLK-3: so does the proof');
select ok(string_agg(concat_ws(' ', p.c1, p.c2, p.c3, p.c4), '|' order by p.no) like '%届满时间 2026-11-24 11:30|%|2026-11-24 2 工作日；11:30届满；计3小时0分 1%', 'on paper')
from a, api.case_due_paper('token t.zhang', a.id, 'total') p;

-- extended: from an hour to closing time
select is((pg_temp.act('extend', id, 2, 't.chen', '{"days": 1}')).status, 0::int2, 'extended') from a;
select is(pg_temp.end_of(id), '11-25 17:00', 'by a working day, which has a closing time') from a;
select ok(pg_temp.says(pg_temp.last_paper(id, 'extend')) like '%|原定期限 2026年11月24日11:30前|延长后的期限 2026年11月25日17:00前|%', 'from which hour to which') from a;
create temp table b as select pg_temp.new_case() as id;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 11:00')); end $$;
select results_eq($$ select o.code, o.arg1 from b, pg_temp.act('expedite', b.id, 2, 't.sun', '{"promised": 6}') o $$, $$ values ('expedite.over', '2026-11-24 09:30') $$, 'CASE-10: a promise that would be over since an hour of this very day');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 12:30')); end $$;
select results_eq($$ select o.code, o.arg1 from b, pg_temp.act('extend', b.id, 2, 't.chen', '{"days": 1}') o $$, $$ values ('extend.over', '2026-11-24 11:30') $$, 'CASE-7: the same');

-- days stay days
create temp table d as select (pg_temp.accept((pg_temp.receive_all()).case_id, 1)).case_id as id;
select ok(pg_temp.says(pg_temp.last_paper(id, 'acceptance')) ~ '\|办结日期 2026年1\d月\d+日前（含当日）\|', 'a limit in days ends with a day, included') from d;

-- a paper of before knew the day only: issued anew it still tells that
do $$ declare
  n hall.notice := (select pg_temp.last_paper(id, 'acceptance') from d);
begin
  update hall.notice x set made_from = jsonb_build_array(jsonb_set(n.made_from -> 0, '{words,43}', 'null')) where x.notice_id = n.notice_id;
end $$;
select is((pg_temp.reissue(n.notice_id)).status, 0::int2, 'issued anew') from d, pg_temp.last_paper(d.id, 'acceptance') n;
select is(pg_temp.says(pg_temp.last_paper(id, 'acceptance')) ~ '\|办结日期 2026年1\d月\d+日前（含当日）\|', true, 'with its day') from d;
select is((select count(*) from d join hall.notice n on n.case_id = d.id and n.kind = 'acceptance'), 2::int8, 'both kept');
select is_empty($$ select * from hall.verify() where fault <> 'notice.made' $$, 'sound, but for what this test put there');
select * from finish(true);
rollback;
