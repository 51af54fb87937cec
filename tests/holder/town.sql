-- What the sequences are lived in: departments of three people, two receiving posts and a chief representative's
-- each, in every one of which all three have a place; a supervisor and an administrator. :groups of them.
create function pg_temp.person(p_login text, p_name text, p_department int8, p_role text) returns int8 language sql as $$
  insert into hall.staff (login, name, department_id, secret, must_change, role)
  values (p_login, p_name, p_department, (select secret from hall.staff where secret is not null limit 1), false, p_role)
  returning staff_id
$$;

create function pg_temp.post(p_code text, p_department int8, p_duty text, p_people int8[]) returns void language plpgsql as $$
declare
  p int8;
begin
  insert into hall.post (code, name, department_id, duty) values (p_code, '岗' || p_code, p_department, p_duty) returning post_id into p;
  insert into hall.post_place
  select p, case n when 1 then 'A' else 'B' || n - 1 end, s from unnest(p_people) with ordinality t (s, n);
end $$;

create function pg_temp.town(p_groups int4) returns void language plpgsql as $$
declare
  d int8;
  s int8[];
begin
  for n in 1 .. p_groups loop
    insert into hall.department (name, full_name, short_form) values ('局' || n, '示例局' || n, '示岗' || n) returning department_id into d;
    s := array[pg_temp.person('k' || n || 'p1', '甲' || n, d, null), pg_temp.person('k' || n || 'p2', '乙' || n, d, null),
      pg_temp.person('k' || n || 'p3', '丙' || n, d, null)];
    perform pg_temp.post('k' || n || 'a', d, 'window', s);
    perform pg_temp.post('k' || n || 'b', d, 'window', array[s[2], s[3], s[1]]);
    perform pg_temp.post('k' || n || 'c', d, 'chief', array[s[3], s[1]]);
  end loop;
  insert into hall.department (name, full_name, short_form) values ('管', '管', '管') returning department_id into d;
  s := array[pg_temp.person('ksup', '督', d, null), pg_temp.person('ksup2', '察', d, null), pg_temp.person('kadmin', '管', d, 'admin')];
  perform pg_temp.post('ksup', d, 'supervisor1', s[1:2]);
end $$;
