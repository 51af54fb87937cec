-- Projects as windows see them (PAR-6): open, show, stage.

set role yimen_owner;

create or replace function api.project_open(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_name text, p_owner text, p_code text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  posts int8[];
begin
  if k.fresh then
    begin
      posts := rule.stage_posts();
      if posts = '{}' then
        perform rule.refuse('project.no_stages');
      end if;
      k := rule.act_any(k, posts);
      k.number := rule.open_project(k, p_name, p_code, p_owner)::text;
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.project_open(bytea, int4, int2, int8, bytea, text, text, text, bytea) is
  'project.open: enters a construction project; its id is the number (PAR-6).';

-- One project: a row a stage. All of them: the stage that runs or may be received next, newest project first.
drop function if exists api.project_show(bytea, int8, text, int4, int4); -- did not tell who receives a stage

create or replace function api.project_show(p_token bytea, p_project_id int8, p_q text, p_after int4, p_limit int4)
returns table (project_id int8, code text, name text, owner text, opened_at timestamptz, stage_no int2, stage text, department text,
  item_id int8, case_id int8, number text, state text, granted bool, received_at timestamptz, decided_at timestamptz, due_at timestamptz,
  may bool, lacks text, elapsed int4, charged int4, post text, mine bool)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  at_now timestamptz := hall.clock();
  held int8[] := rule.posts_held((rule.session(p_token)).staff_id);
begin
  if p_project_id is not null and not exists (select from hall.project p where p.project_id = p_project_id) then
    perform rule.refuse('project.none');
  end if;
  return query
    with page as materialized (
      select p.* from hall.project p
      where case when p_project_id is null then p_q is null or position(lower(btrim(p_q)) in lower(concat_ws(' ', p.name, p.code, p.owner))) > 0
        else p.project_id = p_project_id end
      order by p.opened_at desc, p.project_id
      offset greatest(coalesce(p_after, 0), 0) limit least(greatest(coalesce(p_limit, 50), 1), 200)
    ), rows as (
      select p, t, c, rule.stage_lacks(p.project_id, t) as lacks, row_number() over (partition by p.project_id
        order by (c).case_id is not null and (c).granted is not true desc, (c).granted is true, t.stage_no) as place
      from page p
      cross join hall.stage t
      cross join lateral (select rule.stage_case(p.project_id, t.stage_no)) s (c)
    )
    select (r.p).project_id, (r.p).code, (r.p).name, (r.p).owner, (r.p).opened_at, (r.t).stage_no, (r.t).name, d.name,
      v.item_version_id, (r.c).case_id, (r.c).number, (r.c).state, (r.c).granted, (r.c).received_at, (r.c).decided_at, (r.c).due_at,
      (r.c).case_id is null and r.lacks is null, r.lacks, x.elapsed, x.charged, q.name, q.post_id = any (held)
    from rows r
    join hall.item i on i.item_id = (r.t).item_id
    join hall.department d on d.department_id = i.department_id
    left join hall.item_version v on v.item_id = i.item_id and v.in_force
    left join hall.item_step z on z.item_version_id = v.item_version_id and z.seq = 0
    left join hall.post q on q.post_id = z.post_id
    left join lateral (select q.* from rule.days_taken(r.c, at_now) q where (r.c).case_id is not null) x on true
    where p_project_id is not null or r.place = 1
    order by (r.p).opened_at desc, (r.p).project_id, (r.t).stage_no;
end $$;
comment on function api.project_show(bytea, int8, text, int4, int4) is
  'project.show: the stages of a project, which may be received next and what it lacks; without one, projects and where they are (PAR-6).';

drop function if exists api.project_stage(bytea, int2, int8); -- did not tell which stage an item is

create or replace function api.project_stage(p_token bytea, p_stage_no int2, p_item_id int8)
returns table (seq int2, matter text, department text, post text, limit_n int4, unit text, conditional bool, deem_basis text,
  stage_no int2, stage text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  wanted int8;
begin
  perform rule.session(p_token);
  wanted := coalesce(p_item_id, (select v.item_version_id from hall.stage t
    join hall.item_version v on v.item_id = t.item_id and v.in_force where t.stage_no = p_stage_no));
  if wanted is null or not exists (select from hall.item_version v where v.item_version_id = wanted) then
    perform rule.refuse('item.none');
  end if;
  return query
    select r.seq, r.matter, d.name, p.name, r.limit_n, r.unit, r.conditional, r.deem_basis, t.stage_no, t.name
    from hall.item_review r
    join hall.item_version v on v.item_version_id = r.item_version_id
    left join hall.stage t on t.item_id = v.item_id
    join hall.post p on p.post_id = r.post_id
    join hall.department d on d.department_id = p.department_id
    where r.item_version_id = wanted order by r.seq;
end $$;
comment on function api.project_stage(bytea, int2, int8) is
  'project.stage: the reviews of a stage as it is in force, or of a version of a joint item: who reviews what in which limit (PAR-1).';
