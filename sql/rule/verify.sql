-- What an auditor or the fault checker asks: is everything still as the rules made it?
-- Recomputes from the rows alone; every fault is one row, none means sound.

set role yimen_owner;

create or replace function hall.verify_chains() returns table (fault text, subject text, detail text)
language sql stable as $$
  with e as (
    select v.case_id, v.seq, v.hash, rule.event_hash(lag(v.hash) over w, v) as made,
      row_number() over w as place, v.from_state, lag(v.to_state) over w as before,
      v.version, lag(v.version) over w as version_before, v.at, lag(v.at) over w as at_before
    from hall.event v window w as (partition by v.case_id order by v.seq)
  )
  select 'chain.broken', 'case ' || case_id, 'event ' || seq from e where hash <> made
  union all
  select 'chain.gap', 'case ' || case_id, 'event ' || seq from e where seq <> place
  union all
  select 'chain.states', 'case ' || case_id, 'event ' || seq from e
  where from_state <> coalesce(before, 'none')
  union all
  select 'chain.versions', 'case ' || case_id, 'event ' || seq from e
  where version - coalesce(version_before, 0) not in (0, 1)
  union all
  select 'chain.time', 'case ' || case_id, 'event ' || seq from e where at < at_before
  union all
  select 'audit.broken', a.subject_kind || ' ' || a.subject_id, 'entry ' || a.seq
  from (select x.*, rule.audit_hash(coalesce(lag(x.hash) over w, ''), x) as made, row_number() over w as place
    from hall.audit x window w as (partition by x.subject_kind, x.subject_id order by x.seq)) a
  where a.hash <> a.made or a.seq <> a.place
  union all
  select 'audit.cut', h.subject_kind || ' ' || h.subject_id, 'entry ' || h.seq
  from hall.chain h
  left join hall.audit a on (a.subject_kind, a.subject_id, a.seq) = (h.subject_kind, h.subject_id, h.seq)
  where a.hash is distinct from h.hash
  union all
  select 'audit.subject', h.subject_kind || ' ' || h.subject_id, 'no such kind'
  from hall.chain h
  where not exists (select from hall.subject s where s.kind = h.subject_kind)
$$;
comment on function hall.verify_chains() is 'Hash chains: links that do not fit, gaps, states or times out of order.';

-- A commitment is that of the last event that tells it: an amendment supersedes the receipt's.
create or replace function rule.told_marks() returns table (case_id int8, name text, mark text)
language sql stable as $$
  select distinct on (e.case_id, e.detail[i]) e.case_id, e.detail[i], e.detail[i + 2]
  from hall.event e, generate_series(1, cardinality(e.detail), 3) i
  where e.event in ('receive', 'amend') and (e.detail[i] = 'matter' or e.detail[i] like 'party.%')
    or e.event in ('correct', 'decline', 'refuse', 'reissue', 'negative') and e.detail[i] like 'negative.%'
    or e.detail[i] like 'material.%'
  order by e.case_id, e.detail[i], e.seq desc
$$;
comment on function rule.told_marks() is 'The commitments to parties, matter and negative decisions in force, and the last ticks, of every case.';

create or replace function rule.negative_marks() returns table (case_id int8, name text, mark text) language sql stable as $$
  select distinct e.case_id, e.detail[i], e.detail[i + 2]
  from hall.event e, generate_series(1, cardinality(e.detail), 3) i where e.detail[i] like 'negative.%'
$$;
comment on function rule.negative_marks() is 'Every commitment the trail ever made to an entry of the register.';

create or replace function rule.negatives_were() returns table (case_id int8, name text, mark text) language sql stable as $$
  select n.case_id, 'negative.' || n.number, rule.negative_mark(jsonb_populate_record(n, jsonb_build_object('facts', w.facts, 'basis', w.basis)))
  from hall.negative_was w join hall.negative n on n.negative_id = w.negative_id
$$;
comment on function rule.negatives_were() is 'Entries of the register as they were before they were worded anew, with the commitment each had.';

-- Only the last event can be voided, so the next one that moved the case tells.
create or replace function rule.voidings() returns table (case_id int8, version int4, voided_at timestamptz)
language sql stable as $$
  select q.case_id, q.version, case when q.next = 'void' then q.next_at end
  from (select e.case_id, e.version, lead(e.event) over w as next, lead(e.at) over w as next_at
    from hall.event e where not exists (select from hall.side_event s where s.event = e.event)
    window w as (partition by e.case_id order by e.seq)) q
$$;
comment on function rule.voidings() is 'Of every event that moved a case, by its version: when it was taken back; NULL: it stands.';

