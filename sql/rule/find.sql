-- Finding and reading cases (CASE-12, SEC-1, SEC-3): fragments, who sees personal data plain.

set role yimen_owner;

create or replace function rule.posts_held(p_staff_id int8) returns int8[] language plpgsql stable as $$
begin
  return array(select p.post_id from hall.post p where p.holder_id = p_staff_id);
end $$;
comment on function rule.posts_held(int8) is 'The posts a person holds now (POST-2).';

create or replace function rule.handles_as(p_staff_id int8, p_held int8[], c hall.case_file) returns bool
language sql stable as $$
  select c.post_id = any (p_held)
    or exists (select from hall.item_step s where s.item_version_id = c.item_version_id and s.post_id = any (p_held))
    or exists (select from hall.review r where r.case_id = c.case_id and r.post_id = any (p_held))
    or cardinality(p_held) > 0
      and exists (select from hall.case_service a where a.case_id = c.case_id and a.staff_id = p_staff_id)
$$;
comment on function rule.handles_as(int8, int8[], hall.case_file) is 'rule.handles of somebody who holds these posts, for many cases at once.';

create or replace function rule.handles(p_staff_id int8, c hall.case_file) returns bool
language plpgsql stable as $$
begin
  return (
    select rule.handles_as(p_staff_id, rule.posts_held(p_staff_id), c)
  );
end $$;
comment on function rule.handles(int8, hall.case_file) is
  'Holds a post of the case or of its reviews, or any post and accompanies it (CASE-11): sees personal data plain (SEC-3).';

-- The kind of fragment: digits of number, identity or telephone; hanzi; initials.
create or replace function rule.fragment(p_q text) returns table (kind text, word text)
language plpgsql stable as $$
declare
  q text := translate(rule.fold(btrim(p_q)), ' -', '');
begin
  if q ~ '^[a-z0-9]*[0-9][a-z0-9]*$' then
    if length(q) < 4 then
      perform rule.invalid('find.short_digits', 'q');
    end if;
    return query select 'digits', upper(q);
  elsif q ~ '^[a-z]+$' then
    if length(q) < 3 then
      perform rule.invalid('find.short_initials', 'q');
    end if;
    return query select 'initials', q;
  else
    if char_length(q) < 2 then
      perform rule.invalid('find.short_name', 'q');
    end if;
    return query select 'name', q;
  end if;
end $$;
comment on function rule.fragment(text) is
  'What was typed to find a case: 4 digits of number, ID or phone, 2 hanzi or 3 initials of a name (CASE-12).';

create or replace function rule.case_to_read(p_case_id int8) returns hall.case_file language plpgsql stable as $$
declare
  c hall.case_file;
begin
  select * into c from hall.case_file f where f.case_id = p_case_id;
  if not found then
    perform rule.refuse('case.none');
  end if;
  return c;
end $$;
comment on function rule.case_to_read(int8) is 'A case by its key; refused when there is none.';

-- Segment by segment from the newest, and no further than the page needs: a fragment that every
-- other case has is answered from one segment, a rare one costs a look into the index for each.
-- Runs of the fragment that follow one another, and its last, are looked up: all of them would
-- find hardly less and cost more.
create or replace function rule.cases_with(p_kind text, p_word text, p_skip int4, p_limit int4) returns int8[]
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
declare
  newest int8 := (select max(s.case_id) from hall.case_search s);
  oldest int8 := (select min(s.case_id) from hall.case_search s);
  n int4 := case p_kind when 'digits' then 4 when 'initials' then 3 else 2 end;
  long int4 := char_length(p_word);
  runs text[] := array(select substr(p_word, i, n) from generate_series(1, long - n + 1, n) i)
    || substr(p_word, long - n + 1);
begin
  return array(
    select h.case_id
    from generate_series(newest >> 17, oldest >> 17, -1) g (segment)
    cross join lateral (
      select s.case_id from hall.case_search s
      where hall.case_grams(s.case_id, s.digits, s.names, s.initials)
          @> hall.front(hall.segment(g.segment << 17), runs)
        and position(p_word in case n when 4 then s.digits when 3 then s.initials else s.names end) > 0
      order by s.case_id desc limit p_skip + p_limit) h
    offset p_skip limit p_limit);
end $$;
comment on function rule.cases_with(text, text, int4, int4) is
  'Cases with this fragment in their digits, initials or names, the newest first (CASE-12).';
