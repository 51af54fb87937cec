-- PAR-1, PAR-6: joint items and stages of projects are data; what does not fit is refused by line, a
-- change never touches running cases; receiving a stage names its project, in the order the stages need.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(53);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
end $$;
insert into hall.post_item select department_id, '*', pg_temp.post('t.in'), pg_temp.post('t.rev') from hall.department where name = '测试局';
\set sh 'stage_no,stage_name,item_code,department,name,task_type,legal_basis,result_doc,needs\n'
\set rh 'item_code,seq,matter,post_code,limit,unit,when,deem_basis\n'
\set mh 'item_code,seq,name,form,copies,required,source,note\n'
\set st '1,立项,T-S1,测试局,立项阶段,其他行政权力,某文件,立项意见,\n2,施工,T-S2,测试局,施工阶段,其他行政权力,某文件,施工意见,1\n'
\set rv 'T-S1,1,节能审查,t.rev,10,工作日,必审,\nT-S1,2,林地审批,t.rev,15,工作日,视情况,某规定第三条\nT-S2,1,防雷审核,t.rev,5,工作日,必审,\n'
\set mt 'T-S1,1,申请表,原件,1,必要,,\nT-S2,1,申请表,原件,1,必要,,\n'
create temp table heads as select replace(:'sh', '\n', E'\n') as s, replace(:'rh', '\n', E'\n') as r, replace(:'mh', '\n', E'\n') as m;
create temp table good as select replace(:'st', '\n', E'\n') as s, replace(:'rv', '\n', E'\n') as r, replace(:'mt', '\n', E'\n') as m;
create function pg_temp.load(p_s text, p_r text, p_m text) returns text language sql as $$
  select string_agg(what, '|') from heads h, admin.load_joint('s.csv', h.s || p_s, 'r.csv', h.r || p_r, 'm.csv', h.m || p_m)
$$;
create function pg_temp.refused(p_s text, p_r text, p_m text) returns text language plpgsql as $$
declare
  said text;
begin
  perform pg_temp.load(p_s, p_r, p_m);
  return 'not refused';
exception when sqlstate 'YM010' then
  get stacked diagnostics said = pg_exception_detail;
  return said;
end $$;
create function pg_temp.current(p_code text) returns int8 language sql as $$
  select v.item_version_id from hall.item_version v join hall.item i using (item_id) where i.code = p_code and v.in_force
$$;
create function pg_temp.reviews(p_version int8) returns text language sql as $$
  select string_agg(concat_ws(' ', r.seq, r.matter, p.code, r.limit_n, r.unit, case when r.conditional then '?' end, r.deem_basis), '|' order by r.seq)
  from hall.item_review r join hall.post p using (post_id) where r.item_version_id = p_version
$$;

-- the demo hall's own: as projects.csv has them
select is((select count(*)::int from hall.stage), 4, 'four stages are loaded');
select results_eq($$ select t.stage_no, v.promised, v.handling, count(r.*)::int from hall.stage t join hall.item_version v on v.item_id = t.item_id and v.in_force
  join hall.item_review r using (item_version_id) group by 1, 2, 3 order by 1 $$,
  $$ values (1::int2, 18, 'joint', 9), (2::int2, 13, 'joint', 7), (3::int2, 13, 'joint', 10), (4::int2, 13, 'joint', 8) $$,
  'PAR-6: the promise is the largest limit of a review and three days');
select results_eq($$ select r.matter, r.limit_n, p.code from hall.item_review r join hall.post p using (post_id) where r.deem_basis is not null $$,
  $$ values ('建筑垃圾处理方案备案', 3, 'zf.sh') $$, 'DEEM-1: one switch, marked as invented');
select ok((select every(deem_basis like '%虚构%') from hall.item_review where deem_basis is not null), 'in its own words');

