-- Handovers as windows see them (POST-3): start, note, confirm, change, cancel, finish, list, show, paper.

set role yimen_owner;

create or replace function api.handover_start(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_post_id int8, p_to_id int8, p_from timestamptz, p_until timestamptz, p_reason text, p_case_id int8[], p_case_note text[], p_thing text[], p_absence_id int8, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash, true);
begin
  if k.fresh then
    begin
      k := rule.start_handover(k, p_post_id, p_to_id, p_from, p_until, p_reason, p_case_id, p_case_note, p_thing, p_absence_id);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.handover_start(bytea, int4, int2, int8, bytea, int8, int8, timestamptz, timestamptz, text, int8[], text[], text[], int8, bytea) is
  'handover.start: plans a handover, by the A, a B who holds the post, or the chief representative (POST-3).';

create or replace function api.handover_note(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_handover_id int8, p_case_id int8, p_note text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
begin
  if k.fresh then
    begin
      k := rule.note_case(k, p_handover_id, p_case_id, p_note);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.handover_note(bytea, int4, int2, int8, bytea, int8, int8, text, bytea) is
  'handover.note: what to know about a case that is handed over, new or put right.';

create or replace function api.handover_confirm(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_handover_id int8, p_items int2[])
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
begin
  if k.fresh then
    begin
      k := rule.confirm_handover(k, p_handover_id, p_items);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.handover_confirm(bytea, int4, int2, int8, bytea, int8, int2[]) is
  'handover.confirm: the taker confirms items; all of them: the handover is confirmed and has its paper (POST-3).';

create or replace function api.handover_change(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_handover_id int8, p_to_id int8, p_from timestamptz, p_until timestamptz, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash, true);
begin
  if k.fresh then
    begin
      k := rule.change_handover(k, p_handover_id, p_to_id, p_from, p_until, p_reason);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.handover_change(bytea, int4, int2, int8, bytea, int8, int8, timestamptz, timestamptz, text, bytea) is
  'handover.change: another taker or time, confirmed anew; once it runs another end only.';

create or replace function api.handover_cancel(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_handover_id int8, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash, true);
begin
  if k.fresh then
    begin
      k := rule.cancel_handover(k, p_handover_id, p_reason);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.handover_cancel(bytea, int4, int2, int8, bytea, int8, text, bytea) is
  'handover.cancel: called off before it begins.';

create or replace function api.handover_finish(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_handover_id int8, p_note text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash, true);
begin
  if k.fresh then
    begin
      k := rule.finish_handover(k, p_handover_id, p_note);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.handover_finish(bytea, int4, int2, int8, bytea, int8, text, bytea) is
  'handover.finish: an early return, by either side: the post goes back at once (POST-3).';

create or replace function api.handover_list(p_token bytea, p_all bool)
returns table (handover_id int8, post_id int8, post text, giver text, giver_id int8, taker text, taker_id int8, from_at timestamptz,
  until_at timestamptz, reason text, state text, late bool, cases int4, things int4, waiting int4, role text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  posts int8[] := rule.handover_posts(v.staff_id);
begin
  if p_all is true then
    perform rule.need_class(v.staff_id, 4 | 16);
  end if;
  return query
    with seen as (
      select h.*, h.state not in ('planned', 'confirmed', 'running') as past
      from hall.handover h
      where p_all is true or h.post_id = any (posts) or v.staff_id in (h.giver_id, h.taker_id, h.planned_by)
      order by past, case when h.ended_at is null then h.from_at end, h.from_at desc, h.handover_id
      limit 200
    )
    select h.handover_id, h.post_id, p.name, g.name, h.giver_id, t.name, h.taker_id, h.from_at, h.until_at, h.reason, h.state, h.late,
      i.cases, i.things, i.waiting,
      case v.staff_id when h.giver_id then 'giver' when h.taker_id then 'taker' else '' end
    from seen h
    join hall.post p on p.post_id = h.post_id
    join hall.staff g on g.staff_id = h.giver_id
    join hall.staff t on t.staff_id = h.taker_id
    cross join lateral (
      select count(*) filter (where x.kind = 'case')::int4 as cases, count(*) filter (where x.kind = 'thing')::int4 as things,
        count(*) filter (where x.confirmed_at is null)::int4 as waiting
      from hall.handover_item x where x.handover_id = h.handover_id) i
    order by h.past, case when h.ended_at is null then h.from_at end, h.from_at desc, h.handover_id;
end $$;
comment on function api.handover_list(bytea, bool) is
  'handover.list: handovers of the posts one has to do with, those to come first, the newest 200; of the whole hall for supervisors and auditors.';

create or replace function api.handover_show(p_token bytea, p_handover_id int8)
returns table (item int2, kind text, case_id int8, number text, item_name text, applicant text, due_at timestamptz, text text,
  confirmed_at timestamptz, confirmed_by text, done text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
begin
  return query select * from rule.handover_rows(v.staff_id, rule.handover_to_see(v.staff_id, p_handover_id));
end $$;
comment on function api.handover_show(bytea, int8) is
  'handover.show: its items, the other open cases of the post, and what was done with them while it ran: the report (POST-3).';

create or replace function api.handover_paper(p_token bytea, p_handover_id int8)
returns table (no int2, block text, c1 text, c2 text, c3 text, c4 text, widths text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  blocks hall.block[] := rule.handover_blocks(v.staff_id, rule.handover_to_see(v.staff_id, p_handover_id));
begin
  if blocks is null then
    perform rule.refuse('handover.no_paper');
  end if;
  return query select * from rule.block_rows(blocks);
end $$;
comment on function api.handover_paper(bytea, int8) is 'handover.paper: 交接单, as blocks to print, once it is confirmed (POST-3).';
