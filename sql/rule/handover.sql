-- Planned handovers (POST-3): who plans, confirms, changes, calls one off. What happens at its moments is in
-- handover_time.sql. A covering B hands on within their own; at an end the post goes back to whom it came from.

set role yimen_owner;

create or replace function rule.handover_mark(h hall.handover) returns text language plpgsql stable as $$
begin
  return (
    select encode(sha256(h.salt || rule.encode(array[h.post_id::text, h.outer_id::text, h.giver_id::text, h.reason, h.absence_id::text,
      h.planned_by::text, rule.moment_text(h.planned_at), rule.moment_text(h.confirmed_at), rule.moment_text(h.begun_at),
      rule.moment_text(h.ended_at), h.ended_by::text, h.end_note, rule.moment_text(h.last_at)]
      || array(select concat_ws('|', i.item, i.kind, i.case_id, rule.moment_text(i.confirmed_at), i.text)
        from hall.handover_item i where i.handover_id = h.handover_id order by i.item))), 'hex')
  );
end $$;
comment on function rule.handover_mark(hall.handover) is
  'A salted commitment that stands in the chain of a handover for its words, its items and what entries do not say plainly.';

create or replace function rule.handover_waiting(p_handover_id int8) returns int4 language plpgsql stable as $$
begin
  return (select count(*) from hall.handover_item i where i.handover_id = p_handover_id and i.confirmed_at is null);
end $$;
comment on function rule.handover_waiting(int8) is 'Items not confirmed yet.';

-- Told are the windows of the post, of its chief representative, of the taker and of the giver.
create or replace function rule.keep_handover(k command.call, h hall.handover, p_was hall.handover) returns command.call
language plpgsql as $$
begin
  h.version := coalesce(p_was.version, 0) + 1;
  h.last_at := k.at;
  if p_was.handover_id is null then
    insert into hall.handover values (h.*);
  else
    update hall.handover x
    set taker_id = h.taker_id, from_at = h.from_at, until_at = h.until_at, reason = h.reason, state = h.state, late = h.late,
      planned_at = h.planned_at, confirmed_at = h.confirmed_at, begun_at = h.begun_at, ended_at = h.ended_at, ended_by = h.ended_by,
      end_note = h.end_note, last_at = h.last_at, version = h.version
    where x.handover_id = h.handover_id;
  end if;
  delete from hall.post_due d where d.handover_id = h.handover_id;
  if h.state in ('planned', 'confirmed') then
    perform rule.put_post_due(h.from_at, h.post_id, 'handover_begin', h.handover_id);
  elsif h.state = 'running' then
    perform rule.put_post_due(h.until_at, h.post_id, 'handover_end', h.handover_id);
  end if;
  return k;
end $$;
comment on function rule.keep_handover(command.call, hall.handover, hall.handover) is
  'Stores a handover and when it begins or ends; rule.note_handover writes its chain once its items are stored, too.';

create or replace function rule.note_handover(k command.call, p_handover_id int8, p_event text, p_was hall.handover) returns command.call
language plpgsql as $$
declare
  h hall.handover;
begin
  select * into h from hall.handover x where x.handover_id = p_handover_id;
  perform rule.audit('handover', h.handover_id, p_event, k.staff_id, k.window_id, array[
    'state', coalesce(p_was.state, ''), h.state, 'taker', coalesce(p_was.taker_id::text, ''), h.taker_id::text,
    'from', coalesce(rule.moment_text(p_was.from_at), ''), rule.moment_text(h.from_at),
    'until', coalesce(rule.moment_text(p_was.until_at), ''), rule.moment_text(h.until_at),
    'late', coalesce(p_was.late::text, ''), h.late::text, 'version', coalesce(p_was.version::text, ''), h.version::text,
    'words', '', rule.handover_mark(h), 'acting', '', coalesce(k.acting, ''), 'as', '', coalesce(k.acting_post_id::text, ''),
    'for', '', coalesce(k.for_staff_id::text, '')]);
  perform rule.tell(k, 'handover.' || p_event, rule.hear_of(h.post_id, h.taker_id) || rule.hear_of(h.post_id, h.giver_id)
    || rule.hear_of(h.post_id, p_was.taker_id));
  k.number := h.handover_id::text;
  return k;
