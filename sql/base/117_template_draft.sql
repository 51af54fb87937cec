-- Drafts of templates (DOC-4): loaded by an admin, tried over papers of past cases, then released.
-- Must know no rule.

set role yimen_owner;

alter table hall.template
  add column tried_at timestamptz,
  add column tried int4 check (tried >= 0),
  add column faults int4 check (faults >= 0),
  add check (not (version = 0 and in_force)),
  add check ((tried_at is null) = (tried is null) and (tried is null) = (faults is null));
comment on column hall.template.version is '1, 2, 3 …; 0: a draft, which no paper was made from.';
comment on column hall.template.tried_at is 'When it was last tried, as it is now; NULL: never.';
comment on column hall.template.tried is 'Over how many papers of past cases.';
comment on column hall.template.faults is 'How many faults were found then.';
