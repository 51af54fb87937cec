-- Lists of cases (CLK-5): which of a post's come first, how a row stands today. Made for hundreds of
-- rows at once, so what is the same for many of them is looked up once.

set role yimen_owner;

drop function if exists rule.list_row(hall.case_file, int8, date); -- was one row

-- The clock of a light: total, or before acceptance the term, once decided the delivery.
create or replace function rule.list_due(c hall.case_file) returns timestamptz language sql stable as $$
  select case when c.state in ('declined', 'withdrawn', 'lapsed') then null
    when c.state in ('received', 'correcting') then c.term_at
    when c.decided_at is null then coalesce(least(c.term_at, c.due_at), c.term_at)
    when c.handed_at is null then c.deliver_at end
$$;
comment on function rule.list_due(hall.case_file) is
  'The end of what runs for a case as a whole: the term before acceptance, the promise, the delivery once decided; NULL: nothing.';

create or replace function rule.list_light(p_state text, p_decided bool, p_light text, p_due date, p_today date) returns text
language sql stable as $$
  select case when p_state = 'received' and p_due > p_today then 'green'
    when p_state = 'received' then rule.light(rule.moment(p_due, '00:00'), true, p_today)
    when not p_decided then p_light
    else rule.light(rule.moment(p_due, '00:00'), false, p_today) end
$$;
comment on function rule.list_light(text, bool, text, date, date) is
  'The light of that: only the total clock''s is stored, the others turn nothing and are worked out from the day it ends.';

create or replace function rule.worse(p_light text, p_step_light text) returns text language sql immutable as $$
  select case when 'red' in (p_light, p_step_light) then 'red' when 'yellow' in (p_light, p_step_light) then 'yellow' end
$$;
comment on function rule.worse(text, text) is 'The worse of two lights: red, yellow; NULL: neither.';

create or replace function rule.color(c hall.case_file, p_today date) returns text language sql stable as $$
  select rule.worse(rule.list_light(c.state, c.decided_at is not null, c.light, rule.day_of(rule.list_due(c)), p_today), c.step_light)
$$;
comment on function rule.color(hall.case_file, date) is 'The worse of a case''s lights.';

-- Working days left are looked up once for each date; a case that stood still between its end and today, or
-- today, has its own (CLK-2).
create or replace function rule.list_rows(p_cases int8[], p_staff_id int8, p_today date)
returns table (case_id int8, number text, item text, applicant text, id_tail text, state text, step text,
  post text, received_at timestamptz, term_at timestamptz, due_at timestamptz, version int4,
  step_due_at timestamptz, light text, step_light text, days_left int4, standing text, action text, step_left int4,
  deliver_at timestamptz)
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  held int8[] := rule.posts_held(p_staff_id);
begin
  return query
    with page as materialized (
      select c, h.o, d.due, case when z.still then (rule.stands_of(c.case_id)).stands end as stood
      from unnest(p_cases) with ordinality h (id, o)
      join hall.case_file c on c.case_id = h.id
      cross join lateral (select rule.list_due(c)) d (due)
      left join lateral (select true from hall.stand s where s.case_id = c.case_id
        and s.until_at >= rule.moment(least(p_today, rule.day_of(d.due), rule.day_of(c.step_due_at)), '00:00') is not false
        and coalesce(d.due, c.step_due_at) is not null limit 1) z (still) on true
    ), days as materialized (
      select d.day, rule.days_left(rule.moment(d.day, '00:00'), p_today) as n
      from (select rule.day_of(due) from page union select rule.day_of((c).step_due_at) from page) d (day)
    )
    select (c).case_id, (c).number, v.name,
      case when rule.handles_as(p_staff_id, held, c) then a.name else rule.mask_name(a.id_kind, a.name) end,
      right(a.id_no, case when char_length(a.id_no) > 8 then 4 else 2 end), -- no more than rule.mask_id shows
      (c).state, s.name, p.name, (c).received_at, (c).term_at, (c).due_at, (c).version,
      (c).step_due_at, rule.list_light((c).state, (c).decided_at is not null, (c).light, rule.day_of(g.due), p_today),
      (c).step_light,
      case when g.stood is null then l.n else rule.days_left(g.due, p_today, g.stood) end,
      coalesce(t.name, z.kind, case when (c).granted then y.mark end), rule.action_of(c, exists (select from hall.item_step x
        where x.item_version_id = (c).item_version_id and x.seq > (c).step_seq and x.phase <> 'close'), z.kind),
      case when g.stood is null then m.n else rule.days_left((c).step_due_at, p_today, g.stood) end,
      case when (c).handed_at is null then (c).deliver_at end
    from page g
    join hall.item_version v on v.item_version_id = (c).item_version_id
    join hall.case_party a on a.case_id = (c).case_id and a.seq = 1
    join hall.item_step s on s.item_version_id = (c).item_version_id and s.seq = (c).step_seq
    join hall.post p on p.post_id = (c).post_id
    left join days l on l.day = rule.day_of(g.due)
    left join days m on m.day = rule.day_of((c).step_due_at)
    left join hall.stand z on z.case_id = (c).case_id and z.until_at is null and z.voided_at is null
    left join hall.special_procedure t on t.procedure = z.procedure
    left join lateral (select 'deemed' as mark from hall.silent_grant g where g.case_id = (c).case_id) y on (c).granted
    order by g.o;
