-- Parallel review (PAR-2 … PAR-4): the rounds of a joint case, when they end, what departments ask for and how
-- it becomes one notice. Every change of a row of hall.review stands in an event, before and after.

set role yimen_owner;

create or replace function rule.review_mark(r hall.review) returns text language sql stable as $$
  select concat_ws(' ', r.checks, rule.moment_text(r.check_at), rule.moment_text(r.check_until), coalesce(r.checked, '-'),
    coalesce(rule.moment_text(r.opened_at), '-'), coalesce(r.opened_version::text, '-'), coalesce(rule.moment_text(r.floor_at), '-'),
    coalesce(rule.moment_text(r.seen_at), '-'), coalesce(r.answer, '-'), coalesce(rule.moment_text(r.consent_until), '-'),
    coalesce(rule.moment_text(r.consented_at), '-'))
$$;
comment on function rule.review_mark(hall.review) is 'What is stored of a review, all but what follows from it, as one text for the trail.';

create or replace function rule.put_review(r hall.review) returns text[] language plpgsql as $$
declare
  was hall.review;
begin
  select * into strict was from hall.review x where x.case_id = r.case_id and x.seq = r.seq;
  update hall.review x
  set checks = r.checks, check_at = r.check_at, check_until = r.check_until, checked = r.checked, opened_at = r.opened_at,
    opened_version = r.opened_version, floor_at = r.floor_at, seen_at = r.seen_at, answer = r.answer,
    consent_until = r.consent_until, consented_at = r.consented_at
  where x.case_id = r.case_id and x.seq = r.seq;
  return array['review.' || r.seq, rule.review_mark(was), rule.review_mark(r)];
end $$;
comment on function rule.put_review(hall.review) is 'Stores a review; as the trail keeps it.';

create or replace function rule.review_posts(p_case_id int8, p_waits text default null) returns int8[] language plpgsql stable as $$
begin
  return array(select distinct r.post_id from hall.review r
    where r.case_id = p_case_id and (p_waits is null or r.waits = p_waits) order by r.post_id);
end $$;
comment on function rule.review_posts(int8, text) is 'The posts that review a case; of those only that still have something to do.';

-- Opening the rounds.

create or replace function rule.check_term(p_at timestamptz) returns timestamptz language plpgsql stable as $$
begin
  return rule.limit_end(p_at, hall.setting_text('term.check_days')::int4, 'workday');
end $$;
comment on function rule.check_term(timestamptz) is 'When a check that opened at a moment closes: closing time of working day 3 (PAR-2).';

create or replace function rule.open_check(k command.call, c hall.case_file, p_review int2[]) returns text[] language plpgsql as $$
declare
  ends timestamptz := rule.check_term(c.delivered_at);
  detail text[];
begin
  p_review := array_remove(p_review, null); -- yimenctl fills up its lists with them
  if exists (select from unnest(p_review) w (seq) where not exists (select from hall.item_review q
      where q.item_version_id = c.item_version_id and q.seq = w.seq and q.conditional)) then
    perform rule.invalid('review.conditional', 'review');
  end if;
  insert into hall.review (case_id, seq, post_id, checks, check_at, check_until, waits)
  select c.case_id, q.seq, q.post_id, 1, c.delivered_at, ends, 'check'
  from hall.item_review q
  where q.item_version_id = c.item_version_id and (not q.conditional or p_review is null or q.seq = any (p_review));
  select array_agg(x.v order by r.seq, x.o) into detail
  from hall.review r, unnest(array['review.' || r.seq, '', rule.review_mark(r)]) with ordinality x (v, o)
  where r.case_id = c.case_id;
  if detail is not null then
    perform rule.tell(k, 'review.check', rule.review_posts(c.case_id), c.case_id);
  end if;
  return coalesce(detail, '{}');
end $$;
comment on function rule.open_check(command.call, hall.case_file, int2[]) is
  'The check of a joint case opens for all its departments at receipt (PAR-2); review: which conditional ones it needs, NULL: all.';