create or replace function hall.verify_cases() returns table (fault text, subject text, detail text)
language sql stable as $$
  select 'case.state', 'case ' || c.case_id, c.state || ' v' || c.version
  from hall.case_file c
  left join lateral (select e.to_state, e.version, e.post_id from hall.event e
    where e.case_id = c.case_id order by e.seq desc limit 1) l on true
  where (l.to_state, l.version, l.post_id) is distinct from (c.state, c.version, c.post_id)
  union all
  select 'case.transition', 'case ' || e.case_id, e.from_state || ' ' || e.event || ' ' || e.to_state
  from hall.event e
  where not exists (select from hall.transition t
      where (t.from_state, t.action, t.to_state) = (e.from_state, e.event, e.to_state))
    and not (e.from_state = e.to_state and exists (select from hall.side_event s where s.event = e.event))
  union all
  select 'case.due', 'case ' || coalesce(c.case_id, d.case_id), coalesce(d.kind, 'none')
  from (select f.case_id, s.kind, s.at, s.rank from hall.case_file f cross join lateral rule.scheduled(f) s) c
  full join hall.due d on d.case_id = c.case_id and d.kind = c.kind
  where (c.at, c.rank) is distinct from (d.at, d.rank)
  union all
  select 'case.number', 'case ' || c.case_id, c.number
  from hall.case_file c
  where right(c.number, 1) <> rule.check_digit(replace(left(c.number, -2), '-', ''))
  union all
  select case when p.case_id is null then 'case.party_gone' else 'case.party' end, 'case ' || coalesce(p.case_id, t.case_id),
    coalesce('party ' || p.seq, t.name)
  from hall.case_party p
  full join (select m.* from rule.told_marks() m where m.name like 'party.%' and m.mark <> '') t
    on t.case_id = p.case_id and t.name = 'party.' || p.seq
  where t.mark is distinct from rule.party_mark(p)
  union all
  select 'case.hand', 'case ' || c.case_id, coalesce(h.no, 'none')
  from hall.case_file c
  left join hall.hand_receipt h on h.case_id = c.case_id
  join hall.event e on e.case_id = c.case_id and e.seq = 1
  where (h.no is null) <> not (e.detail @> array['hand_no'])
    or h.no is not null and (not e.detail @> array['hand_no', h.no, 'hand_at', rule.moment_text(h.at), 'hand_late', h.late::text]
      or (h.at, h.keyed_at, h.reason, h.department_id) is distinct from (c.received_at, e.at, e.note, c.department_id))
  union all
  select 'case.matter', 'case ' || c.case_id, 'matter'
  from hall.case_file c
  left join rule.told_marks() t on t.case_id = c.case_id and t.name = 'matter'
  where t.mark is distinct from rule.matter_mark(c.case_id, c.matter)
  union all
  select 'case.material', 'case ' || m.case_id, 'material ' || m.seq
  from hall.case_material m
  left join rule.told_marks() t on t.case_id = m.case_id and t.name = 'material.' || m.seq
  where t.mark is distinct from rule.tick_text(m.state, m.later, m.note)
  union all
  select 'case.service', 'case ' || coalesce(s.case_id, e.case_id), 'who accompanies it'
  from hall.case_service s
  full join (select distinct on (x.case_id) x.case_id, rule.told(x.detail, 'staff') as staff
    from hall.event x where x.event = 'service' order by x.case_id, x.seq desc) e on e.case_id = s.case_id
  where s.staff_id::text is distinct from e.staff
  union all
  select 'case.stray', 'case ' || c.case_id, 'item, applicant or post'
  from hall.case_file c
  where not exists (select from hall.item_step s
      where s.item_version_id = c.item_version_id and s.seq = c.step_seq and s.post_id = c.post_id)
    or not exists (select from hall.post p where p.post_id = c.post_id)
    or not exists (select from hall.applicant a where a.applicant_id = c.applicant_id)
$$;
comment on function hall.verify_cases() is 'Cases against their events, the state machine, their terms, parties and receipts written by hand.';

