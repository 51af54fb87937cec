-- Joint cases against their events (PAR, DEEM): what hall.verify asks of projects and reviews.

set role yimen_owner;

create or replace function hall.verify_projects() returns table (fault text, subject text, detail text)
language sql stable as $$
  select 'project.stage', 'case ' || coalesce(g.case_id, e.case_id), 'stage ' || coalesce(g.stage_no::text, rule.told(e.detail, 'stage'))
  from hall.case_project g
  full join (select v.* from hall.event v where v.event = 'receive' and v.detail @> array['project']) e on e.case_id = g.case_id
  where (g.project_id::text, g.stage_no::text) is distinct from (rule.told(e.detail, 'project'), rule.told(e.detail, 'stage'))
  union all
  select 'project.content', 'project ' || coalesce(p.project_id, a.subject_id), coalesce(p.name, 'gone')
  from hall.project p
  full join (select x.* from hall.audit x where x.subject_kind = 'project' and x.event = 'open') a on a.subject_id = p.project_id
  where rule.told(a.detail, 'project') is distinct from rule.project_mark(p)
  union all
  select 'project.twice', 'project ' || g.project_id, 'stage ' || g.stage_no
  from hall.case_project g
  join hall.case_file c on c.case_id = g.case_id
  where c.state not in ('declined', 'withdrawn', 'lapsed') and c.granted is not false
  group by g.project_id, g.stage_no having count(*) > 1
$$;
comment on function hall.verify_projects() is 'Projects and the stages their cases are, against the trail (PAR-6).';

create or replace function rule.told_last(p_like text) returns table (case_id int8, name text, before text, after text)
language sql stable as $$
  select distinct on (e.case_id, e.detail[i]) e.case_id, e.detail[i], e.detail[i + 1], e.detail[i + 2]
  from hall.event e, generate_series(1, cardinality(e.detail), 3) i
  where e.detail[i] like p_like
  order by e.case_id, e.detail[i], e.seq desc, i desc
$$;
comment on function rule.told_last(text) is 'What the trail of every case told last under names of a kind, before and after.';

create or replace function hall.verify_reviews() returns table (fault text, subject text, detail text)
language sql stable as $$
  select 'review.trail', 'case ' || coalesce(r.case_id, t.case_id), coalesce('review ' || r.seq, t.name)
  from hall.review r
  full join rule.told_last('review.%') t on t.case_id = r.case_id and t.name = 'review.' || r.seq
  where t.after is distinct from rule.review_mark(r)
  union all
  select 'review.opinion', 'case ' || coalesce(o.case_id, t.case_id), coalesce('opinion ' || o.seq || '.' || o.no, t.name)
  from hall.opinion o
  full join rule.told_last('opinion.%') t on t.case_id = o.case_id and t.name = 'opinion.' || o.seq || '.' || o.no
  where t.after is distinct from rule.opinion_mark(o)
  union all
  select 'review.answer', 'case ' || r.case_id, 'review ' || r.seq || ' ' || coalesce(r.answer, 'none')
  from hall.review r
  left join lateral (select o.answer from hall.opinion o where o.case_id = r.case_id and o.seq = r.seq and o.how in ('review', 'meeting', 'deem')
    and o.version >= r.opened_version order by o.no desc limit 1) o on true
  where o.answer is distinct from r.answer
  union all
  select 'review.ask', 'case ' || coalesce(a.case_id, t.case_id), coalesce('ask ' || a.no, t.name)
  from hall.review_ask a
  full join rule.told_last('ask.%') t on t.case_id = a.case_id and t.name = 'ask.' || a.no
  where a.case_id is null or t.after is distinct from rule.ask_mark(a.case_id, a.no)
  union all
  select 'review.ask_end', 'case ' || a.case_id, 'ask ' || a.no || ' ' || a.state
  from hall.review_ask a
  left join rule.told_last('ask\_end.%') t on t.case_id = a.case_id and t.name = 'ask_end.' || a.no
  where coalesce(t.after, 'open') <> a.state
  union all
  select 'review.waits', 'case ' || r.case_id, 'review ' || r.seq || ' ' || coalesce(r.waits, 'nothing')
  from hall.review r
  join hall.case_file c on c.case_id = r.case_id
  where r.waits is distinct from rule.review_waits(c, r)
  union all
  select 'review.due', 'case ' || r.case_id, 'review ' || r.seq
  from hall.review r
  join hall.case_file c on c.case_id = r.case_id
  cross join lateral (select (rule.stands_of(c.case_id)).stands) s
  where r.due_at is distinct from case when r.opened_at is not null then rule.review_due(c, r, rule.lead_limit(c, s.stands), s.stands) end
    and not exists (select from hall.audit a where a.subject_kind = 'hall' and a.subject_id = 0
      and a.event in ('load.calendar', 'set.day', 'set.hours') and a.at >= r.check_at)
  union all
  select 'review.post', 'case ' || r.case_id, 'review ' || r.seq
  from hall.review r
  join hall.case_file c on c.case_id = r.case_id
  where not exists (select from hall.item_review q
    where q.item_version_id = c.item_version_id and q.seq = r.seq and q.post_id = r.post_id)
