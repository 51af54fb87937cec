-- A material nobody has looked at yet: what is declined unread is not therefore missing (CASE-2, NEG-2).

set role yimen_owner;

alter table hall.case_material drop constraint case_material_state_check;
alter table hall.case_material add constraint case_material_state_check
  check (state in ('present', 'absent', 'defective', 'later', 'unneeded', 'open'));
comment on column hall.case_material.state is 'present, absent, defective, later (容缺), unneeded; open: not looked at.';
