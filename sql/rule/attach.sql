-- Attachments (PAR-7) and originals kept (CASE-2): what is taken, chunk by chunk, until its hash
-- is right; who may see it; what the trail keeps of it.

set role yimen_owner;

-- So that a frame of 64 KiB carries one; common/op/paper.c says the same.
create or replace function rule.paper_chunk() returns int4 language sql immutable as $$ select 49152 $$;
comment on function rule.paper_chunk() is 'Bytes of every chunk but the last, which may be shorter.';

create or replace function rule.paper_chunks(p_size int4) returns int4 language sql immutable
as $$ select ((p_size::int8 + 49151) / 49152)::int4 $$;
comment on function rule.paper_chunks(int4) is 'How many chunks so many bytes are.';

create or replace function rule.paper_media(p_head bytea) returns text language sql immutable as $$
  select case when substr(p_head, 1, 5) = '\x255044462d' then 'pdf'
    when substr(p_head, 1, 3) = '\xffd8ff' then 'jpeg' end
$$;
comment on function rule.paper_media(bytea) is 'What a file is by how it begins, whatever its name; NULL: neither PDF nor JPEG.';

-- A scanner that is still writing, a copy that was cut: the mark of the end is not there yet.
create or replace function rule.paper_whole(p_media text, p_bytes bytea) returns bool language sql immutable as $$
  select case p_media
    when 'pdf' then position('\x2525454f46'::bytea in substr(p_bytes, greatest(octet_length(p_bytes) - 2047, 1))) > 0
    else position('\xffd9'::bytea in substr(p_bytes, greatest(octet_length(p_bytes) - 65535, 1))) > 0 end
$$;
comment on function rule.paper_whole(text, bytea) is 'A PDF or JPEG has the mark that ends it.';

create or replace function rule.paper_mark(p hall.paper) returns text language plpgsql stable as $$
begin
  return (
    select encode(sha256(p.salt || rule.encode(array[p.paper_id::text, p.seq::text, p.name, p.media, p.size::text,
      encode(p.sha256, 'hex'), p.staff_id::text, p.acting, p.post_id::text, p.for_staff_id::text, p.window_id::text,
      rule.moment_text(p.at)])), 'hex')
  );
end $$;
comment on function rule.paper_mark(hall.paper) is 'A salted commitment that stands for an attachment in the chain: file names hold names of people.';

create or replace function rule.original_mark(o hall.original) returns text language plpgsql stable as $$
begin
  return (
    select encode(sha256(o.salt || rule.encode(array['kept', o.original_id::text, o.seq::text, o.name, o.copies::text])), 'hex')
  );
end $$;
comment on function rule.original_mark(hall.original) is 'The same for an original that is kept.';

create or replace function rule.receiver_mark(o hall.original) returns text language plpgsql stable as $$
begin
  return (
    select encode(sha256(o.salt || rule.encode(array['returned', o.original_id::text, o.receiver, o.remark])), 'hex')
  );
end $$;
comment on function rule.receiver_mark(hall.original) is 'The same for who got it back.';

-- Also when it is over: the signed 送达回证, a request to withdraw come after the end.
create or replace function rule.act_on_papers(k command.call, c hall.case_file) returns command.call
language plpgsql stable as $$
begin
  if c.case_id is null then
    perform rule.refuse('case.none');
  end if;
  return rule.act_in(k, c);
end $$;
comment on function rule.act_on_papers(command.call, hall.case_file) is
  'The person acts for a post of the case (SEC-3), in whatever state it is.';

create or replace function rule.need_material(p_case_id int8, p_seq int2) returns void
language plpgsql stable as $$
begin
  if p_seq is not null and not exists (
      select from hall.case_material m where m.case_id = p_case_id and m.seq = p_seq) then
    perform rule.invalid('material.none', 'seq', p_seq::text);
  end if;
end $$;
comment on function rule.need_material(int8, int2) is 'Refuses a number that no material of the case has; NULL is none.';

