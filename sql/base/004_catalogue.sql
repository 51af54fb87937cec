-- The catalogue (CAT): items in versions, their materials and steps; readings of hanzi.

set role yimen_owner;

create table hall.pinyin_reading (
  hanzi text primary key check (char_length(hanzi) = 1),
  readings text not null
);
comment on table hall.pinyin_reading is 'Readings of a character, from Unihan.';
comment on column hall.pinyin_reading.hanzi is 'The character.';
comment on column hall.pinyin_reading.readings is 'Pinyin without tones, most frequent first, separated by blanks.';

create table hall.pinyin_phrase (
  phrase text not null,
  surname bool not null default false,
  readings text not null,
  primary key (phrase, surname)
);
comment on table hall.pinyin_phrase is 'Phrases and surnames whose characters read otherwise than alone.';
comment on column hall.pinyin_phrase.phrase is 'The phrase.';
comment on column hall.pinyin_phrase.surname is 'Holds only at the front of a person''s name.';
comment on column hall.pinyin_phrase.readings is 'One reading a character, separated by blanks.';

create table hall.item (
  item_id int8 primary key default hall.next_id(),
  code text not null unique,
  department_id int8 not null references hall.department
);
comment on table hall.item is 'An item of the catalogue (事项), whatever its version.';
comment on column hall.item.item_id is 'Key.';
comment on column hall.item.code is 'Code in the catalogue.';
comment on column hall.item.department_id is 'Department that decides it.';

create table hall.item_version (
  item_version_id int8 primary key default hall.next_id(),
  item_id int8 not null references hall.item,
  version int4 not null,
  in_force bool not null,
  name text not null,
  main_item text not null default '',
  task_type text not null,
  handling text not null check (handling in ('immediate', 'promised', 'joint', 'forwarded')),
  legal_basis text not null default '',
  statutory int4 check (statutory > 0),
  promised int4 check (promised > 0),
  unit text not null default 'workday' check (unit in ('workday', 'day', 'month', 'workhour')),
  fee int8 check (fee >= 0),
  fee_basis text not null default '',
  result_doc text not null default '',
  answer_days int4 not null default 30 check (answer_days > 0),
  guide bool not null,
  loaded_at timestamptz not null,
  initials text not null default '',
  words text not null default '',
  sort_code text not null default '',
  unique (item_id, version),
  check (promised <= statutory)
);
comment on table hall.item_version is 'A version of an item and what it publishes (CAT-1, CAT-4). Never changed once a case uses it.';
comment on column hall.item_version.item_version_id is 'Key; what the wire calls item_id.';
comment on column hall.item_version.item_id is 'The item.';
comment on column hall.item_version.version is '1, 2, 3 …';
comment on column hall.item_version.in_force is 'New cases are received under it.';
comment on column hall.item_version.name is 'Name.';
comment on column hall.item_version.main_item is 'Main item it belongs to.';
comment on column hall.item_version.task_type is '行政许可 and so on.';
comment on column hall.item_version.handling is 'Mode (CAT-3).';
comment on column hall.item_version.legal_basis is 'Laws and articles.';
comment on column hall.item_version.statutory is 'Statutory limit; NULL: no law fixes one (CAT-2).';
comment on column hall.item_version.promised is 'Promised limit, at most the statutory one.';
comment on column hall.item_version.unit is 'Unit of both limits.';
comment on column hall.item_version.fee is 'Fee in fen; NULL: computed case by case.';
comment on column hall.item_version.fee_basis is 'Basis of the fee.';
comment on column hall.item_version.result_doc is 'Result document.';
comment on column hall.item_version.answer_days is 'Calendar days to answer a correction notice (ONE-2).';
comment on column hall.item_version.guide is 'false: 指南未录入, cannot be received (CASE-17).';
comment on column hall.item_version.loaded_at is 'When it was loaded.';
comment on column hall.item_version.initials is 'Pinyin initials of the name, up to 16 readings without and 16 with bracketed words, separated by blanks; kept by a trigger.';
comment on column hall.item_version.words is 'The name without blanks, in small letters, with and without what is in brackets; kept by a trigger.';
comment on column hall.item_version.sort_code is 'The item''s code in small letters, kept by a trigger: item.find reads this table alone.';
create unique index item_version_in_force on hall.item_version (item_id) where in_force;

create table hall.item_material (
  item_version_id int8 not null references hall.item_version,
  seq int2 not null check (seq > 0),
  name text not null,
  form text not null check (form in ('original', 'copy', 'both', 'electronic')),
  copies int2 not null default 1 check (copies > 0),
  required text not null check (required in ('required', 'later', 'depending')),
  source text not null default '',
  note text not null default '',
  primary key (item_version_id, seq)
);
comment on table hall.item_material is 'A material an item asks for (CAT-5).';
comment on column hall.item_material.item_version_id is 'The item''s version.';
comment on column hall.item_material.seq is 'Number in the guide.';
comment on column hall.item_material.name is 'Name.';
comment on column hall.item_material.form is 'original, copy, both, electronic.';
comment on column hall.item_material.copies is 'How many.';
comment on column hall.item_material.required is 'required, later (容缺, with a date), depending on the situation.';
comment on column hall.item_material.source is 'Who issues it.';
comment on column hall.item_material.note is 'What to mind.';

create table hall.item_step (
  item_version_id int8 not null references hall.item_version,
  seq int2 not null check (seq >= 0),
  phase text not null check (phase in ('accept', 'handle', 'review', 'decide', 'close')),
  name text not null,
  post_id int8 not null references hall.post,
  limit_days int4 check (limit_days >= 0),
  primary key (item_version_id, seq),
  check ((seq = 0) = (phase = 'accept'))
);
comment on table hall.item_step is 'A step of the procedure and the post it belongs to (CASE-5); step 0 receives.';
comment on column hall.item_step.item_version_id is 'The item''s version.';
comment on column hall.item_step.seq is 'Order; 0 receives and accepts.';
comment on column hall.item_step.phase is 'Supervised phase: accept, handle, review, decide, close.';
comment on column hall.item_step.name is 'Name of the step, such as 受理.';
comment on column hall.item_step.post_id is 'Post responsible.';
comment on column hall.item_step.limit_days is 'Its own limit in the item''s unit; together no more than the promise.';
create index item_step_post on hall.item_step (post_id) where seq = 0;
