-- Procedures of items as an admin's file says them: from this, where there is one, the steps of
-- item versions are made, else from hall.post_item. Must know no case.

set role yimen_owner;

create table hall.procedure_step (
  item_code text not null,
  seq int2 not null check (seq >= 0),
  phase text not null check (phase in ('accept', 'handle', 'review', 'decide', 'close')),
  name text not null,
  post_id int8 not null references hall.post,
  limit_days int4 check (limit_days > 0),
  primary key (item_code, seq),
  check ((seq = 0) = (phase = 'accept'))
);
comment on table hall.procedure_step is 'A step of an item''s procedure as it was loaded, for its versions to come (CASE-5); an item without any has the default one (CASE-17).';
comment on column hall.procedure_step.item_code is 'Code of the item.';
comment on column hall.procedure_step.seq is 'Order; 0 receives and accepts.';
comment on column hall.procedure_step.phase is 'Supervised phase: accept, handle, review, decide, close.';
comment on column hall.procedure_step.name is 'Name of the step.';
comment on column hall.procedure_step.post_id is 'Post responsible, of the item''s department.';
comment on column hall.procedure_step.limit_days is 'Its own limit in the item''s unit; NULL: none. Together no more than the promise.';
