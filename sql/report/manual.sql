-- What the manual prints from its source: the state machine, papers, words of templates,
-- settings. yimen-sql(7) is made from these; nobody types them twice.

set role yimen_owner;

drop view if exists report.transition_table;
create view report.transition_table as
select case t.from_state when 'none' then '–' else t.from_state end as "from", t.action, t.done_by as "by",
  t.to_state as "to", t.needs
from hall.transition t
order by array_position(array['none', 'received', 'correcting', 'accepted', 'suspended', 'forwarded', 'decided'], t.from_state),
  t.done_by = 'system', t.action;
comment on view report.transition_table is 'The state machine as the manual prints it.';
comment on column report.transition_table."from" is 'State before; –: no case yet.';
comment on column report.transition_table.action is 'Command or timed fact.';
comment on column report.transition_table."by" is 'post: holder of the receiving post; holder: of the step''s post; system.';
comment on column report.transition_table."to" is 'State after.';
comment on column report.transition_table.needs is 'What it needs and does.';

drop view if exists report.paper_table;
create view report.paper_table as
select t.kind, t.title, case when t.series = '' then '–' else '…' || t.series || '〔2026〕00001号' end as number,
  t.version, (select count(*) from hall.template_block b where b.template_id = t.template_id) as blocks
from hall.template t where t.in_force order by t.template_id;
comment on view report.paper_table is 'The papers and their series.';
comment on column report.paper_table.kind is 'Kind.';
comment on column report.paper_table.title is 'Title.';
comment on column report.paper_table.number is 'How its number looks; –: has no series.';
comment on column report.paper_table.version is 'Version of the template in force.';
comment on column report.paper_table.blocks is 'Blocks of the template.';

drop view if exists report.placeholder_table;
create view report.placeholder_table as
select '{' || p.name || '}' as word, p.help from hall.placeholder p order by p.no;
comment on view report.placeholder_table is 'The closed list of words a template may use.';
comment on column report.placeholder_table.word is 'The word in its braces.';
comment on column report.placeholder_table.help is 'What it stands for.';

drop view if exists report.setting_table;
create view report.setting_table as
select s.name, s.value, s.help from hall.setting s order by s.name;
comment on view report.setting_table is 'The settings of this hall.';
comment on column report.setting_table.name is 'Name.';
comment on column report.setting_table.value is 'Value.';
comment on column report.setting_table.help is 'Meaning and unit.';

drop view if exists report.table_table;
create view report.table_table as
select c.relname::text as "table", a.attname::text as "column", format_type(a.atttypid, a.atttypmod) as type,
  col_description(c.oid, a.attnum) as help
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where n.nspname = 'hall' and c.relkind = 'r'
order by c.relname, a.attnum;
comment on view report.table_table is 'Tables and columns of schema hall with their comments.';
comment on column report.table_table."table" is 'Table.';
comment on column report.table_table."column" is 'Column.';
comment on column report.table_table.type is 'Type.';
comment on column report.table_table.help is 'Its comment.';

drop view if exists report.verify;
create view report.verify as select * from hall.verify();
comment on view report.verify is 'Everything that is not as the rules made it; no row: sound (SEC-2).';
comment on column report.verify.fault is 'What kind of fault.';
comment on column report.verify.subject is 'Where.';
comment on column report.verify.detail is 'What exactly.';