end $$;
comment on function rule.note_handover(command.call, int8, text, hall.handover) is
  'Writes what happened to a handover into its chain and tells whoever it concerns; the outcome''s number is its key.';

create or replace function rule.planned_late(p_at timestamptz, p_from timestamptz) returns bool language plpgsql stable as $$
begin
  return p_from < rule.workdays_on(p_at, 1);
end $$;
comment on function rule.planned_late(timestamptz, timestamptz) is 'Less than one working day ahead (POST-3).';

create or replace function rule.stands_in(p_staff_id int8, p_post_id int8, p_span tstzrange) returns bool language plpgsql stable as $$
begin
  return exists (select from hall.absence a join hall.post_place l on l.staff_id = a.staff_id
    where l.post_id = p_post_id and a.substitute_id = p_staff_id and a.state = 'granted' and tstzrange(a.from_at, a.until_at) @> p_span);
end $$;
comment on function rule.stands_in(int8, int8, tstzrange) is 'A supervisor named the person as substitute in a post for all of an interval (POST-5).';

create or replace function rule.handover_interval(p_at timestamptz, h hall.handover) returns void language plpgsql stable as $$
declare
  o hall.handover;
begin
  if h.from_at is null or h.until_at is null or h.until_at <= h.from_at then
    perform rule.invalid('handover.interval', 'until');
  elsif not isfinite(h.from_at) or not isfinite(h.until_at)
      or h.until_at - h.from_at > make_interval(days => hall.setting_text('absence.most_days')::int4) then
    perform rule.invalid('absence.long', 'until', hall.setting_text('absence.most_days'));
  elsif h.begun_at is null and h.from_at <= p_at then
    perform rule.invalid('handover.past', 'from');
  elsif h.until_at <= p_at then
    perform rule.invalid('handover.past', 'until');
  end if;
  if h.outer_id is not null then
    select * into o from hall.handover x where x.handover_id = h.outer_id;
    if o.state <> 'running' or not tstzrange(o.from_at, o.until_at) @> tstzrange(h.from_at, h.until_at) then
      perform rule.refuse('handover.outside', rule.moment_cn(o.from_at), rule.moment_cn(o.until_at));
    end if;
  end if;
  select * into o from hall.handover x
  where x.post_id = h.post_id and x.outer_id is not distinct from h.outer_id and x.state in ('planned', 'confirmed', 'running')
    and x.handover_id <> h.handover_id and tstzrange(x.from_at, x.until_at) && tstzrange(h.from_at, h.until_at)
  order by x.from_at limit 1;
  if found then
    perform rule.refuse('handover.overlap', rule.moment_cn(o.from_at), rule.moment_cn(o.until_at));
  end if;
end $$;
comment on function rule.handover_interval(timestamptz, hall.handover) is
  'Refuses an interval that ends before it begins, has begun, is not within the one it belongs to, or meets another of the post.';

create or replace function rule.handover_taker(h hall.handover) returns void language plpgsql stable as $$
declare
  span tstzrange := tstzrange(h.from_at, h.until_at);
  gone tstzmultirange;
  name text := (select s.name from hall.staff s where s.staff_id = h.taker_id and s.active);
begin
  if name is null then
    perform rule.refuse('handover.nobody');
  elsif h.taker_id = h.giver_id or h.taker_id = rule.a_of(h.post_id) then
    perform rule.refuse('handover.self', name);
  elsif not exists (select from hall.post_place l where l.post_id = h.post_id and l.staff_id = h.taker_id)
      and not rule.stands_in(h.taker_id, h.post_id, span) then
    perform rule.refuse('handover.place', name);
  end if;
  gone := rule.away(h.taker_id, span);
  if not isempty(gone) then
    perform rule.refuse('handover.away', name, rule.moment_cn(lower(gone)));
  end if;
end $$;
comment on function rule.handover_taker(hall.handover) is
  'Refuses who has no place in the post and is no substitute a supervisor named, or is away in the interval.';

-- Its A, a B who holds it now, or the chief representative for its A.
create or replace function rule.handover_giver(k command.call, h hall.handover) returns hall.handover language plpgsql stable as $$
declare
  p hall.post;
