-- Who holds a post (POST-2, SEC-3): stored, never guessed; changed by rule.hold alone.
--
-- One lock of the hall: whoever acts as a post shares it, whoever changes a holder has it alone. A
-- command takes it in command.open, after its slot and before any case; so while a holder changes
-- nobody acts, and nobody acts at a moment at which somebody else held the post.

set role yimen_owner;

create or replace function rule.lock_holders() returns void language sql volatile
as $$ select pg_advisory_xact_lock(5199, 9) $$;
comment on function rule.lock_holders() is
  'Nobody acts as any post until this transaction ends: before a holder changes, before any row but a slot is locked.';

create or replace function rule.share_holders() returns void language sql volatile
as $$ select pg_advisory_xact_lock_shared(5199, 9) $$;
comment on function rule.share_holders() is 'No holder changes until this transaction ends: before one acts as a post.';

-- What the first look finds is settled with the lock had alone. What falls due while it waits for its
-- share can be settled only when nobody else acts just then; else the whole call is begun anew.
create or replace function rule.open_holders(p_alone bool) returns timestamptz language plpgsql volatile as $$
declare
  at_now timestamptz := hall.clock();
begin
  if p_alone or rule.post_is_due(at_now) then
    perform rule.lock_holders();
  else
    perform rule.share_holders();
    at_now := hall.clock();
    if not rule.post_is_due(at_now) then
      return at_now;
    elsif not pg_try_advisory_xact_lock(5199, 9) then
      raise exception 'a post falls due' using errcode = '40001';
    end if;
  end if;
  at_now := hall.clock();
  perform rule.settle_posts(at_now);
  return at_now;
end $$;
comment on function rule.open_holders(bool) is
  'The moment of a command, at which no post has anything due. alone: it will change a holder.';

create or replace function rule.act_for(k command.call, p_post_id int8) returns command.call
language plpgsql volatile as $$
declare
  p record;
begin
  perform rule.share_holders();
  select h.name, h.holder_id, h.held_as, h.held_since, h.for_staff_id into p
  from hall.post h where h.post_id = p_post_id;
  if p.holder_id is distinct from k.staff_id then
    perform rule.deny('post.not_holder', p.name, (select s.name from hall.staff s where s.staff_id = p.holder_id)); -- NULL: empty
  end if;
  k.at := greatest(k.at, p.held_since);
  k.acting := p.held_as;
  k.acting_post_id := p_post_id;
  k.for_staff_id := p.for_staff_id;
  return k;
end $$;
comment on function rule.act_for(command.call, int8) is
  'The person acts for a post: as its A, or as B for A (CASE-13, POST-7); refused unless holding it.';

-- The one served at this window comes first, else the oldest.
create or replace function rule.act_any(k command.call, p_posts int8[] default null) returns command.call
language plpgsql volatile as $$
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

-- How it changes.

create or replace function rule.tenure_mark(t hall.tenure) returns text language plpgsql stable as $$
begin
  return (
    select encode(sha256(rule.encode(array[t.tenure_id::text, t.post_id::text, t.seq::text, rule.moment_text(t.from_at),
      t.staff_id::text, t.held_as, t.for_staff_id::text, t.how, t.by_staff_id::text, t.handover_id::text, t.note])), 'hex')
  );
end $$;
comment on function rule.tenure_mark(hall.tenure) is 'Hash of a tenure as it began, for the chain of its post; its end is the next one''s beginning.';

create or replace function rule.supervisor_posts() returns int8[] language plpgsql stable as $$
begin
  return array(select p.post_id from hall.post p where p.duty ~ '^(supervisor[123]|duty)$' order by p.post_id);
end $$;
comment on function rule.supervisor_posts() is 'The supervisors'' posts.';

-- Who looks after a post from above.
create or replace function rule.above(p_staff_id int8, p_post_id int8) returns bool language plpgsql stable as $$
begin
  return exists (select from hall.post p join hall.post h on h.holder_id = p_staff_id
    and (h.duty = 'chief' and h.department_id = p.department_id or h.post_id = any (rule.supervisor_posts()))
    where p.post_id = p_post_id);
end $$;
comment on function rule.above(int8, int8) is 'The person holds the post of chief representative of a post''s department, or a supervisor''s.';

