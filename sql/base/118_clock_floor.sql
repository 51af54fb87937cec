-- A change of the calendar that would end a limit in the past (CLK-4). Must know no rule.

set role yimen_owner;

alter table hall.case_file add column clock_floor timestamptz;
comment on column hall.case_file.clock_floor is
  'No limit still running ends before: the first closing time after a change of the calendar that would have ended one in the past (CLK-4).';
