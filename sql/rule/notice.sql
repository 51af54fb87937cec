-- Papers (DOC-1 … DOC-4): templates filled in, gapless numbers, issue.

set role yimen_owner;

create or replace function rule.form_cn(p_form text) returns text language sql immutable as $$
  select case p_form when 'original' then '原件' when 'copy' then '复印件'
    when 'both' then '原件及复印件' else '电子' end
$$;
comment on function rule.form_cn(text) is 'The form of a material as papers write it.';

create or replace function rule.fee_cn(p_fee int8) returns text language sql immutable as $$
  select case when p_fee is null then '按收费标准计算' when p_fee = 0 then '不收费'
    else (p_fee / 100)::text || '.' || lpad((p_fee % 100)::text, 2, '0') || '元' end
$$;
comment on function rule.fee_cn(int8) is 'A fee in fen as papers write it.';

-- Banks take amounts in capital numerals only: every place is written with its unit, zeros between
-- are one 零, full yuan end in 整.
create or replace function rule.amount_cn(p_fen int8) returns text language sql immutable as $$
  select case when p_fen = 0 then '零元整' else ltrim(
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
      y.said, '零[仟佰拾]', '零', 'g'), '零+', '零', 'g'), '零([万亿元])', '\1', 'g'), '亿万', '亿'), '^元', '')
    || case when p_fen % 100 = 0 then '整'
      else case when p_fen / 10 % 10 > 0 then c.digits[p_fen / 10 % 10 + 1] || '角' when p_fen >= 100 then '零' else '' end
        || case when p_fen % 10 > 0 then c.digits[p_fen % 10 + 1] || '分' else '整' end end, '零') end
  from (values (string_to_array('零壹贰叁肆伍陆柒捌玖', null), string_to_array('元拾佰仟万拾佰仟亿拾佰仟', null))) c (digits, units)
  cross join lateral (
    select string_agg(c.digits[d.v::int4 + 1] || c.units[d.o], '' order by d.o desc) as said
    from string_to_table(reverse((p_fen / 100)::text), null) with ordinality d (v, o)) y
$$;
comment on function rule.amount_cn(int8) is 'An amount in fen in capital numerals, below 10^12 yuan, such as 壹仟零伍拾元整.';

create or replace function rule.pay_at() returns text language sql stable as $$ select hall.setting_text('fee.pay_at') $$;
comment on function rule.pay_at() is 'Where applicants pay (FEE-1), as papers write it.';

create or replace function rule.required_cn(p_required text) returns text language sql immutable as $$
  select case p_required when 'required' then '必要' when 'later' then '可容缺' else '视情况' end
$$;
comment on function rule.required_cn(text) is 'Whether a material is required, as papers write it.';

create or replace function rule.sentence(p_text text) returns text language plpgsql immutable as $$
declare
  bare text := nullif(rtrim(btrim(p_text, E' \u3000'), E'。．.；;，,、：: \u3000'), '');
begin
  return case when bare ~ '[！？!?]$' then bare else bare || '。' end;
end $$;
comment on function rule.sentence(text) is 'Words as a sentence: one full stop at its end; NULL when there are none.';

create or replace function rule.given(p_given text[]) returns text[] language plpgsql stable as $$
declare
  made text[] := array_fill(null::text, array[60]);
  place int4;
begin
  for i in 1 .. coalesce(cardinality(p_given), 0) by 2 loop
    select p.no into strict place from hall.placeholder p where p.name = p_given[i] and p.given;
    made[place - 60] := nullif(btrim(p_given[i + 1]), ''); -- beyond 120 it grows as far as that
  end loop;
  return made;
end $$;
comment on function rule.given(text[]) is
  'Words a command gives to its paper, name and value in turn, at their places 61 to 120 and 151 to 170 of hall.placeholder.';

-- In the order of hall.placeholder. A guide gives a case that is empty but for its item.
drop function if exists rule.words(hall.case_file, text, text, timestamptz, int8, text);
create or replace function rule.words(c hall.case_file, p_kind text, p_number text, p_at timestamptz,
  p_staff_id int8, p_remark text, p_given text[]) returns text[]
language plpgsql stable as $$
declare
  term text := case when c.term_at is not null then rule.term_cn(c.term_at) end;
