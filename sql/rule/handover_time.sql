-- What happens at a planned handover's moments (POST-3), and what is seen of one: its beginning, its end, an early
-- return, the report. Planning and confirming are in handover.sql.

set role yimen_owner;

-- Its moments. The lock of holders is had alone by whoever calls these; they lock no case.

create or replace function rule.can_take(h hall.handover, p_at timestamptz) returns bool language plpgsql stable as $$
begin
  return not rule.is_away(h.taker_id, p_at)
    and exists (select from hall.staff s where s.staff_id = h.taker_id and s.active)
    and (exists (select from hall.post_place l where l.post_id = h.post_id and l.staff_id = h.taker_id)
      or rule.stands_in(h.taker_id, h.post_id, tstzrange(p_at, p_at, '[]')));
end $$;
comment on function rule.can_take(hall.handover, timestamptz) is 'The taker is there at its beginning, and still has a place in the post or stands in.';

create or replace function rule.begin_handover(p_handover_id int8, p_at timestamptz) returns void language plpgsql as $$
declare
  k command.call; -- empty: the system acts
  was hall.handover;
  h hall.handover;
begin
  select * into was from hall.handover x where x.handover_id = p_handover_id for update;
  if was.state not in ('planned', 'confirmed') or was.from_at > p_at then
    return;
  end if;
  h := was;
  k.at := greatest(p_at, was.last_at);
  if was.state = 'confirmed' and rule.can_take(was, p_at) then
    h.state := 'running';
    perform rule.hold(k, h.post_id, h.taker_id, 'B', 'handover', k.at, h.handover_id, h.reason);
    h.begun_at := greatest(k.at, (select p.held_since from hall.post p where p.post_id = h.post_id));
    k := rule.keep_handover(k, h, was);
    perform rule.note_handover(k, h.handover_id, 'begin', was);
    return;
  end if;
  h.state := 'unconfirmed';
  h.ended_at := k.at;
  h.end_note := case when was.state = 'confirmed' then '接收人不在岗' end;
  k := rule.keep_handover(k, h, was);
  if (select p.holder_id from hall.post p where p.post_id = h.post_id) = h.giver_id then
    perform rule.hold(k, h.post_id, null, null, 'unconfirmed', k.at, h.handover_id, h.end_note);
  end if;
  perform rule.note_handover(k, h.handover_id, 'unconfirmed', was);
end $$;
comment on function rule.begin_handover(int8, timestamptz) is
  'A handover''s first moment: confirmed, the taker holds the post; else, or with the taker away, it is empty and offered.';

create or replace function rule.over_handover(k command.call, was hall.handover, p_note text) returns void language plpgsql as $$
declare
  h hall.handover := was;
begin
  h.state := 'over';
  h.ended_at := greatest(k.at, was.last_at);
  h.ended_by := k.staff_id;
  h.end_note := nullif(btrim(p_note), '');
  k := rule.keep_handover(k, h, was);
  perform rule.note_handover(k, h.handover_id, 'end', was);
end $$;
comment on function rule.over_handover(command.call, hall.handover, text) is 'A handover that ran is over.';

-- Whatever was handed on within it ends with it; those that had not begun do not take place.
drop function if exists rule.end_inner(command.call, int8); -- it did not tell which
create or replace function rule.end_inner(k command.call, p_outer_id int8) returns int8[] language plpgsql as $$
declare
  h hall.handover;
  over int8[] := '{}';
begin
  for h in select * from hall.handover x where x.outer_id = p_outer_id and x.state in ('planned', 'confirmed', 'running') order by x.handover_id for update loop
    over := over || rule.end_inner(k, h.handover_id);
    if h.state = 'running' then
      perform rule.over_handover(k, h, null);
      over := over || h.handover_id;
    else
      perform rule.drop_handover(k, h, null);
    end if;
  end loop;
  return over;
end $$;
comment on function rule.end_inner(command.call, int8) is 'Ends what was handed on within a handover. Those that had run.';

-- What others decided meanwhile stands: only who covers by it, or took the post when it fell empty, covers no more.
create or replace function rule.hands_back(p_post_id int8, p_handovers int8[]) returns bool language plpgsql stable as $$
begin
  return (
    select p.holder_id is null or t.how = 'take'
      or exists (select from hall.handover h where h.handover_id = any (p_handovers) and h.taker_id = p.holder_id)
    from hall.post p
    left join hall.tenure t on t.post_id = p.post_id and t.until_at is null
    where p.post_id = p_post_id
  );
