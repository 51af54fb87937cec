-- Whereabouts as windows see them (WHR-2, POST-6): away, back, the board; which windows could watch, which one watches.

set role yimen_owner;

create or replace function api.presence_away(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_kind text, p_destination text, p_contact text, p_until timestamptz, p_watch_no int4, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  w hall.whereabouts;
begin
  if k.fresh then
    begin
      w := rule.leave_for(k, p_kind, p_destination, p_contact, p_until, p_watch_no);
      k.number := w.whereabouts_id::text;
      if w.watch_window_id is not null then
        perform rule.put_up_sign(k, w);
        k := rule.told_watch(k, w);
      end if;
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.presence_away(bytea, int4, int2, int8, bytea, text, text, text, timestamptz, int4, bytea) is
  'presence.away: leaves the post for a while and says where to; with a neighbouring window named, the sign is made (POST-6).';

create or replace function api.presence_back(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
begin
  if k.fresh then
    begin
      if not rule.come_back(k, 'back') then
        perform rule.refuse('presence.here');
      end if;
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.presence_back(bytea, int4, int2, int8, bytea) is
  'presence.back: is back at the post; what is left of an absence is given back (WHR-2).';

create or replace function api.presence_board(p_token bytea, p_all bool)
returns table (staff_id int8, name text, department text, window_no int4, kind text, since timestamptz, until timestamptz, posts text,
  covered_by text, contact text, destination text, note text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v rule.viewer := rule.session(p_token);
begin
  return query select * from rule.board(
    case when p_all is not true then (select s.department_id from hall.staff s where s.staff_id = v.staff_id) end, hall.clock());
end $$;
comment on function api.presence_board(bytea, bool) is 'presence.board: where everybody is, until when and who covers (WHR-2).';

create or replace function api.presence_sign(p_token bytea)
returns table (no int2, block text, c1 text, c2 text, c3 text, c4 text, widths text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  sign hall.block[] := rule.floor_blocks('away', (select w.whereabouts_id from hall.whereabouts w
    where w.staff_id = v.staff_id and w.ended_at is null));
begin
  if sign is null then
    perform rule.refuse('presence.no_sign');
  end if;
  return query select * from rule.block_rows(sign);
end $$;
comment on function api.presence_sign(bytea) is 'presence.sign: the sign to put up while one is away, 去向告知牌, as blocks to print (POST-6).';

create or replace function api.presence_neighbours(p_token bytea)
returns table (window_no int4, place text, people text, receives bool)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  at_now timestamptz := hall.clock();
begin
  return query
    select f.no, f.place, string_agg(distinct f.name, '、'), rule.watch_receives(v.window_id, f.window_id, at_now)
    from rule.staffed(at_now) f
    where f.window_id <> v.window_id
    group by f.window_id, f.no, f.place
    order by 4 desc, abs(f.no - (select w.no from hall.window w where w.window_id = v.window_id)), f.no;
end $$;
comment on function api.presence_neighbours(bytea) is
  'presence.neighbours: windows where somebody could watch one''s own, those that could receive its matters and the nearest first (POST-6).';

create or replace function api.presence_watched(p_token bytea)
returns table (window_no int4, name text, kind text, since timestamptz, until timestamptz, contact text, receives bool)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
begin
  return query
    select w.no, s.name, x.kind, x.since, x.until_at, x.contact, rule.watch_receives(x.window_id, v.window_id, hall.clock())
    from hall.whereabouts x
    join hall.window w on w.window_id = x.window_id
    join hall.staff s on s.staff_id = x.staff_id
    where x.watch_window_id = v.window_id and x.ended_at is null
    order by x.since, x.whereabouts_id;
end $$;
comment on function api.presence_watched(bytea) is
  'presence.watched: whose windows one''s own window watches now, until they are back (POST-6).';
