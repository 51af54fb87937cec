-- Loading the items whose own decision silence makes (DEEM-5): off for whatever is not in the file. Running cases
-- keep the version they were received under (CAT-4).

set role yimen_owner;

create or replace function admin.silence_check_rows()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem
    select r.file, r.line, format('item "%s" is not in the catalogue', r.code)
    from pg_temp.silence_row as r where not exists (select from hall.item as i where i.code = r.code)
    union all
    select file, line, format('when "%s" is neither 承诺期限 nor 延续', said)
    from pg_temp.silence_row where said is null or said not in ('承诺期限', '延续')
    union all
    select r.file, r.line, format('%s of item %s stands twice, first in line %s', r.said, r.code, o.line)
    from pg_temp.silence_row as r
    join lateral (select min(o.line) as line from pg_temp.silence_row as o where (o.code, o.said) = (r.code, r.said)) as o on o.line < r.line
    union all
    select file, line, 'the legal basis must be given, in at most 300 characters'
    from pg_temp.silence_row where basis is null or char_length(basis) > 300
    union all
    select r.file, r.line, format('item %s promises nothing that could pass', r.code)
    from pg_temp.silence_row as r
    join hall.item as i on i.code = r.code
    join hall.item_version as v on v.item_id = i.item_id and v.in_force
    where r.said = '承诺期限' and v.promised is null
    union all
    select r.file, r.line, format('item %s is finished on the spot', r.code)
    from pg_temp.silence_row as r
    join hall.item as i on i.code = r.code
    join hall.item_version as v on v.item_id = i.item_id and v.in_force
    where v.handling = 'immediate';
end
$$;
comment on function admin.silence_check_rows() is 'notes what is wrong with rows of items that silence decides (DEEM-5)';

create or replace function admin.load_silence(silence_file text, silence text)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform admin.load_begin();
  drop table if exists pg_temp.silence_row;
  create temporary table silence_row on commit drop as
    select silence_file as file, t.line, t.v[1] as code, t.v[2] as said, t.v[3] as basis
    from admin.csv_table(silence_file, silence, array['item_code', 'when', 'basis']) as t;
  perform admin.silence_check_rows();
  perform admin.load_check();
  delete from hall.silent_item;
  insert into hall.silent_item (item_code, promise_basis, renewal_basis)
    select r.code, max(r.basis) filter (where r.said = '承诺期限'), max(r.basis) filter (where r.said = '延续')
    from pg_temp.silence_row as r group by r.code;
  what := format('items that silence decides: %s', (select count(*) from hall.silent_item));
  return next;
  return query select * from admin.procedure_settle();
  perform admin.load_record('load.silence', array['file', null, silence_file]);
end
$$;
comment on function admin.load_silence(text, text) is
  'loads from a CSV text which items silence decides, by what basis; the others are switched off; running cases keep what they were received under (CAT-4); YM010 with every bad row, and nothing changed';
