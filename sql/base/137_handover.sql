-- Planned handovers of a post (POST-3): who hands over to whom, from when until when, which cases and things.
-- Must know no rule.

set role yimen_owner;

create table hall.handover (
  handover_id int8 primary key default hall.next_id(),
  post_id int8 not null references hall.post,
  outer_id int8 references hall.handover,
  giver_id int8 not null references hall.staff,
  taker_id int8 not null references hall.staff check (taker_id <> giver_id),
  from_at timestamptz not null,
  until_at timestamptz not null check (until_at > from_at),
  reason text not null,
  absence_id int8 references hall.absence,
  state text not null check (state in ('planned', 'confirmed', 'running', 'over', 'cancelled', 'unconfirmed')),
  late bool not null,
  planned_by int8 not null references hall.staff,
  planned_at timestamptz not null,
  confirmed_at timestamptz,
  begun_at timestamptz,
  ended_at timestamptz,
  ended_by int8 references hall.staff,
  end_note text,
  last_at timestamptz not null,
  version int4 not null,
  salt bytea not null default uuid_send(gen_random_uuid()),
  check (state <> 'confirmed' or confirmed_at is not null),
  check ((state in ('running', 'over')) = (begun_at is not null)),
  check ((state in ('over', 'cancelled', 'unconfirmed')) = (ended_at is not null))
);
comment on table hall.handover is 'A post handed over for an interval (POST-3): half-open, any minute.';
comment on column hall.handover.handover_id is 'Key.';
comment on column hall.handover.post_id is 'The post.';
comment on column hall.handover.outer_id is 'The handover by which the giver holds the post: they hand on within it; NULL: none.';
comment on column hall.handover.giver_id is 'Who hands over.';
comment on column hall.handover.taker_id is 'Who takes it over.';
comment on column hall.handover.from_at is 'From this moment.';
comment on column hall.handover.until_at is 'Until before this one.';
comment on column hall.handover.reason is 'Why.';
comment on column hall.handover.absence_id is 'The absence it is for.';
comment on column hall.handover.state is
  'planned, confirmed (item by item), running, over, cancelled, unconfirmed (by its beginning: the post was emptied).';
comment on column hall.handover.late is 'Planned later than a working day ahead.';
comment on column hall.handover.planned_by is 'Who planned it: the giver, or the chief representative.';
comment on column hall.handover.planned_at is 'When it was planned, or changed last before it began.';
comment on column hall.handover.confirmed_at is 'When its last item was confirmed.';
comment on column hall.handover.begun_at is 'When the taker held the post by it.';
comment on column hall.handover.ended_at is 'When it was over, cancelled, or found unconfirmed.';
comment on column hall.handover.ended_by is 'Who ended or cancelled it; NULL: time did.';
comment on column hall.handover.end_note is 'With which words.';
comment on column hall.handover.last_at is 'Business time of the last change.';
comment on column hall.handover.version is 'Goes up with every change.';
comment on column hall.handover.salt is 'Salt of the commitment that stands for its words and items in the chain.';
create index handover_post on hall.handover (post_id, from_at);
create index handover_open on hall.handover (post_id) where state in ('planned', 'confirmed', 'running');
create index handover_outer on hall.handover (outer_id) where outer_id is not null;
create index handover_absence on hall.handover (absence_id) where absence_id is not null;
create trigger keep before delete on hall.handover for each row execute function hall.keep();
create trigger keep_all before truncate on hall.handover for each statement execute function hall.keep();

create table hall.handover_item (
  handover_id int8 not null references hall.handover,
  item int2 not null check (item > 0),
  kind text not null check (kind in ('case', 'thing')),
  case_id int8 references hall.case_file,
  text text not null,
  confirmed_at timestamptz,
  primary key (handover_id, item),
  unique (handover_id, case_id),
  check ((kind = 'case') = (case_id is not null))
);
comment on table hall.handover_item is 'What is handed over with a post, confirmed item by item (POST-3).';
comment on column hall.handover_item.handover_id is 'The handover.';
comment on column hall.handover_item.item is '1, 2, 3 …';
comment on column hall.handover_item.kind is 'case, or thing: papers, seals, keys.';
comment on column hall.handover_item.case_id is 'The case.';
comment on column hall.handover_item.text is 'Of a case: what to know about it; of a thing: what it is.';
comment on column hall.handover_item.confirmed_at is 'When the taker confirmed it.';
create trigger keep before delete on hall.handover_item for each row execute function hall.keep();
create trigger keep_all before truncate on hall.handover_item for each statement execute function hall.keep();

insert into hall.subject values ('handover', 'a planned handover of a post (POST-3)');

-- Its paper tells of the cases without a note, too. The next version: the last one's blocks and this.
with old as (
  update hall.template set in_force = false where kind = 'handover' and in_force returning template_id, kind, title, series
), made as (
  insert into hall.template (kind, version, in_force, title, series)
  select o.kind, (select max(t.version) from hall.template t where t.kind = o.kind) + 1, false, o.title, o.series from old o
  returning template_id
)
insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
select m.template_id, row_number() over (order by q.place), q.part, q.each, q.only_if, q.block, q.c1, q.c2, q.c3, q.c4, q.widths
from made m, (
  select b.no * 10 as place, b.part, b.each, b.only_if, b.block, b.c1, b.c2, b.c3, b.c4, b.widths
  from hall.template_block b join old o on o.template_id = b.template_id
  union all
  select 95, 0::int2, null, 'remark', 'field', '其他事项', '{remark}', null, null, null
) q;
update hall.template t set in_force = true
where t.kind = 'handover' and t.version = (select max(x.version) from hall.template x where x.kind = t.kind);
