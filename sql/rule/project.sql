-- Projects (PAR-6): which stage may be received next, what a stage's case stands for, how long it took.

set role yimen_owner;

create or replace function rule.project_mark(p hall.project) returns text language sql stable as $$
  select encode(sha256(rule.encode(array[p.project_id::text, p.code, p.name, p.owner, rule.moment_text(p.opened_at),
    p.post_id::text, p.staff_id::text])), 'hex')
$$;
comment on function rule.project_mark(hall.project) is 'Hash of a project as it was entered, for its chain.';

create or replace function rule.stage_posts() returns int8[] language plpgsql stable as $$
begin
  return array(
    select distinct s.post_id from hall.stage t
    join hall.item_version v on v.item_id = t.item_id and v.in_force
    join hall.item_step s on s.item_version_id = v.item_version_id and s.seq = 0
    order by s.post_id
  );
end $$;
comment on function rule.stage_posts() is 'The posts that receive stages of projects: whoever holds one may enter a project.';

create or replace function rule.open_project(k command.call, p_name text, p_code text, p_owner text) returns int8
language plpgsql as $$
declare
  p hall.project;
begin
  p.project_id := hall.next_id();
  p.name := rule.need_words(p_name, 'name');
  p.owner := rule.need_words(p_owner, 'owner');
  p.code := rule.ident_no(nullif(btrim(p_code), ''));
  p.opened_at := k.at;
  p.post_id := k.acting_post_id;
  p.staff_id := k.staff_id;
  insert into hall.project values (p.*) on conflict (code) do nothing;
  if not found then
    perform rule.refuse('project.twice', p.code);
  end if;
  perform rule.audit('project', p.project_id, 'open', k.staff_id, k.window_id,
    array['project', '', rule.project_mark(p)]);
  return p.project_id;
end $$;
comment on function rule.open_project(command.call, text, text, text) is 'Enters a project; refused when its code is known.';

-- What became of a stage: its case that runs or was granted; those that came to nothing are none.
create or replace function rule.stage_case(p_project_id int8, p_stage_no int2) returns hall.case_file language plpgsql stable as $$
begin
  return (
    select c from hall.case_project g
    join hall.case_file c on c.case_id = g.case_id
    where g.project_id = p_project_id and g.stage_no = p_stage_no
      and c.state not in ('declined', 'withdrawn', 'lapsed') and c.granted is not false
    order by c.case_id desc limit 1
  );
end $$;
comment on function rule.stage_case(int8, int2) is 'The case of a project''s stage that runs or was granted; NULL: there is none.';

create or replace function rule.stage_lacks(p_project_id int8, t hall.stage) returns text language plpgsql stable as $$
begin
  return (
    select string_agg(n.name, '、' order by n.stage_no) from hall.stage n
    where n.stage_no = any (t.needs) and (rule.stage_case(p_project_id, n.stage_no)).granted is not true
  );
end $$;
comment on function rule.stage_lacks(int8, hall.stage) is 'Earlier stages that must be granted first and are not; NULL: none (PAR-6).';

-- Receiving names the project (PAR-6). Its row is locked: two windows do not receive one stage twice.
create or replace function rule.stage_to_receive(p_item_version_id int8, p_project_id int8) returns hall.case_project
language plpgsql as $$
declare
  t hall.stage;
  g hall.case_project;
  lacks text;
begin
  select s.* into t from hall.stage s
  join hall.item_version v on v.item_id = s.item_id where v.item_version_id = p_item_version_id;
  if not found and p_project_id is null then
    return null;
  elsif not found then
    perform rule.refuse('project.no_stage');
  elsif p_project_id is null then
    perform rule.refuse('project.needed', t.name);
  end if;
  perform from hall.project p where p.project_id = p_project_id for update;
  if not found then
    perform rule.refuse('project.none');
  end if;
  lacks := rule.stage_lacks(p_project_id, t);
  if lacks is not null then
    perform rule.refuse('project.before', lacks, t.name);
  elsif (rule.stage_case(p_project_id, t.stage_no)).case_id is not null then
    perform rule.refuse('project.again', t.name, (rule.stage_case(p_project_id, t.stage_no)).number);
  end if;
  g.project_id := p_project_id;
  g.stage_no := t.stage_no;
  return g;
end $$;
comment on function rule.stage_to_receive(int8, int8) is
  'The stage an item is, of the project it is received for; refused when it is not that project''s next. NULL: the item is no stage.';

create or replace function rule.put_stage(c hall.case_file, g hall.case_project) returns text[] language plpgsql as $$
begin
  if g.project_id is null then
    return '{}';
  end if;
  insert into hall.case_project values (c.case_id, g.project_id, g.stage_no);
  return array['project', '', g.project_id::text, 'stage', '', g.stage_no::text];
end $$;
comment on function rule.put_stage(hall.case_file, hall.case_project) is 'Stores which stage of which project a new case is; as the trail keeps it.';

-- Working days from receipt to the decision, or today; and those in which it did not stand still (CLK-2).
create or replace function rule.days_taken(c hall.case_file, p_at timestamptz, out elapsed int4, out charged int4)
language plpgsql stable as $$
declare
  first date := rule.day_of(c.received_at) + 1;
  last date := rule.day_of(coalesce(c.decided_at, p_at));
  stood tstzmultirange := rule.stood_still((rule.stands_of(c.case_id)).stands);
begin
  elapsed := case when last < first then 0 else rule.workdays_in(first, last) end;
  charged := elapsed;
  if stood <> '{}' and last >= first then
    charged := elapsed - (
      select count(*) from generate_series(0, last - first) i, lateral (select first + i as day) g
      where stood && rule.whole_day(g.day) and rule.is_working(g.day) and rule.stood_whole(g.day, true, stood));
  end if;
end $$;
comment on function rule.days_taken(hall.case_file, timestamptz) is
  'Working days a case has taken, all of them and those charged: without those wholly stood still.';
