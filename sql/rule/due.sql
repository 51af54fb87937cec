-- What happens by time alone (ONE-2): fired by the sweep (api.tick), or by the next command
-- on the case, whichever comes first; both with the business time it was due at.

set role yimen_owner;

create or replace function rule.scheduled(c hall.case_file) returns setof hall.due language plpgsql stable as $$
begin
  return query
    select c.case_id, x.kind, x.at, q.rank
    from (values
      ('silence', case when c.state = 'received' then c.term_at end),
      ('check_close', case when c.state = 'received' then rule.check_closes(c) end),
      ('deem', case when c.state = 'accepted' then rule.deems_at(c) end),
      ('grant', case when c.state = 'accepted' then (rule.grants_at(c)).at end),
      ('lapse', case when c.state in ('correcting', 'suspended') then c.term_at end),
      ('resume', case when c.state = 'suspended' then (rule.standing(c.case_id)).ends_at end),
      -- standing still a limit has no end, but one that had ended before: it turns red all the same
      ('light', case when c.state in ('accepted', 'suspended', 'forwarded') then rule.light_after(c, c.light, c.due_at, null) end),
      ('step_light', case when c.state in ('accepted', 'suspended', 'forwarded', 'decided') then rule.light_after(c, c.step_light, c.step_due_at, c.step_seq) end)
    ) x (kind, at)
    join hall.due_kind q on q.kind = x.kind
    where x.at is not null;
end $$;
comment on function rule.scheduled(hall.case_file) is 'What will happen to a case by time alone, from its state and moments.';

create or replace function rule.light_after(c hall.case_file, p_light text, p_due timestamptz, p_step int2) returns timestamptz
language plpgsql stable as $$
begin
  if p_due is null or p_light = 'red' then
    return null;
  end if;
  return rule.light_turns(p_due, rule.short_of(c, p_step), rule.day_of(c.last_at), (rule.stands_of(c.case_id)).stands);
end $$;
comment on function rule.light_after(hall.case_file, text, timestamptz, int2) is 'When a light turns next; NULL: never again.';

create or replace function rule.short_of(c hall.case_file, p_step int2) returns bool language plpgsql stable as $$
begin
  return (
    select case when p_step is null or rule.step_with_promise(c) then rule.short_promise(coalesce(c.hurried, v.promised), v.unit, c.promise_extended)
      else rule.short_promise(s.limit_days, v.unit, c.step_extended) end
    from hall.item_version v
    left join hall.item_step s on s.item_version_id = v.item_version_id and s.seq = p_step
    where v.item_version_id = c.item_version_id
  );
end $$;
comment on function rule.short_of(hall.case_file, int2) is
  'The promise of a case, or the limit of its step, is so short that it turns yellow on its last day only (CLK-5); of a step that ends with an expedited promise, as that.';

create or replace function rule.schedule(c hall.case_file) returns void language plpgsql as $$
begin
  delete from hall.due d where d.case_id = c.case_id;
  insert into hall.due select * from rule.scheduled(c);
end $$;
comment on function rule.schedule(hall.case_file) is 'Puts down anew what will happen to a case by time.';

create or replace function rule.lapse(k command.call, c hall.case_file) returns void
language plpgsql as $$
declare
  n hall.notice;
  was text := c.state;
  mats rule.material[] := rule.ticked(c.case_id, c.item_version_id, rule.day_of(k.at), null, null, null, null);
begin
  c := rule.moved(c, k.at, 'lapse');
  n := rule.issue(k, c, 'lapse', mats); -- names the term, so before it is cleared
  c.term_at := null;
  perform rule.keep(c);
  perform rule.record(k, c, 'lapse', was, n.notice_id, null, rule.paper_detail(n));
  perform rule.cancel_fee(k, c, '办件已终止，不再收费');
end $$;
comment on function rule.lapse(command.call, hall.case_file) is
  'The applicant did not answer the one-time notice in its term: 逾期未补正通知.';