create or replace function rule.mib(p_setting text, p_most int4) returns int8 language sql stable
as $$ select least(greatest(hall.setting_text(p_setting)::int8, 0), p_most) * 1048576 $$;
comment on function rule.mib(text, int4) is 'A setting in MiB as bytes, and at most so many.';

-- What is void still lies there, and what is on its way will.
create or replace function rule.room_for_paper(c hall.case_file, p_sha256 bytea, p_size int4) returns void
language plpgsql stable as $$
declare
  a_file int8 := rule.mib('paper.file_mib', 64);
  a_case int8 := rule.mib('paper.case_mib', 1000000);
  there int8;
begin
  if p_size < 1 then
    perform rule.refuse('paper.empty');
  elsif p_size > a_file then
    perform rule.refuse('paper.large', (a_file / 1048576)::text);
  end if;
  select coalesce(sum(x.size), 0) into there from (
    select p.size from hall.paper p where p.case_id = c.case_id
    union all
    select u.size from hall.paper_upload u where u.case_id = c.case_id and u.sha256 <> p_sha256) x;
  if there + p_size > a_case then
    perform rule.refuse('paper.full', c.number, (a_case / 1048576)::text);
  end if;
end $$;
comment on function rule.room_for_paper(hall.case_file, bytea, int4) is
  'Refuses an attachment that is empty or larger than the settings allow, alone or with the others of its case.';

create or replace function rule.standing_paper(p_case_id int8, p_sha256 bytea) returns int8
language plpgsql volatile as $$
begin
  return (
    select p.paper_id from hall.paper p
    where p.case_id = p_case_id and p.sha256 = p_sha256 and p.voided_at is null
  );
end $$;
comment on function rule.standing_paper(int8, bytea) is 'The attachment of a case with this content that is not void; NULL: none.';

-- A chunk sent again after its answer was lost must not bring back what was marked void meanwhile:
-- who attaches it again names the void one, the last of them.
create or replace function rule.need_not_void(p_case_id int8, p_sha256 bytea, p_void_id int8) returns void
language plpgsql volatile as $$
declare
  p hall.paper;
begin
  select x.* into p from hall.paper x
  where x.case_id = p_case_id and x.sha256 = p_sha256 and x.voided_at is not null order by x.paper_id desc limit 1;
  if p.paper_id is null and p_void_id is not null then
    perform rule.refuse('paper.none');
  elsif p.paper_id is distinct from p_void_id then
    perform rule.refuse('paper.was_void', p.paper_id::text, p.void_reason);
  end if;
end $$;
comment on function rule.need_not_void(int8, bytea, int8) is
  'Refuses content that was marked void in this case, unless that attachment is named.';

-- Its row lock orders the chunks of one upload; the case stays free for others until the last.
create or replace function rule.open_upload(c hall.case_file, p_sha256 bytea, p_size int4) returns hall.paper_upload
language plpgsql as $$
declare
  u hall.paper_upload;
begin
  loop
    select * into u from hall.paper_upload x where x.case_id = c.case_id and x.sha256 = p_sha256 for update;
    exit when found;
    perform rule.room_for_paper(c, p_sha256, p_size);
    insert into hall.paper_upload (case_id, sha256, size, seen_at) values (c.case_id, p_sha256, p_size, hall.wall())
    on conflict do nothing;
  end loop;
  if u.size <> p_size then
    perform rule.invalid('paper.size', 'size');
  end if;
  return u;
end $$;
comment on function rule.open_upload(hall.case_file, bytea, int4) is 'The upload of this content to this case, locked; begun when there is none.';

-- Sent again it must be the same; if not, everything behind it is as doubtful, and goes.
create or replace function rule.take_chunk(u hall.paper_upload, p_no int4, p_bytes bytea) returns hall.paper_upload
language plpgsql as $$
declare
  kind text;
