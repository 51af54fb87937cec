-- Sessions and command slots (architecture, decision 5): every write happens exactly once.
-- Knows windows, sessions and that posts have holders; must know no case.

set role yimen_owner;

-- For reads and calls. Only an unlocked session whose password is its owner's passes.
create or replace function rule.session(p_token bytea, p_any bool default false) returns rule.viewer
language plpgsql stable as $$
declare
  s record;
begin
  select v.session_id, v.staff_id, v.window_id, w.no, v.locked, t.must_change into s
  from hall.session v
  join hall.staff t on t.staff_id = v.staff_id
  join hall.window w on w.window_id = v.window_id
  where v.token_sha256 = sha256(p_token)
    and v.closed_at is null and v.expires_at > hall.wall() and t.active;
  if not found then
    perform rule.say('YM003', 'session.none', null, null);
  elsif not p_any and s.locked then
    perform rule.deny('session.locked');
  elsif not p_any and s.must_change then
    perform rule.deny('session.must_change');
  end if;
  return (s.session_id, s.staff_id, s.window_id, s.no)::rule.viewer;
end $$;
comment on function rule.session(bytea, bool) is 'Who asks. any: a locked one and one that must change its password, too.';

create or replace function rule.classes(p_staff_id int8) returns int4 language plpgsql stable as $$
begin
  return (
    select coalesce(bit_or(case when p.duty ~ '^(supervisor[123]|duty)$' and p.holder_id = p_staff_id then 4 else 2 end), 0)
      | (select case t.role when 'admin' then 8 when 'auditor' then 16 else 0 end from hall.staff t where t.staff_id = p_staff_id)
    from (select l.post_id from hall.post_place l where l.staff_id = p_staff_id
      union select h.post_id from hall.post h where h.holder_id = p_staff_id) q
    join hall.post p on p.post_id = q.post_id
  );
end $$;
comment on function rule.classes(int8) is
  'Classes of a person: supervisor while holding such a post, staff by any place or post held; only admin and auditor are personal (SEC-3).';

create or replace function rule.need_class(p_staff_id int8, p_classes int4) returns void
language plpgsql stable as $$
begin
  if coalesce(rule.classes(p_staff_id), 0) & p_classes = 0 then
    perform rule.deny('class.denied');
  end if;
end $$;
comment on function rule.need_class(int8, int4) is 'Refuses who has none of these classes.';

create or replace function command.failed(k command.call, p_status int2, p_code text, p_arg1 text default null)
returns command.call language plpgsql immutable as $$
begin
  k.fresh := false;
  k.status := p_status;
  k.code := p_code;
  k.arg1 := p_arg1;
  return k;
end $$;
comment on function command.failed(command.call, int2, text, text) is 'A write that is not run and leaves no outcome.';

drop function if exists command.open(bytea, int4, int2, int8, bytea); -- it could not yet ask for the holders
create or replace function command.open(p_token bytea, p_epoch int4, p_slot int2, p_seq int8, p_hash bytea,
  p_holders bool default false) returns command.call language plpgsql as $$
declare
  k command.call;
  s record;
begin
  k.fresh := true;
  select v.session_id, v.staff_id, v.window_id, v.locked, t.must_change, c.* into s
  from hall.session v
  join hall.staff t on t.staff_id = v.staff_id
  join hall.command c on c.window_id = v.window_id and c.slot = p_slot
  where v.token_sha256 = sha256(p_token)
    and v.closed_at is null and v.expires_at > hall.wall() and t.active
  for update of c;
  if not found then
    if p_slot not between 0 and 7 then
      return command.failed(k, 6::int2, 'slot.range', 'slot');
    end if;
    return command.failed(k, 3::int2, 'session.none');
  end if;
  k.session_id := s.session_id;
  k.staff_id := s.staff_id;
  k.window_id := s.window_id;
  k.slot := p_slot;
  k.epoch := p_epoch;
  k.seq := p_seq;
  k.hash := p_hash;
  if p_epoch < s.fence then
    return command.failed(k, 7::int2, 'slot.fenced');
  elsif p_epoch > s.fence then
    return command.failed(k, 6::int2, 'slot.epoch', 'epoch');
  end if;
  if s.epoch < p_epoch then
    s.seq := 0;
  end if;
  if p_seq = s.seq and p_seq > 0 then
    if s.hash <> p_hash then -- NULL: given up, its outcome holds for whatever it was
      perform rule.audit('window', s.window_id, 'slot.hash', s.staff_id, s.window_id,
        array['slot', p_slot::text, p_seq::text]);
      return command.failed(k, 6::int2, 'slot.hash', 'seq');
    end if;
    k := command.failed(k, s.status, s.code, s.arg1);
    k.arg2 := s.arg2;
    k.arg3 := s.arg3;
    k.case_id := s.case_id;
    k.version := s.version;
    k.number := s.number;
    return k;
  elsif p_seq <> s.seq + 1 then
    return command.failed(k, 6::int2, 'slot.gap', 'seq');
  elsif s.locked then
    return command.failed(k, 2::int2, 'session.locked');
  elsif s.must_change then
    return command.failed(k, 2::int2, 'session.must_change');
  end if;
  k.status := 0;
  k.at := rule.open_holders(p_holders);
  return k;
end $$;
comment on function command.open(bytea, int4, int2, int8, bytea, bool) is
  'Takes a slot and lets happen what is due of posts. fresh: the write is to be run; else the call holds the outcome to return. holders: it will change a holder.';

-- Called in an exception handler for class YM: what was begun is undone, the refusal kept.
create or replace function command.refused(k command.call, p_state text, p_code text, p_arg1 text, p_arg2 text)
returns command.call language plpgsql immutable as $$
begin
  if p_state not in ('YM001', 'YM002', 'YM003', 'YM006', 'YM007') then
    raise exception '% is no refusal: %', p_state, p_code using errcode = 'XX000';
  end if;
  k.status := right(p_state, 1)::int2;
  k.code := p_code;
  k.arg1 := nullif(p_arg1, '');
  k.arg2 := nullif(p_arg2, '');
  k.case_id := null;
  k.version := null;
  k.number := null;
  return k;
end $$;
comment on function command.refused(command.call, text, text, text, text) is 'The outcome of a refused write.';

create or replace function command.close(k command.call)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql as $$
begin
  if k.fresh then
    update hall.command c
    set epoch = k.epoch, seq = k.seq, hash = k.hash, status = k.status, code = k.code, arg1 = k.arg1,
      arg2 = k.arg2, arg3 = k.arg3, case_id = k.case_id, version = k.version, number = k.number,
      staff_id = k.staff_id, at = k.at
    where c.window_id = k.window_id and c.slot = k.slot;
  end if;
  return query select k.status, k.code, k.arg1, k.arg2, k.arg3, k.case_id, k.version, k.number;
end $$;
comment on function command.close(command.call) is 'Keeps the outcome in the slot and returns it.';