create or replace function rule.next_day_closing(p_at timestamptz) returns timestamptz language plpgsql stable as $$
begin
  return rule.closing(rule.add_workdays(rule.day_of(p_at), 1));
end $$;
comment on function rule.next_day_closing(timestamptz) is 'Closing time of the working day after a moment''s (ONE-2, PAR-4).';

create or replace function rule.open_reviews(k command.call, c hall.case_file) returns text[] language plpgsql as $$
declare
  r hall.review;
  detail text[] := '{}';
begin
  for r in select * from hall.review x where x.case_id = c.case_id order by x.seq loop
    r.opened_at := c.last_at;
    r.opened_version := c.version;
    r.floor_at := case when c.silent then rule.next_day_closing(c.last_at) end;
    r.seen_at := null;
    detail := detail || rule.put_review(r);
  end loop;
  if detail <> '{}' then
    detail := detail || rule.end_asks(c, null, 'check', 'dropped'); -- what silence accepted over is asked anew, as ONE-3 has it
    perform rule.tell(k, 'review.open', rule.review_posts(c.case_id), c.case_id);
  end if;
  return detail;
end $$;
comment on function rule.open_reviews(command.call, hall.case_file) is
  'All reviews open at the moment of acceptance, by silence when that fires (PAR-2, ONE-2).';

-- When they end (PAR-3).

-- "The close of the next working day" is a limit of one: where the case stands still it ends after that (CLK-2).
create or replace function rule.floor_end(p_floor timestamptz, p_stands tstzrange[]) returns timestamptz language plpgsql stable as $$
declare
  day date := rule.day_of(p_floor) - 1;
begin
  if p_floor is null or coalesce(cardinality(p_stands), 0) = 0 then
    return p_floor;
  end if;
  while not rule.is_working(day) loop
    day := day - 1;
  end loop;
  return rule.limit_with(rule.closing(day), 1, 'workday', null, p_stands);
end $$;
comment on function rule.floor_end(timestamptz, tstzrange[]) is
  'A closing time before which nothing ends, with standing still; NULL: the case stands still before it.';

-- Days kept are those of the case: a day it wholly stands still is none.
create or replace function rule.less_kept(p_due timestamptz, p_keep int4, p_stands tstzrange[]) returns timestamptz language plpgsql stable as $$
declare
  stood tstzmultirange := rule.stood_still(p_stands);
  last date := rule.day_of(p_due);
  kept int4 := 0;
begin
  if p_due is null then
    return null;
  end if;
  while kept < p_keep loop
    last := last - 1;
    kept := kept + (rule.is_working(last) and not rule.stood_whole(last, true, stood))::int4;
  end loop;
  while not rule.is_working(last) loop
    last := last - 1;
  end loop;
  return rule.floor_end(rule.closing(last), p_stands);
end $$;
comment on function rule.less_kept(timestamptz, int4, tstzrange[]) is 'The lead''s due moment less the days kept for combining, not of a limit in working days (PAR-3).';

-- Nobody is late before he can know: not in the hour a case is expedited (CASE-10). The event is not there yet when it is.
create or replace function rule.hurried_floor(c hall.case_file) returns timestamptz language plpgsql stable as $$
begin
  return rule.next_closing(coalesce((
    select e.at from hall.event e
    where e.case_id = c.case_id and e.event = 'expedite' and rule.told(e.detail, 'promised') = c.hurried::text), c.last_at));
end $$;
comment on function rule.hurried_floor(hall.case_file) is 'The first closing time after an expedited case was expedited.';

create or replace function rule.lead_part(c hall.case_file, p_promised int4, p_unit text, p_stands tstzrange[]) returns timestamptz
language plpgsql stable as $$
declare
  keep int4 := hall.setting_text('term.combine_days')::int4;
