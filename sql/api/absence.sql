-- Planned absences as windows see them (WHR-3, POST-5): plan, change, cancel, approve, list.

set role yimen_owner;

create or replace function api.absence_plan(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_kind text, p_from timestamptz, p_until timestamptz, p_reason text, p_contact text, p_login text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
begin
  if k.fresh then
    begin
      k := rule.plan_absence(k, p_kind, p_from, p_until, p_reason, p_contact, p_login);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.absence_plan(bytea, int4, int2, int8, bytea, text, timestamptz, timestamptz, text, text, text, bytea) is
  'absence.plan: asks for an absence, ones own or as chief representative somebody elses (WHR-3).';

create or replace function api.absence_change(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_absence_id int8, p_from timestamptz, p_until timestamptz, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
begin
  if k.fresh then
    begin
      k := rule.change_absence(k, p_absence_id, p_from, p_until, p_reason);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.absence_change(bytea, int4, int2, int8, bytea, int8, timestamptz, timestamptz, text, bytea) is
  'absence.change: another time for an absence that is not over; more than was granted is asked for again.';

create or replace function api.absence_cancel(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_absence_id int8, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
begin
  if k.fresh then
    begin
      k := rule.cancel_absence(k, p_absence_id, p_reason);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.absence_cancel(bytea, int4, int2, int8, bytea, int8, text, bytea) is
  'absence.cancel: an absence that has not begun is not wanted any more.';

create or replace function api.absence_approve(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_absence_id int8, p_grant bool, p_reason text, p_substitute text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
begin
  if k.fresh then
    begin
      k := rule.judge_absence(k, p_absence_id, coalesce(p_grant, false), p_reason, p_substitute);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.absence_approve(bytea, int4, int2, int8, bytea, int8, bool, text, text, bytea) is
  'absence.approve: grants or denies it by the post of its rank (WHR-3); a supervisor may name a substitute where nobody would be left (POST-5).';

drop function if exists api.absence_list(bytea, text, date, date); -- its rows did not name who decides
create or replace function api.absence_list(p_token bytea, p_scope text, p_from date, p_until date)
returns table (absence_id int8, staff_id int8, name text, department text, kind text, from_at timestamptz, until_at timestamptz,
  half_days int4, reason text, state text, approver text, mine_to_decide bool, decided_by text, decided_at timestamptz, note text,
  uncovered text, substitute text, judge_post text, judge text, judge_could text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  at_now timestamptz := hall.clock();
  held text[] := array(select p.duty || case when p.duty = 'chief' then p.department_id::text else '' end from hall.post p where p.holder_id = v.staff_id);
  own_director bool := rule.decides_own(v.staff_id);
  own_department int8 := (select s.department_id from hall.staff s where s.staff_id = v.staff_id);
  supervises bool := rule.held_of(v.staff_id, rule.supervisor_posts()) is not null;
begin
  if p_scope not in ('mine', 'approve', 'department', 'all') then
    perform rule.invalid('absence.scope', 'scope');
  elsif p_scope = 'all' then
    perform rule.need_class(v.staff_id, 4 | 16);
  end if;
  return query
    select a.absence_id, a.staff_id, s.name, d.name, a.kind, a.from_at, a.until_at, a.half_days,
      case when v.staff_id in (a.staff_id, a.asked_by) or j.judge or supervises or p_scope = 'all' then a.reason end,
      case when a.state = 'granted' and a.until_at <= at_now then 'over' else a.state end,
      case a.rank when 1 then 'chief' when 2 then 'supervisor2' else 'supervisor3' end,
      a.state = 'asked' and a.until_at > at_now and (j.judge or supervises and a.rank = 1 and u.posts is not null)
        and (a.staff_id <> v.staff_id or own_director),
      g.name, a.decided_at,
      case when v.staff_id in (a.staff_id, a.asked_by) or j.judge or supervises or p_scope = 'all' then a.answer end,
      u.posts, b.name, q.posts, q.holders, q.could
    from hall.absence a
    join hall.staff s on s.staff_id = a.staff_id
    join hall.department d on d.department_id = a.department_id
    left join hall.staff g on g.staff_id = a.decided_by
    left join hall.staff b on b.staff_id = a.substitute_id
    cross join lateral (select case a.rank when 1 then 'chief' || a.department_id when 2 then 'supervisor2' else 'supervisor3' end = any (held) as judge) j
    left join lateral (
      select string_agg(q.post, '、') as posts
      from rule.uncovered(a.staff_id, tstzrange(greatest(a.from_at, at_now), a.until_at), a.absence_id) q
      where a.state = 'asked' and a.until_at > at_now) u on true
    left join lateral (
      select string_agg(p.name, '、' order by p.post_id) as posts, string_agg(distinct h.name, '、') as holders,
        (select string_agg(distinct m.name, '、') from hall.post_place l join hall.staff m on m.staff_id = l.staff_id and m.active
          where l.post_id = any (array_agg(p.post_id)) and bool_and(p.holder_id is null)) as could
      from hall.post p left join hall.staff h on h.staff_id = p.holder_id
      where a.state = 'asked' and p.post_id = any (rule.absence_judges(a.rank, a.department_id))) q on true
    where case p_scope
        when 'mine' then v.staff_id in (a.staff_id, a.asked_by)
        when 'approve' then a.state = 'asked' and a.until_at > at_now and (j.judge or supervises and a.rank = 1 and u.posts is not null)
        when 'department' then a.department_id = own_department
        else true end
      and (p_from is null or a.until_at > rule.moment(p_from, '00:00'))
      and (p_until is null or a.from_at < rule.moment(p_until + 1, '00:00'))
    order by a.state <> 'asked', a.from_at desc, a.absence_id desc
    limit 200;
end $$;
comment on function api.absence_list(bytea, text, date, date) is
  'absence.list: absences asked for and decided: one''s own, those to decide, of the department, of the hall; the newest 200.';