begin
  select * into p from hall.post x where x.post_id = h.post_id;
  if not found then
    perform rule.refuse('post.unknown');
  elsif rule.a_of(h.post_id) = k.staff_id then
    h.giver_id := k.staff_id;
  elsif p.holder_id = k.staff_id then
    h.giver_id := k.staff_id;
    h.outer_id := (select x.handover_id from hall.handover x
      where x.post_id = h.post_id and x.state = 'running' and x.taker_id = k.staff_id order by x.begun_at desc limit 1);
  elsif rule.held_of(k.staff_id, rule.absence_judges(1::int2, p.department_id)) is not null then
    h.giver_id := rule.a_of(h.post_id);
  else
    perform rule.deny('handover.giver', p.name);
  end if;
  return h;
end $$;
comment on function rule.handover_giver(command.call, hall.handover) is
  'Who hands this post over: its A, a B who holds it, or for its A the chief representative.';

create or replace function rule.add_handover_items(h hall.handover, p_case_id int8[], p_note text[], p_thing text[]) returns void
language plpgsql as $$
declare
  n int2 := 0;
begin
  if coalesce(cardinality(p_case_id), 0) <> coalesce(cardinality(p_note), 0) then
    perform rule.invalid('handover.length', 'case_note');
  end if;
  for i in 1 .. coalesce(cardinality(p_case_id), 0) loop
    perform rule.add_handover_case(h, p_case_id[i], p_note[i], 'case_note');
  end loop;
  n := coalesce((select max(x.item) from hall.handover_item x where x.handover_id = h.handover_id), 0);
  for i in 1 .. coalesce(cardinality(p_thing), 0) loop
    if nullif(btrim(p_thing[i]), '') is null then
      perform rule.invalid('text.blank', 'thing');
    end if;
    insert into hall.handover_item values (h.handover_id, n + i, 'thing', null, btrim(p_thing[i]));
  end loop;
end $$;
comment on function rule.add_handover_items(hall.handover, int8[], text[], text[]) is 'What goes over with the post: open cases with a note each, papers and seals.';

create or replace function rule.add_handover_case(h hall.handover, p_case_id int8, p_note text, p_field text) returns void language plpgsql as $$
declare
  c hall.case_file;
begin
  select * into c from hall.case_file f where f.case_id = p_case_id;
  if not found then
    perform rule.refuse('case.none');
  elsif nullif(btrim(p_note), '') is null then
    perform rule.invalid('text.blank', p_field);
  elsif c.post_id <> h.post_id or c.state in ('closed', 'declined', 'withdrawn', 'lapsed') then
    perform rule.refuse('handover.case', c.number);
  elsif exists (select from hall.handover_item i where i.handover_id = h.handover_id and i.case_id = p_case_id) then
    perform rule.refuse('handover.twice', c.number);
  end if;
  insert into hall.handover_item
  select h.handover_id, coalesce(max(i.item), 0) + 1, 'case', p_case_id, btrim(p_note)
  from hall.handover_item i where i.handover_id = h.handover_id;
end $$;
comment on function rule.add_handover_case(hall.handover, int8, text, text) is 'An open case of the post, with what to know about it.';

create or replace function rule.handover_absence(h hall.handover, p_absence_id int8) returns int8 language plpgsql stable as $$
begin
  if p_absence_id is not null and not exists (select from hall.absence a
      where a.absence_id = p_absence_id and a.staff_id = h.giver_id and a.state in ('asked', 'granted')) then
    perform rule.refuse('absence.none');
  end if;
  return p_absence_id;
end $$;
comment on function rule.handover_absence(hall.handover, int8) is 'The giver''s absence that a handover is for; refused when it is none.';

create or replace function rule.start_handover(k command.call, p_post_id int8, p_to_id int8, p_from timestamptz, p_until timestamptz,
  p_reason text, p_case_id int8[], p_note text[], p_thing text[], p_absence_id int8) returns command.call language plpgsql as $$
declare
  h hall.handover;
