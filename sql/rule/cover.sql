-- Empty posts (POST-4): offered to one B alone, then to all, then told to chief representative and
-- supervisors; taken by one key (主动顶岗), given back. The lock of the holders is had alone throughout.

set role yimen_owner;

create or replace function rule.is_present(p_staff_id int8) returns bool language plpgsql stable as $$
begin
  return exists (select from hall.live l where l.staff_id = p_staff_id);
end $$;
comment on function rule.is_present(int8) is 'A window of this person is there now.';

-- Who hears of an empty post that nobody takes.
create or replace function rule.alert_posts(p_post_id int8) returns int8[] language plpgsql stable as $$
begin
  return array(
    select c.post_id from hall.post p, hall.post c
    where p.post_id = p_post_id
      and (c.post_id = p_post_id or c.duty = 'chief' and c.department_id = p.department_id or c.post_id = any (rule.supervisor_posts()))
    order by c.post_id
  );
end $$;
comment on function rule.alert_posts(int8) is 'The post, its department''s chief representatives, the supervisors.';

create or replace function rule.put_post_due(p_at timestamptz, p_post_id int8, p_kind text, p_handover_id int8 default null)
returns void language plpgsql as $$
begin
  insert into hall.post_due (at, post_id, kind, rank, handover_id)
  select p_at, p_post_id, k.kind, k.rank, p_handover_id from hall.post_due_kind k where k.kind = p_kind;
end $$;
comment on function rule.put_post_due(timestamptz, int8, text, int8) is 'Puts down what will happen to a post by time.';

-- Named by a supervisor because nobody of the post is left (POST-5): the last B, as long as the leave lasts.
create or replace function rule.substitutes(p_post_id int8, p_at timestamptz) returns int8[] language plpgsql stable as $$
begin
  return array(
    select distinct a.substitute_id from hall.post_place l
    join hall.absence a on a.staff_id = l.staff_id and a.state = 'granted' and a.from_at <= p_at and a.until_at > p_at
    where l.post_id = p_post_id and a.substitute_id is not null
  );
end $$;
comment on function rule.substitutes(int8, timestamptz) is 'Who stands in at a post by a supervisor''s exception at a moment (POST-5).';

create or replace function rule.place_in(p_post_id int8, p_staff_id int8, p_at timestamptz) returns text language plpgsql stable as $$
begin
  return coalesce((select l.place from hall.post_place l where l.post_id = p_post_id and l.staff_id = p_staff_id),
    case when p_staff_id = any (rule.substitutes(p_post_id, p_at)) then 'B' end);
end $$;
comment on function rule.place_in(int8, int8, timestamptz) is
  'A, B1 … by the table of a post, B for who stands in at a moment; NULL: no place in it.';

-- The windows of a substitute are those of other posts.
create or replace function rule.offer_posts(p_post_id int8, p_at timestamptz) returns int8[] language plpgsql stable as $$
begin
  return array(
    select p_post_id
    union
    select l.post_id from hall.post_place l where l.staff_id = any (rule.substitutes(p_post_id, p_at))
  );
end $$;
comment on function rule.offer_posts(int8, timestamptz) is 'Posts whose windows hear that a post is on offer: its own, and those of who stands in.';

create or replace function rule.offer_first(p_post_id int8, p_at timestamptz, p_not int8) returns int8 language plpgsql stable as $$
begin
  return (
    select l.staff_id from (
      select y.staff_id, y.place from hall.post_place y where y.post_id = p_post_id
      union all
      select x.staff_id, 'Bz' from unnest(rule.substitutes(p_post_id, p_at)) x (staff_id)) l
    join hall.staff s on s.staff_id = l.staff_id and s.active
    where l.place <> 'A' and l.staff_id is distinct from p_not
      and rule.is_present(l.staff_id) and not rule.is_away(l.staff_id, p_at)
    order by l.place, l.staff_id limit 1
  );
end $$;
comment on function rule.offer_first(int8, timestamptz, int8) is
  'The first B in order who is here and not away (POST-4), last who stands in (POST-5); NULL: none, so it is offered to all at once.';

create or replace function rule.offer(p_post_id int8, p_at timestamptz, p_not int8 default null) returns void language plpgsql as $$
declare
  opens timestamptz := rule.opening(p_at);
begin
  insert into hall.offer (post_id, since, opens_at, not_staff_id) values (p_post_id, p_at, opens, p_not);
  if opens > p_at then
    perform rule.put_post_due(opens, p_post_id, 'offer_open');
  else
    perform rule.offer_opens(p_post_id, p_at);
  end if;
end $$;
comment on function rule.offer(int8, timestamptz, int8) is 'A post fell empty: it is offered, outside opening hours once the hall opens.';

