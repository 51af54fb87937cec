-- Events, news and the clock as windows see them; the tail and the sweep of yimend.

set role yimen_owner;

create or replace function api.event_list(p_token bytea, p_case_id int8, p_after int8, p_limit int4)
returns table (event_id int8, at timestamptz, event text, case_id int8, number text, post_id int8, version int4,
  window_no int4, actor text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
begin
  perform rule.need_class(v.staff_id, 4 | 16);
  return query
    select e.event_id, e.at, e.event, e.case_id, c.number, e.post_id, e.version, w.no,
      rule.actor_name(e.staff_id, e.acting, e.for_staff_id)
    from hall.event e
    join hall.case_file c on c.case_id = e.case_id
    left join hall.window w on w.window_id = e.window_id
    where e.event_id > coalesce(p_after, 0) and (p_case_id is null or e.case_id = p_case_id)
    order by e.event_id limit rule.page_limit(p_limit);
end $$;
comment on function api.event_list(bytea, int8, int8, int4) is 'event.list: events in order of their number.';

-- The cursor is a snapshot (architecture, decision 6): what was not visible then and is now.
-- After a full page it is "before/until/last id": the window between the two snapshots is
-- read to its end before it moves on. Keys of events and of news are of one sequence, so one
-- last id holds for both.
-- Read after every commit, so it is not planned anew each time; and written so that a plan which
-- knows neither cursor nor table can only begin with the index of transactions: no order and no
-- condition leads it through the keys instead, no join through a whole table.
create or replace function api.event_tail(p_prev text, p_limit int4)
returns table (snapshot text, event_id int8, at timestamptz, event text, case_id int8, number text,
  post_id int8, version int4, window_no int4, actor text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
declare
  part text[] := string_to_array(nullif(p_prev, ''), '/');
  before pg_snapshot := part[1];
  until pg_snapshot := coalesce(part[2], pg_current_snapshot()::text);
  seen int8 := coalesce(part[3]::int8, 0);
  n int4 := greatest(p_limit, 1);
begin
  return query
    with fresh as materialized (
      select e.event_id as id, e.at, e.event, e.case_id, e.post_id, e.version, e.window_id, e.staff_id
      from hall.event e
      where e.x >= pg_snapshot_xmin(before)
        and not pg_visible_in_snapshot(e.x, before) and pg_visible_in_snapshot(e.x, until)
        and e.event_id - seen > 0
      union all
      select w.news_id, w.at, w.event, w.case_id, w.post_id, null, w.window_id, w.staff_id
      from hall.news w
      where w.x >= pg_snapshot_xmin(before)
        and not pg_visible_in_snapshot(w.x, before) and pg_visible_in_snapshot(w.x, until)
        and w.news_id - seen > 0
    ), page as materialized (
      select f.id, f.at, f.event, f.case_id, (select c.number from hall.case_file c where c.case_id = f.case_id),
        f.post_id, f.version, (select o.no from hall.window o where o.window_id = f.window_id),
        coalesce((select s.name from hall.staff s where s.staff_id = f.staff_id), 'system')
      from (select * from fresh order by id limit n) f
      order by f.id
    ), cursor as (
      select case when count(*) = n then concat_ws('/', before, until, max(p.id)) else until::text end
      from page p
    )
    select c.*, p.* from cursor c left join page p on true;
end $$;
comment on function api.event_tail(text, int4) is
  'Events and news committed since a cursor, each once; every row carries the cursor for the next call. A full page: call again.';

create or replace function api.tick(p_limit int4) returns table (fired int4, next_at timestamptz)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  fired := 0;
  if pg_try_advisory_xact_lock(5199, 8) then
    fired := rule.sweep(hall.clock(), greatest(p_limit, 1));
    perform rule.sweep_papers();
    perform rule.sweep_news(500);
  end if;
  select least((select min(d.at) from hall.due d), (select min(q.at) from hall.post_due q)) into next_at;
  return next;
end $$;
comment on function api.tick(int4) is 'Fires what is due, in order; any number of servers may call it (decision 8).';

create or replace function api.clock_show(p_token bytea)
returns table (now timestamptz, test bool, working bool, open bool, reason text, closes_at timestamptz, waiting int4)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform rule.session(p_token, true);
  return query select * from rule.clock_row();
end $$;
comment on function api.clock_show(bytea) is 'clock.show: the hall''s clock.';

create or replace function api.clock_set(p_token bytea, p_at timestamptz)
returns table (now timestamptz, test bool, working bool, open bool, reason text, closes_at timestamptz, waiting int4)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v rule.viewer := rule.session(p_token);
  was timestamptz;
begin
  perform rule.need_class(v.staff_id, 8);
  if not hall.is_test() then
    perform rule.refuse('clock.not_test');
  end if;
  perform pg_advisory_xact_lock(5199, 8);
  was := hall.clock();
  if p_at < was then
    perform rule.refuse('clock.back');
  end if;
  -- As a command takes its locks: the holders, all cases, the first counter; else the two meet.
  perform rule.lock_holders();
  perform from hall.case_file f
  where f.case_id in (select d.case_id from hall.due d where d.at <= p_at) order by f.case_id for update;
  while rule.sweep(p_at, 1000) > 0 or rule.post_is_due(p_at) loop
    null; -- what fires may make something else due; what of a post cannot fire is due no more
  end loop;
  insert into hall.setting values ('clock.ahead', (p_at - hall.wall())::text, 'how far a test hall''s clock runs ahead')
  on conflict (name) do update set value = excluded.value;
  perform rule.audit('hall', 0, 'clock.set', v.staff_id, v.window_id, array['clock', was::text, p_at::text]);
  return query select * from rule.clock_row();
end $$;
comment on function api.clock_set(bytea, timestamptz) is
  'clock.set: moves the clock of a test hall forward; everything due fires in order first.';
