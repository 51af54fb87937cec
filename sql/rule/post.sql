-- Who holds a post (POST-2, SEC-3): stored, never guessed.

set role yimen_owner;

create or replace function rule.act_for(k command.call, p_post_id int8) returns command.call
language plpgsql stable as $$
declare
  p record;
begin
  select h.name, h.holder_id, h.held_as, l.staff_id as a_id into p
  from hall.post h
  left join hall.post_place l on l.post_id = h.post_id and l.place = 'A'
  where h.post_id = p_post_id;
  if p.holder_id is distinct from k.staff_id then
    perform rule.deny('post.not_holder', p.name);
  end if;
  k.acting := p.held_as;
  k.acting_post_id := p_post_id;
  k.for_staff_id := case when p.held_as = 'B' then p.a_id end;
  return k;
end $$;
comment on function rule.act_for(command.call, int8) is
  'The person acts for a post: as its A, or as B for A (CASE-13, POST-7); refused unless holding it.';

-- The one served at this window comes first, else the oldest.
create or replace function rule.act_any(k command.call, p_posts int8[] default null) returns command.call
language plpgsql stable as $$
declare
  today date := rule.day_of(k.at);
  post int8;
begin
  select p.post_id into post from hall.post p
  where p.holder_id = k.staff_id and (p_posts is null or p.post_id = any (p_posts))
  order by not exists (select from hall.post_window w where w.post_id = p.post_id and w.window_id = k.window_id
    and w.from_day <= today and coalesce(w.until_day, today) >= today), p.post_id limit 1;
  if post is null and p_posts is not null then
    return rule.act_for(k, p_posts[1]); -- refuses, and names it
  elsif post is null then
    perform rule.deny('post.none');
  end if;
  return rule.act_for(k, post);
end $$;
comment on function rule.act_any(command.call, int8[]) is
  'The person acts for a post held, of these if any are given: whoever holds one may (SEC-3).';

-- In order of key, the order every command locks posts in.
create or replace function rule.sign_in(p_staff_id int8, p_window_id int8) returns void
language plpgsql as $$
declare
  p record;
begin
  for p in
    select h.post_id from hall.post h
    join hall.post_place l on l.post_id = h.post_id and l.place = 'A'
    where l.staff_id = p_staff_id and h.holder_id is null
    order by h.post_id
    for update of h
  loop
    update hall.post set holder_id = p_staff_id, held_as = 'A', held_since = hall.clock()
    where post_id = p.post_id and holder_id is null;
    if found then
      perform rule.audit('post', p.post_id, 'hold', p_staff_id, p_window_id, array['holder', '', 'A']);
    end if;
  end loop;
end $$;
comment on function rule.sign_in(int8, int8) is 'A signing in takes the posts that nobody holds (POST-2).';

create or replace function rule.window_of(p_post_id int8, p_day date) returns hall.window
language plpgsql stable as $$
begin
  return (
    select w from hall.post_window s
    join hall.window w on w.window_id = s.window_id
    where s.post_id = p_post_id and s.from_day <= p_day and coalesce(s.until_day, p_day) >= p_day
    order by s.from_day desc, w.no
    limit 1
  );
end $$;
comment on function rule.window_of(int8, date) is 'The window that serves a post on a day (WHR-4).';

create or replace function rule.actor_name(p_staff_id int8, p_acting text, p_for int8) returns text
language plpgsql stable as $$
begin
  return (
    select case
      when p_staff_id is null then 'system'
      when p_acting = 'B' then
        'B ' || (select s.name from hall.staff s where s.staff_id = p_staff_id)
        || coalesce(' 代 A ' || (select s.name from hall.staff s where s.staff_id = p_for), '')
      else 'A ' || (select s.name from hall.staff s where s.staff_id = p_staff_id)
    end
  );
end $$;
comment on function rule.actor_name(int8, text, int8) is 'Who did it, as what, for whom: B 王五 代 A 张三 (POST-7).';
