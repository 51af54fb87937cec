-- Cases as windows see them: find (CASE-12), show, materials, history. All staff find
-- all cases masked; holders of a case's posts see plain text (SEC-1, SEC-3).

set role yimen_owner;

drop function if exists api.case_find(bytea, text, int4, int4); -- its rows had fewer columns
create or replace function api.case_find(p_token bytea, p_q text, p_after int4, p_limit int4)
returns table (case_id int8, number text, item text, applicant text, id_tail text, state text, step text,
  post text, received_at timestamptz, term_at timestamptz, due_at timestamptz, version int4,
  step_due_at timestamptz, light text, step_light text, days_left int4, standing text, action text, step_left int4,
  deliver_at timestamptz)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  q record;
begin
  select * into q from rule.fragment(p_q);
  return query
    select r.* from rule.list_rows(rule.cases_with(q.kind, q.word, rule.page_after(p_after), rule.page_limit(p_limit)),
      v.staff_id, rule.day_of(hall.clock())) r
    -- of a page, a case so numbered comes before one with these digits in its telephone
    order by q.kind = 'digits' and q.word in (right(translate(r.number, '-', ''), length(q.word)),
      right(left(translate(r.number, '-', ''), -1), length(q.word))) desc, r.case_id desc;
end $$;
comment on function api.case_find(bytea, text, int4, int4) is 'case.find: finds cases by any fragment (CASE-12), masked.';

