-- Agent service (代办, CASE-11): one named staff member accompanies a case. Must know no rule.

set role yimen_owner;

create table hall.case_service (
  case_id int8 primary key references hall.case_file,
  staff_id int8 not null,
  since timestamptz not null
);
comment on table hall.case_service is 'Who accompanies a case on the applicant''s behalf (代办); what was done stands in its trail.';
comment on column hall.case_service.case_id is 'The case.';
comment on column hall.case_service.staff_id is 'The staff member named.';
comment on column hall.case_service.since is 'Since when, business time.';
create index case_service_staff on hall.case_service (staff_id);
create trigger keep before delete on hall.case_service for each row execute function hall.keep();
create trigger keep_all before truncate on hall.case_service for each statement execute function hall.keep();

insert into hall.side_event values
  ('service', 'a visit, call or other deed of the staff member who accompanies it, or another one was named (CASE-11)');
