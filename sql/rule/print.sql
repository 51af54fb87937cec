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

-- By the system, or by a post that is none of the case's procedure: a chief representative extends (CASE-7).
create or replace function rule.made_elsewhere(p_notice_id int8, c hall.case_file) returns bool language sql stable as $$
  select coalesce(bool_or(e.acting_post_id is null or not exists (select from hall.item_step s
    where s.item_version_id = c.item_version_id and s.post_id = e.acting_post_id)), false)
  from hall.event e where e.case_id = c.case_id and e.notice_id = p_notice_id and e.event not in ('print', 'printed')
$$;
comment on function rule.made_elsewhere(int8, hall.case_file) is
  'A paper was made where it is not printed: the window that received the case prints it (DOC-2).';

create or replace function rule.tell_printing(k command.call, c hall.case_file) returns void language plpgsql as $$
begin
  if not rule.handles(k.staff_id, c) then
    perform rule.tell(k, 'paper.waits', array[rule.receiving_post(c)], c.case_id);
  end if;
end $$;
comment on function rule.tell_printing(command.call, hall.case_file) is
  'Tells the window that received a case of a paper that whoever made it does not print.';
