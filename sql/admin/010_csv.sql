-- Reading an admin's files: CSV as text into rows that know their line, columns found by the
-- names in the header, everything wrong with a file collected before anything is refused.
-- Knows no table of the hall; the loaders (020 ff.) do.

set role yimen_owner;

-- The rows of a CSV file (RFC 4180; LF or CRLF; a byte order mark is skipped; blank lines are
-- skipped). line counts from 1 as an editor does; cells is null where quotes do not match.
create or replace function admin.csv_rows(content text)
returns table (line int, cells text[])
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  n int;
  l text;
  held text;
begin
  for n, l in
    select t.ord, t.txt
    from string_to_table(replace(rtrim(ltrim(content, U&'\FEFF'), E'\r\n'), E'\r\n', E'\n'), E'\n') with ordinality as t(txt, ord)
  loop
    if held is null and position('"' in l) = 0 then
      if btrim(l) <> '' then
        line := n;
        cells := string_to_array(l, ',');
        return next;
      end if;
      continue;
    end if;
    if held is null then
      held := l;
      line := n;
    else
      held := held || E'\n' || l;
    end if;
    if (length(held) - length(replace(held, '"', ''))) % 2 = 0 then
      select case when sum(length(m[1]) + 1) = length(held) + 1
        then array_agg(case when m[1] like '"%' then replace(substr(m[1], 2, length(m[1]) - 2), '""', '"') else m[1] end) end
      into cells
      from regexp_matches(held || ',', '("(?:[^"]|"")*"|[^",]*),', 'g') as m;
      held := null;
      return next;
    elsif n - line >= 20 then
      -- a quote that never closes would swallow the rest of the file
      cells := null;
      held := null;
      return next;
    end if;
  end loop;
  if held is not null then
    cells := null;
    return next;
  end if;
end
$$;
comment on function admin.csv_rows(text) is 'the rows of a CSV text with their line numbers; cells is null where quotes do not match';

-- Problems found in the files of one load, to be refused together.
create or replace function admin.load_begin()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  create temporary table if not exists load_problem (file text, line int, what text) on commit drop;
  truncate pg_temp.load_problem;
end
$$;
comment on function admin.load_begin() is 'empties the list of problems of a load';

create or replace function admin.load_problem(file text, line int, what text)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem values ($1, $2, $3);
end
$$;
comment on function admin.load_problem(text, int, text) is 'notes what is wrong at a line of a file';

-- Refuses the whole load when there are problems: one line each, as compilers write them.
create or replace function admin.load_check()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  n bigint;
  t text;
begin
  select count(*), string_agg(format('%s:%s: %s', p.file, p.line, p.what), E'\n' order by p.file, p.line, p.what)
    filter (where p.nr <= 50)
  into n, t
  from (select *, row_number() over (order by file, line, what) as nr from pg_temp.load_problem) as p;
  if n > 0 then
    raise exception using errcode = 'YM010',
      message = format('%s bad %s, nothing was loaded', n, case when n = 1 then 'row' else 'rows' end),
      detail = t || case when n > 50 then format(E'\n… and %s more', n - 50) else '' end;
  end if;
end
$$;
comment on function admin.load_check() is 'raises YM010 with every problem by file and line, when there is one';

-- The rows of a file with their cells in the order of wanted, whatever the order in the file:
-- trimmed, empty ones null. A wanted name that ends in ? may be missing. Notes as problems: a
-- missing or unknown column, a row too short or too long, control characters. A file that
-- cannot be read at all is refused at once, before its rows are missed elsewhere.
create or replace function admin.csv_table(file text, content text, wanted text[])
returns table (line int, v text[])
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  names constant text[] := array(select rtrim(w, '?') from unnest(wanted) with ordinality as t(w, o) order by o);
  head text[];
  places int[];
  r record;
begin
  for r in select * from admin.csv_rows(content) as c loop
    if r.cells is null then
      perform admin.load_problem(file, r.line, 'a quotation mark is not closed, or text stands outside it');
    elsif head is null then
      head := array(select lower(btrim(h)) from unnest(r.cells) with ordinality as t(h, o) order by o);
      places := array(select array_position(head, n) from unnest(names) with ordinality as t(n, o) order by o);
      insert into pg_temp.load_problem
        select csv_table.file, r.line, format('there is no column %s', w) from unnest(wanted) as w
        where w not like '%?' and w <> all (head)
        union all
        select csv_table.file, r.line, format('unknown column "%s"', h) from unnest(head) as h where h <> all (names)
        union all
        select csv_table.file, r.line, format('column %s stands twice', h) from unnest(head) as h group by h having count(*) > 1;
      if exists (select from unnest(wanted) as w where w not like '%?' and w <> all (head)) then
        perform admin.load_check();
      end if;
    elsif cardinality(r.cells) <> cardinality(head) then
      perform admin.load_problem(file, r.line, format('%s cells instead of %s', cardinality(r.cells), cardinality(head)));
    elsif array_to_string(r.cells, '') ~ '[\x01-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]' then
      perform admin.load_problem(file, r.line, 'a control, zero-width or direction character inside a cell');
    else
      line := r.line;
      v := array(select nullif(btrim(r.cells[p], E' \u3000'), '') from unnest(places) with ordinality as t(p, o) order by o);
      return next;
    end if;
  end loop;
  if head is null then
    perform admin.load_problem(file, 1, 'the file is empty');
    perform admin.load_check();
  end if;
end
$$;
comment on function admin.csv_table(text, text, text[]) is 'the rows of a CSV file by the names of its columns; what is wrong goes to the list of problems';
