-- Whereabouts (WHR-2): who left the post for where, comes back, and what the board shows.

set role yimen_owner;

create or replace function rule.whereabouts_mark(w hall.whereabouts) returns text language plpgsql stable as $$
begin
  return (
    select encode(sha256(w.salt || rule.encode(array[w.whereabouts_id::text, w.staff_id::text, w.window_id::text, w.kind, w.destination,
      w.contact, rule.moment_text(w.since), rule.moment_text(w.until_at), w.watch_window_id::text])), 'hex')
  );
end $$;
comment on function rule.whereabouts_mark(hall.whereabouts) is 'A salted commitment that stands in the person''s chain for what was said on leaving.';

-- At a window hear it those who are there, whatever their posts, and those of the posts it serves.
create or replace function rule.tell_watch(k command.call, p_window_id int8) returns void language plpgsql as $$
declare
  today date := rule.day_of(k.at);
begin
  if p_window_id is not null then
    perform rule.tell(k, 'presence.watch', array(
      select s.post_id from hall.post_window s
      where s.window_id = p_window_id and s.from_day <= today and coalesce(s.until_day, today) >= today
      union
      select q.post_id from hall.live l
      join hall.session v on v.session_id = l.session_id and v.window_id = p_window_id
      cross join lateral (select m.post_id from hall.post_place m where m.staff_id = l.staff_id
        union select h.post_id from hall.post h where h.holder_id = l.staff_id) q));
  end if;
end $$;
comment on function rule.tell_watch(command.call, int8) is
  'Tells a window that it watches a neighbouring one from now, or no more (POST-6); NULL: none does.';

-- Who is there, at which window, and has neither said that they are gone nor was granted to be.
create or replace function rule.staffed(p_at timestamptz) returns table (window_id int8, no int4, place text, staff_id int8, name text)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select w.window_id, w.no, w.place, s.staff_id, s.name
    from hall.live l
    join hall.session v on v.session_id = l.session_id
    join hall.window w on w.window_id = v.window_id and w.kind = 'counter'
    join hall.staff s on s.staff_id = l.staff_id
    where not exists (select from hall.whereabouts x where x.staff_id = l.staff_id and x.ended_at is null)
      and not rule.is_away(l.staff_id, p_at);
end $$;
comment on function rule.staffed(timestamptz) is 'Counters where somebody is who can serve, and who (POST-6).';

-- Only who holds a post that the window serves receives its matters (SEC-3): a place in it is not enough.
create or replace function rule.watch_receives(p_window_id int8, p_watch_id int8, p_at timestamptz) returns bool language plpgsql stable as $$
declare
  today date := rule.day_of(p_at);
begin
  return exists (
    select from hall.post_window s
    join hall.post p on p.post_id = s.post_id
    join rule.staffed(p_at) f on f.window_id = p_watch_id and f.staff_id = p.holder_id
    where s.window_id = p_window_id and s.from_day <= today and coalesce(s.until_day, today) >= today);
end $$;
comment on function rule.watch_receives(int8, int8, timestamptz) is
  'Somebody at the watching window holds a post that the watched one serves, so visitors can be sent there (POST-6).';

create or replace function rule.end_whereabouts(k command.call, p_how text) returns bool language plpgsql as $$
declare
  w hall.whereabouts;
begin
  select * into w from hall.whereabouts x where x.staff_id = k.staff_id and x.ended_at is null for update;
  if not found then
    return false;
  end if;
  update hall.whereabouts x set ended_at = greatest(k.at, w.since), ended_how = p_how where x.whereabouts_id = w.whereabouts_id;
  perform rule.audit('staff', k.staff_id, 'presence.back', k.staff_id, k.window_id,
    array['whereabouts', '', w.whereabouts_id::text, 'at', '', rule.moment_text(greatest(k.at, w.since)), 'how', '', p_how]);
  perform rule.tell_watch(k, w.watch_window_id);
  return true;
end $$;
comment on function rule.end_whereabouts(command.call, text) is 'The person is back from where they went; false: they had not gone.';

-- An early return: what is left of a granted absence is given back.
create or replace function rule.end_absence(k command.call) returns bool language plpgsql as $$
declare
  was hall.absence;
  a hall.absence;
begin
  select * into was from hall.absence x
  where x.staff_id = k.staff_id and x.state = 'granted' and x.from_at <= k.at and x.until_at > k.at for update;
  if not found then
    return false;
  end if;
  k.at := greatest(k.at, was.last_at);
  if was.from_at = k.at then -- not a minute of it
    k.at := k.at + interval '1 microsecond';
  end if;
  a := was;
  a.until_at := k.at;
  a.ended_at := k.at;
  a.half_days := rule.half_days(a.from_at, a.until_at);
  perform rule.keep_absence(k, a, 'return', was);
  return true;
end $$;
comment on function rule.end_absence(command.call) is 'The person is back before their absence ends; false: none runs.';

create or replace function rule.come_back(k command.call, p_how text default 'in') returns bool language plpgsql as $$
declare
  had_gone bool := rule.end_whereabouts(k, p_how);
begin
  if rule.end_absence(k) or had_gone then
    perform rule.tell_presence(k, array[k.staff_id]);
    return true;
  end if;
  return false;
end $$;
comment on function rule.come_back(command.call, text) is 'Whoever signs in or says so is back (WHR-2); false: they were not away.';

