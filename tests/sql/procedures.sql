-- CASE-5, CAT-4, CASE-17: procedures are data; what does not fit its item is refused by line, and a
-- change never touches running cases.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(40);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.make_item('T-NOW', '测试即办事项', p_promised => 1);
  update hall.item_version set handling = 'immediate' where name = '测试即办事项';
  update hall.item_version set extend_days = 7 where name like '测试（含试验）%';
end $$;
insert into hall.post_item select department_id, '*', pg_temp.post('t.in'), pg_temp.post('t.rev') from hall.department where name = '测试局';
insert into hall.department (name, full_name, short_form) values ('别局', '示例区别局', '示别');
insert into hall.post (code, name, department_id, duty) select 't.other', '别局受理', department_id, 'window' from hall.department where name = '别局';
create function pg_temp.load(p_rows text) returns text language sql as $$
  select string_agg(what, '|') from admin.load_procedures('p.csv', E'item_code,seq,phase,name,post_code,limit\n' || p_rows)
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
create function pg_temp.steps(p_version int8) returns text language sql as $$
  select string_agg(concat_ws(' ', s.seq, s.phase, s.name, p.code, s.limit_days), '|' order by s.seq)
  from hall.item_step s join hall.post p using (post_id) where s.item_version_id = p_version
$$;
create function pg_temp.current(p_code text) returns int8 language sql as $$
  select v.item_version_id from hall.item_version v join hall.item i using (item_id) where i.code = p_code and v.in_force
$$;
\set good 'T-001,0,受理,受理,t.in,\nT-001,1,承办,材料审查,t.in,1\nT-001,2,承办,现场核查,t.rev,1\nT-001,3,审核,审核,t.rev,1\nT-001,4,批准,批准,t.chief,1\nT-001,5,办结,制证办结,t.in,1'

-- the default (CASE-17)
select is(pg_temp.load('T-001,,缺省,,,'), 'procedures: 0 items in the file|procedures: 1 items go back to the default|procedures: 2 set, 0 of them in a new version because cases run', 'steps are settled from the posts');
select is(pg_temp.steps(pg_temp.current('T-001')), '0 accept 受理 t.in|1 handle 承办 t.in|2 review 审核 t.rev|3 decide 批准 t.rev|4 close 办结 t.in', 'CASE-17: two posts, no limits');
select is(pg_temp.steps(pg_temp.current('T-NOW')), '0 accept 受理 t.in|1 handle 承办 t.in|2 review 审核 t.in|3 decide 批准 t.in|4 close 办结 t.in', 'what is finished on the spot stays with one');
create temp table v1 as select pg_temp.current('T-001') as id;

-- refused, by line
select is(pg_temp.refused(t.rows), t.said, split_part(t.said, E'\n', 1)) from (values
  ('NO,0,受理,受理,t.in,', 'p.csv:2: item "NO" is not in the catalogue'),
  ('T-001,0,收件,受理,t.in,', 'p.csv:2: phase "收件" is none of 受理, 承办, 审核, 批准, 办结, 缺省'),
  ('T-001,0,受理,受理,t.in,' || E'\nT-001,0,受理,受理,t.in,\nT-001,1,批准,批准,t.rev,', 'p.csv:3: step 0 of item T-001 stands twice, first in line 2'),
  ('T-001,x,受理,受理,t.in,', 'p.csv:2: seq "x" is not a number from 0 to 99'),
  ('T-001,0,受理,,t.in,', 'p.csv:2: a step needs a name of at most 40 characters'),
  ('T-001,0,受理,受理,t.none,', 'p.csv:2: unknown post "t.none"'),
  (E'T-001,0,受理,受理,t.in,\nT-001,1,批准,批准,t.rev,0', 'p.csv:3: limit "0" is not a number from 1 to 9999'),
  (E'T-001,0,受理,受理,t.in,\nT-001,1,缺省,,,', 'p.csv:3: item T-001 has 缺省 and steps' || E'\np.csv:3: 缺省 stands alone: no seq, name, post_code or limit'),
  (E'T-001,0,受理,受理,t.in,\nT-001,1,批准,批准,t.other,', 'p.csv:3: step 1: post "t.other" is not of the item''s department'),
  (E'T-001,0,受理,受理,t.in,\nT-001,1,批准,批准,t.sup,', 'p.csv:3: step 1: supervisors decide no case'),
  (E'T-001,0,受理,受理,t.rev,\nT-001,1,批准,批准,t.rev,', 'p.csv:2: step 0: post "t.rev" is not a window post'),
  (E'T-001,0,受理,受理,t.in,\nT-001,1,受理,再受理,t.in,\nT-001,2,批准,批准,t.rev,', 'p.csv:3: step 0, and no other, is of phase 受理'),
  (E'T-001,1,承办,承办,t.in,\nT-001,2,批准,批准,t.rev,', 'p.csv:2: step 0 (受理) is missing'),
  (E'T-001,0,受理,受理,t.in,\nT-001,3,批准,批准,t.rev,', 'p.csv:2: steps are numbered 0 to 3 without gaps, there are 2'),
  (E'T-001,0,受理,受理,t.in,\nT-001,1,办结,办结,t.rev,', 'p.csv:2: no step decides (批准)'),
  (E'T-001,0,受理,受理,t.in,\nT-001,1,批准,批准,t.rev,\nT-001,2,审核,审核,t.rev,', 'p.csv:4: step 2: phases come in the order 受理, 承办, 审核, 批准, 办结'),
  (E'T-001,0,受理,受理,t.in,\nT-001,1,批准,批准,t.rev,\nT-001,2,办结,办结,t.in,\nT-001,3,办结,办结,t.in,', 'p.csv:2: more than one step closes (办结)'),
  (E'T-001,0,受理,受理,t.in,1\nT-001,1,批准,批准,t.rev,', 'p.csv:2: step 0 has no limit of its own: the total clock starts when it accepts'),
  (E'T-001,0,受理,受理,t.in,\nT-001,1,承办,承办,t.in,3\nT-001,2,批准,批准,t.rev,3', 'p.csv:2: its steps'' limits add up to 6, the promise is 5 (CASE-5)'),
  (E'T-NOW,0,受理,受理,t.in,\nT-NOW,1,批准,批准,t.rev,', 'p.csv:2: an immediate item stays with one post (CASE-4)')) t (rows, said);