begin
  return (
    select array[
      hall.setting_text('hall.name'), d.full_name, c.number, replace(c.number, '-', ''), p_number,
      p.applicants, rule.mask_id(p.id_no), p.agent, v.name, i.code, c.matter,
      rule.day_cn(rule.day_of(c.received_at)), rule.day_cn(rule.day_of(c.delivered_at)),
      term, term,
      t.number, rule.day_cn(rule.day_of(t.issued_at)),
      rule.unit_cn(coalesce(c.hurried, v.promised), v.unit) || coalesce('，延长' || rule.unit_cn(c.promise_extended, 'workday'), ''),
      rule.end_cn(c.due_at, v.unit),
      rule.unit_cn(v.statutory, v.unit), rule.end_cn(c.statutory_at, v.unit),
      rule.fee_cn(v.fee), coalesce(nullif(v.fee_basis, ''), '无'), coalesce(nullif(v.legal_basis, ''), '无'),
      s.steps, coalesce(nullif(v.result_doc, ''), '无'),
      coalesce(w.no || '号窗口（' || w.name || coalesce('，' || nullif(w.place, ''), '') || '）', '综合窗口'),
      s.post, (select f.name from hall.staff f where f.staff_id = p_staff_id), rule.sentence(p_remark),
      rule.day_cn(rule.day_of(p_at)), coalesce(nullif(v.main_item, ''), '无'), v.task_type,
      case v.handling when 'immediate' then '即办件' when 'promised' then '承诺件'
        when 'joint' then '联办件' else '上报件' end,
      v.answer_days::text, c.deliveries::text,
      case when p.several then '你们' when p.id_kind = 'org' then '你单位' else '你' end,
      to_char(c.term_at at time zone 'Asia/Shanghai', 'HH24:MI'),
      p.guardian, p.representative, p.agent_scope, rule.day_cn(p.agent_until), h.no,
      rule.by_cn(case when coalesce(c.hurried, v.promised) is null then c.statutory_at else c.due_at end, v.unit)]
      || array_fill(null::text, array[16]) || rule.given(p_given)
    from hall.item_version v
    join hall.item i on i.item_id = v.item_id
    join hall.department d on d.department_id = i.department_id
    left join lateral (
      select string_agg(y.name, '、' order by y.seq) filter (where y.role = 'applicant') as applicants,
        count(*) filter (where y.role = 'applicant') > 1 as several,
        min(y.id_kind) filter (where y.seq = 1) as id_kind, min(y.id_no) filter (where y.seq = 1) as id_no,
        min(y.name) filter (where y.role = 'agent') as agent,
        min(y.scope) filter (where y.role = 'agent') as agent_scope,
        min(y.until_day) filter (where y.role = 'agent') as agent_until,
        string_agg(y.name, '、' order by y.seq) filter (where y.role = 'guardian') as guardian,
        min(y.name) filter (where y.role = 'representative') as representative
      from hall.case_party y where y.case_id = c.case_id) p on true
    left join hall.hand_receipt h on h.case_id = c.case_id
    left join lateral (
      select string_agg(e.name, ' → ' order by e.seq) as steps, min(e.post_id) filter (where e.seq = 0) as post_id,
        min(p.name) filter (where e.seq = 0) as post
      from hall.item_step e join hall.post p on p.post_id = e.post_id
      where e.item_version_id = v.item_version_id) s on true
    left join lateral (select n.number, n.issued_at from hall.notice n
      where p_kind = 'lapse' and n.case_id = c.case_id and n.kind = 'correction'
      order by n.notice_id desc limit 1) t on true
    left join rule.window_of(s.post_id, rule.day_of(p_at)) w on true
    where v.item_version_id = c.item_version_id
  );
end $$;
comment on function rule.words(hall.case_file, text, text, timestamptz, int8, text, text[]) is
  'What each placeholder stands for on a paper of this case.';