create or replace function rule.concerns(p_staff_id int8, p_post_id int8) returns bool language plpgsql stable as $$
begin
  return exists (select from hall.post p where p.post_id = p_post_id and p.holder_id = p_staff_id)
    or exists (select from hall.post_place l where l.post_id = p_post_id and l.staff_id = p_staff_id)
    or rule.above(p_staff_id, p_post_id) or rule.classes(p_staff_id) & 16 <> 0;
end $$;
comment on function rule.concerns(int8, int8) is
  'The person has a place in a post, holds it, looks after it from above or audits: reads what was said and done as it.';

create or replace function rule.a_of(p_post_id int8) returns int8 language plpgsql stable as $$
begin
  return (
    select l.staff_id from hall.post_place l where l.post_id = p_post_id and l.place = 'A'
  );
end $$;
comment on function rule.a_of(int8) is 'The A of a post; NULL: it has none.';

-- Who hears that a post changed hands: its own windows, its chief representative's; of a holder without a
-- place in it, those of the posts the holder has a place in.
create or replace function rule.hear_of(p_post_id int8, p_staff_id int8) returns int8[] language plpgsql stable as $$
begin
  return array(
    select p_post_id
    union
    select c.post_id from hall.post p join hall.post c on c.department_id = p.department_id and c.duty = 'chief'
    where p.post_id = p_post_id
    union
    select l.post_id from hall.post_place l where l.staff_id = p_staff_id
      and not exists (select from hall.post_place m where m.post_id = p_post_id and m.staff_id = p_staff_id)
    union
    select unnest(rule.supervisor_posts())
  );
end $$;
comment on function rule.hear_of(int8, int8) is
  'Posts whose windows hear that a post changed hands (POST-8): its own, its chief representatives'', the person''s, the supervisors''.';

-- The moment a tenure begins: as told, never before the one before it nor before what was done in that.
create or replace function rule.hold_at(p_post_id int8, p_at timestamptz, p_before timestamptz) returns timestamptz
language plpgsql volatile as $$
declare
  at_now timestamptz := greatest(coalesce(p_at, hall.clock()), p_before);
begin
  return greatest(at_now, (select max(e.at) + interval '1 microsecond' from hall.event e
    where e.at >= at_now and e.acting_post_id = p_post_id));
end $$;
comment on function rule.hold_at(int8, timestamptz, timestamptz) is 'When a change of holder takes place.';

create or replace function rule.hold(k command.call, p_post_id int8, p_staff_id int8, p_as text, p_how text, p_at timestamptz,
  p_handover_id int8 default null, p_note text default null) returns void language plpgsql as $$
declare
  p hall.post;
  was hall.tenure;
  t hall.tenure;
begin
  perform rule.lock_holders();
  select * into strict p from hall.post h where h.post_id = p_post_id for no key update;
  select * into was from hall.tenure x where x.post_id = p_post_id and x.until_at is null;
  t.staff_id := p_staff_id;
  t.held_as := case when p_staff_id is not null then p_as end;
  t.for_staff_id := case when t.held_as = 'B' then nullif(rule.a_of(p_post_id), p_staff_id) end;
  if (p.holder_id, p.held_as, p.for_staff_id) is not distinct from (t.staff_id, t.held_as, t.for_staff_id) then
    return;
  end if;
  t.tenure_id := hall.next_id();
  t.post_id := p_post_id;
  t.seq := coalesce(was.seq, 0) + 1;
  t.from_at := rule.hold_at(p_post_id, p_at, was.from_at);
  t.how := p_how;
  t.by_staff_id := k.staff_id;
  t.handover_id := p_handover_id;
  t.note := nullif(btrim(p_note), '');
  update hall.tenure x set until_at = t.from_at where x.tenure_id = was.tenure_id;
  insert into hall.tenure values (t.*);
  update hall.post h
  set holder_id = t.staff_id, held_as = t.held_as, for_staff_id = t.for_staff_id,
    held_since = case when t.staff_id is not null then t.from_at end
  where h.post_id = p_post_id;
  perform rule.audit('post', p_post_id, 'hold', k.staff_id, k.window_id, array['holder', p.holder_id::text, t.staff_id::text,
    'as', p.held_as, t.held_as, 'how', '', p_how, 'tenure', '', t.tenure_id::text, 'mark', '', rule.tenure_mark(t)]
    || case when k.acting is not null then array['by_as', '', k.acting, 'by_post', '', k.acting_post_id::text, 'by_for', '',
      k.for_staff_id::text] else '{}' end);
  k.at := t.from_at;
  if t.staff_id is null then
    perform rule.offer(p_post_id, t.from_at, case when p_how = 'give_back' then p.holder_id end);
  else
    perform rule.end_offer(k, p_post_id, t.staff_id, t.from_at);
  end if;
  perform rule.tell(k, 'post.held', rule.hear_of(p_post_id, coalesce(p_staff_id, p.holder_id)));
