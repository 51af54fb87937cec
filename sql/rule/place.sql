-- Who may hold a post: its A/B table (POST-1), and a supervisor's override (POST-2). The lock of the
-- holders is had alone throughout.

set role yimen_owner;

create or replace function rule.table_judges(p hall.post) returns int8[] language plpgsql stable as $$
begin
  return array(
    select c.post_id from hall.post c
    where case when p.duty in ('window', 'review') then c.duty = 'chief' and c.department_id = p.department_id else c.duty = 'supervisor3' end
    order by c.post_id
  );
end $$;
comment on function rule.table_judges(hall.post) is
  'The posts that assign its A and Bs: the chief representative''s of its department; of that post and of supervisors'' the director''s.';

-- A, B1, B2 … as a list: whoever has a place already changes it with who is there.
create or replace function rule.placed(p_was int8[], p_place text, p_staff_id int8) returns int8[] language plpgsql immutable as $$
declare
  i int4 := case p_place when 'A' then 1 else 1 + right(p_place, 1)::int4 end;
  j int4 := array_position(p_was, p_staff_id);
  list int8[] := p_was;
begin
  if p_staff_id is null then
    return list[:i - 1] || list[i + 1:];
  elsif j is not null then
    list[j] := list[i];
  end if;
  list[i] := p_staff_id;
  return list;
end $$;
comment on function rule.placed(int8[], text, int8) is 'A list of A and Bs with a person at a place; NULL: without whoever is there.';

create or replace function rule.check_place(p hall.post, p_was int8[], p_place text, s hall.staff) returns void language plpgsql stable as $$
declare
  i int4;
begin
  if p_place is null or p_place !~ '^(A|B[1-9])$' then
    perform rule.invalid('assign.place', 'place');
  end if;
  i := case p_place when 'A' then 1 else 1 + right(p_place, 1)::int4 end;
  if s.staff_id is null and p_was[i] is null then
    perform rule.refuse('assign.vacant', p.name, p_place);
  elsif s.staff_id is null and (i = 1 or cardinality(p_was) <= 2) then
    perform rule.refuse('assign.least', p.name); -- POST-1
  elsif s.staff_id is null then
    return;
  elsif s.department_id <> p.department_id or s.role is not null then
    perform rule.refuse('assign.department', s.name, p.name);
  elsif p_was[i] = s.staff_id then
    perform rule.refuse('assign.same', s.name, p_place);
  elsif i > cardinality(p_was) + (s.staff_id <> all (p_was))::int4 then
    perform rule.refuse('assign.gap', p.name, p_place);
  end if;
end $$;
comment on function rule.check_place(hall.post, int8[], text, hall.staff) is
  'Refuses a place that leaves no A or no B1 (POST-1), a gap, or somebody of another department.';

create or replace function rule.staff_named(p_login text) returns hall.staff language plpgsql stable as $$
declare
  s hall.staff;
begin
  if nullif(btrim(p_login), '') is null then
    return null;
  end if;
  select * into s from hall.staff t where t.staff_id = rule.staff_called(btrim(p_login));
  return s;
end $$;
comment on function rule.staff_named(text) is 'The person of a login or a name nobody else has; without one NULL.';

create or replace function rule.left_alone(p_post_id int8, p_at timestamptz) returns tstzmultirange language plpgsql stable as $$
begin
  return (
    select coalesce(range_agg(r), '{}')
    from hall.post_place l
    join hall.absence a on a.staff_id = l.staff_id and a.state = 'granted' and a.until_at > p_at
    cross join lateral rule.uncovered(a.staff_id, tstzrange(greatest(a.from_at, p_at), a.until_at)) u
    cross join lateral unnest(u.gaps) r
    where l.post_id = p_post_id and u.post_id = p_post_id
  );
end $$;
comment on function rule.left_alone(int8, timestamptz) is
  'From a moment on, when a post is left to nobody by what was granted to those with a place in it (POST-5).';

create or replace function rule.assign(k command.call, p_post_id int8, p_place text, p_login text) returns command.call language plpgsql as $$
declare
  p hall.post;
  s hall.staff := rule.staff_named(p_login);
  was int8[];
  list int8[];
  gaps tstzmultirange;
