-- Whether posts, their holders, offers, handovers and absences are still as the rules made them (POST, WHR-3): parts of
-- hall.verify.

set role yimen_owner;

create or replace function hall.verify_absences() returns table (fault text, subject text, detail text)
language sql stable as $$
  with l as (
    select v.*, rule.absence_mark(v) as mark, a.detail as d
    from hall.absence v
    left join hall.chain h on h.subject_kind = 'absence' and h.subject_id = v.absence_id
    left join hall.audit a on (a.subject_kind, a.subject_id, a.seq) = (h.subject_kind, h.subject_id, h.seq)
  )
  select 'absence.state', 'absence ' || absence_id, state || ' v' || version
  from l
  where (rule.told(d, 'state'), rule.told(d, 'from'), rule.told(d, 'until'), rule.told(d, 'rank'), rule.told(d, 'substitute'), rule.told(d, 'version'))
    is distinct from (state, rule.moment_text(from_at), rule.moment_text(until_at), rank::text, coalesce(substitute_id::text, ''), version::text)
  union all
  select 'absence.words', 'absence ' || absence_id, 'words' from l where rule.told(d, 'words') is distinct from mark
  union all
  select 'absence.chain', a.subject_kind || ' ' || a.subject_id, 'entry ' || a.seq
  from hall.audit a
  where a.subject_kind = 'absence' and not exists (select from hall.absence v where v.absence_id = a.subject_id)
  union all
  select 'whereabouts.trail', 'staff ' || coalesce(w.staff_id, t.staff_id), 'whereabouts ' || coalesce(w.whereabouts_id::text, t.id)
  from hall.whereabouts w
  full join (select a.subject_id as staff_id, rule.told(a.detail, 'whereabouts') as id,
      max(rule.told(a.detail, 'words')) as words, max(rule.told(a.detail, 'at')) as ended, max(rule.told(a.detail, 'how')) as how
    from hall.audit a where a.subject_kind = 'staff' and a.event in ('presence.away', 'presence.back')
    group by a.subject_id, rule.told(a.detail, 'whereabouts')) t on t.id = w.whereabouts_id::text and t.staff_id = w.staff_id
  where (rule.whereabouts_mark(w), rule.moment_text(w.ended_at), w.ended_how) is distinct from (t.words, t.ended, t.how)
$$;
comment on function hall.verify_absences() is 'Planned absences against the last entry of their chains; whereabouts against what was said on leaving and coming back.';

create or replace function hall.verify_handovers() returns table (fault text, subject text, detail text)
language sql stable as $$
  with l as (
    select h.*, rule.handover_mark(h) as mark, a.detail as d
    from hall.handover h
    left join lateral (select x.detail from hall.audit x
      where x.subject_kind = 'handover' and x.subject_id = h.handover_id and not x.detail @> array['floor_paper']
      order by x.seq desc limit 1) a on true
  )
  select 'handover.state', 'handover ' || handover_id, state || ' v' || version
  from l
  where (rule.told(d, 'state'), rule.told(d, 'taker'), rule.told(d, 'from'), rule.told(d, 'until'), rule.told(d, 'late'), rule.told(d, 'version'))
    is distinct from (state, taker_id::text, rule.moment_text(from_at), rule.moment_text(until_at), late::text, version::text)
  union all
  select 'handover.words', 'handover ' || handover_id, 'words or items' from l where rule.told(d, 'words') is distinct from mark
  union all
  select 'handover.chain', a.subject_kind || ' ' || a.subject_id, 'entry ' || a.seq
  from hall.audit a
  where a.subject_kind = 'handover' and not exists (select from hall.handover h where h.handover_id = a.subject_id)
  union all
  select 'handover.items', 'handover ' || h.handover_id, h.state
  from hall.handover h
  where h.state = 'confirmed' and rule.handover_waiting(h.handover_id) > 0
  union all
  select 'handover.due', 'handover ' || coalesce(q.handover_id, h.handover_id), coalesce(q.kind, h.state)
  from (select * from hall.post_due d where d.handover_id is not null) q
  full join (select * from hall.handover x where x.state in ('planned', 'confirmed', 'running')) h on h.handover_id = q.handover_id
  where (q.post_id, q.kind, q.at) is distinct from (h.post_id, case h.state when 'running' then 'handover_end' else 'handover_begin' end,
    case h.state when 'running' then h.until_at else h.from_at end)
  union all
  select 'handover.tenure', 'handover ' || h.handover_id, h.state
  from hall.handover h
  where h.begun_at is not null and not exists (select from hall.tenure t
    where t.post_id = h.post_id and t.staff_id = h.taker_id and t.held_as = 'B' and t.from_at <= h.begun_at and (t.until_at is null or t.until_at > h.begun_at))
$$;
comment on function hall.verify_handovers() is
  'Handovers and their items against the last entry of their chains, what they wait for, and that the taker held the post.';

