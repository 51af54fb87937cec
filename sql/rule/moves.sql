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

create or replace function rule.term_of(c hall.case_file) returns timestamptz language plpgsql stable as $$
begin
  return (
    select rule.limit_end(k.since, k.n, k.unit) from rule.clock_of(c, 'term') k
  );
end $$;
comment on function rule.term_of(hall.case_file) is 'The end of the term a case is in, by the calendar as it is now.';

-- What was still to come and would now be past ends at the next closing time instead.
create or replace function rule.not_past(p_was timestamptz, p_moved timestamptz, p_now timestamptz) returns timestamptz
language plpgsql stable as $$
begin
  if p_was > p_now and p_moved <= p_now then
    return least(p_was, rule.next_closing(p_now));
  end if;
  return p_moved;
end $$;
comment on function rule.not_past(timestamptz, timestamptz, timestamptz) is 'Where a change of the calendar puts a moment: never into the past (CLK-4).';

create or replace function rule.recalendared(c hall.case_file, p_now timestamptz) returns hall.case_file
language plpgsql stable as $$
declare
  n hall.case_file := c;
  bare hall.case_file;
begin
  n.last_at := greatest(c.last_at, p_now);
  if c.term_at > n.last_at then
    n.term_at := rule.not_past(c.term_at, rule.term_of(c), n.last_at);
  end if;
  if c.state = 'decided' and c.handed_at is null and c.deliver_at > n.last_at then
    n.deliver_at := rule.not_past(c.deliver_at, rule.delivery_term(c.decided_at), n.last_at);
  end if;
  if c.accepted_at is null then
    return n;
  end if;
  bare := rule.run_clocks(n, rule.day_of(p_now));
  n.clock_floor := coalesce((
    select min(least(v.was, rule.next_closing(n.last_at)))
    from (values (c.due_at, bare.due_at), (c.statutory_at, bare.statutory_at), (c.step_due_at, bare.step_due_at)) v (was, moved)
    where v.was > n.last_at and v.moved <= n.last_at), c.clock_floor);
  return case when n.clock_floor is distinct from c.clock_floor then rule.run_clocks(n, rule.day_of(p_now)) else bare end;
end $$;
comment on function rule.recalendared(hall.case_file, timestamptz) is
  'An open case as the calendar as it is now puts its moments (CLK-4): only those still to come move, and none into the past.';

create or replace function rule.moves_of(c hall.case_file, n hall.case_file) returns setof rule.calendar_move
language plpgsql stable as $$
begin
  return query
    select c.case_id, c.number, v.what, v.was, v.moved
    from (values (case c.state when 'received' then 'correction' else 'answer' end, c.term_at, n.term_at),
      ('due', c.due_at, n.due_at), ('statutory', c.statutory_at, n.statutory_at), ('step', c.step_due_at, n.step_due_at),
      ('deliver', c.deliver_at, n.deliver_at)) v (what, was, moved)
    where v.was <> v.moved
    union all
    select c.case_id, c.number, 'provisional', null, null where c.provisional <> n.provisional
    union all
    select * from rule.review_moves(c, n)
    order by 3;
end $$;
comment on function rule.moves_of(hall.case_file, hall.case_file) is 'What differs between a case and the same case by another calendar.';

-- Changes nothing.
drop function if exists rule.calendar_moves(timestamptz);
create or replace function rule.calendar_moves(p_now timestamptz, p_case_id int8 default null)
returns setof rule.calendar_move language plpgsql stable as $$
begin
  return query
    select m.*
    from hall.case_file c
    cross join lateral rule.recalendared(c, p_now) n
    cross join lateral rule.moves_of(c, n) m
    where c.state not in ('closed', 'declined', 'withdrawn', 'lapsed') and (p_case_id is null or c.case_id = p_case_id)
    order by 1, 3;
end $$;
comment on function rule.calendar_moves(timestamptz, int8) is
  'Moments of open cases, or of one, that the calendar as it is now puts elsewhere (CLK-4); provisional: 暂定 begins or ends.';

create or replace function rule.move_text(m rule.calendar_move) returns text language sql stable as $$
  select case m.what when 'correction' then '受理期限' when 'answer' then '补正期限' when 'due' then '承诺期限'
      when 'statutory' then '法定期限' when 'step' then '环节期限' when 'deliver' then '送达期限'
      when 'check' then '齐全性会审期限' when 'review_due' then '会审期限' else '暂定标记变更' end
    || coalesce(' ' || to_char(m.was at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')
      || ' → ' || to_char(m.moved at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'), '')
$$;
comment on function rule.move_text(rule.calendar_move) is 'A move as the case''s history tells it.';

-- Of a case whose lights run also when nothing moved: they may turn on other days (CLK-5).
drop function if exists rule.move_case(int8, rule.calendar_move[], timestamptz);
create or replace function rule.move_case(p_case_id int8, p_now timestamptz) returns setof rule.calendar_move
language plpgsql as $$
#variable_conflict use_column
declare
  was hall.case_file;
  c hall.case_file;
  k command.call; -- empty: the system acts
  moves rule.calendar_move[];
  checks text[];
begin
  select * into was from hall.case_file f where f.case_id = p_case_id for update;
  c := rule.recalendared(was, p_now);
  moves := array(select m from rule.moves_of(was, c) m);
  if moves = '{}' and c.state not in ('accepted', 'decided') then
    return;
  end if;
  c.version := c.version + cardinality(moves[1:1]);
  checks := rule.move_checks(c);
  perform rule.keep(c);
  if moves = '{}' then
    return;
  end if;
  k.at := c.last_at;
  perform rule.record(k, c, 'calendar', c.state, null,
    (select string_agg(rule.move_text(m), '；' order by m.what) from unnest(moves) m),
    array(select x from unnest(moves) with ordinality m (case_id, number, what, was, moved, no),
        unnest(case m.what when 'provisional' then array['provisional', was.provisional::text, c.provisional::text]
          else array[case when m.what in ('correction', 'answer') then 'term' else m.what end,
            rule.moment_text(m.was), rule.moment_text(m.moved)] end) with ordinality d (x, place)
      order by m.no, d.place) || checks);
  return query select * from unnest(moves);
end $$;
comment on function rule.move_case(int8, timestamptz) is
  'Moves the moments of one case to where the calendar puts them now, with an event that tells from when to when.';

-- Nobody may work out a term by the old calendar meanwhile: commands on cases wait for the
-- lock, and a new case takes its own (api.case_receive) before it looks at the calendar.
create or replace function rule.apply_calendar() returns setof rule.calendar_move language plpgsql as $$
declare
  at_now timestamptz;
  id int8;
begin
  perform rule.calendar_of(null);
  perform rule.lock_holders(); -- before any case, as a command does
  lock table hall.case_file in exclusive mode;
  at_now := hall.clock();
  while rule.sweep(at_now, 1000) > 0 loop
    null; -- what has happened by now is told first, at its own moment
  end loop;
  for id in
    select c.case_id from hall.case_file c
    where c.state not in ('closed', 'declined', 'withdrawn', 'lapsed') order by c.case_id
  loop
    return query select * from rule.move_case(id, at_now);
  end loop;
end $$;
comment on function rule.apply_calendar() is
  'Moves every moment that the calendar now puts elsewhere (CLK-4); what moved.';
