-- Commands of first contacts (首问, CASE-1, FST-1, FST-2): record, hand, confirm, close, list.

set role yimen_owner;

-- As it was before a write could name its draft.
drop function if exists api.visit_record(bytea, int4, int2, int8, bytea, text, text, text, text, int8, int8, int4, text, int8);
create or replace function api.visit_record(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_matter text, p_result text, p_name text, p_phone text, p_item_id int8, p_to_post_id int8, p_window_no int4,
  p_reply text, p_as_post_id int8, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  v hall.visit;
  post int8 := p_to_post_id;
begin
  if k.fresh then
    begin
      k := rule.act_any(k, case when p_as_post_id is not null then array[p_as_post_id] end);
      v := rule.begin_visit(k, p_name, p_phone, p_matter, p_item_id);
      if post is null and p_window_no is null then
        select s.post_id into post from hall.item_step s where s.item_version_id = p_item_id and s.seq = 0;
      end if;
      case p_result
        when 'handed' then
          v := rule.hand(v, post, p_reply);
        when 'kept' then
          v.state := 'open';
          v.result := 'kept';
          v.reply := nullif(btrim(p_reply), '');
        when 'answered', 'pointed' then
          v := rule.answer_visit(v, p_result, p_reply, post, p_window_no, k.at);
        else
          perform rule.invalid('visit.result', 'result');
      end case;
      k := rule.told_unheld(rule.keep_visit(k, v, 'record', null), v);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.visit_record(bytea, int4, int2, int8, bytea, text, text, text, text, int8, int8, int4, text, int8, bytea) is
  'visit.record: a visitor, what was asked and what became of it, by whoever was asked first (FST-1).';

create or replace function api.visit_hand(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_visit_id int8, p_version int4, p_to_post_id int8, p_note text)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  was hall.visit;
  v hall.visit;
begin
  if k.fresh then
    begin
      was := rule.visit_to_change(p_visit_id);
      k := rule.expect_visit(k, was, p_version, array[was.post_id, was.to_post_id], true);
      if p_to_post_id = was.to_post_id then
        perform rule.refuse('visit.asked');
      end if;
      v := rule.hand(was, p_to_post_id, p_note);
      k := rule.told_unheld(rule.keep_visit(k, v, 'hand', was), v);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.visit_hand(bytea, int4, int2, int8, bytea, int8, int4, int8, text) is
  'visit.hand: asks another post to take it; whoever is asked may pass it on, a supervisor too (FST-1).';

create or replace function api.visit_confirm(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_visit_id int8, p_version int4)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  was hall.visit;
  v hall.visit;
begin
  if k.fresh then
    begin
      was := rule.visit_to_change(p_visit_id);
      if was.state = 'open' then
        perform rule.refuse('visit.confirmed', (select p.name from hall.post p where p.post_id = was.post_id));
      end if;
      k := rule.expect_visit(k, was, p_version, array[was.to_post_id]);
      v := was;
      v.state := 'open';
      v.post_id := was.to_post_id;
      v.to_post_id := null;
      k := rule.keep_visit(k, v, 'confirm', was);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.visit_confirm(bytea, int4, int2, int8, bytea, int8, int4) is
  'visit.confirm: the post asked takes it; from now on it answers for the visitor (FST-1).';

create or replace function api.visit_close(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_visit_id int8, p_version int4, p_result text, p_reply text, p_to_post_id int8, p_window_no int4)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  was hall.visit;
begin
  if k.fresh then
    begin
      was := rule.visit_to_change(p_visit_id);
      k := rule.expect_visit(k, was, p_version, array[was.post_id]);
      if coalesce(p_result, 'answered') not in ('answered', 'pointed') then
        perform rule.invalid('visit.result', 'result');
      end if;
      k := rule.keep_visit(k,
        rule.answer_visit(was, coalesce(p_result, 'answered'), p_reply, p_to_post_id, p_window_no, k.at), 'close', was);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.visit_close(bytea, int4, int2, int8, bytea, int8, int4, text, text, int8, int4) is
  'visit.close: the visitor was told the result; by the post that answers for it.';

-- Open ones, or with a day all recorded that day; of the posts held now, or of the whole hall.
create or replace function api.visit_list(p_token bytea, p_all bool, p_late bool, p_confirm bool, p_day date,
  p_post_id int8, p_after int4, p_limit int4)
returns table (visit_id int8, version int4, state text, result text, late bool, mine bool, confirm bool,
  recorded_at timestamptz, ends_at timestamptz, name text, phone text, matter text, item text, reply text, note text,
  post_id int8, post text, to_post_id int8, to_post text, told_window_no int4, told_place text, case_number text,
  actor text, window_no int4, last_at timestamptz, last_actor text, closed_at timestamptz)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  w rule.viewer := rule.session(p_token);
  at_now timestamptz := hall.clock();
  held int8[] := array(select p.post_id from hall.post p where p.holder_id = w.staff_id);
begin
  if p_all is true then
    perform rule.need_class(w.staff_id, 4 | 16);
  end if;
  return query
    with v as (
      select x as row, e.at as ends, x.state <> 'closed' and e.at <= at_now as late
      from hall.visit x
      cross join lateral (select rule.visit_end(x.recorded_at) as at) e
      where (case when p_day is null then x.state <> 'closed'
          else x.recorded_at >= rule.moment(p_day, '00:00') and x.recorded_at < rule.moment(p_day + 1, '00:00') end)
        and (p_all is true or x.post_id = any (held) or x.to_post_id = any (held)
          or p_day is not null and x.acting_post_id = any (held))
        and (p_confirm is not true or x.to_post_id = any (held))
        and (p_post_id is null or p_post_id in (x.post_id, x.to_post_id))
        and (p_late is not true or x.state <> 'closed' and e.at <= at_now)
      order by x.recorded_at, x.visit_id
      offset rule.page_after(p_after) limit rule.page_limit(p_limit)
    )
    select (v.row).visit_id, (v.row).version, (v.row).state, (v.row).result, v.late,
      (v.row).post_id = any (held), coalesce((v.row).to_post_id = any (held), false),
      (v.row).recorded_at, v.ends,
      case when h.plain then (v.row).name else rule.mask_name('', (v.row).name) end,
      case when h.plain then (v.row).phone else rule.mask_phone((v.row).phone) end,
      case when h.plain then (v.row).matter else rule.mask_text((v.row).matter) end, i.name,
      case when h.plain then (v.row).reply else rule.mask_text((v.row).reply) end,
      case when h.plain then (v.row).note else rule.mask_text((v.row).note) end,
      (v.row).post_id, p.name, (v.row).to_post_id, t.name, (v.row).told_window_no, (v.row).told_place, c.number,
      rule.actor_name((v.row).staff_id, (v.row).acting, (v.row).for_staff_id), o.no, (v.row).last_at,
      rule.actor_name((v.row).last_staff_id, (v.row).last_acting, (v.row).last_for_staff_id), (v.row).closed_at
    from v
    cross join lateral (select rule.handles_visit(w.staff_id, v.row) as plain) h
    join hall.post p on p.post_id = (v.row).post_id
    join hall.window o on o.window_id = (v.row).window_id
    left join hall.post t on t.post_id = (v.row).to_post_id
    left join hall.item_version i on i.item_version_id = (v.row).item_version_id
    left join hall.case_file c on c.case_id = (v.row).case_id
    order by (v.row).recorded_at, (v.row).visit_id;
end $$;
comment on function api.visit_list(bytea, bool, bool, bool, date, int8, int4, int4) is
  'visit.list: first contacts still open, or of a day; late ones are those nobody closed by the end of their day (FST-2).';
