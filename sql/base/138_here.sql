-- Of several yimends each tells whose lines are up with it (POST-4); A asks for a covered post back; a
-- handover's end has its paper, too (POST-3). Must know no rule.

set role yimen_owner;

alter table hall.live add column server bytea, add column put_at timestamptz;
comment on column hall.live.server is 'The yimend whose line it is, or that watches a script''s; NULL: just come, no beat has told it yet.';
comment on column hall.live.put_at is 'When it came, by the wall clock; NULL: before this was kept.';

create table hall.beat (
  server bytea primary key,
  at timestamptz not null
);
comment on table hall.beat is 'The yimends that serve this hall: when each last told whose lines are up.';
comment on column hall.beat.server is 'What it drew for itself as it started.';
comment on column hall.beat.at is 'Its last beat, by the wall clock.';

create table hall.ask_back (
  ask_back_id int8 primary key default hall.next_id(),
  tenure_id int8 not null references hall.tenure,
  at timestamptz not null,
  staff_id int8 not null references hall.staff
);
comment on table hall.ask_back is 'The A of a post asked for it back from the B who covers it (POST-4).';
comment on column hall.ask_back.ask_back_id is 'Key.';
comment on column hall.ask_back.tenure_id is 'The B''s holding it.';
comment on column hall.ask_back.at is 'When.';
comment on column hall.ask_back.staff_id is 'The A.';
create index ask_back_tenure on hall.ask_back (tenure_id, at desc);
create trigger append_only before update or delete on hall.ask_back for each row execute function hall.append_only();
create trigger keep_all before truncate on hall.ask_back for each statement execute function hall.append_only();

alter table hall.floor_paper alter column staff_id drop not null;
comment on column hall.floor_paper.staff_id is 'Who issued it; NULL: the system, as a handover ended by time.';