begin
  return case
    when p_unit = 'workday' and p_promised <= keep then c.accepted_at
    when p_unit = 'workday' then rule.limit_with(c.accepted_at, p_promised - keep, p_unit, null, p_stands)
    else rule.less_kept(rule.limit_with(c.accepted_at, p_promised, p_unit, null, p_stands), keep, p_stands) end;
end $$;
comment on function rule.lead_part(hall.case_file, int4, text, tstzrange[]) is
  'A promise less the days for combining (PAR-3); NULL: none, or it stands still before.';

create or replace function rule.lead_limit(c hall.case_file, p_stands tstzrange[]) returns timestamptz
language plpgsql stable as $$
declare
  v hall.item_version;
  hurried timestamptz;
  next_closing timestamptz;
begin
  select * into v from hall.item_version i where i.item_version_id = c.item_version_id;
  if c.hurried is not null then
    hurried := rule.lead_part(c, c.hurried, v.unit, p_stands);
    next_closing := rule.floor_end(rule.hurried_floor(c), p_stands);
    hurried := case when hurried is not null and next_closing is not null then greatest(hurried, next_closing) end;
  end if;
  return least(rule.lead_part(c, v.promised, v.unit, p_stands), hurried);
end $$;
comment on function rule.lead_limit(hall.case_file, tstzrange[]) is
  'The lead''s promise less the days for combining, without an extension (PAR-3); NULL: none, or it stands still before.';

create or replace function rule.review_due(c hall.case_file, r hall.review, p_lead timestamptz, p_stands tstzrange[])
returns timestamptz language plpgsql stable as $$
declare
  q hall.item_review;
  next_day timestamptz;
  due timestamptz;
begin
  select * into q from hall.item_review x where x.item_version_id = c.item_version_id and x.seq = r.seq;
  if p_lead is not null then -- a promise that leaves nothing leaves the next working day
    next_day := rule.floor_end(rule.next_day_closing(r.opened_at), p_stands);
    p_lead := case when next_day is not null then greatest(p_lead, next_day) end;
  end if;
  due := least(rule.limit_with(r.opened_at, q.limit_n, q.unit, null, p_stands), p_lead);
  if r.floor_at is null or due is null then
    return due;
  end if;
  next_day := rule.floor_end(r.floor_at, p_stands);
  return case when next_day is not null then greatest(due, next_day) end;
end $$;
comment on function rule.review_due(hall.case_file, hall.review, timestamptz, tstzrange[]) is
  'When a review is due: the earlier of its own limit and the lead''s, not before its floor; NULL: it stands still (PAR-3, PAR-4).';

-- Working hours may end before closing time: silence counts at that.
create or replace function rule.falls_at(r hall.review) returns timestamptz language plpgsql stable as $$
declare
  closes timestamptz := rule.closing(rule.day_of(r.due_at));
begin
  return case when r.due_at < closes then rule.floor_end(closes, (rule.stands_of(r.case_id)).stands) else r.due_at end;
end $$;
comment on function rule.falls_at(hall.review) is 'When silence would count: closing time of the due day, or the first after standing still (DEEM-1, CLK-2).';

create or replace function rule.review_waits(c hall.case_file, r hall.review) returns text language sql immutable as $$
  select case when r.answer = 'deemed' then case when r.consented_at is null then 'consent' end
    when r.opened_at is not null and c.state in ('accepted', 'suspended', 'forwarded') then
      case when coalesce(r.answer, 'refer') = 'refer' then 'review' end
    when c.state = 'received' and r.checked is null then 'check' end
$$;
comment on function rule.review_waits(hall.case_file, hall.review) is 'What a review waits for: check, review, consent; NULL: nothing.';

-- What has ended has ended; what a calendar would put into the past ends at the next closing time.
create or replace function rule.review_ends(c hall.case_file, r hall.review, p_lead timestamptz, p_stands tstzrange[])
returns timestamptz language plpgsql stable as $$
declare
  ends timestamptz;
