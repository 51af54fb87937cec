-- The operations draft.*: outside the slots, idempotent by the draft's own key.

set role yimen_owner;

-- A locked session saves too: what was typed before the lock must not wait for the password.
create or replace function api.draft_save(p_token bytea, p_draft bytea, p_revision int4, p_screen text,
  p_item_id int8, p_case_id int8, p_title text, p_content bytea) returns table (revision int4)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token, true);
  d hall.draft;
begin
  perform rule.draft_key(p_draft);
  select * into d from hall.draft x where x.draft_key = p_draft for update;
  if not found then
    if (select count(*) from hall.draft x where x.staff_id = v.staff_id and x.ended is null)
        >= hall.setting_text('draft.most')::int4 then
      perform rule.refuse('draft.many', hall.setting_text('draft.most'));
    end if;
    insert into hall.draft (draft_key, staff_id, window_id, screen, saved_at)
    values (p_draft, v.staff_id, v.window_id, p_screen, hall.clock()) on conflict do nothing;
    select * into d from hall.draft x where x.draft_key = p_draft for update;
  end if;
  if (d.staff_id, d.window_id) <> (v.staff_id, v.window_id) then
    perform rule.refuse('draft.taken');
  elsif d.ended is not null then
    perform rule.refuse('draft.ended');
  elsif p_revision < d.revision then
    return query select d.revision;
    return;
  end if;
  return query
    update hall.draft x
    set revision = p_revision, screen = p_screen, title = p_title, content = p_content, saved_at = hall.clock(),
      item_version_id = (select i.item_version_id from hall.item_version i where i.item_version_id = p_item_id),
      case_id = coalesce(x.case_id, (select c.case_id from hall.case_file c where c.case_id = p_case_id)),
      post_id = (select s.post_id from hall.item_step s where s.item_version_id = p_item_id and s.seq = 0)
    where x.draft_key = p_draft
    returning x.revision;
end $$;
comment on function api.draft_save(bytea, bytea, int4, text, int8, int8, text, bytea) is
  'draft.save: keeps what was typed so far; a key is of one person at one window until it is taken.';

create or replace function api.draft_list(p_token bytea)
returns table (draft bytea, screen text, item text, case_id int8, number text, state text, title text,
  person text, mine bool, window_no int4, saved_at timestamptz, revision int4)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
begin
  delete from hall.draft d
  where d.saved_at < hall.clock() - make_interval(days =>
    case when d.ended is null then hall.setting_text('draft.days')::int4 else 1 end);
  return query
    with seen as (
      select d.* from hall.draft d where d.staff_id = v.staff_id and d.ended is null
      union
      select d.* from hall.post p join hall.draft d on d.post_id = p.post_id
      where p.holder_id = v.staff_id and d.ended is null
      union
      select d.* from hall.post p join hall.case_file c on c.post_id = p.post_id join hall.draft d on d.case_id = c.case_id
      where p.holder_id = v.staff_id and d.ended is null
    )
    select d.draft_key, d.screen, i.name, d.case_id, c.number, c.state, d.title, s.name, d.staff_id = v.staff_id,
      w.no, d.saved_at, d.revision
    from seen d
    join hall.staff s on s.staff_id = d.staff_id
    join hall.window w on w.window_id = d.window_id
    left join hall.case_file c on c.case_id = d.case_id
    left join hall.item_version i on i.item_version_id = coalesce(c.item_version_id, d.item_version_id)
    where d.content is not null and rule.may_draft(d, v.staff_id)
    order by d.staff_id <> v.staff_id, d.saved_at desc, d.draft_key limit 200;
end $$;
comment on function api.draft_list(bytea) is
  'draft.list: open drafts, one''s own first, then those of posts held now. Deletes what nobody came back to.';

create or replace function api.draft_take(p_token bytea, p_draft bytea)
returns table (screen text, item_id int8, case_id int8, number text, version int4, revision int4, content bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  d hall.draft;
begin
  select * into d from hall.draft x where x.draft_key = rule.draft_key(p_draft) for update;
  if d.content is null or not rule.may_draft(d, v.staff_id) then
    perform rule.refuse('draft.none');
  end if;
  if d.staff_id <> v.staff_id then
    perform rule.audit('window', v.window_id, 'draft.take', v.staff_id, v.window_id,
      array['staff', d.staff_id::text, v.staff_id::text, 'screen', '', d.screen]);
  end if;
  update hall.draft x set staff_id = v.staff_id, window_id = v.window_id where x.draft_key = p_draft;
  return query
    select d.screen, d.item_version_id, d.case_id, c.number, c.version, d.revision, d.content
    from (values (1)) one left join hall.case_file c on c.case_id = d.case_id;
end $$;
comment on function api.draft_take(bytea, bytea) is
  'draft.take: the draft goes on at this window; of another person''s only with the post it belongs to, and on record.';

create or replace function api.draft_drop(p_token bytea, p_draft bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v rule.viewer := rule.session(p_token);
  d hall.draft;
begin
  insert into hall.draft as x (draft_key, staff_id, window_id, screen, saved_at, ended)
  values (rule.draft_key(p_draft), v.staff_id, v.window_id, '', hall.clock(), 'dropped')
  on conflict (draft_key) do update
    set ended = 'dropped', title = null, content = null, window_id = v.window_id, saved_at = hall.clock()
    where rule.may_draft(x, v.staff_id)
  returning x.* into d;
  if d.staff_id <> v.staff_id then
    perform rule.audit('window', v.window_id, 'draft.drop', v.staff_id, v.window_id,
      array['staff', d.staff_id::text, v.staff_id::text, 'screen', '', d.screen]);
  end if;
end $$;
comment on function api.draft_drop(bytea, bytea) is
  'draft.drop: throws a draft away, also one whose first save is still on its way; another person''s on record.';