create or replace function hall.verify_notices() returns table (fault text, subject text, detail text)
language sql stable as $$
  select 'notice.gap', d.name || ' ' || n.kind || ' ' || n.year, 'number ' || n.serial
  from (select x.*, row_number() over (partition by x.department_id, x.kind, x.year order by x.serial) as place
    from hall.notice x where x.serial is not null) n
  join hall.department d on d.department_id = n.department_id
  where n.serial <> n.place
  union all
  select 'notice.counter', d.name || ' ' || k.kind || ' ' || k.year, 'last ' || k.last
  from hall.notice_counter k
  join hall.department d on d.department_id = k.department_id
  where k.last is distinct from (
    select max(n.serial) from (select x.department_id, x.kind, x.year, x.serial from hall.notice x
      union all select x.department_id, x.kind, x.year, x.serial from hall.floor_paper x) n
    where (n.department_id, n.kind, n.year) = (k.department_id, k.kind, k.year))
  union all
  select 'notice.gap', d.name || ' ' || n.kind || ' ' || n.year, 'number ' || n.serial
  from (select x.*, row_number() over (partition by x.department_id, x.kind, x.year order by x.serial) as place
    from hall.floor_paper x) n
  join hall.department d on d.department_id = n.department_id
  where n.serial <> n.place
  union all
  select 'notice.floor', coalesce(n.kind || ' ' || n.paper_id, 'paper ' || a.id), coalesce(n.number, 'gone')
  from hall.floor_paper n
  full join (select rule.told(x.detail, 'floor_paper') as id, rule.told(x.detail, 'paper') as mark
    from hall.audit x where x.detail @> array['floor_paper']) a on a.id = n.paper_id::text
  where a.mark is distinct from rule.floor_mark(n)
  union all
  select 'notice.kind', 'case ' || n.case_id, n.number
  from hall.notice n
  left join hall.template t on t.template_id = n.template_id
  where t.kind is distinct from n.kind or (n.serial is null) <> (t.series = '')
  union all
  select 'notice.content', 'case ' || n.case_id, n.number
  from hall.notice n
  where not exists (select from hall.event e where e.case_id = n.case_id and e.notice_id = n.notice_id
    and e.detail @> array['paper', rule.notice_mark(n)])
  union all
  select 'notice.made', 'case ' || n.case_id, n.number
  from hall.notice n
  join hall.event e on e.case_id = n.case_id and e.notice_id = n.notice_id and e.detail @> array['made', 'paper']
  where rule.told(e.detail, 'made') is distinct from rule.made_mark(n)
  union all
  select 'notice.void', 'case ' || n.case_id, n.number
  from hall.notice n
  left join (select e.notice_id, e.at, e.note from hall.event e where e.event in ('void', 'fee_cancel')
    union all select m.replaces_id, e.at, e.note from hall.event e join hall.notice m on m.notice_id = e.notice_id
      where e.event in ('reissue', 'fee_ask', 'fee_reduce')) v on v.notice_id = n.notice_id
  where (n.voided_at, n.void_reason) is distinct from (v.at, v.note)
    and not (n.voided_at is not null and exists (select from hall.event e where e.case_id = n.case_id and e.event = 'receipt'
      and e.detail @> array['void', n.notice_id::text]))
  union all
  select 'notice.visit', 'case ' || l.case_id, n.number
  from hall.receipt_case l
  join hall.notice n on n.notice_id = l.notice_id
  where n.kind <> 'receipt' or not exists (select from hall.event e
    where e.case_id = l.case_id and e.notice_id = n.notice_id and e.detail @> array['paper', rule.notice_mark(n)])
  union all
  select 'notice.replaced', 'case ' || o.case_id, o.number
  from hall.notice n
  join hall.notice o on o.notice_id = n.replaces_id
  where o.voided_at is null
  union all
  select 'notice.copies', 'case ' || n.case_id, n.number
  from hall.notice n
  where n.copies <> (select count(*) from hall.notice_print p where p.notice_id = n.notice_id and p.ok)
$$;
comment on function hall.verify_notices() is 'Papers: numbers without gaps, content and parts as issued, void where an event says so, receipts of a visit in every case of it, prints counted.';

create or replace function hall.verify_visits() returns table (fault text, subject text, detail text)
language sql stable as $$
  with l as (
    select v.*, a.event, a.staff_id as audit_staff, rule.visit_mark(v) as mark, a.detail as d
    from hall.visit v
    left join hall.chain h on h.subject_kind = 'visit' and h.subject_id = v.visit_id
    left join hall.audit a on (a.subject_kind, a.subject_id, a.seq) = (h.subject_kind, h.subject_id, h.seq)
  )
  select 'visit.state', 'visit ' || visit_id, state || ' v' || version
  from l
  where (d[3], d[6], d[9], d[12], d[18]) is distinct from
    (state, result, post_id::text, coalesce(to_post_id::text, ''), version::text) or audit_staff <> last_staff_id
  union all
  select 'visit.words', 'visit ' || visit_id, 'words' from l where d[21] is distinct from mark
  union all
  select 'visit.chain', a.subject_kind || ' ' || a.subject_id, 'entry ' || a.seq
  from hall.audit a
  where a.subject_kind = 'visit' and not exists (select from hall.visit v where v.visit_id = a.subject_id)
