-- Notices (DOC): templates as typed blocks, gapless numbers, what was issued, its printing.

set role yimen_owner;

create type hall.block as (block text, c1 text, c2 text, c3 text, c4 text, widths text);
comment on type hall.block is 'A typed block of a paper (DOC-4).';

create table hall.placeholder (
  no int4 primary key,
  name text not null unique check (name ~ '^[a-z_]+(\.[a-z_]+)?$'),
  help text not null
);
comment on table hall.placeholder is 'The closed list of words a template may use in braces (DOC-4).';
comment on column hall.placeholder.no is 'Place in the list of values.';
comment on column hall.placeholder.name is 'The word; those with m. hold in repeated blocks only.';
comment on column hall.placeholder.help is 'What it stands for.';

create table hall.template (
  template_id int4 primary key generated always as identity,
  kind text not null check (kind in ('receipt', 'acceptance', 'correction', 'lapse', 'guide')),
  version int4 not null,
  in_force bool not null,
  title text not null,
  series text not null default '',
  unique (kind, version)
);
comment on table hall.template is 'A version of a paper''s template.';
comment on column hall.template.template_id is 'Key.';
comment on column hall.template.kind is 'Kind of paper.';
comment on column hall.template.version is '1, 2, 3 …';
comment on column hall.template.in_force is 'New papers are made from it.';
comment on column hall.template.title is 'Title of the paper.';
comment on column hall.template.series is 'Word in its number, such as 受; empty: has no series of its own.';
create unique index template_in_force on hall.template (kind) where in_force;

create table hall.template_block (
  template_id int4 not null references hall.template,
  no int2 not null,
  each text check (each in ('kept', 'missing', 'later', 'lacking', 'material')),
  only_if text check (only_if in ('agent', 'remark', 'matter', 'silent', 'complete', 'conditional', 'licence',
    'other', 'kept', 'later', 'lacking', 'promised', 'statutory', 'provisional', 'fee', 'materials', 'test')),
  block text not null check (block in ('title', 'number', 'to', 'para', 'field', 'head', 'row',
    'sign', 'seal', 'qr', 'small')),
  c1 text,
  c2 text,
  c3 text,
  c4 text,
  widths text,
  f1 text,
  f2 text,
  f3 text,
  f4 text,
  primary key (template_id, no)
);
comment on table hall.template_block is 'A block of a template, its cells with placeholders.';
comment on column hall.template_block.template_id is 'The template.';
comment on column hall.template_block.no is 'Order.';
comment on column hall.template_block.each is 'Repeated for these materials: kept, missing, later, lacking (missing or later), or every material.';
comment on column hall.template_block.only_if is 'Only when this holds.';
comment on column hall.template_block.block is 'Kind of block.';
comment on column hall.template_block.c1 is 'First cell, with placeholders in braces.';
comment on column hall.template_block.c2 is 'Second.';
comment on column hall.template_block.c3 is 'Third.';
comment on column hall.template_block.c4 is 'Fourth.';
comment on column hall.template_block.widths is 'head: relative column widths.';
comment on column hall.template_block.f1 is 'First cell made ready for format(); kept by a trigger.';
comment on column hall.template_block.f2 is 'Second.';
comment on column hall.template_block.f3 is 'Third.';
comment on column hall.template_block.f4 is 'Fourth.';

create table hall.notice_counter (
  department_id int8 not null,
  kind text not null,
  year int4 not null,
  last int4 not null,
  primary key (department_id, kind, year)
) with (fillfactor = 20);
comment on table hall.notice_counter is 'Last number of a department, kind and year; without gaps, locked last (DOC-2).';
comment on column hall.notice_counter.department_id is 'The department.';
comment on column hall.notice_counter.kind is 'Kind of notice.';
comment on column hall.notice_counter.year is 'The year.';
comment on column hall.notice_counter.last is 'The last number given.';

