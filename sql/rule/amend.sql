-- Amending (CASE-15): typing mistakes of parties, matter and ticks. The state stays, before
-- and after are kept, papers that show the mistake are voided and issued anew.

set role yimen_owner;

create or replace function rule.party_fields(p hall.case_party) returns table (field text, value text)
language sql immutable as $$
  select case when p.role = 'agent' then 'agent_' when p.seq > 1 then 'party' || p.seq || '_' else '' end || f.name, f.value
  from (values ('id_kind', p.id_kind), ('id_no', p.id_no), ('name', p.name), ('phone', p.phone),
    ('address', p.address), ('scope', p.scope), ('until', p.until_day::text)) f (name, value)
$$;
comment on function rule.party_fields(hall.case_party) is 'A party as the fields of case.amend.';

-- NULL leaves a field as it is, blank empties one that may be missing.
create or replace function rule.amended_party(p hall.case_party, p_id_kind text, p_id_no text, p_name text, p_phone text,
  p_address text, p_scope text, p_until date) returns hall.case_party language plpgsql immutable as $$
begin
  p.id_kind := coalesce(p_id_kind, p.id_kind);
  p.id_no := coalesce(rule.ident_no(p_id_no), p.id_no);
  p.name := coalesce(nullif(btrim(p_name), ''), p.name);
  p.phone := coalesce(p_phone, p.phone);
  p.address := case when p_address is null then p.address else nullif(btrim(p_address), '') end;
  p.scope := case when p_scope is null then p.scope else nullif(btrim(p_scope), '') end;
  p.until_day := coalesce(p_until, p.until_day);
  return p;
end $$;
comment on function rule.amended_party(hall.case_party, text, text, text, text, text, text, date) is
  'A party with some fields put right.';

create or replace function rule.keep_amended(p_case_id int8, p_version int4, p_field text, p_before text, p_after text)
returns void language sql as $$
  insert into hall.amended select p_case_id, p_version, p_field, p_before, p_after
  where p_before is distinct from p_after
$$;
comment on function rule.keep_amended(int8, int4, text, text, text) is 'Keeps a value before and after; nothing when it is the same.';

create or replace function rule.amended_mark(p_case_id int8, p_version int4) returns text language plpgsql stable as $$
begin
  return (
    select rule.words_mark(p_case_id, array['amended', p_version::text]
      || array_agg(x.v order by a.field collate "C", x.o))
    from hall.amended a, unnest(array[a.field, a.before, a.after]) with ordinality x (v, o)
    where a.case_id = p_case_id and a.version = p_version
  );
end $$;
comment on function rule.amended_mark(int8, int4) is 'A commitment to what an amendment kept, before and after.';

-- Was without a name: there was none; now without a name: there is none any more.
create or replace function rule.amend_party(p_case_id int8, p_version int4, p_was hall.case_party, p_now hall.case_party)
returns text[] language plpgsql as $$
declare
  mark_was text := case when p_was.name is null then '' else rule.party_mark(p_was) end;
  mark_now text;
begin
  if p_was is not distinct from p_now then
    return '{}';
  elsif p_now.name is null then
    delete from hall.case_party y where y.case_id = p_case_id and y.seq = p_was.seq;
    mark_now := '';
  elsif p_was.name is null then
    insert into hall.case_party values (p_now.*);
    mark_now := rule.party_mark(p_now);
  else
    update hall.case_party y
    set id_kind = p_now.id_kind, id_no = p_now.id_no, name = p_now.name, phone = p_now.phone,
      address = p_now.address, scope = p_now.scope, until_day = p_now.until_day
    where y.case_id = p_case_id and y.seq = p_now.seq;
    mark_now := rule.party_mark(p_now);
  end if;
  perform rule.keep_amended(p_case_id, p_version, f.field, b.value, a.value)
  from (select x.field from rule.party_fields(p_was) x where p_was.name is not null
    union select x.field from rule.party_fields(p_now) x where p_now.name is not null) f
  left join rule.party_fields(p_was) b on b.field = f.field and p_was.name is not null
  left join rule.party_fields(p_now) a on a.field = f.field and p_now.name is not null;
  return array['party.' || coalesce(p_now.seq, p_was.seq), mark_was, mark_now];
end $$;
comment on function rule.amend_party(int8, int4, hall.case_party, hall.case_party) is
  'Stores a party put right, keeps what it was; its commitments for the trail.';

create or replace function rule.amend_first(c hall.case_file, p_id_kind text, p_id_no text, p_name text, p_phone text,
  p_address text) returns text[] language plpgsql as $$
declare
  was hall.case_party;
  made hall.case_party;
