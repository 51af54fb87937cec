-- Sessions (SEC-3, SEC-4): what yimend calls to let a window and a person in, and the
-- operations session.* and command.cancel. Opening a session is the one trust boundary:
-- the caller says whether the password was right.

set role yimen_owner;

-- its columns grew: they cannot be changed in place
drop function if exists api.server_hello(bytea);
create or replace function api.server_hello(p_cert bytea)
returns table (hall text, test bool, window_id int8, window_no int4, window_name text, now timestamptz, schema int4,
  hall_no text, training bool)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select hall.setting_text('hall.name'), hall.is_test(), w.window_id, w.no, w.name, hall.clock(),
    hall.setting_text('schema.version')::int4, hall.setting_text('hall.number'), hall.is_training()
  from hall.window w where w.cert_sha256 = p_cert
$$;
comment on function api.server_hello(bytea) is 'The window of a certificate; no row: unknown.';

create or replace function api.session_secret(p_cert bytea, p_login text)
returns table (secret text, wait_seconds int4)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  w int8;
begin
  select v.window_id into w from hall.window v where v.cert_sha256 = p_cert;
  if not found then
    perform rule.deny('window.unknown');
  end if;
  wait_seconds := rule.attempt(p_login, w);
  select s.secret into secret from hall.staff s where s.login = p_login and s.active;
  -- nobody's password: an unknown name takes as long as a wrong password
  secret := coalesce(secret,
    '$argon2id$v=19$m=65536,t=2,p=1$gA0Wc1VbMGK0QuHsTHJpCw$kzRCPsUOy3vtKdFVuiiv7UIbHFdGPJ8wgkzGz3YYSJk');
  return next;
end $$;
comment on function api.session_secret(bytea, text) is
  'Hash to check a password against, or how long to wait (SEC-4). Counts a try.';

create or replace function api.session_own_secret(p_token bytea)
returns table (secret text, wait_seconds int4)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v rule.viewer := rule.session(p_token, true);
  s hall.staff;
begin
  select * into s from hall.staff f where f.staff_id = v.staff_id;
  wait_seconds := rule.attempt(s.login, v.window_id);
  secret := s.secret;
  return next;
end $$;
comment on function api.session_own_secret(bytea) is 'The same for the person of a session: unlock, password.';

create or replace function api.session_open(p_cert bytea, p_login text, p_verified bool,
  p_token_sha256 bytea, p_peer text, p_epoch int4)
returns table (staff_id int8, login text, name text, class int4, window_id int8, window_no int4,
  "window" text, department text, epoch int4, journal_key bytea, must_change bool, locked bool)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  w int8;
  s hall.staff;
  n int4;
  session int8;
  at_now timestamptz := hall.clock();
begin
  select v.window_id into w from hall.window v where v.cert_sha256 = p_cert;
  select * into s from hall.staff f where f.login = p_login and f.active;
  if w is null then
    perform rule.deny('window.unknown');
  elsif s.secret is null or p_verified is not true then -- without a password: the decoy was checked
    perform rule.deny('login.wrong'); -- counted by session_secret
  end if;
  perform rule.need_window(s.staff_id, w, at_now); -- only who knew the password is told
  perform rule.enter_epoch(w, p_epoch);
  perform rule.come_in(s.staff_id, w, null, true); -- its lock comes after slots and before anything else
  delete from hall.login_attempt l where l.login = p_login and l.window_id = w returning l.attempts - 1 into n;
  insert into hall.session (token_sha256, staff_id, window_id, opened_at, seen_at, expires_at, peer)
  values (p_token_sha256, s.staff_id, w, at_now, at_now,
    hall.wall() + make_interval(hours => hall.setting_text('session.hours')::int4), p_peer)
  returning hall.session.session_id into session;
  perform rule.arrive(session, at_now);
  perform rule.audit('window', w, 'login', s.staff_id, w,
    array['peer', '', p_peer, 'failures', '', coalesce(n, 0)::text]);
  return query select * from rule.session_row(s.staff_id, w, false);
end $$;
comment on function api.session_open(bytea, text, bool, bytea, text, int4) is
  'Opens a session after a password was checked; refused unless it was right.';

create or replace function api.session_resume(p_cert bytea, p_token_sha256 bytea, p_peer text, p_epoch int4)
returns table (staff_id int8, login text, name text, class int4, window_id int8, window_no int4,
  "window" text, department text, epoch int4, journal_key bytea, must_change bool, locked bool)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v hall.session;
begin
  update hall.session x set seen_at = hall.clock(), peer = p_peer
  from hall.window w, hall.staff s
  where x.token_sha256 = p_token_sha256 and x.closed_at is null and x.expires_at > hall.wall()
    and w.window_id = x.window_id and w.cert_sha256 = p_cert and s.staff_id = x.staff_id and s.active
  returning x.* into v;
  if not found then
    perform rule.say('YM003', 'session.none', null, null);
  end if;
  perform rule.enter_epoch(v.window_id, p_epoch);
  perform rule.arrive(v.session_id, hall.clock());
  return query select * from rule.session_row(v.staff_id, v.window_id, v.locked);
end $$;
comment on function api.session_resume(bytea, bytea, text, int4) is
  'Goes on with a session on a new connection of the same certificate.';