begin
  if p_no not between 0 and rule.paper_chunks(u.size) - 1 or p_no is null then
    perform rule.invalid('paper.no', 'no');
  elsif octet_length(p_bytes) <> least(rule.paper_chunk(), u.size - p_no * rule.paper_chunk()) then
    perform rule.invalid('paper.length', 'bytes');
  elsif p_no > u.next then
    perform rule.refuse('paper.gap', u.next::text);
  elsif exists (select from hall.paper_chunk x where x.paper_id = u.paper_id and x.no = p_no and x.bytes = p_bytes) then
    return u;
  end if;
  if p_no = 0 then
    kind := rule.paper_media(p_bytes);
    if kind is null then
      perform rule.refuse('paper.media');
    end if;
  end if;
  delete from hall.paper_chunk x where x.paper_id = u.paper_id and x.no >= p_no;
  insert into hall.paper_chunk values (u.paper_id, p_no, p_bytes);
  update hall.paper_upload x
  set next = p_no + 1, media = coalesce(kind, x.media), seen_at = hall.wall()
  where x.paper_id = u.paper_id returning * into u;
  return u;
end $$;
comment on function rule.take_chunk(hall.paper_upload, int4, bytea) is 'Keeps the next chunk of an upload; one that is here already is one.';

create or replace function rule.need_content(u hall.paper_upload) returns void language plpgsql stable as $$
declare
  content bytea;
begin
  select string_agg(x.bytes, '' order by x.no) into content from hall.paper_chunk x where x.paper_id = u.paper_id;
  if sha256(content) <> u.sha256 then
    perform rule.refuse('paper.hash');
  elsif not rule.paper_whole(u.media, content) then
    perform rule.refuse('paper.cut');
  end if;
end $$;
comment on function rule.need_content(hall.paper_upload) is 'Refuses content whose hash is not the one told, or that has no end.';

-- The last chunk is here: only now the paper exists, with its event. The case is locked and settled.
create or replace function rule.attach(k command.call, c hall.case_file, u hall.paper_upload, p_seq int2, p_name text)
returns void language plpgsql as $$
declare
  p hall.paper;
begin
  insert into hall.paper (paper_id, case_id, seq, name, media, size, sha256, staff_id, acting, post_id, for_staff_id,
    window_id, at)
  values (u.paper_id, c.case_id, p_seq, btrim(p_name), u.media, u.size, u.sha256, k.staff_id, k.acting, k.acting_post_id,
    k.for_staff_id, k.window_id, k.at)
  returning * into p;
  delete from hall.paper_upload x where x.paper_id = u.paper_id;
  perform rule.record(k, c, 'attach', c.state, null, null, -- its name is in hall.paper only: it holds names of people
    array['attachment.' || p.paper_id, '', rule.paper_mark(p), 'sha256', '', encode(p.sha256, 'hex')]);
end $$;
comment on function rule.attach(command.call, hall.case_file, hall.paper_upload, int2, text) is
  'Makes an upload an attachment of its case (PAR-7).';

create or replace function rule.paper_case(p_paper_id int8) returns hall.case_file language plpgsql volatile as $$
begin
  return (
    select rule.settle((select p.case_id from hall.paper p where p.paper_id = p_paper_id))
  );
end $$;
comment on function rule.paper_case(int8) is 'The case of an attachment, locked and settled.';

-- The first chunk always counts as a new get; who leaves it out is written down all the same.
create or replace function rule.note_read(v rule.viewer, p hall.paper, p_no int4) returns void language plpgsql as $$
begin
  if p_no > 0 and exists (
      select from hall.paper_read r where r.session_id = v.session_id and r.paper_id = p.paper_id) then
    return;
  end if;
  insert into hall.paper_read values (v.session_id, p.paper_id, hall.wall())
  on conflict (session_id, paper_id) do update set at = excluded.at;
  perform rule.audit('staff', v.staff_id, 'paper.get', v.staff_id, v.window_id,
    array['case', '', p.case_id::text, 'attachment', '', p.paper_id::text]);
