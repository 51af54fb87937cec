-- Drafts (architecture, decision 12): what is typed in a form, kept until its case commits.
-- Knows no form: the content is the client's own.

set role yimen_owner;

insert into hall.setting values
  ('draft.days', '30', 'days after which a draft nobody came back to is deleted'),
  ('draft.most', '100', 'drafts one person may leave open');

-- No foreign key to the case: a draft is saved while commands hold the case's row.
create table hall.draft (
  draft_key bytea primary key check (octet_length(draft_key) = 16),
  staff_id int8 not null references hall.staff,
  window_id int8 not null references hall.window,
  post_id int8 references hall.post,
  item_version_id int8 references hall.item_version,
  case_id int8,
  screen text not null,
  title text,
  revision int4 not null default 0,
  content bytea check (octet_length(content) <= 49152),
  saved_at timestamptz not null,
  ended text check (ended in ('done', 'dropped')),
  check (ended is null or (title is null and content is null))
) with (fillfactor = 60);
comment on table hall.draft is 'Typed work that is not committed yet. It goes with the write that ends its form; an empty row stays for a day, so that a late save does not bring it back.';
comment on column hall.draft.draft_key is 'Random key made by the client.';
comment on column hall.draft.staff_id is 'Who typed it, or took it over.';
comment on column hall.draft.window_id is 'Window where it was saved last.';
comment on column hall.draft.post_id is 'Post the item belongs to; of a case: its own post counts.';
comment on column hall.draft.item_version_id is 'Item to be received; NULL: none.';
comment on column hall.draft.case_id is 'Case it is about; set by the server once the form''s case is received.';
comment on column hall.draft.screen is 'Screen that was typed in.';
comment on column hall.draft.title is 'What a list shows of it.';
comment on column hall.draft.revision is 'Goes only forward: what comes late is not taken.';
comment on column hall.draft.content is 'Fields, ticks, caret, as the client encodes them; NULL: not saved yet, or ended.';
comment on column hall.draft.saved_at is 'Business time of the last save, or of the end.';
comment on column hall.draft.ended is 'done: committed with its write; dropped: by a person; NULL: open.';
create index draft_staff on hall.draft (staff_id) where ended is null;
create index draft_post on hall.draft (post_id) where ended is null;
create index draft_case on hall.draft (case_id) where ended is null;
create index draft_saved on hall.draft (saved_at);
