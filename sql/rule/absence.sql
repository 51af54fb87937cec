-- Planned absences (WHR-3): how long, who grants them, and that a post is never left to nobody (POST-5).

set role yimen_owner;

create or replace function rule.half_days(p_from timestamptz, p_until timestamptz) returns int4
language plpgsql stable as $$
declare
  day date := rule.day_of(p_from);
  h hall.opening_hours;
  n int4 := 0;
begin
  while rule.moment(day, '00:00') < p_until loop
    if rule.is_working(day) then
      h := rule.hours_of(day);
      n := n + (p_from < rule.moment(day, h.morning_close) and p_until > rule.moment(day, h.morning_open))::int4
        + (p_from < rule.moment(day, h.afternoon_close) and p_until > rule.moment(day, h.afternoon_open))::int4;
    end if;
    day := day + 1;
  end loop;
  return n;
end $$;
comment on function rule.half_days(timestamptz, timestamptz) is 'Mornings and afternoons of working days that an interval takes from.';

-- Asked for in pieces it is one leave (WHR-3): pieces with no opening time between count together.
create or replace function rule.leave_half_days(a hall.absence) returns int4 language plpgsql stable as $$
declare
  span tstzrange := tstzrange(a.from_at, a.until_at);
  x hall.absence;
begin
  loop
    select * into x from hall.absence q
    where q.staff_id = a.staff_id and q.state in ('asked', 'granted') and q.absence_id <> a.absence_id
      and q.kind in (select w.kind from hall.absence_kind w where w.ranked) and not tstzrange(q.from_at, q.until_at) <@ span
      and q.until_at > lower(span) - interval '60 days' -- no closure is longer
      and q.from_at <= rule.opening(upper(span)) and (q.until_at >= lower(span) or rule.opening(q.until_at) >= lower(span))
    limit 1;
    exit when not found;
    span := tstzrange(least(lower(span), x.from_at), greatest(upper(span), x.until_at));
  end loop;
  return rule.half_days(lower(span), upper(span));
end $$;
comment on function rule.leave_half_days(hall.absence) is
  'Half days of a leave with all asked for or granted that it meets with no opening time between.';

-- A person's own place among those who grant: who stands higher decides about them.
create or replace function rule.own_rank(p_staff_id int8) returns int4 language plpgsql stable as $$
begin
  return (
    select coalesce(max(greatest(rule.duty_rank(p.duty), 1)), 0)
    from hall.post p
    left join hall.post_place l on l.post_id = p.post_id and l.place = 'A'
    where p.duty in ('chief', 'supervisor1', 'supervisor2', 'supervisor3', 'duty') and p_staff_id in (l.staff_id, p.holder_id)
  );
end $$;
comment on function rule.own_rank(int8) is '1 chief representative or supervisor, 2 deputy director, 3 director; 0: none of them.';

-- Above the director is nobody; who only covers the post has one above.
create or replace function rule.decides_own(p_staff_id int8) returns bool language plpgsql stable as $$
begin
  return exists (select from hall.post p join hall.post_place l on l.post_id = p.post_id and l.place = 'A'
    where p.duty = 'supervisor3' and l.staff_id = p_staff_id);
end $$;
comment on function rule.decides_own(int8) is 'The person is the director, not only covering for one: decides about their own absence.';

create or replace function rule.absence_rank(p_staff_id int8, p_department_id int8, p_kind text, p_half_days int4) returns int2
language plpgsql stable as $$
declare
  own int4 := rule.own_rank(p_staff_id);
  rank int4 := 1;
begin
  if (select q.ranked from hall.absence_kind q where q.kind = p_kind) then
    rank := case when p_half_days <= hall.setting_text('absence.chief_half_days')::int4 then 1
      when p_half_days <= hall.setting_text('absence.deputy_half_days')::int4 then 2 else 3 end;
  end if;
  if own > 0 then
    rank := least(greatest(rank, own) + 1, 3);
  end if;
  if rank = 1 and not exists (select from hall.post p where p.duty = 'chief' and p.department_id = p_department_id) then
    rank := 2;
  end if;
  return rank;
