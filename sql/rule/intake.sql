-- Taking in an application (CASE-2): what can be received, from whom, and all that a new
-- case consists of.

set role yimen_owner;

create or replace function rule.item_to_receive(p_item_version_id int8)
returns table (item_version_id int8, item_name text, department_id int8, post_id int8)
language plpgsql stable as $$
declare
  v record;
begin
  select i.*, n.department_id, s.post_id into v
  from hall.item_version i
  join hall.item n on n.item_id = i.item_id
  left join hall.item_step s on s.item_version_id = i.item_version_id and s.seq = 0
  where i.item_version_id = p_item_version_id;
  if not found then
    perform rule.refuse('item.none');
  elsif not v.in_force then
    perform rule.refuse('item.superseded', v.name);
  elsif not v.guide then
    perform rule.refuse('item.no_guide', v.name); -- CASE-17
  elsif v.post_id is null then
    perform rule.refuse('item.no_post', v.name);
  elsif not exists (select from hall.item_step s
      where s.item_version_id = p_item_version_id and s.seq > 0) then
    perform rule.refuse('item.no_step', v.name); -- it could not be accepted, not even by silence
  end if;
  return query select v.item_version_id, v.name, v.department_id, v.post_id;
end $$;
comment on function rule.item_to_receive(int8) is 'An item that can be received, its department and post.';

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

-- Everything a new case consists of, in the order its papers need.
create or replace function rule.put_case(k command.call, c hall.case_file, p_parties hall.case_party[],
  p_mats rule.material[]) returns command.call language plpgsql as $$
declare
  marks text[];
  n hall.notice;
begin
  insert into hall.case_file values (c.*);
  marks := rule.put_parties(p_parties);
  insert into hall.case_material (case_id, seq, state, note, later)
  select c.case_id, m.seq, m.state, m.note, m.later from unnest(p_mats) m;
  insert into hall.case_search
  select c.case_id, s.digits, s.names, s.initials
  from rule.case_words(c.number, array(select q.id_no from unnest(p_parties) q),
    array(select q.phone from unnest(p_parties) q), array(select q.name from unnest(p_parties) q)) s;
  insert into hall.due values (c.case_id, 'silence', c.term_at, 40);
  n := rule.issue(k, c, 'receipt', p_mats);
  perform rule.record(k, c, 'receive', 'none', n.notice_id, null,
    array['item', '', c.item_version_id::text, 'matter', '', rule.matter_mark(c.case_id, c.matter), 'term', '', rule.moment_text(c.term_at)]
    || marks || rule.paper_detail(n)
    || array(select x.v from unnest(p_mats) m,
        unnest(array['material.' || m.seq, '', rule.tick_text(m.state, m.later, m.note)]) with ordinality x (v, o)
      order by m.seq, x.o));
  return rule.done(k, c, c.number);
end $$;
comment on function rule.put_case(command.call, hall.case_file, hall.case_party[], rule.material[]) is
  'Stores a new case with its parties, ticks, search words, term, receipt and first event.';
