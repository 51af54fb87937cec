-- Fees (FEE-1): asked only as published and with their basis, paid by the number of a receipt,
-- reduced with approval and reason.

set role yimen_owner;

create or replace function rule.fee_open(p_case_id int8) returns hall.fee language plpgsql stable as $$
begin
  return (
    select f from hall.fee f where f.case_id = p_case_id and f.voided_at is null
  );
end $$;
comment on function rule.fee_open(int8) is 'The fee asked of a case; NULL: none.';

create or replace function rule.fee_mark(f hall.fee) returns text language plpgsql stable as $$
begin
  return rule.words_mark(f.case_id, array['fee', f.fee_id::text, f.published::text, f.amount::text, f.basis, f.note,
    f.reduced::text, f.reduce_reason, f.receipt_no, rule.moment_text(f.paid_at)]);
end $$;
comment on function rule.fee_mark(hall.fee) is 'A commitment to a fee as it stands.';

create or replace function rule.fee_detail(f hall.fee) returns text[] language plpgsql stable as $$
begin
  return array['fee', '', f.fee_id::text, 'fee.' || f.fee_id, '', rule.fee_mark(f)];
end $$;
comment on function rule.fee_detail(hall.fee) is 'A fee as the trail keeps it.';

create or replace function rule.expect_fee(k command.call, c hall.case_file, p_version int4) returns command.call
language plpgsql stable as $$
begin
  k := rule.seen(k, c, p_version);
  k := rule.act_any(k, array[rule.receiving_post(c), c.post_id]);
  if c.state not in ('accepted', 'suspended', 'forwarded', 'decided', 'closed') then
    perform rule.refuse('case.state', c.state, 'fee');
  end if;
  return k;
end $$;
comment on function rule.expect_fee(command.call, hall.case_file, int4) is
  'The person may deal with the fees of the case: its receiving post or that of its step, once it is accepted.';

-- A computed fee may be asked anew while it is not paid: the one before is void with its paper.
create or replace function rule.asked_fee(k command.call, c hall.case_file, p_amount int8, p_note text) returns hall.fee
language plpgsql stable as $$
declare
  v hall.item_version;
  f hall.fee;
  old hall.fee := rule.fee_open(c.case_id);
begin
  select * into v from hall.item_version i where i.item_version_id = c.item_version_id;
  if v.fee = 0 then
    perform rule.refuse('fee.free', v.name);
  elsif v.fee is not null and p_amount is distinct from v.fee then
    perform rule.refuse('fee.published', rule.fee_cn(v.fee));
  elsif coalesce(p_amount, 0) not between 1 and 99999999999999 then -- what rule.amount_cn can say
    perform rule.invalid('fee.amount', 'amount');
  elsif v.fee is null and nullif(btrim(p_note), '') is null then
    perform rule.invalid('text.blank', 'note'); -- how it was computed
  elsif old.paid_at is not null then
    perform rule.refuse('fee.paid', old.receipt_no);
  elsif old.amount = 0 then
    perform rule.refuse('fee.waived', rule.fee_cn(old.reduced));
  elsif old.fee_id is not null and v.fee is not null then
    perform rule.refuse('fee.asked', rule.fee_cn(old.amount));
  end if;
  f.case_id := c.case_id;
  f.published := v.fee;
  f.amount := p_amount;
  f.basis := coalesce(nullif(v.fee_basis, ''), '无');
  f.note := nullif(btrim(p_note), '');
  f.asked_at := k.at;
  return f;
end $$;
comment on function rule.asked_fee(command.call, hall.case_file, int8, text) is
  'A fee as published (FEE-1); refused for a free item, another amount, one that is paid.';

create or replace function rule.fee_words(f hall.fee) returns text[] language plpgsql stable as $$
begin
  return array['amount', rule.fee_cn(f.amount), 'amount_cn', rule.amount_cn(f.amount), 'pay_at', case when f.amount > 0 then rule.pay_at() end,
    'waived', case when f.amount = 0 then '是' end, 'fee_note', f.note, 'reduced', '减免' || rule.fee_cn(f.reduced) || '，理由：' || f.reduce_reason];
end $$;
comment on function rule.fee_words(hall.fee) is 'What 缴费通知 says.';

create or replace function rule.void_fee(k command.call, p_case_id int8, p_reason text) returns int8 language plpgsql as $$
declare
  f hall.fee;
  old int8;
begin
  update hall.fee x set voided_at = k.at where x.case_id = p_case_id and x.voided_at is null returning * into f;
  old := rule.last_paper(f.notice_id);
  if old is not null then
    perform rule.void_paper(k, old, p_reason);
  end if;
  return old;
end $$;
comment on function rule.void_fee(command.call, int8, text) is
  'The fee asked before and its paper are void: it is asked anew, or cancelled. That paper; NULL: none.';

create or replace function rule.need_open_fee(c hall.case_file) returns void language plpgsql stable as $$
declare
  f hall.fee := rule.fee_open(c.case_id);
begin
  if f.fee_id is null then
    perform rule.refuse('fee.none', c.number);
  elsif f.paid_at is not null then
    perform rule.refuse('fee.paid', f.receipt_no);
  elsif f.amount = 0 then
    perform rule.refuse('fee.waived', rule.fee_cn(f.reduced));
  end if;
end $$;
comment on function rule.need_open_fee(hall.case_file) is 'Refuses to cancel what was not asked, or is settled: paid, or reduced to nothing (FEE-1).';