end $$;
comment on function rule.hold(command.call, int8, int8, text, text, timestamptz, int8, text) is
  'The only way a post changes hands (POST-2): the post, its tenure, its chain, its windows. Staff NULL: it is empty; an empty call: the system''s doing.';

-- What happens to posts by time.

-- What could not fire waits a minute: it must not keep everybody else from acting.
create or replace function rule.first_post_due(p_until timestamptz) returns hall.post_due language plpgsql volatile as $$
begin
  return (
    select d from hall.post_due d
    where d.at <= p_until and (d.tried_at is null or d.tried_at < hall.wall() - interval '1 minute')
    order by d.at, d.rank, d.post_id limit 1
  );
end $$;
comment on function rule.first_post_due(timestamptz) is 'The first of what is due of posts until a moment; NULL: nothing.';

create or replace function rule.post_is_due(p_until timestamptz) returns bool language plpgsql volatile as $$
begin
  return exists (select from hall.post_due d where d.at <= p_until)
    and (rule.first_post_due(p_until)).post_id is not null;
end $$;
comment on function rule.post_is_due(timestamptz) is 'Something of a post is due at a moment.';

create or replace function rule.fire_post(d hall.post_due) returns void language plpgsql as $$
begin
  delete from hall.post_due q
  where q.post_id = d.post_id and q.kind = d.kind and q.handover_id is not distinct from d.handover_id;
  case d.kind
    when 'handover_end' then
      perform rule.end_handover(d.handover_id, d.at);
    when 'handover_begin' then
      perform rule.begin_handover(d.handover_id, d.at);
    when 'offer_open' then
      perform rule.offer_opens(d.post_id, d.at);
    when 'offer_all' then
      perform rule.offer_to_all(d.post_id, d.at);
    when 'offer_alert' then
      perform rule.offer_alert(d.post_id, d.at);
  end case;
end $$;
comment on function rule.fire_post(hall.post_due) is 'Does what was due of a post, as the system, at its moment.';

-- The lock is had alone by the caller. How many of them fired.
create or replace function rule.settle_posts(p_until timestamptz, p_limit int4 default null, p_before hall.due default null)
returns int4 language plpgsql as $$
declare
  d hall.post_due;
  fired int4 := 0;
begin
  loop
    exit when fired >= p_limit;
    d := rule.first_post_due(p_until);
    exit when d.post_id is null or d.at > p_before.at;
    begin
      perform rule.fire_post(d);
      fired := fired + 1;
    exception when others then
      if sqlstate ~ '^(08|40|42|53|55|57|58)' then -- passes, or concerns all of them
        raise;
      end if;
      raise warning 'post %: % cannot fire: % %', d.post_id, d.kind, sqlstate, sqlerrm;
      update hall.post_due q set tried_at = hall.wall()
      where q.post_id = d.post_id and q.kind = d.kind and q.handover_id is not distinct from d.handover_id;
    end;
  end loop;
  return fired;
end $$;
comment on function rule.settle_posts(timestamptz, int4, hall.due) is
  'Lets happen what is due of posts until a moment, in order; before a fact of a case if one is given.';

-- In order of key. The moment of it.
drop function if exists rule.sign_in(int8, int8); -- it returned nothing
create or replace function rule.sign_in(p_staff_id int8, p_window_id int8) returns timestamptz
language plpgsql as $$
declare
  k command.call;
  p record;
begin
  if not exists (select from hall.post_place l where l.staff_id = p_staff_id and l.place = 'A') then
    return hall.clock();
  end if;
  k.at := rule.open_holders(true);
  k.staff_id := p_staff_id;
  k.window_id := p_window_id;
  for p in
    select h.post_id from hall.post h
    join hall.post_place l on l.post_id = h.post_id and l.place = 'A'
    where l.staff_id = p_staff_id and h.holder_id is null
    order by h.post_id
  loop
    perform rule.hold(k, p.post_id, p_staff_id, 'A', 'sign_in', k.at);
  end loop;
  return k.at;
end $$;
comment on function rule.sign_in(int8, int8) is 'A signing in takes the posts that nobody holds (POST-2). The moment of it.';

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
