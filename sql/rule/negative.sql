-- The register of negative decisions (NEG-1, NEG-2): a no is filed before its paper.

set role yimen_owner;

-- Its counter is locked before that of the paper, by whatever command.
create or replace function rule.file_negative(k command.call, c hall.case_file, p_category text, p_why text,
  p_facts text, p_basis text, p_major bool default false, p_exception_id int8 default null,
  p_to_post_id int8 default null, p_to_where text default null) returns hall.negative
language plpgsql as $$
declare
  n hall.negative;
begin
  n.negative_id := hall.next_id();
  n.department_id := c.department_id;
  n.year := extract(year from rule.day_of(k.at));
  insert into hall.negative_counter values (c.department_id, n.year, 1)
  on conflict (department_id, year) do update set last = negative_counter.last + 1
  returning last into n.serial;
  select d.short_form || '否〔' || n.year || '〕' || lpad(n.serial::text, greatest(5, length(n.serial::text)), '0') || '号'
  into n.number from hall.department d where d.department_id = c.department_id;
  n.case_id := c.case_id;
  n.version := c.version;
  n.category := p_category;
  n.why := p_why;
  n.facts := p_facts;
  n.basis := p_basis;
  n.to_post_id := p_to_post_id;
  n.to_where := p_to_where;
  n.major := p_major;
  n.exception_id := p_exception_id;
  n.at := k.at;
  n.staff_id := k.staff_id;
  n.acting := k.acting;
  n.post_id := k.acting_post_id;
  n.for_staff_id := k.for_staff_id;
  n.window_id := k.window_id;
  insert into hall.negative values (n.*);
  return n;
end $$;
comment on function rule.file_negative(command.call, hall.case_file, text, text, text, text, bool, int8, int8, text) is
  'Files a no in the register of its department (NEG-1), numbered without gaps; before its paper is issued (NEG-2).';

create or replace function rule.negative_mark(n hall.negative) returns text language plpgsql stable as $$
begin
  return rule.words_mark(n.case_id, array['negative', n.number, n.category, n.why, n.facts, n.basis, n.to_post_id::text,
    n.to_where, n.major::text, n.exception_id::text]);
end $$;
comment on function rule.negative_mark(hall.negative) is 'A commitment to what an entry of the register says.';

create or replace function rule.filed_detail(n hall.negative) returns text[] language plpgsql stable as $$
begin
  return array['negative', '', n.number, 'negative.' || n.number, '', rule.negative_mark(n)];
end $$;
comment on function rule.filed_detail(hall.negative) is 'An entry of the register as the trail keeps it.';

create or replace function rule.negative_paper(p_negative_id int8, p_notice_id int8) returns void
language plpgsql as $$
begin
  update hall.negative g set notice_id = p_notice_id where g.negative_id = p_negative_id;
end $$;
comment on function rule.negative_paper(int8, int8) is 'The paper of a filed decision.';

create or replace function rule.lacking_text(p_mats rule.material[]) returns text language plpgsql stable as $$
begin
  return (
    select string_agg(m.name || '：' || case m.state when 'absent' then '未提交' else '不符合要求' end
      || coalesce('，' || m.note, ''), '；' order by m.seq)
    from unnest(p_mats) m where m.state in ('absent', 'defective')
  );
end $$;
comment on function rule.lacking_text(rule.material[]) is 'What a one-time notice asks for, as the register keeps it.';

create or replace function rule.basis_of(c hall.case_file, p_licence text) returns text language plpgsql stable as $$
begin
  return (
    select case when v.task_type = '行政许可' and p_licence is not null then p_licence
      else coalesce(nullif(v.legal_basis, ''), '无') end
    from hall.item_version v where v.item_version_id = c.item_version_id
  );
end $$;
comment on function rule.basis_of(hall.case_file, text) is
  'The article for a licence, else what the item publishes as its basis.';

create or replace function rule.correction_basis(c hall.case_file) returns text language plpgsql stable as $$
begin
  return rule.basis_of(c, '《中华人民共和国行政许可法》第三十二条第一款第（四）项');
end $$;
comment on function rule.correction_basis(hall.case_file) is 'Legal basis of asking for a correction.';
