-- Refusals that are still to be delivered: found like granted results (CASE-8), though no term runs for them.

set role yimen_owner;

create index case_file_refused on hall.case_file (decided_at, case_id) where handed_at is null and granted = false;
