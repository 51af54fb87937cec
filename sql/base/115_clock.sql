-- The proof of a limit (CLK-3): one line a date. Must know no rule.

set role yimen_owner;

create type rule.limit_day as (
  day date,
  n int4,
  counted bool,
  part text,
  reason text,
  provisional bool,
  calendar_version int4,
  minutes int4,
  ends_at timestamptz
);
comment on type rule.limit_day is
  'A date of a limit: counted or not and why. n: number of the day counted; part: start, limit, moved, extension; minutes: opening time counted, of limits in working hours; ends_at: the limit ends here, of the last line only.';
