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

-- Its moments are the paper's, where it was received by hand (CASE-18); its order is key-in.
create or replace function rule.begin_case(k command.call, p_item record, p_matter text, p_at timestamptz)
returns hall.case_file language plpgsql as $$
declare
  c hall.case_file;
begin
  c.case_id := hall.next_id();
  c.number := rule.case_number(k.at);
  c.item_version_id := p_item.item_version_id;
  c.department_id := p_item.department_id;
  c.state := rule.transit('none', 'receive');
  c.step_seq := 0;
  c.post_id := p_item.post_id;
  c.version := 1;
  c.last_at := k.at;
  c.matter := nullif(btrim(p_matter), '');
  c.received_at := coalesce(p_at, k.at);
  c.delivered_at := c.received_at;
  c.deliveries := 1;
  c.corrections := 0;
  c.term_at := rule.correction_term(c.received_at);
  c.silent := false;
  c.provisional := false;
  return c;
end $$;
comment on function rule.begin_case(command.call, record, text, timestamptz) is
  'A case of this item (rule.item_to_receive) as it is once received: the correction term runs (ONE-2).';

-- Everything a new case consists of, in the order its papers need.
drop function if exists rule.put_case(command.call, hall.case_file, hall.case_party[], rule.material[]);
drop function if exists rule.put_case(command.call, hall.case_file, hall.case_party[], rule.material[], hall.hand_receipt, int8[]);
drop function if exists rule.put_case(command.call, hall.case_file, hall.case_party[], rule.material[], hall.hand_receipt, int8[], hall.case_project);
create or replace function rule.put_case(k command.call, c hall.case_file, p_parties hall.case_party[],
  p_mats rule.material[], p_hand hall.hand_receipt default null, p_with int8[] default null,
  p_stage hall.case_project default null, p_review int2[] default null) returns command.call
language plpgsql as $$
declare
  marks text[];
  hand text[] := '{}';
  n hall.notice;
begin
  insert into hall.case_file values (c.*);
  marks := rule.put_parties(p_parties) || rule.put_stage(c, p_stage) || rule.open_check(k, c, p_review);
  if p_hand.no is not null then
    hand := rule.put_hand(k, p_hand);
  end if;
  insert into hall.case_material (case_id, seq, state, note, later)
  select c.case_id, m.seq, m.state, m.note, m.later from unnest(p_mats) m;
  insert into hall.case_search
  select c.case_id, s.digits, s.names, s.initials
  from rule.case_words(c.number, array(select q.id_no from unnest(p_parties) q),
    array(select q.phone from unnest(p_parties) q), array(select q.name from unnest(p_parties) q)) s;
  perform rule.schedule(c);
  n := rule.issue_receipt(k, c, p_mats, p_with);
  perform rule.record(k, c, 'receive', 'none', n.notice_id, p_hand.reason,
    array['item', '', c.item_version_id::text, 'matter', '', rule.matter_mark(c.case_id, c.matter), 'term', '', rule.moment_text(c.term_at)]
    || marks || hand || rule.paper_detail(n)
    || array(select x.v from unnest(p_mats) m,
        unnest(array['material.' || m.seq, '', rule.tick_text(m.state, m.later, m.note)]) with ordinality x (v, o)
      order by m.seq, x.o));
  return rule.done(k, c, c.number);
end $$;
comment on function rule.put_case(command.call, hall.case_file, hall.case_party[], rule.material[], hall.hand_receipt, int8[], hall.case_project, int2[]) is
  'Stores a new case with its parties, the stage it is of a project, the check of a joint one, ticks, search words, term, receipt and first event.';

-- A term already over when its paper is keyed in fires at once (CASE-18).
create or replace function rule.overtaken(k command.call, p_hand hall.hand_receipt) returns command.call
language plpgsql as $$
begin
  if p_hand.no is null then
    return k;
  end if;
  return rule.done(k, rule.settle(k.case_id), k.number);
end $$;
comment on function rule.overtaken(command.call, hall.hand_receipt) is
  'The outcome of a receipt keyed in late, after what was due long ago has happened.';