$$;
comment on function hall.verify_visits() is 'First contacts against the last entry of their chains: state, words, who.';


-- Without a case an exception is asked and answered in the chain of the post that asked, and used by an event.
create or replace function hall.verify_exceptions() returns table (fault text, subject text, detail text)
language sql stable as $$
  with told as (
    select rule.told(e.detail, 'exception')::int8 as id, e.seq, e.event, e.at, e.staff_id, e.acting_post_id, e.note, e.case_id,
      null as subject, rule.told(e.detail, 'kind') as kind
    from hall.event e where e.detail @> array['exception']
    union all
    select rule.told(a.detail, 'exception')::int8, null, a.event, null, a.staff_id, null, rule.told(a.detail, 'reason'), null,
      rule.told(a.detail, 'subject'), rule.told(a.detail, 'kind')
    from hall.audit a where a.subject_kind = 'post' and a.event like 'exception%'
    union all -- used by the command that made it
    select rule.told(a.detail, 'exception')::int8, null, a.event, null, a.staff_id, null, null, null, null, 'uncovered'
    from hall.audit a where a.subject_kind = 'absence' and a.event = 'grant' and rule.told(a.detail, 'exception') <> ''
  ), sided as (
    select x.*, k as q, j as d, u as u
    from hall.exception x
    left join told k on k.id = x.exception_id and k.event = 'exception_ask'
      and not exists (select from told b where b.id = k.id and b.event = 'exception_ask' and b.seq > k.seq)
    left join told j on j.id = x.exception_id and j.event in ('exception_grant', 'exception_deny')
      and not exists (select from told b where b.id = j.id and b.event in ('exception_ask', 'exception_grant', 'exception_deny') and b.seq > j.seq)
    left join told u on u.id = x.exception_id and u.event not like 'exception%'
      and not exists (select from told b where b.id = u.id and b.event = 'exception_back' and b.seq > u.seq)
  )
  select 'exception.trail', 'exception ' || s.exception_id, s.kind || ' ' || s.state
  from sided s
  where (s.kind, s.case_id, s.subject, s.reason, s.asked_by) is distinct from
      ((s.q).kind, (s.q).case_id, (s.q).subject, (s.q).note, (s.q).staff_id)
    or (s.decided_by, s.answer) is distinct from ((s.d).staff_id, (s.d).note)
    or (s.d).event is distinct from case when s.state = 'denied' then 'exception_deny' when s.state <> 'asked' then 'exception_grant' end
    or s.used_by is distinct from (s.u).staff_id or s.kind <> 'uncovered' and s.used_at is distinct from (s.u).at
    or s.case_id is not null and (s.asked_at, s.asked_post_id, s.decided_at, s.decided_post_id) is distinct from
      ((s.q).at, (s.q).acting_post_id, (s.d).at, (s.d).acting_post_id)
  union all
  select 'exception.lost', 'exception ' || t.id, t.event
  from told t where t.id is not null and not exists (select from hall.exception x where x.exception_id = t.id)
$$;
comment on function hall.verify_exceptions() is 'Exceptions against the trail: asked, granted or denied, used as it tells (CASE-16).';

