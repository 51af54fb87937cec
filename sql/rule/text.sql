-- Text for finding and hiding: pinyin initials, search fragments, masking (SEC-1).
-- Must know no case.

set role yimen_owner;

create or replace function rule.fold(p_text text) returns text language sql immutable as $$
  select lower(translate(p_text,
    '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ　·•・',
    '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'))
$$;
comment on function rule.fold(text) is 'Lower case; full-width letters and digits made plain, name dots dropped.';

create or replace function rule.bare(p_name text) returns text language sql immutable as $$
  select regexp_replace(
    regexp_replace(p_name, '[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]', '', 'g'),
    '[(（\[【〔].*[)）\]】〕]', '', 'g')
$$;
comment on function rule.bare(text) is 'A name without what stands in brackets.';

create or replace function rule.grams(p_text text, p_n int4) returns text[]
language plpgsql immutable as $$
begin
  return (
    select coalesce(array_agg(distinct g), '{}')
    from unnest(string_to_array(p_text, ' ')) w,
      lateral (select substr(w, i, p_n) as g from generate_series(1, char_length(w) - p_n + 1) i) x
  );
end $$;
comment on function rule.grams(text, int4) is 'Every run of n characters in the words of a text.';

-- The readings of each character, first letters only: what a phrase says first, then others.
create or replace function rule.letters(p_chars text[], p_person bool)
returns table (no int4, first text, others text) language plpgsql stable as $$
declare
  whole text := array_to_string(p_chars, '');
  said text[] := array_fill(null::text, array[cardinality(p_chars)]);
  p record;
  i int4;
begin
  for p in
    select f.phrase, string_to_array(f.readings, ' ') as r, f.surname
    from hall.pinyin_phrase f
    where position(f.phrase in whole) > 0
      and (not f.surname or (p_person and starts_with(whole, f.phrase)))
      and cardinality(string_to_array(f.readings, ' ')) = char_length(f.phrase)
    order by f.surname, char_length(f.phrase) -- longer ones overwrite, surnames last
  loop
    for i in 1 .. case when p.surname then 1
        else cardinality(p_chars) - char_length(p.phrase) + 1 end loop
      if substr(whole, i, char_length(p.phrase)) = p.phrase then
        said[i : i + char_length(p.phrase) - 1] :=
          array(select left(x.v, 1) from unnest(p.r) with ordinality x (v, o) order by x.o);
      end if;
    end loop;
  end loop;
  return query
    select c.o::int4,
      coalesce(said[c.o], left(r.letters, 1), case when c.ch ~ '[a-z0-9]' then c.ch else '' end),
      case when said[c.o] is null then substr(r.letters, 2) else replace(r.letters, said[c.o], '') end
    from unnest(p_chars) with ordinality c (ch, o)
    left join hall.pinyin_reading r on r.hanzi = c.ch
    order by c.o;
end $$;
comment on function rule.letters(text[], bool) is
  'For each character its first letter, and the letters of its other readings.';

-- The likeliest 16 spellings: the fewer second readings, the likelier.
create or replace function rule.initials(p_name text, p_person bool default false) returns text[]
language plpgsql stable as $$
declare
  made text[] := array[''];
  weight int4[] := array[0];
  run text := ''; -- letters since the last choice
  l record;
begin
  for l in
    select t.first, t.others from rule.letters(string_to_array(rule.fold(p_name), null), p_person) t
  loop
    if coalesce(l.others, '') = '' then
      run := run || l.first;
    else
      select array_agg(q.s order by q.w, q.o), array_agg(q.w order by q.w, q.o) into made, weight
      from (
        select m.s || run || a.c as s, min(m.w + a.o - 1)::int4 as w, min(m.o) as o
        from unnest(made, weight) with ordinality m (s, w, o),
          unnest(string_to_array(l.first || l.others, null)) with ordinality a (c, o)
        group by 1 order by 2, 3 limit 16
      ) q;
      run := '';
    end if;
  end loop;
  return array(select m.s || run from unnest(made) with ordinality m (s, o) order by m.o);
end $$;
comment on function rule.initials(text, bool) is
  'Pinyin initials of a name, up to 16 spellings, the likeliest first (CAT-6).';

create or replace function rule.item_words() returns trigger language plpgsql as $$
declare
  bare text := rule.bare(new.name);
begin
  new.initials := array_to_string(rule.initials(bare), ' ');
  if bare <> new.name then
    new.initials := new.initials || ' ' || array_to_string(rule.initials(new.name), ' ');
  end if;
  new.words := replace(rule.fold(new.name), ' ', '')
    || case when bare <> new.name then ' ' || replace(rule.fold(bare), ' ', '') else '' end;
  new.sort_code := (select lower(i.code) from hall.item i where i.item_id = new.item_id);
  return new;
end $$;
comment on function rule.item_words() is 'Keeps what finds an item: initials, its name made plain, its code.';
create or replace trigger words before insert or update of name on hall.item_version
  for each row execute function rule.item_words();

create or replace function rule.case_words(p_number text, p_ids text[], p_phones text[], p_names text[])
returns hall.case_search language plpgsql stable as $$
declare
  s hall.case_search;
  n text;
begin
  s.digits := upper(translate(concat_ws(' ', p_number, array_to_string(p_ids, ' '), ''), '-', ''))
    || (select coalesce(string_agg(regexp_replace(p, '[^0-9]', '', 'g'), ' '), '') from unnest(p_phones) p);
  s.names := '';
  s.initials := '';
  foreach n in array p_names loop
    continue when n is null;
    s.names := s.names || ' ' || replace(rule.fold(n), ' ', '');
    s.initials := s.initials || ' ' || array_to_string(rule.initials(rule.bare(n), true), ' ');
  end loop;
  return s;
end $$;
comment on function rule.case_words(text, text[], text[], text[]) is 'What finds a case (CASE-12).';

create or replace function rule.mask_name(p_kind text, p_name text) returns text language sql immutable as $$
  select case when p_kind = 'org' then p_name
    else left(p_name, 1) || repeat('*', greatest(char_length(p_name) - 1, 1)) end
$$;
comment on function rule.mask_name(text, text) is '张三丰 → 张**; organisations have no personal name.';

create or replace function rule.mask_id(p_no text) returns text language sql immutable as $$
  select case when char_length(p_no) > 8
    then left(p_no, 4) || repeat('*', char_length(p_no) - 8) || right(p_no, 4)
    else repeat('*', greatest(char_length(p_no) - 2, 0)) || right(p_no, 2) end
$$;
comment on function rule.mask_id(text) is 'An identity number keeps 4 in front and behind; a short one its last 2.';

create or replace function rule.mask_phone(p_phone text) returns text language sql immutable as $$
  select case when char_length(p_phone) > 7
    then left(p_phone, 3) || repeat('*', char_length(p_phone) - 7) || right(p_phone, 4)
    else repeat('*', greatest(char_length(p_phone) - 2, 0)) || right(p_phone, 2) end
$$;
comment on function rule.mask_phone(text) is '13812341234 → 138****1234.';

create or replace function rule.mask_text(p_text text) returns text language sql immutable
as $$ select left(p_text, 3) || case when char_length(p_text) > 3 then '***' else '' end $$;
comment on function rule.mask_text(text) is 'An address or words of an applicant: the first three characters.';
