-- The parties of a case: one applicant or several, guardian, legal representative, agent; who
-- may stand for whom, and what is remembered of them. Must know no item and no paper.

set role yimen_owner;

create or replace function rule.ident_no(p_no text) returns text language sql immutable
as $$ select upper(replace(p_no, ' ', '')) $$;
comment on function rule.ident_no(text) is 'An identity number as it is kept.';

-- A passport has no date of birth in its number: there the clerk names the guardian.
create or replace function rule.is_minor(p_kind text, p_no text, p_day date) returns bool
language sql immutable as $$
  select case when p_kind in ('resident', 'foreigner') and p_no ~ '^[0-9]{17}[0-9X]$'
    then substr(p_no, 7, 8)::int4 > extract(year from p_day - interval '18 years') * 10000
      + extract(month from p_day) * 100 + extract(day from p_day)
    else false end
$$;
comment on function rule.is_minor(text, text, date) is
  'Under 18 on a day by the date of birth in the number of a card (民法典 art. 17); false when it has none.';

create or replace function rule.know_applicant(p_id_kind text, p_id_no text, p_name text, p_phone text, p_address text)
returns int8 language plpgsql as $$
declare
  a hall.applicant;
begin
  select * into a from hall.applicant x where x.id_no = p_id_no and x.id_kind = p_id_kind;
  if found and (a.name, a.phone) = (p_name, p_phone) and coalesce(p_address, a.address) is not distinct from a.address then
    return a.applicant_id;
  end if;
  insert into hall.applicant as x (id_kind, id_no, name, phone, address)
  values (p_id_kind, p_id_no, p_name, p_phone, p_address)
  on conflict (id_no, id_kind) do update
    set name = excluded.name, phone = excluded.phone, address = coalesce(excluded.address, x.address)
  returning x.applicant_id into a.applicant_id;
  return a.applicant_id;
end $$;
comment on function rule.know_applicant(text, text, text, text, text) is 'Remembers an applicant as given now.';

-- In order of number: two windows that know the same couple must not wait for each other.
create or replace function rule.know_parties(p hall.case_party[]) returns int8 language plpgsql as $$
declare
  q record;
  first int8;
  known int8;
begin
  for q in
    select (x).seq, (x).id_kind, (x).id_no, (x).name, (x).phone, (x).address from unnest(p) x
    where (x).role = 'applicant' and (x).phone is not null
    order by (x).id_no, (x).id_kind
  loop
    known := rule.know_applicant(q.id_kind, q.id_no, q.name, q.phone, q.address);
    first := case when q.seq = 1 then known else first end;
  end loop;
  return first;
end $$;
comment on function rule.know_parties(hall.case_party[]) is
  'Remembers every applicant with a telephone as given now; the key of the first.';

create or replace function rule.check_agent(p_name text, p_kind text, p_no text, p_phone text, p_scope text,
  p_until date, p_today date) returns void language plpgsql stable as $$
begin
  if p_name is null and concat(p_kind, p_no, p_phone, p_scope, p_until) <> '' then
    perform rule.invalid('agent.name', 'agent_name');
  elsif p_name is not null and (p_kind is null or p_no is null) then
    perform rule.invalid('agent.ident', 'agent_id_no');
  elsif p_until < p_today then
    perform rule.refuse('agent.expired', p_until::text);
  end if;
end $$;
comment on function rule.check_agent(text, text, text, text, text, date, date) is
  'An agent is named, has a document, and the letter of authority still holds.';

-- Further parties come after the agent's place 2, so that 1 and 2 always mean the same.
create or replace function rule.further_parties(p_case_id int8, p_role text[], p_id_kind text[], p_id_no text[],
  p_name text[], p_phone text[], p_address text[]) returns hall.case_party[]
language plpgsql immutable as $$
declare
  n int4 := coalesce(cardinality(p_role), 0);
begin
  if n <> coalesce(cardinality(p_id_kind), 0) or n <> coalesce(cardinality(p_id_no), 0)
      or n <> coalesce(cardinality(p_name), 0)
      or coalesce(cardinality(p_phone), n) not in (0, n) or coalesce(cardinality(p_address), n) not in (0, n) then
    perform rule.invalid('party.length', 'party_role');
  elsif n > 30 then
    perform rule.invalid('party.many', 'party_role', '30');
  end if;
  return array(
    select (p_case_id, t.o + 2, t.role, nullif(t.kind, ''), nullif(rule.ident_no(t.no), ''), nullif(btrim(t.name), ''),
      nullif(btrim(t.phone), ''), nullif(btrim(t.address), ''), null, null, null)::hall.case_party
    from unnest(p_role, p_id_kind, p_id_no, p_name, p_phone, p_address)
      with ordinality t (role, kind, no, name, phone, address, o)
    order by t.o);
end $$;
comment on function rule.further_parties(int8, text[], text[], text[], text[], text[], text[]) is
  'Parties beside first applicant and agent, from parallel arrays; at most 30.';