begin
  if r.opened_at is null then
    return null;
  elsif r.due_at < c.last_at and coalesce(r.floor_at <= r.due_at, true) then
    return r.due_at;
  end if;
  ends := rule.review_due(c, r, p_lead, p_stands);
  return case when r.due_at >= c.last_at and ends < c.last_at then least(r.due_at, rule.next_closing(c.last_at)) else ends end;
end $$;
comment on function rule.review_ends(hall.case_file, hall.review, timestamptz, tstzrange[]) is
  'When a review that may have been due is due now (CLK-4); NULL: it has not begun, or stands still.';

-- Called whenever a case is kept: reviews stand still and go on with it, and never alone (PAR-4).
create or replace function rule.run_reviews(c hall.case_file) returns void language plpgsql as $$
declare
  r hall.review;
  stands tstzrange[];
  lead timestamptz;
  ends timestamptz;
  next text;
begin
  if not exists (select from hall.review x where x.case_id = c.case_id) then
    return;
  elsif c.accepted_at is not null then
    stands := (rule.stands_of(c.case_id)).stands;
    lead := rule.lead_limit(c, stands);
  end if;
  for r in select * from hall.review x where x.case_id = c.case_id loop
    ends := rule.review_ends(c, r, lead, stands);
    next := rule.review_waits(c, r);
    if (ends, next) is distinct from (r.due_at, r.waits) then
      update hall.review x set due_at = ends, waits = next where x.case_id = r.case_id and x.seq = r.seq;
    end if;
  end loop;
end $$;
comment on function rule.run_reviews(hall.case_file) is 'The due moments of a case''s reviews, and what each waits for, as its facts say.';

-- A calendar that changes (CLK-4). n: the case as the new one puts it; each distinct move once.
create or replace function rule.review_moves(c hall.case_file, n hall.case_file) returns setof rule.calendar_move language plpgsql stable as $$
declare
  stands tstzrange[];
  lead timestamptz;
begin
  if n.accepted_at is not null and exists (select from hall.review x where x.case_id = n.case_id and x.waits = 'review') then
    stands := (rule.stands_of(n.case_id)).stands;
    lead := rule.lead_limit(n, stands);
  end if;
  return query
    select distinct c.case_id, c.number, v.what, v.was, v.moved
    from hall.review r
    cross join lateral (values
      ('check', case when r.waits = 'check' and r.check_until > n.last_at then r.check_until end,
        case when r.waits = 'check' then rule.not_past(r.check_until, rule.check_term(r.check_at), n.last_at) end),
      ('review_due', case when r.waits = 'review' then r.due_at end,
        case when r.waits = 'review' then rule.review_ends(n, r, lead, stands) end)) v (what, was, moved)
    where r.case_id = c.case_id and v.was <> v.moved;
end $$;
comment on function rule.review_moves(hall.case_file, hall.case_file) is 'What a change of the calendar moves in the check and the reviews of a case (CLK-4).';

create or replace function rule.move_checks(c hall.case_file) returns text[] language plpgsql as $$
declare
  r hall.review;
  ends timestamptz;
  detail text[] := '{}';
begin
  for r in select * from hall.review x where x.case_id = c.case_id and x.waits = 'check' and x.check_until > c.last_at order by x.seq loop
    ends := rule.not_past(r.check_until, rule.check_term(r.check_at), c.last_at);
    if ends <> r.check_until then
      r.check_until := ends;
      detail := detail || rule.put_review(r);
    end if;
  end loop;
  return detail;
end $$;
comment on function rule.move_checks(hall.case_file) is 'Moves the close of a check to where the calendar puts it now; as the trail keeps it.';

-- After a deed beside the states: no new version, nobody's work is overwritten by it.
create or replace function rule.touch(c hall.case_file) returns void language plpgsql as $$
begin
  update hall.case_file f set last_at = c.last_at where f.case_id = c.case_id;
  perform rule.run_reviews(c);
  perform rule.schedule(c);