-- What a tenure is as it began stands in the chain of its post. Who did something as a post is compared
-- with who held it both by order of keys, which the lock of the holders makes that of the deeds, and by moment.
create or replace function hall.verify_tenures() returns table (fault text, subject text, detail text)
language sql stable as $$
  with t as (
    select x.*, row_number() over w as place, lead(x.from_at) over w as next_from, lead(x.tenure_id) over w as next_id,
      min(x.tenure_id) over (partition by x.post_id) as first_id, first_value(x.how) over w as first_how
    from hall.tenure x window w as (partition by x.post_id order by x.seq)
  )
  select 'tenure.order', 'post ' || post_id, 'tenure ' || seq
  from t where seq <> place or next_id < tenure_id or until_at is distinct from next_from
  union all
  select 'tenure.now', 'post ' || p.post_id, p.code
  from hall.post p
  left join hall.tenure x on x.post_id = p.post_id and x.until_at is null
  where (p.holder_id, p.held_as, p.for_staff_id) is distinct from (x.staff_id, x.held_as, x.for_staff_id)
    or p.held_since is distinct from case when x.staff_id is not null then x.from_at end
  union all
  select 'tenure.chain', 'post ' || t.post_id, 'tenure ' || t.seq
  from t
  where not (t.how = 'found' and t.seq = 1) and not exists (
    select from hall.audit a where a.subject_kind = 'post' and a.subject_id = t.post_id and a.event = 'hold'
      and a.detail @> array['tenure', t.tenure_id::text]
      and rule.told(a.detail, 'mark') = (select rule.tenure_mark(x) from hall.tenure x where x.tenure_id = t.tenure_id))
  union all
  select 'tenure.lost', 'post ' || a.subject_id, 'entry ' || a.seq
  from hall.audit a
  where a.subject_kind = 'post' and a.event = 'hold' and rule.told(a.detail, 'tenure') is not null
    and not exists (select from hall.tenure x where x.tenure_id::text = rule.told(a.detail, 'tenure') and x.post_id = a.subject_id)
  union all
  select 'tenure.event', 'case ' || e.case_id, 'event ' || e.seq
  from hall.event e
  left join t on t.post_id = e.acting_post_id and t.tenure_id < e.event_id and (t.next_id is null or t.next_id > e.event_id)
  where e.acting_post_id is not null
    and ((t.staff_id, t.held_as) is distinct from (e.staff_id, e.acting) or t.for_staff_id is distinct from e.for_staff_id
      or e.at < t.from_at or e.at >= t.until_at)
    and not exists (select from t o where o.post_id = e.acting_post_id and o.seq = 1 and o.how = 'found' and e.event_id < o.tenure_id)
  union all
  select 'tenure.entry', a.subject_kind || ' ' || a.subject_id, 'entry ' || a.seq
  from (
    select b.*, nullif(rule.told(b.detail, 'as'), '')::int8 as post_id, rule.told(b.detail, 'acting') as acting,
      nullif(rule.told(b.detail, 'for'), '')::int8 as for_staff_id
    from hall.audit b where b.subject_kind in ('visit', 'handover')) a
  left join t on t.post_id = a.post_id and t.tenure_id < a.audit_id and (t.next_id is null or t.next_id > a.audit_id)
  where a.post_id is not null
    and ((t.staff_id, t.held_as) is distinct from (a.staff_id, a.acting) or t.for_staff_id is distinct from a.for_staff_id)
    and not exists (select from t o where o.post_id = a.post_id and o.seq = 1 and o.how = 'found' and a.audit_id < o.tenure_id)
$$;
comment on function hall.verify_tenures() is
  'Who held a post when: without gap or overlap, as the chains tell it, as hall.post has it now; and whoever did something as a post held it, as that, for that A, at that moment (CASE-13).';

create or replace function hall.verify_offers() returns table (fault text, subject text, detail text)
language sql stable as $$
  select 'offer.held', 'post ' || p.post_id, p.code
  from hall.offer o
  join hall.post p on p.post_id = o.post_id
  where o.ended_at is null and p.holder_id is not null
  union all
  select 'post.due', 'post ' || coalesce(q.post_id, s.post_id), coalesce(q.kind, s.kind)
  from hall.post_due q
  full join (
    select o.post_id, x.kind, x.at from hall.offer o
    cross join lateral (values ('offer_open', case when o.to_all_at is null then o.opens_at end),
      ('offer_all', case when o.all_since is null then o.to_all_at end),
      ('offer_alert', case when o.alerted_at is null then o.alert_at end)) x (kind, at)
    where o.ended_at is null and x.at is not null) s on s.post_id = q.post_id and s.kind = q.kind
  where coalesce(q.kind, s.kind) like 'offer%' and (q.at is distinct from s.at
    or q.rank is distinct from (select k.rank from hall.post_due_kind k where k.kind = s.kind))
$$;
comment on function hall.verify_offers() is 'Empty posts on offer, and what is due of them (POST-4).';