create or replace function hall.verify_outcomes() returns table (fault text, subject text, detail text)
language sql stable as $$
  select 'negative.gap', d.name || ' ' || n.year, 'number ' || n.serial
  from (select x.*, row_number() over (partition by x.department_id, x.year order by x.serial) as place
    from hall.negative x) n
  join hall.department d on d.department_id = n.department_id
  where n.serial <> n.place
  union all
  select 'negative.counter', d.name || ' ' || k.year, 'last ' || k.last
  from hall.negative_counter k
  join hall.department d on d.department_id = k.department_id
  where k.last is distinct from (select max(n.serial) from hall.negative n
    where (n.department_id, n.year) = (k.department_id, k.year))
  union all
  select 'negative.missing', 'case ' || e.case_id, e.event || ' v' || e.version
  from hall.event e
  where e.event in ('correct', 'decline', 'refuse', 'negative') and not exists (select from hall.negative n
    where (n.case_id, n.version) = (e.case_id, e.version) and (n.notice_id is null) = (e.event = 'negative')
      and e.detail @> array['negative', n.number])
  union all
  select 'negative.content', 'case ' || n.case_id, n.number
  from hall.negative n
  left join hall.event e on e.case_id = n.case_id and e.version = n.version and case when rule.by_hand(n.category)
    then e.event = 'negative' and e.detail @> array['negative', n.number] else e.event in ('correct', 'decline', 'refuse') end
  left join rule.told_marks() t on t.case_id = n.case_id and t.name = 'negative.' || n.number
  where t.mark is distinct from rule.negative_mark(n)
    or (n.at, n.staff_id, n.acting, n.post_id, n.for_staff_id, n.window_id)
      is distinct from (e.at, e.staff_id, e.acting, e.acting_post_id, e.for_staff_id, e.window_id)
  union all
  select 'negative.void', 'case ' || n.case_id, n.number
  from hall.negative n
  left join rule.voidings() v on (v.case_id, v.version) = (n.case_id, n.version)
  where n.voided_at is distinct from case when not rule.by_hand(n.category) then v.voided_at end
  union all
  select 'negative.was', 'case ' || n.case_id, n.number -- only of entries that are sound now: the others are named above
  from hall.negative n
  join rule.told_marks() t on t.case_id = n.case_id and t.name = 'negative.' || n.number and t.mark = rule.negative_mark(n)
  where exists (select from rule.negative_marks() m where (m.case_id, m.name) = (t.case_id, t.name) and m.mark <> t.mark
      and not exists (select from rule.negatives_were() w where (w.case_id, w.name, w.mark) = (m.case_id, m.name, m.mark)))
    or exists (select from rule.negatives_were() w where (w.case_id, w.name) = (t.case_id, t.name)
      and not exists (select from rule.negative_marks() m where (m.case_id, m.name, m.mark) = (w.case_id, w.name, w.mark)))
  union all
  select 'outcome.missing', 'case ' || e.case_id, e.event || ' v' || e.version
  from hall.event e
  where e.event in ('finish', 'withdraw', 'decide', 'deem', 'refuse', 'close', 'deliver') and not exists (select from hall.case_outcome o
    where (o.case_id, o.version, o.event) = (e.case_id, e.version, e.event))
  union all
  select 'outcome.content', 'case ' || o.case_id, o.event || ' v' || o.version
  from hall.case_outcome o
  left join hall.event e on (e.case_id, e.version, e.event) = (o.case_id, o.version, o.event)
  where (coalesce(o.document, ''), coalesce(o.document_no, ''), coalesce(o.timing, ''), coalesce(o.spare::text, ''),
      coalesce(o.signed_on::text, ''), coalesce(rule.matter_mark(o.case_id, o.signed_by), ''), o.how, o.valid_until::text, o.remark)
    is distinct from (coalesce(rule.told(e.detail, 'document'), ''), coalesce(rule.told(e.detail, 'document_no'), ''),
      coalesce(rule.told(e.detail, 'timing'), ''), coalesce(rule.told(e.detail, 'spare'), ''),
      coalesce(rule.told(e.detail, 'signed_on'), ''), coalesce(rule.told(e.detail, 'signed_by'), ''),
      nullif(rule.told(e.detail, 'how'), ''), nullif(rule.told(e.detail, 'valid_until'), ''), e.note)
  union all
  select 'outcome.void', 'case ' || o.case_id, o.event || ' v' || o.version
  from hall.case_outcome o
  left join rule.voidings() v on (v.case_id, v.version) = (o.case_id, o.version)
  where o.voided_at is distinct from v.voided_at
  union all
  select 'outcome.before', 'case ' || b.case_id, 'v' || b.version
  from hall.case_before b
  left join hall.event e on e.case_id = b.case_id and e.version = b.version
    and e.event in ('accept', 'correct', 'decline', 'finish', 'withdraw', 'suspend', 'extend', 'decide', 'refuse', 'close', 'deliver')
  where rule.told(e.detail, 'before') is distinct from rule.before_mark(b)
  union all
  select 'amended.content', 'case ' || coalesce(e.case_id, a.case_id), 'v' || coalesce(e.version, a.version)
  from (select x.* from hall.event x where x.event = 'amend') e
  full join (select x.case_id, x.version from hall.amended x group by x.case_id, x.version) a
    on (a.case_id, a.version) = (e.case_id, e.version)
  where e.case_id is null or rule.told(e.detail, 'amended') is distinct from rule.amended_mark(e.case_id, e.version)
  union all
  select * from hall.verify_exceptions()
$$;
comment on function hall.verify_outcomes() is
  'The register of negative decisions, results, amendments, exceptions: complete, in the trail, and as the trail tells.';

