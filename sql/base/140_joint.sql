-- Joint items and projects as data (PAR-1, PAR-6): who reviews what in which limit, versioned with the
-- item; the stages of a project and what each needs; projects and their cases. Must know no rule.

set role yimen_owner;

create table hall.joint_review (
  item_code text not null,
  seq int2 not null check (seq > 0),
  matter text not null,
  post_id int8 not null references hall.post,
  limit_n int4 not null check (limit_n > 0),
  unit text not null check (unit in ('workday', 'day', 'month', 'workhour')),
  conditional bool not null,
  deem_basis text check (btrim(deem_basis) <> ''),
  primary key (item_code, seq)
);
comment on table hall.joint_review is 'A review of a joint item as it was loaded, for its versions to come (PAR-1).';
comment on column hall.joint_review.item_code is 'Code of the item.';
comment on column hall.joint_review.seq is 'Number of the review within the item.';
comment on column hall.joint_review.matter is 'What is reviewed, such as 雷电防护装置设计审核.';
comment on column hall.joint_review.post_id is 'Post that reviews; its department is the co-reviewing one (协办).';
comment on column hall.joint_review.limit_n is 'Its own limit.';
comment on column hall.joint_review.unit is 'Unit of that.';
comment on column hall.joint_review.conditional is 'Only where the case needs it: told when it is received.';
comment on column hall.joint_review.deem_basis is 'Legal basis by which silence counts as agreement (DEEM-1); NULL: the switch is off.';

create table hall.item_review (
  item_version_id int8 not null references hall.item_version,
  seq int2 not null check (seq > 0),
  matter text not null,
  post_id int8 not null references hall.post,
  limit_n int4 not null check (limit_n > 0),
  unit text not null check (unit in ('workday', 'day', 'month', 'workhour')),
  conditional bool not null,
  deem_basis text check (btrim(deem_basis) <> ''),
  primary key (item_version_id, seq)
);
comment on table hall.item_review is 'A review of a version of a joint item (PAR-1, CAT-4).';
comment on column hall.item_review.item_version_id is 'The item''s version.';
comment on column hall.item_review.seq is 'Number of the review within the item.';
comment on column hall.item_review.matter is 'What is reviewed.';
comment on column hall.item_review.post_id is 'Post that reviews.';
comment on column hall.item_review.limit_n is 'Its own limit.';
comment on column hall.item_review.unit is 'Unit of that.';
comment on column hall.item_review.conditional is 'Only where the case needs it.';
comment on column hall.item_review.deem_basis is 'Legal basis of silence as agreement (DEEM-1); NULL: the switch is off.';
create index item_review_post on hall.item_review (post_id);

create table hall.stage (
  stage_no int2 primary key check (stage_no > 0),
  name text not null,
  item_id int8 not null unique references hall.item,
  needs int2[] not null
);
comment on table hall.stage is 'A stage of a project (四环并联): itself a joint item (PAR-6).';
comment on column hall.stage.stage_no is 'Order: 1, 2, 3, 4.';
comment on column hall.stage.name is 'Name, such as 施工许可.';
comment on column hall.stage.item_id is 'The joint item it is received as.';
comment on column hall.stage.needs is 'Earlier stages that must be granted before it is received.';

create table hall.project (
  project_id int8 primary key default hall.next_id(),
  code text unique,
  name text not null,
  owner text not null,
  opened_at timestamptz not null,
  post_id int8 not null references hall.post,
  staff_id int8 not null references hall.staff
);
comment on table hall.project is 'A construction project that runs through the stages (PAR-6).';
comment on column hall.project.project_id is 'Key.';
comment on column hall.project.code is 'Its code elsewhere (项目代码); NULL: none yet.';
comment on column hall.project.name is 'Name.';
comment on column hall.project.owner is 'Who builds (建设单位).';
comment on column hall.project.opened_at is 'When it was entered, business time.';
comment on column hall.project.post_id is 'By which post.';
comment on column hall.project.staff_id is 'By whom.';
create index project_opened on hall.project (opened_at desc, project_id);
create trigger keep before delete on hall.project for each row execute function hall.keep();
create trigger keep_all before truncate on hall.project for each statement execute function hall.keep();

create table hall.case_project (
  case_id int8 primary key references hall.case_file,
  project_id int8 not null references hall.project,
  stage_no int2 not null
);
comment on table hall.case_project is 'The case of a project''s stage: its rows are reviews, never separate cases (PAR-6).';
comment on column hall.case_project.case_id is 'The case.';
comment on column hall.case_project.project_id is 'The project.';
comment on column hall.case_project.stage_no is 'The stage.';
create index case_project_stage on hall.case_project (project_id, stage_no, case_id);
create trigger keep before delete on hall.case_project for each row execute function hall.keep();
create trigger keep_all before truncate on hall.case_project for each statement execute function hall.keep();

insert into hall.subject values ('project', 'a construction project (PAR-6)');
insert into hall.setting values
  ('term.combine_days', '3', 'working days a lead department keeps for combining the reviews of a joint case (PAR-3, PAR-6)');
