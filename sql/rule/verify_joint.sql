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