create or replace function rule.run_on(k command.call, c hall.case_file, p_action text, p_outcome text, p_note text)
returns hall.case_file language plpgsql as $$
declare
  was text := c.state;
  detail text[];
begin
  c := rule.moved(c, k.at, p_action);
  c.term_at := null;
  detail := rule.go_on(c, p_outcome) || rule.wants_back(k, c);
  c := rule.run_clocks(c, rule.day_of(k.at));
  perform rule.keep(c);
  perform rule.record(k, c, p_action, was, null, nullif(btrim(p_note), ''), detail || rule.clock_detail(c));
  return c;
end $$;
comment on function rule.run_on(command.call, hall.case_file, text, text, text) is
  'A case''s standing still is over, by a person or by time (CASE-6, CASE-9, ONE-3): its clocks run on.';

-- No new version: nobody's work is overwritten by a light. Nothing else that is due is put down anew:
-- the case's other light may turn at the same moment.
create or replace function rule.turn_light(k command.call, c hall.case_file, p_kind text) returns void language plpgsql as $$
declare
  total bool := p_kind = 'light';
  was text := case when total then c.light else c.step_light end;
  ends timestamptz := case when total then c.due_at else c.step_due_at end;
  short bool := rule.short_of(c, case when not total then c.step_seq end);
  stands tstzrange[] := (rule.stands_of(c.case_id)).stands;
  today date := rule.day_of(k.at);
  now_is text := rule.light(ends, short, today, stands);
begin
  update hall.case_file f
  set last_at = k.at, light = case when total then now_is else f.light end,
    step_light = case when total then f.step_light else now_is end
  where f.case_id = c.case_id;
  if now_is = 'red' then
    delete from hall.due d where d.case_id = c.case_id and d.kind = p_kind;
  else
    update hall.due d set at = rule.light_turns(ends, short, today, stands) where d.case_id = c.case_id and d.kind = p_kind;
  end if;
  perform rule.record(k, c, 'light', c.state, null, null,
    array[p_kind, was, now_is, case when total then 'due' else 'step_due' end, '', rule.moment_text(ends)]);
end $$;
comment on function rule.turn_light(command.call, hall.case_file, text) is 'A light turns (CLK-5), at 00:00.';

create or replace function rule.light_cn(p_light text) returns text language sql immutable as $$
  select case p_light when 'green' then '绿' when 'yellow' then '黄' when 'red' then '红' else '无' end
$$;
comment on function rule.light_cn(text) is 'A light as the hall calls it.';

create or replace function rule.turned_cn(p_detail text[]) returns text language plpgsql stable as $$
begin
  return rule.clock_cn(case p_detail[1] when 'light' then 'total' else 'step' end) || ' ' || rule.light_cn(p_detail[2]) || ' → ' || rule.light_cn(p_detail[3]);
end $$;
comment on function rule.turned_cn(text[]) is 'Which light turned, from what to what, as the history of a case tells it (CLK-5).';

create or replace function rule.fire(c hall.case_file, d hall.due) returns void language plpgsql as $$
declare
  k command.call; -- empty: the system acts
begin
  k.at := greatest(d.at, c.last_at);
  case d.kind
    when 'resume' then
      perform rule.run_on(k, c, 'resume', null, null);
    when 'lapse' then
      if c.state = 'suspended' then
        perform rule.run_on(k, c, 'lapse', '逾期未补正', null); -- it is decided on what is there (ONE-3)
      else
        perform rule.lapse(k, c);
      end if;
    when 'check_close' then
      perform rule.close_check(k, c, d);
    when 'deem' then
      perform rule.deem(k, c, d);
    when 'grant' then
      perform rule.grant_by_silence(k, c, d);
    when 'light', 'step_light' then
      perform rule.turn_light(k, c, d.kind);
    when 'silence' then
      perform rule.accept(k, c, c.delivered_at, 'silence',
        rule.ticked(c.case_id, c.item_version_id, rule.day_of(k.at), null, null, null, null), '{}');
  end case;
