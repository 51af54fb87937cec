-- Templates of papers (DOC-4): loaded as a draft, tried over papers of past cases, shown for one of
-- them, released. Papers that are issued are never touched (DOC-3).

set role yimen_owner;

-- The cells a kind of block has, as the programs that print it know them.
create or replace function admin.block_cells(block text)
returns int
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select case when $1 in ('title', 'number', 'to', 'para', 'small') then 1 when $1 in ('field', 'seal', 'qr') then 2
    when $1 in ('head', 'row', 'sign') then 4 end
$$;
comment on function admin.block_cells(text) is 'how many cells a kind of block has; null when there is no such kind';

create or replace function admin.template_read(file text, content text)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  drop table if exists pg_temp.tpl_row;
  create temporary table tpl_row on commit drop as
    select template_read.file, t.line, t.v[1] as kind, t.v[2] as block, array[t.v[3], t.v[4], t.v[5], t.v[6]] as cells, t.v[7] as widths,
      t.v[8] as only_if, t.v[9] as each, coalesce(t.v[10], '0') as part
    from admin.csv_table(template_read.file, content,
      array['kind', 'block', 'c1', 'c2?', 'c3?', 'c4?', 'widths?', 'only_if?', 'each?', 'part?']) as t;
end
$$;
comment on function admin.template_read(text, text) is 'reads a file of templates into a temporary table';

create or replace function admin.template_check_blocks()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem
    select file, line, format('there is no kind of paper "%s"', kind)
    from pg_temp.tpl_row as r where not exists (select from hall.template as t where t.kind = r.kind and t.in_force)
    union all
    select file, line, format('block "%s" is none of title, number, to, para, field, head, row, sign, seal, qr, small', block)
    from pg_temp.tpl_row where admin.block_cells(block) is null
    union all
    select r.file, r.line, format('a %s has no cell c%s', r.block, c.o)
    from pg_temp.tpl_row as r, unnest(r.cells) with ordinality as c(v, o) where c.o > admin.block_cells(r.block) and c.v is not null
    union all
    select file, line, format('a %s without c1', block) from pg_temp.tpl_row where cells[1] is null
    union all
    select file, line, format('widths "%s" are not up to four numbers from 1 to 99 such as 1,5,2', widths)
    from pg_temp.tpl_row where widths !~ '^[1-9][0-9]?(,[1-9][0-9]?){0,3}$' or (widths is not null and block <> 'head')
    union all
    select file, line, format('part "%s" is not 0, 1 or 2', part) from pg_temp.tpl_row where part !~ '^[012]$'
    union all
    select file, line, format('part %s: only a receipt has parts', part) from pg_temp.tpl_row where part <> '0' and kind <> 'receipt'
    union all
    select r.file, r.line, format('only_if "%s" is no condition', r.only_if)
    from pg_temp.tpl_row as r where r.only_if is not null and not exists (select from hall.condition as k where k.name = r.only_if)
    union all
    select r.file, r.line, format('each "%s" is none of %s', r.each, k.names)
    from pg_temp.tpl_row as r, (select string_agg(h.name, ', ' order by h.name) as names, array_agg(h.name) as list
      from hall.condition as h where h.help ~ 'each:') as k
    where r.each <> all (k.list);
end
$$;
comment on function admin.template_check_blocks() is 'notes what is wrong with blocks, each alone';

create or replace function admin.template_check_papers()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into pg_temp.load_problem
    select r.file, r.line, format('{%s} is not in the list of words', m[1])
    from pg_temp.tpl_row as r, unnest(r.cells) as c, regexp_matches(c, '\{([^{}]*)\}', 'g') as m
    where not exists (select from hall.placeholder as p where p.name = m[1])
    union all
    select r.file, r.line, format('{%s} holds in blocks with each only', m[1])
    from pg_temp.tpl_row as r, unnest(r.cells) as c, regexp_matches(c, '\{(m\.[^{}]*)\}', 'g') as m where r.each is null
    union all
    select r.file, r.line, 'a brace stands alone'
    from pg_temp.tpl_row as r, unnest(r.cells) as c where regexp_replace(c, '\{[^{}]*\}', '', 'g') ~ '[{}]'
    union all
    select min(r.file), min(r.line), format('the paper %s has no title', r.kind)
    from pg_temp.tpl_row as r group by r.kind having count(*) filter (where r.block = 'title') = 0
    union all
    select r.file, r.line, 'a row without a head before it'
    from pg_temp.tpl_row as r
    where r.block = 'row' and coalesce((select o.block from pg_temp.tpl_row as o where o.kind = r.kind and o.line < r.line
      order by o.line desc limit 1), '') not in ('head', 'row');
