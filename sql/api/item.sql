-- The catalogue as windows see it (CAT): item.find, show, materials, guide.

set role yimen_owner;

-- One pass over the versions in force, a table of its own width: what is joined is joined to
-- the page, not to what was looked through.
create or replace function api.item_find(p_token bytea, p_q text, p_department_id int8, p_mine bool,
  p_after int4, p_limit int4)
returns table (item_id int8, code text, name text, department text, handling text, promised int4,
  unit text, guide bool, mine bool)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  q text := replace(rule.fold(btrim(coalesce(p_q, ''))), ' ', '');
  kind text := case when q = '' then 'all' when q ~ '^[a-z]+$' then 'initials' when q ~ '^[a-z0-9-]+$' then 'code' else 'name' end;
  skip int4 := rule.page_after(p_after);
  n int4 := rule.page_limit(p_limit);
  own int8[] := array(select s.item_version_id from hall.post p
    join hall.item_step s on s.post_id = p.post_id and s.seq = 0 where p.holder_id = v.staff_id);
  theirs int8[];
begin
  if p_department_id is not null then
    theirs := array(select x.item_id from hall.item x where x.department_id = p_department_id);
  end if;
  return query
    select f.item_version_id, t.code, f.name, d.name, f.handling, f.promised, f.unit, f.guide, f.is_own
    from (
      select i.item_version_id, i.item_id, i.name, i.handling, i.promised, i.unit, i.guide, i.sort_code,
        i.item_version_id in (select unnest(own)) as is_own,
        starts_with(i.initials, q) or starts_with(i.name, q) as front, char_length(i.name) as long
      from hall.item_version i
      where i.in_force
        and case kind when 'all' then true when 'initials' then position(q in i.initials) > 0
          when 'code' then position(q in i.sort_code) > 0 else position(q in i.words) > 0 end
        and (theirs is null or i.item_id in (select unnest(theirs)))
        and (p_mine is not true or i.item_version_id in (select unnest(own)))
      order by is_own desc, i.guide desc, front desc, long, i.sort_code
      offset skip limit n) f
    join hall.item t on t.item_id = f.item_id
    join hall.department d on d.department_id = t.department_id
    order by f.is_own desc, f.guide desc, f.front desc, f.long, f.sort_code;
end $$;
comment on function api.item_find(bytea, text, int8, bool, int4, int4) is
  'item.find: by fragment of name, initials, code, department; one''s own first (CAT-6).';

create or replace function api.item_show(p_token bytea, p_item_id int8)
returns table (item_id int8, code text, version int4, name text, main_item text, department text,
  task_type text, handling text, legal_basis text, steps text, statutory int4, promised int4, unit text,
  fee int8, fee_basis text, result_doc text, answer_days int4, guide bool, post_id int8, post text, window_no int4)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform rule.session(p_token);
  return query
    select i.item_version_id, n.code, i.version, i.name, i.main_item, d.name, i.task_type, i.handling,
      i.legal_basis, (select string_agg(s.name, ' → ' order by s.seq) from hall.item_step s
        where s.item_version_id = i.item_version_id),
      i.statutory, i.promised, i.unit, i.fee, i.fee_basis, i.result_doc, i.answer_days, i.guide,
      p.post_id, p.name, (rule.window_of(p.post_id, rule.day_of(hall.clock()))).no
    from hall.item_version i
    join hall.item n on n.item_id = i.item_id
    join hall.department d on d.department_id = n.department_id
    left join hall.item_step s on s.item_version_id = i.item_version_id and s.seq = 0
    left join hall.post p on p.post_id = s.post_id
    where i.item_version_id = p_item_id;
  if not found then
    perform rule.refuse('item.none');
  end if;
end $$;
comment on function api.item_show(bytea, int8) is 'item.show: what an item publishes (CAT-1).';

