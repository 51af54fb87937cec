-- The oracle's cases (generate.py tells the columns) worked out by the hall's own rules: what differs, one
-- line a case, and how many were compared. Variables: dir, where the files are. Rolled back.
\set ON_ERROR_STOP 1
set client_min_messages = warning;
begin;
create temp table shut (day date, name text);
create temp table cases (case_no int4, unit text, promised int4, statutory int4, received timestamptz, silence bool,
  accepted timestamptz, start timestamptz, extend_at timestamptz, extend_days int4, expedite_at timestamptz, expedite_to int4,
  decided timestamptz, upto timestamptz, silence_at timestamptz, extended bool, due timestamptz, provisional bool,
  statutory_due timestamptz, timing text, spare int4, counted int4, skipped int4, proof text, deliver_by timestamptz,
  lapse_at timestamptz, review_until timestamptz, sue_until timestamptz);
create temp table stills (case_no int4, serial int4, kind text, since timestamptz, until timestamptz);
create temp table asks (case_no int4, serial int4, at timestamptz, promised int4, extra int4, standing bool,
  due timestamptz, statutory_due timestamptz, provisional bool, days_left int4, light text);
set timezone = 'Asia/Shanghai';
set datestyle = iso;
\set file :dir '/closures.tsv'
copy shut from :'file';
\set file :dir '/cases.tsv'
copy cases from :'file';
\set file :dir '/stills.tsv'
copy stills from :'file';
\set file :dir '/asks.tsv'
copy asks from :'file';
update cases set unit = 'workhour' where unit = 'hour';
create index on stills (case_no);
create index on asks (case_no);
analyze;
insert into hall.day select s.day, false, s.name from shut s on conflict (day) do update set working = false, reason = excluded.reason;

-- As it was known at a moment: what ended later still stands.
create function pg_temp.known(p_case int4, p_at timestamptz) returns tstzrange[] language plpgsql stable as $$
begin
  return array(select tstzrange(s.since, case when s.until <= p_at then s.until end)
    from stills s where s.case_no = p_case and s.since <= p_at and s.since is distinct from s.until order by s.serial);
end $$;

-- The oracle's words for what became of a date; h: its row in the calendar, if it has one.
create function pg_temp.token(d rule.limit_day, p_unit text, p_start date, h hall.day, p_shut bool) returns text
language plpgsql immutable as $$
declare
  working bool := coalesce(h.working, extract(isodow from d.day) < 6);
begin
  return case
    when d.part = 'start' then 'start'
    when p_unit = 'workhour' and d.day = p_start and d.part = 'limit' and not d.counted then 'start'
    when d.reason ~ '^停表' then 'still'
    when d.part in ('moved', 'resumed') and working then 'moved'
    when d.counted and p_unit = 'workhour' and d.part = 'limit' then 'hours'
    when d.counted and p_unit in ('day', 'month') and d.part = 'limit' then 'date'
    when working then case when extract(isodow from d.day) > 5 then 'makeup' else 'workday' end
    when p_shut then 'closure'
    when h.day is not null then 'holiday'
    else 'weekend' end;
end $$;

-- Days left in working days, of any unit: as if standing still had ended this midnight, or where it began.
create function pg_temp.days_left(c cases, a asks, p_stands tstzrange[]) returns int4 language plpgsql stable as $$
declare
  day date := rule.day_of(a.at);
  ended tstzrange[] := array(select case when upper_inf(s)
    then tstzrange(lower(s), greatest(lower(s), rule.moment(day, '00:00'))) else s end from unnest(rule.stood_still(p_stands)) s);
begin
  return rule.days_left(rule.limit_with(c.start, a.promised, c.unit, a.extra, ended), day, ended);
end $$;

create temp table found (case_no int4, what text, at timestamptz, oracle text, hall text);

create procedure pg_temp.compare(c cases) language plpgsql as $$
declare
  stands tstzrange[] := pg_temp.known(c.case_no, c.upto);
  n int4;
  extra int4;
  r record;
  q record;
  a asks;
