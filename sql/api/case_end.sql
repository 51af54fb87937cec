-- Commands that end a case after its acceptance (CASE-8, CLK-6): decide, refuse, close, deliver.
-- Each has the shape of api.case_accept.

set role yimen_owner;

create or replace function api.case_decide(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_case_id int8,
  p_version int4, p_document text, p_document_no text, p_valid_until date, p_remark text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  was hall.case_file;
  given text[];
  used text[];
  n hall.notice;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'decide');
      perform rule.need_deciding(c);
      perform rule.need_followed(c);
      perform rule.need_reviewed(c);
      given := rule.granted_words(c, p_document, p_document_no, p_valid_until);
      perform rule.remember(c);
      was := c;
      used := rule.use_against_review(k, c);
      c := rule.decided(rule.moved(c, k.at, 'decide'), true);
      insert into hall.case_outcome (case_id, version, event, document, document_no, valid_until, remark)
      values (c.case_id, c.version, 'decide', given[2], nullif(given[4], ''), p_valid_until, nullif(btrim(p_remark), ''));
      perform rule.keep(c);
      n := rule.issue(k, c, 'grant', '{}', p_remark, given);
      perform rule.record(k, c, 'decide', was.state, n.notice_id, nullif(btrim(p_remark), ''),
        array['document', '', given[2], 'document_no', '', given[4], 'valid_until', '', p_valid_until::text]
        || used || rule.step_detail(c, was.step_seq) || rule.paper_detail(n) || rule.before_detail(c.case_id));
      k := rule.done(k, c, n.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_decide(bytea, int4, int2, int8, bytea, int8, int4, text, text, date, text, bytea) is
  'case.decide: granted, at the deciding step (CASE-8): 准予决定书.';

create or replace function api.case_refuse(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_case_id int8,
  p_version int4, p_facts text, p_basis text, p_major bool, p_remark text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  was hall.case_file;
  given text[];
  approval int8;
  filed hall.negative;
  n hall.notice;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'refuse');
      perform rule.need_deciding(c);
      given := rule.refused_words(c, p_facts, p_basis);
      if rule.is_major(c, p_major) then
        approval := rule.consume_exception(k, 'major_refuse', c.case_id);
        if approval is null then
          perform rule.refuse('refuse.major', c.number); -- NEG-2
        end if;
      end if;
      perform rule.remember(c);
      was := c;
      c := rule.decided(rule.moved(c, k.at, 'refuse'), false);
      filed := rule.file_negative(k, c, 'refused', null, given[2], given[4], rule.is_major(c, p_major), approval);
      insert into hall.case_outcome (case_id, version, event, remark)
      values (c.case_id, c.version, 'refuse', nullif(btrim(p_remark), ''));
      perform rule.keep(c);
      n := rule.issue(k, c, 'refuse', '{}', p_remark, given);
      perform rule.negative_paper(filed.negative_id, n.notice_id);
      perform rule.record(k, c, 'refuse', was.state, n.notice_id, nullif(btrim(p_remark), ''), rule.filed_detail(filed)
        || rule.used_detail(approval)
        || rule.step_detail(c, was.step_seq) || rule.paper_detail(n) || rule.before_detail(c.case_id));
      k := rule.done(k, c, n.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_refuse(bytea, int4, int2, int8, bytea, int8, int4, text, text, bool, text, bytea) is
  'case.refuse: 不予许可 (CASE-8, NEG-2): filed in the register of negative decisions, then its paper.';

create or replace function api.case_close(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_case_id int8,
  p_version int4, p_remark text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  was text;
  timing text;
  spare int4;
  given text[];
  n hall.notice;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'close');
      given := rule.closed_words(c);
      select * into timing, spare from rule.timing(c.due_at, c.decided_at, (rule.stands_of(c.case_id)).stands);
      perform rule.remember(c);
      was := c.state;
      c := rule.ended(c, k.at, 'close');
      insert into hall.case_outcome (case_id, version, event, timing, spare, remark)
      values (c.case_id, c.version, 'close', timing, spare, nullif(btrim(p_remark), ''));
      perform rule.keep(c);
      n := rule.issue(k, c, 'finish', '{}', p_remark, given);
      perform rule.record(k, c, 'close', was, n.notice_id, nullif(btrim(p_remark), ''),
        array['timing', '', timing, 'spare', '', spare::text] || rule.paper_detail(n) || rule.before_detail(c.case_id));
      k := rule.done(k, c, n.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_close(bytea, int4, int2, int8, bytea, int8, int4, text, bytea) is
  'case.close: 办结: whether in time, with days to spare (CLK-6): 办结通知书.';

create or replace function api.case_deliver(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_how text, p_received_by text, p_received_on date, p_papers text, p_remark text,
  p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  was text;
  on_day date;
  given text[];
  n hall.notice;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'deliver');
      on_day := coalesce(p_received_on, rule.day_of(k.at));
      perform rule.to_deliver(c, p_how, on_day, k.at);
      given := rule.delivered_words(c, p_how, p_received_by, on_day, p_papers);
      perform rule.remember(c);
      was := c.state;
      c := rule.moved(c, k.at, 'deliver');
      c.handed_at := k.at;
      insert into hall.case_outcome (case_id, version, event, signed_on, signed_by, how, remark)
      values (c.case_id, c.version, 'deliver', on_day, btrim(p_received_by), p_how, nullif(btrim(p_remark), ''));
      perform rule.keep(c);
      n := rule.issue(k, c, 'deliver', '{}', p_remark, given);
      perform rule.record(k, c, 'deliver', was, n.notice_id, nullif(btrim(p_remark), ''),
        array['how', '', p_how, 'signed_on', '', on_day::text, 'signed_by', '', rule.matter_mark(c.case_id, btrim(p_received_by))]
        || rule.paper_detail(n) || rule.before_detail(c.case_id));
      k := rule.done(k, c, n.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_deliver(bytea, int4, int2, int8, bytea, int8, int4, text, text, date, text, text, bytea) is
  'case.deliver: the result is handed over, with a receipt (CASE-8): 送达回证.';