end $$;
comment on function rule.touch(hall.case_file) is 'Stores that something happened to a case''s reviews; what will happen by time is put down anew.';

create or replace function rule.deemable(c hall.case_file, r hall.review) returns bool language plpgsql stable as $$
begin
  return c.state = 'accepted' and r.waits = 'review' and r.due_at is not null
    and exists (select from hall.item_review q
      where q.item_version_id = c.item_version_id and q.seq = r.seq and q.deem_basis is not null)
    and not exists (select from hall.review_ask a where a.case_id = r.case_id and a.seq = r.seq and a.state = 'open')
    and not exists (select from hall.opinion o where o.case_id = r.case_id and o.seq = r.seq and o.version >= r.opened_version
      and o.answer <> 'refer');
end $$;
comment on function rule.deemable(hall.case_file, hall.review) is
  'Silence will count: the item has the switch, the case does not stand still, nothing but refer up was ever stored, no correction is wanted (DEEM-1, PAR-4).';

create or replace function rule.check_closes(c hall.case_file) returns timestamptz language plpgsql stable as $$
begin
  return (select min(r.check_until) from hall.review r where r.case_id = c.case_id and r.waits = 'check');
end $$;
comment on function rule.check_closes(hall.case_file) is 'When the check of a case closes; NULL: none is open.';

create or replace function rule.deems_at(c hall.case_file) returns timestamptz language plpgsql stable as $$
begin
  return (select min(rule.falls_at(r)) from hall.review r where r.case_id = c.case_id and r.waits = 'review' and rule.deemable(c, r));
end $$;
comment on function rule.deems_at(hall.case_file) is 'When the next review of a case is deemed agreed; NULL: none will be.';

-- What the lead must wait for.

create or replace function rule.departments(p_case_id int8, p_seq int2[]) returns text language plpgsql stable as $$
begin
  return (
    select left(string_agg(distinct d.name, '、'), 200) from hall.review r
    join hall.post p on p.post_id = r.post_id
    join hall.department d on d.department_id = p.department_id
    where r.case_id = p_case_id and r.seq = any (p_seq)
  );
end $$;
comment on function rule.departments(int8, int2[]) is 'The departments of some reviews of a case, in words.';

create or replace function rule.need_checked(c hall.case_file, p_action text) returns void language plpgsql stable as $$
declare
  open_ones int2[];
begin
  if c.state <> 'received' or p_action not in ('accept', 'correct', 'decline') then
    return;
  end if;
  open_ones := array(select r.seq from hall.review r where r.case_id = c.case_id and r.waits = 'check');
  if open_ones <> '{}' then
    perform rule.refuse('check.open', rule.departments(c.case_id, open_ones), rule.day_of(rule.check_closes(c))::text);
  elsif p_action = 'accept' and c.corrections = 0 then
    open_ones := array(select a.seq from hall.review_ask a where a.case_id = c.case_id and a.state = 'open');
    if open_ones <> '{}' then
      perform rule.refuse('check.missing', rule.departments(c.case_id, open_ones));
    end if;
  end if;
end $$;
comment on function rule.need_checked(hall.case_file, text) is
  'Accept, correct and decline of a joint case wait until all have answered the check or it closes; what is missing is told before it is accepted (PAR-2, ONE-1).';

-- What departments ask for, and how it becomes one notice.

create or replace function rule.ask_mark(p_case_id int8, p_no int2) returns text language plpgsql stable as $$
begin
  return (
    select rule.words_mark(a.case_id, array['ask', a.no::text, a.seq::text, a.kind, rule.moment_text(a.at), a.staff_id::text, a.acting,
        a.post_id::text, a.for_staff_id::text, a.window_id::text]
      || array(select x from hall.review_need n, unnest(array[n.line::text, n.material::text, n.words]) with ordinality x (x, o)
        where n.case_id = a.case_id and n.no = a.no order by n.line, o))
    from hall.review_ask a where a.case_id = p_case_id and a.no = p_no
  );
