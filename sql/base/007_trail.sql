-- The trail (SEC-2): append-only, a hash chain for each case and each other subject.

set role yimen_owner;

create table hall.event (
  event_id int8 primary key default hall.next_id(),
  case_id int8 not null references hall.case_file,
  seq int4 not null,
  version int4 not null,
  at timestamptz not null,
  event text not null,
  from_state text not null,
  to_state text not null,
  post_id int8 not null,
  staff_id int8,
  acting text not null check (acting in ('A', 'B', 'system')),
  acting_post_id int8,
  for_staff_id int8,
  window_id int8,
  notice_id int8,
  note text,
  detail text[] not null default '{}',
  hash bytea not null check (octet_length(hash) = 32),
  x xid8 not null default pg_current_xact_id(),
  unique (case_id, seq),
  check ((acting = 'system') = (staff_id is null))
);
comment on table hall.event is 'What happened to a case: who, as what, where, when (CASE-13). Rows are never changed.';
comment on column hall.event.event_id is 'Key; order of the hall''s events.';
comment on column hall.event.case_id is 'The case.';
comment on column hall.event.seq is 'Order within the case, without gaps: the chain.';
comment on column hall.event.version is 'Version of the case after it.';
comment on column hall.event.at is 'Business time.';
comment on column hall.event.event is 'Action of hall.transition, or print, printed, calendar (CLK-4).';
comment on column hall.event.from_state is 'State before.';
comment on column hall.event.to_state is 'State after.';
comment on column hall.event.post_id is 'Post the case belongs to after it.';
comment on column hall.event.staff_id is 'Person; NULL: the system.';
comment on column hall.event.acting is 'As A, as B for A, or the system.';
comment on column hall.event.acting_post_id is 'Post acted for.';
comment on column hall.event.for_staff_id is 'On whose behalf a B acted: the A.';
comment on column hall.event.window_id is 'Window; NULL: the system.';
comment on column hall.event.notice_id is 'Notice made or printed.';
comment on column hall.event.note is 'Remark.';
comment on column hall.event.detail is 'What changed: name, before, after, in threes; personal data as commitments.';
comment on column hall.event.hash is 'SHA-256 over the hash before and this row.';
comment on column hall.event.x is 'Transaction that wrote it, the cursor of the tail.';
create index event_x on hall.event (x);

create table hall.audit (
  audit_id int8 primary key default hall.next_id(),
  subject_kind text not null check (subject_kind in ('window', 'staff', 'post', 'hall')),
  subject_id int8 not null,
  seq int4 not null,
  at timestamptz not null,
  event text not null,
  staff_id int8,
  window_id int8,
  detail text[] not null default '{}',
  hash bytea not null check (octet_length(hash) = 32),
  unique (subject_kind, subject_id, seq)
);
comment on table hall.audit is 'What happened outside cases: sessions, passwords, posts, clock. Rows are never changed.';
comment on column hall.audit.audit_id is 'Key.';
comment on column hall.audit.subject_kind is 'Whose chain: window, staff, post, hall.';
comment on column hall.audit.subject_id is 'Its key; 0 for the hall.';
comment on column hall.audit.seq is 'Order within the chain, without gaps.';
comment on column hall.audit.at is 'Business time.';
comment on column hall.audit.event is 'What happened.';
comment on column hall.audit.staff_id is 'Who.';
comment on column hall.audit.window_id is 'Where.';
comment on column hall.audit.detail is 'Name, before, after, in threes.';
comment on column hall.audit.hash is 'SHA-256 over the hash before and this row.';

create table hall.chain (
  subject_kind text not null,
  subject_id int8 not null,
  seq int4 not null,
  hash bytea not null,
  primary key (subject_kind, subject_id)
) with (fillfactor = 50);
comment on table hall.chain is 'The last link of every chain of hall.audit; its row lock orders the chain.';
comment on column hall.chain.subject_kind is 'Whose chain.';
comment on column hall.chain.subject_id is 'Its key.';
comment on column hall.chain.seq is 'Links so far.';
comment on column hall.chain.hash is 'Hash of the last.';

create function hall.append_only() returns trigger language plpgsql as $$
begin
  raise exception 'hall.% is append-only', tg_table_name using errcode = 'YM010';
end $$;
comment on function hall.append_only() is 'Refuses to change what was written (SEC-2).';
create trigger append_only before update or delete on hall.event
  for each row execute function hall.append_only();
create trigger append_only before update or delete on hall.audit
  for each row execute function hall.append_only();
create trigger keep before truncate on hall.event
  for each statement execute function hall.append_only();
create trigger keep before truncate on hall.audit
  for each statement execute function hall.append_only();

create function hall.keep() returns trigger language plpgsql as $$
begin
  raise exception 'rows of hall.% are kept for the record', tg_table_name using errcode = 'YM010';
end $$;
comment on function hall.keep() is 'Refuses to delete what cases, notices and events point at.';
do $$
declare
  t text;
begin
  foreach t in array array['department', 'window', 'staff', 'post', 'item', 'item_version',
    'applicant', 'template', 'case_file', 'notice'] loop
    execute format('create trigger keep before delete on hall.%I for each row execute function hall.keep()', t);
    execute format('create trigger keep_all before truncate on hall.%I for each statement execute function hall.keep()', t);
  end loop;
end $$;