select is(pg_temp.steps(id), pg_temp.steps(pg_temp.current('T-001')), 'nothing was loaded') from v1;
select is((select count(*) from hall.procedure_step where item_code like 'T-%'), 0::int8, 'not even stored');

-- loaded while no case runs: the same version
select is(pg_temp.load(replace(:'good', '\n', E'\n')), 'procedures: 1 items in the file|procedures: 1 set, 0 of them in a new version because cases run', 'CASE-5: loaded');
select is(pg_temp.current('T-001'), id, 'in the version that no case uses') from v1;
select is(pg_temp.steps(id), '0 accept 受理 t.in|1 handle 材料审查 t.in 1|2 handle 现场核查 t.rev 1|3 review 审核 t.rev 1|4 decide 批准 t.chief 1|5 close 制证办结 t.in 1', 'six steps with their limits') from v1;
select is(pg_temp.load(replace(:'good', '\n', E'\n')), 'procedures: 1 items in the file', 'twice changes nothing');

-- while a case runs (CAT-4)
create temp table c as select * from pg_temp.receive_all();
do $$ begin perform pg_temp.accept(case_id, 1) from c; end $$;
select is(pg_temp.load(E'T-001,0,受理,受理,t.in,\nT-001,1,审核,审核,t.rev,2\nT-001,2,批准,批准,t.rev,2'),
  'procedures: 1 items in the file|procedures: 1 set, 1 of them in a new version because cases run', 'changed while a case runs');
select is(pg_temp.steps(f.item_version_id), '0 accept 受理 t.in|1 handle 材料审查 t.in 1|2 handle 现场核查 t.rev 1|3 review 审核 t.rev 1|4 decide 批准 t.chief 1|5 close 制证办结 t.in 1', 'CAT-4: the running case keeps its steps')
from c join hall.case_file f using (case_id);
create temp table d as select r.* from pg_temp.receive('{1,2,3,4}', '{present,present,present,present}', p_item => pg_temp.current('T-001')) r;
select is(pg_temp.steps(f.item_version_id), '0 accept 受理 t.in|1 review 审核 t.rev 2|2 decide 批准 t.rev 2', 'a new one gets the new ones') from d join hall.case_file f using (case_id);
select results_eq($$ select to_jsonb(n) - '{item_version_id,version,in_force,loaded_at}'::text[] from hall.item_version n where item_version_id = pg_temp.current('T-001') $$,
  $$ select to_jsonb(o) - '{item_version_id,version,in_force,loaded_at}'::text[] from hall.item_version o join v1 on id = item_version_id $$, 'every other column is the old version''s');
select is((select extend_days from hall.item_version where item_version_id = pg_temp.current('T-001')), 7, 'the days it may be extended by among them (CASE-7)');
select results_eq($$ select to_jsonb(n) - 'item_version_id' from hall.item_material n where item_version_id = pg_temp.current('T-001') order by seq $$,
  $$ select to_jsonb(o) - 'item_version_id' from hall.item_material o join v1 on id = item_version_id order by seq $$, 'and so are its materials');

-- a promise that no longer holds its steps is refused, whichever file comes; back to the default
do $$ begin update hall.item_version set promised = 3 where item_version_id = pg_temp.current('T-001'); end $$;
select is(pg_temp.refused('T-NOW,,缺省,,,'), 'procedure of T-001:0: its steps'' limits add up to 4, the promise is 3 (CASE-5)', 'a promise below what is loaded is refused');
select is(pg_temp.load('T-001,,缺省,,,'), 'procedures: 0 items in the file|procedures: 1 items go back to the default|procedures: 1 set, 1 of them in a new version because cases run', 'back to the default');
select is(pg_temp.steps(pg_temp.current('T-001')), '0 accept 受理 t.in|1 handle 承办 t.in|2 review 审核 t.rev|3 decide 批准 t.rev|4 close 办结 t.in', 'as it was');

-- the demo hall's own: a dozen items of different departments
select ok(count(distinct i.code) >= 12 and count(distinct i.department_id) >= 10, 'the demo hall has procedures of many departments')
from hall.procedure_step s join hall.item i on i.code = s.item_code;
select is_empty($$ select item_code from hall.procedure_step where item_code not like 'T-%' group by 1 having count(*) not between 5 and 7 or count(distinct phase) < 4 $$, 'of 5 to 7 steps');
select * from finish(true);
rollback;
