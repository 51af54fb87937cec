-- Attachments (PAR-7): scans kept in the database in chunks, each paper with the hash of its
-- content; originals kept by the window and their return (CASE-2).

set role yimen_owner;

insert into hall.setting values
  ('paper.file_mib', '20', 'MiB an attachment may have, at most 64'),
  ('paper.case_mib', '100', 'MiB the attachments of a case may have together');

insert into hall.side_event values
  ('attach', 'an attachment was put in (PAR-7)'),
  ('void_paper', 'an attachment was marked void'),
  ('keep', 'originals were kept (CASE-2)'),
  ('give_back', 'originals were returned (CASE-2)');

create table hall.paper (
  paper_id int8 primary key,
  case_id int8 not null references hall.case_file,
  seq int2,
  name text not null,
  media text not null check (media in ('pdf', 'jpeg')),
  size int4 not null check (size > 0),
  sha256 bytea not null check (octet_length(sha256) = 32),
  staff_id int8 not null,
  acting text not null check (acting in ('A', 'B')),
  post_id int8 not null,
  for_staff_id int8,
  window_id int8 not null,
  at timestamptz not null,
  voided_at timestamptz,
  void_reason text,
  salt bytea not null default uuid_send(gen_random_uuid()),
  check ((voided_at is null) = (void_reason is null))
);
comment on table hall.paper is 'An attachment of a case: a scan, whole and as it was sent. Never deleted or changed; a wrong one is void.';
comment on column hall.paper.paper_id is 'Key.';
comment on column hall.paper.case_id is 'The case.';
comment on column hall.paper.seq is 'The material it shows: its number in the guide; NULL: of the whole case.';
comment on column hall.paper.name is 'Name of the file it came from.';
comment on column hall.paper.media is 'pdf or jpeg, by its content.';
comment on column hall.paper.size is 'Bytes.';
comment on column hall.paper.sha256 is 'SHA-256 of its content.';
comment on column hall.paper.staff_id is 'Who attached it.';
comment on column hall.paper.acting is 'As A, or as B for A.';
comment on column hall.paper.post_id is 'Post acted for.';
comment on column hall.paper.for_staff_id is 'On whose behalf a B acted: the A.';
comment on column hall.paper.window_id is 'Where.';
comment on column hall.paper.at is 'When it was whole, business time.';
comment on column hall.paper.voided_at is 'When it was found to be the wrong one; NULL: it stands.';
comment on column hall.paper.void_reason is 'Why.';
comment on column hall.paper.salt is 'Salt of the commitment that stands for this row in the chain.';
create unique index paper_content on hall.paper (case_id, sha256) where voided_at is null;
create index paper_case on hall.paper (case_id);

create table hall.paper_upload (
  paper_id int8 primary key default hall.next_id(),
  case_id int8 not null references hall.case_file,
  sha256 bytea not null check (octet_length(sha256) = 32),
  size int4 not null,
  next int4 not null default 0,
  media text check (media in ('pdf', 'jpeg')),
  seen_at timestamptz not null,
  unique (case_id, sha256)
) with (fillfactor = 60);
comment on table hall.paper_upload is 'An attachment on its way: nobody sees it; swept a day after its last chunk.';
comment on column hall.paper_upload.paper_id is 'Key it will have as a paper.';
comment on column hall.paper_upload.case_id is 'The case.';
comment on column hall.paper_upload.sha256 is 'SHA-256 its content will have: case and hash are the key of an upload.';
comment on column hall.paper_upload.size is 'Bytes it will have.';
comment on column hall.paper_upload.next is 'Chunks that are here: 0 to this less one.';
comment on column hall.paper_upload.media is 'pdf or jpeg, by its first chunk.';
comment on column hall.paper_upload.seen_at is 'Its last chunk, by the wall clock.';
create index paper_upload_seen on hall.paper_upload (seen_at);

create table hall.paper_chunk (
  paper_id int8 not null,
  no int4 not null check (no >= 0),
  bytes bytea not null,
  primary key (paper_id, no)
);
alter table hall.paper_chunk alter column bytes set storage external; -- PDF and JPEG are compressed already
comment on table hall.paper_chunk is 'The content of papers and of those on their way, in chunks of 48 KiB; the last is shorter.';
comment on column hall.paper_chunk.paper_id is 'The paper, or the upload it will be.';
comment on column hall.paper_chunk.no is '0, 1, 2 …';
comment on column hall.paper_chunk.bytes is 'Its bytes.';

