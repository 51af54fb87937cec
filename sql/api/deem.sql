-- Silence that grants, as windows see and follow it (DEEM-2, DEEM-3, DEEM-5).

set role yimen_owner;

create or replace function api.deem_licence(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_licence_no text, p_expires date, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  detail text[];
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.act_on_papers(k, c);
      c.last_at := k.at;
      detail := rule.name_licence(k, c, p_licence_no, p_expires);
      perform rule.touch(c);
      perform rule.record(k, c, 'licence', c.state, null, null, detail);
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.deem_licence(bytea, int4, int2, int8, bytea, int8, text, date, bytea) is
  'deem.licence: the licence a renewal renews and its last day, by which silence grants (DEEM-5, 行政许可法 art. 50).';

create or replace function api.deem_follow(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_document_no text, p_words text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  detail text[];
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.act_on_papers(k, c);
      c.last_at := k.at;
      detail := rule.follow_silence(k, c, p_document_no, p_words);
      perform rule.touch(c);
      perform rule.record(k, c, 'follow', c.state, null, nullif(btrim(p_words), ''), detail);
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.deem_follow(bytea, int4, int2, int8, bytea, int8, text, text, bytea) is
  'deem.follow: the written decision to what silence granted, within a working day (DEEM-3, DEEM-5).';

create or replace function api.deem_list(p_token bytea, p_scope text, p_case_id int8, p_after int4, p_limit int4)
returns table (case_id int8, number text, item text, applicant text, state text, post text, holder text, mine bool, why text, basis text,
  at timestamptz, days_left int4, light text, granted bool, actor text, consent_until timestamptz, consented_at timestamptz, document_no text,
  licence_no text, expires date, in_time bool)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  held int8[] := rule.posts_held(v.staff_id);
  today date := rule.day_of(hall.clock());
begin
  if p_scope = 'case' then
    perform rule.case_to_read(p_case_id);
  elsif p_scope not in ('mine', 'tonight') then
    perform rule.invalid('review.scope', 'scope');
  end if;
  return query
    with page as materialized (
      select c, q.at, g from (
        select d.case_id as id, d.at as at from hall.due d where d.kind = 'grant' and p_scope is distinct from 'case'
          and (p_scope = 'tonight' and d.at <= rule.moment(today + 1, '00:00') or p_scope is distinct from 'tonight')
        union all
        select s.case_id, s.consent_until from hall.silent_grant s where s.consented_at is null and p_scope is distinct from 'tonight' and p_scope is distinct from 'case'
        union all
        select p_case_id, null where p_scope = 'case'
      ) q
      join hall.case_file c on c.case_id = q.id
      left join hall.silent_grant g on g.case_id = c.case_id
      where p_scope in ('case', 'tonight') or c.post_id = any (held) or g.post_id = any (held)
      order by q.at, c.case_id offset rule.page_after(p_after) limit rule.page_limit(p_limit)
    ), dated as materialized (
      select p.c, p.g, w.at, w.why, w.basis, rule.day_of(coalesce((p.g).consent_until, w.at)) as day
      from page p cross join lateral (select * from rule.grants_at(p.c)) w
    )
    select (p.c).case_id, (p.c).number, i.name, case when rule.handles_as(v.staff_id, held, p.c) then a.name else rule.mask_name(a.id_kind, a.name) end,
      (p.c).state, o.name, h.name, coalesce(o.holder_id = v.staff_id, false), coalesce((p.g).why, p.why),
      coalesce((p.g).basis, p.basis, i.promise_basis, i.renewal_basis), coalesce((p.g).at, p.at),
      case when p.day is not null and (p.g).consented_at is null then rule.days_left(rule.moment(p.day, '00:00'), today) end,
      case when p.day is not null and (p.g).consented_at is null then rule.light(rule.moment(p.day, '00:00'),
        (p.g).case_id is not null or rule.short_of(p.c, null), today) end,
      (p.g).case_id is not null, case when (p.g).staff_id is not null then rule.actor_name((p.g).staff_id, (p.g).acting, (p.g).for_staff_id) end,
      (p.g).consent_until, (p.g).consented_at, (p.g).document_no, l.number, l.expires, rule.asked_in_time(p.c, l)
    from dated p
    join hall.item_version i on i.item_version_id = (p.c).item_version_id
    join hall.case_party a on a.case_id = (p.c).case_id and a.seq = 1
    join hall.post o on o.post_id = (p.c).post_id
    left join hall.staff h on h.staff_id = o.holder_id
    left join hall.old_licence l on l.case_id = (p.c).case_id
    order by coalesce((p.g).consent_until, p.at), (p.c).case_id;
end $$;
comment on function api.deem_list(bytea, text, int8, int4, int4) is
  'deem.list: cases silence will grant and those whose written decision is to follow, of the posts one holds; tonight''s; one case (DEEM-2, DEEM-3, DEEM-5).';