create or replace function hall.verify_stands() returns table (fault text, subject text, detail text)
language sql stable as $$
  select 'stand.trail', 'case ' || coalesce(s.case_id, e.case_id), 'stand ' || coalesce(s.seq::text, e.name)
  from hall.stand s
  full join (select v.case_id, v.version, v.detail[i] as name, v.detail[i + 2] as mark
    from hall.event v, generate_series(1, cardinality(v.detail), 3) i where v.detail[i] like 'stand.%') e
    on e.case_id = s.case_id and e.name = 'stand.' || s.seq and e.version = s.version
  where e.mark is distinct from rule.stand_mark(s)
  union all
  select 'stand.end', 'case ' || s.case_id, 'stand ' || s.seq
  from hall.stand s
  left join hall.event e on e.case_id = s.case_id and e.version = s.end_version and rule.told(e.detail, 'stand_end.' || s.seq) is not null
  where rule.moment_text(s.until_at) is distinct from rule.told(e.detail, 'stand_end.' || s.seq)
    or s.outcome is distinct from case e.event when 'lapse' then '逾期未补正' when 'withdraw' then null else e.note end
  union all
  select 'stand.void', 'case ' || s.case_id, 'stand ' || s.seq
  from hall.stand s
  left join rule.voidings() v on (v.case_id, v.version) = (s.case_id, s.version)
  where s.voided_at is distinct from v.voided_at
  union all
  select 'stand.state', 'case ' || c.case_id, c.state
  from hall.case_file c
  where (c.state in ('suspended', 'forwarded')) <> exists (select from hall.stand s
    where s.case_id = c.case_id and s.until_at is null and s.voided_at is null)
  union all
  select 'fee.trail', 'case ' || coalesce(f.case_id, e.case_id), coalesce('fee.' || f.fee_id, e.name)
  from hall.fee f
  full join (select distinct on (v.case_id, v.detail[i]) v.case_id, v.detail[i] as name, v.detail[i + 2] as mark
    from hall.event v, generate_series(1, cardinality(v.detail), 3) i
    where v.event in ('fee_ask', 'fee_reduce', 'fee_pay') and v.detail[i] like 'fee.%'
    order by v.case_id, v.detail[i], v.seq desc) e on e.case_id = f.case_id and e.name = 'fee.' || f.fee_id
  where e.mark is distinct from rule.fee_mark(f)
  union all
  select 'fee.when', 'case ' || f.case_id, 'fee.' || f.fee_id
  from hall.fee f
  left join (select v.case_id, v.at, v.event, v.detail, lead(v.at) over w as voided_at
    from hall.event v where v.event in ('fee_ask', 'fee_cancel') window w as (partition by v.case_id order by v.seq)) a
    on a.case_id = f.case_id and rule.told(a.detail, 'fee') = f.fee_id::text and a.event = 'fee_ask'
  left join hall.event r on r.case_id = f.case_id and r.event = 'fee_reduce' and rule.told(r.detail, 'fee') = f.fee_id::text
  left join hall.event p on p.case_id = f.case_id and p.event = 'fee_pay' and rule.told(p.detail, 'fee') = f.fee_id::text
  left join hall.event n on n.case_id = f.case_id and n.notice_id = f.notice_id and n.event in ('fee_ask', 'fee_reduce')
  where (f.asked_at, f.voided_at, f.exception_id::text, f.paid_keyed_at) is distinct from
      (a.at, a.voided_at, rule.told(r.detail, 'exception'), p.at)
    or rule.told(n.detail, 'fee') is distinct from f.fee_id::text or n.event <> case when f.reduced is null then 'fee_ask' else 'fee_reduce' end
$$;
comment on function hall.verify_stands() is 'Stretches of standing still and fees against the trail: what for, since and until when, paid by which receipt.';

-- What an event that stands told last; what was voided is as if it had not been.
create or replace function rule.facts() returns table (case_id int8, received_at timestamptz, accepted_at timestamptz, silent bool,
  decided_at timestamptz, granted bool, handed_at timestamptz, step_at timestamptz, corrections int8, deliveries int8,
  extended text, hurried text)