begin
  -- the promise in force at the end: an extension before it is expedited is gone with it (reading R7)
  extra := case when c.extended and (c.expedite_at is null or c.expedite_at < c.extend_at) then c.extend_days end;
  n := case when c.expedite_at is not null then c.expedite_to else c.promised end;
  select count(*) filter (where d.counted and t.token not in ('moved', 'still')) as counted,
    count(*) filter (where t.token in ('weekend', 'holiday', 'closure', 'still')) as skipped,
    md5(string_agg(d.day || ' ' || t.token, E'\n' order by d.day)) as proof, max(d.ends_at) as ends_at
  into r
  from rule.limit_days(c.start, n, c.unit, extra, stands, '{}') d
  left join hall.day h on h.day = d.day
  left join shut s on s.day = d.day
  cross join lateral (select pg_temp.token(d, c.unit, rule.day_of(c.start), h, s.day is not null) as token) t;
  select * into q from rule.timing(c.due, c.decided, stands);
  insert into found
  select c.case_no, v.what, c.upto, v.oracle, v.hall
  from (values
    ('due', c.due::text, rule.limit_with(c.start, n, c.unit, extra, stands)::text),
    ('proved', c.due::text, r.ends_at::text),
    ('statutory', c.statutory_due::text, rule.limit_with(c.start, c.statutory, c.unit,
      case when c.extended then c.extend_days end, stands)::text),
    ('provisional', c.provisional::text, (c.due is not null and rule.is_provisional(c.due, c.due))::text),
    ('silence', c.silence_at::text, rule.correction_term(c.received)::text),
    ('extended', c.extended::text, case when c.extend_at is not null then (coalesce(c.extend_at <= rule.limit_with(c.start,
      case when c.expedite_at < c.extend_at then c.expedite_to else c.promised end, c.unit, null,
      pg_temp.known(c.case_no, c.extend_at)), true))::text end),
    ('timing', c.timing, case when c.decided is not null then q.timing end),
    ('spare', c.spare::text, case when c.decided is not null then q.spare::text end),
    ('counted', c.counted::text, case when r.ends_at is not null then r.counted::text end),
    ('skipped', c.skipped::text, case when r.ends_at is not null then r.skipped::text end),
    ('proof', c.proof, case when r.ends_at is not null then r.proof end),
    ('deliver', c.deliver_by::text, rule.limit_end(c.decided, 10, 'workday')::text),
    ('lapse', c.lapse_at::text, rule.limit_end(c.received, 30, 'day')::text),
    ('review', c.review_until::text, rule.limit_end(c.received, 60, 'day')::text),
    ('sue', c.sue_until::text, rule.limit_end(c.received, 6, 'month')::text)) v (what, oracle, hall)
  where v.oracle is distinct from v.hall;
  for a in select * from asks x where x.case_no = c.case_no loop
    stands := pg_temp.known(c.case_no, a.at);
    r := row(rule.limit_with(c.start, a.promised, c.unit, a.extra, stands));
    insert into found
    select c.case_no, v.what, a.at, v.oracle, v.hall
    from (values
      ('ask due', a.due::text, rule.limit_with(c.start, a.promised, c.unit, a.extra, stands)::text),
      ('ask statutory', a.statutory_due::text, rule.limit_with(c.start, c.statutory, c.unit,
        case when c.extended and c.extend_at <= a.at then c.extend_days end, stands)::text),
      ('ask left', a.days_left::text, pg_temp.days_left(c, a, stands)::text),
      ('ask standing left', case when c.unit = 'workday' and a.due is null then a.days_left::text end,
        case when c.unit = 'workday' then rule.limit_left(c.start, a.promised, c.unit, a.extra, stands, a.at)::text end),
      ('ask light', case when a.due is not null then a.light end,
        rule.light(a.due, rule.short_promise(a.promised, c.unit, a.extra), rule.day_of(a.at), stands))
    ) v (what, oracle, hall)
    where v.oracle is distinct from v.hall;
  end loop;
end $$;

do $$
declare
  c cases;
begin
  for c in select * from cases loop
    call pg_temp.compare(c);
  end loop;
end $$;
\pset tuples_only on
\pset format unaligned
select format('case %s, %s at %s: the oracle %s, the hall %s', f.case_no, f.what, f.at::timestamp, coalesce(f.oracle, '–'), coalesce(f.hall, '–'))
from (select f.*, row_number() over (partition by f.what order by f.case_no, f.at) as no from found f) f where f.no <= :most order by f.what, f.no;
select format('compared %s cases at %s moments, %s answers differ', (select count(*) from cases), (select count(*) from asks), (select count(*) from found));
rollback;
