-- Receipts (DOC-1): of one case, or one for all the cases of a visit (CASE-2); then the last
-- one lists them all and takes the place of those before.

set role yimen_owner;

create or replace function rule.visit_receipt(p_case_id int8) returns int8 language plpgsql stable as $$
begin
  return (
    select n.notice_id from hall.receipt_case l
    join hall.notice n on n.notice_id = l.notice_id
    where l.case_id = p_case_id and n.voided_at is null
    order by n.notice_id desc limit 1
  );
end $$;
comment on function rule.visit_receipt(int8) is 'The receipt that lists a case with others of its visit; NULL: it has one of its own.';

create or replace function rule.visit_cases(p_case_id int8) returns int8[] language plpgsql stable as $$
begin
  return (
    select coalesce(array_agg(l.case_id order by l.case_id), array[p_case_id])
    from hall.receipt_case l where l.notice_id = rule.visit_receipt(p_case_id)
  );
end $$;
comment on function rule.visit_cases(int8) is 'The cases of the visit a case was received in, itself too, in the order they came.';

-- The first case of a visit is locked first, by everybody who joins it, then the others in
-- order of key: nobody waits in a circle, and the list cannot grow meanwhile. All of them before
-- the first counter: what is due may take one.
create or replace function rule.settle_visit(p_case_id int8) returns int8[] language plpgsql as $$
declare
  cases int8[] := rule.visit_cases(p_case_id);
  c int8;
begin
  perform from hall.case_file f where f.case_id = cases[1] for update;
  if not found then
    return null;
  end if;
  cases := rule.visit_cases(p_case_id);
  perform from hall.case_file f where f.case_id = any (cases) order by f.case_id for update;
  foreach c in array cases loop
    perform rule.settle(c);
  end loop;
  return cases;
end $$;
comment on function rule.settle_visit(int8) is 'Locks the cases of a visit and lets happen what is due; NULL when there is no such case.';

create or replace function rule.check_visit(k command.call, p_with_case int8, p_cases int8[], p_applicant_id int8)
returns void language plpgsql stable as $$
declare
  c hall.case_file;
begin
  if p_with_case is null then
    return;
  end if;
  select f.* into c from hall.case_file f where f.case_id = p_with_case;
  if not found then
    perform rule.invalid('receipt.no_case', 'with_case');
  elsif c.applicant_id <> p_applicant_id then
    perform rule.refuse('receipt.other_applicant', c.number);
  elsif not exists (select from hall.event e where e.case_id = p_with_case and e.seq = 1
      and e.window_id = k.window_id and rule.day_of(e.at) = rule.day_of(k.at)) then
    perform rule.refuse('receipt.visit_over', c.number);
  elsif cardinality(p_cases) >= 20 then
    perform rule.refuse('receipt.many', '20');
  end if;
end $$;
comment on function rule.check_visit(command.call, int8, int8[], int8) is
  'Another item of the same visit: received at this window today, from the same first applicant.';

create or replace function rule.case_part(k command.call, c hall.case_file, p_mats rule.material[], p_given text[], p_part int2)
returns jsonb language plpgsql stable as $$
declare
  words text[] := rule.words(c, 'receipt', c.number, k.at, k.staff_id, null, p_given);
begin
  return rule.paper_part(c.case_id, p_part, words, rule.holds(c, words, p_mats), p_mats);
end $$;
comment on function rule.case_part(command.call, hall.case_file, rule.material[], text[], int2) is
  'Head, part of a case or end of a receipt of several.';

-- Each case as it was when its papers came: its term to be told in may have been cut short.
create or replace function rule.visit_parts(k command.call, c hall.case_file, p_cases int8[]) returns jsonb
language plpgsql stable as $$
declare
  one hall.case_file;
  mats rule.material[];
  given text[];
  made jsonb;
  n int4 := cardinality(p_cases);
begin
  given := array['several', n::text, 'seal_of', (
    select case when count(distinct d.department_id) = 1 then min(d.full_name) else hall.setting_text('hall.name') end
    from hall.case_file f join hall.department d on d.department_id = f.department_id where f.case_id = any (p_cases))];
  made := jsonb_build_array(rule.case_part(k, c, '{}', given, 0::int2));
  for i in 1 .. n loop
    select f.* into one from hall.case_file f where f.case_id = p_cases[i];
    mats := rule.ticked(one.case_id, one.item_version_id, rule.day_of(one.received_at), null, null, null, null)
      || rule.originals(one.case_id);
    one.delivered_at := one.received_at;
    one.deliveries := 1;
    one.term_at := rule.correction_term(one.received_at);
    made := made || rule.case_part(k, one, mats, given || array['place', i::text], 1::int2);
  end loop;
  return made || rule.case_part(k, c, '{}', given, 2::int2);
end $$;
comment on function rule.visit_parts(command.call, hall.case_file, int8[]) is 'What a receipt of all the cases of a visit is made of.';

-- The cases before are told, too: their receipt is another one now.
create or replace function rule.tell_visit(k command.call, n hall.notice, p_old hall.notice[], p_cases int8[]) returns void
language plpgsql as $$
declare
  c hall.case_file;
  kk command.call := k;
begin
  for c in select f.* from hall.case_file f where f.case_id = any (p_cases) order by f.case_id loop
    kk.at := greatest(k.at, c.last_at, (select max(e.at) from hall.event e where e.case_id = c.case_id));
    perform rule.record(kk, c, 'receipt', c.state, n.notice_id, null, rule.paper_detail(n)
      || array(select x.v from unnest(p_old) o, unnest(array['void', (o).notice_id::text, '']) with ordinality x (v, i)
        order by (o).notice_id, x.i));
  end loop;
end $$;
comment on function rule.tell_visit(command.call, hall.notice, hall.notice[], int8[]) is
  'Writes into the trail of the visit''s cases that a receipt of all of them replaces the one before.';

create or replace function rule.issue_receipt(k command.call, c hall.case_file, p_mats rule.material[], p_with int8[])
returns hall.notice language plpgsql as $$
declare
  n hall.notice;
  old hall.notice[];
  cases int8[] := p_with || c.case_id;
begin
  if p_with is null then
    return rule.issue(k, c, 'receipt', p_mats);
  end if;
  n := rule.new_paper(k, c, 'receipt');
  n.made_from := rule.visit_parts(k, c, cases);
  n.blocks := rule.refill(n.template_id, n.made_from, n.number);
  with voided as (
    update hall.notice x set voided_at = k.at, void_reason = '同次办理的收件凭证合并出具'
    where x.voided_at is null and x.notice_id in (
      select coalesce(rule.visit_receipt(w), (select min(y.notice_id) from hall.notice y
        where y.case_id = w and y.kind = 'receipt' and y.voided_at is null)) from unnest(p_with) w)
    returning x
  )
  select array_agg(v.x order by (v.x).notice_id) into old from voided v;
  n.replaces_id := (old[1]).notice_id;
  insert into hall.notice values (n.*);
  insert into hall.receipt_case select n.notice_id, w from unnest(cases) w;
  perform rule.tell_visit(k, n, old, p_with);
  return n;
end $$;
comment on function rule.issue_receipt(command.call, hall.case_file, rule.material[], int8[]) is
  'A receipt of a new case; with the other cases of its visit, one for all of them that replaces theirs (CASE-2, DOC-1).';
