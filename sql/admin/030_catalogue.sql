-- Loading a catalogue: items, the guides of those that have one, their materials. A changed
-- item gets a new version, so that running cases keep theirs (CAT-4); an item without a guide
-- is found but not received (CASE-17). Everything is checked before anything is changed.

set role yimen_owner;

-- The words of published guides and what the hall's tables call them; the latter are taken too.
create or replace function admin.word(kind text, word text)
returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select w.code
  from (values
    ('handling', '即办', 'immediate'), ('handling', '承诺', 'promised'),
    ('handling', '联办', 'joint'), ('handling', '上报', 'forwarded'),
    ('unit', '工作日', 'workday'), ('unit', '自然日', 'day'), ('unit', '月', 'month'), ('unit', '工作小时', 'workhour'),
    ('form', '原件', 'original'), ('form', '复印件', 'copy'),
    ('form', '原件及复印件', 'both'), ('form', '电子', 'electronic'),
    ('required', '必要', 'required'), ('required', '容缺', 'later'), ('required', '视情况', 'depending'),
    ('phase', '受理', 'accept'), ('phase', '承办', 'handle'), ('phase', '审核', 'review'), ('phase', '批准', 'decide'),
    ('phase', '办结', 'close'), ('phase', '缺省', 'default'),
    ('when', '必审', 'always'), ('when', '视情况', 'conditional')
  ) as w(kind, word, code)
  where w.kind = $1 and $2 in (w.word, w.code)
$$;
comment on function admin.word(text, text) is 'code of a published word such as 承诺; null when unknown';

-- The words of one kind, for messages.
create or replace function admin.words(kind text)
returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select case $1
    when 'handling' then '即办, 承诺, 联办, 上报'
    when 'unit' then '工作日, 自然日, 月, 工作小时'
    when 'form' then '原件, 复印件, 原件及复印件, 电子'
    when 'required' then '必要, 容缺, 视情况'
    when 'phase' then '受理, 承办, 审核, 批准, 办结, 缺省'
    when 'when' then '必审, 视情况'
  end
$$;
comment on function admin.words(text) is 'the words admin.word knows of a kind';

create or replace function admin.catalogue_read(
  items_file text, items text, guides_file text, guides text, materials_file text, materials text)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  drop table if exists pg_temp.cat_item, pg_temp.cat_guide, pg_temp.cat_material;
  create temporary table cat_item on commit drop as
    select items_file as file, t.line, t.v[1] as code, t.v[2] as department, coalesce(t.v[3], '') as main_item,
      t.v[4] as name, t.v[5] as task_type, coalesce(t.v[6], 'yes') as active
    from admin.csv_table(items_file, items,
      array['item_code', 'department', 'main_item', 'name', 'task_type', 'active?']) as t;
  create temporary table cat_guide on commit drop as
    select guides_file as file, t.line, t.v[1] as code, t.v[2] as handling, t.v[3] as statutory, t.v[4] as promised,
      t.v[5] as unit, coalesce(t.v[6], '') as legal_basis, t.v[7] as fee, coalesce(t.v[8], '') as fee_basis,
      coalesce(t.v[9], '') as result_doc, string_to_array(coalesce(t.v[10], ''), ';') as joint,
      coalesce(t.v[11], '30') as answer_days, t.v[12] as extend_days
    from admin.csv_table(guides_file, guides,
      array['item_code', 'handling', 'statutory_days', 'promised_days', 'limit_unit', 'legal_basis', 'fee_yuan',
        'fee_basis', 'result_doc', 'joint_departments?', 'answer_days?', 'extend_days?',
        'hearing_or_inspection?', 'deemed_approval_basis?']) as t;
  create temporary table cat_material on commit drop as
    select materials_file as file, t.line, t.v[1] as code, t.v[2] as seq, t.v[3] as name, t.v[4] as form,
      coalesce(t.v[5], '1') as copies, t.v[6] as required, coalesce(t.v[7], '') as source, coalesce(t.v[8], '') as note
    from admin.csv_table(materials_file, materials,
      array['item_code', 'seq', 'name', 'form', 'copies', 'required', 'source', 'note']) as t;
  create index on pg_temp.cat_item (code);
  create index on pg_temp.cat_guide (code);
  create index on pg_temp.cat_material (code);
end
$$;
comment on function admin.catalogue_read(text, text, text, text, text, text) is 'reads the three files of a catalogue into temporary tables';

create or replace function admin.catalogue_check_items()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem
    select file, line, 'item_code, department, name and task_type must all be given'
    from pg_temp.cat_item where code is null or department is null or name is null or task_type is null
    union all
    select file, line, format('item_code "%s" is longer than 80 characters', code)
    from pg_temp.cat_item where char_length(code) > 80
    union all
    select file, line, 'the name is longer than 300 characters'
    from pg_temp.cat_item where char_length(name) > 300 or char_length(main_item) > 300
    union all
    select i.file, i.line, format('item %s stands twice, first in line %s', i.code, o.line)
    from pg_temp.cat_item as i
    join lateral (select min(line) as line from pg_temp.cat_item as o where o.code = i.code) as o on o.line < i.line
    union all
    select i.file, i.line, format('department "%s" is not on the hall''s floor', i.department)
    from pg_temp.cat_item as i
    where not exists (select from hall.department as d where d.name = i.department) and i.department is not null
    union all
    select file, line, format('active "%s" is neither yes nor no', active)
    from pg_temp.cat_item where active not in ('yes', 'no');