end $$;
comment on function rule.note_read(rule.viewer, hall.paper, int4) is 'Every get of an attachment''s content is written down (SEC-1).';

-- By the wall clock, for a moved clock must not take away what is just being sent. A few at a
-- time: the sweep of terms waits for it.
create or replace function rule.sweep_papers() returns void language plpgsql as $$
declare
  dead int8[];
begin
  dead := array(select u.paper_id from hall.paper_upload u where u.seen_at < hall.wall() - interval '1 day'
    order by u.seen_at limit 4 for update skip locked);
  if cardinality(dead) > 0 then
    delete from hall.paper_chunk x where x.paper_id = any (dead);
    delete from hall.paper_upload u where u.paper_id = any (dead);
  end if;
  delete from hall.paper_read r where r.at < hall.wall() - interval '1 day';
end $$;
comment on function rule.sweep_papers() is 'Drops uploads that nobody went on with for a day.';

-- As materials of a paper, after its own; the day it was kept stands where theirs have a later one.
create or replace function rule.original_mats(p_originals hall.original[]) returns rule.material[]
language sql stable as $$
  select coalesce(array_agg(jsonb_populate_record(null::rule.material, jsonb_build_object('seq', 10000 + q.place, 'name', q.name,
    'copies', q.copies, 'state', 'original', 'later', rule.day_of(q.kept_at), 'told', false)) order by q.place), '{}')
  from (select o.*, row_number() over (order by o.original_id) as place from unnest(p_originals) o) q
$$;
comment on function rule.original_mats(hall.original[]) is 'Originals as rows of a paper.';

create or replace function rule.originals(p_case_id int8) returns rule.material[] language plpgsql stable as $$
begin
  return rule.original_mats(array(select o from hall.original o where o.case_id = p_case_id and o.returned_at is null));
end $$;
comment on function rule.originals(int8) is 'Originals of a case the window keeps now, as rows of a paper.';

create or replace function rule.last_receipt(p_case_id int8) returns hall.notice language plpgsql stable as $$
begin
  return (
    select n from hall.notice n
    where n.kind = 'receipt' and n.voided_at is null and (n.case_id = p_case_id
      or n.notice_id in (select l.notice_id from hall.receipt_case l where l.case_id = p_case_id))
    order by n.notice_id desc limit 1
  );
end $$;
comment on function rule.last_receipt(int8) is 'The last receipt of a case that stands, be it one of its visit.';

create or replace function rule.part_with_originals(c hall.case_file, p_part jsonb) returns jsonb language plpgsql stable as $$
declare
  kept rule.material[] := rule.originals(c.case_id);
begin
  if (p_part ->> 'case')::int8 <> c.case_id or coalesce((p_part ->> 'part')::int2, 1) <> 1 then
    return p_part;
  end if;
  return p_part || jsonb_build_object(
    'mats', to_jsonb(array(select m from unnest(rule.part_mats(p_part)) m where m.state <> 'original') || kept),
    'holds', to_jsonb(array_remove(rule.part_holds(p_part), 'original')
      || case when cardinality(kept) > 0 then '{original}' else '{}' end::text[]));
end $$;
comment on function rule.part_with_originals(hall.case_file, jsonb) is
  'A part of a receipt with the originals kept of its case; of another case as it is.';

-- The day of the receipt it is still at hand, and is changed for one that lists them; what is kept
-- later leaves it alone: it tells a term that may be over.
create or replace function rule.tell_kept(k command.call, c hall.case_file, p_made int8[]) returns hall.notice
language plpgsql as $$
declare
  r hall.notice := rule.last_receipt(c.case_id);
begin
  if r.made_from is not null and rule.day_of(r.issued_at) = rule.day_of(k.at) then
    return rule.reissue(k, c, r, (select jsonb_agg(rule.part_with_originals(c, x.p) order by x.o)
      from jsonb_array_elements(r.made_from) with ordinality x (p, o)), '收存原件，重新出具');
  end if;
  return rule.issue(k, c, 'original',
    rule.original_mats(array(select o from hall.original o where o.original_id = any (p_made))));
