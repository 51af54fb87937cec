-- Attachments and originals as windows see them (PAR-7, CASE-2).

set role yimen_owner;

-- Outside the slots (decision 5): its own key is case, hash and chunk. Cut anywhere, it goes on
-- from what is here: without bytes it only tells which chunk is wanted next.
drop function if exists api.paper_put(bytea, int8, bytea, int4, int2, text, int4, bytea);
create or replace function api.paper_put(p_token bytea, p_case_id int8, p_sha256 bytea, p_size int4, p_seq int2,
  p_name text, p_no int4, p_bytes bytea, p_void_id int8 default null)
returns table (paper_id int8, next int4, chunks int4)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  k command.call;
  u hall.paper_upload;
begin
  k.staff_id := v.staff_id;
  k.window_id := v.window_id;
  chunks := rule.paper_chunks(p_size);
  if octet_length(p_sha256) <> 32 then
    perform rule.invalid('paper.sha256', 'sha256');
  end if;
  perform rule.open_holders(false);
  perform rule.act_on_papers(k, c);
  perform rule.need_material(c.case_id, p_seq);
  if p_bytes is not null and p_no = chunks - 1 then
    c := rule.settle(c.case_id); -- before the upload, whose foreign key locks the case a little, too
  end if;
  paper_id := rule.standing_paper(c.case_id, p_sha256);
  if paper_id is null then
    u := rule.open_upload(c, p_sha256, p_size);
    paper_id := rule.standing_paper(c.case_id, p_sha256); -- become whole while its lock was waited for
  end if;
  if paper_id is not null then -- sent again after its answer was lost, or attached before
    delete from hall.paper_upload x where x.paper_id = u.paper_id;
    next := chunks;
    return next;
    return;
  end if;
  perform rule.need_not_void(c.case_id, p_sha256, p_void_id);
  if p_bytes is not null then
    u := rule.take_chunk(u, p_no, p_bytes);
  end if;
  next := u.next;
  if next = chunks then
    perform rule.need_content(u);
    k := rule.act_on_papers(k, c);
    perform rule.room_for_paper(c, u.sha256, u.size);
    perform rule.attach(k, c, u, p_seq, p_name);
    paper_id := u.paper_id;
  end if;
  return next;
end $$;
comment on function api.paper_put(bytea, int8, bytea, int4, int2, text, int4, bytea, int8) is
  'paper.put: takes a chunk of an attachment; with the last one, and the right hash, it exists (PAR-7).';

create or replace function api.paper_get(p_token bytea, p_paper_id int8, p_no int4)
returns table (no int4, chunks int4, case_id int8, name text, media text, size int4, sha256 bytea, bytes bytea)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  p hall.paper;
begin
  select * into p from hall.paper x where x.paper_id = p_paper_id;
  if not found then
    perform rule.refuse('paper.none');
  elsif not rule.handles(v.staff_id, rule.case_to_read(p.case_id)) then
    perform rule.deny('paper.hidden');
  elsif coalesce(p_no, 0) not between 0 and rule.paper_chunks(p.size) - 1 then
    perform rule.invalid('paper.no', 'no');
  end if;
  perform rule.note_read(v, p, coalesce(p_no, 0));
  return query
    select x.no, rule.paper_chunks(p.size), p.case_id, p.name, p.media, p.size, p.sha256, x.bytes
    from hall.paper_chunk x where x.paper_id = p.paper_id and x.no = coalesce(p_no, 0);
end $$;
comment on function api.paper_get(bytea, int8, int4) is
  'paper.get: a chunk of an attachment, for those who handle its case; every get is written down (SEC-1).';

