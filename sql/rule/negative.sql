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

create or replace function rule.by_hand(p_category text) returns bool language sql immutable
as $$ select p_category in ('late', 'other') $$;
comment on function rule.by_hand(text) is 'Categories of the register that are entered by hand: no paper makes them.';

-- Typed as it is written, or its digits as the code has them.
create or replace function rule.case_numbered(p_number text) returns int8 language plpgsql stable as $$
begin
  return (
    select f.case_id from hall.case_file f
    where f.number = regexp_replace(translate(p_number, ' -', ''), '^(.{4})(\d{8})(\d+)(\d)$', '\1-\2-\3-\4')
  );
end $$;
comment on function rule.case_numbered(text) is 'The case with this number; NULL: none.';

create or replace function rule.enter_negative(k command.call, c hall.case_file, p_category text, p_facts text, p_basis text,
  p_major bool) returns command.call language plpgsql as $$
declare
  n hall.negative;
begin
  if c.case_id is null then
    perform rule.refuse('case.none');
  elsif p_category is null or not rule.by_hand(p_category) then
    perform rule.invalid('negative.category', 'category');
  elsif rule.sentence(p_facts) is null then
    perform rule.invalid('text.blank', 'facts');
  end if;
  k := rule.act_in(k, c);
  if p_category = 'late' and c.state in ('decided', 'closed', 'declined', 'withdrawn', 'lapsed') then
    perform rule.refuse('negative.over', c.number);
  end if;
  n := rule.file_negative(k, c, p_category, null, rule.sentence(p_facts),
    coalesce(nullif(btrim(p_basis), ''), rule.basis_of(c, null)), rule.is_major(c, p_major));
  perform rule.record(k, c, 'negative', c.state, null, null, rule.filed_detail(n));
  return rule.done(k, c, n.number);
end $$;
comment on function rule.enter_negative(command.call, hall.case_file, text, text, text, bool) is
  'A no that no command of the case makes, entered by hand (NEG-1): cannot finish in time, other.';

create or replace function rule.reword_negative(k command.call, p_notice_id int8, p_facts text, p_basis text) returns void
language plpgsql as $$
begin
  insert into hall.negative_was
  select g.negative_id, 1 + (select count(*) from hall.negative_was w where w.negative_id = g.negative_id), g.facts, g.basis, k.at
  from hall.negative g
  where g.notice_id = p_notice_id and (g.facts, g.basis) is distinct from (p_facts, p_basis);
  update hall.negative g set facts = p_facts, basis = p_basis where g.notice_id = p_notice_id;
end $$;
comment on function rule.reword_negative(command.call, int8, text, text) is
  'The entry of a paper that is worded anew; what it said before is kept (SEC-2).';

create or replace function rule.no_of(p_case_id int8) returns table (why text, facts text, basis text, said text)
language sql stable as $$
  select g.why, g.facts, g.basis, nullif(concat_ws(' · ', p.name, g.to_where), '') from hall.negative g
  left join hall.post p on p.post_id = g.to_post_id
  where g.case_id = p_case_id and g.category in ('declined', 'refused') and g.voided_at is null
  order by g.negative_id desc limit 1
$$;
comment on function rule.no_of(int8) is 'Why a case was declined or refused, as the register has it (NEG-1); whose matter it is.';
