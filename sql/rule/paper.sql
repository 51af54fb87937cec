-- Showing and printing papers (DOC-2, DOC-3): blocks as rows, what others see masked, the end of a print.

set role yimen_owner;

create or replace function rule.block_rows(p_blocks hall.block[])
returns table (no int2, block text, c1 text, c2 text, c3 text, c4 text, widths text) language sql immutable as $$
  select b.ord::int2, b.block, b.c1, b.c2, b.c3, b.c4, b.widths
  from unnest(p_blocks) with ordinality b (block, c1, c2, c3, c4, widths, ord)
$$;
comment on function rule.block_rows(hall.block[]) is 'Blocks as rows.';

-- What of a case is nobody's but those who handle it, and how others see it (SEC-1): papers,
-- remarks and notes of materials are full of it. The longest first: 张三 stands within 张三丰.
create or replace function rule.masks(p_case_id int8) returns table (word text, masked text)
language plpgsql stable as $$
begin
  return query
    select m.word, m.masked
    from (
      select y.name, rule.mask_name(y.id_kind, y.name) from hall.case_party y where y.case_id = p_case_id
      union select y.id_no, rule.mask_id(y.id_no) from hall.case_party y where y.case_id = p_case_id
      union select y.phone, rule.mask_phone(y.phone) from hall.case_party y where y.case_id = p_case_id
      union select y.address, rule.mask_text(y.address) from hall.case_party y where y.case_id = p_case_id
      union select v.word, case -- on papers issued before it was amended
          when a.field ~ 'name$' then rule.mask_name(coalesce(k.id_kind, 'resident'), v.word)
          when a.field ~ 'id_no$' then rule.mask_id(v.word)
          when a.field ~ 'phone$' then rule.mask_phone(v.word) else rule.mask_text(v.word) end
        from hall.amended a
        cross join lateral (values (a.before), (a.after)) v (word)
        left join hall.case_party k on k.case_id = a.case_id and k.name = v.word and k.id_kind = 'org'
        where a.case_id = p_case_id and a.field ~ '^(agent_|party[0-9]+_)?(name|id_no|phone|address)$'
      union select o.signed_by, rule.mask_name('resident', o.signed_by) from hall.case_outcome o where o.case_id = p_case_id
      union select o.receiver, rule.mask_name('resident', o.receiver) from hall.original o where o.case_id = p_case_id
      union select rule.sentence(o.remark), rule.mask_text(o.remark) from hall.original o where o.case_id = p_case_id
    ) m (word, masked)
    where m.word <> m.masked and m.word <> ''
    order by char_length(m.word) desc, m.word;
end $$;
comment on function rule.masks(int8) is 'Personal data of a case and what stands for it before those who do not handle it.';

create or replace function rule.mask_words(p_text text, p_case_id int8) returns text
language plpgsql stable as $$
declare
  m record;
begin
  for m in select x.word, x.masked from rule.masks(p_case_id) x where p_text is not null loop
    p_text := replace(p_text, m.word, m.masked);
  end loop;
  return p_text;
end $$;
comment on function rule.mask_words(text, int8) is 'A clerk''s words about a case with its personal data masked.';

create or replace function rule.mask_blocks(p_blocks hall.block[], p_case_id int8) returns hall.block[]
language plpgsql stable as $$
declare
  m record;
  matters text[] := array(
    select rule.mask_words(x.matter, p_case_id) from (
      select f.matter from hall.case_file f where f.case_id = p_case_id
      union select a.before from hall.amended a where a.case_id = p_case_id and a.field = 'matter') x
    where x.matter is not null);
begin
  for m in select x.word, x.masked from rule.masks(p_case_id) x loop
    p_blocks := array(select (b.block, replace(b.c1, m.word, m.masked), replace(b.c2, m.word, m.masked),
        replace(b.c3, m.word, m.masked), replace(b.c4, m.word, m.masked), b.widths)::hall.block
      from unnest(p_blocks) with ordinality b (block, c1, c2, c3, c4, widths, o) order by b.o);
  end loop;
  -- only where it stands alone: it may well be the name of the item
  return array(select (b.block, b.c1, case when b.c2 = any (matters) then rule.mask_text(b.c2) else b.c2 end,
      b.c3, b.c4, b.widths)::hall.block
    from unnest(p_blocks) with ordinality b (block, c1, c2, c3, c4, widths, o) order by b.o);
end $$;
comment on function rule.mask_blocks(hall.block[], int8) is 'A paper with the personal data of its case masked.';

-- A receipt of a visit names what several cases know: masked for each that one does not handle.
create or replace function rule.mask_paper(n hall.notice, p_staff_id int8) returns hall.block[]
language plpgsql stable as $$
declare
  c hall.case_file;
begin
  for c in
    select f.* from hall.case_file f
    where f.case_id = n.case_id or f.case_id in (select l.case_id from hall.receipt_case l where l.notice_id = n.notice_id)
  loop
    if not rule.handles(p_staff_id, c) then
      n.blocks := rule.mask_blocks(n.blocks, c.case_id);
    end if;
  end loop;
  return n.blocks;
end $$;
comment on function rule.mask_paper(hall.notice, int8) is
  'A paper as a person may read it: personal data of cases one handles is plain (SEC-1, SEC-3).';

create or replace function rule.notice_case(p_notice_id int8) returns hall.case_file
language plpgsql volatile as $$
begin
  return (
    select rule.settle((select n.case_id from hall.notice n where n.notice_id = p_notice_id))
  );
end $$;
comment on function rule.notice_case(int8) is 'The case of a paper, locked and settled.';

create or replace function rule.act_in(k command.call, c hall.case_file) returns command.call
language plpgsql stable as $$
declare
  p int8;
begin
  select x.post_id into p from hall.post x
  where x.holder_id = k.staff_id
    and (x.post_id = c.post_id or x.post_id in (
      select s.post_id from hall.item_step s where s.item_version_id = c.item_version_id))
  order by x.post_id = c.post_id desc, x.post_id limit 1;
  k.at := c.last_at;
  return rule.act_for(k, coalesce(p, c.post_id));
end $$;
comment on function rule.act_in(command.call, hall.case_file) is 'The person acts for any post of the case held now.';

drop function if exists rule.end_print(int8, timestamptz, bool, bytea, int2, text);
create or replace function rule.end_print(k command.call, p_notice_id int8, p_ok bool, p_sha256 bytea,
  p_pages int2, p_detail text) returns text language plpgsql as $$
declare
  job int8;
  paper text;
begin
  select p.print_id into job from hall.notice_print p
  where p.notice_id = p_notice_id and p.ended_at is null
  order by p.window_id = k.window_id desc, p.print_id desc limit 1;
  if job is null then
    perform rule.refuse('print.none');
  elsif octet_length(p_sha256) <> 32 or p_sha256 = decode(repeat('00', 32), 'hex') then
    perform rule.invalid('print.sha256', 'sha256');
  end if;
  update hall.notice_print p
  set ended_at = k.at, ok = p_ok, pages = p_pages, sha256 = p_sha256, detail = p_detail
  where p.print_id = job;
  update hall.notice n
  set state = case when p_ok then 'printed' else 'failed' end,
    copies = n.copies + p_ok::int4,
    sha256 = coalesce(n.sha256, p_sha256)
  where n.notice_id = p_notice_id returning n.number into paper;
  return paper;
end $$;
comment on function rule.end_print(command.call, int8, bool, bytea, int2, text) is
  'The end of the last printing of a paper, of this window''s if it has one; what came out counts (DOC-3).';