end $$;
comment on function rule.hands_back(int8, int8[]) is
  'As these handovers end the post goes back: nobody holds it, one of their takers does, or who took it (POST-2, POST-3).';

-- Each handover that ends has its paper, with its real end and what was done (POST-3): last of all, as its number is.
-- To whom it came from, when that handover still runs, else to its A, whether here or not: who is not leaves it empty in time.
create or replace function rule.give_back_from(k command.call, h hall.handover, p_note text) returns void language plpgsql as $$
declare
  o hall.handover;
  a int8 := rule.a_of(h.post_id);
  over int8[];
  ended int8;
begin
  over := rule.end_inner(k, h.handover_id) || h.handover_id;
  perform rule.over_handover(k, h, p_note);
  if rule.hands_back(h.post_id, over) then
    select * into o from hall.handover x where x.handover_id = h.outer_id and x.state = 'running';
    perform rule.hold(k, h.post_id, coalesce(o.taker_id, a), case when coalesce(o.taker_id, a) is null then null when o.taker_id is not null then 'B' else 'A' end,
      'return', k.at, coalesce(o.handover_id, h.handover_id), p_note);
  end if;
  foreach ended in array over loop
    perform rule.issue_handover(k, ended);
  end loop;
end $$;
comment on function rule.give_back_from(command.call, hall.handover, text) is 'A handover ends: the post goes back (POST-3), unless somebody else was appointed meanwhile.';

create or replace function rule.end_handover(p_handover_id int8, p_at timestamptz) returns void language plpgsql as $$
declare
  k command.call; -- empty: the system acts
  was hall.handover;
begin
  select * into was from hall.handover x where x.handover_id = p_handover_id for update;
  if was.state <> 'running' or was.until_at > p_at then
    return;
  end if;
  k.at := greatest(p_at, was.last_at);
  perform rule.give_back_from(k, was, null);
end $$;
comment on function rule.end_handover(int8, timestamptz) is 'A handover''s last moment.';

create or replace function rule.finish_handover(k command.call, p_handover_id int8, p_note text) returns command.call language plpgsql as $$
declare
  was hall.handover := rule.handover_to_change(k, p_handover_id);
  holder text;
begin
  select s.name into holder from hall.post p join hall.staff s on s.staff_id = p.holder_id
  where p.post_id = was.post_id and p.holder_id <> was.taker_id and not exists (select from hall.handover x
    where x.post_id = p.post_id and x.state = 'running' and x.taker_id = p.holder_id);
  if k.staff_id not in (was.giver_id, was.taker_id) then
    perform rule.deny('handover.sides');
  elsif was.state <> 'running' then
    perform rule.refuse('handover.not_begun', rule.moment_cn(was.from_at));
  elsif k.staff_id = was.taker_id and holder is not null then
    perform rule.deny('post.not_holder', (select p.name from hall.post p where p.post_id = was.post_id), holder);
  end if;
  k.at := greatest(k.at, was.last_at);
  perform rule.give_back_from(k, was, p_note);
  k.number := was.handover_id::text;
  return k;
end $$;
comment on function rule.finish_handover(command.call, int8, text) is 'Back before its end, by either side (POST-3): at once.';

-- What is seen of one.

create or replace function rule.handover_posts(p_staff_id int8) returns int8[] language plpgsql stable as $$
begin
  return array(
    select l.post_id from hall.post_place l where l.staff_id = p_staff_id
    union
    select p.post_id from hall.post p where p.holder_id = p_staff_id
    union
    select p.post_id from hall.post c join hall.post p on p.department_id = c.department_id
    where c.duty = 'chief' and c.holder_id = p_staff_id
  );
end $$;
comment on function rule.handover_posts(int8) is 'Posts whose handovers a person sees.';

create or replace function rule.may_see_handover(p_staff_id int8, h hall.handover) returns bool language plpgsql stable as $$
begin
  return p_staff_id in (h.giver_id, h.taker_id, h.planned_by) or h.post_id = any (rule.handover_posts(p_staff_id));
