-- Agent service (代办, CASE-11): who may name the staff member and write the log.

set role yimen_owner;

create or replace function rule.staff_called(p_who text) returns int8 language plpgsql stable as $$
declare
  hits int8[] := array(select s.staff_id from hall.staff s
    where s.active and s.role is null and (s.login = p_who or s.name = p_who) order by s.login = p_who desc limit 2);
begin
  if cardinality(hits) = 0 then
    perform rule.refuse('staff.none', p_who);
  elsif cardinality(hits) > 1 and not exists (select from hall.staff s where s.login = p_who) then
    perform rule.refuse('staff.several', p_who);
  end if;
  return hits[1];
end $$;
comment on function rule.staff_called(text) is 'A person who works in the hall, by login or by a name nobody else has.';

-- Whoever handles the case, its department's chief representative, supervisors.
create or replace function rule.service_posts(c hall.case_file) returns int8[] language plpgsql stable as $$
begin
  return array(select p.post_id from hall.post p
    where p.post_id = c.post_id
      or p.post_id in (select s.post_id from hall.item_step s where s.item_version_id = c.item_version_id)
      or p.duty = 'chief' and p.department_id = c.department_id
      or p.duty ~ '^(supervisor[123]|duty)$'
    order by p.post_id <> c.post_id, p.post_id);
end $$;
comment on function rule.service_posts(hall.case_file) is
  'Posts whose holders name who accompanies a case, and may write the log; the case''s own first.';

create or replace function rule.serve(k command.call, c hall.case_file, p_kind text, p_words text, p_who text)
returns command.call language plpgsql as $$
declare
  was int8 := (select s.staff_id from hall.case_service s where s.case_id = c.case_id);
  named int8 := case when nullif(btrim(p_who), '') is not null then rule.staff_called(btrim(p_who)) end;
begin
  if p_kind not in ('visit', 'call', 'other') then
    perform rule.invalid('service.kind', 'kind');
  end if;
  named := coalesce(named, was, k.staff_id);
  k.at := c.last_at;
  k := rule.act_any(k, case when named is distinct from was or k.staff_id <> was then rule.service_posts(c) end);
  if was is null and c.state in ('closed', 'declined', 'withdrawn', 'lapsed') then
    perform rule.refuse('case.state', c.state, 'service');
  end if;
  if named is distinct from was then
    insert into hall.case_service values (c.case_id, named, k.at)
    on conflict (case_id) do update set staff_id = excluded.staff_id, since = excluded.since;
  end if;
  perform rule.record(k, c, 'service', c.state, null, btrim(p_words),
    array['kind', '', p_kind, 'staff', coalesce(was::text, ''), named::text]);
  return rule.done(k, c, c.number);
end $$;
comment on function rule.serve(command.call, hall.case_file, text, text, text) is
  'Writes a deed of agent service into the case''s trail; the first names who accompanies it, a later one may name another (CASE-11).';