end
$$;
comment on function admin.template_check_papers() is 'notes what is wrong with the words of blocks and their order';

-- A draft is version 0 and replaced by the next; a version that was in force once stays for ever.
create or replace function admin.template_put()
returns setof text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  k text;
  t hall.template;
  n bigint;
begin
  for k in select r.kind from pg_temp.tpl_row as r group by r.kind order by min(r.line) loop
    insert into hall.template as o (kind, version, in_force, title, series)
      select k, 0, false, f.title, f.series from hall.template as f where f.kind = k and f.in_force
      on conflict (kind, version) do update set title = excluded.title, series = excluded.series,
        tried_at = null, tried = null, faults = null
      returning o.* into t;
    delete from hall.template_block where template_id = t.template_id;
    insert into hall.template_block (template_id, no, part, each, only_if, block, c1, c2, c3, c4, widths)
      select t.template_id, row_number() over (order by r.line), r.part::int2, r.each, r.only_if, r.block, r.cells[1], r.cells[2], r.cells[3],
        case when r.block = 'sign' then coalesce(r.cells[4], '') else r.cells[4] end, r.widths
      from pg_temp.tpl_row as r where r.kind = k;
    get diagnostics n = row_count;
    return next format('%s: a draft of %s blocks', k, n);
  end loop;
end
$$;
comment on function admin.template_put() is 'stores the templates of a file as drafts';

