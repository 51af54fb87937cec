-- Granting by silence (DEEM-5): an item's switch for its own decision, renewals whose old licence expires undecided
-- (行政许可法 art. 50), what was granted so and the written decision that is to follow. Must know no rule.

set role yimen_owner;

create table hall.silent_item (
  item_code text primary key,
  promise_basis text check (btrim(promise_basis) <> ''),
  renewal_basis text check (btrim(renewal_basis) <> ''),
  check (num_nonnulls(promise_basis, renewal_basis) > 0)
);
comment on table hall.silent_item is 'Items whose own decision silence makes, as loaded, for their versions to come (DEEM-5).';
comment on column hall.silent_item.item_code is 'Code of the item.';
comment on column hall.silent_item.promise_basis is 'Legal basis by which a promise that passes grants; NULL: the switch is off.';
comment on column hall.silent_item.renewal_basis is 'Legal basis by which a renewal is granted when the old licence expires undecided; NULL: it is none.';

alter table hall.item_version
  add column promise_basis text check (btrim(promise_basis) <> ''),
  add column renewal_basis text check (btrim(renewal_basis) <> '');
comment on column hall.item_version.promise_basis is 'Legal basis by which its promise that passes undecided grants by silence (DEEM-5); NULL: it does not.';
comment on column hall.item_version.renewal_basis is 'Legal basis by which a renewal is granted when the old licence expires undecided (行政许可法 art. 50); NULL: it is none.';

create table hall.old_licence (
  case_id int8 primary key references hall.case_file,
  number text not null check (btrim(number) <> ''),
  expires date not null,
  named_at timestamptz not null
);
comment on table hall.old_licence is 'The licence a renewal renews (行政许可法 art. 50).';
comment on column hall.old_licence.case_id is 'The case that renews it.';
comment on column hall.old_licence.number is 'Its number.';
comment on column hall.old_licence.expires is 'Its last day.';
comment on column hall.old_licence.named_at is 'When it was named, or put right last.';
create trigger keep before delete on hall.old_licence for each row execute function hall.keep();
create trigger keep_all before truncate on hall.old_licence for each statement execute function hall.keep();

create table hall.silent_grant (
  case_id int8 primary key references hall.case_file,
  version int4 not null,
  why text not null check (why in ('promise', 'renewal')),
  basis text not null,
  due_at timestamptz not null,
  at timestamptz not null,
  staff_id int8 references hall.staff,
  acting text check (acting in ('A', 'B')),
  post_id int8 not null references hall.post,
  for_staff_id int8 references hall.staff,
  consent_until timestamptz not null,
  consented_at timestamptz,
  consented_by int8 references hall.staff,
  document_no text,
  words text,
  check ((consented_at is null) = (consented_by is null))
);
comment on table hall.silent_grant is 'A case granted by silence (DEEM-5).';
comment on column hall.silent_grant.case_id is 'The case.';
comment on column hall.silent_grant.version is 'Version of the case it made.';
comment on column hall.silent_grant.why is 'promise: it passed undecided; renewal: the old licence expired undecided.';
comment on column hall.silent_grant.basis is 'Legal basis.';
comment on column hall.silent_grant.due_at is 'The moment that passed.';
comment on column hall.silent_grant.at is 'When it was granted.';
comment on column hall.silent_grant.staff_id is 'Against whom it is recorded (DEEM-4); NULL: nobody held the post nor that of its chief representative.';
comment on column hall.silent_grant.acting is 'As A or as B.';
comment on column hall.silent_grant.post_id is 'The post that let it pass; empty then: that of the chief representative.';
comment on column hall.silent_grant.for_staff_id is 'On whose behalf a B held it.';
comment on column hall.silent_grant.consent_until is 'By when the written decision follows (DEEM-3).';
comment on column hall.silent_grant.consented_at is 'When it came.';
comment on column hall.silent_grant.consented_by is 'Who filed it.';
comment on column hall.silent_grant.document_no is 'Its number.';
comment on column hall.silent_grant.words is 'What it says beside.';
create index silent_grant_open on hall.silent_grant (consent_until) where consented_at is null;
create trigger keep before delete on hall.silent_grant for each row execute function hall.keep();
create trigger keep_all before truncate on hall.silent_grant for each statement execute function hall.keep();

insert into hall.due_kind values
  ('grant', 51, 'a promise, or the old licence of a renewal, ends undecided: granted by silence (DEEM-5)');
create index due_grant on hall.due (at) where kind = 'grant';
insert into hall.transition values
  ('accepted', 'deem', 'decided', 'system', 'granted by silence, where the item has the switch (DEEM-5); 准予决定书');
insert into hall.setting values
  ('term.renewal_days', '30', 'calendar days before the old licence expires by which a renewal is asked for in time (行政许可法 art. 50)');
insert into hall.side_event values
  ('licence', 'the licence that a renewal renews was named (DEEM-5)'),
  ('follow', 'the written decision to what silence granted came (DEEM-3, DEEM-5)');

alter table hall.case_outcome drop constraint case_outcome_event_check;
alter table hall.case_outcome
  add check (event in ('finish', 'withdraw', 'decide', 'refuse', 'deem', 'close', 'deliver')),
  add check (document is not null or event <> 'deem');

insert into hall.placeholder (no, name, help, given) values
  (160, 'silence', 'what passed undecided, such as 承诺期限于2026年12月1日届满 (DEEM-5)', true),
  (161, 'silence_basis', 'by what that grants', true);
insert into hall.condition values
  ('silence', 'granted by silence (DEEM-5)'),
  ('granted_licence', 'an administrative licence, granted by a decision'),
  ('granted_other', 'something else, granted by a decision');

-- 准予决定书 says that silence granted. The next version: the last one's blocks, what tells of an examination only where there was one.
with old as (
  update hall.template set in_force = false where kind = 'grant' and in_force returning template_id, kind, title, series
), made as (
  insert into hall.template (kind, version, in_force, title, series)
  select o.kind, (select max(t.version) from hall.template t where t.kind = o.kind) + 1, false, o.title, o.series from old o
  returning template_id
), kept as (
  select b.no * 10 as place, b.part, b.each,
    case when b.block = 'para' and b.only_if in ('licence', 'other') then 'granted_' || b.only_if else b.only_if end as only_if,
    b.block, b.c1, b.c2, b.c3, b.c4, b.widths
  from hall.template_block b join old o on o.template_id = b.template_id
), added as (
  select min(k.place) + 1 as place, 0::int2, null, 'silence', 'para',
    '{you}于{delivered_date}提交的“{item}”申请（办件编号：{case_number}），{silence}，本机关未作出决定。依据{silence_basis}，视为准予。',
    null, null, null, null
  from kept k where k.only_if = 'granted_other'
  union all
  select min(k.place) + 2, 0::int2, null, 'silence', 'field', '说明', '超时默许', null, null, null from kept k where k.only_if = 'granted_other'
)
insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select m.template_id, row_number() over (order by q.place), q.part, q.each, q.only_if, q.block, q.c1, q.c2, q.c3, q.c4, q.widths
from made m, (select * from kept union all select * from added where place is not null) q;
update hall.template t set in_force = true
where t.kind = 'grant' and t.version = (select max(x.version) from hall.template x where x.kind = t.kind);