end $$;
comment on function rule.absence_rank(int8, int8, text, int4) is
  'Who grants an absence (WHR-3): by its length, one rank up for those who grant themselves.';

create or replace function rule.absence_judges(p_rank int2, p_department_id int8) returns int8[] language plpgsql stable as $$
begin
  return array(select p.post_id from hall.post p
    where case p_rank when 1 then p.duty = 'chief' and p.department_id = p_department_id
      when 2 then p.duty = 'supervisor2' else p.duty = 'supervisor3' end
    order by p.post_id);
end $$;
comment on function rule.absence_judges(int2, int8) is 'The posts that grant absences of a rank.';

create or replace function rule.held_of(p_staff_id int8, p_posts int8[]) returns int8 language plpgsql stable as $$
begin
  return (select p.post_id from hall.post p where p.holder_id = p_staff_id and p.post_id = any (p_posts)
    order by p.post_id limit 1);
end $$;
comment on function rule.held_of(int8, int8[]) is 'One of these posts that a person holds now; NULL: none.';

-- One at a time: two requests of an A and a B, each granted before the other is seen, would leave nobody.
create or replace function rule.lock_absences() returns void language sql volatile
as $$ select pg_advisory_xact_lock(5199, 135) $$;
comment on function rule.lock_absences() is 'Whoever changes who will be away waits for the one before (POST-5).';

create or replace function rule.away(p_staff_id int8, p_within tstzrange, p_but int8 default null) returns tstzmultirange
language plpgsql stable as $$
begin
  return (
    select coalesce(range_agg(x.span * p_within), '{}')
    from (
      select tstzrange(a.from_at, a.until_at) as span from hall.absence a
      where a.staff_id = p_staff_id and a.state = 'granted' and a.until_at > lower(p_within) and a.absence_id is distinct from p_but
      union all
      select tstzrange(w.since, w.until_at) from hall.whereabouts w where w.staff_id = p_staff_id and w.ended_at is null
    ) x
    where x.span && p_within
  );
end $$;
comment on function rule.away(int8, tstzrange, int8) is
  'When a person is away within an interval: what was granted, and where they went; but for one absence.';

-- Looking back, where people went counts as far as they said and were: a day's sheet does not change once they are back.
create or replace function rule.was_away(p_staff_id int8, p_within tstzrange) returns tstzmultirange
language plpgsql stable as $$
begin
  return (
    select coalesce(range_agg(x.span * p_within), '{}')
    from (
      select tstzrange(a.from_at, a.until_at) as span from hall.absence a
      where a.staff_id = p_staff_id and a.state = 'granted' and a.until_at > lower(p_within)
      union all
      select tstzrange(w.since, least(w.until_at, w.ended_at)) from hall.whereabouts w
      where w.staff_id = p_staff_id and w.until_at > lower(p_within)
    ) x
    where x.span && p_within
  );
end $$;
comment on function rule.was_away(int8, tstzrange) is
  'When a person was away within an interval, as its attendance counts it (WHR-1): what was granted, and where they went until they were back or meant to be.';

create or replace function rule.is_away(p_staff_id int8, p_at timestamptz) returns bool language plpgsql stable as $$
begin
  return not isempty(rule.away(p_staff_id, tstzrange(p_at, p_at, '[]')));
end $$;
comment on function rule.is_away(int8, timestamptz) is 'A person is away at a moment: an offer passes over them (POST-4), nothing is handed over to them (POST-3).';

