-- The clocks of a case and their proof (CLK-3): which limit runs since when, every date of it.

set role yimen_owner;

create or replace function rule.clock_of(c hall.case_file, p_clock text)
returns table (since timestamptz, n int4, unit text, extra int4, due timestamptz, light text, runs bool,
  stands tstzrange[], labels text[])
language plpgsql stable as $$
declare
  v record;
begin
  select i.unit, i.promised, i.statutory, i.answer_days, s.limit_days into v
  from hall.item_version i
  left join hall.item_step s on s.item_version_id = i.item_version_id and s.seq = c.step_seq
  where i.item_version_id = c.item_version_id;
  if p_clock = 'term' then
    return query
      select case c.state when 'received' then c.delivered_at
          else (select max(e.at) from hall.event e -- not the paper: it may be issued anew
            where e.case_id = c.case_id and e.event = 'correct') end,
        case c.state when 'received' then hall.setting_text('term.correction_days')::int4 else v.answer_days end,
        case c.state when 'received' then 'workday' else 'day' end, null::int4, c.term_at,
        rule.light(c.term_at, true, rule.day_of(hall.clock())), true, '{}'::tstzrange[], '{}'::text[]
      where c.term_at is not null;
    return;
  elsif c.accepted_at is null then
    return;
  end if;
  return query
    select q.* from (
      select c.accepted_at, coalesce(c.hurried, v.promised), v.unit, c.promise_extended, c.due_at, c.light, c.decided_at is null, w.stands, w.labels
      from rule.stands_of(c.case_id) w where p_clock = 'total'
      union all
      select c.accepted_at, v.statutory, v.unit, c.extended, c.statutory_at, null, c.decided_at is null, w.stands, w.labels
      from rule.stands_of(c.case_id) w where p_clock = 'statutory'
      union all
      select c.step_at, v.limit_days, v.unit, c.step_extended, c.step_due_at, c.step_light, true, w.stands, w.labels
      from rule.stands_of(c.case_id) w where p_clock = 'step') q (since, n, unit, extra, due, light, runs, stands, labels)
    where q.since is not null and q.n > 0;
end $$;
comment on function rule.clock_of(hall.case_file, text) is
  'A clock of a case: total, statutory, step, or the term it is in; none when it does not run. What stands in due is what is kept.';

-- A limit is worked out anew by every calendar that comes until it has ended, or its clock has stopped: it follows
-- from the calendar of that moment; of one that had ended when it was first worked out, by silence or from a
-- paper by hand, from the calendar of then.
create or replace function rule.calendar_moment(c hall.case_file, p_clock text, p_due timestamptz) returns timestamptz
language plpgsql stable as $$
begin
  if p_due is null or p_clock = 'step' or p_clock = 'term' then
    return p_due;
  end if;
  return (
    select greatest(least(p_due, max(e.at) filter (where c.decided_at is not null and e.event in ('decide', 'deem', 'refuse', 'finish'))),
      max(e.at) filter (where e.event in ('accept', 'silence', 'finish')))
    from hall.event e where e.case_id = c.case_id and e.event in ('accept', 'silence', 'finish', 'decide', 'deem', 'refuse')
  );
end $$;
comment on function rule.calendar_moment(hall.case_file, text, timestamptz) is
  'By the calendar of which moment a clock of a case was last worked out (CLK-4); to come, or NULL: by the one in force.';

-- A due moment that the calendar changed after does not follow from it any more: said in a last line.
create or replace function rule.case_proof(c hall.case_file, p_clock text) returns setof rule.limit_day
language plpgsql stable as $$
declare
  k record;
  r rule.limit_day;
begin
  for k in select * from rule.clock_of(c, p_clock) loop
    perform rule.calendar_of(rule.calendar_moment(c, p_clock, k.due));
    for r in select * from rule.limit_days(k.since, k.n, k.unit, k.extra, k.stands, k.labels) loop
      exit when r.day > rule.day_of(k.due);
      if p_clock = 'step' and rule.step_with_promise(c) and r.ends_at is distinct from k.due and r.day = rule.day_of(k.due) then
        r.ends_at := k.due;
        r.reason := r.reason || '；特办，环节期限至承诺期限届满为止';
        return next r;
        exit;
      elsif r.ends_at <> k.due and r.day = rule.day_of(k.due) then
        r.ends_at := k.due;
      end if;
      return next r;
    end loop;
    if k.due is not null and r.ends_at is distinct from k.due then
      r := (rule.day_of(k.due), null, true, 'kept', case when c.clock_floor = k.due
        then '日历变更后已过原期限，至变更后首个下班时间届满' else '期限届满后日历有变，仍按原期限' end,
        null, null, null, k.due);
      r.calendar_version := rule.year_version(extract(year from r.day)::int4);
      r.provisional := r.calendar_version is null;
      return next r;
    end if;
    perform rule.calendar_of(null);
  end loop;
end $$;
comment on function rule.case_proof(hall.case_file, text) is
  'The proof of a clock of a case (CLK-3): every date from its start to its end; of one that stands still, to where it does.';

create or replace function rule.clock_left(c hall.case_file, p_clock text, p_now timestamptz, out days int4, out told text)
language plpgsql stable as $$
declare
  k record;
  t record;
  day date := rule.day_of(p_now);