language sql stable as $$
  with e as (
    select v.case_id, v.seq, v.event, v.detail, v.from_state, v.to_state,
      case v.event when 'finish' then c.decided_at when 'receive' then c.received_at else v.at end as at -- as papers by hand say
    from hall.event v
    join hall.case_file c on c.case_id = v.case_id
    where v.event in ('receive', 'accept', 'silence', 'finish', 'answer', 'correct', 'advance', 'send_back', 'decide', 'deem', 'refuse', 'deliver',
        'extend', 'expedite')
      and not exists (select from rule.voidings() g where (g.case_id, g.version) = (v.case_id, v.version) and g.voided_at is not null)
  ), d as (
    select e.*, max(e.at) filter (where e.event in ('receive', 'answer') and e.to_state = 'received')
      over (partition by e.case_id order by e.seq) as delivered_at
    from e
  )
  select d.case_id, max(d.delivered_at),
    max(case when d.event = 'silence' then d.delivered_at else d.at end) filter (where d.event in ('accept', 'silence', 'finish')),
    bool_or(d.event = 'silence') filter (where d.event in ('accept', 'silence')),
    max(d.at) filter (where d.event in ('decide', 'deem', 'refuse', 'finish')),
    bool_or(d.event <> 'refuse') filter (where d.event in ('decide', 'deem', 'refuse', 'finish')),
    max(d.at) filter (where d.event = 'deliver'),
    (array_agg(case when d.event not in ('decide', 'deem', 'refuse') or d.detail[array_position(d.detail, 'step') + 1] <> rule.told(d.detail, 'step')
      then d.at end order by d.seq desc) -- decided with no step to close it: no clock of a step runs
      filter (where d.event in ('accept', 'silence', 'advance', 'send_back', 'decide', 'deem', 'refuse')))[1],
    count(*) filter (where d.event = 'correct'), count(*) filter (where d.event in ('receive', 'answer')),
    max(rule.told(d.detail, 'extended')) filter (where d.event = 'extend'),
    (array_agg(rule.told(d.detail, 'promised') order by d.seq desc) filter (where d.event = 'expedite'))[1]
  from d group by d.case_id
$$;
comment on function rule.facts() is 'Of every case, what its clocks run on, from its events that were not voided.';

-- Of before the calendars were kept nothing can be said (sql/base/126).
create or replace function rule.calendar_lost(p_since timestamptz) returns bool language sql stable as $$
  select exists (select from hall.audit a where a.subject_kind = 'hall' and a.subject_id = 0
    and a.event in ('load.calendar', 'set.day', 'set.hours') and a.at >= p_since and a.at < hall.setting_text('calendar.kept_since')::timestamptz)
$$;
comment on function rule.calendar_lost(timestamptz) is 'The calendar has changed since a moment, and what it was before is not known.';

create or replace function rule.moves_told(p_case_id int8, p_what text) returns setof text language sql stable as $$
  select e.detail[i + 2] from hall.event e, generate_series(1, cardinality(e.detail), 3) i
  where e.case_id = p_case_id and e.event = 'calendar' and (e.detail[i] = p_what or p_what is null and e.detail[i] in ('due', 'statutory', 'step'))
$$;
comment on function rule.moves_told(int8, text) is 'Where changes of the calendar put a moment of a case; NULL: any limit.';

-- Of what is finished on the spot no event tells a limit: it ran from a moment to the same.
create or replace function rule.end_told(p_case_id int8, p_clock text, p_due timestamptz) returns bool language sql stable as $$
  select coalesce(bool_or(e.detail[i + 2] = rule.moment_text(p_due)), false)
      or 'finish' = (select x.event from hall.event x where x.case_id = p_case_id and x.event in ('accept', 'silence', 'finish') order by x.seq desc limit 1)
  from hall.event e, generate_series(1, cardinality(e.detail), 3) i
  where e.case_id = p_case_id and e.event <> 'light'
    and e.detail[i] = any (case p_clock when 'total' then '{due}' when 'statutory' then '{statutory}' else '{step_due,step}' end::text[])
$$;
comment on function rule.end_told(int8, text, timestamptz) is 'An event of the case tells this end of a limit: it was not put there by hand.';

-- Each limit by the calendar of the moment it was last worked out; or the closing time before which a change of the
-- calendar let none end (CLK-4).
create or replace function rule.limits_now() returns table (case_id int8, clock text, due timestamptz, wanted timestamptz, floor timestamptz)
language sql stable as $$
  select c.case_id, k.clock, k.due, case k.clock when 'step' then rule.step_end(c, w.ends) else w.ends end, c.clock_floor
  from hall.case_file c
  cross join lateral (select 'total' as clock, q.* from rule.clock_of(c, 'total') q
    union all select 'statutory', q.* from rule.clock_of(c, 'statutory') q
    union all select 'step', q.* from rule.clock_of(c, 'step') q where c.state <> 'closed') k
  cross join lateral (select rule.limit_then(rule.calendar_moment(c, k.clock, k.due), k.since, k.n, k.unit, k.extra, k.stands)) w (ends)
  where c.state in ('accepted', 'suspended', 'forwarded', 'decided', 'closed') and not rule.calendar_lost(c.accepted_at)
$$;
comment on function rule.limits_now() is 'The limits of accepted cases as stored, and as they are worked out anew.';

