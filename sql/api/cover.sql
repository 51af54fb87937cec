-- Empty posts (POST-4): cover.list, take, give_back, ask_back.

set role yimen_owner;

create or replace function api.cover_list(p_token bytea, p_all bool)
returns table (post_id int8, post text, window_no int4, a text, empty_since timestamptz, why text, first text, to_me bool,
  to_all_at timestamptz, alert_at timestamptz, alerted bool, open_cases int4, due_today int4)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  at_now timestamptz := hall.clock();
  today date := rule.day_of(at_now);
begin
  return query
    select p.post_id, p.name, w.no, f.name, t.from_at, t.how, s.name, rule.may_take(p.post_id, v.staff_id, at_now), o.to_all_at, o.alert_at,
      o.alerted_at is not null, n.cases, n.today
    from hall.post p
    left join hall.tenure t on t.post_id = p.post_id and t.until_at is null
    left join hall.offer o on o.post_id = p.post_id and o.ended_at is null
    left join lateral rule.window_of(p.post_id, today) w on true
    left join hall.post_place y on y.post_id = p.post_id and y.place = 'A'
    left join hall.staff f on f.staff_id = y.staff_id
    left join hall.staff s on s.staff_id = o.first_staff_id
    cross join lateral (
      select count(*)::int4 as cases,
        (count(*) filter (where rule.day_of(least(c.due_at, c.step_due_at, c.term_at)) <= today))::int4 as today
      from hall.case_file c
      where c.post_id = p.post_id and c.state not in ('closed', 'declined', 'withdrawn', 'lapsed')) n
    where p.holder_id is null and (rule.place_in(p.post_id, v.staff_id, at_now) is not null or o.post_id is not null and (p_all is true or rule.above(v.staff_id, p.post_id)))
    order by o.alerted_at is null, t.from_at nulls last, p.post_id;
end $$;
comment on function api.cover_list(bytea, bool) is
  'cover.list: empty posts one has a place in, as chief representative those of the department, as supervisor of the hall; the longest told of first (POST-4).';

create or replace function api.cover_take(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_post_id int8)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash, true);
begin
  if k.fresh then
    begin
      k := rule.take_post(k, p_post_id);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.cover_take(bytea, int4, int2, int8, bytea, int8) is 'cover.take: takes an empty post that is offered to one (主动顶岗).';

create or replace function api.cover_give_back(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_post_id int8,
  p_note text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash, true);
begin
  if k.fresh then
    begin
      k := rule.give_back(k, p_post_id, p_note);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.cover_give_back(bytea, int4, int2, int8, bytea, int8, text, bytea) is
  'cover.give_back: who covers gives the post back, to its A who is here, else to whoever takes it.';

create or replace function api.cover_ask_back(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_post_id int8)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
begin
  if k.fresh then
    begin
      k := rule.ask_back(k, p_post_id);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.cover_ask_back(bytea, int4, int2, int8, bytea, int8) is
  'cover.ask_back: the A of a post, back again, asks who covers it to give it back.';