end $$;
comment on function rule.ask_mark(int8, int2) is 'A commitment to what a department asked for, and who.';

create or replace function rule.put_ask(k command.call, c hall.case_file, r hall.review, p_kind text, p_material int2[], p_need text[])
returns text[] language plpgsql as $$
declare
  n int2 := (select coalesce(max(a.no), 0) + 1 from hall.review_ask a where a.case_id = c.case_id);
begin
  if coalesce(cardinality(p_need), 0) = 0 then
    perform rule.refuse('check.needs');
  elsif coalesce(cardinality(p_material), cardinality(p_need)) <> cardinality(p_need) then
    perform rule.invalid('tick.length', 'material');
  elsif exists (select from unnest(p_need) w where nullif(btrim(w), '') is null) then
    perform rule.invalid('text.blank', 'need');
  elsif exists (select from unnest(p_material) m where m is not null and not exists (select from hall.item_material q
      where q.item_version_id = c.item_version_id and q.seq = m)) then
    perform rule.invalid('material.none', 'material');
  end if;
  insert into hall.review_ask (case_id, no, seq, kind, at, staff_id, acting, post_id, for_staff_id, window_id)
  values (c.case_id, n, r.seq, p_kind, k.at, k.staff_id, k.acting, k.acting_post_id, k.for_staff_id, k.window_id);
  insert into hall.review_need
  select c.case_id, n, row_number() over (order by t.o), t.m, btrim(t.w)
  from unnest(coalesce(p_material, array_fill(null::int2, array[cardinality(p_need)])), p_need) with ordinality t (m, w, o);
  return array['ask.' || n, '', rule.ask_mark(c.case_id, n)];
end $$;
comment on function rule.put_ask(command.call, hall.case_file, hall.review, text, int2[], text[]) is
  'Stores what exactly a department finds missing, line by line; as the trail keeps it.';

create or replace function rule.end_asks(c hall.case_file, p_seq int2, p_kind text, p_state text, p_reason text default null) returns text[]
language plpgsql as $$
declare
  detail text[];
begin
  with ended as (
    update hall.review_ask a
    set state = p_state, told_version = case when p_state = 'told' then c.version end, reason = p_reason, ended_at = c.last_at
    where a.case_id = c.case_id and a.state = 'open' and (p_seq is null or a.seq = p_seq) and (p_kind is null or a.kind = p_kind)
    returning a.no
  )
  select array_agg(x.v order by e.no, x.o) into detail
  from ended e, unnest(array['ask_end.' || e.no, 'open', p_state]) with ordinality x (v, o);
  return coalesce(detail, '{}');
end $$;
comment on function rule.end_asks(hall.case_file, int2, text, text, text) is 'What was asked for is told, rejected or dropped; as the trail keeps it.';

-- The lead may have worded it: its window puts what a department asks for where it may be changed (ONE-1).
create or replace function rule.worded(p_said text, p_department text) returns bool language sql immutable as $$
  select coalesce(position('（' || p_department || '）' in p_said) > 0, false)
$$;
comment on function rule.worded(text, text) is
  'What a department asks for stands there already, in the lead''s words, under its name: it is not said twice.';

create or replace function rule.needed(c hall.case_file, p_material int2) returns bool language sql stable as $$
  select exists (select from hall.review_need n
    join hall.review_ask a on a.case_id = n.case_id and a.no = n.no and a.state = 'open'
    where n.case_id = c.case_id and n.material = p_material)
$$;
comment on function rule.needed(hall.case_file, int2) is 'A department asks for something about this material, and was not answered yet.';

create or replace function rule.with_needs(c hall.case_file, p_mats rule.material[]) returns rule.material[] language plpgsql stable as $$
declare
  m rule.material;
  said text;
  made rule.material[] := '{}';