-- Of each post of the person, or in which they stand in for somebody: the instants at which everybody
-- who has a place in it would be away, less those for which a substitute was named who is there.
create or replace function rule.uncovered(p_staff_id int8, p_within tstzrange, p_absence_id int8 default null,
  p_substitute_id int8 default null) returns table (post_id int8, post text, gaps tstzmultirange)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    with mine as (
      select l.post_id from hall.post_place l where l.staff_id = p_staff_id
      union
      select l.post_id from hall.absence a join hall.post_place l on l.staff_id = a.staff_id
      where a.substitute_id = p_staff_id and a.state = 'granted' and tstzrange(a.from_at, a.until_at) && p_within
    ), left_alone as (
      select m.post_id, range_intersect_agg(rule.away(l.staff_id, p_within, p_absence_id)
        + case when l.staff_id = p_staff_id then tstzmultirange(p_within) else '{}' end) as gaps
      from mine m join hall.post_place l on l.post_id = m.post_id
      group by m.post_id
    ), covered as (
      select x.post_id, range_agg(x.span) as spans
      from (
        select l.post_id, tstzmultirange(tstzrange(a.from_at, a.until_at) * p_within) - rule.away(a.substitute_id, p_within, p_absence_id)
          - case when a.substitute_id = p_staff_id then tstzmultirange(p_within) else '{}' end as span
        from hall.absence a join hall.post_place l on l.staff_id = a.staff_id
        where a.substitute_id is not null and a.state = 'granted' and a.absence_id is distinct from p_absence_id
          and tstzrange(a.from_at, a.until_at) && p_within
        union all
        select m.post_id, tstzmultirange(p_within) - rule.away(p_substitute_id, p_within)
        from mine m where p_substitute_id is not null
      ) x
      group by x.post_id
    )
    select p.post_id, p.name, g.gaps - coalesce(c.spans, '{}')
    from left_alone g
    join hall.post p on p.post_id = g.post_id
    left join covered c on c.post_id = g.post_id
    where not isempty(g.gaps - coalesce(c.spans, '{}'))
    order by p.code;
end $$;
comment on function rule.uncovered(int8, tstzrange, int8, int8) is
  'Posts that would be left to nobody if a person were away, and when (POST-5); with a substitute, those still.';