end $$;
comment on function rule.list_rows(int8[], int8, date) is 'These cases as a list shows them to a person today, in their order.';

-- Of each post as many as the page could need, in the order of case_file_open.
create or replace function rule.open_cases(p_posts int8[], p_state text, p_from date, p_until date, p_today date,
  p_skip int4, p_n int4) returns int8[] language plpgsql stable as $$
declare
  begins timestamptz := rule.moment(p_from, '00:00');
  ends timestamptz := rule.moment(p_until + 1, '00:00');
begin
  return array(
    select f.case_id from unnest(p_posts) p (id)
    cross join lateral (
      select x.case_id, least(x.term_at, x.step_due_at, x.due_at) as first from hall.case_file x
      where x.post_id = p.id and x.state not in ('closed', 'declined', 'withdrawn', 'lapsed')
        and (p_state is null or x.state = p_state or p_state = 'light' and rule.color(x, p_today) is not null)
        and (ends is null or least(x.term_at, x.step_due_at, x.due_at) < ends)
        and (begins is null or x.term_at >= begins and x.term_at < ends or x.step_due_at >= begins and x.step_due_at < ends
          or x.decided_at is null and x.due_at >= begins and x.due_at < ends)
      order by least(x.term_at, x.step_due_at, x.due_at), x.case_id limit p_skip::int8 + p_n) f
    order by f.first, f.case_id offset p_skip limit p_n);
end $$;
comment on function rule.open_cases(int8[], text, date, date, date, int4, int4) is
  'Open cases of these posts, most urgent first: of a state, or with a light that is yellow or red; with a moment of these days.';

-- Of a refusal no term runs (CASE-8 sets one for results granted): it comes after those, the oldest first.
create or replace function rule.to_be_delivered(p_posts int8[], p_from date, p_until date, p_skip int4, p_n int4)
returns int8[] language plpgsql stable as $$
declare
  begins timestamptz := rule.moment(p_from, '00:00');
  ends timestamptz := rule.moment(p_until + 1, '00:00');
begin
  return array(
    select q.case_id from (
      select c.case_id, c.deliver_at, c.decided_at from hall.case_file c
      join hall.item_step s on s.item_version_id = c.item_version_id and s.seq = 0
      where c.handed_at is null and c.deliver_at is not null and s.post_id = any (p_posts)
        and (begins is null or c.deliver_at >= begins) and (ends is null or c.deliver_at < ends)
      union all
      select c.case_id, null, c.decided_at from hall.case_file c
      join hall.item_step s on s.item_version_id = c.item_version_id and s.seq = 0
      where c.handed_at is null and c.granted = false and begins is null and ends is null and s.post_id = any (p_posts)) q
    order by q.deliver_at, q.decided_at, q.case_id offset p_skip limit p_n);
end $$;
comment on function rule.to_be_delivered(int8[], date, date, int4, int4) is
  'Cases of these receiving posts whose result or refusal is still to be delivered (CASE-8), the soonest first.';

create or replace function rule.lights_of(p_posts int8[], p_now timestamptz)
returns table (yellow int4, red int4, deliver int4, deliver_late int4) language plpgsql stable as $$
declare
  today date := rule.day_of(p_now);
begin
  select coalesce(sum(q.n) filter (where q.color = 'yellow'), 0), coalesce(sum(q.n) filter (where q.color = 'red'), 0)
  into yellow, red
  from (select rule.worse(rule.list_light(g.state, g.decided, g.light, g.day, today), g.step_light) as color, g.n
    from (select c.state, c.decided_at is not null as decided, c.light, c.step_light,
        case when c.state = 'received' or c.decided_at is not null then rule.day_of(rule.list_due(c)) end as day, count(*) as n
      from hall.case_file c
      where c.post_id = any (p_posts) and c.state not in ('closed', 'declined', 'withdrawn', 'lapsed')
      group by 1, 2, 3, 4, 5) g) q;
  select count(*), count(*) filter (where c.deliver_at < p_now) into deliver, deliver_late
  from hall.case_file c
  join hall.item_step s on s.item_version_id = c.item_version_id and s.seq = 0
  where c.handed_at is null and c.deliver_at is not null and s.post_id = any (p_posts);
  deliver := deliver + (select count(*) from hall.case_file c
    join hall.item_step s on s.item_version_id = c.item_version_id and s.seq = 0
    where c.handed_at is null and c.granted = false and s.post_id = any (p_posts));
  return next;
end $$;
comment on function rule.lights_of(int8[], timestamptz) is
  'How many open cases of these posts are yellow or red by any of their clocks, how many results they have to deliver and are late with.';
