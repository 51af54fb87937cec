-- Carrying joint items into the hall: each stage of a project is an item of its own (PAR-6), new or
-- changed as any other of the catalogue; the reviews of all joint items are those of the file.

set role yimen_owner;

-- The rows of a catalogue that the stages stand for; PAR-6: the promise is the largest limit of a review
-- and the days for combining.
create or replace function admin.stage_catalogue(materials_file text, materials text)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  drop table if exists pg_temp.cat_item, pg_temp.cat_guide, pg_temp.cat_material;
  create temporary table cat_item on commit drop as
    select s.file, s.line, s.code, s.department, '工程建设项目并联审批'::text as main_item, s.item as name, s.task_type, 'yes'::text as active
    from pg_temp.stage_row as s;
  create temporary table cat_guide on commit drop as
    select s.file, s.line, s.code, '联办'::text as handling, null::text as statutory,
      (max(r.limit_n::int) + hall.setting_text('term.combine_days')::int)::text as promised, '工作日'::text as unit,
      s.legal_basis, '0'::text as fee, ''::text as fee_basis, s.result_doc,
      array_agg(distinct d.name) as joint, '30'::text as answer_days, null::text as extend_days
    from pg_temp.stage_row as s
    join pg_temp.review_row as r on r.code = s.code
    join hall.post as p on p.code = r.post
    join hall.department as d on d.department_id = p.department_id
    group by s.file, s.line, s.code, s.legal_basis, s.result_doc;
  create temporary table cat_material on commit drop as
    select materials_file as file, t.line, t.v[1] as code, t.v[2] as seq, t.v[3] as name, t.v[4] as form,
      coalesce(t.v[5], '1') as copies, t.v[6] as required, coalesce(t.v[7], '') as source, coalesce(t.v[8], '') as note
    from admin.csv_table(materials_file, materials,
      array['item_code', 'seq', 'name', 'form', 'copies', 'required', 'source', 'note']) as t;
end
$$;
comment on function admin.stage_catalogue(text, text) is 'the stages as rows of a catalogue, with their materials';

create or replace function admin.joint_put()
returns setof text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  n bigint;
  deemed bigint;
begin
  delete from hall.stage as t where not exists (select from pg_temp.stage_row as s where s.no = t.stage_no::text);
  insert into hall.stage (stage_no, name, item_id, needs)
    select s.no::int2, s.name, i.item_id, array(select x::int2 from unnest(s.needs) as x order by 1)
    from pg_temp.stage_row as s
    join hall.item as i on i.code = s.code
    on conflict (stage_no) do update set name = excluded.name, item_id = excluded.item_id, needs = excluded.needs;
  delete from hall.joint_review;
  insert into hall.joint_review (item_code, seq, matter, post_id, limit_n, unit, conditional, deem_basis)
    select r.code, r.seq::int2, r.matter, p.post_id, r.limit_n::int4, admin.word('unit', r.unit),
      admin.word('when', r.needed) = 'conditional', r.deem_basis
    from pg_temp.review_row as r
    join hall.post as p on p.code = r.post;
  insert into pg_temp.load_problem
    select r.file, r.line, f.what
    from admin.review_faults() as f
    join lateral (select min(o.file) as file, min(o.line) as line from pg_temp.review_row as o
      where o.code = f.item_code and (f.seq is null or o.seq = f.seq::text)) as r on r.line is not null;
  perform admin.load_check();
  select count(*), count(deem_basis) into n, deemed from hall.joint_review;
  return next format('stages: %s', (select count(*) from hall.stage));
  return next format('reviews: %s of %s joint items, %s deemed to agree when silent', n,
    (select count(distinct r.item_code) from hall.joint_review as r), deemed);
end
$$;
comment on function admin.joint_put() is 'stores stages and reviews, and refuses them when they do not fit their items';

create or replace function admin.load_joint(
  stages_file text, stages text, reviews_file text, reviews text, materials_file text, materials text)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform admin.load_begin();
  perform admin.joint_read(stages_file, stages, reviews_file, reviews);
  perform admin.stage_check_rows();
  perform admin.review_check_rows();
  perform admin.load_check();
  perform admin.stage_catalogue(materials_file, materials);
  perform admin.catalogue_check_items();
  perform admin.catalogue_check_guides();
  perform admin.catalogue_check_materials();
  perform admin.load_check();
  return query select w from admin.catalogue_apply() as w where w !~ 'not in the file';
  return query select admin.joint_put();
  return query select admin.procedure_settle();
  perform admin.load_record('load.joint', array['file', null, reviews_file]);
end
$$;
comment on function admin.load_joint(text, text, text, text, text, text)
  is 'loads the stages of projects and the reviews of joint items from three CSV texts; may run twice; running cases keep their reviews (CAT-4); YM010 with every bad row, and nothing changed';