end $$;
comment on function rule.tell_kept(command.call, hall.case_file, int8[]) is
  'The paper the citizen takes home for originals kept (CASE-2): the receipt of the same day anew, else a slip.';

create or replace function rule.keep_originals(k command.call, c hall.case_file, p_name text[], p_copies int2[], p_seq int2[])
returns void language plpgsql as $$
declare
  n int4 := cardinality(p_name);
  i int4;
  ids int8[];
  made text[];
  slip hall.notice;
begin
  if c.state in ('closed', 'declined', 'withdrawn', 'lapsed') then
    perform rule.refuse('original.closed', c.number);
  elsif coalesce(cardinality(p_copies), n) <> n or coalesce(cardinality(p_seq), n) <> n then
    perform rule.invalid('original.length', 'name');
  end if;
  for i in 1 .. n loop
    perform rule.need_material(c.case_id, p_seq[i]);
    if coalesce(btrim(p_name[i]), '') = '' then
      perform rule.invalid('text.blank', 'name');
    elsif coalesce(p_copies[i], 1) not between 1 and 999 then
      perform rule.invalid('original.copies', 'copies');
    end if;
  end loop;
  with kept as (
    insert into hall.original (case_id, seq, name, copies, kept_by, kept_window_id, kept_at)
    select c.case_id, q.seq, btrim(q.name), coalesce(q.copies, 1::int2), k.staff_id, k.window_id, k.at
    from unnest(p_name, p_copies, p_seq) with ordinality q (name, copies, seq, o) order by q.o
    returning original_id, rule.original_mark(original) as mark
  )
  select array_agg(x.v order by t.original_id, x.o), array_agg(distinct t.original_id) into made, ids
  from kept t, unnest(array['original.' || t.original_id, '', t.mark]) with ordinality x (v, o);
  slip := rule.tell_kept(k, c, ids);
  perform rule.record(k, c, 'keep', c.state, slip.notice_id, left(array_to_string(p_name, '、'), 400),
    made || case when slip.kind = 'original' then rule.paper_detail(slip) else '{}' end);
end $$;
comment on function rule.keep_originals(command.call, hall.case_file, text[], int2[], int2[]) is
  'Lists originals that the window keeps (CASE-2); the cases of its visit are locked.';

create or replace function rule.give_back(k command.call, c hall.case_file, p_ids int8[], p_receiver text, p_remark text)
returns void language plpgsql as $$
declare
  o record;
  names text;
  made text[];
  slip hall.notice;
begin
  select q.id, x.original_id, x.name, x.returned_at into o from unnest(p_ids) q (id)
  left join hall.original x on x.case_id = c.case_id and x.original_id = q.id
  where x.original_id is null or x.returned_at is not null limit 1;
  if found and o.original_id is null then
    perform rule.refuse('original.none');
  elsif found then
    perform rule.refuse('original.returned', o.name);
  end if;
  with given as (
    update hall.original x
    set returned_by = k.staff_id, returned_window_id = k.window_id, returned_at = k.at, receiver = btrim(p_receiver),
      remark = nullif(btrim(p_remark), '')
    where x.case_id = c.case_id and x.original_id = any (p_ids)
    returning x.original_id, x.name, rule.receiver_mark(x) as mark
  )
  select array_agg(q.v order by g.original_id, q.o), string_agg(g.name, '、' order by g.original_id) filter (where q.o = 1)
  into made, names
  from given g, unnest(array['original.' || g.original_id, 'kept', g.mark]) with ordinality q (v, o);
  slip := rule.issue(k, c, 'give_back',
    rule.original_mats(array(select x from hall.original x where x.case_id = c.case_id and x.original_id = any (p_ids))),
    p_remark, array['receiver', p_receiver]);
  perform rule.record(k, c, 'give_back', c.state, slip.notice_id, left(names, 400), made || rule.paper_detail(slip));
