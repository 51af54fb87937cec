-- Papers as windows see them (DOC): preview, list, show, and the record of printing.

set role yimen_owner;

drop function if exists api.notice_preview(bytea, int8, text, int2[], text[], text[], date[], text);
drop function if exists api.notice_preview(bytea, int8, text, int2[], text[], text[], date[], text, text, text, text, int8, text,
  text, text, date, text);
create or replace function api.notice_preview(p_token bytea, p_case_id int8, p_kind text,
  p_seq int2[], p_state text[], p_note text[], p_later date[], p_remark text, p_why text, p_facts text, p_basis text,
  p_to_post int8, p_to_where text, p_document text, p_document_no text, p_signed_on date, p_signed_by text,
  p_major bool default null)
returns table (no int2, block text, c1 text, c2 text, c3 text, c4 text, widths text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  k command.call;
  at_now timestamptz := greatest(hall.clock(), c.last_at);
  mats rule.material[] := '{}';
  given text[] := '{}';
  action text := case p_kind when 'correction' then 'correct' when 'acceptance' then 'accept' else p_kind end;
begin
  if p_kind not in ('correction', 'acceptance', 'decline', 'finish', 'withdraw') then
    perform rule.invalid('notice.kind', 'kind');
  end if;
  k.staff_id := v.staff_id;
  k := rule.act_for(k, rule.post_for(c, action));
  perform rule.transit(c.state, action);
  perform rule.need_checked(c, action);
  if p_kind in ('acceptance', 'finish') then
    mats := rule.ticked(c.case_id, c.item_version_id, rule.day_of(at_now), p_seq, p_state, p_note, p_later);
  end if;
  case p_kind
    when 'correction' then
      mats := rule.to_correct(c, at_now, p_seq, p_state, p_note, p_later);
      given := rule.correction_words(c);
      p_remark := nullif(concat_ws('；', nullif(btrim(p_remark), ''), rule.other_needs(c, p_remark)), '');
      c := rule.corrected(c, at_now);
    when 'acceptance' then
      perform rule.need_complete(mats, rule.day_of(at_now));
      c := rule.accepted(c, at_now, at_now, action);
    when 'decline' then
      given := rule.declined_words(c, p_why, p_facts, p_basis, p_to_post, p_to_where, at_now);
      perform rule.need_major(c, p_major, 'decline');
      c := rule.ended(c, at_now, action);
    when 'finish' then
      perform rule.to_finish(c, at_now, mats);
      mats := '{}';
      given := rule.finished_words(c, p_document, p_document_no);
      c := rule.ended(rule.finished(c, at_now), at_now, action);
    when 'withdraw' then
      given := rule.withdrawn_words(c, p_signed_on, p_signed_by, at_now);
      c := rule.ended(c, at_now, action);
  end case;
  return query select * from rule.block_rows(rule.compose(c, p_kind,
    rule.notice_number(c.department_id, p_kind, extract(year from rule.day_of(at_now))::int4, 0),
    at_now, v.staff_id, mats, p_remark, given));
end $$;
comment on function api.notice_preview(bytea, int8, text, int2[], text[], text[], date[], text, text, text, text, int8, text,
  text, text, date, text, bool) is
  'notice.preview: a paper as it would be issued, with a dummy number, refused as the command would be (DOC-2).';

drop function if exists api.notice_list(bytea, int8);
create or replace function api.notice_list(p_token bytea, p_case_id int8)
returns table (notice_id int8, case_id int8, case_number text, kind text, title text, number text,
  issued_at timestamptz, state text, copies int4, sha256 bytea, voided_at timestamptz, void_reason text, replaces text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  own int8[];
begin
  if p_case_id is not null then
    return query
      select n.notice_id, n.case_id, c.number, n.kind, n.title, n.number, n.issued_at,
        case when n.voided_at is null then n.state else 'void' end, n.copies, n.sha256, n.voided_at,
        case when rule.handles(v.staff_id, c) then n.void_reason else rule.mask_words(n.void_reason, c.case_id) end, o.number
      from hall.notice n
      join hall.case_file c on c.case_id = n.case_id
      left join hall.notice o on o.notice_id = n.replaces_id
      where n.notice_id in (select x.notice_id from hall.notice x where x.case_id = p_case_id
        union select l.notice_id from hall.receipt_case l where l.case_id = p_case_id)
      order by n.notice_id;
  else
    own := array(select s.item_version_id from hall.post p
      join hall.item_step s on s.post_id = p.post_id and s.seq = 0 where p.holder_id = v.staff_id);
    return query -- the newest 200: papers nobody will print must not hide those of today
      select q.* from (
        select n.notice_id, n.case_id, c.number, n.kind, n.title, n.number, n.issued_at, n.state, n.copies, n.sha256,
          n.voided_at, n.void_reason, o.number
        from hall.notice n
        join hall.case_file c on c.case_id = n.case_id
        left join hall.notice o on o.notice_id = n.replaces_id
        where n.state <> 'printed' and n.voided_at is null and c.item_version_id = any (own)
        order by n.notice_id desc limit 200) q
      order by q.notice_id;
  end if;
end $$;
comment on function api.notice_list(bytea, int8) is
  'notice.list: papers of a case, or those of the receiving posts held now that wait to be printed.';

create or replace function api.notice_show(p_token bytea, p_notice_id int8)
returns table (no int2, block text, c1 text, c2 text, c3 text, c4 text, widths text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  n hall.notice;
begin
  select * into n from hall.notice x where x.notice_id = p_notice_id;
  if not found then
    perform rule.refuse('notice.none');
  end if;
  return query select * from rule.block_rows(
    rule.mask_paper(n, v.staff_id));
end $$;
comment on function api.notice_show(bytea, int8) is 'notice.show: a paper as issued, kept exactly (DOC-3).';

create or replace function api.notice_print(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_notice_id int8, p_printer text)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  paper text;
begin
  if k.fresh then
    c := rule.notice_case(p_notice_id);
    begin
      if c.case_id is null then
        perform rule.refuse('notice.none');
      elsif exists (select from hall.notice n where n.notice_id = p_notice_id and n.voided_at is not null and n.copies = 0) then
        perform rule.refuse('notice.void', c.number); -- never out: only what was is printed again, marked 作废 (DOC-3)
      end if;
      k := rule.act_in(k, c);
      perform rule.end_open_print(k, p_notice_id);
      update hall.notice n set state = 'queued' where n.notice_id = p_notice_id returning n.number into paper;
      insert into hall.notice_print (notice_id, staff_id, window_id, printer, queued_at)
      values (p_notice_id, k.staff_id, k.window_id, p_printer, k.at);
      perform rule.record(k, c, 'print', c.state, p_notice_id, null, array['printer', '', p_printer]);
      k := rule.done(k, c, paper);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.notice_print(bytea, int4, int2, int8, bytea, int8, text) is
  'notice.print: records that a paper goes to a printer (DOC-2).';

create or replace function api.notice_printed(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_notice_id int8, p_ok bool, p_sha256 bytea, p_pages int2, p_detail text)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
begin
  if k.fresh then
    c := rule.notice_case(p_notice_id);
    begin
      if c.case_id is null then
        perform rule.refuse('notice.none');
      end if;
      k := rule.act_in(k, c);
      k := rule.done(k, c, rule.end_print(k, p_notice_id, p_ok, p_sha256, p_pages, p_detail));
      perform rule.record(k, c, 'printed', c.state, p_notice_id, p_detail,
        array['ok', '', p_ok::text, 'sha256', '', encode(p_sha256, 'hex')]);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.notice_printed(bytea, int4, int2, int8, bytea, int8, bool, bytea, int2, text) is
  'notice.printed: records how the printing ended.';

drop function if exists api.notice_void(bytea, int4, int2, int8, bytea, int8, int4, text);
create or replace function api.notice_void(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_notice_id int8, p_version int4, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  n hall.notice;
begin
  if k.fresh then
    c := rule.notice_case(p_notice_id);
    begin
      select * into n from hall.notice x where x.notice_id = p_notice_id;
      if c.case_id is null then
        perform rule.refuse('notice.none');
      elsif p_version is distinct from c.version then
        perform rule.refuse('case.changed', c.version::text, c.number); -- CASE-14
      elsif nullif(btrim(p_reason), '') is null then
        perform rule.invalid('text.blank', 'reason');
      end if;
      k := rule.void(k, c, n, p_reason);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.notice_void(bytea, int4, int2, int8, bytea, int8, int4, text, bytea) is
  'notice.void: voids a paper and takes back the state it made (DOC-3); its term runs on (ONE-2).';

drop function if exists api.notice_reissue(bytea, int4, int2, int8, bytea, int8, text, text, text, text);
create or replace function api.notice_reissue(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_notice_id int8, p_reason text, p_remark text, p_facts text, p_basis text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  n hall.notice;
begin
  if k.fresh then
    perform rule.settle_visit((select x.case_id from hall.notice x where x.notice_id = p_notice_id)); -- they share a receipt
    c := rule.notice_case(p_notice_id);
    begin
      select * into n from hall.notice x where x.notice_id = p_notice_id;
      if c.case_id is null then
        perform rule.refuse('notice.none');
      elsif nullif(btrim(p_reason), '') is null then
        perform rule.invalid('text.blank', 'reason');
      end if;
      k := rule.act_in(k, c);
      n := rule.reissue_words(k, c, n, p_reason, p_remark, p_facts, p_basis);
      k := rule.done(k, c, n.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.notice_reissue(bytea, int4, int2, int8, bytea, int8, text, text, text, text, bytea) is
  'notice.reissue: voids a damaged or wrongly worded paper and issues it anew; state and dates stay (DOC-3).';
