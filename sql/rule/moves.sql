-- A calendar that changes (CLK-4): which open cases' moments move, and moving them. What
-- has happened stays: only moments still to come move, and none into the past.

set role yimen_owner;

create or replace function rule.next_closing(p_at timestamptz) returns timestamptz language plpgsql stable as $$
declare
  today date := rule.day_of(p_at);
begin
  if rule.is_working(today) and p_at < rule.closing(today) then
    return rule.closing(today);
  end if;
  return rule.closing(rule.add_workdays(today, 1));
end $$;
comment on function rule.next_closing(timestamptz) is 'The first closing time after a moment.';

-- Changes nothing. Each limit is worked out once, however many cases began on its day.
create or replace function rule.calendar_moves(p_now timestamptz) returns setof rule.calendar_move
language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    with open as materialized (
      select c.case_id, c.number, c.state, c.delivered_at, c.term_at, c.accepted_at, c.due_at, c.statutory_at,
        c.provisional, c.item_version_id
      from hall.case_file c where c.state not in ('closed', 'declined', 'withdrawn', 'lapsed')
    ), limits as materialized (
      select o.case_id, o.number, 'correction' as what, o.term_at as was, o.delivered_at as since,
        hall.setting_text('term.correction_days')::int4 as n, 'workday' as unit
      from open o where o.state = 'received'
      union all
      select o.case_id, o.number, 'answer', o.term_at, t.told_at, v.answer_days, 'day'
      from open o
      join hall.item_version v on v.item_version_id = o.item_version_id
      cross join lateral (select max(e.at) as told_at from hall.event e -- not the paper: it may be issued anew
        where e.case_id = o.case_id and e.event = 'correct') t
      where o.state = 'correcting'
      union all
      select o.case_id, o.number, l.what, l.was, o.accepted_at, l.n, v.unit
      from open o
      join hall.item_version v on v.item_version_id = o.item_version_id
      cross join lateral (values ('due', o.due_at, v.promised), ('statutory', o.statutory_at, v.statutory)) l (what, was, n)
      where o.state = 'accepted'
    ), keys as materialized (
      select l.*, case l.unit when 'workhour' then l.since else rule.moment(rule.day_of(l.since), '00:00') end as start
      from limits l where l.was > p_now and l.since is not null and l.n is not null
    ), ends as materialized (
      select k.start, k.n, k.unit, rule.limit_end(k.start, k.n, k.unit) as at
      from (select distinct start, n, unit from keys) k
    ), dated as materialized (
      select k.case_id, k.number, k.what, k.was,
        case when e.at > p_now then e.at else least(k.was, rule.next_closing(p_now)) end as moved
      from keys k join ends e on (e.start, e.n, e.unit) = (k.start, k.n, k.unit)
    )
    select d.case_id, d.number, d.what, d.was, d.moved from dated d where d.was <> d.moved
    union all
    select o.case_id, o.number, 'provisional', null, null
    from open o
    join lateral (select max(d.moved) as last from dated d where d.case_id = o.case_id) l on l.last is not null
    where o.state = 'accepted'
      and o.provisional <> rule.is_provisional(o.accepted_at, greatest(l.last, o.accepted_at))
    order by 1, 3;
end $$;
comment on function rule.calendar_moves(timestamptz) is
  'Moments of open cases that the calendar as it is now puts elsewhere (CLK-4); provisional: 暂定 begins or ends.';

create or replace function rule.move_text(m rule.calendar_move) returns text language sql stable as $$
  select case m.what when 'correction' then '受理期限' when 'answer' then '补正期限' when 'due' then '承诺期限'
      when 'statutory' then '法定期限' else '暂定标记变更' end
    || coalesce(' ' || to_char(m.was at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')
      || ' → ' || to_char(m.moved at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'), '')
$$;
comment on function rule.move_text(rule.calendar_move) is 'A move as the case''s history tells it.';

create or replace function rule.move_case(p_case_id int8, p_moves rule.calendar_move[], p_now timestamptz)
returns void language plpgsql as $$
declare
  c hall.case_file;
  k command.call; -- empty: the system acts
  m rule.calendar_move;
  detail text[] := '{}';
begin
  select * into c from hall.case_file f where f.case_id = p_case_id for update;
  foreach m in array p_moves loop
    case m.what
      when 'due' then c.due_at := m.moved;
      when 'statutory' then c.statutory_at := m.moved;
      when 'provisional' then c.provisional := not c.provisional;
      else c.term_at := m.moved;
    end case;
    detail := detail || case m.what
      when 'provisional' then array['provisional', (not c.provisional)::text, c.provisional::text]
      else array[case when m.what in ('correction', 'answer') then 'term' else m.what end,
        rule.moment_text(m.was), rule.moment_text(m.moved)] end;
  end loop;
  c.version := c.version + 1;
  c.last_at := greatest(c.last_at, p_now);
  k.at := c.last_at;
  perform rule.save(c);
  update hall.due d set at = c.term_at where d.case_id = c.case_id and d.at <> c.term_at;
  perform rule.record(k, c, 'calendar', c.state, null,
    (select string_agg(rule.move_text(q), '；' order by q.what) from unnest(p_moves) q), detail);
end $$;
comment on function rule.move_case(int8, rule.calendar_move[], timestamptz) is
  'Moves the moments of one case, with an event that tells from when to when.';

-- Nobody may work out a term by the old calendar meanwhile: commands on cases wait for the
-- lock, and a new case takes its own (api.case_receive) before it looks at the calendar.
create or replace function rule.apply_calendar() returns setof rule.calendar_move language plpgsql as $$
declare
  at_now timestamptz;
  moves rule.calendar_move[];
  m record;
begin
  lock table hall.case_file in exclusive mode;
  at_now := hall.clock();
  moves := array(select q from rule.calendar_moves(at_now) q);
  for m in
    select q.case_id, array_agg(q order by q.what) as all_of_it from unnest(moves) q group by q.case_id order by q.case_id
  loop
    perform rule.move_case(m.case_id, m.all_of_it, at_now);
  end loop;
  return query select * from unnest(moves) q;
end $$;
comment on function rule.apply_calendar() is
  'Moves every moment that the calendar now puts elsewhere (CLK-4); what moved.';