create or replace function rule.check_party(q hall.case_party, p_first hall.case_party, p_day date) returns void
language plpgsql immutable as $$
begin
  if q.role not in ('applicant', 'guardian', 'representative') or q.role is null then
    perform rule.invalid('party.role', 'party_role');
  elsif q.name is null then
    perform rule.invalid('party.name', 'party_name');
  elsif q.id_no is null and q.role <> 'representative' then
    perform rule.invalid('party.ident', 'party_id_no', q.name);
  elsif (q.id_kind is null) <> (q.id_no is null) then
    perform rule.invalid('ident.kind', 'party_id_no');
  elsif q.role = 'guardian' and p_first.id_kind = 'org' then
    perform rule.refuse('party.guardian_org', q.name);
  elsif q.role = 'guardian' and rule.is_minor(q.id_kind, q.id_no, p_day) then
    perform rule.refuse('party.guardian_minor', q.name);
  elsif q.role = 'representative' and (p_first.id_kind <> 'org' or q.id_kind = 'org') then
    perform rule.refuse('party.representative', q.name);
  end if;
end $$;
comment on function rule.check_party(hall.case_party, hall.case_party, date) is
  'A further party of a case can be that: guardians stand for people and are of age, representatives for organisations.';

create or replace function rule.check_parties(p_first hall.case_party, p_more hall.case_party[], p_day date) returns void
language plpgsql stable as $$
declare
  q hall.case_party;
  twice text;
begin
  if p_more <> '{}' then -- nearly never
    foreach q in array p_more loop
      perform rule.check_party(q, p_first, p_day);
    end loop;
    select min((x).name) into twice from unnest(p_first || p_more) x
    where (x).role <> 'representative' group by (x).id_kind, (x).id_no having count(*) > 1 limit 1;
    if found then -- the same applicant again, or a guardian of oneself
      perform rule.refuse('party.twice', twice);
    end if;
  end if;
  if rule.is_minor(p_first.id_kind, p_first.id_no, p_day)
      and not exists (select from unnest(p_more) x where (x).role = 'guardian') then
    perform rule.refuse('party.no_guardian', p_first.name);
  end if;
end $$;
comment on function rule.check_parties(hall.case_party, hall.case_party[], date) is
  'First applicant and further parties can stand together: each can be that, nobody twice, a minor has a guardian.';

create or replace function rule.parties(c hall.case_file, p_id_kind text, p_id_no text, p_name text, p_phone text,
  p_address text, p_agent_name text, p_agent_id_kind text, p_agent_id_no text, p_agent_phone text,
  p_agent_scope text, p_agent_until date, p_role text[], p_party_id_kind text[], p_party_id_no text[],
  p_party_name text[], p_party_phone text[], p_party_address text[]) returns hall.case_party[]
language plpgsql stable as $$
declare
  day date := rule.day_of(c.received_at);
  made hall.case_party[];
  more hall.case_party[];
begin
  perform rule.check_agent(p_agent_name, p_agent_id_kind, p_agent_id_no, p_agent_phone, p_agent_scope, p_agent_until, day);
  made := array[
    (c.case_id, 1, 'applicant', p_id_kind, rule.ident_no(p_id_no), btrim(p_name), p_phone, p_address, null, null, null)::hall.case_party,
    (c.case_id, 2, 'agent', p_agent_id_kind, rule.ident_no(p_agent_id_no), btrim(p_agent_name), p_agent_phone, null,
      p_agent_scope, p_agent_until, null)::hall.case_party];
  if p_role is null and p_party_name is null then -- nearly always
    more := '{}';
  else
    more := rule.further_parties(c.case_id, p_role, p_party_id_kind, p_party_id_no, p_party_name, p_party_phone, p_party_address);
  end if;
  perform rule.check_parties(made[1], more, day);
  return made || more;
end $$;
comment on function rule.parties(hall.case_file, text, text, text, text, text, text, text, text, text, text, date,
  text[], text[], text[], text[], text[], text[]) is
  'The parties of a new case as told, checked: first applicant, agent or none, further ones; a minor has a guardian.';

create or replace function rule.put_parties(p hall.case_party[]) returns text[]
language plpgsql as $$
declare
  marks text[];
begin
  with kept as (
    insert into hall.case_party
    select (q).case_id, (q).seq, (q).role, (q).id_kind, (q).id_no, (q).name, (q).phone, (q).address,
      (q).scope, (q).until_day, uuid_send(gen_random_uuid())
    from unnest(p) q where (q).name is not null
    returning case_party.seq, rule.party_mark(case_party) as mark
  )
  select array_agg(x.v order by k.seq, x.o) into marks
  from kept k, unnest(array['party.' || k.seq, '', k.mark]) with ordinality x (v, o);
  return marks;
end $$;
comment on function rule.put_parties(hall.case_party[]) is 'Stores the parties of a case; their commitments for the trail.';
