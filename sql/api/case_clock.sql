-- The clocks of cases as windows see them (CLK-3, CLK-5): the proof of a due moment, what falls due when.

set role yimen_owner;

create or replace function api.case_due(p_token bytea, p_case_id int8, p_clock text)
returns table (day date, n int4, counted bool, part text, reason text, minutes int4, provisional bool, calendar_version int4,
  due_at timestamptz, days_left int4, left_told text, light text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  clock text := rule.need_clock(p_clock);
  k record;
  l record;
begin
  select * into k from rule.clock_of(c, clock);
  select * into l from rule.clock_left(c, clock, hall.clock());
  return query
    select d.day, d.n, d.counted, d.part, d.reason, d.minutes, d.provisional, d.calendar_version, k.due, l.days, l.told, k.light
    from rule.case_proof(c, clock) d order by d.day;
end $$;
comment on function api.case_due(bytea, int8, text) is
  'case.due: the proof of a clock of a case (CLK-3), date by date, on each line what it comes to.';

create or replace function api.case_due_paper(p_token bytea, p_case_id int8, p_clock text)
returns table (no int2, block text, c1 text, c2 text, c3 text, c4 text, widths text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
begin
  return query
    select b.ord::int2, b.block, b.c1, b.c2, b.c3, b.c4, b.widths
    from unnest(rule.proof_paper(c, rule.need_clock(p_clock), hall.clock()))
      with ordinality b (block, c1, c2, c3, c4, widths, ord)
    order by b.ord;
end $$;
comment on function api.case_due_paper(bytea, int8, text) is 'case.due_paper: the proof of a clock of a case (CLK-3) as blocks to print.';

create or replace function api.case_days(p_token bytea, p_post_id int8, p_from date, p_until date)
returns table (day date, working bool, reason text, terms int4, steps int4, totals int4, deliveries int4, overdue int4)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  first date := coalesce(p_from, rule.day_of(hall.clock()));
  last date := coalesce(p_until, first + 13);
begin
  if last not between first and first + 99 or first not between date '2000-01-01' and date '2199-12-31' then
    perform rule.invalid('days.range', 'until');
  end if;
  return query
    select * from rule.days_due(array(select p.post_id from hall.post p
      where case when p_post_id is null then p.holder_id = v.staff_id else p.post_id = p_post_id end), first, last);
end $$;
comment on function api.case_days(bytea, int8, date, date) is
  'case.days: what falls due on which day for the posts held now, or for one (CLK-5).';