begin
  if not exists (select from hall.review_ask a where a.case_id = c.case_id and a.state = 'open') then
    return p_mats;
  end if;
  foreach m in array p_mats loop
    select string_agg(n.words || '（' || d.name || '）', '；' order by n.no, n.line) into said
    from hall.review_need n
    join hall.review_ask a on a.case_id = n.case_id and a.no = n.no and a.state = 'open'
    join hall.post p on p.post_id = a.post_id
    join hall.department d on d.department_id = p.department_id
    where n.case_id = c.case_id and n.material = m.seq and not rule.worded(m.note, d.name);
    if said is not null or rule.needed(c, m.seq) then
      m.note := concat_ws('；', m.note, said);
      m.state := case when m.state = 'absent' then m.state else 'defective' end;
      m.later := null;
    end if;
    made := made || m;
  end loop;
  return made;
end $$;
comment on function rule.with_needs(hall.case_file, rule.material[]) is
  'The materials of the one notice with what departments ask of them: all needs in one (PAR-2, ONE-1).';

drop function if exists rule.other_needs(hall.case_file); -- knew no remark

create or replace function rule.other_needs(c hall.case_file, p_said text default null) returns text language plpgsql stable as $$
begin
  return (
    select '另需：' || string_agg(n.words || '（' || d.name || '）', '；' order by n.no, n.line)
    from hall.review_need n
    join hall.review_ask a on a.case_id = n.case_id and a.no = n.no and a.state = 'open'
    join hall.post p on p.post_id = a.post_id
    join hall.department d on d.department_id = p.department_id
    where n.case_id = c.case_id and n.material is null and not rule.worded(p_said, d.name)
  );
end $$;
comment on function rule.other_needs(hall.case_file, text) is
  'What departments ask for beside the materials, in the words of the one notice, but for what its remark says already; NULL: nothing.';

create or replace function rule.told_others(c hall.case_file) returns bool language sql stable as $$
  select exists (select from hall.review_need n
    join hall.review_ask a on a.case_id = n.case_id and a.no = n.no and a.state = 'told'
    where n.case_id = c.case_id and n.material is null
      and a.told_version = (select max(e.version) from hall.event e where e.case_id = c.case_id and e.event = 'correct'))
$$;
comment on function rule.told_others(hall.case_file) is 'The last notice asked for something that is no material of the item: an answer may bring that alone.';

-- The answer to the notice goes back to exactly the departments that asked (PAR-2).
create or replace function rule.back_to_askers(k command.call, c hall.case_file) returns text[] language plpgsql as $$
declare
  r hall.review;
  detail text[] := '{}';
begin
  for r in select * from hall.review x where x.case_id = c.case_id and x.checked = 'missing' and x.opened_at is null order by x.seq loop
    r.checks := r.checks + 1;
    r.check_at := c.last_at;
    r.check_until := rule.check_term(c.last_at);
    r.checked := null;
    detail := detail || rule.put_review(r);
    perform rule.tell(k, 'review.check', array[r.post_id], c.case_id);
  end loop;
  return detail;
end $$;
comment on function rule.back_to_askers(command.call, hall.case_file) is 'The applicant''s answer reopens the check for the askers only (PAR-2).';

-- What was wanted during review came, or did not: who asked has until the close of the next working day.
create or replace function rule.wants_back(k command.call, c hall.case_file) returns text[] language plpgsql as $$
declare
  r hall.review;
  detail text[] := '{}';
begin
  for r in
    select x.* from hall.review x
    where x.case_id = c.case_id and x.waits = 'review' and exists (select from hall.review_ask a
      where a.case_id = x.case_id and a.seq = x.seq and a.kind = 'want' and a.state = 'told'
        and a.told_version = (select s.version from hall.stand s where s.case_id = c.case_id and s.end_version = c.version))
    order by x.seq
  loop
    r.floor_at := rule.next_day_closing(c.last_at);
    detail := detail || rule.put_review(r);
    perform rule.tell(k, 'review.open', array[r.post_id], c.case_id);
  end loop;
  return detail;
