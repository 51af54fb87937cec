-- The steps, reviews and switches of items in force, as they were loaded (hall.procedure_step, hall.joint_review, hall.silent_item) or
-- steps made from what posts receive (hall.post_item). The default procedure (CASE-17): one post of the department receives and
-- handles, a second reviews and decides; what is finished on the spot stays with the first. No step
-- of it has a limit of its own.

set role yimen_owner;

drop function if exists admin.procedure_wanted();
create or replace function admin.procedure_wanted()
returns table (item_version_id int8, seq int2, phase text, name text, post_id int8, limit_days int4)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select v.item_version_id, l.seq, l.phase, l.name, l.post_id, l.limit_days
  from hall.item_version as v
  join hall.item as i on i.item_id = v.item_id
  join hall.procedure_step as l on l.item_code = i.code
  where v.in_force
  union all
  select v.item_version_id, s.seq, s.phase, s.name,
    case when s.seconds and v.handling <> 'immediate' then coalesce(p.review_post_id, p.post_id) else p.post_id end, null
  from hall.item_version as v
  join hall.item as i on i.item_id = v.item_id
  join lateral (
    select * from hall.post_item as p
    where p.department_id = i.department_id and p.item_code in (i.code, '*')
    order by p.item_code = '*'
    limit 1) as p on true
  cross join (values
    (0::int2, 'accept', '受理', false),
    (1::int2, 'handle', '承办', false),
    (2::int2, 'review', '审核', true),
    (3::int2, 'decide', '批准', true),
    (4::int2, 'close', '办结', false)) as s(seq, phase, name, seconds)
  where v.in_force and not exists (select from hall.procedure_step as l where l.item_code = i.code)
$$;
comment on function admin.procedure_wanted() is 'the procedure of every item in force: the one loaded, else the default (CASE-17)';