begin
  select * into k from rule.clock_of(c, p_clock);
  if k.n is null or not k.runs then
    return;
  elsif k.due is null then
    if p_clock = 'step' and c.hurried is not null and c.decided_at is null then
      select * into t from rule.clock_of(c, 'total');
      if rule.limit_left(t.since, t.n, t.unit, t.extra, t.stands, p_now) < rule.limit_left(k.since, k.n, k.unit, k.extra, k.stands, p_now) then
        k := t; -- no longer than the promise (CASE-5)
      end if;
    end if;
    days := rule.limit_left(k.since, k.n, k.unit, k.extra, k.stands, p_now);
    told := rule.limit_left_cn(k.since, k.n, k.unit, k.extra, k.stands, p_now);
    return;
  end if;
  days := rule.days_left(k.due, day, k.stands);
  told := case when day > rule.day_of(k.due) then '超期 ' || -days || ' 个工作日'
    when k.due < p_now then '已超期' else '余 ' || days || ' 个工作日' end;
end $$;
comment on function rule.clock_left(hall.case_file, text, timestamptz) is
  'Days left of a clock of a case, today and the due day counted, and in the hall''s words; NULL: it runs no more.';

create or replace function rule.clock_cn(p_clock text) returns text language sql immutable as $$
  select case p_clock when 'total' then '承诺期限' when 'statutory' then '法定期限' when 'step' then '环节期限' when 'term' then '补正、受理期限' end
$$;
comment on function rule.clock_cn(text) is 'A clock as papers name it.';

create or replace function rule.need_clock(p_clock text) returns text language plpgsql stable as $$
begin
  if rule.clock_cn(coalesce(p_clock, 'total')) is null then
    perform rule.invalid('clock.kind', 'clock');
  end if;
  return coalesce(p_clock, 'total');
end $$;
comment on function rule.need_clock(text) is 'A clock of a case by its name: the total one when none is named.';

create or replace function rule.proof_paper(c hall.case_file, p_clock text, p_now timestamptz) returns hall.block[]
language plpgsql stable as $$
declare
  k record;
  l record;
begin
  select * into k from rule.clock_of(c, p_clock);
  if k.n is null then
    perform rule.refuse('clock.none', rule.clock_cn(p_clock));
  end if;
  select * into l from rule.clock_left(c, p_clock, p_now);
  return (
    select array_agg((b.block, b.c1, b.c2, b.c3, b.c4, b.widths)::hall.block order by b.part, b.day) from (
      select 1 as part, null::date as day, 'title' as block, '期限计算明细' as c1, null as c2, null as c3, null as c4, null as widths
      union all select 2, null, 'number', '办件编号：' || c.number, null, null, null, null
      union all select 3, null, 'field', '事项名称', v.name, null, null, null from hall.item_version v where v.item_version_id = c.item_version_id
      union all select 4, null, 'field', rule.clock_cn(p_clock), rule.unit_cn(k.n, k.unit)
        || case when k.extra > 0 then '，延期' || rule.unit_cn(k.extra, 'workday') else '' end, null, null, null
      union all select 5, null, 'field', '起算时间', to_char(k.since at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'), null, null, null
      union all select 6, null, 'field', '届满时间', coalesce(to_char(k.due at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')
        || case when (select d.provisional from rule.case_proof(c, p_clock) d order by d.day desc limit 1) then '（暂定）' else '' end, l.told), null, null, null
      union all select 7, null, 'head', '日期', '第几日', '说明', '日历版本', '3,2,6,2'
      union all select 8, d.day, 'row', d.day::text, coalesce(d.n::text, case when d.counted then '届满' else '不计' end),
        d.reason || case when d.minutes > 0 then '；计' || d.minutes / 60 || '小时' || d.minutes % 60 || '分' else '' end,
        coalesce(d.calendar_version::text, '暂定'), null
      from rule.case_proof(c, p_clock) d
      union all select 9, null, 'small', '按大厅工作日历逐日计算，打印于' || to_char(p_now at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') || '。', null, null, null, null) b
  );
end $$;
comment on function rule.proof_paper(hall.case_file, text, timestamptz) is 'The proof of a clock as blocks to print.';

-- What falls due on which day.

create or replace function rule.days_due(p_posts int8[], p_from date, p_until date)
returns table (day date, working bool, reason text, terms int4, steps int4, totals int4, deliveries int4, overdue int4)
language plpgsql stable as $$
declare
  a timestamptz := rule.moment(p_from, '00:00');
  z timestamptz := rule.moment(p_until + 1, '00:00');
  at_now timestamptz := hall.clock();
begin
  return query
    with falls as materialized (
      select m.what, m.at from hall.case_file c
      cross join lateral (values ('term', c.term_at), ('step', c.step_due_at),
        ('total', case when c.decided_at is null then c.due_at end)) m (what, at)
      where c.post_id = any (p_posts) and c.state not in ('closed', 'declined', 'withdrawn', 'lapsed') and m.at < z
      union all
      select 'deliver', c.deliver_at from hall.case_file c
      join hall.item_step s on s.item_version_id = c.item_version_id and s.seq = 0
      where c.handed_at is null and c.deliver_at < z and s.post_id = any (p_posts)
    )
    select g.day, rule.is_working(g.day), rule.day_reason(g.day),
      count(*) filter (where f.what = 'term')::int4, count(*) filter (where f.what = 'step')::int4,
      count(*) filter (where f.what = 'total')::int4, count(*) filter (where f.what = 'deliver')::int4,
      count(*) filter (where f.at < at_now)::int4
    from (select p_from + i as day from generate_series(0, p_until - p_from) i) g
    left join falls f on f.at >= a and rule.day_of(f.at) = g.day
      or f.at < a and g.day = p_from and f.at < at_now -- what is late already, on the first day
    group by g.day order by g.day;
end $$;
comment on function rule.days_due(int8[], date, date) is
  'How many terms, steps, totals and deliveries of these posts fall due on each day; overdue: of these, already over. The first day has with it what was due before.';
