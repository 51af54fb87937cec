-- Lists that grow with every command become tables: kinds of paper, conditions of template
-- blocks, events that leave the state. Words a command gives to its paper. Papers that were
-- void. Must know no rule.

set role yimen_owner;

create table hall.notice_kind (
  kind text primary key,
  help text not null
);
comment on table hall.notice_kind is 'Kinds of paper (DOC-1).';
comment on column hall.notice_kind.kind is 'Kind, as templates and papers name it.';
comment on column hall.notice_kind.help is 'What it is.';
insert into hall.notice_kind values
  ('receipt', '收件凭证: belongs to one delivery'),
  ('acceptance', '受理通知书'),
  ('correction', '一次性告知书'),
  ('lapse', '逾期未补正通知书'),
  ('guide', '办事指南');

alter table hall.template drop constraint template_kind_check;
alter table hall.template add foreign key (kind) references hall.notice_kind;
-- Papers are many: their kind is that of their template, which hall.verify() looks at.
alter table hall.notice drop constraint notice_kind_check, drop constraint notice_check;
comment on column hall.template.kind is 'Kind of paper, as in hall.notice_kind.';
comment on column hall.notice.kind is 'Kind, as in hall.notice_kind.';
comment on column hall.notice.serial is 'Number in its series; NULL: its template has no series (DOC-1).';

alter table hall.notice
  add column voided_at timestamptz,
  add column void_reason text,
  add column replaces_id int8;
comment on column hall.notice.voided_at is 'When it was voided; its number stays (DOC-2, DOC-3).';
comment on column hall.notice.void_reason is 'Why.';
comment on column hall.notice.replaces_id is 'The void paper it was issued for instead.';

create table hall.condition (
  name text primary key,
  help text not null
);
comment on table hall.condition is 'What the block of a template may depend on, or be repeated for (DOC-4).';
comment on column hall.condition.name is 'Its name in only_if and each.';
comment on column hall.condition.help is 'When it holds; for what a block is repeated.';
insert into hall.condition values
  ('agent', 'an agent brings the application'),
  ('remark', 'a remark was written'),
  ('matter', 'the applicant''s words are there'),
  ('silent', 'accepted by silence (ONE-2)'),
  ('complete', 'accepted with every material there'),
  ('conditional', 'accepted with materials that follow later (容缺)'),
  ('licence', 'the item is an administrative licence'),
  ('other', 'the item is none'),
  ('kept', 'materials that are there; each: these'),
  ('missing', 'each: materials absent or defective'),
  ('later', 'materials that follow later; each: these'),
  ('lacking', 'materials absent, defective or later; each: these'),
  ('material', 'each: every material'),
  ('promised', 'the item has a promised limit'),
  ('statutory', 'the item has a statutory limit'),
  ('provisional', 'dates are 暂定 (CLK-1)'),
  ('fee', 'the item is not free'),
  ('materials', 'the item asks for materials'),
  ('test', 'a test hall');
alter table hall.template_block drop constraint template_block_each_check, drop constraint template_block_only_if_check;
alter table hall.template_block add foreign key (each) references hall.condition (name),
  add foreign key (only_if) references hall.condition (name);

create table hall.side_event (
  event text primary key,
  help text not null
);
comment on table hall.side_event is 'Events of a case that leave its state: facts beside the state machine.';
comment on column hall.side_event.event is 'As hall.event names it.';
comment on column hall.side_event.help is 'What happened.';
insert into hall.side_event values
  ('print', 'a paper went to a printer (DOC-2)'),
  ('printed', 'its printing ended (DOC-2)'),
  ('calendar', 'a changed calendar moved its moments (CLK-4)');
comment on column hall.event.event is 'Action of hall.transition, or one of hall.side_event.';

-- An action may lead to several states: what a void paper made goes back to the state before.
alter table hall.transition drop constraint transition_pkey, drop constraint transition_done_by_check;
alter table hall.transition add primary key (from_state, action, to_state),
  add check (done_by in ('post', 'holder', 'chief', 'supervisor', 'system'));
comment on column hall.transition.done_by is
  'post: holder of the item''s receiving post; holder: of the step''s post; chief: chief representative; supervisor; system: fires by time.';

-- Values 1 to 60 are of the case, 61 to 80 given by the command, those of a material follow.
update hall.placeholder set no = no + 40 where no > 40;
alter table hall.placeholder add column given bool not null default false;
comment on column hall.placeholder.given is 'The command that makes the paper gives it; when it does, a condition of this name holds.';
comment on column hall.placeholder.no is 'Place in the list of values: 1 to 60 of the case, 61 to 80 given, above of a material.';
alter table hall.placeholder add check (given = (no between 61 and 80));
update hall.template_block set c1 = c1; -- compiled anew