end $$;
comment on function rule.may_see_handover(int8, hall.handover) is
  'A handover is seen by its sides, by whoever has a place in the post or holds it, and by its chief representative.';

create or replace function rule.handover_to_see(p_staff_id int8, p_handover_id int8) returns hall.handover language plpgsql stable as $$
declare
  h hall.handover;
begin
  select * into h from hall.handover x where x.handover_id = p_handover_id;
  if not found then
    perform rule.refuse('handover.none');
  elsif not rule.may_see_handover(p_staff_id, h) then
    perform rule.need_class(p_staff_id, 4 | 16);
  end if;
  return h;
end $$;
comment on function rule.handover_to_see(int8, int8) is 'A handover to read; refused to whom it does not concern.';

-- Notes and the taker's words name whom the cases are about: masked for each that one does not handle.
create or replace function rule.handover_blocks(p_staff_id int8, h hall.handover) returns hall.block[] language plpgsql stable as $$
declare
  blocks hall.block[] := rule.floor_blocks('handover', h.handover_id);
  c hall.case_file;
begin
  if blocks is null or p_staff_id in (h.giver_id, h.taker_id) then
    return blocks;
  end if;
  for c in
    select f.* from hall.case_file f
    where f.case_id in (select i.case_id from hall.handover_item i where i.handover_id = h.handover_id
      union select d.case_id from rule.handover_done(h) d where h.ended_at is not null)
  loop
    if not rule.handles(p_staff_id, c) then
      blocks := rule.mask_blocks(blocks, c.case_id);
    end if;
  end loop;
  return blocks;
end $$;
comment on function rule.handover_blocks(int8, hall.handover) is
  'Its last paper as a person may read it: plain for its sides, else personal data only of cases one handles (SEC-1); NULL: there is none.';

-- What was done as the post while it ran, by whoever covered: also after the taker fell away.
create or replace function rule.handover_done(h hall.handover) returns table (case_id int8, done text) language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select e.case_id, string_agg(e.event, ' ' order by e.seq)
    from hall.event e
    where e.acting_post_id = h.post_id and e.acting = 'B' and e.at >= h.begun_at and (h.ended_at is null or e.at < h.ended_at)
    group by e.case_id;
end $$;
comment on function rule.handover_done(hall.handover) is 'Events of cases done as B of the post while a handover ran, in order.';

create or replace function rule.handover_rows(p_staff_id int8, h hall.handover)
returns table (item int2, kind text, case_id int8, number text, item_name text, applicant text, due_at timestamptz, note text,
  confirmed_at timestamptz, confirmed_by text, done text) language plpgsql stable as $$
#variable_conflict use_column
declare
  taker text := (select s.name from hall.staff s where s.staff_id = h.taker_id);
begin
  return query
    with done as materialized (
      select d.* from rule.handover_done(h) d
    ), others as materialized (
      (select f.case_id from hall.case_file f
        where h.ended_at is null and f.post_id = h.post_id and f.state not in ('closed', 'declined', 'withdrawn', 'lapsed')
        order by f.due_at, f.case_id limit 200)
      union select d.case_id from done d
    ), wanted as (
      select i.item, i.kind, i.case_id, i.text, i.confirmed_at from hall.handover_item i where i.handover_id = h.handover_id
      union all
      select null, 'case', o.case_id, null, null from others o
      where not exists (select from hall.handover_item i where i.handover_id = h.handover_id and i.case_id = o.case_id)
    )
    select w.item, w.kind, w.case_id, c.number, v.name,
      (select rule.mask_name(y.id_kind, y.name) from hall.case_party y where y.case_id = w.case_id and y.seq = 1), c.due_at,
      case when w.case_id is null or rule.handles(p_staff_id, c) or p_staff_id in (h.giver_id, h.taker_id) then w.text
        else rule.mask_words(w.text, w.case_id) end,
      w.confirmed_at, case when w.confirmed_at is not null then taker end, d.done
    from wanted w
    left join hall.case_file c on c.case_id = w.case_id
    left join hall.item_version v on v.item_version_id = c.item_version_id
    left join done d on d.case_id = w.case_id
    order by w.item is null, w.item, c.due_at, w.case_id;
end $$;
comment on function rule.handover_rows(int8, hall.handover) is
  'Items of a handover, the other open cases of the post while it is not over, and what was done while it ran.';