create or replace function admin.reviews_wanted()
returns table (item_version_id int8, seq int2, matter text, post_id int8, limit_n int4, unit text, conditional bool, deem_basis text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select v.item_version_id, r.seq, r.matter, r.post_id, r.limit_n, r.unit, r.conditional, r.deem_basis
  from hall.item_version as v
  join hall.item as i on i.item_id = v.item_id
  join hall.joint_review as r on r.item_code = i.code
  where v.in_force and v.handling = 'joint'
$$;
comment on function admin.reviews_wanted() is 'the reviews of every joint item in force, as they were loaded (PAR-1)';

create or replace function admin.silence_wanted()
returns table (item_version_id int8, promise_basis text, renewal_basis text)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select v.item_version_id, s.promise_basis, s.renewal_basis
  from hall.item_version as v
  join hall.item as i on i.item_id = v.item_id
  left join hall.silent_item as s on s.item_code = i.code
  where v.in_force
$$;
comment on function admin.silence_wanted() is 'by what silence decides each item in force, as loaded; off where nothing was (DEEM-5)';

-- Gives the versions of a list new ones, equal but for the steps and reviews still to come.
-- Whole rows are copied, so that a column added later comes along.
create or replace function admin.procedure_renew(ids int8[])
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  create temporary table renewed on commit drop as
    select v.item_version_id as old_id, hall.next_id() as new_id,
      (select max(o.version) + 1 from hall.item_version as o where o.item_id = v.item_id) as version
    from hall.item_version as v where v.item_version_id = any (ids);
  update hall.item_version set in_force = false where item_version_id = any (ids);
  insert into hall.item_version
    select n.*
    from pg_temp.renewed as r
    join hall.item_version as v on v.item_version_id = r.old_id
    cross join lateral jsonb_populate_record(v, jsonb_build_object('item_version_id', r.new_id, 'version', r.version,
      'in_force', true, 'loaded_at', hall.clock())) as n;
  insert into hall.item_material
    select n.*
    from pg_temp.renewed as r
    join hall.item_material as m on m.item_version_id = r.old_id
    cross join lateral jsonb_populate_record(m, jsonb_build_object('item_version_id', r.new_id)) as n;
  drop table pg_temp.renewed;
end
$$;
comment on function admin.procedure_renew(int8[]) is 'new versions of items whose steps, reviews or switches must change while cases run under them (CAT-4)';

create or replace function admin.procedure_settle()
returns setof text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  differing int8[];
  used int8[];
  orphans bigint;
begin
  -- a catalogue or floor may break what was right when its procedure was loaded
  insert into pg_temp.load_problem select 'procedure of ' || f.item_code, coalesce(f.seq, 0), f.what from admin.procedure_faults() as f
    union all select 'reviews of ' || f.item_code, coalesce(f.seq, 0), f.what from admin.review_faults() as f;
  perform admin.load_check();
  differing := array(
    select coalesce(w.item_version_id, n.item_version_id)
    from (select p.item_version_id, array_agg((p.phase, p.name, p.post_id, p.limit_days)::text order by p.seq) as steps
      from admin.procedure_wanted() as p group by p.item_version_id) as w
    full join (select s.item_version_id, array_agg((s.phase, s.name, s.post_id, s.limit_days)::text order by s.seq) as steps
      from hall.item_step as s
      join hall.item_version as v on v.item_version_id = s.item_version_id and v.in_force
      group by s.item_version_id) as n on n.item_version_id = w.item_version_id
    where w.steps is distinct from n.steps
    union
    select coalesce(w.item_version_id, n.item_version_id)
    from (select r.item_version_id, array_agg(to_jsonb(r) order by r.seq) as reviews from admin.reviews_wanted() as r group by r.item_version_id) as w
    full join (select r.item_version_id, array_agg(to_jsonb(r) order by r.seq) as reviews
      from hall.item_review as r
      join hall.item_version as v on v.item_version_id = r.item_version_id and v.in_force
      group by r.item_version_id) as n on n.item_version_id = w.item_version_id
    where w.reviews is distinct from n.reviews
    union
    select s.item_version_id from admin.silence_wanted() as s
    join hall.item_version as v on v.item_version_id = s.item_version_id
    where (v.promise_basis, v.renewal_basis) is distinct from (s.promise_basis, s.renewal_basis));
  if cardinality(differing) > 0 then
    lock table hall.case_file in share mode; -- whoever is receiving under one of them is waited for, and then counted
  end if;
  used := array(select distinct c.item_version_id from hall.case_file as c where c.item_version_id = any (differing));
  perform admin.procedure_renew(used);
  delete from hall.item_step as s where s.item_version_id = any (differing) and s.item_version_id <> all (used);
  delete from hall.item_review as r where r.item_version_id = any (differing) and r.item_version_id <> all (used);
  insert into hall.item_step (item_version_id, seq, phase, name, post_id, limit_days)
    select w.item_version_id, w.seq, w.phase, w.name, w.post_id, w.limit_days
    from admin.procedure_wanted() as w
    where not exists (select from hall.item_step as s where s.item_version_id = w.item_version_id);
  insert into hall.item_review
    select w.* from admin.reviews_wanted() as w
    where not exists (select from hall.item_review as r where r.item_version_id = w.item_version_id);
  update hall.item_version as v set promise_basis = w.promise_basis, renewal_basis = w.renewal_basis
    from admin.silence_wanted() as w
    where v.item_version_id = w.item_version_id
      and (v.promise_basis, v.renewal_basis) is distinct from (w.promise_basis, w.renewal_basis);
  if cardinality(differing) > 0 then
    return next format('procedures: %s set, %s of them in a new version because cases run', cardinality(differing), cardinality(used));
  end if;
  select count(*) into orphans from hall.item_version as v
  where v.in_force and v.guide and not exists (select from hall.item_step as s where s.item_version_id = v.item_version_id);
  if orphans > 0 then
    return next format('procedures: %s items have a guide but no post receives them', orphans);
  end if;
  select count(*) into orphans from hall.post_item as p
  where p.item_code <> '*' and not exists (select from hall.item as i where i.code = p.item_code);
  if orphans > 0 then
    return next format('items of posts: %s codes are not in the catalogue yet', orphans);
  end if;
end
$$;
comment on function admin.procedure_settle() is 'makes the steps, reviews and switches of every item in force agree with what was loaded and what posts receive';

create or replace function admin.set_major(item_code text, yes bool)
returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  update hall.item set major = yes where code = item_code;
  if not found then
    raise exception using errcode = 'YM010', message = format('there is no item "%s"', item_code);
  end if;
  perform admin.load_record('item.major', array['item', null, item_code, 'major', null, yes::text]);
end
$$;
comment on function admin.set_major(text, bool) is 'marks an item a major matter: declining it needs the chief representative''s approval (NEG-2)';