end $$;
comment on function rule.fire(hall.case_file, hall.due) is 'Does what was due, as the system, at its moment.';

-- Outside the block that a refusal rolls back: what time did stays done. The case comes
-- back with last_at moved to now, the one business time of this command. Where a post falls due while its row
-- was waited for, the whole call begins anew: what falls then is recorded against who holds the post (DEEM-4).
create or replace function rule.settle(p_case_id int8) returns hall.case_file language plpgsql as $$
declare
  c hall.case_file;
  d hall.due;
  at_now timestamptz;
begin
  select * into c from hall.case_file f where f.case_id = p_case_id for update;
  if not found then
    return null;
  end if;
  at_now := greatest(hall.clock(), c.last_at);
  if rule.post_is_due(at_now) then
    raise exception 'a post falls due' using errcode = '40001';
  end if;
  loop
    select * into d from hall.due e
    where e.case_id = p_case_id and e.at <= at_now order by e.at, e.rank limit 1;
    exit when not found;
    perform rule.fire(c, d);
    select * into c from hall.case_file f where f.case_id = p_case_id;
  end loop;
  c.last_at := at_now;
  return c;
end $$;
comment on function rule.settle(int8) is 'Locks a case and lets happen what is due (last section of domain.md).';

-- A case that a command has locked is left to that command, which settles it: the sweep
-- holds counters of notices and must not wait for a case. What cannot fire is told to the log
-- and stays due: one broken case must not keep all others waiting. It ends where something of a
-- post comes first: the lock of the holders is not to be had once cases are locked.
create or replace function rule.sweep_cases(p_until timestamptz, p_limit int4) returns int4
language plpgsql as $$
declare
  c hall.case_file;
  d hall.due;
  done hall.due := (0, '', '-infinity', 0);
  fired int4 := 0;
begin
  loop
    exit when fired >= p_limit;
    select * into d from hall.due e
    where e.at <= p_until and (e.at, e.rank, e.case_id) > (done.at, done.rank, done.case_id)
    order by e.at, e.rank, e.case_id limit 1;
    exit when not found or rule.post_is_due(d.at);
    done := d;
    select * into c from hall.case_file f where f.case_id = d.case_id for update skip locked;
    continue when not found
      or not exists (select from hall.due e where e.case_id = d.case_id and e.kind = d.kind and e.at = d.at);
    begin
      perform rule.fire(c, d);
      fired := fired + 1;
    exception when others then
      if sqlstate ~ '^(08|40|42|53|55|57|58)' then -- passes, or concerns all of them
        raise;
      end if;
      raise warning 'case %: % cannot fire: % %', d.case_id, d.kind, sqlstate, sqlerrm;
    end;
  end loop;
  return fired;
end $$;
comment on function rule.sweep_cases(timestamptz, int4) is 'Fires what is due of cases until a moment, in order, as long as nothing of a post comes first.';

-- Changes of holder come before everything else of their moment (last section of domain.md).
create or replace function rule.sweep(p_until timestamptz, p_limit int4) returns int4 language plpgsql as $$
declare
  d hall.due;
  fired int4;
begin
  select * into d from hall.due e where e.at <= p_until order by e.at, e.rank, e.case_id limit 1;
  if rule.post_is_due(least(d.at, p_until)) then
    perform rule.lock_holders();
    return rule.settle_posts(p_until, p_limit, d);
  end if;
  fired := rule.sweep_cases(p_until, p_limit);
  -- Of cases only what is locked or cannot fire comes first: posts do not wait for that.
  if fired = 0 and rule.post_is_due(p_until) and pg_try_advisory_xact_lock(5199, 9) then
    return rule.settle_posts(p_until, p_limit);
  end if;
  return fired;
end $$;
comment on function rule.sweep(timestamptz, int4) is
  'Fires what is due until a moment, in order: of posts or of cases, whichever come first; called again while it fires.';