begin
  if nullif(btrim(p_reason), '') is null then
    perform rule.invalid('text.blank', 'reason');
  end if;
  h.post_id := p_post_id;
  h := rule.handover_giver(k, h);
  if h.giver_id is distinct from k.staff_id then
    k := rule.act_any(k, rule.absence_judges(1::int2, (select p.department_id from hall.post p where p.post_id = p_post_id)));
  elsif exists (select from hall.post p where p.post_id = p_post_id and p.holder_id = k.staff_id) then
    k := rule.act_for(k, p_post_id);
  end if;
  h.handover_id := hall.next_id();
  h.taker_id := p_to_id;
  h.from_at := p_from;
  h.until_at := p_until;
  h.reason := btrim(p_reason);
  h.absence_id := rule.handover_absence(h, p_absence_id);
  h.state := 'planned';
  h.planned_by := k.staff_id;
  h.planned_at := k.at;
  h.salt := uuid_send(gen_random_uuid());
  perform rule.handover_interval(k.at, h);
  h.late := rule.planned_late(k.at, h.from_at);
  perform rule.handover_taker(h);
  k := rule.keep_handover(k, h, null);
  perform rule.add_handover_items(h, p_case_id, p_note, p_thing);
  return rule.note_handover(k, h.handover_id, 'start', null);
end $$;
comment on function rule.start_handover(command.call, int8, int8, timestamptz, timestamptz, text, int8[], text[], text[], int8) is
  'Plans a handover (POST-3); the taker is told at once and confirms item by item.';

create or replace function rule.handover_to_change(k command.call, p_handover_id int8) returns hall.handover language plpgsql as $$
declare
  h hall.handover;
begin
  select * into h from hall.handover x where x.handover_id = p_handover_id for update;
  if not found then
    perform rule.refuse('handover.none');
  elsif h.state not in ('planned', 'confirmed', 'running') then
    perform rule.refuse('handover.ended', rule.moment_cn(h.ended_at));
  end if;
  return h;
end $$;
comment on function rule.handover_to_change(command.call, int8) is 'Locks a handover that is not over.';

create or replace function rule.handover_side(k command.call, h hall.handover, p_taker bool) returns command.call language plpgsql as $$
begin
  if k.staff_id in (h.giver_id, h.planned_by) or p_taker and k.staff_id = h.taker_id then
    return k;
  end if;
  return rule.act_any(k, rule.absence_judges(1::int2, (select p.department_id from hall.post p where p.post_id = h.post_id)));
end $$;
comment on function rule.handover_side(command.call, hall.handover, bool) is
  'The person is one of its sides, planned it, or is the post''s chief representative; refused else.';

-- Once it is over: what was done of each case, and the cases without a note of which something was done.
create or replace function rule.handover_paper_rows(h hall.handover) returns rule.material[] language plpgsql stable as $$
begin
  return (
    with done as materialized (
      select d.case_id, rule.events_cn(d.done) as words from rule.handover_done(h) d where h.ended_at is not null
    ), rows as (
      select i.item::int4 as item, i.kind, i.case_id, i.text, i.confirmed_at from hall.handover_item i where i.handover_id = h.handover_id
      union all
      select 10000 + row_number() over (order by d.case_id)::int4, 'case', d.case_id, null, null from done d
      where not exists (select from hall.handover_item i where i.handover_id = h.handover_id and i.case_id = d.case_id)
    ), numbered as (
      select r.*, row_number() over (order by r.item)::int2 as no from rows r
    )
    select coalesce(array_agg(row(r.no, coalesce(v.name, r.text), null, null, null, c.number,
      case r.kind when 'case' then concat_ws('；', r.text, '已办：' || d.words) else rule.minute_cn(r.confirmed_at) end, null, r.kind, null,
      rule.day_of(c.due_at), null, null)::rule.material
      order by r.no), '{}')
    from numbered r
    left join done d on d.case_id = r.case_id
    left join hall.case_file c on c.case_id = r.case_id
    left join hall.item_version v on v.item_version_id = c.item_version_id
  );
end $$;
comment on function rule.handover_paper_rows(hall.handover) is
  'The rows of a 交接单: cases with their notes, at its end with what was done, things with when they were confirmed.';

create or replace function rule.open_cases_beside(h hall.handover) returns int4 language plpgsql stable as $$
begin
  return (
    select count(*) from hall.case_file c
    where c.post_id = h.post_id and c.state not in ('closed', 'declined', 'withdrawn', 'lapsed')
      and not exists (select from hall.handover_item i where i.handover_id = h.handover_id and i.case_id = c.case_id)
  );