create or replace function api.item_materials(p_token bytea, p_item_id int8)
returns table (seq int2, name text, form text, copies int2, required text, source text, note text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform rule.session(p_token);
  return query
    select m.seq, m.name, m.form, m.copies, m.required, m.source, m.note
    from hall.item_material m where m.item_version_id = p_item_id order by m.seq;
end $$;
comment on function api.item_materials(bytea, int8) is 'item.materials: an item''s materials (CAT-5).';

create or replace function api.item_guide(p_token bytea, p_item_id int8)
returns table (no int2, block text, c1 text, c2 text, c3 text, c4 text, widths text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  c hall.case_file; -- empty but for its item
begin
  perform rule.session(p_token);
  select i.item_version_id into c.item_version_id from hall.item_version i where i.item_version_id = p_item_id;
  if not found then
    perform rule.refuse('item.none');
  elsif not (select i.guide from hall.item_version i where i.item_version_id = p_item_id) then
    perform rule.refuse('item.no_guide');
  end if;
  return query
    select b.ord::int2, b.block, b.c1, b.c2, b.c3, b.c4, b.widths
    from unnest(rule.compose(c, 'guide', null, hall.clock(), null,
      rule.ticked(null, p_item_id, rule.day_of(hall.clock()), null, null, null, null), null))
      with ordinality b (block, c1, c2, c3, c4, widths, ord)
    order by b.ord;
end $$;
comment on function api.item_guide(bytea, int8) is 'item.guide: the guide (办事指南) as blocks to print.';

-- Guessing numbers is of no use: strangers are counted, and every acquaintance is on record,
-- by key, since the record must not be a list of identity numbers.
drop function if exists api.applicant_find(bytea, text, text);
create or replace function api.applicant_find(p_token bytea, p_id_kind text, p_id_no text)
returns table (applicant_id int8, id_kind text, id_no text, name text, phone text, address text, open_cases int4,
  agent_name text, agent_id_kind text, agent_id_no text, agent_phone text, agent_scope text, agent_until date)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  a hall.applicant;
begin
  perform rule.may_ask(v.session_id);
  select * into a from hall.applicant x where x.id_no = rule.ident_no(p_id_no) and x.id_kind = p_id_kind;
  if not found then
    perform rule.stranger(v.session_id);
    return;
  end if;
  return query select * from rule.acquaintance(v, a);
end $$;
comment on function api.applicant_find(bytea, text, text) is
  'applicant.find: recalls a known applicant by the whole identity number, which is why it is not masked, but its agent may be; on record (SEC-1).';

create or replace function api.applicant_phone(p_token bytea, p_phone text)
returns table (applicant_id int8, id_kind text, id_no text, name text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
begin
  perform rule.may_ask(v.session_id);
  return query select a.applicant_id, a.id_kind, rule.mask_id(a.id_no), rule.mask_name(a.id_kind, a.name)
    from rule.with_phone(p_phone) a;
  if not found then
    perform rule.stranger(v.session_id);
  end if;
end $$;
comment on function api.applicant_phone(bytea, text) is
  'applicant.phone: who is known by a telephone, masked: people may share one (SEC-1).';

create or replace function api.applicant_show(p_token bytea, p_applicant_id int8, p_phone text)
returns table (applicant_id int8, id_kind text, id_no text, name text, phone text, address text, open_cases int4,
  agent_name text, agent_id_kind text, agent_id_no text, agent_phone text, agent_scope text, agent_until date)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  a hall.applicant;
begin
  perform rule.may_ask(v.session_id);
  select w.* into a from rule.with_phone(p_phone) w where w.applicant_id = p_applicant_id;
  if not found then -- a key alone opens nothing
    perform rule.stranger(v.session_id);
    return;
  end if;
  return query select * from rule.acquaintance(v, a);
end $$;
comment on function api.applicant_show(bytea, int8, text) is
  'applicant.show: the one chosen among those with a telephone; not masked, on record (SEC-1).';
