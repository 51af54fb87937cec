-- Carrying a checked catalogue into the hall: a new version for what is new or changed, none
-- for what is as before; then the steps of every version in force (CASE-5, CASE-17).

set role yimen_owner;

-- What the files say, in the form of hall.item_version, with the materials as one array.
drop function if exists admin.catalogue_wanted();
create or replace function admin.catalogue_wanted()
returns table (code text, department_id int8, active bool, name text, main_item text, task_type text, handling text,
  legal_basis text, statutory int4, promised int4, unit text, fee int8, fee_basis text, result_doc text,
  answer_days int4, extend_days int4, guide bool, materials text[])
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select i.code, d.department_id, i.active = 'yes', i.name, i.main_item, i.task_type,
      coalesce(admin.word('handling', g.handling), 'promised'), coalesce(g.legal_basis, ''),
      g.statutory::int4, g.promised::int4, coalesce(admin.word('unit', g.unit), 'workday'),
      (g.fee::numeric * 100)::int8, coalesce(g.fee_basis, ''), coalesce(g.result_doc, ''),
      coalesce(g.answer_days::int4, 30), g.extend_days::int4, g.code is not null, coalesce(m.materials, '{}')
    from pg_temp.cat_item as i
    join hall.department as d on d.name = i.department
    left join pg_temp.cat_guide as g on g.code = i.code
    left join (
      select c.code, array_agg(admin.material_text(c.seq::int2, c.name, admin.word('form', c.form), c.copies::int2,
        admin.word('required', c.required), c.source, c.note) order by c.seq::int2) as materials
      from pg_temp.cat_material as c
      group by c.code) as m on m.code = i.code
    order by i.line;
end
$$;
comment on function admin.catalogue_wanted() is 'the catalogue of the files, ready to compare with the hall''s';

-- A material as one text, to compare.
create or replace function admin.material_text(seq int2, name text, form text, copies int2, required text, source text, note text)
returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select concat_ws(E'\t', $1, $2, $3, $4, $5, $6, $7)
$$;
comment on function admin.material_text(int2, text, text, int2, text, text, text) is 'a material as one text, to compare two';

drop function if exists admin.catalogue_now();
create or replace function admin.catalogue_now()
returns table (item_id int8, item_version_id int8, version int4, code text, department_id int8, name text,
  main_item text, task_type text, handling text, legal_basis text, statutory int4, promised int4, unit text, fee int8,
  fee_basis text, result_doc text, answer_days int4, extend_days int4, guide bool, materials text[])
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select i.item_id, v.item_version_id, v.version, i.code, i.department_id, v.name, v.main_item, v.task_type, v.handling,
    v.legal_basis, v.statutory, v.promised, v.unit, v.fee, v.fee_basis, v.result_doc, v.answer_days, v.extend_days, v.guide,
    coalesce(m.materials, '{}')
  from hall.item as i
  join hall.item_version as v on v.item_id = i.item_id and v.in_force
  left join (
    select c.item_version_id, array_agg(admin.material_text(c.seq, c.name, c.form, c.copies, c.required, c.source, c.note)
      order by c.seq) as materials
    from hall.item_material as c
    group by c.item_version_id) as m on m.item_version_id = v.item_version_id
$$;
comment on function admin.catalogue_now() is 'the catalogue in force, to compare with files';

create or replace function admin.catalogue_apply()
returns setof text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  rows bigint;
  fresh bigint;
  changed bigint;
  gone bigint;
begin
  create temporary table cat_change on commit drop as
    select w.*, n.item_version_id as old_id, i.item_id, coalesce(l.last, 0) as last
    from admin.catalogue_wanted() as w
    left join hall.item as i on i.code = w.code
    left join admin.catalogue_now() as n on n.code = w.code
    left join (select v.item_id, max(v.version) as last from hall.item_version as v group by v.item_id) as l
      on l.item_id = i.item_id
    where case when not w.active then n.item_version_id is not null
      else (w.department_id, w.name, w.main_item, w.task_type, w.handling, w.legal_basis, w.statutory, w.promised,
          w.unit, w.fee, w.fee_basis, w.result_doc, w.answer_days, w.extend_days, w.guide, w.materials)
        is distinct from (n.department_id, n.name, n.main_item, n.task_type, n.handling, n.legal_basis, n.statutory,
          n.promised, n.unit, n.fee, n.fee_basis, n.result_doc, n.answer_days, n.extend_days, n.guide, n.materials) end;
  update hall.item_version set in_force = false where item_version_id in (select old_id from pg_temp.cat_change);
  insert into hall.item (code, department_id)
    select c.code, c.department_id from pg_temp.cat_change as c where c.item_id is null and c.active
    on conflict (code) do nothing;
  update hall.item as i set department_id = c.department_id
    from pg_temp.cat_change as c where c.item_id = i.item_id and c.department_id <> i.department_id;
  insert into hall.item_version (item_id, version, in_force, name, main_item, task_type, handling, legal_basis,
      statutory, promised, unit, fee, fee_basis, result_doc, answer_days, extend_days, guide, loaded_at)
    select i.item_id, c.last + 1, true, c.name, c.main_item, c.task_type, c.handling, c.legal_basis, c.statutory,
      c.promised, c.unit, c.fee, c.fee_basis, c.result_doc, c.answer_days, c.extend_days, c.guide, hall.clock()
    from pg_temp.cat_change as c
    join hall.item as i on i.code = c.code
    where c.active;
  insert into hall.item_material (item_version_id, seq, name, form, copies, required, source, note)
    select v.item_version_id, m.seq::int2, m.name, admin.word('form', m.form), m.copies::int2,
      admin.word('required', m.required), m.source, m.note
    from pg_temp.cat_material as m
    join pg_temp.cat_change as c on c.code = m.code and c.active
    join hall.item as i on i.code = m.code
    join hall.item_version as v on v.item_id = i.item_id and v.in_force;
  select count(*) filter (where active and last = 0), count(*) filter (where active and last > 0),
    count(*) filter (where not active) into fresh, changed, gone from pg_temp.cat_change;
  select count(*) into rows from pg_temp.cat_item;
  return next format('items: %s new, %s changed (a new version each), %s as before', fresh, changed, rows - fresh - changed - gone);
  if gone > 0 then
    return next format('items: %s withdrawn from the catalogue', gone);
  end if;
  select count(*) into rows from hall.item as i
  join hall.item_version as v on v.item_id = i.item_id and v.in_force
  where not exists (select from pg_temp.cat_item as c where c.code = i.code);
  if rows > 0 then
    return next format('items: %s not in the file, left as they are; active=no withdraws one', rows);
  end if;
  drop table pg_temp.cat_change;
end
$$;
comment on function admin.catalogue_apply() is 'makes the versions that the files of a catalogue ask for (CAT-4)';

create or replace function admin.load_catalogue(
  items_file text, items text, guides_file text, guides text, materials_file text, materials text)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform admin.load_begin();
  perform admin.catalogue_read(items_file, items, guides_file, guides, materials_file, materials);
  perform admin.catalogue_check_items();
  perform admin.catalogue_check_guides();
  perform admin.catalogue_check_materials();
  perform admin.load_check();
  return query select admin.catalogue_apply();
  return query select admin.procedure_settle();
  perform admin.load_record('load.catalogue', array['file', null, items_file]);
end
$$;
comment on function admin.load_catalogue(text, text, text, text, text, text)
  is 'loads a catalogue from three CSV texts; may run twice; YM010 with every bad row, and nothing changed';