create or replace function rule.holds(c hall.case_file, p_words text[], p_mats rule.material[]) returns text[]
language plpgsql stable as $$
begin
  return (
    select array_remove(array[
      case when p_words[8] is not null then 'agent' end,
      case when coalesce(p_words[30], '') <> '' then 'remark' end,
      case when coalesce(c.matter, '') <> '' then 'matter' end,
      case when c.silent then 'silent'
        when exists (select from unnest(p_mats) m where m.state = 'later') then 'conditional' else 'complete' end,
      case when p_words[33] = '行政许可' then 'licence' else 'other' end,
      case when exists (select from unnest(p_mats) m where m.state = 'present') then 'kept' end,
      case when exists (select from unnest(p_mats) m where m.state = 'later') then 'later' end,
      case when exists (select from unnest(p_mats) m where m.state in ('absent', 'defective', 'later')) then 'lacking' end,
      case when p_words[18] is not null then 'promised' end,
      case when p_words[20] is not null then 'statutory' end,
      case when c.provisional then 'provisional' end,
      case when p_words[22] <> rule.fee_cn(0) then 'fee' end,
      case when cardinality(p_mats) > 0 then 'materials' end,
      case when exists (select from unnest(p_mats) m where m.state = 'original') then 'original' end,
      case when hall.is_test() then 'test' end,
      case when p_words[71] is null then 'single' end,
      case when p_words[71] is null then case when p_words[14] is null then 'no_term' else 'term' end end,
      case when p_words[39] is not null then 'guardian' end,
      case when p_words[40] is not null then 'representative' end,
      case when p_words[43] is not null then 'hand' end,
      case when p_words[82] is null then 'was_still' end,
      case when p_words[95] is null then 'on_the_spot' end,
      case when p_words[99] is null then 'at_receipt' end,
      case when p_words[160] is null then case when p_words[33] = '行政许可' then 'granted_licence' else 'granted_other' end end]
      || array(select distinct m.state from unnest(p_mats) m where m.state in ('opinion', 'called'))
      || array(select p.name from hall.placeholder p where p.given and p_words[p.no] is not null), null)
  );
end $$;
comment on function rule.holds(hall.case_file, text[], rule.material[]) is 'Which conditions of template blocks hold.';

-- Each cell is filled in once by format(): words are never looked at again, so an
-- applicant's braces or percent signs stay what they are.
create or replace function rule.filled(p_template_id int4, p_words text[], p_holds text[], p_mats rule.material[], p_part int2)
returns table (no int2, seq int2, words text[], made hall.block) language sql stable as $$
  with mats as (
    select l.each, m.seq, array[
        row_number() over (partition by l.each order by m.seq)::text, m.name, rule.form_cn(m.form), m.copies::text,
        case m.state when 'absent' then '未提交' when 'defective' then '不符合要求' when 'later' then '容缺' else '' end,
        coalesce(m.note, '提交' || rule.form_cn(m.form) || m.copies || '份'),
        rule.day_cn(m.later), rule.required_cn(m.required), nullif(m.source, ''), nullif(m.hint, ''),
        concat_ws('；', rule.required_cn(m.required), nullif(m.source, ''), nullif(m.hint, '')),
        nullif(m.source, ''), nullif(m.hint, ''), rule.day_cn(m.later)]
        || array_fill(null::text, array[16]) as words,
      array[nullif(m.source, ''), m.note, nullif(m.hint, '')] as more -- 171 on: m.department, m.opinion, m.signed
    from unnest(p_mats) m,
      lateral (values (case when m.state in ('original', 'case', 'thing', 'opinion', 'called') then m.state else 'material' end), (case when m.state = 'present' then 'kept'
        when m.state = 'later' then 'later' when m.state in ('absent', 'defective') then 'missing' end),
        (case when m.state in ('absent', 'defective', 'later') then 'lacking' end),
        (case when m.state in ('absent', 'defective') and not m.told then 'added' end)) l (each)
    where l.each is not null
  ), given as materialized (
    select p_words || array_fill(null::text, array[180 - cardinality(p_words)]) as words
  )
  select b.no, mats.seq, w.words, (b.block,
      case when position('%' in b.f1) > 0 then format(b.f1, variadic w.words) else b.f1 end,
      case when position('%' in b.f2) > 0 then format(b.f2, variadic w.words) else b.f2 end,
      case when position('%' in b.f3) > 0 then format(b.f3, variadic w.words) else b.f3 end,
      case when position('%' in b.f4) > 0 then format(b.f4, variadic w.words) else b.f4 end, b.widths)::hall.block
  from hall.template_block b
  left join mats on mats.each = b.each
  cross join given g
  cross join lateral (select case when b.each is null then g.words else g.words[:120] || mats.words || g.words[151:170] || mats.more end) w (words)
  where b.template_id = p_template_id
    and (p_part is null or b.part = p_part)
    and (b.only_if is null or b.only_if = any (p_holds))
    and (b.each is null or mats.each is not null)
