-- Reviews of joint cases as windows see them (PAR-3, DEEM-2): the department's list, the lead's board, one review.

set role yimen_owner;

drop function if exists api.review_list(bytea, text, int8, int4, int4); -- did not name the project

create or replace function api.review_list(p_token bytea, p_scope text, p_case_id int8, p_after int4, p_limit int4)
returns table (case_id int8, number text, item text, applicant text, state text, seq int2, matter text, department text, post_id int8,
  post text, holder text, mine bool, waits text, checked text, check_until timestamptz, opened_at timestamptz, seen_at timestamptz,
  due_at timestamptz, days_left int4, light text, answer text, answered_at timestamptz, opinion_no int2, wanted bool, deems_at timestamptz,
  consent_until timestamptz, consented_at timestamptz, lead text, lead_due timestamptz, project text, project_code text, stage_no int2,
  stage text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  today date := rule.day_of(hall.clock());
  held int8[] := rule.posts_held(v.staff_id);
begin
  if p_scope = 'case' then
    perform rule.case_to_read(p_case_id);
  end if;
  return query
    with page as materialized ( -- six hundred rows of a lead: what many of them share is worked out once, below
      select r.*, y.place, rule.day_of(case r.waits when 'check' then r.check_until when 'consent' then r.consent_until when 'review' then r.due_at end) as day
      from rule.review_keys(coalesce(p_scope, 'mine'), p_case_id, v.staff_id, rule.moment(today + 1, '00:00'), p_after, p_limit) y
      join hall.review r on r.case_id = y.case_id and r.seq between coalesce(y.seq, 0) and coalesce(y.seq, 32767)
    ), days as materialized (
      select d.day, rule.days_left(rule.moment(d.day, '00:00'), today) as n, rule.light(rule.moment(d.day, '00:00'), false, today) as light,
        rule.light(rule.moment(d.day, '00:00'), true, today) as short
      from (select distinct g.day from page g where g.day is not null) d
    ), posts as materialized (
      select p.post_id, p.name, d.name as department, s.name as holder
      from hall.post p
      join hall.department d on d.department_id = p.department_id
      left join hall.staff s on s.staff_id = p.holder_id
      where p.post_id in (select g.post_id from page g)
    ), cases as materialized (
      select c.case_id, c.number, c.state, c.item_version_id, c.due_at, i.name as item, m.name as lead,
        case when rule.handles_as(v.staff_id, held, c) then a.name else rule.mask_name(a.id_kind, a.name) end as applicant,
        j.name as project, j.code as project_code, t.stage_no, t.name as stage,
        array(select x.seq from hall.review_ask x where x.case_id = c.case_id and x.state = 'open') as asking
      from hall.case_file c
      join hall.item_version i on i.item_version_id = c.item_version_id
      join hall.case_party a on a.case_id = c.case_id and a.seq = 1
      join hall.post m on m.post_id = c.post_id
      left join hall.case_project z on z.case_id = c.case_id
      left join hall.project j on j.project_id = z.project_id
      left join hall.stage t on t.stage_no = z.stage_no
      where c.case_id in (select g.case_id from page g)
    ), matters as materialized (
      select q.*, rule.short_promise(q.limit_n, q.unit) as brief
      from hall.item_review q where q.item_version_id in (select c.item_version_id from cases c)
    )
    select c.case_id, c.number, c.item, c.applicant, c.state, g.seq, q.matter, p.department, g.post_id, p.name, p.holder,
      g.post_id = any (held), g.waits, g.checked, g.check_until, g.opened_at, g.seen_at, g.due_at, l.n,
      case when g.waits = 'review' and not q.brief then l.light else l.short end,
      g.answer, o.at, o.no, g.seq = any (c.asking),
      case when c.state = 'accepted' and g.waits = 'review' and q.deem_basis is not null and g.seq <> all (c.asking)
          and (g.answer is null or not exists (select from hall.opinion y
            where y.case_id = g.case_id and y.seq = g.seq and y.version >= g.opened_version and y.answer <> 'refer'))
        then case q.unit when 'workhour' then (select rule.falls_at(r) from hall.review r where r.case_id = g.case_id and r.seq = g.seq)
          else g.due_at end end, -- rule.deemable
      g.consent_until, g.consented_at, c.lead, c.due_at, c.project, c.project_code, c.stage_no, c.stage
    from page g
    join cases c on c.case_id = g.case_id
    join matters q on q.item_version_id = c.item_version_id and q.seq = g.seq
    join posts p on p.post_id = g.post_id
    left join days l on l.day = g.day
    left join lateral (select y.no, y.at from hall.opinion y where g.answer is not null and y.case_id = g.case_id and y.seq = g.seq
      and y.version >= g.opened_version and y.how in ('review', 'meeting', 'deem') order by y.no desc limit 1) o on true
    order by g.place, g.seq;
end $$;
comment on function api.review_list(bytea, text, int8, int4, int4) is
  'review.list: reviews waiting for the posts held, the lead''s board, those of one case, those silence would decide tonight: who has it, opened or not, time left, answer (PAR-3, DEEM-2).';

create or replace function api.review_show(p_token bytea, p_case_id int8, p_review int2)
returns table (no int2, how text, answer text, words text, basis text, document_no text, at timestamptz, actor text, department text,
  post text, window_no int4, current bool)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file;
  r hall.review;
  plain bool;
begin
  perform rule.case_to_read(p_case_id);
  perform rule.see_review(v, p_case_id, p_review);
  select * into c from hall.case_file f where f.case_id = p_case_id;
  r := rule.review_of(c, p_review);
  plain := rule.handles(v.staff_id, c);
  return query
    select o.no, o.how, o.answer, case when plain then o.words else rule.mask_words(o.words, c.case_id) end, o.basis, o.document_no, o.at,
      case when o.staff_id is not null then rule.actor_name(o.staff_id, o.acting, o.for_staff_id) end, d.name, p.name, w.no,
      o.how in ('review', 'meeting', 'deem') and o.version >= r.opened_version
        and not exists (select from hall.opinion x where x.case_id = o.case_id and x.seq = o.seq and x.no > o.no and x.how in ('review', 'meeting', 'deem'))
    from hall.opinion o
    join hall.post p on p.post_id = o.post_id
    join hall.department d on d.department_id = p.department_id
    left join hall.window w on w.window_id = o.window_id
    where o.case_id = c.case_id and o.seq = p_review order by o.no;
end $$;
comment on function api.review_show(bytea, int8, int2) is
  'review.show: the opinions of a review, the first ones kept (PAR-2); its department is seen to have opened it (PAR-3).';

create or replace function api.review_needs(p_token bytea, p_case_id int8)
returns table (no int2, seq int2, kind text, state text, at timestamptz, actor text, department text, line int2, material int2, words text,
  reason text, ended_at timestamptz)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file;
  plain bool;
begin
  c := rule.case_to_read(p_case_id);
  plain := rule.handles(v.staff_id, c);
  return query
    select a.no, a.seq, a.kind, a.state, a.at, rule.actor_name(a.staff_id, a.acting, a.for_staff_id), d.name, n.line, n.material,
      case when plain then n.words else rule.mask_words(n.words, c.case_id) end,
      case when plain then a.reason else rule.mask_words(a.reason, c.case_id) end, a.ended_at
    from hall.review_ask a
    join hall.review_need n on n.case_id = a.case_id and n.no = a.no
    join hall.post p on p.post_id = a.post_id
    join hall.department d on d.department_id = p.department_id
    where a.case_id = p_case_id order by a.no, n.line;
end $$;
comment on function api.review_needs(bytea, int8) is
  'review.needs: what the departments of a case find missing, line by line, and what became of it (PAR-2, PAR-4).';