create or replace function rule.moment_cn(p_at timestamptz) returns text language sql immutable as $$
  select to_char(p_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')
$$;
comment on function rule.moment_cn(timestamptz) is 'A moment in words of a refusal or a paper, to the minute.';

create or replace function rule.absence_interval(p_at timestamptz, p_from timestamptz, p_until timestamptz) returns void
language plpgsql stable as $$
begin
  if p_until <= p_from or p_from is null or p_until is null then
    perform rule.invalid('absence.interval', 'until');
  elsif not isfinite(p_until) or not isfinite(p_from)
      or p_until - p_from > make_interval(days => hall.setting_text('absence.most_days')::int4) then
    perform rule.invalid('absence.long', 'until', hall.setting_text('absence.most_days'));
  elsif p_from < rule.moment(rule.day_of(p_at), '00:00') then
    perform rule.invalid('absence.past', 'from');
  elsif p_until <= p_at then
    perform rule.invalid('absence.past', 'until');
  end if;
end $$;
comment on function rule.absence_interval(timestamptz, timestamptz, timestamptz) is
  'Refuses an interval that ends before it begins, lies before today, is over or too long.';

create or replace function rule.absence_mark(a hall.absence) returns text language plpgsql stable as $$
begin
  return (
    select encode(sha256(a.salt || rule.encode(array[a.staff_id::text, a.department_id::text, a.kind, a.half_days::text, a.reason, a.contact,
      a.answer, a.asked_by::text, rule.moment_text(a.asked_at), a.decided_by::text, a.decided_as, a.decided_post_id::text,
      a.decided_for::text, rule.moment_text(a.decided_at), a.exception_id::text, rule.moment_text(a.ended_at), rule.moment_text(a.last_at)])), 'hex')
  );
end $$;
comment on function rule.absence_mark(hall.absence) is
  'A salted commitment that stands in the chain of an absence for its words and all that its entries do not say plainly.';

-- Who shows the board: the person's own department and the supervisors.
drop function if exists rule.board_posts(int8); -- of one person
create or replace function rule.board_posts(variadic p_staff int8[]) returns int8[] language plpgsql stable as $$
begin
  return array(
    select p.post_id from hall.post p where p.department_id in (select s.department_id from hall.staff s where s.staff_id = any (p_staff))
    union select l.post_id from hall.post_place l where l.staff_id = any (p_staff)
    union select unnest(rule.supervisor_posts()));
end $$;
comment on function rule.board_posts(int8[]) is 'Posts whose windows hear that people come or go: of their departments and the supervisors''.';

create or replace function rule.keep_absence(k command.call, a hall.absence, p_event text, p_was hall.absence) returns command.call
language plpgsql as $$
begin
  a.version := coalesce(p_was.version, 0) + 1;
  a.last_at := k.at;
  if p_was.absence_id is null then
    insert into hall.absence values (a.*);
  else
    update hall.absence x
    set from_at = a.from_at, until_at = a.until_at, half_days = a.half_days, rank = a.rank, reason = a.reason, state = a.state,
      decided_by = a.decided_by, decided_as = a.decided_as, decided_post_id = a.decided_post_id, decided_for = a.decided_for,
      decided_at = a.decided_at, answer = a.answer, substitute_id = a.substitute_id, exception_id = a.exception_id,
      ended_at = a.ended_at, last_at = a.last_at, version = a.version
    where x.absence_id = a.absence_id;
  end if;
  perform rule.audit('absence', a.absence_id, p_event, k.staff_id, k.window_id, array[
    'state', coalesce(p_was.state, ''), a.state, 'from', coalesce(rule.moment_text(p_was.from_at), ''), rule.moment_text(a.from_at),
    'until', coalesce(rule.moment_text(p_was.until_at), ''), rule.moment_text(a.until_at), 'rank', coalesce(p_was.rank::text, ''), a.rank::text,
    'substitute', coalesce(p_was.substitute_id::text, ''), coalesce(a.substitute_id::text, ''),
    'exception', coalesce(p_was.exception_id::text, ''), coalesce(a.exception_id::text, ''),
    'version', coalesce(p_was.version::text, ''), a.version::text, 'words', '', rule.absence_mark(a),
    'acting', '', coalesce(k.acting, ''), 'as', '', coalesce(k.acting_post_id::text, ''), 'for', '', coalesce(k.for_staff_id::text, '')]);
  if a.state = 'asked' then
    perform rule.tell(k, 'absence.asked', rule.absence_judges(a.rank, a.department_id)
      || case when a.rank = 1 then rule.supervisor_posts() else '{}' end);
  elsif p_was.state = 'asked' then
    perform rule.tell(k, 'absence.decided', array(select distinct l.post_id from hall.post_place l where l.staff_id in (a.staff_id, a.substitute_id))
      || rule.absence_judges(a.rank, a.department_id));
  end if;
  if 'granted' in (a.state, p_was.state) then
    perform rule.tell(k, 'presence.board', rule.board_posts(a.staff_id));
  end if;
  k.number := a.absence_id::text;
  return k;
end $$;
comment on function rule.keep_absence(command.call, hall.absence, text, hall.absence) is
  'Stores an absence, writes its chain, tells whoever is to decide, the person and the board; the outcome''s number is its key.';

create or replace function rule.absence_apart(a hall.absence) returns void language plpgsql stable as $$
declare
  other hall.absence;
begin
  select * into other from hall.absence x
  where x.staff_id = a.staff_id and x.state in ('asked', 'granted') and x.absence_id <> a.absence_id
    and tstzrange(x.from_at, x.until_at) && tstzrange(a.from_at, a.until_at)
  order by x.from_at limit 1;
  if found then
    perform rule.refuse('absence.overlap', rule.moment_cn(other.from_at), rule.moment_cn(other.until_at));
  end if;
end $$;
comment on function rule.absence_apart(hall.absence) is 'Refuses a second request for the same time.';

create or replace function rule.plan_absence(k command.call, p_kind text, p_from timestamptz, p_until timestamptz, p_reason text,
  p_contact text, p_login text) returns command.call language plpgsql as $$
declare
  a hall.absence;
begin
  if not exists (select from hall.absence_kind q where q.kind = p_kind and q.planned) then
    perform rule.invalid('absence.kind', 'kind');
  elsif nullif(btrim(p_reason), '') is null then
    perform rule.invalid('text.blank', 'reason');
  end if;
  perform rule.absence_interval(k.at, p_from, p_until);
  a.staff_id := case when nullif(btrim(p_login), '') is null then k.staff_id else rule.staff_called(btrim(p_login)) end;
  select s.department_id into a.department_id from hall.staff s where s.staff_id = a.staff_id;
  if a.staff_id <> k.staff_id then
    k := rule.act_any(k, rule.absence_judges(1::int2, a.department_id));
  end if;
  perform rule.lock_absences();
  a.absence_id := hall.next_id();
  a.kind := p_kind;
  a.from_at := p_from;
  a.until_at := p_until;
  a.half_days := rule.half_days(p_from, p_until);
  a.rank := rule.absence_rank(a.staff_id, a.department_id, p_kind, rule.leave_half_days(a));
  a.reason := btrim(p_reason);
  a.contact := nullif(btrim(p_contact), '');
  a.state := 'asked';
  a.asked_by := k.staff_id;
  a.asked_at := k.at;
  a.salt := uuid_send(gen_random_uuid());
  perform rule.absence_apart(a);
  return rule.keep_absence(k, a, 'plan', null);
end $$;
comment on function rule.plan_absence(command.call, text, timestamptz, timestamptz, text, text, text) is
  'Asks for an absence (WHR-3): one''s own, or as chief representative somebody else''s.';

-- Before its row is locked: whoever acts waits for a change of holder that may wait for the row.
create or replace function rule.absence_mine(k command.call, p_absence_id int8) returns command.call language plpgsql as $$
declare
  a hall.absence;
begin
  select * into a from hall.absence x where x.absence_id = p_absence_id;
  if not found then
    perform rule.refuse('absence.none');
  elsif a.state = 'granted' and k.staff_id <> a.staff_id then
    k := rule.act_any(k, rule.absence_judges(a.rank, a.department_id));
  elsif k.staff_id not in (a.staff_id, a.asked_by) then
    k := rule.act_any(k, rule.absence_judges(1::int2, a.department_id));
  end if;
  return k;
end $$;
comment on function rule.absence_mine(command.call, int8) is
  'The person may change this absence: it is their own, or not granted and they asked for it or are its chief representative, or granted and they hold a post of its rank (WHR-3).';

create or replace function rule.absence_open(k command.call, p_absence_id int8) returns hall.absence language plpgsql as $$
declare
  a hall.absence;
begin
  select * into a from hall.absence x where x.absence_id = p_absence_id for update;
  if a.state not in ('asked', 'granted') then
    perform rule.refuse('absence.closed');
  elsif a.until_at <= k.at then
    perform rule.refuse('absence.over', rule.moment_cn(a.until_at));
  elsif a.state = 'granted' and k.staff_id <> a.staff_id
      and k.acting_post_id = any (rule.absence_judges(a.rank, a.department_id)) is not true then
    perform rule.refuse('absence.changed'); -- granted while this waited for it
  end if;
  return a;
end $$;
comment on function rule.absence_open(command.call, int8) is 'Locks an absence that can still be changed.';

-- What was granted and is made shorter stays granted; anything more is asked for again.
create or replace function rule.change_absence(k command.call, p_absence_id int8, p_from timestamptz, p_until timestamptz, p_reason text)
returns command.call language plpgsql as $$
declare
  was hall.absence;
  a hall.absence;
begin
  k := rule.absence_mine(k, p_absence_id);
  perform rule.lock_absences();
  was := rule.absence_open(k, p_absence_id);
  k.at := greatest(k.at, was.last_at);
  a := was;
  a.from_at := coalesce(p_from, was.from_at);
  a.until_at := coalesce(p_until, was.until_at);
  a.reason := coalesce(nullif(btrim(p_reason), ''), was.reason);
  if was.state = 'granted' and was.from_at <= k.at and (a.from_at <> was.from_at or a.until_at > was.until_at) then
    perform rule.refuse('absence.begun', rule.moment_cn(was.from_at));
  elsif was.from_at > k.at or a.from_at <> was.from_at then
    perform rule.absence_interval(k.at, a.from_at, a.until_at);
  else
    perform rule.absence_interval(was.from_at, a.from_at, a.until_at);
    perform rule.absence_interval(k.at, k.at, a.until_at);
  end if;
  a.half_days := rule.half_days(a.from_at, a.until_at);
  if not (was.state = 'granted' and a.from_at >= was.from_at and a.until_at <= was.until_at) then
    a.state := 'asked';
    a.rank := rule.absence_rank(a.staff_id, a.department_id, a.kind, rule.leave_half_days(a));
    a.decided_by := null;
    a.decided_as := null;
    a.decided_post_id := null;
    a.decided_for := null;
    a.decided_at := null;
    a.answer := null;
    a.substitute_id := null;
    a.exception_id := null;
    perform rule.absence_apart(a);
  end if;
  perform rule.drop_handovers_of(k, a.absence_id, '请假时间已变更', tstzrange(was.from_at, was.until_at), tstzrange(a.from_at, a.until_at));
  return rule.keep_absence(k, a, 'change', was);
end $$;
comment on function rule.change_absence(command.call, int8, timestamptz, timestamptz, text) is
  'Another time for an absence; one that has begun can only end earlier.';

create or replace function rule.cancel_absence(k command.call, p_absence_id int8, p_reason text) returns command.call
language plpgsql as $$
declare
  was hall.absence;
  a hall.absence;
begin
  if nullif(btrim(p_reason), '') is null then
    perform rule.invalid('text.blank', 'reason');
  end if;
  k := rule.absence_mine(k, p_absence_id);
  was := rule.absence_open(k, p_absence_id);
  k.at := greatest(k.at, was.last_at);
  if was.state = 'granted' and was.from_at <= k.at then
    perform rule.refuse('absence.begun', rule.moment_cn(was.from_at));
  end if;
  a := was;
  a.state := 'cancelled';
  a.answer := btrim(p_reason);
  perform rule.drop_handovers_of(k, a.absence_id, a.answer);
  return rule.keep_absence(k, a, 'cancel', was);
end $$;
comment on function rule.cancel_absence(command.call, int8, text) is 'An absence that has not begun is not wanted any more.';

-- Asked, granted and used by the one command: nobody else could use it.
create or replace function rule.override_uncovered(k command.call, a hall.absence, p_post_id int8, p_reason text) returns int8
language plpgsql as $$
declare
  x hall.exception;
begin
  insert into hall.exception (kind, subject, department_id, state, reason, asked_by, asked_post_id, asked_at, decided_by,
    decided_post_id, decided_at, answer, used_by, used_at)
  values ('uncovered', (select s.name from hall.staff s where s.staff_id = a.staff_id) || ' ' || rule.moment_cn(a.from_at),
    a.department_id, 'used', a.reason, a.asked_by, p_post_id, a.asked_at, k.staff_id, k.acting_post_id, k.at, btrim(p_reason), k.staff_id, k.at)
  returning * into x;
  perform rule.audit('post', p_post_id, 'exception_ask', a.asked_by, k.window_id,
    array['exception', '', x.exception_id::text, 'kind', '', x.kind, 'subject', '', x.subject, 'reason', '', x.reason]);
  perform rule.exception_event(k, null, x, 'exception_grant', x.answer);
  return x.exception_id;
end $$;
comment on function rule.override_uncovered(command.call, hall.absence, int8, text) is
  'A supervisor''s exception from POST-5 (CASE-16, SUP-5): in the trail of the post that is left to a substitute.';

create or replace function rule.need_cover(k command.call, a hall.absence, p_substitute text, p_reason text) returns hall.absence
language plpgsql as $$
declare
  span tstzrange := tstzrange(greatest(a.from_at, k.at), a.until_at);
  gap record;
  other record;
begin
  select p.name as post, h.from_at into other from hall.handover h join hall.post p on p.post_id = h.post_id
  where h.taker_id = a.staff_id and h.state in ('planned', 'confirmed', 'running') and tstzrange(h.from_at, h.until_at) && span
  order by h.from_at limit 1;
  if found then
    perform rule.refuse('absence.taker', other.post, rule.moment_cn(other.from_at));
  end if;
  select * into gap from rule.uncovered(a.staff_id, span, a.absence_id) limit 1;
  if not found then
    if nullif(btrim(p_substitute), '') is not null then
      perform rule.refuse('absence.covered');
    end if;
    return a;
  elsif nullif(btrim(p_substitute), '') is null then
    perform rule.refuse('absence.uncovered', gap.post, rule.moment_cn(lower(gap.gaps)));
  elsif not k.acting_post_id = any (rule.supervisor_posts()) then
    perform rule.deny('absence.supervisor', gap.post);
  elsif nullif(btrim(p_reason), '') is null then
    perform rule.invalid('text.blank', 'reason');
  end if;
  a.substitute_id := rule.staff_called(btrim(p_substitute));
  if not exists (select from hall.staff s join hall.post p on p.department_id = s.department_id
      where s.staff_id = a.substitute_id and p.post_id = gap.post_id) or a.substitute_id = a.staff_id then
    perform rule.refuse('absence.substitute', gap.post);
  end if;
  select * into other from rule.uncovered(a.staff_id, span, a.absence_id, a.substitute_id) limit 1;
  if found then
    perform rule.refuse('absence.substitute_away', other.post, rule.moment_cn(lower(other.gaps)));
  end if;
  a.exception_id := rule.override_uncovered(k, a, gap.post_id, p_reason);
  return a;
end $$;
comment on function rule.need_cover(command.call, hall.absence, text, text) is
  'Refuses an absence that leaves a post to nobody at any instant (POST-5), unless a supervisor names a substitute of the department who is there.';

create or replace function rule.judge_absence(k command.call, p_absence_id int8, p_grant bool, p_reason text, p_substitute text)
returns command.call language plpgsql as $$
declare
  was hall.absence;
  a hall.absence;
  judges int8[];
begin
  select * into a from hall.absence x where x.absence_id = p_absence_id;
  if not found then
    perform rule.refuse('absence.none');
  elsif a.staff_id = k.staff_id and not rule.decides_own(k.staff_id) then
    perform rule.deny('absence.own');
  end if;
  judges := rule.absence_judges(a.rank, a.department_id);
  if a.rank = 1 and nullif(btrim(p_substitute), '') is not null and rule.held_of(k.staff_id, judges) is null then
    judges := judges || rule.supervisor_posts();
  end if;
  if rule.held_of(k.staff_id, judges) is null then
    perform rule.deny('absence.rank', (select string_agg(p.name, '、' order by p.post_id) from hall.post p
      where p.post_id = any (rule.absence_judges(a.rank, a.department_id))));
  end if;
  k := rule.act_for(k, rule.held_of(k.staff_id, judges));
  perform rule.lock_absences();
  select * into was from hall.absence x where x.absence_id = p_absence_id for update;
  k.at := greatest(k.at, was.last_at);
  if was.state <> 'asked' then
    perform rule.refuse('absence.decided');
  elsif was.rank <> a.rank then
    perform rule.refuse('absence.changed');
  elsif was.until_at <= k.at then
    perform rule.refuse('absence.over', rule.moment_cn(was.until_at));
  elsif not p_grant and nullif(btrim(p_reason), '') is null then
    perform rule.invalid('text.blank', 'reason');
  end if;
  a := was;
  if p_grant then
    a := rule.need_cover(k, a, p_substitute, p_reason);
  else
    perform rule.drop_handovers_of(k, a.absence_id, p_reason);
  end if;
  a.state := case when p_grant then 'granted' else 'denied' end;
  a.decided_by := k.staff_id;
  a.decided_as := k.acting;
  a.decided_post_id := k.acting_post_id;
  a.decided_for := k.for_staff_id;
  a.decided_at := k.at;
  a.answer := nullif(btrim(p_reason), '');
  return rule.keep_absence(k, a, case when p_grant then 'grant' else 'deny' end, was);
end $$;
comment on function rule.judge_absence(command.call, int8, bool, text, text) is
  'Grants or denies an absence by the post of its rank (WHR-3), unless a post would be left to nobody (POST-5).';
