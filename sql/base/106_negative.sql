-- The register of negative decisions (NEG-1): entries by hand, and what an entry said before its
-- paper was worded anew (SEC-2). Must know no rule.

set role yimen_owner;

insert into hall.side_event values
  ('negative', 'a no was entered in the register by hand (NEG-1)');

create table hall.negative_was (
  negative_id int8 not null references hall.negative,
  no int4 not null,
  facts text not null,
  basis text not null,
  until timestamptz not null,
  primary key (negative_id, no)
);
comment on table hall.negative_was is 'What an entry of the register said before it was worded anew (SEC-2); the trail has commitments to it.';
comment on column hall.negative_was.negative_id is 'The entry.';
comment on column hall.negative_was.no is '1, 2 … in the order of time.';
comment on column hall.negative_was.facts is 'Facts it told.';
comment on column hall.negative_was.basis is 'Legal basis it named.';
comment on column hall.negative_was.until is 'When it was worded anew, business time.';
create trigger keep before update or delete on hall.negative_was for each row execute function hall.keep();
create trigger keep_all before truncate on hall.negative_was for each statement execute function hall.keep();
