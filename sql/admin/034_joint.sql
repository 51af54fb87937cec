-- Loading joint items (PAR-1) and the stages of projects (PAR-6): what is in the files and what is wrong
-- with their rows. A stage becomes an item of the catalogue, whose promise follows from its reviews.

set role yimen_owner;

create or replace function admin.joint_read(stages_file text, stages text, reviews_file text, reviews text)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  drop table if exists pg_temp.stage_row, pg_temp.review_row;
  create temporary table stage_row on commit drop as
    select stages_file as file, t.line, t.v[1] as no, t.v[2] as name, t.v[3] as code, t.v[4] as department, t.v[5] as item,
      t.v[6] as task_type, t.v[7] as legal_basis, t.v[8] as result_doc, string_to_array(coalesce(t.v[9], ''), ';') as needs
    from admin.csv_table(stages_file, stages, array['stage_no', 'stage_name', 'item_code', 'department', 'name', 'task_type',
      'legal_basis', 'result_doc', 'needs']) as t;
  create temporary table review_row on commit drop as
    select reviews_file as file, t.line, t.v[1] as code, t.v[2] as seq, t.v[3] as matter, t.v[4] as post, t.v[5] as limit_n,
      t.v[6] as unit, t.v[7] as needed, t.v[8] as deem_basis
    from admin.csv_table(reviews_file, reviews, array['item_code', 'seq', 'matter', 'post_code', 'limit', 'unit', 'when',
      'deem_basis']) as t;
  create index on pg_temp.review_row (code);
end
$$;
comment on function admin.joint_read(text, text, text, text) is 'reads the stages of projects and the reviews of joint items into temporary tables';

create or replace function admin.stage_check_rows()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem
    select file, line, format('stage_no "%s" is not a number from 1 to 99', no)
    from pg_temp.stage_row where no is null or no !~ '^[1-9][0-9]?$'
    union all
    select file, line, 'stage_name, item_code, department, name and task_type must all be given'
    from pg_temp.stage_row where num_nulls(name, code, department, item, task_type) > 0
    union all
    select file, line, 'a stage needs a name of at most 40 characters' from pg_temp.stage_row where char_length(name) > 40
    union all
    select file, line, 'legal_basis and result_doc must be given (CAT-1)'
    from pg_temp.stage_row where num_nulls(legal_basis, result_doc) > 0
    union all
    select s.file, s.line, format('stage %s stands twice, first in line %s', s.no, o.line)
    from pg_temp.stage_row as s
    join lateral (select min(o.line) as line from pg_temp.stage_row as o where o.no = s.no) as o on o.line < s.line
    union all
    select s.file, s.line, format('%s is the item of a catalogue, not of a stage', s.code)
    from pg_temp.stage_row as s
    join hall.item as i on i.code = s.code
    where not exists (select from hall.stage as t where t.item_id = i.item_id)
    union all
    select s.file, s.line, format('stage %s has no review that is 必审', s.no)
    from pg_temp.stage_row as s
    where not exists (select from pg_temp.review_row as r where r.code = s.code and admin.word('when', r.needed) = 'always')
    union all
    select s.file, s.line, format('needs "%s": no earlier stage has this number', n)
    from pg_temp.stage_row as s, unnest(s.needs) as n
    where not exists (select from pg_temp.stage_row as o where o.no = n
      and case when o.no ~ '^[0-9]{1,2}$' and s.no ~ '^[0-9]{1,2}$' then o.no::int < s.no::int end)
    union all
    select null, 0, format('stage %s is not in the file, but projects have cases in it', t.stage_no)
    from hall.stage as t
    where not exists (select from pg_temp.stage_row as s where s.no = t.stage_no::text)
      and exists (select from hall.case_project as c where c.stage_no = t.stage_no);
end
$$;
comment on function admin.stage_check_rows() is 'notes what is wrong with rows of stages (PAR-6)';

create or replace function admin.review_check_rows()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem
    select r.file, r.line, format('item "%s" is neither a stage nor in the catalogue', r.code)
    from pg_temp.review_row as r
    where not exists (select from hall.item as i where i.code = r.code)
      and not exists (select from pg_temp.stage_row as s where s.code = r.code)
    union all
    select file, line, format('seq "%s" is not a number from 1 to 99', seq)
    from pg_temp.review_row where seq is null or seq !~ '^[1-9][0-9]?$'
    union all
    select r.file, r.line, format('review %s of item %s stands twice, first in line %s', r.seq, r.code, o.line)
    from pg_temp.review_row as r
    join lateral (select min(o.line) as line from pg_temp.review_row as o where (o.code, o.seq) = (r.code, r.seq)) as o on o.line < r.line
    union all
    select file, line, 'a review needs a matter of at most 200 characters'
    from pg_temp.review_row where matter is null or char_length(matter) > 200
    union all
    select r.file, r.line, format('unknown post "%s"', r.post)
    from pg_temp.review_row as r where not exists (select from hall.post as p where p.code = r.post)
    union all
    select file, line, format('limit "%s" is not a number from 1 to 999', limit_n)
    from pg_temp.review_row where limit_n is null or limit_n !~ '^[1-9][0-9]{0,2}$'
    union all
    select file, line, format('unit "%s" is none of %s', unit, admin.words('unit'))
    from pg_temp.review_row where admin.word('unit', unit) is null
    union all
    select r.file, r.line, 'the limit of a stage''s review is in 工作日: the stage''s promise follows from it (PAR-6)'
    from pg_temp.review_row as r
    where admin.word('unit', r.unit) <> 'workday' and exists (select from pg_temp.stage_row as s where s.code = r.code)
    union all
    select file, line, format('when "%s" is none of %s', needed, admin.words('when'))
    from pg_temp.review_row where admin.word('when', needed) is null
    union all
    select file, line, 'deem_basis is longer than 300 characters' from pg_temp.review_row where char_length(deem_basis) > 300;
end
$$;
comment on function admin.review_check_rows() is 'notes what is wrong with rows of reviews (PAR-1)';

-- What is wrong with the reviews as they are stored, against items and posts: after each load of joint
-- items, catalogue or floor, since all three can break it.
create or replace function admin.review_faults()
returns table (item_code text, seq int2, what text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select r.item_code, null::int2, 'a review, but the item is not 联办'
  from hall.joint_review as r
  join hall.item as i on i.code = r.item_code
  join hall.item_version as v on v.item_id = i.item_id and v.in_force
  where v.handling <> 'joint' group by 1
  union all
  select r.item_code, r.seq, format('review %s: post "%s" is a supervisor''s, who decides no case', r.seq, p.code)
  from hall.joint_review as r
  join hall.post as p on p.post_id = r.post_id where p.duty ~ '^(supervisor|duty)'
  union all
  select r.item_code, null, format('the promise of %s leaves nothing beside the %s days for combining (PAR-3)', v.promised, k.value)
  from hall.joint_review as r
  join hall.item as i on i.code = r.item_code
  join hall.item_version as v on v.item_id = i.item_id and v.in_force
  join hall.setting as k on k.name = 'term.combine_days'
  where v.unit = 'workday' and v.promised <= k.value::int group by 1, v.promised, k.value
$$;
comment on function admin.review_faults() is 'what is wrong with loaded reviews, against the items in force and the posts (PAR-1)';