drop function if exists api.case_show(bytea, int8);
create or replace function api.case_show(p_token bytea, p_case_id int8)
returns table (case_id int8, number text, version int4, state text, step text, post_id int8, post text, mine bool,
  item_id int8, item_code text, item text, department text, id_kind text, id_no text, applicant text, phone text,
  address text, agent text, agent_phone text, matter text, received_at timestamptz, accepted_at timestamptz,
  term_at timestamptz, due_at timestamptz, statutory_at timestamptz, provisional bool,
  handling text, result_doc text, light text, step_light text, step_due_at timestamptz, days_left int4,
  standing text, standing_reason text, standing_since timestamptz, standing_until timestamptz, action text,
  unit text, promised int4, hurried int4, extended int4, granted bool, decided_at timestamptz, deliver_at timestamptz,
  handed_at timestamptz, silent bool, fee int8, no_why text, no_facts text, no_basis text, no_where text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  plain bool := rule.handles(v.staff_id, c);
begin
  return query
    select c.case_id, c.number, c.version, c.state, s.name, p.post_id, p.name,
      coalesce(p.holder_id = v.staff_id, false), c.item_version_id, n.code, i.name, d.name, a.id_kind,
      case when plain then a.id_no else rule.mask_id(a.id_no) end,
      case when plain then a.name else rule.mask_name(a.id_kind, a.name) end,
      case when plain then a.phone else rule.mask_phone(a.phone) end,
      case when plain then a.address else rule.mask_text(a.address) end,
      case when plain then g.name else rule.mask_name('resident', g.name) end,
      case when plain then g.phone else rule.mask_phone(g.phone) end,
      case when plain then c.matter else rule.mask_text(rule.mask_words(c.matter, c.case_id)) end,
      c.received_at, c.accepted_at, c.term_at, c.due_at, c.statutory_at, c.provisional, i.handling, i.result_doc,
      c.light, c.step_light, c.step_due_at,
      case when c.decided_at is null and c.state not in ('declined', 'withdrawn', 'lapsed') then rule.days_left(coalesce(least(c.term_at, c.due_at), c.term_at), rule.day_of(hall.clock())) end,
      coalesce(q.name, case when plain then t.authority else rule.mask_words(t.authority, c.case_id) end, t.kind, case when w.case_id is not null then 'deemed' end),
      case when w.case_id is not null then w.basis when plain then t.reason else rule.mask_words(t.reason, c.case_id) end,
      coalesce(t.from_at, w.at), coalesce(t.ends_at, case when t.kind = 'correction' then c.term_at end,
        case when w.consented_at is null then w.consent_until end), rule.next_action(c),
      i.unit, i.promised, c.hurried, c.extended, c.granted, c.decided_at, c.deliver_at, c.handed_at, c.silent, i.fee, g_no.why,
      case when plain then g_no.facts else rule.mask_words(g_no.facts, c.case_id) end, g_no.basis, g_no.said
    from hall.item_version i
    join hall.item n on n.item_id = i.item_id
    join hall.department d on d.department_id = c.department_id
    join hall.post p on p.post_id = c.post_id
    join hall.item_step s on s.item_version_id = c.item_version_id and s.seq = c.step_seq
    join hall.case_party a on a.case_id = c.case_id and a.seq = 1
    left join hall.case_party g on g.case_id = c.case_id and g.seq = 2 and g.role = 'agent'
    left join hall.stand t on t.case_id = c.case_id and t.until_at is null and t.voided_at is null
    left join hall.special_procedure q on q.procedure = t.procedure
    left join lateral rule.no_of(c.case_id) g_no on true
    left join hall.silent_grant w on w.case_id = c.case_id
    where i.item_version_id = c.item_version_id;
end $$;
comment on function api.case_show(bytea, int8) is 'case.show: one case; masked unless one holds a post of it (SEC-1).';

create or replace function api.case_parties(p_token bytea, p_case_id int8)
returns table (seq int2, role text, id_kind text, id_no text, name text, phone text, address text, scope text,
  until date, expired bool)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  plain bool := rule.handles(v.staff_id, c);
  today date := rule.day_of(hall.clock());
begin
  return query
    select y.seq, y.role, y.id_kind,
      case when plain then y.id_no else rule.mask_id(y.id_no) end,
      case when plain then y.name else rule.mask_name(coalesce(y.id_kind, 'resident'), y.name) end,
      case when plain then y.phone else rule.mask_phone(y.phone) end,
      case when plain then y.address else rule.mask_text(y.address) end,
      y.scope, y.until_day, coalesce(y.until_day < today, false)
    from hall.case_party y where y.case_id = c.case_id order by y.seq;
end $$;
comment on function api.case_parties(bytea, int8) is
  'case.parties: everybody a case is of or for; masked unless one holds a post of it (SEC-1).';

create or replace function api.case_visit(p_token bytea, p_case_id int8)
returns table (case_id int8, number text, item text, state text, received_at timestamptz, paper_no text,
  paper_reason text, keyed_at timestamptz, late bool)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
begin
  return query
    select f.case_id, f.number, i.name, f.state, f.received_at, h.no,
      case when rule.handles(v.staff_id, f) then h.reason else rule.mask_words(h.reason, f.case_id) end,
      h.keyed_at, coalesce(h.late, false)
    from hall.case_file f
    join hall.item_version i on i.item_version_id = f.item_version_id
    left join hall.hand_receipt h on h.case_id = f.case_id
    where f.case_id = any (rule.visit_cases(c.case_id))
    order by f.case_id <> c.case_id, f.case_id;
end $$;
comment on function api.case_visit(bytea, int8) is
  'case.visit: how a case came in: with which others on one receipt (CASE-2), on which paper written by hand (CASE-3).';

create or replace function api.case_late(p_token bytea, p_from date, p_until date, p_after int4, p_limit int4)
returns table (case_id int8, number text, item text, department text, paper_no text, received_at timestamptz,
  keyed_at timestamptz, paper_reason text, actor text, window_no int4)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  today date := rule.day_of(hall.clock());
  skip int4 := rule.page_after(p_after);
  n int4 := rule.page_limit(p_limit);
  wide bool := coalesce(rule.classes(v.staff_id), 0) & (4 | 16) <> 0;
  held int8[] := array(select p.post_id from hall.post p where p.holder_id = v.staff_id);
begin
  return query
    select c.case_id, c.number, i.name, d.name, h.no, h.at, h.keyed_at, rule.mask_words(h.reason, c.case_id),
      rule.actor_name(e.staff_id, e.acting, e.for_staff_id), w.no
    from hall.hand_receipt h
    join hall.case_file c on c.case_id = h.case_id
    join hall.item_version i on i.item_version_id = c.item_version_id
    join hall.department d on d.department_id = c.department_id
    join hall.event e on e.case_id = c.case_id and e.seq = 1
    left join hall.window w on w.window_id = e.window_id
    where (wide or e.acting_post_id = any (held)) and h.late and h.keyed_at >= rule.moment(coalesce(p_from, today - 30), '00:00')
      and h.keyed_at < rule.moment(coalesce(p_until, today) + 1, '00:00')
    order by h.keyed_at desc, c.case_id desc offset skip limit n;
end $$;
comment on function api.case_late(bytea, date, date, int4, int4) is
  'case.late: what was keyed in late after a receipt by hand (CASE-3), of the posts held now; for supervision and auditors all, masked.';

create or replace function api.case_materials(p_token bytea, p_case_id int8)
returns table (seq int2, name text, form text, copies int2, required text, state text, note text, later date, told bool)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  plain bool := rule.handles(v.staff_id, c);
begin
  return query
    select m.seq, m.name, m.form, m.copies, m.required, t.state,
      case when plain or t.note is null then t.note else rule.mask_words(t.note, c.case_id) end, t.later, t.told
    from hall.item_material m
    join hall.case_material t on t.case_id = c.case_id and t.seq = m.seq
    where m.item_version_id = c.item_version_id order by m.seq;
end $$;
comment on function api.case_materials(bytea, int8) is 'case.materials: the materials of a case and their ticks.';

drop function if exists api.case_history(bytea, int8); -- its rows had fewer columns
create or replace function api.case_history(p_token bytea, p_case_id int8)
returns table (event_id int8, at timestamptz, event text, from_state text, to_state text, actor text, post text,
  window_no int4, notice text, note text, version int4, clock text, light_was text, light text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  plain bool := rule.handles(v.staff_id, c);
begin
  return query
    select e.event_id, e.at, e.event, e.from_state, e.to_state,
      rule.actor_name(e.staff_id, e.acting, e.for_staff_id), p.name, w.no, n.number,
      case when e.event = 'light' then rule.turned_cn(e.detail)
        when a.paper_id is not null then case when plain then a.name else rule.mask_text(a.name) end
        when plain or e.note is null then e.note else rule.mask_words(e.note, c.case_id) end, e.version,
      case when e.event = 'light' then case e.detail[1] when 'light' then 'due' else 'step' end end,
      case when e.event = 'light' then e.detail[2] end, case when e.event = 'light' then e.detail[3] end
    from hall.event e
    left join hall.paper a on e.event = 'attach' and a.case_id = e.case_id and e.detail[1] = 'attachment.' || a.paper_id
    left join hall.post p on p.post_id = e.acting_post_id
    left join hall.window w on w.window_id = e.window_id
    left join hall.notice n on n.notice_id = e.notice_id
    where e.case_id = c.case_id order by e.seq;
end $$;
comment on function api.case_history(bytea, int8) is 'case.history: everything that happened to a case (CASE-13).';
