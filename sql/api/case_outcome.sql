-- Commands that end a case at the counter or put it right: decline (NEG-2), finish (CASE-4),
-- withdraw, amend (CASE-15). Each has the shape of api.case_accept.

set role yimen_owner;

create or replace function api.case_decline(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_why text, p_facts text, p_basis text, p_major bool, p_to_post int8, p_to_where text,
  p_remark text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  given text[];
  major bool;
  approval int8;
  filed hall.negative;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'decline');
      given := rule.declined_words(c, p_why, p_facts, p_basis, p_to_post, p_to_where, k.at);
      major := rule.is_major(c, p_major);
      if major then
        approval := rule.consume_exception(k, 'major_decline', c.case_id);
        if approval is null then
          perform rule.refuse('decline.major', c.number); -- NEG-2
        end if;
      end if;
      perform rule.remember(c);
      filed := rule.file_negative(k, rule.ended(c, k.at, 'decline'), 'declined', p_why, given[2], given[4], major, approval,
        p_to_post, nullif(btrim(p_to_where), ''));
      k := rule.end_case(k, c, 'decline', given, p_remark, array['why', '', p_why] || rule.filed_detail(filed)
        || rule.used_detail(approval));
      perform rule.negative_paper(filed.negative_id, (rule.last_event(c.case_id)).notice_id);
      perform rule.declined_visitor(k, c, p_to_post, filed.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_decline(bytea, int4, int2, int8, bytea, int8, int4, text, text, text, bool, int8, text, text, bytea) is
  'case.decline: 不予受理 (NEG-2): filed in the register of negative decisions, then its paper; names who is competent (NEG-4).';

create or replace function api.case_finish(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_seq int2[], p_state text[], p_note text[], p_later date[],
  p_document text, p_document_no text, p_remark text, p_paper_at timestamptz, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  mats rule.material[];
  detail text[] := '{}';
  given text[];
  done_at timestamptz;
  timing text;
  spare int4;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'finish');
      done_at := rule.finish_moment(c, k.at, p_paper_at);
      mats := rule.ticked(c.case_id, c.item_version_id, rule.day_of(k.at), p_seq, p_state, p_note, p_later);
      perform rule.to_finish(c, k.at, mats);
      if p_seq is not null then
        detail := rule.keep_ticks(c.case_id, mats);
      end if;
      perform rule.remember(c);
      c := rule.finished(c, done_at);
      select t.timing, t.spare into timing, spare from rule.timing(c.due_at, done_at, '{}') t;
      given := rule.finished_words(c, p_document, p_document_no);
      insert into hall.case_outcome (case_id, version, event, document, document_no, timing, spare, remark)
      values (c.case_id, c.version + 1, 'finish', given[2], nullif(given[4], ''), timing, spare, nullif(btrim(p_remark), ''));
      k := rule.end_case(k, c, 'finish', given, p_remark, detail || array['document', '', given[2], 'document_no', '', given[4],
        'timing', '', timing, 'spare', '', spare::text,
        'done', '', rule.moment_text(done_at)]);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_finish(bytea, int4, int2, int8, bytea, int8, int4, int2[], text[], text[], date[], text, text, text, timestamptz, bytea) is
  'case.finish: an immediate item (即办) accepted, decided and closed in one (CASE-4): 办结通知书.';

create or replace function api.case_withdraw(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_signed_on date, p_signed_by text, p_remark text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  given text[];
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'withdraw');
      given := rule.withdrawn_words(c, p_signed_on, p_signed_by, k.at);
      perform rule.remember(c);
      insert into hall.case_outcome (case_id, version, event, signed_on, signed_by, remark)
      values (c.case_id, c.version + 1, 'withdraw', p_signed_on, btrim(p_signed_by), nullif(btrim(p_remark), ''));
      k := rule.end_case(k, c, 'withdraw', given, p_remark,
        array['signed_on', '', p_signed_on::text, 'signed_by', '', rule.matter_mark(c.case_id, btrim(p_signed_by))]);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_withdraw(bytea, int4, int2, int8, bytea, int8, int4, date, text, text, bytea) is
  'case.withdraw: the applicant''s signed request (撤回申请) ends a case: 撤回通知.';

create or replace function api.case_amend(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_id_kind text, p_id_no text, p_name text, p_phone text, p_address text,
  p_agent_name text, p_agent_id_kind text, p_agent_id_no text, p_agent_phone text, p_agent_scope text, p_agent_until date,
  p_no_agent bool, p_matter text, p_seq int2[], p_state text[], p_note text[], p_later date[], p_reason text,
  p_party_seq int2[], p_party_id_kind text[], p_party_id_no text[], p_party_name text[], p_party_phone text[], p_party_address text[], p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  mats rule.material[];
  detail text[];
begin
  if k.fresh then
    perform rule.settle_visit(p_case_id); -- they share a receipt
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'amend');
      if (p_id_kind is null) <> (p_id_no is null) then
        perform rule.invalid('amend.ident', 'id_no');
      end if;
      c.version := c.version + 1;
      detail := rule.amend_first(c, p_id_kind, p_id_no, p_name, p_phone, p_address)
        || rule.amend_agent(c, p_agent_name, p_agent_id_kind, p_agent_id_no, p_agent_phone, p_agent_scope, p_agent_until,
          p_no_agent)
        || rule.amend_further(c, p_party_seq, p_party_id_kind, p_party_id_no, p_party_name, p_party_phone, p_party_address);
      if detail <> '{}' then
        perform rule.check_amended(c);
      end if;
      detail := detail || rule.amend_matter(c, p_matter);
      c.matter := (select f.matter from hall.case_file f where f.case_id = c.case_id);
      if p_seq is not null then
        mats := rule.ticked(c.case_id, c.item_version_id, rule.day_of(k.at), p_seq, p_state, p_note, p_later);
        perform rule.need_amendable(c, mats);
        detail := detail || rule.keep_ticks(c.case_id, mats);
      end if;
      if detail = '{}' then
        perform rule.refuse('amend.nothing');
      end if;
      perform rule.find_again(c);
      perform rule.keep(c);
      perform rule.record(k, c, 'amend', c.state, null, nullif(btrim(p_reason), ''),
        detail || array['amended', '', rule.amended_mark(c.case_id, c.version)]);
      perform rule.reissue_amended(k, c, mats, coalesce(nullif(btrim(p_reason), ''), '更正'));
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_amend(bytea, int4, int2, int8, bytea, int8, int4, text, text, text, text, text, text, text, text, text,
  text, date, bool, text, int2[], text[], text[], date[], text, int2[], text[], text[], text[], text[], text[], bytea) is
  'case.amend: puts typing mistakes right (CASE-15); papers that show them are voided and issued anew.';

create or replace function api.case_amended(p_token bytea, p_case_id int8)
returns table (version int4, at timestamptz, field text, before text, after text, actor text, note text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  plain bool := rule.handles(v.staff_id, c);
begin
  return query
    select a.version, e.at, a.field,
      case when plain then a.before else rule.mask_text(rule.mask_words(a.before, c.case_id)) end,
      case when plain then a.after else rule.mask_text(rule.mask_words(a.after, c.case_id)) end,
      rule.actor_name(e.staff_id, e.acting, e.for_staff_id),
      case when plain or e.note is null then e.note else rule.mask_words(e.note, c.case_id) end
    from hall.amended a
    join hall.event e on e.case_id = a.case_id and e.version = a.version and e.event = 'amend'
    where a.case_id = c.case_id order by a.version, a.field;
end $$;
comment on function api.case_amended(bytea, int8) is
  'case.amended: what was amended in a case, before and after (CASE-15); masked unless one handles it (SEC-1).';