end $$;
comment on function rule.wants_back(command.call, hall.case_file) is
  'A correction wanted during review is over: its departments look at it again, not before the close of the next working day (PAR-4).';

-- Voiding (DOC-3) cancels the reviews it opened; what a void notice told is to be told anew.
create or replace function rule.void_reviews(c hall.case_file, e hall.event) returns text[] language plpgsql as $$
declare
  r hall.review;
  detail text[] := '{}';
  n int2;
begin
  for r in select * from hall.review x where x.case_id = c.case_id and x.opened_version = e.version order by x.seq loop
    r.opened_at := null;
    r.opened_version := null;
    r.floor_at := null;
    r.seen_at := null;
    r.answer := null;
    r.consent_until := null;
    r.consented_at := null;
    detail := detail || rule.put_review(r) || rule.end_asks(c, r.seq, 'want', 'dropped');
  end loop;
  for n in
    update hall.review_ask a set state = 'open', told_version = null, ended_at = null
    where a.case_id = c.case_id and a.told_version = e.version returning a.no
  loop
    detail := detail || array['ask_end.' || n, 'told', 'open'];
  end loop;
  return detail;
end $$;
comment on function rule.void_reviews(hall.case_file, hall.event) is 'Reviews of a case whose event is voided; as the trail keeps it.';

-- Which reviews a list is of, seq NULL: all of the case. The lead's pages are cases, most urgent first.
create or replace function rule.review_keys(p_scope text, p_case_id int8, p_staff_id int8, p_tonight timestamptz, p_after int4, p_limit int4)
returns table (case_id int8, seq int2, place int8) language plpgsql stable rows 50 as $$
#variable_conflict use_column
declare
  held int8[] := rule.posts_held(p_staff_id);
  skip int4 := rule.page_after(p_after);
  cases int4 := least(rule.page_limit(p_limit), 50);
begin
  case p_scope
    when 'case' then
      return query select p_case_id, null::int2, 1::int8;
    when 'mine' then
      return query
        select r.case_id, r.seq, row_number() over (order by r.at, r.case_id, r.seq)
        from (select x.case_id, x.seq, case x.waits when 'check' then x.check_until when 'consent' then x.consent_until else x.due_at end as at
          from hall.review x where x.post_id = any (held) and x.waits is not null
          order by 3, 1, 2 offset rule.page_after(p_after) limit rule.page_limit(p_limit)) r;
    when 'lead' then
      return query
        select f.case_id, null::int2, row_number() over (order by f.at, f.case_id)
        from (select n.case_id, n.at from unnest(held) h (post_id) -- each in the order of its index, no further than the page needs
          cross join lateral (select c.case_id, least(c.term_at, c.step_due_at, c.due_at) as at from hall.case_file c
            where c.post_id = h.post_id and c.state not in ('closed', 'declined', 'withdrawn', 'lapsed')
              and exists (select from hall.review x where x.case_id = c.case_id)
            order by least(c.term_at, c.step_due_at, c.due_at), c.case_id limit skip + cases) n
          order by 2, 1 offset skip limit cases) f;
    when 'tonight' then
      return query
        select r.case_id, r.seq, row_number() over (order by r.due_at, r.case_id, r.seq)
        from (select x.* from hall.review x join hall.case_file c on c.case_id = x.case_id
          where x.waits = 'review' and x.due_at <= p_tonight and rule.deemable(c, x)
          order by x.due_at, x.case_id, x.seq offset rule.page_after(p_after) limit rule.page_limit(p_limit)) r;
    else
      perform rule.invalid('review.scope', 'scope');
  end case;
end $$;
comment on function rule.review_keys(text, int8, int8, timestamptz, int4, int4) is
  'The reviews of a list, seq NULL: all of that case: of a case, of the posts a person holds, of the cases that person leads, those silence would decide tonight (DEEM-2).';