create or replace function admin.load_template(file text, content text)
returns table (what text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform admin.load_begin();
  perform admin.template_read(file, content);
  perform admin.template_check_blocks();
  perform admin.template_check_papers();
  perform admin.load_check();
  return query select admin.template_put();
  perform admin.load_record('load.template', array['file', null, file]);
end
$$;
comment on function admin.load_template(text, text)
  is 'loads templates of papers from a CSV text as drafts, which no paper is made from before they are released (DOC-4); YM010 with every bad row, and nothing changed';

-- A template as a file that loads again, to begin the next one with.
create or replace function admin.csv_cell(cell text)
returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select case when $1 ~ '[",]' then '"' || replace($1, '"', '""') || '"' else coalesce($1, '') end
$$;
comment on function admin.csv_cell(text) is 'a cell as a CSV file writes it';

create or replace function admin.template_id(kind text, version int4)
returns int4
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  id int4;
begin
  select t.template_id into id from hall.template as t
  where t.kind = template_id.kind and case when template_id.version is null then t.in_force else t.version = template_id.version end;
  if id is null then
    raise exception using errcode = 'YM010',
      message = case when version = 0 then format('there is no draft of "%s"', kind) else format('there is no template "%s"%s', kind, ' version ' || version) end;
  end if;
  return id;
end
$$;
comment on function admin.template_id(text, int4) is 'key of a version of a template; of the one in force without a version';

create or replace function admin.template_csv(kind text, version int4)
returns setof text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  id constant int4 := admin.template_id(kind, version);
begin
  return next 'kind,block,c1,c2,c3,c4,widths,only_if,each,part';
  return query
    select concat_ws(',', template_csv.kind, b.block, admin.csv_cell(b.c1), admin.csv_cell(b.c2), admin.csv_cell(b.c3), admin.csv_cell(b.c4),
      admin.csv_cell(b.widths), coalesce(b.only_if, ''), coalesce(b.each, ''), b.part)
    from hall.template_block as b where b.template_id = id order by b.no;
end
$$;
comment on function admin.template_csv(text, int4) is 'a version of a template as lines of CSV that admin.load_template takes; without a version the one in force';

create or replace function admin.template_list()
returns table (kind text, version int4, title text, state text, blocks int8, papers int8)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
  select t.kind, t.version, t.title, case when t.in_force then 'in force' when t.version > 0 then 'before' when t.tried is null then 'draft'
      else format('draft, tried over %s papers, %s faults', t.tried, t.faults) end,
    (select count(*) from hall.template_block as b where b.template_id = t.template_id),
    (select count(*) from hall.notice as n where n.template_id = t.template_id)
      + (select count(*) from hall.floor_paper as n where n.template_id = t.template_id)
  from hall.template as t
  order by t.kind, t.version
$$;
comment on function admin.template_list() is 'templates with their versions, and how many papers were made from each';

-- What a paper of a past case would be made of: its own words and conditions, but for those
-- conditions that there were not then. A guide is no paper of a case: those in force are taken.
create or replace function admin.template_parts(kind text, n int4)
returns table (number text, case_id int8, part int2, words text[], holds text[], mats rule.material[])
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  c hall.case_file; -- empty but for its item
  i record;
begin
  if (select q.floor from hall.notice_kind as q where q.kind = template_parts.kind) then
    return query
      select x.number, null::int8, null::int2, w.words, rule.floor_holds(w.words, w.mats), w.mats
      from (select * from hall.floor_paper as q where q.kind = template_parts.kind order by q.paper_id desc limit n) as x
      cross join lateral (select rule.part_words(x.made_from -> 0), rule.part_mats(x.made_from -> 0)) as w(words, mats)
      order by x.paper_id desc;
    return;
  elsif template_parts.kind <> 'guide' then
    return query
      select x.number, f.case_id, (p ->> 'part')::int2, w.words,
        rule.holds_again(f, w.words, rule.part_holds(p), rule.part_mats(p)), rule.part_mats(p)
      from (select * from hall.notice as q where q.kind = template_parts.kind and q.made_from is not null
        order by q.notice_id desc limit n) as x
      cross join lateral jsonb_array_elements(x.made_from) with ordinality as e(p, o)
      cross join lateral (select rule.part_words(p)) as w(words)
      join hall.case_file as f on f.case_id = (p ->> 'case')::int8
      order by x.notice_id desc, e.o;
    return;
  end if;
  for i in
    select v.item_version_id, h.code from hall.item_version as v join hall.item as h on h.item_id = v.item_id
    where v.in_force and v.guide order by v.item_version_id desc limit n
  loop
    c.item_version_id := i.item_version_id;
    number := i.code;
    case_id := null;
    part := null;
    mats := rule.ticked(null, i.item_version_id, rule.day_of(hall.clock()), null, null, null, null);
    words := rule.words(c, 'guide', null, hall.clock(), null, null, '{}');
    holds := rule.holds(c, words, mats);
    return next;
  end loop;
end
$$;
comment on function admin.template_parts(text, int4) is 'what the last papers of a kind were made of, to try a template over';

-- Columns a text takes on a form of lines: everything but ASCII two.
create or replace function admin.columns(t text)
returns int
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  select char_length($1) + char_length(regexp_replace($1, '[ -~]', '', 'g'))
$$;
comment on function admin.columns(text) is 'columns a text takes on a form of lines, where all but ASCII is two wide';

-- What cannot be printed, or not well, on 80 columns, the narrower of the two papers.
create or replace function admin.block_faults(b hall.block, head hall.block)
returns setof text
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  cells text[] := array[b.c1, b.c2, b.c3, b.c4];
  shares int[];
  n int;
  lines int;
begin
  if b.block in ('head', 'row') then
    if head is null then
      return next 'a row without a head before it';
      return;
    end if;
    shares := coalesce(string_to_array(head.widths, ',')::int[],
      array_fill(1, array[case when head.c4 <> '' then 4 when head.c3 <> '' then 3 when head.c2 <> '' then 2 else 1 end]));
    n := cardinality(shares);
    for i in 1 .. 4 loop
      if i > n and cells[i] <> '' then
        return next format('c%s stands outside the %s columns of its table', i, n);
      elsif i <= n and cells[i] <> '' then
        lines := ceil(admin.columns(cells[i])::numeric
          / greatest(2, (79 - 3 * n) * shares[i] / (select sum(s) from unnest(shares) as s)));
        if lines > 12 then
          return next format('c%s is too narrow: it takes %s lines', i, lines);
        end if;
      end if;
    end loop;
  elsif b.block = 'field' and admin.columns(b.c1) > 20 then
    return next 'the name of a field is wider than ten characters';
  elsif b.block in ('title', 'number') and admin.columns(b.c1) > 320 then
    return next format('a %s of more than four lines', b.block);
  elsif b.block = 'sign' and greatest(admin.columns(concat(b.c1, b.c2)), admin.columns(concat(b.c3, b.c4))) > 36 then
    return next 'names to sign under are wider than half the paper';
  elsif b.block = 'qr' and b.c1 !~ '^[0-9]+$' then
    return next 'a code holds digits only';
  end if;
end
$$;
comment on function admin.block_faults(hall.block, hall.block) is 'why a block, under the head of its table, does not print well';

-- Every fault of a version over what papers were made of, one row a paper and fault.
create or replace function admin.template_faults(id int4, kind text, n int4)
returns table (number text, no int2, what text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  p record;
  b record;
  head hall.block;
begin
  for p in select * from admin.template_parts(kind, n) loop
    head := null;
    p.words[5] := coalesce(p.words[5], '00000'); -- hall.placeholder: number, which a paper not issued lacks
    for b in
      select f.no, f.made, f.words, t.c1, t.c2, t.c3, t.c4
      from rule.filled(id, p.words, p.holds, p.mats, p.part) as f
      join hall.template_block as t on (t.template_id, t.no) = (id, f.no)
      order by f.no, f.seq
    loop
      head := case (b.made).block when 'head' then b.made when 'row' then head end;
      return query
        select p.number, b.no, format('c%s: {%s} is empty', c.o, m[1])
        from unnest(array[b.c1, b.c2, b.c3, b.c4]) with ordinality as c(v, o)
        cross join lateral regexp_matches(c.v, '\{([^{}]*)\}', 'g') as m
        join hall.placeholder as h on h.name = m[1]
        where coalesce(b.words[h.no], '') = ''
        union all
        select p.number, b.no, format('c%s comes out empty', c.o)
        from unnest(array[(b.made).c1, (b.made).c2, (b.made).c3, (b.made).c4]) with ordinality as c(v, o)
        where btrim(c.v) = '' and (array[b.c1, b.c2, b.c3, b.c4])[c.o] <> ''
        union all
        select p.number, b.no, w from admin.block_faults(b.made, head) as w;
    end loop;
  end loop;
end
$$;
comment on function admin.template_faults(int4, text, int4) is 'what is wrong with a version of a template, filled in as past papers were';

create or replace function admin.try_template(kind text, version int4, n int4)
returns table (block int2, what text, papers int8, example text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  id constant int4 := admin.template_id(try_template.kind, try_template.version);
  tried int8 := (select count(distinct p.number) from admin.template_parts(try_template.kind, n) as p);
begin
  if n is null or n not between 1 and 1000 then
    raise exception using errcode = 'YM010', message = format('a template is tried over 1 to 1000 papers, not %s', n);
  end if;
  create temporary table tpl_fault on commit drop as select * from admin.template_faults(id, try_template.kind, n);
  update hall.template as t set tried_at = hall.clock(), tried = try_template_tried.n,
    faults = (select count(*) from (select distinct f.no, f.what from pg_temp.tpl_fault as f) as d)
  from (select tried::int4 as n) as try_template_tried where t.template_id = id;
  return query
    select f.no, f.what, count(distinct f.number), max(f.number) from pg_temp.tpl_fault as f group by f.no, f.what order by f.no, f.what;
  return query
    select b.no, format('was on none of these papers%s%s', ': only_if ' || b.only_if, ': each ' || b.each), 0::int8, null::text
    from hall.template_block as b
    where tried > 0 and b.template_id = id and not exists (
      select from admin.template_parts(try_template.kind, n) as p
      where (p.part is null or p.part = b.part) and (b.only_if is null or b.only_if = any (p.holds))
        and (b.each is null or exists (select from rule.filled(id, p.words, p.holds, p.mats, p.part) as f where f.no = b.no)))
    order by b.no;
  return query select null::int2, case when tried = 0 then 'there is no paper of this kind yet' else 'tried' end, tried, null::text;
  drop table pg_temp.tpl_fault;
  perform admin.load_record('template.try', array['template', null, try_template.kind || ' ' || try_template.version]);
end
$$;
comment on function admin.try_template(text, int4, int4) is
  'tries a version of a template over the last n papers of its kind: words that are empty, cells that come out empty, rows too wide, blocks that were on none; no personal data (DOC-4)';

create or replace function admin.show_template(kind text, version int4, number text)
returns table (no int2, block text, c1 text, c2 text, c3 text, c4 text, widths text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  id constant int4 := admin.template_id(show_template.kind, show_template.version);
  n hall.notice;
  made hall.block[] := '{}';
  p jsonb;
  words text[];
begin
  if (select q.floor from hall.notice_kind as q where q.kind = show_template.kind) then
    return query
      select b.* from hall.floor_paper as q
      cross join lateral (select rule.part_words(q.made_from -> 0), rule.part_mats(q.made_from -> 0)) as w(words, mats)
      cross join lateral rule.block_rows(rule.fill(id, w.words, rule.floor_holds(w.words, w.mats), w.mats)) as b
      where q.kind = show_template.kind and q.number = show_template.number;
    if not found then
      raise exception using errcode = 'YM010', message = format('there is no paper "%s" of this kind', show_template.number);
    end if;
    return;
  end if;
  select * into n from hall.notice as q
  where q.kind = show_template.kind and q.number = show_template.number and q.made_from is not null
  order by q.notice_id desc limit 1;
  if not found then
    raise exception using errcode = 'YM010', message = format('there is no paper "%s" of this kind', show_template.number);
  end if;
  for p in select x from jsonb_array_elements(n.made_from) as x loop
    words := rule.part_words(p);
    made := made || array(
      select f.made
      from hall.case_file as c,
        rule.filled(id, words, rule.holds_again(c, words, rule.part_holds(p), rule.part_mats(p)), rule.part_mats(p), (p ->> 'part')::int2) as f
      where c.case_id = (p ->> 'case')::int8
      order by f.no, f.seq);
    made := rule.mask_blocks(made, (p ->> 'case')::int8); -- an admin handles no case (SEC-1)
  end loop;
  return query select * from rule.block_rows(made);
end
$$;
comment on function admin.show_template(text, int4, text) is
  'the blocks of a paper of a past case as this version would have it, personal data masked (DOC-4, SEC-1)';

create or replace function admin.release_template(kind text, despite_faults bool)
returns int4
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  t hall.template;
begin
  select * into t from hall.template as o where o.template_id = admin.template_id(release_template.kind, 0) for update;
  if t.tried is null then
    raise exception using errcode = 'YM010', message = format('the draft of "%s" was not tried since it was loaded (DOC-4)', t.kind);
  elsif t.faults > 0 and not despite_faults then
    raise exception using errcode = 'YM010', message = format('the draft of "%s" has %s faults; try it to see them', t.kind, t.faults);
  end if;
  select max(o.version) + 1 into t.version from hall.template as o where o.kind = t.kind;
  update hall.template as o set in_force = false where o.kind = t.kind and o.in_force;
  update hall.template as o set in_force = true, version = t.version where o.template_id = t.template_id;
  perform admin.load_record('template.release', array['template', null, t.kind || ' ' || t.version, 'faults', null, t.faults::text]);
  return t.version;
end
$$;
comment on function admin.release_template(text, bool) is
  'makes new papers from the draft of a template from now on, as its next version; it must have been tried, without a fault but where they are meant (DOC-4)';
