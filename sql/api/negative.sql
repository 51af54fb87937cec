-- The register of negative decisions as windows see it (NEG-1).

set role yimen_owner;

create or replace function api.negative_enter(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_number text, p_category text, p_facts text, p_basis text, p_major bool, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
begin
  if k.fresh then
    c := rule.settle(coalesce(p_case_id, rule.case_numbered(p_number)));
    begin
      k := rule.enter_negative(k, c, p_category, p_facts, p_basis, p_major);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.negative_enter(bytea, int4, int2, int8, bytea, int8, text, text, text, text, bool, bytea) is
  'negative.enter: enters a no by hand that no command makes: cannot finish in time, other (NEG-1).';

drop function if exists api.negative_list(bytea, int8, text, int4, int4);
create or replace function api.negative_list(p_token bytea, p_department_id int8, p_category text, p_after int4, p_limit int4)
returns table (negative_id int8, number text, at timestamptz, category text, why text, case_id int8, case_number text, item text,
  applicant text, phone text, matter text, facts text, basis text, to_where text, major bool, handler text, post text,
  window_no int4, notice text, voided_at timestamptz, before text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  wide bool := coalesce(rule.classes(v.staff_id), 0) & (4 | 16) <> 0;
  own int8 := (select s.department_id from hall.staff s where s.staff_id = v.staff_id);
begin
  return query
    select g.negative_id, g.number, g.at, g.category, g.why, g.case_id, c.number, i.name,
      case when m.plain then a.name else rule.mask_name(a.id_kind, a.name) end,
      case when m.plain then a.phone else rule.mask_phone(a.phone) end,
      case when m.plain then c.matter else rule.mask_text(rule.mask_words(c.matter, c.case_id)) end,
      case when m.plain then g.facts else rule.mask_words(g.facts, c.case_id) end, g.basis,
      coalesce(concat_ws(' ', d.name, p.name) || coalesce('，' || g.to_where, ''), g.to_where), g.major,
      rule.actor_name(g.staff_id, g.acting, g.for_staff_id), o.name, w.no, n.number, g.voided_at,
      case when m.plain then b.before else rule.mask_words(b.before, c.case_id) end
    from (select * from hall.negative x
      where (wide or x.department_id = own) and (p_department_id is null or x.department_id = p_department_id)
        and (p_category is null or x.category = p_category)
      order by x.negative_id desc offset rule.page_after(p_after) limit rule.page_limit(p_limit)) g
    join hall.case_file c on c.case_id = g.case_id
    join hall.item_version i on i.item_version_id = c.item_version_id
    join hall.case_party a on a.case_id = g.case_id and a.seq = 1
    cross join lateral (select rule.handles(v.staff_id, c)) m (plain)
    left join hall.post p on p.post_id = g.to_post_id
    left join hall.department d on d.department_id = p.department_id
    join hall.post o on o.post_id = g.post_id
    join hall.window w on w.window_id = g.window_id
    left join hall.notice n on n.notice_id = g.notice_id
    left join lateral (select string_agg(x.facts || '（' || x.basis || '）', '；' order by x.no) as before
      from hall.negative_was x where x.negative_id = g.negative_id) b on true
    order by g.negative_id desc;
end $$;
comment on function api.negative_list(bytea, int8, text, int4, int4) is
  'negative.list: the register of one''s own department (NEG-1); of the whole hall for supervisors and auditors.';
