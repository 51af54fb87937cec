-- Printing as a separate act (DOC-2): what a new printing says of an older one.

set role yimen_owner;

create or replace function rule.end_open_print(k command.call, p_notice_id int8) returns void
language sql as $$
  update hall.notice_print p
  set ended_at = k.at, ok = false, detail = '未知结果，已重新打印'
  where p.notice_id = p_notice_id and p.window_id = k.window_id and p.ended_at is null
$$;
comment on function rule.end_open_print(command.call, int8) is
  'A window that prints a paper again says of its printing before, whose end it never learned, that it did not come out.';