$$;
comment on function rule.filled(int4, text[], text[], rule.material[], int2) is
  'The blocks of a version of a template filled in, or of one part of a receipt, with the words of each (DOC-4).';

create or replace function rule.template_of(p_kind text) returns int4 language plpgsql stable as $$
begin
  return (select t.template_id from hall.template t where t.kind = p_kind and t.in_force);
end $$;
comment on function rule.template_of(text) is 'The version of a template in force.';

drop function if exists rule.fill(text, text[], text[], rule.material[]);
drop function if exists rule.fill(text, text[], text[], rule.material[], int2);
create or replace function rule.fill(p_template_id int4, p_words text[], p_holds text[], p_mats rule.material[],
  p_part int2 default null) returns hall.block[]
language plpgsql stable as $$
begin
  return (select array_agg(f.made order by f.no, f.seq) from rule.filled(p_template_id, p_words, p_holds, p_mats, p_part) f);
end $$;
comment on function rule.fill(int4, text[], text[], rule.material[], int2) is
  'The blocks of a paper (DOC-4), or of one part of a receipt.';

drop function if exists rule.compose(hall.case_file, text, text, timestamptz, int8, rule.material[], text);
create or replace function rule.compose(c hall.case_file, p_kind text, p_number text, p_at timestamptz,
  p_staff_id int8, p_mats rule.material[], p_remark text, p_given text[] default '{}') returns hall.block[]
language plpgsql stable as $$
declare
  words text[] := rule.words(c, p_kind, p_number, p_at, p_staff_id, p_remark, p_given);
begin
  return rule.fill(rule.template_of(p_kind), words, rule.holds(c, words, p_mats), p_mats);
end $$;
comment on function rule.compose(hall.case_file, text, text, timestamptz, int8, rule.material[], text, text[]) is
  'A paper of a case with this number, not issued.';

create or replace function rule.notice_number(p_department_id int8, p_kind text, p_year int4, p_serial int4)
returns text
language plpgsql stable as $$
begin
  return (
    select d.short_form || t.series || '〔' || p_year || '〕' || lpad(p_serial::text, greatest(5, length(p_serial::text)), '0') || '号'
    from hall.department d, hall.template t
    where d.department_id = p_department_id and t.kind = p_kind and t.in_force
  );
end $$;
comment on function rule.notice_number(int8, text, int4, int4) is 'Such as 示市监受〔2026〕00012号 (DOC-2).';

create or replace function rule.next_serial(p_department_id int8, p_kind text, p_year int4) returns int4 language plpgsql as $$
declare
  n int4;
begin
  insert into hall.notice_counter values (p_department_id, p_kind, p_year, 1)
  on conflict (department_id, kind, year) do update set last = notice_counter.last + 1
  returning last into n;
  return n;
end $$;
comment on function rule.next_serial(int8, text, int4) is
  'The next number of a department, kind and year, without gaps; the last lock a command takes (DOC-2).';

-- The counter is the last lock a command takes, and held until it commits: what a paper says
-- is looked up before, only its number afterwards.
create or replace function rule.new_paper(k command.call, c hall.case_file, p_kind text) returns hall.notice
language plpgsql as $$
declare
  n hall.notice;
  series text;
begin
  n.notice_id := hall.next_id();
  n.case_id := c.case_id;
  n.kind := p_kind;
  n.department_id := c.department_id;
  n.year := extract(year from rule.day_of(k.at));
  n.issued_at := k.at;
  n.state := 'unprinted';
  n.copies := 0;
  select t.template_id, t.title, t.series into n.template_id, n.title, series
  from hall.template t where t.kind = p_kind and t.in_force;
  if series = '' then
    n.number := c.number;
  else
    n.serial := rule.next_serial(c.department_id, p_kind, n.year);
    n.number := rule.notice_number(c.department_id, p_kind, n.year, n.serial);
  end if;
  return n;
end $$;
comment on function rule.new_paper(command.call, hall.case_file, text) is
  'A paper with the next number of its series (DOC-2), not filled in yet.';

-- What a paper was made of: its parts, nearly always one. A receipt of a visit has a head and
-- an end of the case it belongs to, and between them a part of each case.
create or replace function rule.paper_part(p_case_id int8, p_part int2, p_words text[], p_holds text[], p_mats rule.material[])
returns jsonb language sql stable as $$
  select jsonb_build_object('case', p_case_id, 'part', p_part, 'words', to_jsonb(p_words), 'holds', to_jsonb(p_holds),
    'mats', to_jsonb(coalesce(p_mats, '{}')))
