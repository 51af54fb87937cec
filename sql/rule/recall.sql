-- Recalling a known applicant (SEC-1): who may still ask, who is counted as a stranger, what an
-- acquaintance is told of, on record; an agent is plain only to who handled a case of theirs.
-- Writes no case.

set role yimen_owner;

create or replace function rule.may_ask(p_session_id int8) returns void language plpgsql volatile as $$
begin
  if (select s.strangers from hall.session s where s.session_id = p_session_id
      and s.strangers_since > hall.clock() - interval '1 hour') >= hall.setting_text('applicant.strangers')::int4 then
    perform rule.refuse('applicant.too_many');
  end if;
end $$;
comment on function rule.may_ask(int8) is 'Refuses a session that has asked for too many strangers within an hour.';

create or replace function rule.stranger(p_session_id int8) returns void language plpgsql as $$
declare
  since timestamptz := hall.clock() - interval '1 hour';
begin
  update hall.session s
  set strangers = case when s.strangers_since > since then s.strangers else 0 end + 1,
    strangers_since = case when s.strangers_since > since then s.strangers_since else since + interval '1 hour' end
  where s.session_id = p_session_id;
end $$;
comment on function rule.stranger(int8) is 'Counts a question for somebody who is not known.';

create or replace function rule.with_phone(p_phone text) returns setof hall.applicant language plpgsql stable as $$
begin
  return query
    select a.* from hall.applicant a
    where regexp_replace(a.phone, '[^0-9]', '', 'g') = regexp_replace(p_phone, '[^0-9]', '', 'g')
    order by a.applicant_id desc limit 50;
end $$;
comment on function rule.with_phone(text) is 'Applicants whose telephone this is, the whole of it; the newest first.';

-- Bounded: some organisations bring thousands of cases.
create or replace function rule.knows_agent(p_staff_id int8, p_applicant_id int8, g hall.case_party) returns bool
language plpgsql stable as $$
begin
  return exists (
    select from (
      select c from hall.case_file c where c.applicant_id = p_applicant_id order by c.case_id desc limit 200) q
    join hall.case_party y on y.case_id = (q.c).case_id and y.seq = 2 and y.role = 'agent'
    where (y.id_kind, y.id_no) = (g.id_kind, g.id_no) and rule.handles(p_staff_id, q.c));
end $$;
comment on function rule.knows_agent(int8, int8, hall.case_party) is
  'Handles a case, among the newest 200 of an applicant, which this agent brought (SEC-3).';

-- An organisation is known by a number that is public, so that number must not open its agent
-- of last time: who does not know that person learns only that there was one, and is counted.
create or replace function rule.acquaintance(v rule.viewer, a hall.applicant)
returns table (applicant_id int8, id_kind text, id_no text, name text, phone text, address text, open_cases int4,
  agent_name text, agent_id_kind text, agent_id_no text, agent_phone text, agent_scope text, agent_until date)
language plpgsql volatile as $$
declare
  g hall.case_party;
  plain bool := false;
begin
  if a.id_kind = 'org' then
    select y.* into g from hall.case_file c
    join hall.case_party y on y.case_id = c.case_id and y.seq = 2 and y.role = 'agent'
    where c.applicant_id = a.applicant_id order by c.case_id desc limit 1;
    plain := g.case_id is not null and rule.knows_agent(v.staff_id, a.applicant_id, g);
    if g.case_id is not null and not plain then
      perform rule.stranger(v.session_id);
    end if;
  end if;
  perform rule.audit('window', v.window_id, 'applicant.find', v.staff_id, v.window_id,
    array['applicant', '', a.applicant_id::text]
      || case when plain then array['agent', '', g.case_id::text] else '{}' end);
  return query select a.applicant_id, a.id_kind, a.id_no, a.name, a.phone, a.address,
    (select count(*)::int4 from hall.case_file c where c.applicant_id = a.applicant_id
      and c.state not in ('closed', 'declined', 'withdrawn', 'lapsed')),
    case when plain then g.name else rule.mask_name(g.id_kind, g.name) end,
    case when plain then g.id_kind end, case when plain then g.id_no end, case when plain then g.phone end,
    case when plain then g.scope end, case when plain then g.until_day end;
end $$;
comment on function rule.acquaintance(rule.viewer, hall.applicant) is
  'What is known of an applicant, of an organisation''s agent of last time to who does not know that person a masked name only; who asked is on record (SEC-1).';