end $$;
comment on function rule.open_cases_beside(hall.handover) is 'Open cases of the post without a note in the handover.';

create or replace function rule.issue_handover(k command.call, p_handover_id int8) returns hall.floor_paper language plpgsql as $$
declare
  h hall.handover;
  others int4;
begin
  select * into h from hall.handover x where x.handover_id = p_handover_id;
  others := rule.open_cases_beside(h);
  return rule.issue_floor(k, 'handover', (select p.department_id from hall.post p where p.post_id = h.post_id), h.post_id,
    'handover', h.handover_id, h.handover_id, array[
      'giver', (select s.name from hall.staff s where s.staff_id = h.giver_id), 'taker', (select s.name from hall.staff s where s.staff_id = h.taker_id),
      'from', rule.minute_cn(h.from_at), 'until', case when h.ended_at is null then rule.minute_cn(h.until_at)
        else rule.minute_cn(h.ended_at) || case when h.ended_at < h.until_at then '（原定' || rule.minute_cn(h.until_at) || '）' else '' end end,
      'reason', h.reason,
      'late', case when h.late then '未提前一个工作日移交' end],
    rule.handover_paper_rows(h),
    nullif(concat_ws('', case when others > 0 then '另有' || others || '件在办事项未附说明，一并' || case when h.ended_at is null then '移交。' else '交回。' end end,
      '接收人说明：' || h.end_note), ''));
end $$;
comment on function rule.issue_handover(command.call, int8) is
  '交接单, with both names (POST-3): as it is confirmed, and at its end with the real one and what was done.';

create or replace function rule.confirm_handover(k command.call, p_handover_id int8, p_items int2[]) returns command.call language plpgsql as $$
declare
  was hall.handover := rule.handover_to_change(k, p_handover_id);
  h hall.handover := was;
  wrong int2;
begin
  k.at := greatest(k.at, was.last_at);
  if k.staff_id <> was.taker_id then
    perform rule.deny('handover.taker', (select s.name from hall.staff s where s.staff_id = was.taker_id));
  end if;
  select x into wrong from unnest(p_items) x
  where not exists (select from hall.handover_item i where i.handover_id = was.handover_id and i.item = x) limit 1;
  if found then
    perform rule.invalid('handover.item', 'items', wrong::text);
  end if;
  update hall.handover_item i set confirmed_at = k.at
  where i.handover_id = was.handover_id and i.item = any (p_items) and i.confirmed_at is null;
  if was.state = 'planned' and rule.handover_waiting(was.handover_id) = 0 then
    h.state := 'confirmed';
    h.confirmed_at := k.at;
  end if;
  k := rule.keep_handover(k, h, was);
  k := rule.note_handover(k, h.handover_id, 'confirm', was);
  if h.state <> was.state then
    perform rule.issue_handover(k, h.handover_id);
  end if;
  return k;
end $$;
comment on function rule.confirm_handover(command.call, int8, int2[]) is
  'The taker confirms items; when all are, the handover is confirmed and has its paper.';

create or replace function rule.note_case(k command.call, p_handover_id int8, p_case_id int8, p_note text) returns command.call language plpgsql as $$
declare
  was hall.handover := rule.handover_to_change(k, p_handover_id);
  h hall.handover := was;
begin
  k := rule.handover_side(k, was, false);
  k.at := greatest(k.at, was.last_at);
  if nullif(btrim(p_note), '') is null then
    perform rule.invalid('text.blank', 'note');
  end if;
  update hall.handover_item i set text = btrim(p_note), confirmed_at = null
  where i.handover_id = was.handover_id and i.case_id = p_case_id;
  if not found then
    perform rule.add_handover_case(was, p_case_id, p_note, 'note');
  end if;
  if was.state = 'confirmed' then
    h.state := 'planned';
    h.confirmed_at := null;
  end if;
  k := rule.keep_handover(k, h, was);
  return rule.note_handover(k, h.handover_id, 'note', was);
end $$;
comment on function rule.note_case(command.call, int8, int8, text) is
  'What to know about a case, new or put right; the taker confirms it anew.';

create or replace function rule.change_handover(k command.call, p_handover_id int8, p_to_id int8, p_from timestamptz, p_until timestamptz,
  p_reason text) returns command.call language plpgsql as $$
