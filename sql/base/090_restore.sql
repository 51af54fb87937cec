-- Restores of this hall from a backup (SEC-6).

set role yimen_owner;

create table hall.restore (
  restore_id int8 primary key default hall.next_id(),
  at timestamptz not null,
  moment timestamptz not null,
  source text not null
);
comment on table hall.restore is 'Each time this hall was restored from a backup; what was committed between moment and at is on paper only.';
comment on column hall.restore.restore_id is 'Key.';
comment on column hall.restore.at is 'When, by the wall clock.';
comment on column hall.restore.moment is 'Until when everything is here, by the wall clock.';
comment on column hall.restore.source is 'The base backup.';
create trigger append_only before update or delete on hall.restore
  for each row execute function hall.append_only();
create trigger keep before truncate on hall.restore
  for each statement execute function hall.append_only();