create or replace function hall.verify_clocks() returns table (fault text, subject text, detail text)
language sql stable as $$
  select 'clock.facts', 'case ' || c.case_id, c.state || ' v' || c.version
  from hall.case_file c
  join rule.facts() f on f.case_id = c.case_id
  where (c.delivered_at, c.accepted_at, c.silent, c.decided_at, c.granted, c.handed_at, c.step_at, c.corrections, c.deliveries,
      c.extended::text, c.hurried::text)
    is distinct from (f.received_at, f.accepted_at, coalesce(f.silent, false), f.decided_at, f.granted, f.handed_at, f.step_at,
      f.corrections, f.deliveries, f.extended, f.hurried)
  union all
  select 'clock.facts', 'case ' || c.case_id, 'v' || v.version
  from hall.case_file c
  join hall.event v on v.case_id = c.case_id and (v.event = 'receive' and not v.detail @> array['hand_no'] and v.at <> c.received_at
    or v.event = 'finish' and c.state = 'closed' and rule.told(v.detail, 'done') <> rule.moment_text(c.decided_at))
  union all
  select 'clock.due', 'case ' || l.case_id, l.clock
  from rule.limits_now() l
  where l.due is distinct from l.wanted and (l.due = l.floor and l.wanted < l.floor) is not true
    or l.due is not null and not rule.end_told(l.case_id, l.clock, l.due)
  union all
  select 'clock.floor', 'case ' || c.case_id, c.clock_floor::text
  from hall.case_file c
  where c.clock_floor is not null and c.clock_floor not in (select m from (values (c.due_at), (c.statutory_at), (c.step_due_at)) v (m) where m is not null)
    and rule.moment_text(c.clock_floor) not in (select m from rule.moves_told(c.case_id, null) m)
  union all
  select 'clock.provisional', 'case ' || c.case_id, c.provisional::text
  from hall.case_file c
  where c.state in ('accepted', 'suspended', 'forwarded', 'decided')
    and c.provisional <> rule.is_provisional(c.accepted_at, greatest(c.due_at, c.statutory_at, c.step_due_at, c.accepted_at))
  union all
  select 'clock.light', 'case ' || c.case_id, k.clock
  from hall.case_file c
  cross join lateral (select 'total' as clock, q.*, null::int2 as step from rule.clock_of(c, 'total') q
    union all select 'step', q.*, c.step_seq from rule.clock_of(c, 'step') q) k
  where c.state in ('accepted', 'suspended', 'forwarded')
    and k.light is distinct from rule.light(k.due, rule.short_of(c, k.step), rule.day_of(c.last_at), k.stands)
    and not exists (select from hall.due d where d.case_id = c.case_id and d.at <= c.last_at)
  union all
  select 'clock.deliver', 'case ' || c.case_id, 'by ' || coalesce(c.deliver_at::text, 'none')
  from hall.case_file c
  left join hall.case_outcome o on o.case_id = c.case_id and o.event in ('decide', 'deem') and o.voided_at is null
  where (c.deliver_at is null) <> (o.case_id is null)
    or c.deliver_at <> rule.limit_then(least(c.deliver_at, c.handed_at, (select max(e.at) from hall.event e
          where e.case_id = c.case_id and e.event = 'close' and c.state = 'closed')), c.decided_at, hall.setting_text('term.delivery_days')::int4, 'workday', null, '{}')
      and rule.moment_text(c.deliver_at) not in (select m from rule.moves_told(c.case_id, 'deliver') m)
      and not rule.calendar_lost(c.decided_at)
$$;
comment on function hall.verify_clocks() is
  'What clocks run on against the trail; limits, lights and days to deliver worked out anew (CLK-2, CLK-5, CASE-8).';

create or replace function hall.verify() returns table (fault text, subject text, detail text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select * from hall.verify_chains()
  union all select * from hall.verify_cases()
  union all select * from hall.verify_notices()
  union all select * from hall.verify_visits()
  union all select * from hall.verify_absences()
  union all select * from hall.verify_handovers()
  union all select * from hall.verify_papers()
  union all select * from hall.verify_outcomes()
  union all select * from hall.verify_stands()
  union all select * from hall.verify_projects()
  union all select * from hall.verify_reviews()
  union all select * from hall.verify_meetings()
  union all select * from hall.verify_silence()
  union all select * from hall.verify_clocks()
  union all select * from hall.verify_tenures()
  union all select * from hall.verify_offers()
$$;
comment on function hall.verify() is 'Everything that is not as the rules made it; no row: sound (SEC-2).';
grant usage on schema hall to yimen_admin; -- its tables and other functions stay closed
grant execute on function hall.verify() to yimen_admin;
