-- Paper first (CASE-3, CASE-18): a case keyed in later than its papers were received by hand.
-- Every term runs from the paper's time, events are ordered by key-in. Knows no parties.

set role yimen_owner;

create or replace function rule.month_closes(p_day date) returns timestamptz language plpgsql stable as $$
begin
  return (
    select rule.moment((date_trunc('month', p_day) + interval '1 month')::date
      + hall.setting_text('month.close_day')::int4, '00:00')
  );
end $$;
comment on function rule.month_closes(date) is 'When the month of a day closes: at the end of the set day of the next month (CASE-3).';

create or replace function rule.hand_late(p_at timestamptz, p_keyed_at timestamptz) returns bool
language plpgsql stable as $$
begin
  return p_keyed_at > rule.closing(rule.add_workdays(rule.day_of(p_at), hall.setting_text('hand.late_days')::int4));
end $$;
comment on function rule.hand_late(timestamptz, timestamptz) is 'Keyed in later than the hall allows: supervision sees it (CASE-3).';

create or replace function rule.hand_past(p_at timestamptz, p_keyed_at timestamptz) returns timestamptz
language plpgsql stable as $$
begin
  if p_at > p_keyed_at then
    perform rule.invalid('hand.future', 'paper_at');
  end if;
  return p_at;
end $$;
comment on function rule.hand_past(timestamptz, timestamptz) is 'A time written on a paper, which is not to come.';

create or replace function rule.hand_no(p_no text) returns text language sql immutable
as $$ select nullif(upper(replace(btrim(p_no), ' ', '')), '') $$;
comment on function rule.hand_no(text) is 'The number of a receipt written by hand as it is kept.';

drop function if exists rule.hand_moment(timestamptz, timestamptz);
drop function if exists rule.hand_moment(command.call, text, timestamptz);
-- A paper of a closed month without an exception is refused before anything else is looked at.
create or replace function rule.need_open_month(k command.call, h hall.hand_receipt) returns void language plpgsql stable as $$
begin
  if k.at >= rule.month_closes(rule.day_of(h.at)) and not exists (
      select from hall.exception x join hall.post p on p.department_id = x.department_id
      where p.post_id = k.acting_post_id and x.kind = 'late_month' and x.subject = h.no and x.state = 'granted') then
    perform rule.refuse('hand.month_closed', to_char(rule.day_of(h.at), 'YYYY-MM'));
  end if;
end $$;
comment on function rule.need_open_month(command.call, hall.hand_receipt) is
  'Refuses a paper of a closed month for which no exception is granted (CASE-3).';

drop function if exists rule.hand_receipt(hall.case_file, timestamptz, text, timestamptz, text);
create or replace function rule.hand_receipt(k command.call, c hall.case_file, p_no text, p_at timestamptz, p_reason text) returns hall.hand_receipt
language plpgsql as $$
declare
  h hall.hand_receipt;
begin
  h.no := rule.hand_no(p_no);
  h.reason := nullif(btrim(p_reason), '');
  if h.no is null and p_at is null and h.reason is null then
    return null;
  elsif h.no is null or p_at is null or h.reason is null then
    perform rule.invalid('hand.partly', case when h.no is null then 'paper_no' when p_at is null then 'paper_at' else 'paper_reason' end);
  end if;
  h.case_id := c.case_id;
  h.department_id := c.department_id;
  h.at := rule.hand_past(p_at, k.at);
  h.keyed_at := k.at;
  h.late := rule.hand_late(p_at, k.at);
  perform rule.need_open_month(k, h);
  return h;
end $$;
comment on function rule.hand_receipt(command.call, hall.case_file, text, timestamptz, text) is
  'What was written on a receipt by hand, checked; NULL: there was none. All of it or nothing.';

-- Somebody else may have used it up meanwhile.
create or replace function rule.use_late_month(k command.call, h hall.hand_receipt) returns text[] language plpgsql as $$
declare
  used int8;
begin
  if k.at < rule.month_closes(rule.day_of(h.at)) then
    return '{}';
  end if;
  used := rule.consume_exception(k, 'late_month', null, h.no);
  if used is null then
    perform rule.refuse('hand.month_closed', to_char(rule.day_of(h.at), 'YYYY-MM'));
  end if;
  return array['exception', '', used::text];
end $$;
comment on function rule.use_late_month(command.call, hall.hand_receipt) is
  'Uses the exception of a paper of a closed month, for the trail; refused without (CASE-3, CASE-16).';

-- The index decides, also between two windows that key the same paper in at once.
drop function if exists rule.put_hand(hall.hand_receipt);
create or replace function rule.put_hand(k command.call, h hall.hand_receipt) returns text[] language plpgsql as $$
begin
  insert into hall.hand_receipt values (h.*) on conflict (department_id, no) do nothing;
  if not found then
    perform rule.refuse('hand.twice', h.no, (select c.number from hall.hand_receipt x
      join hall.case_file c on c.case_id = x.case_id
      where (x.department_id, x.no) = (h.department_id, h.no)));
  end if;
  return array['hand_no', '', h.no, 'hand_at', '', rule.moment_text(h.at), 'hand_late', '', h.late::text]
    || rule.use_late_month(k, h);
end $$;
comment on function rule.put_hand(command.call, hall.hand_receipt) is
  'Stores a receipt written by hand, never the same twice in a department; as the trail keeps it.';
