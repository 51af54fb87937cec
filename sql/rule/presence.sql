-- Who is here (POST-4, WHR-1): the beat of yimend, signing in and out, the sheet of a day.

set role yimen_owner;

-- A script's session has no line between two calls: it is there while it is open and not signed out.
create or replace function rule.live_sessions(p_sessions bytea[]) returns table (session_id int8, staff_id int8)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select s.session_id, s.staff_id
    from unnest(p_sessions) h (token)
    join hall.session s on s.token_sha256 = h.token
    where s.closed_at is null and s.signed_out_at is null and s.expires_at > hall.wall()
    union
    select s.session_id, s.staff_id
    from hall.window w
    join hall.session s on s.window_id = w.window_id
    where w.kind = 'script' and s.closed_at is null and s.signed_out_at is null and s.expires_at > hall.wall();
end $$;
comment on function rule.live_sessions(bytea[]) is 'Of the sessions whose line is up those that count as there, and the scripts''.';

create or replace function rule.beat_live(p_sessions bytea[], p_at timestamptz) returns void language plpgsql as $$
begin
  with n as materialized (
    select * from rule.live_sessions(p_sessions)
  ), gone as (
    delete from hall.live l where not exists (select from n where n.session_id = l.session_id)
  )
  insert into hall.live
  select n.session_id, n.staff_id, p_at from n
  where not exists (select from hall.live l where l.session_id = n.session_id)
  on conflict do nothing;
end $$;
comment on function rule.beat_live(bytea[], timestamptz) is 'Keeps which sessions are there now.';

-- Coming and going is seen at once; what nobody says, a cut line, is seen by the next beat.
create or replace function rule.arrive(p_session_id int8, p_at timestamptz) returns void language plpgsql as $$
begin
  insert into hall.live
  select s.session_id, s.staff_id, p_at from hall.session s
  where s.session_id = p_session_id and s.closed_at is null and s.signed_out_at is null
  on conflict do nothing;
end $$;
comment on function rule.arrive(int8, timestamptz) is 'A session is there from now.';

create or replace function rule.depart(p_session_id int8) returns void language plpgsql as $$
begin
  delete from hall.live l where l.session_id = p_session_id;
end $$;
comment on function rule.depart(int8) is 'A session is there no more.';

-- Only what was served counts: the server tells how long it has been since its last beat that was done.
create or replace function rule.beat_gone(p_elapsed_ms int4, p_at timestamptz) returns void language plpgsql as $$
begin
  delete from hall.post_gone g
  where not exists (select from hall.post p where p.post_id = g.post_id and p.holder_id = g.staff_id)
    or rule.is_present(g.staff_id);
  if rule.is_open(p_at) then
    insert into hall.post_gone as g
    select p.post_id, p.holder_id, p_elapsed_ms from hall.post p
    where p.holder_id is not null and not exists (select from hall.live l where l.staff_id = p.holder_id)
    on conflict (post_id) do update set gone_ms = g.gone_ms + excluded.gone_ms;
  end if;
end $$;
comment on function rule.beat_gone(int4, timestamptz) is 'Counts for how long holders have been gone, in opening hours (POST-4).';

create or replace function rule.gone_too_long() returns int8[] language plpgsql volatile as $$
begin
  return array(
    select g.post_id from hall.post_gone g where g.gone_ms >= hall.setting_text('post.gone_seconds')::int8 * 1000
    order by g.post_id
  );
end $$;
comment on function rule.gone_too_long() is 'Posts whose holder has been gone too long.';

-- The lock comes before any row, so a post falls empty at the beat after the one that completes its time.
create or replace function rule.beat(p_sessions bytea[], p_elapsed_ms int4) returns int4 language plpgsql as $$
declare
  k command.call; -- empty: silence does it
  empties bool := cardinality(rule.gone_too_long()) > 0;
  at_now timestamptz;
  p int8;
  n int4 := 0;
begin
  if not pg_try_advisory_xact_lock(5199, 10) then
    return 0; -- another beat is under way
  end if;
  at_now := case when empties then rule.open_holders(true) else hall.clock() end;
  perform rule.beat_live(p_sessions, at_now);
  perform rule.beat_gone(least(greatest(p_elapsed_ms, 0), 10000), at_now);
  if empties and rule.is_open(at_now) then
    foreach p in array rule.gone_too_long() loop
      perform rule.hold(k, p, null, null, 'gone', at_now);
      n := n + 1;
    end loop;
  end if;
  return n;
end $$;
comment on function rule.beat(bytea[], int4) is
  'Who is there now; posts whose holder was gone too long fall empty (POST-4). How many.';

-- Signing in and out (WHR-1), to the minute.

create or replace function rule.half_of(p_at timestamptz, p_out bool) returns text language plpgsql stable as $$
declare
  h hall.opening_hours := rule.hours_of(rule.day_of(p_at));
begin
  return case when (p_at at time zone 'Asia/Shanghai')::time < case when p_out then h.afternoon_open else h.morning_close end
    then 'am' else 'pm' end;
