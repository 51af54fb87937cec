-- What a year is lived in: three departments of a receiving post, a reviewing post and a chief
-- representative each, a supervisor, an administrator; items in every unit of limits.
create function pg_temp.item(p_dept text, p_code text, p_handling text, p_unit text, p_statutory int4, p_promised int4, p_limits int4[],
  p_closing bool, p_fee int8, p_extend int4) returns void language plpgsql as $$
declare
  d int8 := (select department_id from hall.department where name = p_dept);
  a int8 := (select post_id from hall.post where department_id = d and duty = 'window');
  b int8 := (select post_id from hall.post where department_id = d and duty = 'review');
  i int8;
  v int8;
  n int4 := cardinality(p_limits);
begin
  insert into hall.item (code, department_id) values (p_code, d) returning item_id into i;
  insert into hall.item_version (item_id, version, in_force, name, task_type, handling, statutory, promised, unit, fee, fee_basis,
    result_doc, guide, loaded_at, extend_days)
  values (i, 1, true, '全年事项' || p_code, '行政许可', p_handling, p_statutory, p_promised, p_unit, p_fee, '某办法第三条',
    '全年许可证', true, hall.clock(), p_extend)
  returning item_version_id into v;
  insert into hall.item_step values (v, 0, 'accept', '受理', a, null);
  insert into hall.item_step
  select v, s, case when s = n then 'decide' when s = 1 then 'handle' else 'review' end, '环节' || s, case when s % 2 = 1 and s < n then a else b end, p_limits[s]
  from generate_series(1, n) s;
  if p_closing then
    insert into hall.item_step values (v, n + 1, 'close', '办结', a, case when n > 2 then 1 end);
  end if;
  insert into hall.item_material (item_version_id, seq, name, form, copies, required) values
    (v, 1, '申请书', 'original', 1, 'required'), (v, 2, '营业执照', 'copy', 2, 'required'),
    (v, 3, '平面图', 'both', 1, 'required'), (v, 4, '健康证', 'copy', 1, 'later'), (v, 5, '授权书', 'original', 1, 'depending');
end $$;

do $$
declare
  n int4;
  d text;
begin
  for n in 1 .. 3 loop
    d := '全年' || n || '局';
    insert into hall.department (name, full_name, short_form) values (d, '示例区' || d, '示年' || n);
    insert into hall.staff (login, name, department_id, secret, must_change, role)
    select 'y' || n || s.login, s.name || n, (select department_id from hall.department where name = d),
      (select secret from hall.staff where secret is not null limit 1), false, s.role
    from (values ('in', '收', null), ('rev', '审', null), ('chief', '首', null), ('sup', '督', null), ('admin', '管', 'admin')) s (login, name, role)
    where n = 1 or s.login not in ('sup', 'admin');
    insert into hall.post (code, name, department_id, duty)
    select 'y' || n || p.code, d || p.name, (select department_id from hall.department where name = d), p.duty
    from (values ('in', '受理', 'window'), ('rev', '审核', 'review'), ('chief', '首席', 'chief'), ('sup', '督查', 'supervisor1')) p (code, name, duty)
    where n = 1 or p.code <> 'sup';
    insert into hall.post_place
    select p.post_id, 'A', s.staff_id from hall.post p join hall.staff s on s.login = p.code where p.code ~ ('^y' || n);
    insert into hall.post_place
    select p.post_id, 'B1', s.staff_id from hall.post p, hall.staff s
    where (p.code, s.login) in (('y' || n || 'in', 'y' || n || 'rev'), ('y' || n || 'rev', 'y' || n || 'in'), ('y' || n || 'chief', 'y' || n || 'rev'), ('y' || n || 'sup', 'y' || n || 'chief'));
  end loop;
  perform pg_temp.item('全年1局', 'Y-01', 'promised', 'workday', 20, 5, '{1,2,1}', true, 1250, null);
  perform pg_temp.item('全年1局', 'Y-02', 'promised', 'workday', 20, 10, '{3,5}', false, 0, 5);
  perform pg_temp.item('全年1局', 'Y-03', 'immediate', 'workday', 10, 1, '{1}', false, 0, null);
  perform pg_temp.item('全年1局', 'Y-04', 'promised', 'workhour', 65, 20, '{6,8}', true, null, null);
  perform pg_temp.item('全年2局', 'Y-05', 'promised', 'day', 45, 15, '{5,5,3}', true, 8000, null);
  perform pg_temp.item('全年2局', 'Y-06', 'forwarded', 'workday', 45, 20, '{5,10,5}', true, 0, 15);
  perform pg_temp.item('全年2局', 'Y-07', 'immediate', 'workhour', 13, 3, '{3}', false, 500, null);
  perform pg_temp.item('全年2局', 'Y-08', 'promised', 'month', 3, 1, '{null,null,null}', true, 0, 20);
  perform pg_temp.item('全年3局', 'Y-09', 'promised', 'month', 6, 2, '{1,1}', false, null, 0);
  perform pg_temp.item('全年3局', 'Y-10', 'forwarded', 'day', 60, 30, '{10,15}', true, 0, null);
  perform pg_temp.item('全年3局', 'Y-11', 'promised', 'workday', 20, null, '{4,null}', false, 0, null);
  perform pg_temp.item('全年1局', 'Y-13', 'joint', 'workday', 30, 10, '{4,6}', true, 0, null);
  insert into hall.item_review
  select v.item_version_id, r.seq, '会审' || r.seq, p.post_id, r.n, 'workday', false, r.basis
  from (values (1, 'y2rev', 5, '测试规定'), (2, 'y3rev', 7, null), (3, 'y2in', 4, '测试规定')) r (seq, post, n, basis)
  join hall.post p on p.code = r.post
  cross join hall.item_version v join hall.item i using (item_id) where i.code = 'Y-13';
  perform pg_temp.item('全年3局', 'Y-12', 'promised', 'workday', 3, 2, '{1,1}', false, 300, null);
end $$;
