-- Loading the readings of hanzi (scripts/pinyin) and the phrases and surnames that read
-- otherwise; then the initials of what is already in the catalogue are made anew.

set role yimen_owner;

create or replace function admin.load_pinyin(readings text, phrases text, surnames text)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  n bigint;
  m bigint;
begin
  perform admin.load_begin();
  create temporary table pinyin_phrase on commit drop as
    select 'phrases.csv' as file, t.line, t.v[1] as phrase, false as surname, t.v[2] as readings
    from admin.csv_table('phrases.csv', phrases, array['phrase', 'readings']) as t
    union all
    select 'surnames.csv', t.line, t.v[1], true, t.v[2]
    from admin.csv_table('surnames.csv', surnames, array['surname', 'readings']) as t;
  insert into pg_temp.load_problem
    select p.file, p.line, 'as many readings as characters are wanted, a to z, separated by one blank'
    from pg_temp.pinyin_phrase as p
    where p.phrase is null or p.readings is null or p.readings !~ '^[a-z]+( [a-z]+)*$'
      or char_length(p.phrase) <> cardinality(string_to_array(p.readings, ' '))
    union all
    select p.file, p.line, format('"%s" stands twice', p.phrase)
    from pg_temp.pinyin_phrase as p
    where exists (select from pg_temp.pinyin_phrase as o where o.file = p.file and o.phrase = p.phrase and o.line < p.line);
  create temporary table pinyin_reading on commit drop as
    select split_part(t.l, ',', 1) as hanzi, split_part(t.l, ',', 2) as readings, t.nr::int as line
    from string_to_table(rtrim(readings, E'\n'), E'\n') with ordinality as t(l, nr)
    where t.nr > 1;
  insert into pg_temp.load_problem
    select 'readings', r.line, 'a row is one character, a comma, readings of a to z'
    from pg_temp.pinyin_reading as r where char_length(r.hanzi) <> 1 or r.readings !~ '^[a-z]+( [a-z]+)*$';
  perform admin.load_check();
  insert into hall.pinyin_reading as h (hanzi, readings)
    select r.hanzi, r.readings from pg_temp.pinyin_reading as r
    on conflict (hanzi) do update set readings = excluded.readings where h.readings <> excluded.readings;
  get diagnostics n = row_count;
  delete from hall.pinyin_phrase as h where not exists (select from pg_temp.pinyin_phrase as p
    where (p.phrase, p.surname, p.readings) = (h.phrase, h.surname, h.readings));
  insert into hall.pinyin_phrase (phrase, surname, readings)
    select p.phrase, p.surname, p.readings from pg_temp.pinyin_phrase as p on conflict do nothing;
  get diagnostics m = row_count;
  drop table pg_temp.pinyin_phrase, pg_temp.pinyin_reading;
  if n + m > 0 then
    -- the trigger of the table makes its initials
    update hall.item_version set name = name where in_force;
  end if;
  return query select format('pinyin: %s characters, %s phrases set', n, m);
end
$$;
comment on function admin.load_pinyin(text, text, text) is 'loads readings, phrases and surnames from CSV texts';