end $$;
comment on function rule.half_of(timestamptz, bool) is
  'The half day one signs in for, or out of: who comes at noon is early for the afternoon, who goes then ends the morning.';

create or replace function rule.attend(p_staff_id int8, p_window_id int8, p_at timestamptz) returns void language plpgsql as $$
declare
  was hall.attendance;
  part text := rule.half_of(p_at, false);
begin
  select * into was from hall.attendance t where (t.staff_id, t.day, t.half) = (p_staff_id, rule.day_of(p_at), part);
  if was.in_at is not null and was.out_at is null then
    return;
  end if;
  insert into hall.attendance as t (staff_id, day, half, in_at) values (p_staff_id, rule.day_of(p_at), part, p_at)
  on conflict on constraint attendance_pkey do update set in_at = coalesce(t.in_at, excluded.in_at), out_at = null;
  perform rule.audit('staff', p_staff_id, 'presence.in', p_staff_id, p_window_id,
    array['at', '', rule.moment_text(p_at), 'half', '', part]);
end $$;
comment on function rule.attend(int8, int8, timestamptz) is 'Signs a person in for the half day, once; again after signing out.';

create or replace function rule.leave_off(p_staff_id int8, p_window_id int8, p_at timestamptz) returns void language plpgsql as $$
declare
  part text := rule.half_of(p_at, true);
begin
  insert into hall.attendance as t (staff_id, day, half, out_at) values (p_staff_id, rule.day_of(p_at), part, p_at)
  on conflict on constraint attendance_pkey do update set out_at = excluded.out_at;
  perform rule.audit('staff', p_staff_id, 'presence.out', p_staff_id, p_window_id,
    array['at', '', rule.moment_text(p_at), 'half', '', part]);
end $$;
comment on function rule.leave_off(int8, int8, timestamptz) is 'Signs a person out of the half day.';

-- Who is still here at another window has not gone.
create or replace function rule.logged_out(p_staff_id int8, p_window_id int8) returns void language plpgsql as $$
declare
  at_now timestamptz := hall.clock();
begin
  if not exists (select from hall.session s where s.staff_id = p_staff_id and s.closed_at is null and s.signed_out_at is null
        and s.expires_at > hall.wall())
      and exists (select from hall.attendance t where (t.staff_id, t.day, t.half) = (p_staff_id, rule.day_of(at_now), rule.half_of(at_now, true))
        and t.in_at is not null and t.out_at is null) then
    perform rule.leave_off(p_staff_id, p_window_id, at_now);
  end if;
end $$;
comment on function rule.logged_out(int8, int8) is 'The last logout of a person who is signed in signs them out.';

-- What a login, an unlock and presence.in have in common: the lock comes first.
create or replace function rule.come_in(p_staff_id int8, p_window_id int8, p_session_id int8) returns void language plpgsql as $$
declare
  k command.call;
begin
  k.at := rule.sign_in(p_staff_id, p_window_id);
  k.staff_id := p_staff_id;
  k.window_id := p_window_id;
  update hall.session s set signed_out_at = null where s.session_id = p_session_id and s.signed_out_at is not null;
  perform rule.arrive(p_session_id, k.at);
  perform rule.attend(p_staff_id, p_window_id, k.at);
  if rule.end_whereabouts(k, 'in') then
    perform rule.tell(k, 'presence.board', rule.board_posts(p_staff_id));
  end if;
end $$;
comment on function rule.come_in(int8, int8, int8) is
  'A person signs in: takes the posts nobody holds of which they are A (POST-2), is there again, attends (WHR-1).';

create or replace function rule.verdict(p_staff_id int8, p_day date, p_half text, p_in timestamptz, p_out timestamptz, p_at timestamptz)
returns text language plpgsql stable as $$
declare
  h hall.opening_hours := rule.hours_of(p_day);
  opens timestamptz := rule.moment(p_day, case p_half when 'am' then h.morning_open else h.afternoon_open end);
  closes timestamptz := rule.moment(p_day, case p_half when 'am' then h.morning_close else h.afternoon_close end);
  away tstzmultirange;
  late bool;
  early bool;
begin
  if not rule.is_working(p_day) then
    return '';
  elsif p_in is null and p_at < opens then
    return 'future';
  end if;
  away := rule.away(p_staff_id, tstzrange(opens, closes));
  late := date_trunc('minute', p_in) > opens and not away @> tstzrange(opens, least(p_in, closes));
  early := p_out < closes and not away @> tstzrange(greatest(p_out, opens), closes);
  return case
    when p_in is null and away @> tstzrange(opens, closes) then 'leave'
    when p_in is null or p_in >= closes then 'absent'
    when late and early then 'late_early'
    when late then 'late'
    when early then 'early'
    when p_out is null and p_at >= closes + interval '1 hour' then 'no_out'
    else ''
  end;
end $$;
comment on function rule.verdict(int8, date, text, timestamptz, timestamptz, timestamptz) is
  'Late, early, absent (WHR-1), by the hours of the calendar; what one was away for by leave is not: leave. no_out: did not sign out. future: still to come.';