create or replace function api.paper_list(p_token bytea, p_case_id int8)
returns table (paper_id int8, seq int2, material text, name text, media text, size int4, sha256 bytea, at timestamptz,
  actor text, window_no int4, voided_at timestamptz, void_reason text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  plain bool := rule.handles(v.staff_id, c);
begin
  return query
    select p.paper_id, p.seq, m.name, case when plain then p.name else rule.mask_text(p.name) end, p.media, p.size,
      case when plain then p.sha256 end, p.at, rule.actor_name(p.staff_id, p.acting, p.for_staff_id), w.no, p.voided_at,
      case when plain then p.void_reason else rule.mask_words(p.void_reason, c.case_id) end
    from hall.paper p
    left join hall.item_material m on m.item_version_id = c.item_version_id and m.seq = p.seq
    left join hall.window w on w.window_id = p.window_id
    where p.case_id = c.case_id order by p.paper_id;
end $$;
comment on function api.paper_list(bytea, int8) is
  'paper.list: attachments of a case; who does not handle it sees that they are there (SEC-1).';

drop function if exists api.paper_void(bytea, int4, int2, int8, bytea, int8, text);
create or replace function api.paper_void(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_paper_id int8, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  p hall.paper;
begin
  if k.fresh then
    c := rule.paper_case(p_paper_id);
    begin
      if c.case_id is null then
        perform rule.refuse('paper.none');
      end if;
      k := rule.act_in(k, c);
      update hall.paper x set voided_at = k.at, void_reason = btrim(p_reason)
      where x.paper_id = p_paper_id and x.voided_at is null returning * into p;
      if not found then
        perform rule.refuse('paper.void');
      end if;
      perform rule.record(k, c, 'void_paper', c.state, null, p.void_reason,
        array['attachment.' || p.paper_id, rule.paper_mark(p), '']);
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.paper_void(bytea, int4, int2, int8, bytea, int8, text, bytea) is
  'paper.void: marks a wrong attachment void, with its reason; it is kept.';

drop function if exists api.paper_keep(bytea, int4, int2, int8, bytea, int8, text[], int2[], int2[]);
create or replace function api.paper_keep(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_name text[], p_copies int2[], p_seq int2[], p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
begin
  if k.fresh then
    perform rule.settle_visit(p_case_id); -- they share a receipt
    c := rule.settle(p_case_id);
    begin
      k := rule.act_on_papers(k, c);
      perform rule.keep_originals(k, c, p_name, p_copies, p_seq);
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.paper_keep(bytea, int4, int2, int8, bytea, int8, text[], int2[], int2[], bytea) is
  'paper.keep: lists originals that the window keeps, on the receipt of the same day, else on a slip (CASE-2).';

drop function if exists api.paper_originals(bytea, int8);
create or replace function api.paper_originals(p_token bytea, p_case_id int8)
returns table (original_id int8, seq int2, name text, copies int2, kept_at timestamptz, kept_by text, kept_window int4,
  returned_at timestamptz, returned_by text, returned_window int4, receiver text, remark text, notice_id int8)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  plain bool := rule.handles(v.staff_id, c);
begin
  return query
    select o.original_id, o.seq, case when plain then o.name else rule.mask_words(o.name, c.case_id) end, o.copies,
      o.kept_at, s.name, w.no, o.returned_at, r.name, q.no,
      case when plain then o.receiver else rule.mask_name('resident', o.receiver) end,
      case when plain then o.remark else rule.mask_text(o.remark) end, rule.paper_of_original(o)
    from hall.original o
    join hall.staff s on s.staff_id = o.kept_by
    join hall.window w on w.window_id = o.kept_window_id
    left join hall.staff r on r.staff_id = o.returned_by
    left join hall.window q on q.window_id = o.returned_window_id
    where o.case_id = c.case_id order by o.original_id;
end $$;
comment on function api.paper_originals(bytea, int8) is 'paper.originals: originals of a case, kept and returned (CASE-2).';

drop function if exists api.paper_return(bytea, int4, int2, int8, bytea, int8, int8[], text, text);
create or replace function api.paper_return(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_original_id int8[], p_receiver text, p_remark text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      if c.case_id is null then
        perform rule.refuse('case.none');
      end if;
      k := rule.act_in(k, c); -- in any state: what is kept must go back
      perform rule.give_back(k, c, p_original_id, p_receiver, p_remark);
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.paper_return(bytea, int4, int2, int8, bytea, int8, int8[], text, text, bytea) is
  'paper.return: originals go back to who signs for them, on a slip that is printed (CASE-2).';
