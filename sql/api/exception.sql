-- Exceptions as windows see them (CASE-16): ask, grant, deny, list.

set role yimen_owner;

drop function if exists api.exception_ask(bytea, int4, int2, int8, bytea, text, int8, text, text);
create or replace function api.exception_ask(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_kind text, p_case_id int8, p_subject text, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  x hall.exception;
  q hall.exception_kind;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      select * into q from hall.exception_kind e where e.kind = p_kind and not e.by_command;
      if not found then
        perform rule.invalid('exception.kind', 'kind');
      elsif q.of_case and c.case_id is null then
        perform rule.refuse('case.none');
      elsif nullif(btrim(p_reason), '') is null then
        perform rule.invalid('text.blank', 'reason');
      elsif not q.of_case and nullif(btrim(p_subject), '') is null then
        perform rule.invalid('text.blank', 'subject');
      elsif q.of_case then
        k := rule.act_in(k, c);
        perform rule.may_except(c, p_kind);
      else
        c := null;
        k := rule.act_anywhere(k);
      end if;
      x := rule.ask_exception(k, c, p_kind, p_subject, p_reason);
      k := rule.done(k, c, coalesce(c.number, x.subject));
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.exception_ask(bytea, int4, int2, int8, bytea, text, int8, text, text, bytea) is
  'exception.ask: asks for an exception (CASE-16), for one case or one subject.';

drop function if exists api.exception_grant(bytea, int4, int2, int8, bytea, int8, text);
create or replace function api.exception_grant(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_exception_id int8, p_answer text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
begin
  if k.fresh then
    c := rule.exception_case(p_exception_id);
    begin
      if nullif(btrim(p_answer), '') is null then
        perform rule.invalid('text.blank', 'answer');
      end if;
      if c.case_id is not null then
        k.at := c.last_at;
      end if;
      k := rule.judge_exception(k, c, p_exception_id, true, p_answer);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.exception_grant(bytea, int4, int2, int8, bytea, int8, text, bytea) is
  'exception.grant: grants what was asked, with reason, for the post its kind names (CASE-16).';

drop function if exists api.exception_deny(bytea, int4, int2, int8, bytea, int8, text);
create or replace function api.exception_deny(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_exception_id int8, p_answer text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
begin
  if k.fresh then
    c := rule.exception_case(p_exception_id);
    begin
      if nullif(btrim(p_answer), '') is null then
        perform rule.invalid('text.blank', 'answer');
      end if;
      if c.case_id is not null then
        k.at := c.last_at;
      end if;
      k := rule.judge_exception(k, c, p_exception_id, false, p_answer);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.exception_deny(bytea, int4, int2, int8, bytea, int8, text, bytea) is
  'exception.deny: denies what was asked, with reason, for the post its kind names (CASE-16).';

create or replace function api.exception_list(p_token bytea, p_case_id int8, p_open bool, p_after int4, p_limit int4)
returns table (exception_id int8, kind text, state text, case_id int8, number text, item text, department text, reason text,
  asked_by text, asked_at timestamptz, judge text, mine bool, decided_by text, decided_at timestamptz, answer text,
  used_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  wide bool := coalesce(rule.classes(v.staff_id), 0) & (4 | 16) <> 0;
begin
  return query
    select x.exception_id, x.kind, x.state, x.case_id, coalesce(c.number, x.subject), i.name, d.name,
      case when c.case_id is null or rule.handles(v.staff_id, c) or m.mine then x.reason else rule.mask_words(x.reason, c.case_id) end,
      a.name, x.asked_at, q.judge, m.mine and x.state = 'asked', g.name, x.decided_at,
      case when c.case_id is null or rule.handles(v.staff_id, c) or m.mine then x.answer else rule.mask_words(x.answer, c.case_id) end,
      x.used_at
    from hall.exception x
    join hall.exception_kind q on q.kind = x.kind
    join hall.department d on d.department_id = x.department_id
    join hall.staff a on a.staff_id = x.asked_by
    left join hall.staff g on g.staff_id = x.decided_by
    left join hall.case_file c on c.case_id = x.case_id
    left join hall.item_version i on i.item_version_id = c.item_version_id
    cross join lateral (select rule.judge_post(v.staff_id, x.kind, x.department_id) is not null) m (mine)
    where (p_case_id is null or x.case_id = p_case_id)
      and (not coalesce(p_open, false) or x.state in ('asked', 'granted'))
      and (wide or m.mine or x.department_id = (select s.department_id from hall.staff s where s.staff_id = v.staff_id))
    order by x.state <> 'asked', x.exception_id desc
    offset rule.page_after(p_after) limit rule.page_limit(p_limit);
end $$;
comment on function api.exception_list(bytea, int8, bool, int4, int4) is
  'exception.list: exceptions of one''s own department; of the whole hall for supervisors and auditors.';