$$;
comment on function hall.verify_reviews() is
  'Reviews, opinions and what was asked for against the trail; what they wait for and when they are due worked out anew (PAR, DEEM).';

create or replace function hall.verify_meetings() returns table (fault text, subject text, detail text)
language sql stable as $$
  select 'meeting.trail', 'case ' || coalesce(m.case_id, t.case_id), coalesce('meeting ' || m.no, t.name)
  from hall.meeting m
  full join rule.told_last('meeting.%') t on t.case_id = m.case_id and t.name = 'meeting.' || m.no
  where t.after is distinct from (rule.meeting_detail(m.case_id, m.no))[3]
  union all
  select 'meeting.paper', 'case ' || m.case_id, 'meeting ' || m.no
  from hall.meeting m
  where not exists (select from hall.notice n where n.notice_id = m.notice_id and n.case_id = m.case_id and n.kind = 'meeting')
    or m.state = 'closed' and not exists (select from hall.notice n where n.notice_id = m.minutes_id and n.case_id = m.case_id and n.kind = 'minutes')
  union all
  select 'meeting.called', 'case ' || m.case_id, 'meeting ' || m.no
  from hall.meeting m
  where not exists (select from hall.meeting_post q where q.case_id = m.case_id and q.no = m.no)
    or exists (select from hall.meeting_post q where q.case_id = m.case_id and q.no = m.no
      and (q.signed_at < m.called_at or not exists (select from hall.review r where r.case_id = q.case_id and r.post_id = q.post_id)))
  union all
  select 'meeting.absent', 'case ' || q.case_id, 'meeting ' || q.no -- DEEM-1: deemed by absence is who was served in time and did not come
  from hall.meeting_post q
  join hall.meeting m on m.case_id = q.case_id and m.no = q.no
  where q.deemed <> exists (select from hall.opinion o join hall.review r on r.case_id = o.case_id and r.seq = o.seq
      where o.case_id = q.case_id and o.meeting_no = q.no and o.how = 'deem' and r.post_id = q.post_id)
    or q.deemed and m.state <> 'closed'
  union all
  select 'meeting.opinion', 'case ' || o.case_id, 'opinion ' || o.seq || '.' || o.no
  from hall.opinion o
  join hall.review r on r.case_id = o.case_id and r.seq = o.seq
  left join hall.meeting_post q on q.case_id = o.case_id and q.no = o.meeting_no and q.post_id = r.post_id
  where o.meeting_no is not null and (q.came is null or o.how = 'meeting' and (not q.came or o.written_by is not null and q.who_id <> o.staff_id))
$$;
comment on function hall.verify_meetings() is
  'Meetings and whom they called against the trail; their papers; who spoke was there, who is deemed to agree was not (PAR-5, DEEM-1).';

create or replace function hall.verify_silence() returns table (fault text, subject text, detail text)
language sql stable as $$
  select 'silence.trail', 'case ' || coalesce(g.case_id, e.case_id), coalesce(g.why, 'gone')
  from hall.silent_grant g
  full join (select v.* from hall.event v where v.event = 'deem') e on e.case_id = g.case_id and e.version = g.version
  where rule.told(e.detail, 'silent') is distinct from rule.silent_mark(g) or e.at <> g.at or e.acting <> 'system'
  union all
  select 'silence.moment', 'case ' || g.case_id, g.why
  from hall.silent_grant g
  join hall.case_file c on c.case_id = g.case_id
  left join hall.old_licence l on l.case_id = g.case_id
  where g.due_at > g.at or c.granted is not true or c.decided_at <> g.at
    or case g.why when 'renewal' then g.due_at is distinct from rule.moment(l.expires + 1, '00:00') or not rule.asked_in_time(c, l)
      else g.due_at < c.due_at end
  union all
  select 'silence.switch', 'case ' || g.case_id, g.why
  from hall.silent_grant g
  join hall.case_file c on c.case_id = g.case_id
  join hall.item_version v on v.item_version_id = c.item_version_id
  where g.basis is distinct from case g.why when 'promise' then v.promise_basis else v.renewal_basis end
  union all
  select 'silence.follow', 'case ' || coalesce(g.case_id, t.case_id), coalesce(g.document_no, 'none')
  from (select x.* from hall.silent_grant x where x.consented_at is not null) g
  full join rule.told_last('follow') t on t.case_id = g.case_id
  where t.after is distinct from rule.follow_mark(g)
  union all
  select 'silence.licence', 'case ' || coalesce(l.case_id, t.case_id), coalesce(l.number, 'gone')
  from hall.old_licence l
  full join rule.told_last('licence') t on t.case_id = l.case_id
  where t.after is distinct from rule.licence_mark(l)
$$;
comment on function hall.verify_silence() is
  'What silence granted against the trail: by an item with the switch, not before its moment; the licences renewed, the decisions that followed (DEEM-5).';
