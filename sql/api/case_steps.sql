-- The procedure of a case and where it stood still, as windows see them (CASE-5, CASE-6, CASE-9).

set role yimen_owner;

create or replace function api.case_steps(p_token bytea, p_case_id int8)
returns table (seq int2, phase text, name text, post_id int8, post text, holder text, step_limit int4, unit text,
  state text, since timestamptz, due_at timestamptz, light text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
begin
  return query
    select s.seq, s.phase, s.name, s.post_id, p.name, h.name, s.limit_days, i.unit,
      case when s.seq < c.step_seq or c.state = 'closed' then 'past' when s.seq > c.step_seq then 'to_come' else 'now' end,
      case when s.seq = c.step_seq then coalesce(c.step_at, c.received_at) end,
      case when s.seq = c.step_seq then c.step_due_at end, case when s.seq = c.step_seq then c.step_light end
    from hall.item_step s
    join hall.item_version i on i.item_version_id = s.item_version_id
    join hall.post p on p.post_id = s.post_id
    left join hall.staff h on h.staff_id = p.holder_id
    where s.item_version_id = c.item_version_id order by s.seq;
end $$;
comment on function api.case_steps(bytea, int8) is
  'case.steps: the procedure a case was received under, its posts, where it is now (CASE-5, CAT-4).';

create or replace function api.case_stands(p_token bytea, p_case_id int8)
returns table (seq int2, kind text, "procedure" text, reason text, expected int4, ends_at timestamptz, authority text,
  document_no text, from_at timestamptz, until_at timestamptz, outcome text, voided_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  plain bool := rule.handles(v.staff_id, c);
begin
  return query
    select t.seq, t.kind, q.name, case when plain then t.reason else rule.mask_words(t.reason, c.case_id) end, t.expected,
      t.ends_at, case when plain then t.authority else rule.mask_words(t.authority, c.case_id) end,
      case when plain then t.document_no else rule.mask_words(t.document_no, c.case_id) end, t.from_at, t.until_at,
      case when plain then t.outcome else rule.mask_words(t.outcome, c.case_id) end, t.voided_at
    from hall.stand t
    left join hall.special_procedure q on q.procedure = t.procedure
    where t.case_id = c.case_id order by t.seq;
end $$;
comment on function api.case_stands(bytea, int8) is 'case.stands: when and why a case stood still (CASE-6, CASE-9, ONE-3).';

create or replace function api.case_foresee(p_token bytea, p_case_id int8, p_days int4, p_promised int4)
returns table (extend_max int4, due_at timestamptz, statutory_at timestamptz, provisional bool)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  longest int4 := rule.extension_max(c);
begin
  c.last_at := greatest(hall.clock(), c.last_at);
  if p_days between 1 and 999 then
    c := rule.extended(c, p_days);
  elsif p_promised is not null then
    c := rule.hurried(c, p_promised);
  end if;
  return query select longest, c.due_at, c.statutory_at, c.provisional;
end $$;
comment on function api.case_foresee(bytea, int8, int4, int4) is
  'case.foresee: where a case''s limits would end, were it extended or expedited by so much (CASE-7, CASE-10).';

create or replace function api.case_acts(p_token bytea, p_case_id int8, p_action text)
returns table (action text, code text, arg1 text, arg2 text, except_kind text, except_state text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
begin
  return query
    select p.* from unnest(rule.actions()) a (name)
    cross join lateral rule.possible(c, v.staff_id, a.name) p
    where p_action is null or a.name = p_action order by a.name;
end $$;
comment on function api.case_acts(bytea, int8, text) is
  'case.acts: what one can do to a case now, and of the rest why not, before a form is filled in (CASE-16, SEC-3).';
