-- Loading procedures (CASE-5): the steps of items, each with its post and its own limit. An item's
-- rows stand for its whole procedure; running cases keep the version they were received under (CAT-4).

set role yimen_owner;

create or replace function admin.procedure_read(procedures_file text, procedures text)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  drop table if exists pg_temp.proc_row;
  create temporary table proc_row on commit drop as
    select procedures_file as file, t.line, t.v[1] as code, t.v[2] as seq, t.v[3] as phase_word, admin.word('phase', t.v[3]) as phase,
      t.v[4] as name, t.v[5] as post, t.v[6] as step_limit
    from admin.csv_table(procedures_file, procedures, array['item_code', 'seq', 'phase', 'name', 'post_code', 'limit']) as t;
  create index on pg_temp.proc_row (code);
end
$$;
comment on function admin.procedure_read(text, text) is 'reads a file of procedures into a temporary table';

-- What can be said of a row alone, and of its place among those of its item.
create or replace function admin.procedure_check_rows()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem
    select r.file, r.line, format('item "%s" is not in the catalogue', r.code)
    from pg_temp.proc_row as r where not exists (select from hall.item as i where i.code = r.code)
    union all
    select file, line, format('phase "%s" is none of %s', phase_word, admin.words('phase'))
    from pg_temp.proc_row where phase is null
    union all
    select file, line, '缺省 stands alone: no seq, name, post_code or limit'
    from pg_temp.proc_row where phase = 'default' and num_nonnulls(seq, name, post, step_limit) > 0
    union all
    select r.file, r.line, format('item %s has 缺省 and steps', r.code)
    from pg_temp.proc_row as r
    where r.phase = 'default' and exists (select from pg_temp.proc_row as o where o.code = r.code and o.line <> r.line)
    union all
    select file, line, format('seq "%s" is not a number from 0 to 99', seq)
    from pg_temp.proc_row where phase <> 'default' and (seq is null or seq !~ '^(0|[1-9][0-9]?)$')
    union all
    select file, line, 'step 0, and no other, is of phase 受理'
    from pg_temp.proc_row where phase <> 'default' and seq ~ '^[0-9]+$' and (seq = '0') <> (phase = 'accept')
    union all
    select r.file, r.line, format('step %s of item %s stands twice, first in line %s', r.seq, r.code, o.line)
    from pg_temp.proc_row as r
    join lateral (select min(o.line) as line from pg_temp.proc_row as o where (o.code, o.seq) = (r.code, r.seq)) as o on o.line < r.line
    union all
    select file, line, 'a step needs a name of at most 40 characters'
    from pg_temp.proc_row where phase <> 'default' and (name is null or char_length(name) > 40)
    union all
    select r.file, r.line, format('unknown post "%s"', r.post)
    from pg_temp.proc_row as r
    where r.phase <> 'default' and not exists (select from hall.post as p where p.code = r.post)
    union all
    select file, line, format('limit "%s" is not a number from 1 to 9999', step_limit)
    from pg_temp.proc_row where step_limit !~ '^[1-9][0-9]{0,3}$';
end
$$;
comment on function admin.procedure_check_rows() is 'notes what is wrong with rows of procedures, each alone';

