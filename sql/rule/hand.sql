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

-- The one moment a command takes from a paper; receive and finish are the only ones that do.
create or replace function rule.hand_moment(p_at timestamptz, p_keyed_at timestamptz) returns timestamptz
language plpgsql stable as $$
begin
  if p_at > p_keyed_at then
    perform rule.invalid('hand.future', 'paper_at');
  elsif p_keyed_at >= rule.month_closes(rule.day_of(p_at)) then
    perform rule.refuse('hand.month_closed', to_char(rule.day_of(p_at), 'YYYY-MM'));
  end if;
  return p_at;
end $$;
comment on function rule.hand_moment(timestamptz, timestamptz) is
  'A time of receipt by hand that may still be keyed in: not to come, its month not closed.';

create or replace function rule.hand_receipt(c hall.case_file, p_keyed_at timestamptz, p_no text, p_at timestamptz,
  p_reason text) returns hall.hand_receipt
language plpgsql as $$
declare
  h hall.hand_receipt;
  before text;
begin
  h.no := nullif(upper(replace(btrim(p_no), ' ', '')), '');
  h.reason := nullif(btrim(p_reason), '');
  if h.no is null and p_at is null and h.reason is null then
    return null;
  elsif h.no is null or p_at is null or h.reason is null then
    perform rule.invalid('hand.partly', case when h.no is null then 'paper_no' when p_at is null then 'paper_at' else 'paper_reason' end);
  end if;
  h.case_id := c.case_id;
  h.department_id := c.department_id;
  h.at := rule.hand_moment(p_at, p_keyed_at);
  h.keyed_at := p_keyed_at;
  h.late := rule.hand_late(p_at, p_keyed_at);
  return h;
end $$;
comment on function rule.hand_receipt(hall.case_file, timestamptz, text, timestamptz, text) is
  'What was written on a receipt by hand, checked; NULL: there was none. All of it or nothing.';

-- The index decides, also between two windows that key the same paper in at once.
create or replace function rule.put_hand(h hall.hand_receipt) returns text[] language plpgsql as $$
begin
  insert into hall.hand_receipt values (h.*) on conflict (department_id, no) do nothing;
  if not found then
    perform rule.refuse('hand.twice', h.no, (select c.number from hall.hand_receipt x
      join hall.case_file c on c.case_id = x.case_id
      where (x.department_id, x.no) = (h.department_id, h.no)));
  end if;
  return array['hand_no', '', h.no, 'hand_at', '', rule.moment_text(h.at), 'hand_late', '', h.late::text];
end $$;
comment on function rule.put_hand(hall.hand_receipt) is
  'Stores a receipt written by hand, never the same twice in a department; as the trail keeps it.';