-- refused, by line
select is(pg_temp.refused(coalesce(t.s, g.s), coalesce(t.r, g.r), coalesce(t.m, g.m)), t.said, split_part(t.said, E'\n', 1)) from good g, (values
  ('1,立项,T-S1,无此局,立项阶段,其他行政权力,某文件,立项意见,' || E'\n', 'T-S1,1,节能审查,t.rev,10,工作日,必审,' || E'\n', 'T-S1,1,申请表,原件,1,必要,,' || E'\n', 's.csv:2: department "无此局" is not on the hall''s floor'),
  ('x,立项,T-S1,测试局,立项阶段,其他行政权力,某文件,立项意见,' || E'\n', 'T-S1,1,节能审查,t.rev,10,工作日,必审,' || E'\n', '', 's.csv:2: stage_no "x" is not a number from 1 to 99'),
  ('1,立项,T-001,测试局,立项阶段,其他行政权力,某文件,立项意见,' || E'\n', 'T-001,1,节能审查,t.rev,10,工作日,必审,' || E'\n', '', 's.csv:2: T-001 is the item of a catalogue, not of a stage'),
  ('1,立项,T-S1,测试局,立项阶段,其他行政权力,某文件,立项意见,2' || E'\n2,施工,T-S2,测试局,施工阶段,其他行政权力,某文件,施工意见,\n', null, null, 's.csv:2: needs "2": no earlier stage has this number'),
  ('1,立项,T-S1,测试局,立项阶段,其他行政权力,某文件,立项意见,' || E'\n1,施工,T-S2,测试局,施工阶段,其他行政权力,某文件,施工意见,\n', null, null, 's.csv:3: stage 1 stands twice, first in line 2'),
  ('1,立项,T-S1,测试局,立项阶段,其他行政权力,,立项意见,' || E'\n', 'T-S1,1,节能审查,t.rev,10,工作日,必审,' || E'\n', '', 's.csv:2: legal_basis and result_doc must be given (CAT-1)'),
  (null, 'T-S1,1,节能审查,t.rev,10,工作日,视情况,' || E'\nT-S2,1,防雷审核,t.rev,5,工作日,必审,\n', null, 's.csv:2: stage 1 has no review that is 必审'),
  (null, 'NO,1,节能审查,t.rev,10,工作日,必审,' || E'\nT-S1,1,节能审查,t.rev,10,工作日,必审,\nT-S2,1,防雷审核,t.rev,5,工作日,必审,\n', null, 'r.csv:2: item "NO" is neither a stage nor in the catalogue'),
  (null, (select r from good) || E'T-S1,1,再审,t.rev,10,工作日,必审,\n', null, 'r.csv:5: review 1 of item T-S1 stands twice, first in line 2'),
  (null, (select r from good) || E'T-S1,3,再审,t.none,10,工作日,必审,\n', null, 'r.csv:5: unknown post "t.none"'),
  (null, (select r from good) || E'T-S1,3,再审,t.rev,0,工作日,必审,\n', null, 'r.csv:5: limit "0" is not a number from 1 to 999'),
  (null, (select r from good) || E'T-S1,3,再审,t.rev,9,年,必审,\n', null, 'r.csv:5: unit "年" is none of 工作日, 自然日, 月, 工作小时'),
  (null, (select r from good) || E'T-S1,3,再审,t.rev,9,自然日,必审,\n', null, 'r.csv:5: the limit of a stage''s review is in 工作日: the stage''s promise follows from it (PAR-6)'),
  (null, (select r from good) || E'T-S1,3,再审,t.rev,9,工作日,也许,\n', null, 'r.csv:5: when "也许" is none of 必审, 视情况'),
  (null, (select r from good) || E'T-S1,3,,t.rev,9,工作日,必审,\n', null, 'r.csv:5: a review needs a matter of at most 200 characters'),
  (null, (select r from good) || E'T-001,1,再审,t.rev,9,工作日,必审,\n', null, 'r.csv:5: a review, but the item is not 联办'),
  (null, (select r from good) || E'T-S1,3,再审,t.sup,9,工作日,必审,\n', null, 'r.csv:5: review 3: post "t.sup" is a supervisor''s, who decides no case'),
  (null, null, (select m from good) || E'T-S2,1,申请表,原件,1,必要,,\n', 'm.csv:4: material 1 of item T-S2 stands twice')) t (s, r, m, said);
select is((select count(*)::int from hall.stage), 4, 'nothing was loaded');

-- loaded
select is(pg_temp.load(s, r, m), 'items: 2 new, 0 changed (a new version each), 0 as before|stages: 2|reviews: 3 of 2 joint items, 1 deemed to agree when silent|procedures: 7 set, 0 of them in a new version because cases run', 'loaded') from good;
select is(pg_temp.reviews(pg_temp.current('T-S1')), '1 节能审查 t.rev 10 workday|2 林地审批 t.rev 15 workday ? 某规定第三条', 'PAR-1: who reviews what in which limit');
select is((select promised from hall.item_version where item_version_id = pg_temp.current('T-S1')), 18, 'PAR-6: its promise');
select is(pg_temp.load(s, r, m), 'items: 0 new, 0 changed (a new version each), 2 as before|stages: 2|reviews: 3 of 2 joint items, 1 deemed to agree when silent', 'twice changes nothing') from good;
select results_eq($$ select seq, matter, department, post, limit_n, conditional, deem_basis, stage_no from api.project_stage('token t.li', 1::int2, null) $$,
  $$ values (1::int2, '节能审查', '测试局', '测试审核', 10, false, null, 1::int2), (2::int2, '林地审批', '测试局', '测试审核', 15, true, '某规定第三条', 1::int2) $$, 'project.stage shows them');

-- projects
create function pg_temp.open(p_name text, p_code text default null, p_login text default 't.zhang') returns outcome language sql as $$
  select * from api.project_open(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('p'), p_name, '某建设公司', p_code)
$$;
create function pg_temp.take(p_item int8, p_project int8) returns outcome language sql as $$
  select * from api.case_receive('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('r'),
    p_item, 'resident', '110101199001010015', '欧阳小明', '13812345678', null, null, null, null, null, null, null, '建一栋楼', '{1}', '{present}', null, null, p_project_id => p_project)
