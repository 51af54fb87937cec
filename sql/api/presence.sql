-- Who is here: the beat of yimend (POST-4); presence.in, out, leaving, sheet (WHR-1).

set role yimen_owner;

drop function if exists api.presence_beat(bytea[], int4); -- it told of all lines there are
create or replace function api.presence_beat(p_sessions bytea[], p_elapsed_ms int4, p_server bytea default '')
returns table (emptied int4, moved int4)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return query select b.emptied, b.moved from rule.beat(p_sessions, p_elapsed_ms, p_server) b;
end $$;
comment on function api.presence_beat(bytea[], int4, bytea) is
  'Whose line is up now with a yimend, by the hashes of their tokens, and for how long it has served since it last said so (POST-4).';

create or replace function api.presence_in(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash, true);
begin
  if k.fresh then
    begin
      perform rule.come_in(k.staff_id, k.window_id, k.session_id, true);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.presence_in(bytea, int4, int2, int8, bytea) is
  'presence.in: signs in for the half day (WHR-1) and takes the posts nobody holds of which one is A (POST-2).';

create or replace function api.presence_out(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
begin
  if k.fresh then
    begin
      update hall.session s set signed_out_at = k.at
      where s.staff_id = k.staff_id and s.closed_at is null and s.signed_out_at is null;
      perform rule.depart(l.session_id) from hall.live l where l.staff_id = k.staff_id;
      perform rule.leave_off(k.staff_id, k.window_id, k.at);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.presence_out(bytea, int4, int2, int8, bytea) is
  'presence.out: signs out of the half day (WHR-1); one counts as gone from now, at every window (POST-4).';

create or replace function api.presence_leaving(p_token bytea)
returns table (post_id int8, post text, open_cases int4, empty_at timestamptz, first text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  at_now timestamptz := hall.clock();
  empty_at timestamptz := rule.add_opening(at_now, make_interval(secs => hall.setting_text('post.gone_seconds')::int4));
begin
  return query
    select p.post_id, p.name, (select count(*)::int4 from hall.case_file c where c.post_id = p.post_id
        and c.state not in ('closed', 'declined', 'withdrawn', 'lapsed')),
      empty_at, s.name
    from hall.post p
    left join hall.staff s on s.staff_id = rule.offer_first(p.post_id, at_now, v.staff_id)
    where p.holder_id = v.staff_id
    order by p.post_id;
end $$;
comment on function api.presence_leaving(bytea) is
  'presence.leaving: the posts one holds, and what becomes of each if one goes now: when it falls empty, to whom it is offered first (POST-4).';

create or replace function api.presence_sheet(p_token bytea, p_day date, p_all bool)
returns table (staff_id int8, name text, department text, half text, in_at timestamptz, out_at timestamptz, verdict text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  at_now timestamptz := hall.clock();
  wanted date := coalesce(p_day, rule.day_of(at_now));
  own int8 := (select s.department_id from hall.staff s where s.staff_id = v.staff_id);
begin
  if p_all is true then
    perform rule.need_class(v.staff_id, 4 | 16);
  end if;
  return query
    select s.staff_id, s.name, d.name, h.half, t.in_at, t.out_at, rule.verdict(s.staff_id, wanted, h.half, t.in_at, t.out_at, at_now)
    from hall.staff s
    join hall.department d on d.department_id = s.department_id
    cross join (values ('am'), ('pm')) h (half)
    left join hall.attendance t on t.staff_id = s.staff_id and t.day = wanted and t.half = h.half
    where s.active and s.role is null and (p_all is true or s.department_id = own)
    order by d.name collate "zh-x-icu", s.name collate "zh-x-icu", s.staff_id, h.half;
end $$;
comment on function api.presence_sheet(bytea, date, bool) is
  'presence.sheet: who signed in and out on a day, late, early, absent (WHR-1): of one''s department, for supervisors and auditors of the hall.';