create or replace function api.session_close(p_token bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v rule.viewer := rule.session(p_token, true);
begin
  update hall.session set closed_at = hall.clock() where session_id = v.session_id;
  perform rule.depart(v.session_id);
  perform rule.audit('window', v.window_id, 'logout', v.staff_id, v.window_id);
  perform rule.logged_out(v.staff_id, v.window_id);
end $$;
comment on function api.session_close(bytea) is 'Ends a session.';

create or replace function api.session_lock(p_token bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v rule.viewer := rule.session(p_token, true);
begin
  update hall.session set locked = true where session_id = v.session_id and not locked;
  if found then
    perform rule.audit('window', v.window_id, 'lock', v.staff_id, v.window_id);
  end if;
end $$;
comment on function api.session_lock(bytea) is 'Locks a session until its password is given.';

create or replace function api.session_verified(p_token bytea, p_ok bool) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v rule.viewer := rule.session(p_token, true);
begin
  if p_ok is not true then
    return; -- counted by session_own_secret
  end if;
  perform rule.come_in(v.staff_id, v.window_id, v.session_id, false);
  delete from hall.login_attempt a using hall.staff s
  where s.staff_id = v.staff_id and a.login = s.login and a.window_id = v.window_id;
  update hall.session set locked = false, seen_at = hall.clock() where session_id = v.session_id;
  perform rule.audit('window', v.window_id, 'unlock', v.staff_id, v.window_id);
end $$;
comment on function api.session_verified(bytea, bool) is 'The password was checked: unlocks when it was right.';

create or replace function api.session_password(p_token bytea, p_secret text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v rule.viewer := rule.session(p_token, true);
begin
  if p_secret is null or not starts_with(p_secret, '$argon2id$') then
    perform rule.invalid('password.hash', 'new');
  end if;
  update hall.staff set secret = p_secret, must_change = false where staff_id = v.staff_id;
  delete from hall.login_attempt a using hall.staff s
  where s.staff_id = v.staff_id and a.login = s.login;
  update hall.session set closed_at = hall.clock()
  where staff_id = v.staff_id and session_id <> v.session_id and closed_at is null;
  perform rule.audit('staff', v.staff_id, 'password', v.staff_id, v.window_id);
end $$;
comment on function api.session_password(bytea, text) is
  'Stores a person''s own new password; ends the person''s other sessions.';

drop function if exists api.session_posts(bytea); -- it told no class
create or replace function api.session_posts(p_token bytea) returns table (post_id int8, class int4)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v rule.viewer := rule.session(p_token, true);
begin
  return query
    select q.id, coalesce(rule.classes(v.staff_id), 0)
    from (select) one
    left join (select l.post_id as id from hall.post_place l where l.staff_id = v.staff_id
      union select h.post_id from hall.post h where h.holder_id = v.staff_id) q on true
    order by 1;
end $$;
comment on function api.session_posts(bytea) is
  'Posts one has a place in or holds, for subscriptions, and one''s classes now (SEC-3); at least one row.';

create or replace function api.session_list(p_token bytea)
returns table (session_id int8, login text, name text, window_no int4, opened_at timestamptz,
  seen_at timestamptz, locked bool)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v rule.viewer := rule.session(p_token);
begin
  perform rule.need_class(v.staff_id, 4 | 8 | 16);
  return query
    select x.session_id, s.login, s.name, w.no, x.opened_at,
      greatest(x.seen_at, (select max(c.at) from hall.command c
        where c.window_id = x.window_id and c.staff_id = x.staff_id)),
      x.locked
    from hall.session x
    join hall.staff s on s.staff_id = x.staff_id
    join hall.window w on w.window_id = x.window_id
    where x.closed_at is null and x.expires_at > hall.wall()
    order by w.no, x.session_id;
end $$;
comment on function api.session_list(bytea) is 'session.list: who is logged in where.';

create or replace function api.session_kick(p_token bytea, p_session_id int8) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v rule.viewer := rule.session(p_token);
  x hall.session;
begin
  perform rule.need_class(v.staff_id, 4 | 8);
  update hall.session s set closed_at = hall.clock()
  where s.session_id = p_session_id and s.closed_at is null returning * into x;
  if found then
    perform rule.audit('window', x.window_id, 'kick', v.staff_id, v.window_id,
      array['session', x.session_id::text, '']);
  elsif not exists (select from hall.session s where s.session_id = p_session_id) then
    perform rule.refuse('session.unknown');
  end if;
end $$;
comment on function api.session_kick(bytea, int8) is 'session.kick: ends another''s session.';

create or replace function api.command_cancel(p_token bytea, p_epoch int4, p_slot int2, p_seq int8)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token, true);
  c hall.command;
begin
  select * into c from hall.command x
  where x.window_id = v.window_id and x.slot = p_slot for update;
  if not found then
    perform rule.invalid('slot.range', 'slot');
  elsif p_epoch = c.epoch and p_seq = c.seq and p_seq > 0 then
    return query select c.status, c.code, c.arg1, c.arg2, c.arg3, c.case_id, c.version, c.number;
  elsif p_epoch < c.fence then
    return query select 7::int2, 'slot.fenced', null::text, null::text, null::text, null::int8, null::int4, null::text;
  elsif p_epoch > c.fence then
    perform rule.invalid('slot.epoch', 'epoch');
  elsif p_seq <> (case when c.epoch = p_epoch then c.seq else 0 end) + 1 then
    perform rule.invalid('slot.gap', 'seq');
  else
    return query
      update hall.command x
      set epoch = p_epoch, seq = p_seq, hash = null, status = 1, code = 'command.cancelled', arg1 = null,
        arg2 = null, arg3 = null, case_id = null, version = null, number = null,
        staff_id = v.staff_id, at = hall.clock()
      where x.window_id = v.window_id and x.slot = p_slot
      returning x.status, x.code, x.arg1, x.arg2, x.arg3, x.case_id, x.version, x.number;
  end if;
end $$;
comment on function api.command_cancel(bytea, int4, int2, int8) is
  'command.cancel: gives up a write whose answer was lost: its outcome, or never.';