$$;
select is((pg_temp.open('某大厦', p_login => 't.li')).code, 'post.not_holder', 'entered by a post that receives stages');
select is((pg_temp.open(' ')).code, 'text.blank', 'with a name');
create temp table p as select (pg_temp.open('某大厦', '2026-510000-47-01-000001')).number::int8 as id;
select is((pg_temp.open('某大厦', '2026-510000-47-01-000001')).code, 'project.twice', 'once by its code');
select results_eq($$ select s.stage_no, s.stage, s.may, s.lacks, s.item_id = pg_temp.current('T-S' || s.stage_no) from p, api.project_show('token t.li', p.id, null, null, null) s $$,
  $$ values (1::int2, '立项', true, null, true), (2::int2, '施工', false, '立项', true) $$, 'project.show: the next stage by rule');
select results_eq($$ select s.post, s.mine from p, api.project_show('token t.zhang', p.id, null, null, null) s where stage_no = 1 $$,
  $$ select name, true from hall.post where code = 't.in' $$, 'who receives a stage');
select is((select bool_or(s.mine) from p, api.project_show('token t.li', p.id, null, null, null) s), false, 'and that others do not');
select is((pg_temp.take(pg_temp.current('T-S1'), null)).code, 'project.needed', 'PAR-6: receiving names the project');
select is((pg_temp.take(pg_temp.current('T-S1'), 1)).code, 'project.none', 'one that is there');
select is((pg_temp.take(pg_temp.item(), p.id)).code, 'project.no_stage', 'other items name none') from p;
select is((pg_temp.take(pg_temp.current('T-S2'), p.id)).code, 'project.before', 'a stage waits for those it needs') from p;
create temp table c as select t.* from p, pg_temp.take(pg_temp.current('T-S1'), p.id) t;
select is((select status from c), 0::int2, 'the first stage is received');
select ok(e.detail @> array['project', (select id::text from p), 'stage', '1'], 'the trail says for which project') from c join hall.event e using (case_id) where e.event = 'receive';
select is((pg_temp.take(pg_temp.current('T-S1'), p.id)).code, 'project.again', 'once') from p;
select results_eq($$ select s.stage_no, s.may, s.case_id = c.case_id, s.state, s.elapsed from p, c, api.project_show('token t.li', p.id, null, null, null) s where s.stage_no = 1 $$,
  $$ values (1::int2, false, true, 'received', 0) $$, 'and runs');
select results_eq($$ select distinct l.project, l.project_code, l.stage_no, l.stage from c, api.review_list('token t.zhang', 'lead', null, null, null) l where l.case_id = c.case_id $$,
  $$ values ('某大厦', '2026-510000-47-01-000001', 1::int2, '立项') $$, 'its reviews name the project and the stage');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-27 10:00')); end $$;
select results_eq($$ select s.name, s.stage_no, s.elapsed, s.charged from api.project_show('token t.li', null, '大厦', null, null) s $$,
  $$ values ('某大厦', 1::int2, 4, 4) $$, 'among all projects it shows where it is, and how long that took');
select is((select count(*)::int from api.project_show('token t.li', null, '没有', null, null)), 0, 'found by its words only');

-- CAT-4: a change while a case runs
select is(pg_temp.load(s, replace(r, 'T-S1,1,节能审查,t.rev,10', 'T-S1,1,节能审查,t.rev,9'), m),
  'items: 0 new, 0 changed (a new version each), 2 as before|stages: 2|reviews: 3 of 2 joint items, 1 deemed to agree when silent|procedures: 1 set, 1 of them in a new version because cases run', 'a limit changes') from good;
select is(pg_temp.reviews(f.item_version_id), '1 节能审查 t.rev 10 workday|2 林地审批 t.rev 15 workday ? 某规定第三条', 'the running case keeps its reviews') from c join hall.case_file f using (case_id);
select is(pg_temp.reviews(pg_temp.current('T-S1')), '1 节能审查 t.rev 9 workday|2 林地审批 t.rev 15 workday ? 某规定第三条', 'new ones have the new');
select is(pg_temp.refused(split_part(s, E'\n', 2) || E'\n', r, m) ~ 'stage 1 is not in the file, but projects have cases in it', true, 'a stage with cases stays') from good;
select is((select pg_temp.refused('', E'T-S2,1,防雷审核,t.rev,5,工作日,必审,\n', '') ~ 'stage 1 is not in the file'), true, 'also when none is left');

-- what hall.verify finds
select is_empty($$ select * from hall.verify_projects() $$, 'everything is in the trail');
update hall.case_project set stage_no = 2;
select is((select min(fault) from hall.verify_projects()), 'project.stage', 'another stage is found');
update hall.case_project set stage_no = 1;
update hall.project set owner = '别的公司';
select is((select min(fault) from hall.verify_projects()), 'project.content', 'another owner is found');
select * from finish();
rollback;