end $$;
comment on function rule.give_back(command.call, hall.case_file, int8[], text, text) is
  'Originals go back to who signs for them (CASE-2), on a slip that is printed; the case is locked.';

-- A receipt may have been changed for another since, its own or one of the visit.
create or replace function rule.paper_of_original(o hall.original) returns int8 language plpgsql stable as $$
declare
  paper int8;
begin
  select e.notice_id into paper from hall.event e
  where e.case_id = o.case_id and e.event = case when o.returned_at is null then 'keep' else 'give_back' end
    and e.detail @> array['original.' || o.original_id];
  return (
    with recursive chain as (
      select n.notice_id, n.kind, n.voided_at from hall.notice n where n.notice_id = paper
      union all
      select n.notice_id, n.kind, n.voided_at from chain c join hall.notice n on n.replaces_id = c.notice_id
    )
    select coalesce(max(c.notice_id) filter (where c.voided_at is null),
      (rule.last_receipt(o.case_id)).notice_id)
    from chain c having count(*) > 0
  );
end $$;
comment on function rule.paper_of_original(hall.original) is
  'The paper that tells of an original: the slip of its return, or while kept the receipt or slip that lists it; NULL: none did yet.';

create or replace function hall.verify_papers() returns table (fault text, subject text, detail text)
language sql stable as $$
  select 'paper.content', 'case ' || p.case_id, 'attachment ' || p.paper_id
  from hall.paper p
  cross join lateral (select string_agg(x.bytes, '' order by x.no) as bytes
    from hall.paper_chunk x where x.paper_id = p.paper_id) x
  where sha256(x.bytes) is distinct from p.sha256 or octet_length(x.bytes) is distinct from p.size
  union all
  select 'paper.event', 'case ' || p.case_id, 'attachment ' || p.paper_id
  from hall.paper p
  where not exists (select from hall.event e where e.case_id = p.case_id and e.event = 'attach'
    and e.detail = array['attachment.' || p.paper_id, '', rule.paper_mark(p), 'sha256', '', encode(p.sha256, 'hex')])
  union all
  select 'paper.void', 'case ' || p.case_id, 'attachment ' || p.paper_id
  from hall.paper p
  left join hall.event e on e.case_id = p.case_id and e.event = 'void_paper' and e.detail[1] = 'attachment.' || p.paper_id
  where (p.voided_at, p.void_reason) is distinct from (e.at, e.note)
  union all
  select 'paper.lost', 'case ' || e.case_id, e.detail[1]
  from hall.event e
  where e.event = 'attach' and not exists (select from hall.paper p
    where p.case_id = e.case_id and e.detail[1] = 'attachment.' || p.paper_id)
  union all
  select 'paper.stray', 'attachment ' || x.paper_id, 'chunk ' || min(x.no)
  from hall.paper_chunk x
  where not exists (select from hall.paper p where p.paper_id = x.paper_id)
    and not exists (select from hall.paper_upload u where u.paper_id = x.paper_id)
  group by x.paper_id
  union all
  select 'original.kept', 'case ' || o.case_id, 'original ' || o.original_id
  from hall.original o
  where not exists (select from hall.event e where e.case_id = o.case_id and e.event = 'keep'
    and e.detail @> array['original.' || o.original_id, rule.original_mark(o)])
  union all
  select 'original.returned', 'case ' || o.case_id, 'original ' || o.original_id
  from hall.original o
  where exists (select from hall.event e where e.case_id = o.case_id and e.event = 'give_back'
      and e.detail @> array['original.' || o.original_id]
      and (o.returned_at is null or not e.detail @> array[rule.receiver_mark(o)]))
    or o.returned_at is not null and not exists (select from hall.event e
      where e.case_id = o.case_id and e.event = 'give_back' and e.detail @> array['original.' || o.original_id])
$$;
comment on function hall.verify_papers() is
  'Attachments against their hashes and events, strays among chunks; originals kept and returned against theirs.';