-- What is wrong with the procedures as they are stored, against the items in force: checked after
-- each load of procedures, catalogue or floor, since all three can break it.
create or replace function admin.procedure_faults()
returns table (item_code text, seq int2, what text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  with steps as (
    select s.*, i.department_id, p.code as post, p.department_id as post_department, p.duty,
      array_position(array['accept', 'handle', 'review', 'decide', 'close'], s.phase) as rank
    from hall.procedure_step as s
    join hall.item as i on i.code = s.item_code
    join hall.post as p on p.post_id = s.post_id
  ), items as (
    select s.item_code, min(s.seq) as first, max(s.seq) as last, count(*) as steps, count(*) filter (where s.phase = 'decide') as decides,
      count(*) filter (where s.phase = 'close') as closes, count(distinct s.post_id) as posts, sum(s.limit_days) as together
    from hall.procedure_step as s group by s.item_code
  )
  select i.item_code, null::int2, 'step 0 (受理) is missing' from items as i where i.first > 0
  union all
  select i.item_code, null, format('steps are numbered 0 to %s without gaps, there are %s', i.last, i.steps)
  from items as i where i.first = 0 and i.last + 1 <> i.steps
  union all
  select i.item_code, null, 'no step decides (批准)' from items as i where i.decides = 0
  union all
  select i.item_code, null, 'more than one step closes (办结)' from items as i where i.closes > 1
  union all
  select s.item_code, s.seq, format('step %s: phases come in the order 受理, 承办, 审核, 批准, 办结', s.seq)
  from steps as s
  where s.rank < (select max(o.rank) from steps as o where o.item_code = s.item_code and o.seq < s.seq)
  union all
  select s.item_code, s.seq, format('step %s: post "%s" is not of the item''s department', s.seq, s.post)
  from steps as s where s.post_department <> s.department_id
  union all
  select s.item_code, s.seq, format('step 0: post "%s" is not a window post', s.post) from steps as s where s.seq = 0 and s.duty <> 'window'
  union all
  select s.item_code, s.seq, format('step %s: supervisors decide no case', s.seq) from steps as s where s.duty like 'supervisor%'
  union all
  select s.item_code, s.seq, 'step 0 has no limit of its own: the total clock starts when it accepts'
  from steps as s where s.seq = 0 and s.limit_days is not null
  union all
  select i.item_code, null, format('its steps'' limits add up to %s, the promise is %s (CASE-5)', i.together, v.promised)
  from items as i
  join hall.item as h on h.code = i.item_code
  join hall.item_version as v on v.item_id = h.item_id and v.in_force
  where i.together > v.promised
  union all
  select i.item_code, null, 'an immediate item stays with one post (CASE-4)'
  from items as i
  join hall.item as h on h.code = i.item_code
  join hall.item_version as v on v.item_id = h.item_id and v.in_force
  where v.handling = 'immediate' and i.posts > 1
$$;
comment on function admin.procedure_faults() is 'what is wrong with loaded procedures, against the items in force (CASE-5)';

create or replace function admin.procedure_put()
returns setof text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  items bigint;
  plain bigint;
begin
  delete from hall.procedure_step as s where s.item_code in (select r.code from pg_temp.proc_row as r);
  insert into hall.procedure_step (item_code, seq, phase, name, post_id, limit_days)
    select r.code, r.seq::int2, r.phase, r.name, p.post_id, r.step_limit::int4
    from pg_temp.proc_row as r
    join hall.post as p on p.code = r.post
    where r.phase <> 'default';
  insert into pg_temp.load_problem
    select r.file, r.line, f.what
    from admin.procedure_faults() as f
    join lateral (
      select min(o.file) as file, min(o.line) as line from pg_temp.proc_row as o
      where o.code = f.item_code and (f.seq is null or o.seq = f.seq::text)) as r on r.line is not null;
  perform admin.load_check();
  select count(distinct code) filter (where phase <> 'default'), count(*) filter (where phase = 'default') into items, plain
  from pg_temp.proc_row;
  return next format('procedures: %s items in the file', items);
  if plain > 0 then
    return next format('procedures: %s items go back to the default', plain);
  end if;
end
$$;
comment on function admin.procedure_put() is 'stores the procedures of a file, and refuses them when they do not fit their items';

create or replace function admin.load_procedures(procedures_file text, procedures text)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform admin.load_begin();
  perform admin.procedure_read(procedures_file, procedures);
  perform admin.procedure_check_rows();
  perform admin.load_check();
  return query select admin.procedure_put();
  return query select admin.procedure_settle();
  perform admin.load_record('load.procedures', array['file', null, procedures_file]);
end
$$;
comment on function admin.load_procedures(text, text)
  is 'loads procedures of items from a CSV text; may run twice; running cases keep their steps (CAT-4); YM010 with every bad row, and nothing changed';
