-- The ticks of materials (CASE-2, CAT-5): as stored, as they would be after some ticks,
-- and which of those are refused.

set role yimen_owner;

create or replace function rule.tick_text(p_state text, p_later date, p_note text) returns text
language sql stable as $$ select concat_ws(' ', p_state, p_later::text, p_note) $$;
comment on function rule.tick_text(text, date, text) is 'A tick as one text, for the trail.';

create or replace function rule.merged(p_case_id int8, p_item_version_id int8, p_today date,
  p_seq int2[], p_state text[], p_note text[], p_later date[])
returns setof rule.material language sql stable as $$
  select coalesce(m.seq, t.seq), m.name, m.form, m.copies, m.required, m.source, m.note,
    rule.tick_text(o.state, o.later, o.note),
    n.state,
    case when t.seq is not null then nullif(btrim(t.note), '') else o.note end,
    case when t.seq is null then o.later when t.state = 'later' then t.later end,
    coalesce(o.told, false),
    case
      when t.seq is null then null
      when m.seq is null then 'material.none'
      when t.state not in ('present', 'absent', 'defective', 'later', 'unneeded', 'open') or t.state is null
        then 'tick.state'
      when t.state = 'open' and coalesce(o.state, 'open') <> 'open' then 'tick.state' -- it was looked at
      when t.state = 'unneeded' and m.required <> 'depending' then 'material.needed'
      when t.state = 'later' and m.required <> 'later' then 'material.not_later'
      when t.state = 'later' and t.later is null then 'material.no_date'
      when t.state = 'later' and t.later < p_today then 'material.date_past'
      when t.state = 'defective' and coalesce(btrim(t.note), '') = '' then 'material.no_note'
    end
  from (select * from hall.item_material where item_version_id = p_item_version_id) m
  full join unnest(p_seq, p_state, p_note, p_later) t (seq, state, note, later) on t.seq = m.seq
  left join hall.case_material o on o.case_id = p_case_id and o.seq = m.seq
  cross join lateral (select coalesce(t.state, o.state,
    case m.required when 'depending' then 'unneeded' else 'absent' end)) n (state)
  order by 1
$$;
comment on function rule.merged(int8, int8, date, int2[], text[], text[], date[]) is
  'Materials of a case after some ticks; one left out keeps its tick.';

create or replace function rule.ticked(p_case_id int8, p_item_version_id int8, p_today date,
  p_seq int2[], p_state text[], p_note text[], p_later date[])
returns rule.material[] language plpgsql stable as $$
declare
  n int4 := coalesce(cardinality(p_seq), 0);
  made rule.material[];
  bad record;
begin
  if n <> coalesce(cardinality(p_state), 0) or coalesce(cardinality(p_note), n) not in (0, n)
      or coalesce(cardinality(p_later), n) not in (0, n) then
    perform rule.invalid('tick.length', 'seq');
  end if;
  select array_agg(m order by m.seq) into made
  from rule.merged(p_case_id, p_item_version_id, p_today, p_seq, p_state, p_note, p_later) m;
  if n > 0 then
    if n <> (select count(distinct s) from unnest(p_seq) s) then
      perform rule.invalid('tick.twice', 'seq');
    end if;
    select m.fault, m.seq, m.name into bad from unnest(made) m where m.fault is not null limit 1;
    if found and bad.fault in ('tick.state', 'material.none') then
      perform rule.invalid(bad.fault, case bad.fault when 'tick.state' then 'state' else 'seq' end, bad.seq::text);
    elsif found then
      perform rule.refuse(bad.fault, bad.name, bad.seq::text);
    end if;
  end if;
  return coalesce(made, '{}');
end $$;
comment on function rule.ticked(int8, int8, date, int2[], text[], text[], date[]) is
  'The same, checked: refuses the first tick that cannot be.';

create or replace function rule.keep_ticks(p_case_id int8, p_mats rule.material[]) returns text[]
language plpgsql as $$
declare
  detail text[];
begin
  with changed as (
    update hall.case_material c
    set state = m.state, note = m.note, later = m.later
    from unnest(p_mats) m
    where c.case_id = p_case_id and c.seq = m.seq
      and m.was <> rule.tick_text(m.state, m.later, m.note)
    returning m.seq, m.was, rule.tick_text(m.state, m.later, m.note) as now_is
  )
  select array_agg(x.v order by ch.seq, x.o) into detail
  from changed ch,
    unnest(array['material.' || ch.seq, ch.was, ch.now_is]) with ordinality x (v, o);
  return coalesce(detail, '{}');
end $$;
comment on function rule.keep_ticks(int8, rule.material[]) is
  'Stores what changed; returns it as name, before, after for the trail.';

drop function if exists rule.need_complete(rule.material[]);
create or replace function rule.need_complete(p_mats rule.material[], p_today date) returns void
language plpgsql stable as $$
declare
  names text;
  n int8;
  overdue record;
begin
  select string_agg(m.name, '、' order by m.seq), count(*) into names, n
  from unnest(p_mats) m where m.state in ('absent', 'defective', 'open');
  if n > 0 then
    perform rule.refuse('materials.missing', left(names, 200), n::text);
  end if;
  select m.name, m.seq into overdue from unnest(p_mats) m where m.later < p_today order by m.seq limit 1;
  if found then -- ticked at an earlier visit, its day has passed since
    perform rule.refuse('material.date_past', overdue.name, overdue.seq::text);
  end if;
end $$;
comment on function rule.need_complete(rule.material[], date) is
  'Refuses unless every material is there, follows with a date, or is not needed.';

-- A tick made twice brings nothing: it would only open a new term.
drop function if exists rule.need_answer(rule.material[]);
create or replace function rule.need_answer(p_mats rule.material[], p_others bool default false) returns void
language plpgsql stable as $$
declare
  m record;
begin
  select q.name, q.seq into m from unnest(p_mats) q
  where q.state in ('absent', 'defective') and not q.told
    and split_part(q.was, ' ', 1) not in ('absent', 'defective')
  order by q.seq limit 1;
  if found then
    perform rule.refuse('answer.not_told', m.name, m.seq::text); -- ONE-3: everything was told once
  end if;
  if not p_others and not exists (select from unnest(p_mats) q
      where q.state in ('present', 'later') and split_part(q.was, ' ', 1) <> q.state
        or q.state = 'defective' and q.told and q.was <> rule.tick_text(q.state, q.later, q.note)) then
    perform rule.refuse('answer.nothing');
  end if;
end $$;
comment on function rule.need_answer(rule.material[], bool) is
  'Refuses an answer that brings nothing, not even something defective (ONE-2), or that asks for what the notice did not list. others: it asked for more than materials.';
