-- What can be done to a case now, and why not: asked before a form is filled in. Runs what the
-- commands themselves ask before they look at what was typed; must store nothing.

set role yimen_owner;

-- Every action a person does to a case: what the state machine lists, and what is done beside it.
create or replace function rule.actions() returns text[] language sql stable as $$
  select array(select distinct t.action from hall.transition t where t.done_by <> 'system' and t.action not in ('receive', 'void')
    union select unnest(array['track', 'fee_ask', 'fee_reduce', 'fee_pay', 'fee_cancel']) order by 1)
$$;
comment on function rule.actions() is 'The actions of people on a case, by hall.transition and beside it.';

-- The exception that would let an action be done after all (CASE-16), for who may ask for it.
create or replace function rule.except_for(c hall.case_file, p_staff_id int8, p_action text, p_code text) returns text
language sql stable as $$
  select case when not exists (select from hall.post p where p.holder_id = p_staff_id
      and (p.post_id = c.post_id or p.post_id in (select s.post_id from hall.item_step s where s.item_version_id = c.item_version_id))) then null
    when p_action = 'expedite' and p_code in ('post.not_holder', 'exception.supervisor') then 'urgent'
    when p_action = 'refuse' and p_code = 'refuse.major' then 'major_refuse'
    when p_action = 'decline' and p_code = 'decline.major' then 'major_decline'
    when p_action = 'fee_reduce' and p_code = 'fee.approval' then 'fee_reduce' end
$$;
comment on function rule.except_for(hall.case_file, int8, text, text) is 'The kind of exception to ask for where an action was refused with a code; NULL: none helps, or the person holds no post of the case.';

-- The longest promise that is shorter: if that one is over, every shorter one is.
create or replace function rule.to_hurry(c hall.case_file, v hall.item_version) returns void language plpgsql stable as $$
declare
  promised int4 := coalesce(c.hurried, v.promised);
begin
  if promised = 1 then
    perform rule.refuse('expedite.longer', rule.unit_cn(promised, v.unit));
  end if;
  perform rule.hurried(c, coalesce(promised - 1, 1));
end $$;
comment on function rule.to_hurry(hall.case_file, hall.item_version) is 'Refuses when no shorter promise is left (CASE-10).';

create or replace function rule.need_possible(c hall.case_file, p_staff_id int8, p_action text) returns void
language plpgsql stable as $$
declare
  k command.call;
  v hall.item_version;
begin
  select * into v from hall.item_version i where i.item_version_id = c.item_version_id;
  k.staff_id := p_staff_id;
  c.last_at := greatest(hall.clock(), c.last_at);
  k := case when p_action in ('fee_ask', 'fee_reduce', 'fee_pay', 'fee_cancel') then rule.expect_fee(k, c, c.version)
    else rule.expect(k, c, c.version, case p_action when 'track' then 'return' else p_action end) end;
  case p_action
    when 'advance' then perform rule.next_step(c);
    when 'send_back' then perform rule.earlier_step(c, null);
    when 'resume' then perform rule.need_waiting(c, 'special');
    when 'answer' then perform rule.need_waiting(c, 'correction');
    when 'extend' then perform rule.to_extend(c, 1, k.at);
    when 'expedite' then perform rule.to_hurry(c, v);
    when 'decide' then
      perform rule.need_deciding(c);
      perform rule.need_followed(c);
    when 'refuse' then
      perform rule.need_deciding(c);
      perform rule.need_major(c, false, 'refuse');
    when 'decline' then perform rule.need_major(c, false, 'decline');
    when 'deliver' then perform rule.to_deliver(c, 'window', rule.day_of(k.at), k.at);
    when 'fee_ask' then perform rule.asked_fee(k, c, coalesce(v.fee, 1), '-');
    when 'fee_reduce' then perform rule.reduced_fee(c, 1, '-');
    when 'fee_cancel' then perform rule.need_open_fee(c);
    when 'fee_pay' then perform rule.fee_unpaid(rule.fee_open(c.case_id), c);
    else null; -- nothing more than state and post
  end case;
end $$;
comment on function rule.need_possible(hall.case_file, int8, text) is
  'Refuses what a person cannot do to a case now whatever is typed: by its state, its post, what is open in it.';

create or replace function rule.possible(c hall.case_file, p_staff_id int8, p_action text)
returns table (action text, code text, arg1 text, arg2 text, except_kind text, except_state text)
language plpgsql stable as $$
begin
  action := p_action;
  begin
    perform rule.need_possible(c, p_staff_id, p_action);
  exception when sqlstate 'YM000' then
    get stacked diagnostics code = message_text, arg1 = pg_exception_detail, arg2 = pg_exception_hint;
    arg1 := nullif(arg1, '');
    arg2 := nullif(arg2, '');
    except_kind := rule.except_for(c, p_staff_id, p_action, code);
    except_state := (select x.state from hall.exception x
      where x.case_id = c.case_id and x.kind = except_kind and x.state in ('asked', 'granted'));
  end;
  return next;
end $$;
comment on function rule.possible(hall.case_file, int8, text) is
  'Why a person cannot do something to a case now, as a refusal''s code; NULL: nothing is in the way. What exception would help.';
