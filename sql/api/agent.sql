-- Commands of agent service (代办, CASE-11): log, list.

set role yimen_owner;

drop function if exists api.agent_log(bytea, int4, int2, int8, bytea, int8, text, text, text);
create or replace function api.agent_log(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_kind text, p_words text, p_who text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      if c.case_id is null then
        perform rule.refuse('case.none');
      end if;
      k := rule.serve(k, c, p_kind, p_words, p_who);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.agent_log(bytea, int4, int2, int8, bytea, int8, text, text, text, bytea) is
  'agent.log: a visit, call or other deed on the applicant''s behalf; the first names who accompanies the case (CASE-11).';

create or replace function api.agent_list(p_token bytea, p_case_id int8)
returns table (event_id int8, at timestamptz, case_id int8, number text, state text, kind text, words text, agent text,
  actor text, window_no int4, mine bool)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
begin
  if p_case_id is not null then
    perform rule.case_to_read(p_case_id);
  end if;
  return query
    select e.event_id, e.at, c.case_id, c.number, c.state, e.detail[3],
      case when h.plain then e.note else rule.mask_words(e.note, c.case_id) end, t.name,
      rule.actor_name(e.staff_id, e.acting, e.for_staff_id), w.no, s.staff_id = v.staff_id
    from hall.case_service s
    join hall.case_file c on c.case_id = s.case_id
    cross join lateral (select rule.handles(v.staff_id, c) as plain) h
    cross join lateral (select x.* from hall.event x where x.case_id = s.case_id and x.event = 'service'
      order by x.seq desc limit case when p_case_id is null then 1 end) e
    join hall.staff t on t.staff_id = e.detail[6]::int8
    left join hall.window w on w.window_id = e.window_id
    where case when p_case_id is null
      then s.staff_id = v.staff_id and c.state not in ('closed', 'declined', 'withdrawn', 'lapsed')
      else s.case_id = p_case_id end
    order by e.event_id desc;
end $$;
comment on function api.agent_list(bytea, int8) is
  'agent.list: the log of one case, newest first; without a case the last entry of each one accompanies (CASE-11).';