create or replace function rule.offer_opens(p_post_id int8, p_at timestamptz) returns void language plpgsql as $$
declare
  k command.call; -- empty: the system
  first int8 := rule.offer_first(p_post_id, p_at, (select o.not_staff_id from hall.offer o where o.post_id = p_post_id and o.ended_at is null));
  to_all timestamptz := case when first is null then p_at
    else rule.add_opening(p_at, make_interval(secs => hall.setting_text('post.offer_first_seconds')::int4)) end;
  alert timestamptz := rule.add_opening(p_at, make_interval(secs => hall.setting_text('post.offer_alert_seconds')::int4));
begin
  update hall.offer o
  set first_staff_id = first, to_all_at = to_all, all_since = case when first is null then p_at end, alert_at = alert
  where o.post_id = p_post_id and o.ended_at is null;
  if first is not null then
    perform rule.put_post_due(to_all, p_post_id, 'offer_all');
  end if;
  perform rule.put_post_due(alert, p_post_id, 'offer_alert');
  k.at := p_at;
  perform rule.tell(k, 'cover.offer', rule.offer_posts(p_post_id, p_at));
end $$;
comment on function rule.offer_opens(int8, timestamptz) is 'An empty post is offered from now: to the first B who is here, else to all.';

create or replace function rule.offer_to_all(p_post_id int8, p_at timestamptz) returns void language plpgsql as $$
declare
  k command.call;
begin
  update hall.offer o set all_since = p_at where o.post_id = p_post_id and o.ended_at is null;
  k.at := p_at;
  perform rule.tell(k, 'cover.offer', rule.offer_posts(p_post_id, p_at));
end $$;
comment on function rule.offer_to_all(int8, timestamptz) is 'The first B did not take it: it is offered to all.';

create or replace function rule.offer_alert(p_post_id int8, p_at timestamptz) returns void language plpgsql as $$
declare
  k command.call;
begin
  update hall.offer o set alerted_at = p_at where o.post_id = p_post_id and o.ended_at is null;
  k.at := p_at;
  perform rule.audit('post', p_post_id, 'cover.alert', null, null, array['at', '', rule.moment_text(p_at)]);
  perform rule.tell(k, 'cover.alert', rule.alert_posts(p_post_id));
end $$;
comment on function rule.offer_alert(int8, timestamptz) is 'Nobody took it: chief representative and supervisors are told.';

create or replace function rule.end_offer(k command.call, p_post_id int8, p_staff_id int8, p_at timestamptz) returns void language plpgsql as $$
begin
  update hall.offer o set ended_at = greatest(p_at, o.since), taken_by = p_staff_id where o.post_id = p_post_id and o.ended_at is null;
  if found then
    delete from hall.post_due d where d.post_id = p_post_id and d.kind in ('offer_open', 'offer_all', 'offer_alert');
    perform rule.tell(k, 'cover.taken', rule.alert_posts(p_post_id) || rule.offer_posts(p_post_id, p_at));
  end if;
end $$;
comment on function rule.end_offer(command.call, int8, int8, timestamptz) is 'Somebody holds the post again: it is on offer no more.';

create or replace function rule.offer_of(p_post_id int8) returns hall.offer language plpgsql stable as $$
begin
  return (
    select o from hall.offer o where o.post_id = p_post_id and o.ended_at is null
  );
end $$;
comment on function rule.offer_of(int8) is 'The offer of an empty post; NULL: there is none.';

create or replace function rule.offered(o hall.offer) returns text language sql immutable as $$
  select case when o.alerted_at is not null then 'alerted' when o.all_since is not null then 'all' when o.to_all_at is not null then 'first' else '' end
$$;
comment on function rule.offered(hall.offer) is 'How far an offer has gone: first, all, alerted; empty: not offered yet.';

-- A may always: it is as signing in. A post that nobody ever held is on offer to nobody: POST-4 offers what a holder
-- who has gone leaves, and before the first one there is none to stand in for. It stands empty in the list of posts,
-- there to be taken, and whoever sends a case there is told.
drop function if exists rule.may_take(int8, int8); -- it did not ask when: who stands in does so for a time
create or replace function rule.may_take(p_post_id int8, p_staff_id int8, p_at timestamptz) returns bool language plpgsql stable as $$
declare
  o hall.offer := rule.offer_of(p_post_id);
  mine text := rule.place_in(p_post_id, p_staff_id, p_at);
begin
  return mine is not null and (mine = 'A' or o.post_id is null or o.all_since is not null
    or o.to_all_at is not null and o.first_staff_id = p_staff_id);
end $$;
comment on function rule.may_take(int8, int8, timestamptz) is 'The empty post is offered to this person now, or is theirs as its A.';

create or replace function rule.take_post(k command.call, p_post_id int8) returns command.call language plpgsql as $$
declare
  p record;
  o hall.offer := rule.offer_of(p_post_id);
