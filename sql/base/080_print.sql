-- Printings by window: the print queue reads its own window's last ones.

set role yimen_owner;

create index notice_print_window on hall.notice_print (window_id, print_id);
