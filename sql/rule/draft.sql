-- Drafts: who may see one, and how it goes with the write that ends its form.

set role yimen_owner;

create or replace function rule.draft_post(d hall.draft) returns int8 language plpgsql stable as $$
begin
  return coalesce((select c.post_id from hall.case_file c where c.case_id = d.case_id), d.post_id);
end $$;
comment on function rule.draft_post(hall.draft) is 'The post a draft belongs to: of its case now, else of its item.';

create or replace function rule.may_draft(d hall.draft, p_staff_id int8) returns bool language plpgsql stable as $$
begin
  return d.ended is null and (d.staff_id = p_staff_id
    or exists (select from hall.post p where p.post_id = rule.draft_post(d) and p.holder_id = p_staff_id));
end $$;
comment on function rule.may_draft(hall.draft, int8) is
  'A draft is its owner''s, and of who holds its post now, so that a covering B can go on with it (POST-8).';

create or replace function rule.draft_key(p_draft bytea) returns bytea language plpgsql stable as $$
begin
  if octet_length(p_draft) <> 16 then
    perform rule.invalid('draft.key', 'draft');
  end if;
  return p_draft;
end $$;
comment on function rule.draft_key(bytea) is 'Refuses what is no key of a draft; NULL is none.';

-- The two lines for writes of a form. Inside the block that a refusal undoes: then it stays.
create or replace function rule.end_draft(k command.call, p_draft bytea) returns void language plpgsql as $$
begin
  if rule.draft_key(p_draft) is null then
    return;
  end if;
  insert into hall.draft as d (draft_key, staff_id, window_id, screen, saved_at, ended)
  values (p_draft, k.staff_id, k.window_id, '', k.at, 'done')
  on conflict (draft_key) do update
    set ended = 'done', title = null, content = null, window_id = k.window_id, saved_at = k.at
    where d.staff_id = k.staff_id and d.ended is null;
end $$;
comment on function rule.end_draft(command.call, bytea) is
  'This write ends the form: its draft goes in the same transaction. NULL: it has none.';

create or replace function rule.bind_draft(k command.call, p_draft bytea, p_case_id int8) returns void
language plpgsql as $$
begin
  if rule.draft_key(p_draft) is null then
    return;
  end if;
  insert into hall.draft as d (draft_key, staff_id, window_id, case_id, screen, saved_at)
  values (p_draft, k.staff_id, k.window_id, p_case_id, '', k.at)
  on conflict (draft_key) do update set case_id = p_case_id
    where d.staff_id = k.staff_id and d.ended is null;
end $$;
comment on function rule.bind_draft(command.call, bytea, int8) is
  'This write makes the case the form goes on with: whoever opens the draft again goes on with that case, and makes no second one.';
