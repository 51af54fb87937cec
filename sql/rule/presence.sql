-- Who is here (POST-4, WHR-1): the beat of yimend, signing in and out, the sheet of a day.

set role yimen_owner;

-- A script's session has no line between two calls: it is there while it is open and not signed out.
drop function if exists rule.live_sessions(bytea[]); -- its rows did not say which have a line
create or replace function rule.live_sessions(p_sessions bytea[]) returns table (session_id int8, staff_id int8, line bool)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select s.session_id, s.staff_id, true
    from (select distinct q.token from unnest(p_sessions) q (token)) h
    join hall.session s on s.token_sha256 = h.token
    join hall.window w on w.window_id = s.window_id
    where w.kind <> 'script' and s.closed_at is null and s.signed_out_at is null and s.expires_at > hall.wall()
    union all
    select s.session_id, s.staff_id, false
    from hall.window w
    join hall.session s on s.window_id = w.window_id
    where w.kind = 'script' and s.closed_at is null and s.signed_out_at is null and s.expires_at > hall.wall();
end $$;
comment on function rule.live_sessions(bytea[]) is 'Of the sessions whose line is up those that count as there, and the scripts''.';

-- The board is read anew; so is who holds a post whose A is here while another covers it.
create or replace function rule.tell_presence(k command.call, p_staff int8[]) returns void language plpgsql as $$
begin
  perform rule.tell(k, 'presence.board', rule.board_posts(variadic p_staff));
  perform rule.tell(k, 'cover.back', array(
    select p.post_id from hall.post p
    join hall.post_place l on l.post_id = p.post_id and l.place = 'A' and l.staff_id = any (p_staff)
    where p.holder_id <> l.staff_id));
end $$;
comment on function rule.tell_presence(command.call, int8[]) is
  'Tells that people came or went: the board (WHR-2), and whoever covers a post of theirs (POST-4).';

-- Each yimend speaks of its own lines. One that ended without a word speaks of none any more.
create or replace function rule.beat_server(p_server bytea, p_elapsed_ms int4) returns int4 language plpgsql as $$
declare
  others timestamptz := (select max(b.at) from hall.beat b where b.server <> p_server);
begin
  insert into hall.beat values (p_server, hall.wall()) on conflict (server) do update set at = excluded.at;
  delete from hall.beat b where b.at < hall.wall() - interval '15 seconds';
  return least(greatest(p_elapsed_ms, 0), 10000, extract(epoch from hall.wall() - others) * 1000)::int4;
end $$;
comment on function rule.beat_server(bytea, int4) is
  'A yimend serves. How long the hall was served since any of them last said so, in ms: what two serve at a time counts once.';

-- Who just came is nobody's yet: with a second yimend its own has some seconds to name it.
create or replace function rule.beat_live(p_sessions bytea[], p_at timestamptz, p_server bytea) returns int8[] language plpgsql as $$
declare
  was int8[] := array(select distinct l.staff_id from hall.live l);
  changed int4;
begin
  with n as materialized (
    select * from rule.live_sessions(p_sessions)
  ), dead as materialized (
    select l.session_id from hall.live l
    where case when l.server is null then l.put_at is null or l.put_at < hall.wall() - interval '6 seconds'
          or not exists (select from hall.beat b where b.server <> p_server)
        else not exists (select from hall.beat b where b.server = l.server) end
  ), mine as (
    update hall.live l set server = p_server from n
    where n.session_id = l.session_id and l.server is distinct from p_server
      and (n.line or l.session_id in (select d.session_id from dead d))
  ), gone as (
    delete from hall.live l
    where (l.server = p_server or l.session_id in (select d.session_id from dead d))
      and not exists (select from n where n.session_id = l.session_id)
    returning 1
  ), come as (
    insert into hall.live (session_id, staff_id, since, server, put_at)
    select n.session_id, n.staff_id, p_at, p_server, hall.wall() from n
    where not exists (select from hall.live l where l.session_id = n.session_id)
    on conflict do nothing
    returning 1
  )
  select (select count(*) from gone) + (select count(*) from come) into changed;
  if changed = 0 then
    return '{}';
  end if;
  return array(
    (select unnest(was) except select l.staff_id from hall.live l)
    union all (select l.staff_id from hall.live l except select unnest(was)));
end $$;
comment on function rule.beat_live(bytea[], timestamptz, bytea) is 'Keeps which sessions of a yimend are there now. Who came or went by it.';

-- Coming and going is seen at once; what nobody says, a cut line, is seen by the next beat.
create or replace function rule.arrive(p_session_id int8, p_at timestamptz) returns void language plpgsql as $$
declare
  k command.call;
  was_here bool;
begin
  select s.staff_id, rule.is_present(s.staff_id) into k.staff_id, was_here from hall.session s
  where s.session_id = p_session_id and s.closed_at is null and s.signed_out_at is null;
  if not found then
    return;
  end if;
  insert into hall.live as l (session_id, staff_id, since, put_at) values (p_session_id, k.staff_id, p_at, hall.wall())
  on conflict (session_id) do update set server = null, put_at = excluded.put_at;
  k.at := p_at;
  if not was_here then
    perform rule.tell_presence(k, array[k.staff_id]);
  end if;