-- POST-6: nobody else holds a post that the window serves today, so nobody is left who answers there.
create or replace function rule.alone_at(p_staff_id int8, p_window_id int8, p_day date) returns bool language plpgsql stable as $$
begin
  return exists (select from hall.window w where w.window_id = p_window_id and w.kind = 'counter')
    and coalesce((
      select bool_or(p.holder_id = p_staff_id) and not bool_or(p.holder_id <> p_staff_id)
      from hall.post_window s join hall.post p on p.post_id = s.post_id
      where s.window_id = p_window_id and s.from_day <= p_day and coalesce(s.until_day, p_day) >= p_day
    ), false);
end $$;
comment on function rule.alone_at(int8, int8, date) is 'The person alone answers at this window (POST-6).';

create or replace function rule.leave_for(k command.call, p_kind text, p_destination text, p_contact text, p_until timestamptz, p_watch_no int4)
returns hall.whereabouts language plpgsql as $$
declare
  w hall.whereabouts;
  watch hall.window;
begin
  if not exists (select from hall.absence_kind q where q.kind = p_kind and q.kind <> 'leave') then
    perform rule.invalid('absence.kind', 'kind');
  elsif nullif(btrim(p_destination), '') is null then
    perform rule.invalid('text.blank', 'destination');
  elsif p_until <= k.at then
    perform rule.invalid('absence.past', 'until');
  end if;
  perform rule.absence_interval(k.at, k.at, p_until);
  if p_watch_no is not null then
    select * into watch from hall.window x where x.no = p_watch_no and x.kind = 'counter' and x.window_id <> k.window_id;
    if not found then
      perform rule.refuse('presence.neighbour', p_watch_no::text);
    elsif not exists (select from rule.staffed(k.at) f where f.window_id = watch.window_id) then
      perform rule.refuse('presence.unstaffed', p_watch_no::text);
    end if;
  elsif rule.alone_at(k.staff_id, k.window_id, rule.day_of(k.at)) then
    perform rule.refuse('presence.watch');
  end if;
  perform rule.end_whereabouts(k, 'again');
  insert into hall.whereabouts (staff_id, window_id, kind, destination, contact, since, until_at, watch_window_id)
  values (k.staff_id, k.window_id, p_kind, btrim(p_destination), nullif(btrim(p_contact), ''), k.at, p_until, watch.window_id)
  returning * into w;
  perform rule.audit('staff', k.staff_id, 'presence.away', k.staff_id, k.window_id, array['whereabouts', '', w.whereabouts_id::text,
    'kind', '', w.kind, 'until', '', rule.moment_text(w.until_at), 'words', '', rule.whereabouts_mark(w)]);
  perform rule.tell_presence(k, array[k.staff_id]);
  perform rule.tell_watch(k, watch.window_id);
  return w;
end $$;
comment on function rule.leave_for(command.call, text, text, text, timestamptz, int4) is
  'The person leaves the post and says where to, until when, and which neighbouring window watches theirs (WHR-2, POST-6).';

create or replace function rule.board(p_department_id int8, p_at timestamptz)
returns table (staff_id int8, name text, department text, window_no int4, kind text, since timestamptz, until timestamptz, posts text,
  covered_by text, contact text, destination text, note text)
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    with held as materialized (
      select p.holder_id as staff_id, string_agg(p.name, '、' order by p.code) as posts, min(p.held_since) as since
      from hall.post p where p.holder_id is not null group by p.holder_id
    ), covered as materialized (
      select l.staff_id, string_agg(distinct h.name, '、') as names
      from hall.post p
      join hall.post_place l on l.post_id = p.post_id and l.place = 'A' and l.staff_id <> p.holder_id
      join hall.staff h on h.staff_id = p.holder_id
      group by l.staff_id
    ), here as materialized (
      select distinct on (v.staff_id) v.staff_id, o.no, v.opened_at
      from hall.live l join hall.session v on v.session_id = l.session_id join hall.window o on o.window_id = v.window_id
      order by v.staff_id, v.session_id desc
    ), granted as materialized (
      select a.* from hall.absence a where a.state = 'granted' and a.until_at > p_at and a.from_at <= p_at
    )
    select s.staff_id, s.name, d.name, v.no,
      case when w.staff_id is not null then w.kind when g.staff_id is not null then g.kind when v.staff_id is not null then 'post' else 'off' end,
      case when w.staff_id is not null then w.since when g.staff_id is not null then g.from_at when v.staff_id is not null then coalesce(h.since, v.opened_at) end,
      case when w.staff_id is not null then w.until_at else g.until_at end,
      h.posts, c.names, coalesce(w.contact, g.contact), w.destination,
      case when w.staff_id is not null then concat_ws('；', case when w.until_at <= p_at then '逾时未回' end, n.no || '号窗口代看') end
    from hall.staff s
    join hall.department d on d.department_id = s.department_id
    left join held h on h.staff_id = s.staff_id
    left join covered c on c.staff_id = s.staff_id
    left join here v on v.staff_id = s.staff_id
    left join hall.whereabouts w on w.staff_id = s.staff_id and w.ended_at is null
    left join hall.window n on n.window_id = w.watch_window_id
    left join granted g on g.staff_id = s.staff_id
    where s.active and s.role is null and (p_department_id is null or s.department_id = p_department_id)
    order by d.name collate "zh-x-icu", s.name collate "zh-x-icu", s.staff_id;
end $$;
comment on function rule.board(int8, timestamptz) is 'Where everybody of a department, or of the hall, is (WHR-2).';