$$;
comment on function rule.paper_part(int8, int2, text[], text[], rule.material[]) is 'A part of a paper, to be kept with it.';

create or replace function rule.part_words(p_part jsonb) returns text[] language plpgsql stable as $$
declare
  words text[] := (select array_agg(x.v order by x.o) from jsonb_array_elements_text(p_part -> 'words') with ordinality x (v, o));
begin
  words := words || array_fill(null::text, array[greatest(120 - cardinality(words), 0)]); -- papers of before had room for fewer
  words[44] := coalesce(words[44], words[19] || '前（含当日）'); -- and told the day only: due_by, was_due_by
  words[101] := coalesce(words[101], words[82] || '前（含当日）');
  return words;
end $$;
comment on function rule.part_words(jsonb) is 'The words a part was filled in with, those of hall.placeholder as far as any was given, at least 1 to 120.';

create or replace function rule.part_holds(p_part jsonb) returns text[] language sql stable as $$
  select coalesce(array_agg(x.v), '{}') from jsonb_array_elements_text(p_part -> 'holds') x (v)
$$;
comment on function rule.part_holds(jsonb) is 'The conditions that held.';

create or replace function rule.part_mats(p_part jsonb) returns rule.material[] language sql stable as $$
  select coalesce(array_agg(m::rule.material order by m.seq), '{}') from jsonb_populate_recordset(null::rule.material, p_part -> 'mats') m
$$;
comment on function rule.part_mats(jsonb) is 'The materials it told of.';

drop function if exists rule.refill(text, jsonb, text);
create or replace function rule.refill(p_template_id int4, p_parts jsonb, p_number text) returns hall.block[]
language plpgsql stable as $$
declare
  made hall.block[] := '{}';
  words text[];
  p jsonb;
begin
  for p in select x from jsonb_array_elements(p_parts) x loop
    words := rule.part_words(p);
    words[5] := p_number; -- hall.placeholder
    made := made || rule.fill(p_template_id, words, rule.part_holds(p), rule.part_mats(p), (p ->> 'part')::int2);
  end loop;
  return made;
end $$;
comment on function rule.refill(int4, jsonb, text) is 'A paper from its parts, with this number.';

create or replace function rule.fill_paper(n hall.notice, p_words text[], p_holds text[], p_mats rule.material[])
returns hall.notice language plpgsql as $$
begin
  p_words[5] := n.number; -- hall.placeholder
  n.blocks := rule.fill(n.template_id, p_words, p_holds, p_mats); -- not what was released since it got its number
  n.made_from := jsonb_build_array(rule.paper_part(n.case_id, null, p_words, p_holds, p_mats));
  insert into hall.notice values (n.*);
  return n;
end $$;
comment on function rule.fill_paper(hall.notice, text[], text[], rule.material[]) is
  'Fills a numbered paper in and stores it, with what it was made of.';

drop function if exists rule.issue(command.call, hall.case_file, text, rule.material[], text);
create or replace function rule.issue(k command.call, c hall.case_file, p_kind text,
  p_mats rule.material[], p_remark text default null, p_given text[] default '{}') returns hall.notice
language plpgsql as $$
declare
  words text[] := rule.words(c, p_kind, null, k.at, k.staff_id, p_remark, p_given);
  holds text[] := rule.holds(c, words, p_mats);
begin
  return rule.fill_paper(rule.new_paper(k, c, p_kind), words, holds, p_mats);
end $$;
comment on function rule.issue(command.call, hall.case_file, text, rule.material[], text, text[]) is
  'Issues a paper: number, content and state change commit together (DOC-2).';

create or replace function rule.made_mark(n hall.notice) returns text language sql stable
as $$ select rule.words_mark(n.case_id, array['made', n.notice_id::text, n.made_from::text]) $$;
comment on function rule.made_mark(hall.notice) is 'A commitment to what a paper was made of, from which it is issued anew.';

create or replace function rule.paper_detail(n hall.notice) returns text[] language sql stable
as $$ select array['paper', n.number, rule.notice_mark(n), 'made', '', rule.made_mark(n)] $$;
comment on function rule.paper_detail(hall.notice) is 'An issued paper as the trail keeps it.';