begin
  select h.name, h.holder_id, s.name as holder, rule.place_in(h.post_id, k.staff_id, k.at) as place into p from hall.post h
  left join hall.staff s on s.staff_id = h.holder_id
  where h.post_id = p_post_id;
  if not found then
    perform rule.refuse('post.unknown');
  elsif p.place is null then
    perform rule.deny('cover.place', p.name);
  elsif p.holder_id = k.staff_id then
    perform rule.refuse('cover.mine', p.name);
  elsif p.holder_id is not null then
    perform rule.refuse('cover.held', p.name, p.holder);
  elsif not rule.may_take(p_post_id, k.staff_id, k.at) and o.to_all_at is null then
    perform rule.refuse('cover.closed', p.name);
  elsif not rule.may_take(p_post_id, k.staff_id, k.at) then
    perform rule.refuse('cover.first', p.name, (select s.name from hall.staff s where s.staff_id = o.first_staff_id));
  end if;
  perform rule.hold(k, p_post_id, k.staff_id, left(p.place, 1), case p.place when 'A' then 'sign_in' else 'take' end, k.at);
  k.number := p.name;
  return k;
end $$;
comment on function rule.take_post(command.call, int8) is 'An empty post is taken (主动顶岗): by whom it is offered to, or by its A.';

create or replace function rule.give_back(k command.call, p_post_id int8, p_note text) returns command.call language plpgsql as $$
declare
  p record;
  a int8 := rule.a_of(p_post_id);
begin
  select h.name, h.holder_id, h.held_as, s.name as holder into p from hall.post h
  left join hall.staff s on s.staff_id = h.holder_id
  where h.post_id = p_post_id;
  if not found then
    perform rule.refuse('post.unknown');
  elsif p.holder_id is distinct from k.staff_id then
    perform rule.deny('post.not_holder', p.name, p.holder);
  elsif p.held_as = 'A' then
    perform rule.refuse('cover.own', p.name);
  elsif exists (select from hall.handover x where x.post_id = p_post_id and x.state = 'running' and x.taker_id = k.staff_id) then
    perform rule.refuse('cover.handover', p.name);
  elsif rule.is_present(a) and not rule.is_away(a, k.at) then
    perform rule.hold(k, p_post_id, a, 'A', 'give_back', k.at, null, p_note);
  else
    perform rule.hold(k, p_post_id, null, null, 'give_back', k.at, null, p_note);
  end if;
  k.number := p.name;
  return k;
end $$;
comment on function rule.give_back(command.call, int8, text) is
  'Who covers gives the post back: to its A who is here, else it is empty and offered, to others first.';

-- Presence gives A the post back to nobody (POST-2): whoever covers decides, and hears that A asks.
create or replace function rule.ask_back(k command.call, p_post_id int8) returns command.call language plpgsql as $$
declare
  p record;
begin
  select h.name, h.holder_id, s.name as holder, t.tenure_id into p from hall.post h
  left join hall.staff s on s.staff_id = h.holder_id
  left join hall.tenure t on t.post_id = h.post_id and t.until_at is null
  where h.post_id = p_post_id;
  if not found then
    perform rule.refuse('post.unknown');
  elsif rule.a_of(p_post_id) is distinct from k.staff_id then
    perform rule.deny('cover.not_a', p.name);
  elsif p.holder_id is null then
    perform rule.refuse('cover.empty', p.name);
  elsif p.holder_id = k.staff_id then
    perform rule.refuse('cover.mine', p.name);
  end if;
  insert into hall.ask_back (tenure_id, at, staff_id) values (p.tenure_id, k.at, k.staff_id);
  perform rule.audit('post', p_post_id, 'cover.ask_back', k.staff_id, k.window_id,
    array['at', '', rule.moment_text(k.at), 'tenure', '', p.tenure_id::text]);
  perform rule.tell(k, 'cover.back', array[p_post_id]);
  k.number := p.name;
  return k;
end $$;
comment on function rule.ask_back(command.call, int8) is 'The A of a post asks whoever covers it to give it back (POST-4).';

-- Allowed where a post waits for somebody: who acts is to know that nobody is there just now.
create or replace function rule.told_empty(k command.call, p_post_id int8) returns command.call language plpgsql stable as $$
begin
  select 'post.unheld', p.name into k.code, k.arg1 from hall.post p where p.post_id = p_post_id and p.holder_id is null;
  return k;
end $$;
comment on function rule.told_empty(command.call, int8) is
  'Tells in the outcome of a write that was done that nobody holds the post a case went to: its code is a word of caution, no refusal.';

create or replace function rule.told_absent(k command.call, p_staff_id int8) returns command.call language plpgsql stable as $$
begin
  if p_staff_id is not null and (not rule.is_present(p_staff_id) or rule.is_away(p_staff_id, k.at)) then
    k.code := 'appoint.absent';
    k.arg1 := (select s.name from hall.staff s where s.staff_id = p_staff_id);
  end if;
  return k;
end $$;
comment on function rule.told_absent(command.call, int8) is
  'Tells in the outcome that who holds the post now is not here: a word of caution, no refusal (POST-2).';
