-- Fees (FEE-1): asked as published, paid by the number of a receipt, reduced with approval.

set role yimen_owner;

create or replace function api.fee_ask(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_case_id int8,
  p_version int4, p_amount int8, p_note text, p_remark text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  f hall.fee;
  old int8;
  n hall.notice;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect_fee(k, c, p_version);
      f := rule.asked_fee(k, c, p_amount, p_note);
      f.fee_id := hall.next_id();
      old := rule.void_fee(k, c.case_id, coalesce(nullif(btrim(p_remark), ''), '重新计收'));
      n := rule.fee_paper(k, c, f, p_remark, old);
      f.notice_id := n.notice_id;
      insert into hall.fee values (f.*);
      perform rule.record(k, c, 'fee_ask', c.state, n.notice_id,
        coalesce(nullif(btrim(p_remark), ''), case when old is not null then '重新计收' end),
        rule.fee_detail(f) || rule.paper_detail(n));
      k := rule.done(k, c, n.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.fee_ask(bytea, int4, int2, int8, bytea, int8, int4, int8, text, text, bytea) is
  'fee.ask: a fee as published, with its basis (FEE-1): 缴费通知.';

create or replace function api.fee_reduce(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_case_id int8,
  p_version int4, p_by int8, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  f hall.fee;
  old int8;
  n hall.notice;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect_fee(k, c, p_version);
      f := rule.reduced_fee(c, p_by, p_reason);
      f.exception_id := rule.consume_exception(k, 'fee_reduce', c.case_id);
      old := rule.last_paper(f.notice_id);
      perform rule.void_paper(k, old, f.reduce_reason);
      n := rule.fee_paper(k, c, f, null, old);
      update hall.fee x
      set amount = f.amount, reduced = f.reduced, reduce_reason = f.reduce_reason, exception_id = f.exception_id,
        notice_id = n.notice_id
      where x.fee_id = f.fee_id;
      f.notice_id := n.notice_id;
      perform rule.record(k, c, 'fee_reduce', c.state, n.notice_id, f.reduce_reason,
        rule.used_detail(f.exception_id) || rule.fee_detail(f) || rule.paper_detail(n));
      k := rule.done(k, c, n.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.fee_reduce(bytea, int4, int2, int8, bytea, int8, int4, int8, text, bytea) is
  'fee.reduce: something is taken off, with approval and reason (FEE-1); a new 缴费通知.';

create or replace function api.fee_cancel(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_case_id int8,
  p_version int4, p_reason text, p_draft bytea default null)
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
      k := rule.expect_fee(k, c, p_version);
      perform rule.need_open_fee(c);
      k := rule.done(k, c, rule.cancel_fee(k, c, rule.need_words(p_reason, 'reason')));
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.fee_cancel(bytea, int4, int2, int8, bytea, int8, int4, text, bytea) is
  'fee.cancel: a fee that was asked is no more; its payment notice is void, and kept (FEE-1).';

create or replace function api.fee_pay(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_case_id int8,
  p_version int4, p_receipt_no text, p_paid_on date, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  f hall.fee;
  on_day date;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect_fee(k, c, p_version);
      f := rule.fee_open(c.case_id);
      on_day := coalesce(p_paid_on, rule.day_of(k.at));
      perform rule.to_pay(f, c, p_receipt_no, on_day, k.at);
      f.receipt_no := upper(btrim(p_receipt_no));
      f.paid_at := rule.moment(on_day, '00:00');
      begin
        update hall.fee x set receipt_no = f.receipt_no, paid_at = f.paid_at, paid_keyed_at = k.at where x.fee_id = f.fee_id;
      exception when unique_violation then -- another case at the same instant
        perform rule.refuse('fee.receipt', f.receipt_no);
      end;
      perform rule.record(k, c, 'fee_pay', c.state, null, f.receipt_no, rule.fee_detail(f));
      k := rule.done(k, c, f.receipt_no);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.fee_pay(bytea, int4, int2, int8, bytea, int8, int4, text, date, bytea) is
  'fee.pay: the number of the bank window''s receipt closes the fee (FEE-1).';

create or replace function api.fee_list(p_token bytea, p_case_id int8)
returns table (fee_id int8, published int8, amount int8, basis text, note text, asked_at timestamptz, notice_id int8,
  notice text, reduced int8, reduce_reason text, receipt_no text, paid_on date, voided_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  plain bool := rule.handles(v.staff_id, c);
begin
  return query
    select f.fee_id, f.published, f.amount, f.basis,
      case when plain then f.note else rule.mask_words(f.note, c.case_id) end, f.asked_at, n.notice_id, n.number, f.reduced,
      case when plain then f.reduce_reason else rule.mask_words(f.reduce_reason, c.case_id) end,
      f.receipt_no, rule.day_of(f.paid_at), f.voided_at
    from hall.fee f
    left join hall.notice n on n.notice_id = rule.last_paper(f.notice_id, f.voided_at)
    where f.case_id = c.case_id order by f.fee_id;
end $$;
comment on function api.fee_list(bytea, int8) is 'fee.list: fees asked of a case, those that are void, too (FEE-1).';