end $$;
comment on function rule.arrive(int8, timestamptz) is 'A session is there from now; with another yimend than before perhaps.';

create or replace function rule.depart(p_session_id int8) returns void language plpgsql as $$
declare
  k command.call;
begin
  delete from hall.live l where l.session_id = p_session_id returning l.staff_id into k.staff_id;
  if found and not rule.is_present(k.staff_id) then
    k.at := hall.clock();
    perform rule.tell_presence(k, array[k.staff_id]);
  end if;
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

-- Who works on through noon, or is logged in as the day begins, need not log in anew to have signed in (WHR-1).
create or replace function rule.beat_attend(p_at timestamptz) returns void language plpgsql as $$
declare
  h hall.opening_hours := rule.hours_of(rule.day_of(p_at));
  part text := rule.half_of(p_at, false);
  opens timestamptz := rule.moment(rule.day_of(p_at), case part when 'am' then h.morning_open else h.afternoon_open end);
  s record;
begin
  for s in
    select distinct on (l.staff_id) l.staff_id, v.window_id, greatest(opens, l.since) as at
    from hall.live l
    join hall.session v on v.session_id = l.session_id and not v.locked
    join hall.window w on w.window_id = v.window_id and w.kind <> 'script'
    where not exists (select from hall.attendance t
      where (t.staff_id, t.day, t.half) = (l.staff_id, rule.day_of(p_at), part) and t.in_at is not null)
    order by l.staff_id, l.since
  loop
    perform rule.attend(s.staff_id, s.window_id, s.at);
  end loop;
end $$;
comment on function rule.beat_attend(timestamptz) is
  'Whoever is at a window, and not locked out of it, in opening hours has signed in for the half day: when it began, or when they came.';

-- The lock comes before any row, so a post falls empty at the beat after the one that completes its time.
drop function if exists rule.beat(bytea[], int4); -- there was one yimend
create or replace function rule.beat(p_sessions bytea[], p_elapsed_ms int4, p_server bytea, out emptied int4, out moved int4)
language plpgsql as $$
declare
  k command.call; -- empty: silence does it
  empties bool := cardinality(rule.gone_too_long()) > 0;
  elapsed int4;
  changed int8[];
  p int8;
begin
  emptied := 0;
  moved := 0;
  if not pg_try_advisory_xact_lock(5199, 10) then
    return; -- another beat is under way
  end if;
  k.at := case when empties then rule.open_holders(true) else hall.clock() end;
  elapsed := rule.beat_server(p_server, p_elapsed_ms);
  changed := rule.beat_live(p_sessions, k.at, p_server);
  moved := cardinality(changed);
  perform rule.beat_gone(elapsed, k.at);
  if rule.is_open(k.at) then
    perform rule.beat_attend(k.at);
    foreach p in array case when empties then rule.gone_too_long() else '{}' end loop
      perform rule.hold(k, p, null, null, 'gone', k.at);
      emptied := emptied + 1;
    end loop;
  end if;
  if moved > 0 then
    perform rule.tell_presence(k, changed);
  end if;
end $$;
comment on function rule.beat(bytea[], int4, bytea) is
  'Who is there now with a yimend; posts whose holder was gone too long fall empty (POST-4). How many, and how many people came or went.';

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

-- What a login, an unlock and presence.in have in common: the lock comes first. A login and presence.in say that
-- one is back: what is left of an absence is given back, or a post would be held by who is away. Who only unlocks
-- may never have gone, and would lose a leave that is about to begin.
drop function if exists rule.come_in(int8, int8, int8); -- a login did not end an absence
create or replace function rule.come_in(p_staff_id int8, p_window_id int8, p_session_id int8, p_back bool) returns void language plpgsql as $$
declare
  k command.call;
begin
  k.at := rule.sign_in(p_staff_id, p_window_id);
  k.staff_id := p_staff_id;
  k.window_id := p_window_id;
  update hall.session s set signed_out_at = null where s.session_id = p_session_id and s.signed_out_at is not null;
  perform rule.arrive(p_session_id, k.at);
  perform rule.attend(p_staff_id, p_window_id, k.at);
  if p_back then
    perform rule.come_back(k);
  elsif rule.end_whereabouts(k, 'in') then
    perform rule.tell_presence(k, array[p_staff_id]);
  end if;
end $$;
comment on function rule.come_in(int8, int8, int8, bool) is
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
  away := rule.was_away(p_staff_id, tstzrange(opens, closes));
  late := date_trunc('minute', p_in) > opens and not away @> tstzrange(opens, least(p_in, closes));
  early := p_out < closes and not away @> tstzrange(greatest(p_out, opens), closes);
  return case
    when p_in is null and away @> tstzrange(opens, closes) then 'leave'
    when p_in is null and p_at < closes then 'not_in'
    when p_in is null or p_in >= closes then 'absent'
    when late and early then 'late_early'
    when late then 'late'
    when early then 'early'
    when p_out is null and p_at >= closes + interval '1 hour' then 'no_out'
    else ''
  end;
end $$;
comment on function rule.verdict(int8, date, text, timestamptz, timestamptz, timestamptz) is
  'Late, early, absent (WHR-1), by the hours of the calendar; what one was away for by leave is not: leave. Absent is who has not come once the half day is over, until then not_in. no_out: did not sign out. future: still to come.';