create table hall.notice (
  notice_id int8 primary key default hall.next_id(),
  case_id int8 not null references hall.case_file,
  kind text not null check (kind in ('receipt', 'acceptance', 'correction', 'lapse')),
  department_id int8 not null,
  year int4 not null,
  serial int4,
  number text not null,
  template_id int4 not null,
  title text not null,
  issued_at timestamptz not null,
  blocks hall.block[] compression lz4 not null,
  state text not null default 'unprinted' check (state in ('unprinted', 'queued', 'printed', 'failed')),
  copies int4 not null default 0,
  sha256 bytea check (octet_length(sha256) = 32),
  unique (department_id, kind, year, serial),
  check ((serial is null) = (kind = 'receipt'))
) with (fillfactor = 80);
comment on table hall.notice is 'A paper as issued, kept exactly (DOC-3).';
comment on column hall.notice.notice_id is 'Key.';
comment on column hall.notice.case_id is 'Its case.';
comment on column hall.notice.kind is 'Kind.';
comment on column hall.notice.department_id is 'Department whose series it is in.';
comment on column hall.notice.year is 'Year of its series.';
comment on column hall.notice.serial is 'Number in its series; a receipt has none (DOC-1).';
comment on column hall.notice.number is 'Number as written.';
comment on column hall.notice.template_id is 'Version of the template it was made from.';
comment on column hall.notice.title is 'Title.';
comment on column hall.notice.issued_at is 'Business time of issue.';
comment on column hall.notice.blocks is 'Its content.';
comment on column hall.notice.state is 'unprinted, queued, printed, failed.';
comment on column hall.notice.copies is 'Confirmed prints; above 1: 补打.';
comment on column hall.notice.sha256 is 'Hash of the first PDF.';
create index notice_case on hall.notice (case_id);
create index notice_waiting on hall.notice (notice_id) where state <> 'printed';

create table hall.notice_print (
  print_id int8 primary key default hall.next_id(),
  notice_id int8 not null references hall.notice,
  staff_id int8 not null,
  window_id int8 not null,
  printer text not null,
  queued_at timestamptz not null,
  ended_at timestamptz,
  ok bool,
  pages int2,
  sha256 bytea,
  detail text
);
comment on table hall.notice_print is 'One printing of a notice, a separate act with its own record (DOC-2).';
comment on column hall.notice_print.print_id is 'Key.';
comment on column hall.notice_print.notice_id is 'The notice.';
comment on column hall.notice_print.staff_id is 'Who printed it.';
comment on column hall.notice_print.window_id is 'Where.';
comment on column hall.notice_print.printer is 'The printer.';
comment on column hall.notice_print.queued_at is 'When it was sent.';
comment on column hall.notice_print.ended_at is 'When its end was known.';
comment on column hall.notice_print.ok is 'The paper came out; NULL: not known yet.';
comment on column hall.notice_print.pages is 'Pages.';
comment on column hall.notice_print.sha256 is 'Hash of this PDF.';
comment on column hall.notice_print.detail is 'Why it failed.';
create index notice_print_notice on hall.notice_print (notice_id);

create function hall.template_compile(p_cell text) returns text language plpgsql stable as $$
declare
  word text;
  place int4;
  made text := replace(p_cell, '%', '%%');
begin
  for word in select distinct m[1] from regexp_matches(p_cell, '\{([^{}]*)\}', 'g') m loop
    select no into place from hall.placeholder where name = word;
    if place is null then
      raise exception 'template.placeholder' using errcode = 'YM006', detail = word;
    end if;
    made := replace(made, '{' || word || '}', '%' || place || '$s');
  end loop;
  return made;
end $$;
comment on function hall.template_compile(text) is 'A cell with {words} as a format string; refuses words not in the list (DOC-4).';

create function hall.template_ready() returns trigger language plpgsql as $$
begin
  if new.each is null and concat(new.c1, new.c2, new.c3, new.c4) like '%{m.%' then
    raise exception 'template.placeholder' using errcode = 'YM006', detail = 'm.';
  end if;
  new.f1 := hall.template_compile(new.c1);
  new.f2 := hall.template_compile(new.c2);
  new.f3 := hall.template_compile(new.c3);
  new.f4 := hall.template_compile(new.c4);
  return new;
end $$;
comment on function hall.template_ready() is 'Compiles the cells of a block when it is loaded.';
create trigger ready before insert or update on hall.template_block
  for each row execute function hall.template_ready();