begin
  select * into was from hall.case_party y where y.case_id = c.case_id and y.seq = 1;
  made := rule.amended_party(was, p_id_kind, p_id_no, p_name, p_phone, p_address, null, null);
  if made is distinct from was then
    update hall.case_file f
    set applicant_id = rule.know_applicant(made.id_kind, made.id_no, made.name, made.phone, made.address)
    where f.case_id = c.case_id;
  end if;
  return rule.amend_party(c.case_id, c.version, was, made);
end $$;
comment on function rule.amend_first(hall.case_file, text, text, text, text, text) is
  'The first applicant put right, and remembered so; what changed, for the trail.';

create or replace function rule.amend_agent(c hall.case_file, p_name text, p_id_kind text, p_id_no text, p_phone text,
  p_scope text, p_until date, p_no_agent bool) returns text[] language plpgsql as $$
declare
  was hall.case_party;
  made hall.case_party;
begin
  select * into was from hall.case_party y where y.case_id = c.case_id and y.role = 'agent' order by y.seq limit 1;
  if not coalesce(p_no_agent, false) then
    made := was;
    if was.name is null and nullif(btrim(p_name), '') is not null then
      made.case_id := c.case_id;
      made.seq := 2; -- always the agent's
      made.role := 'agent';
      made.salt := uuid_send(gen_random_uuid());
    end if;
    made := rule.amended_party(made, p_id_kind, p_id_no, p_name, p_phone, null, p_scope, p_until);
    perform rule.check_agent(made.name, made.id_kind, made.id_no, made.phone, made.scope, made.until_day,
      rule.day_of(c.delivered_at));
  end if;
  return rule.amend_party(c.case_id, c.version, was, made);
end $$;
comment on function rule.amend_agent(hall.case_file, text, text, text, text, text, date, bool) is
  'The agent put right, named or taken out; what changed, for the trail.';

create or replace function rule.amend_further(c hall.case_file, p_seq int2[], p_id_kind text[], p_id_no text[], p_name text[],
  p_phone text[], p_address text[]) returns text[] language plpgsql as $$
declare
  n int4 := coalesce(cardinality(p_seq), 0);
  was hall.case_party;
  made hall.case_party;
  detail text[] := '{}';
  i int4;
begin
  if coalesce(cardinality(p_id_kind), n) not in (0, n) or coalesce(cardinality(p_id_no), n) not in (0, n)
      or coalesce(cardinality(p_name), n) not in (0, n) or coalesce(cardinality(p_phone), n) not in (0, n)
      or coalesce(cardinality(p_address), n) not in (0, n)
      or n <> (select count(distinct q) from unnest(p_seq) q) then
    perform rule.invalid('party.length', 'party_seq');
  end if;
  for i in 1 .. n loop
    select * into was from hall.case_party y
    where y.case_id = c.case_id and y.seq = p_seq[i] and y.seq > 1 and y.role <> 'agent';
    if not found then
      perform rule.invalid('amend.party', 'party_seq', p_seq[i]::text);
    end if;
    made := rule.amended_party(was, p_id_kind[i], p_id_no[i], p_name[i], p_phone[i], p_address[i], null, null);
    if made.role = 'applicant' and made.phone is not null and made is distinct from was then
      perform rule.know_applicant(made.id_kind, made.id_no, made.name, made.phone, made.address);
    end if;
    detail := detail || rule.amend_party(c.case_id, c.version, was, made);
  end loop;
  return detail;
end $$;
comment on function rule.amend_further(hall.case_file, int2[], text[], text[], text[], text[], text[]) is
  'Further applicants, guardian, representative put right, by their places; what changed, for the trail.';

-- All of them together, once all are put right: one field may excuse another.
create or replace function rule.check_amended(c hall.case_file) returns void language plpgsql stable as $$
begin
  perform rule.check_parties(
    (select y from hall.case_party y where y.case_id = c.case_id and y.seq = 1),
    array(select y from hall.case_party y where y.case_id = c.case_id and y.seq > 1 and y.role <> 'agent' order by y.seq),
    rule.day_of(c.received_at));
end $$;
comment on function rule.check_amended(hall.case_file) is 'The parties of a case, put right, could have been received so.';

create or replace function rule.amend_matter(c hall.case_file, p_matter text) returns text[] language plpgsql as $$
declare
  made text := nullif(btrim(p_matter), '');
begin
  if p_matter is null or made is not distinct from c.matter then
    return '{}';
  end if;
  update hall.case_file f set matter = made where f.case_id = c.case_id;
  perform rule.keep_amended(c.case_id, c.version, 'matter', c.matter, made);
  return array['matter', rule.matter_mark(c.case_id, c.matter), rule.matter_mark(c.case_id, made)];
