-- case.reveal (SEC-1): the personal data of a case for somebody who does not handle it, with a
-- reason, on record in the case's own trail.

set role yimen_owner;

create or replace function api.case_reveal(p_token bytea, p_case_id int8, p_reason text)
returns table (seq int2, role text, id_kind text, id_no text, name text, phone text, address text, scope text,
  until date, matter text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  at_now timestamptz := rule.open_holders(false);
  c hall.case_file := rule.settle(p_case_id);
  k command.call;
  posts int8[];
begin
  if c.case_id is null then
    perform rule.refuse('case.none');
  elsif rule.handles(v.staff_id, c) then
    perform rule.refuse('reveal.plain');
  elsif nullif(btrim(p_reason), '') is null then
    perform rule.invalid('text.blank', 'reason');
  end if;
  k.staff_id := v.staff_id;
  k.window_id := v.window_id;
  k.at := greatest(at_now, c.last_at);
  posts := array(select p.post_id from hall.post p
    where p.holder_id = v.staff_id and (p.duty = 'window' or p.duty ~ '^(supervisor[123]|duty)$'
      or p.duty = 'chief' and p.department_id = c.department_id));
  if cardinality(posts) = 0 then
    perform rule.deny('reveal.denied');
  elsif (select count(*) from hall.event e where e.event = 'reveal' and e.staff_id = v.staff_id
      and e.at > k.at - interval '1 hour') >= hall.setting_text('case.reveals')::int4 then
    perform rule.refuse('reveal.too_many', hall.setting_text('case.reveals'));
  end if;
  k := rule.act_any(k, posts);
  perform rule.record(k, c, 'reveal', c.state, null, btrim(p_reason));
  return query
    select y.seq, y.role, y.id_kind, y.id_no, y.name, y.phone, y.address, y.scope, y.until_day,
      case when y.seq = 1 then c.matter end
    from hall.case_party y where y.case_id = c.case_id order by y.seq;
end $$;
comment on function api.case_reveal(bytea, int8, text) is
  'case.reveal: unmasks a case for supervisors, its department''s chief representative and holders of window posts; on record (SEC-1).';