-- What is settled stays: the money was taken, or its taking off was approved. An approval that was
-- used for a reduction is not given back: it was given for that fee.
create or replace function rule.cancel_fee(k command.call, c hall.case_file, p_reason text) returns text language plpgsql as $$
declare
  f hall.fee := rule.fee_open(c.case_id);
  paper int8;
begin
  if f.fee_id is null or f.paid_at is not null or f.amount = 0 then
    return null;
  end if;
  paper := rule.void_fee(k, c.case_id, p_reason);
  perform rule.record(k, c, 'fee_cancel', c.state, paper, p_reason, array['fee', '', f.fee_id::text]);
  return (select n.number from hall.notice n where n.notice_id = paper);
end $$;
comment on function rule.cancel_fee(command.call, hall.case_file, text) is
  'A fee that is still to be paid is void with its payment notice, on record; the number of that. NULL: there is none.';

-- A fee rests on the acceptance or the decision after which it was asked, and goes with it. Taking back
-- an extension, a stretch of standing still, a close or a delivery leaves it: it is owed all the same.
create or replace function rule.cancel_fee_after(k command.call, c hall.case_file, e hall.event) returns void language plpgsql as $$
begin
  if e.event in ('accept', 'finish', 'decide', 'refuse') and exists (select from hall.event a
      where a.case_id = c.case_id and a.event = 'fee_ask' and a.seq > e.seq
        and rule.told(a.detail, 'fee') = (rule.fee_open(c.case_id)).fee_id::text) then
    perform rule.cancel_fee(k, c, case when e.event in ('accept', 'finish') then '受理已撤回' else '决定已撤回' end || '，不再收费');
  end if;
end $$;
comment on function rule.cancel_fee_after(command.call, hall.case_file, hall.event) is
  'Cancels a fee that was asked after an event which is taken back (DOC-3, FEE-1).';

create or replace function rule.fee_paper(k command.call, c hall.case_file, f hall.fee, p_remark text, p_old int8)
returns hall.notice language plpgsql as $$
declare
  n hall.notice := rule.issue(k, c, 'fee', '{}', p_remark, rule.fee_words(f));
begin
  update hall.notice x set replaces_id = p_old where x.notice_id = n.notice_id and p_old is not null;
  return n;
end $$;
comment on function rule.fee_paper(command.call, hall.case_file, hall.fee, text, int8) is
  '缴费通知, in place of the one before if there was one.';

-- A fee asked anew has a paper in place of the one before, which is no more of that one.
drop function if exists rule.last_paper(int8);
create or replace function rule.last_paper(p_notice_id int8, p_before timestamptz default null) returns int8
language plpgsql stable as $$
begin
  return (
    with recursive chain as (
      select p_notice_id as notice_id
      union all
      select n.notice_id from chain c join hall.notice n on n.replaces_id = c.notice_id
      where p_before is null or n.issued_at < p_before
    )
    select max(c.notice_id) from chain c
  );
end $$;
comment on function rule.last_paper(int8, timestamptz) is
  'The paper that stands for one that may have been issued anew, now or before a moment.';

create or replace function rule.reduced_fee(c hall.case_file, p_by int8, p_reason text) returns hall.fee
language plpgsql stable as $$
declare
  f hall.fee := rule.fee_open(c.case_id);
begin
  if f.fee_id is null then
    perform rule.refuse('fee.none', c.number);
  elsif f.paid_at is not null then
    perform rule.refuse('fee.paid', f.receipt_no);
  elsif f.reduced is not null then
    perform rule.refuse('fee.reduced', rule.fee_cn(f.reduced));
  elsif p_by is null or p_by not between 1 and f.amount then
    perform rule.invalid('fee.by', 'by');
  elsif rule.granted_exception('fee_reduce', c.case_id) is null then
    perform rule.refuse('fee.approval', c.number);
  end if;
  f.reduced := p_by;
  f.amount := f.amount - p_by;
  f.reduce_reason := rule.need_words(p_reason, 'reason');
  return f;
end $$;
comment on function rule.reduced_fee(hall.case_file, int8, text) is
  'A fee with something taken off: once, with a granted exception and a reason (FEE-1).';

create or replace function rule.fee_unpaid(f hall.fee, c hall.case_file) returns void language plpgsql stable as $$
begin
  if f.fee_id is null then
    perform rule.refuse('fee.none', c.number);
  elsif f.paid_at is not null then
    perform rule.refuse('fee.paid', f.receipt_no);
  elsif f.amount = 0 then
    perform rule.refuse('fee.waived', rule.fee_cn(f.reduced)); -- closed by the reduction
  end if;
end $$;
comment on function rule.fee_unpaid(hall.fee, hall.case_file) is 'Refuses where no fee waits to be paid.';

create or replace function rule.to_pay(f hall.fee, c hall.case_file, p_receipt_no text, p_paid_on date, p_at timestamptz)
returns void language plpgsql stable as $$
begin
  perform rule.fee_unpaid(f, c);
  perform rule.need_words(p_receipt_no, 'receipt_no');
  if p_paid_on > rule.day_of(p_at) then
    perform rule.refuse('fee.day_ahead');
  elsif p_paid_on < rule.day_of(f.asked_at) then
    perform rule.refuse('fee.day_before', rule.day_of(f.asked_at)::text);
  elsif exists (select from hall.fee x where x.receipt_no = upper(btrim(p_receipt_no)) and x.voided_at is null) then
    perform rule.refuse('fee.receipt', upper(btrim(p_receipt_no)));
  end if;
end $$;
comment on function rule.to_pay(hall.fee, hall.case_file, text, date, timestamptz) is
  'Refuses to pay what was not asked, twice, or with a receipt that paid another fee (FEE-1).';