end $$;
comment on function rule.amend_matter(hall.case_file, text) is 'The applicant''s words put right; what changed, for the trail.';

create or replace function rule.find_again(c hall.case_file) returns void language plpgsql as $$
begin
  update hall.case_search s
  set digits = w.digits, names = w.names, initials = w.initials
  from rule.case_words(c.number, array(select y.id_no from hall.case_party y where y.case_id = c.case_id order by y.seq),
    array(select y.phone from hall.case_party y where y.case_id = c.case_id order by y.seq),
    array(select y.name from hall.case_party y where y.case_id = c.case_id order by y.seq)) w
  where s.case_id = c.case_id;
end $$;
comment on function rule.find_again(hall.case_file) is 'What finds a case, from its parties as they are (CASE-12).';

-- A tick put right must not become a demand: what was not asked for in the one notice may
-- not be lacking afterwards (ONE-3), nor anything in a case that was accepted as complete.
create or replace function rule.need_amendable(c hall.case_file, p_mats rule.material[]) returns void
language plpgsql stable as $$
declare
  m record;
begin
  select q.name, q.seq into m from unnest(p_mats) q
  where q.state in ('absent', 'defective') and split_part(q.was, ' ', 1) not in ('absent', 'defective')
    and (c.state not in ('received', 'correcting') or c.corrections > 0 and not q.told)
  order by q.seq limit 1;
  if found then
    perform rule.refuse('answer.not_told', m.name, m.seq::text);
  elsif c.state = 'correcting' and not exists (select from unnest(p_mats) q where q.state in ('absent', 'defective')) then
    perform rule.refuse('amend.nothing_told'); -- such a notice is voided, not amended
  end if;
end $$;
comment on function rule.need_amendable(hall.case_file, rule.material[]) is
  'Refuses ticks that would ask for what was not told once.';

create or replace function rule.amended_mats(p_of rule.material[], p_mats rule.material[]) returns rule.material[]
language plpgsql stable as $$
begin
  return array(
    select case when m.seq is null or m.was = rule.tick_text(m.state, m.later, m.note) then o
      else (o.seq, o.name, o.form, o.copies, o.required, o.source, o.hint, o.was, m.state, m.note, m.later, o.told, null)::rule.material end
    from unnest(p_of) o left join unnest(p_mats) m on m.seq = o.seq order by o.seq
  );
end $$;
comment on function rule.amended_mats(rule.material[], rule.material[]) is 'The materials of a paper with those ticks put right that changed.';

create or replace function rule.amended_part(k command.call, c hall.case_file, p_kind text, p_part jsonb, p_mats rule.material[])
returns jsonb language plpgsql stable as $$
declare
  words text[];
  mats rule.material[];
begin
  if (p_part ->> 'case')::int8 <> c.case_id then
    return p_part;
  end if;
  words := rule.amended_words(rule.part_words(p_part), rule.words(c, p_kind, null, k.at, k.staff_id, null, '{}'));
  mats := rule.amended_mats(rule.part_mats(p_part), p_mats);
  return p_part || jsonb_build_object('words', to_jsonb(words), 'mats', to_jsonb(mats),
    'holds', to_jsonb(rule.holds_again(c, words, rule.part_holds(p_part), mats)));
end $$;
comment on function rule.amended_part(command.call, hall.case_file, text, jsonb, rule.material[]) is
  'A part of a paper with what was amended in its case; dates and the clerk''s words stay.';

create or replace function rule.reissue_amended(k command.call, c hall.case_file, p_mats rule.material[], p_reason text)
returns int4 language plpgsql as $$
declare
  n hall.notice;
  parts jsonb;
  template int4;
  made int4 := 0;
begin
  for n in
    select * from hall.notice x
    where x.voided_at is null and x.made_from is not null
      and x.notice_id in (select y.notice_id from hall.notice y where y.case_id = c.case_id
        union select l.notice_id from hall.receipt_case l where l.case_id = c.case_id)
    order by x.kind, x.notice_id -- counters in one order
  loop
    parts := (select jsonb_agg(rule.amended_part(k, c, n.kind, x.p, p_mats) order by x.o)
      from jsonb_array_elements(n.made_from) with ordinality x (p, o));
    template := rule.template_of(n.kind);
    if rule.refill(template, n.made_from, n.number) is distinct from rule.refill(template, parts, n.number) then
      perform rule.reissue(k, c, n, parts, p_reason);
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;
comment on function rule.reissue_amended(command.call, hall.case_file, rule.material[], text) is
  'Voids and issues anew every paper that shows what was amended (CASE-15); how many.';