begin
  select * into p from hall.post h where h.post_id = p_post_id;
  if not found then
    perform rule.refuse('post.unknown');
  end if;
  k := rule.act_any(k, rule.table_judges(p));
  perform rule.lock_absences();
  gaps := rule.left_alone(p_post_id, k.at);
  was := array(select l.staff_id from hall.post_place l where l.post_id = p_post_id order by l.place);
  perform rule.check_place(p, was, p_place, s);
  list := rule.placed(was, p_place, s.staff_id);
  delete from hall.post_place l where l.post_id = p_post_id;
  insert into hall.post_place
  select p_post_id, case n.o when 1 then 'A' else 'B' || n.o - 1 end, n.id from unnest(list) with ordinality n (id, o);
  gaps := rule.left_alone(p_post_id, k.at) - gaps;
  if not isempty(gaps) then
    perform rule.refuse('assign.uncovered', p.name, rule.moment_cn(lower(gaps))); -- POST-5
  end if;
  perform rule.audit('post', p_post_id, 'assign', k.staff_id, k.window_id,
    array['place', '', p_place, 'staff', was::text, list::text, 'as', '', k.acting, 'post', '', k.acting_post_id::text, 'for', '', k.for_staff_id::text]);
  if p.holder_id = any (was) and p.holder_id <> all (list) then
    perform rule.hold(k, p_post_id, null, null, 'assign', k.at);
  elsif p.holder_id is not null then
    perform rule.hold(k, p_post_id, p.holder_id, case when p.holder_id = list[1] then 'A' else 'B' end, 'assign', k.at);
  end if;
  perform rule.tell(k, 'post.assign', rule.hear_of(p_post_id, s.staff_id));
  k.number := p.name;
  return k;
end $$;
comment on function rule.assign(command.call, int8, text, text) is
  'Changes the A/B table of a post (POST-1), unless what was granted would leave it to nobody then (POST-5); who holds it and lost the place holds it no more.';

create or replace function rule.duty_rank(p_duty text) returns int4 language sql immutable as $$
  select case p_duty when 'supervisor3' then 3 when 'supervisor2' then 2 when 'supervisor1' then 1 when 'duty' then 1 else 0 end
$$;
comment on function rule.duty_rank(text) is '3 director, 2 deputy director, 1 other supervisors, 0 none of them.';

-- When nobody holds so high a post, the highest that is held decides.
create or replace function rule.appointing_posts(p_duty text) returns int8[] language sql stable as $$
  select array(select s.post_id from hall.post s where rule.duty_rank(s.duty) >= greatest(1, least(rule.duty_rank(p_duty),
    (select max(rule.duty_rank(h.duty)) from hall.post h where h.holder_id is not null))) order by s.post_id)
$$;
comment on function rule.appointing_posts(text) is 'Supervisors'' posts that may say who holds a post of that duty: none may raise itself.';

create or replace function rule.appoint(k command.call, p_post_id int8, p_login text, p_reason text) returns command.call language plpgsql as $$
declare
  p hall.post;
  s hall.staff := rule.staff_named(p_login);
  place text;
begin
  select * into p from hall.post h where h.post_id = p_post_id;
  if not found then
    perform rule.refuse('post.unknown');
  end if;
  k := rule.act_any(k, rule.appointing_posts(p.duty));
  select l.place into place from hall.post_place l where l.post_id = p_post_id and l.staff_id = s.staff_id;
  if nullif(btrim(p_reason), '') is null then
    perform rule.invalid('text.blank', 'reason');
  elsif s.staff_id is not distinct from p.holder_id then
    perform rule.refuse('appoint.same', p.name, s.name);
  elsif s.staff_id = k.staff_id then
    perform rule.refuse('appoint.self', p.name);
  elsif s.staff_id is not null and place is null and (s.department_id <> p.department_id or s.role is not null) then
    perform rule.refuse('assign.department', s.name, p.name);
  end if;
  perform rule.hold(k, p_post_id, s.staff_id, case when place = 'A' then 'A' else 'B' end, 'appoint', k.at, null, p_reason);
  k.number := p.name;
  return rule.told_absent(k, s.staff_id);
end $$;
comment on function rule.appoint(command.call, int8, text, text) is 'A supervisor decides who holds a post, with a reason (POST-2).';