declare
  was hall.handover := rule.handover_to_change(k, p_handover_id);
  h hall.handover := was;
  inner_id int8;
begin
  k := rule.handover_side(k, was, was.state = 'running' and coalesce(p_until, was.until_at) <= was.until_at);
  k.at := greatest(k.at, was.last_at);
  h.taker_id := coalesce(p_to_id, was.taker_id);
  h.from_at := coalesce(p_from, was.from_at);
  h.until_at := coalesce(p_until, was.until_at);
  h.reason := coalesce(nullif(btrim(p_reason), ''), was.reason);
  if was.state = 'running' and (h.taker_id, h.from_at) is distinct from (was.taker_id, was.from_at) then
    perform rule.refuse('handover.running');
  end if;
  perform rule.handover_interval(k.at, h);
  if was.state <> 'running' then
    h.late := rule.planned_late(k.at, h.from_at);
    h.planned_at := k.at;
    h.state := 'planned';
    h.confirmed_at := null;
    update hall.handover_item i set confirmed_at = null where i.handover_id = h.handover_id;
    perform rule.handover_taker(h);
  elsif h.until_at > was.until_at then
    perform rule.handover_taker(h);
  else
    select x.handover_id into inner_id from hall.handover x
    where x.outer_id = h.handover_id and x.state in ('planned', 'confirmed', 'running') and x.until_at > h.until_at limit 1;
    if found then
      perform rule.refuse('handover.inner', rule.moment_cn((select x.until_at from hall.handover x where x.handover_id = inner_id)));
    end if;
  end if;
  k := rule.keep_handover(k, h, was);
  k := rule.note_handover(k, h.handover_id, 'change', was);
  if h.state = 'running' then
    perform rule.issue_handover(k, h.handover_id);
  end if;
  return k;
end $$;
comment on function rule.change_handover(command.call, int8, int8, timestamptz, timestamptz, text) is
  'Another taker or time before it begins, which is confirmed anew; once it runs another end only, for the taker an earlier one.';

create or replace function rule.drop_handover(k command.call, was hall.handover, p_reason text) returns command.call language plpgsql as $$
declare
  h hall.handover := was;
begin
  h.state := 'cancelled';
  h.ended_at := greatest(k.at, was.last_at);
  h.ended_by := k.staff_id;
  h.end_note := nullif(btrim(p_reason), '');
  k.at := h.ended_at;
  k := rule.keep_handover(k, h, was);
  return rule.note_handover(k, h.handover_id, 'cancel', was);
end $$;
comment on function rule.drop_handover(command.call, hall.handover, text) is 'A handover that has not begun does not take place.';

create or replace function rule.cancel_handover(k command.call, p_handover_id int8, p_reason text) returns command.call language plpgsql as $$
declare
  was hall.handover := rule.handover_to_change(k, p_handover_id);
begin
  k := rule.handover_side(k, was, true);
  if nullif(btrim(p_reason), '') is null then
    perform rule.invalid('text.blank', 'reason');
  elsif was.state = 'running' then
    perform rule.refuse('handover.running');
  end if;
  return rule.drop_handover(k, was, p_reason);
end $$;
comment on function rule.cancel_handover(command.call, int8, text) is 'Called off by either side or the chief representative before it begins.';

drop function if exists rule.drop_handovers_of(command.call, int8, text); -- it dropped them all
create or replace function rule.drop_handovers_of(k command.call, p_absence_id int8, p_reason text, p_was tstzrange default null,
  p_now tstzrange default null) returns void language plpgsql as $$
declare
  h hall.handover;
begin
  for h in
    select * from hall.handover x
    where x.absence_id = p_absence_id and x.state in ('planned', 'confirmed')
      and (p_now is null or not p_now @> tstzrange(x.from_at, x.until_at)
        and (p_was @> tstzrange(x.from_at, x.until_at) or not p_now && tstzrange(x.from_at, x.until_at)))
    order by x.handover_id for update
  loop
    perform rule.drop_handover(k, h, p_reason);
  end loop;
end $$;
comment on function rule.drop_handovers_of(command.call, int8, text, tstzrange, tstzrange) is
  'An absence is off, or was moved: so are the handovers planned for it, or those that lie in it no more.';