end
$$;
comment on function admin.catalogue_check_items() is 'notes what is wrong with items';

-- CAT-1: what a guide must publish; CAT-2: promised ≤ statutory.
create or replace function admin.catalogue_check_guides()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem
    select g.file, g.line, format('item "%s" is not in the catalogue', g.code)
    from pg_temp.cat_guide as g
    where not exists (select from pg_temp.cat_item as i where i.code = g.code)
    union all
    select g.file, g.line, format('the guide of %s stands twice', g.code)
    from pg_temp.cat_guide as g
    where exists (select from pg_temp.cat_guide as o where o.line < g.line and o.code = g.code)
    union all
    select file, line, format('handling "%s" is none of %s', handling, admin.words('handling'))
    from pg_temp.cat_guide where admin.word('handling', handling) is null
    union all
    select file, line, format('limit_unit "%s" is none of %s', unit, admin.words('unit'))
    from pg_temp.cat_guide where admin.word('unit', unit) is null
    union all
    select file, line, format('promised_days "%s" is not a number from 1 to 9999', promised)
    from pg_temp.cat_guide where promised is null or promised !~ '^[1-9][0-9]{0,3}$'
    union all
    select file, line, format('statutory_days "%s" is not a number from 1 to 9999', statutory)
    from pg_temp.cat_guide where statutory !~ '^[1-9][0-9]{0,3}$'
    union all
    select file, line, format('promised %s is more than statutory %s (CAT-2)', promised, statutory)
    from pg_temp.cat_guide
    where case when promised ~ '^[0-9]{1,4}$' and statutory ~ '^[0-9]{1,4}$' then promised::int > statutory::int end
    union all
    select file, line, format('fee_yuan "%s" is not an amount such as 20 or 20.50', fee)
    from pg_temp.cat_guide where fee !~ '^[0-9]{1,9}(\.[0-9]{1,2})?$'
    union all
    select file, line, 'a computed fee (fee_yuan empty) needs its fee_basis'
    from pg_temp.cat_guide where fee is null and fee_basis = ''
    union all
    select file, line, 'a fee needs its fee_basis (FEE-1)'
    from pg_temp.cat_guide where fee ~ '[1-9]' and fee_basis = ''
    union all
    select file, line, 'legal_basis must be given (CAT-1)' from pg_temp.cat_guide where legal_basis = ''
    union all
    select file, line, 'result_doc must be given (CAT-1)' from pg_temp.cat_guide where result_doc = ''
    union all
    select file, line, format('answer_days "%s" is not a number from 1 to 999', answer_days)
    from pg_temp.cat_guide where answer_days !~ '^[1-9][0-9]{0,2}$'
    union all
    select file, line, format('extend_days "%s" is not a number from 0 to 999', extend_days)
    from pg_temp.cat_guide where extend_days !~ '^(0|[1-9][0-9]{0,2})$'
    union all
    select g.file, g.line, format('joint department "%s" is not on the hall''s floor', n)
    from pg_temp.cat_guide as g, unnest(g.joint) as n
    where not exists (select from hall.department as d where d.name = n)
    union all
    select file, line, '联办 and joint_departments go together'
    from pg_temp.cat_guide where (admin.word('handling', handling) = 'joint') <> (cardinality(joint) > 0);
end
$$;
comment on function admin.catalogue_check_guides() is 'notes what is wrong with guides (CAT-1, CAT-2)';

create or replace function admin.catalogue_check_materials()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem
    select m.file, m.line, format('item "%s" has no guide', m.code)
    from pg_temp.cat_material as m
    where not exists (select from pg_temp.cat_guide as g where g.code = m.code)
    union all
    select file, line, format('seq "%s" is not a number from 1 to 200', seq)
    from pg_temp.cat_material
    where seq is null or case when seq ~ '^[1-9][0-9]{0,2}$' then seq::int > 200 else true end
    union all
    select m.file, m.line, format('material %s of item %s stands twice', m.seq, m.code)
    from pg_temp.cat_material as m
    where exists (select from pg_temp.cat_material as o where o.code = m.code and o.seq = m.seq and o.line < m.line)
    union all
    select file, line, 'a material needs a name of at most 200 characters'
    from pg_temp.cat_material where name is null or char_length(name) > 200
    union all
    select file, line, format('form "%s" is none of %s', form, admin.words('form'))
    from pg_temp.cat_material where admin.word('form', form) is null
    union all
    select file, line, format('required "%s" is none of %s', required, admin.words('required'))
    from pg_temp.cat_material where admin.word('required', required) is null
    union all
    select file, line, format('copies "%s" is not a number from 1 to 99', copies)
    from pg_temp.cat_material where copies !~ '^[1-9][0-9]?$';
end
$$;
comment on function admin.catalogue_check_materials() is 'notes what is wrong with materials (CAT-5)';
