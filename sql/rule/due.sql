-- What happens by time alone (ONE-2): fired by the sweep (api.tick), or by the next command
-- on the case, whichever comes first; both with the business time it was due at.

set role yimen_owner;

create or replace function rule.lapse(k command.call, c hall.case_file) returns void
language plpgsql as $$
declare
  n hall.notice;
  was text := c.state;
  mats rule.material[] := rule.ticked(c.case_id, c.item_version_id, rule.day_of(k.at), null, null, null, null);
begin
  n.blocks := null;
  c.state := rule.transit(c.state, 'lapse');
  c.version := c.version + 1;
  c.last_at := k.at;
  n := rule.issue(k, c, 'lapse', mats); -- names the term, so before it is cleared
  c.term_at := null;
  perform rule.set_term(c.case_id, null, null);
  perform rule.save(c);
  perform rule.record(k, c, 'lapse', was, n.notice_id, null, rule.paper_detail(n));
end $$;
comment on function rule.lapse(command.call, hall.case_file) is
  'The applicant did not answer the one-time notice in its term: 逾期未补正通知.';

create or replace function rule.fire(c hall.case_file, d hall.due) returns void language plpgsql as $$
declare
  k command.call; -- empty: the system acts
begin
  k.at := greatest(d.at, c.last_at);
  case d.kind
    when 'lapse' then
      perform rule.lapse(k, c);
    when 'silence' then
      perform rule.accept(k, c, c.delivered_at, 'silence',
        rule.ticked(c.case_id, c.item_version_id, rule.day_of(k.at), null, null, null, null), '{}');
  end case;
end $$;
comment on function rule.fire(hall.case_file, hall.due) is 'Does what was due, as the system, at its moment.';

-- Outside the block that a refusal rolls back: what time did stays done. The case comes
-- back with last_at moved to now, the one business time of this command.
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
-- and stays due: one broken case must not keep all others waiting.
drop function if exists rule.sweep(timestamptz, int4, bool);
create or replace function rule.sweep(p_until timestamptz, p_limit int4) returns int4
language plpgsql as $$
declare
  c hall.case_file;
  d hall.due;
  fired int4 := 0;
begin
  for d in
    select * from hall.due e where e.at <= p_until order by e.at, e.rank, e.case_id
  loop
    exit when fired >= p_limit;
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
comment on function rule.sweep(timestamptz, int4) is 'Fires what is due until a moment, in order.';