create table hall.paper_read (
  session_id int8 not null,
  paper_id int8 not null,
  at timestamptz not null,
  primary key (session_id, paper_id)
);
comment on table hall.paper_read is 'Papers whose content a session is getting: each get is written to the audit once, not for each chunk (SEC-1).';
comment on column hall.paper_read.session_id is 'The session.';
comment on column hall.paper_read.paper_id is 'The paper.';
comment on column hall.paper_read.at is 'Its last beginning, by the wall clock.';
create index paper_read_at on hall.paper_read (at);

create table hall.original (
  original_id int8 primary key default hall.next_id(),
  case_id int8 not null references hall.case_file,
  seq int2,
  name text not null,
  copies int2 not null check (copies > 0),
  kept_by int8 not null,
  kept_window_id int8 not null,
  kept_at timestamptz not null,
  returned_by int8,
  returned_window_id int8,
  returned_at timestamptz,
  receiver text,
  remark text,
  salt bytea not null default uuid_send(gen_random_uuid()),
  check (num_nulls(returned_by, returned_window_id, returned_at, receiver) in (0, 4))
);
comment on table hall.original is 'An original the window keeps, and who got it back (CASE-2).';
comment on column hall.original.original_id is 'Key.';
comment on column hall.original.case_id is 'The case.';
comment on column hall.original.seq is 'Its material: number in the guide; NULL: none of them.';
comment on column hall.original.name is 'What it is.';
comment on column hall.original.copies is 'How many.';
comment on column hall.original.kept_by is 'Who took it.';
comment on column hall.original.kept_window_id is 'Where.';
comment on column hall.original.kept_at is 'When, business time.';
comment on column hall.original.returned_by is 'Who gave it back; NULL: still kept.';
comment on column hall.original.returned_window_id is 'Where.';
comment on column hall.original.returned_at is 'When, business time.';
comment on column hall.original.receiver is 'Who got it and signed for it.';
comment on column hall.original.remark is 'How it was signed for, or by what right another than the applicant got it.';
comment on column hall.original.salt is 'Salt of the commitments that stand for this row in the chain.';
create index original_case on hall.original (case_id);

create function hall.paper_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.voided_at is null
      and (new.paper_id, new.case_id, new.seq, new.name, new.media, new.size, new.sha256, new.staff_id, new.acting,
        new.post_id, new.for_staff_id, new.window_id, new.at, new.salt)
      is not distinct from (old.paper_id, old.case_id, old.seq, old.name, old.media, old.size, old.sha256, old.staff_id,
        old.acting, old.post_id, old.for_staff_id, old.window_id, old.at, old.salt) then
    return new;
  end if;
  raise exception 'hall.paper: an attachment is never changed, only marked void, once' using errcode = 'YM010';
end $$;
comment on function hall.paper_kept() is 'Refuses to change an attachment but for marking it void.';
create trigger kept before update or delete on hall.paper for each row execute function hall.paper_kept();

create function hall.paper_chunk_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and not exists (select from hall.paper p where p.paper_id = old.paper_id) then
    return old; -- of an upload that was given up
  end if;
  raise exception 'hall.paper_chunk: the content of an attachment is kept' using errcode = 'YM010';
end $$;
comment on function hall.paper_chunk_kept() is 'Refuses to change content, and to delete that of a whole attachment.';
create trigger kept before update or delete on hall.paper_chunk for each row execute function hall.paper_chunk_kept();

create function hall.original_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.returned_at is null
      and (new.original_id, new.case_id, new.seq, new.name, new.copies, new.kept_by, new.kept_window_id, new.kept_at, new.salt)
      is not distinct from (old.original_id, old.case_id, old.seq, old.name, old.copies, old.kept_by, old.kept_window_id,
        old.kept_at, old.salt) then
    return new;
  end if;
  raise exception 'hall.original: what was kept and returned is never changed' using errcode = 'YM010';
end $$;
comment on function hall.original_kept() is 'Refuses to change an original but for its return, once.';
create trigger kept before update or delete on hall.original for each row execute function hall.original_kept();

do $$
declare
  t text;
begin
  foreach t in array array['paper', 'paper_chunk', 'original'] loop
    execute format('create trigger keep_all before truncate on hall.%I for each statement execute function hall.keep()', t);
  end loop;
end $$;
