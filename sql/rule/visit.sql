-- First contacts (首问, FST): the record, who answers for it, who sees it plain, the end of the day.
-- Whoever is asked first answers for the visitor until another post has confirmed.

set role yimen_owner;

create or replace function rule.visit_mark(v hall.visit) returns text language plpgsql stable as $$
begin
  return (
    select encode(sha256(v.salt || rule.encode(array[v.name, v.phone, v.matter, v.reply, v.note, v.item_version_id::text,
      v.case_id::text, v.told_post_id::text, v.told_window_no::text, v.told_place, rule.moment_text(v.recorded_at),
      v.staff_id::text, v.acting, v.acting_post_id::text, v.for_staff_id::text, v.window_id::text,
      rule.moment_text(v.closed_at)])), 'hex')
  );
end $$;
comment on function rule.visit_mark(hall.visit) is
  'A salted commitment that stands in the chain of a first contact for its words and for all that its entries do not say plainly.';

create or replace function rule.visit_note(k command.call, v hall.visit, p_event text, p_was hall.visit)
returns void language plpgsql as $$
begin
  perform rule.audit('visit', v.visit_id, p_event, k.staff_id, k.window_id, array[
    'state', coalesce(p_was.state, ''), v.state, 'result', coalesce(p_was.result, ''), v.result,
    'post', coalesce(p_was.post_id::text, ''), v.post_id::text,
    'to', coalesce(p_was.to_post_id::text, ''), coalesce(v.to_post_id::text, ''),
    'told', coalesce(p_was.told_window_no::text, ''), coalesce(v.told_window_no::text, ''),
    'version', coalesce(p_was.version::text, ''), v.version::text, 'words', '', rule.visit_mark(v),
    'acting', '', k.acting, 'as', '', k.acting_post_id::text, 'for', '', coalesce(k.for_staff_id::text, '')]);
end $$;
comment on function rule.visit_note(command.call, hall.visit, text, hall.visit) is
  'Writes what happened to a first contact into its chain: who, as what, where, before and after (CASE-13, SEC-2).';

-- The window is told as it is today (FST-1: by number and place).
create or replace function rule.point(v hall.visit, p_post_id int8, p_window_no int4, p_day date)
returns hall.visit language plpgsql stable as $$
declare
  w hall.window;
  post text;
begin
  if p_window_no is not null then
    select * into w from hall.window x where x.no = p_window_no and x.kind <> 'script';
    if w.window_id is null then
      perform rule.refuse('visit.window', p_window_no::text);
    end if;
  elsif p_post_id is not null then
    w := rule.window_of(p_post_id, p_day);
    if w.window_id is null then
      select p.name into post from hall.post p where p.post_id = p_post_id;
      perform rule.refuse('visit.no_window', coalesce(post, p_post_id::text));
    end if;
  else
    perform rule.invalid('visit.where', 'to_post_id');
  end if;
  v.told_post_id := p_post_id;
  v.told_window_no := w.no;
  v.told_place := w.place;
  return v;
end $$;
comment on function rule.point(hall.visit, int8, int4, date) is 'The visitor is pointed to a window by number and place.';

create or replace function rule.hand(v hall.visit, p_to int8, p_note text) returns hall.visit
language plpgsql stable as $$
begin
  if p_to is null then
    perform rule.invalid('visit.where', 'to_post_id');
  elsif p_to = v.post_id then
    perform rule.refuse('visit.own_post');
  elsif not exists (select from hall.post p where p.post_id = p_to) then
    perform rule.refuse('post.unknown');
  end if;
  v.state := 'handed';
  v.result := 'handed';
  v.to_post_id := p_to;
  v.note := nullif(btrim(p_note), '');
  return v;
end $$;
comment on function rule.hand(hall.visit, int8, text) is 'Another post is asked to take it; until it confirms nothing else changes.';

-- Allowed: it answers as soon as somebody holds it, and until then who asked does. But nobody is to be sent there.
create or replace function rule.told_unheld(k command.call, v hall.visit) returns command.call language plpgsql stable as $$
begin
  select 'visit.unheld', p.name into k.code, k.arg1 from hall.post p where p.post_id = v.to_post_id and p.holder_id is null;
  return k;
end $$;
comment on function rule.told_unheld(command.call, hall.visit) is
  'Tells in the outcome of a write that was done that nobody holds the post a visitor is handed to: its code is a word of caution, no refusal (FST-1).';

create or replace function rule.answer_visit(v hall.visit, p_result text, p_reply text, p_to int8, p_window_no int4,
  p_at timestamptz) returns hall.visit language plpgsql stable as $$
begin
  v.reply := nullif(btrim(p_reply), '');
  if p_result = 'pointed' then
    v := rule.point(v, p_to, p_window_no, rule.day_of(p_at));
  elsif v.reply is null then
    perform rule.invalid('visit.reply', 'reply');
  end if;
  v.result := p_result;
  v.state := 'closed';
  v.to_post_id := null;
  v.closed_at := p_at;
  return v;
end $$;
comment on function rule.answer_visit(hall.visit, text, text, int8, int4, timestamptz) is
  'Ends it: answered in words, or pointed to the right window.';

create or replace function rule.begin_visit(k command.call, p_name text, p_phone text, p_matter text, p_item int8)
returns hall.visit language plpgsql as $$
declare
  v hall.visit;
begin
  if nullif(btrim(p_matter), '') is null then
    perform rule.invalid('value.missing', 'matter');
  elsif p_item is not null and not exists (select from hall.item_version i where i.item_version_id = p_item) then
    perform rule.refuse('item.none');
  end if;
  v.visit_id := hall.next_id();
  v.name := nullif(btrim(p_name), '');
  v.phone := nullif(btrim(p_phone), '');
  v.matter := btrim(p_matter);
  v.item_version_id := p_item;
  v.post_id := k.acting_post_id;
  v.recorded_at := k.at;
  v.staff_id := k.staff_id;
  v.acting := k.acting;
  v.acting_post_id := k.acting_post_id;
  v.for_staff_id := k.for_staff_id;
  v.window_id := k.window_id;
  v.version := 0;
  v.salt := uuid_send(gen_random_uuid());
  return v;
end $$;
comment on function rule.begin_visit(command.call, text, text, text, int8) is 'A first contact as it begins, not stored yet.';

-- Told are the windows of the posts that have to do with it; who closes one on the spot tells nobody.
create or replace function rule.keep_visit(k command.call, v hall.visit, p_event text, p_was hall.visit)
returns command.call language plpgsql as $$
begin
  v.version := v.version + 1;
  v.last_at := k.at;
  v.last_staff_id := k.staff_id;
  v.last_acting := k.acting;
  v.last_for_staff_id := k.for_staff_id;
  if p_was.visit_id is null then
    insert into hall.visit values (v.*);
  else
    update hall.visit x
    set state = v.state, result = v.result, reply = v.reply, note = v.note, post_id = v.post_id,
      to_post_id = v.to_post_id, told_post_id = v.told_post_id, told_window_no = v.told_window_no,
      told_place = v.told_place, version = v.version, last_at = v.last_at, last_staff_id = v.last_staff_id,
      last_acting = v.last_acting, last_for_staff_id = v.last_for_staff_id, closed_at = v.closed_at
    where x.visit_id = v.visit_id;
  end if;
  perform rule.visit_note(k, v, p_event, p_was);
  if p_was.visit_id is not null or v.state <> 'closed' then
    perform rule.tell(k, 'visit.' || p_event,
      array[v.post_id, v.to_post_id, v.acting_post_id, p_was.post_id, p_was.to_post_id]);
  end if;
  k.case_id := v.case_id;
  k.version := v.version;
  k.number := v.visit_id::text;
  return k;
end $$;
comment on function rule.keep_visit(command.call, hall.visit, text, hall.visit) is
  'Stores a first contact, writes its chain, tells the windows; the outcome''s number is its key.';

create or replace function rule.visit_to_change(p_visit_id int8) returns hall.visit language plpgsql as $$
declare
  v hall.visit;
begin
  select * into v from hall.visit x where x.visit_id = p_visit_id for update;
  return v;
end $$;
comment on function rule.visit_to_change(int8) is 'Locks a first contact; NULL: there is none.';

create or replace function rule.expect_visit(k command.call, v hall.visit, p_version int4, p_posts int8[],
  p_supervisor bool default false) returns command.call language plpgsql stable as $$
declare
  posts int8[] := p_posts;
begin
  if v.visit_id is null then
    perform rule.refuse('visit.none');
  end if;
  k.at := greatest(k.at, v.last_at);
  if p_supervisor and not exists (select from hall.post p where p.post_id = any (posts) and p.holder_id = k.staff_id) then
    posts := posts || array(select p.post_id from hall.post p
      where p.holder_id = k.staff_id and p.duty ~ '^(supervisor[123]|duty)$');
  end if;
  k := rule.act_any(k, array_remove(posts, null));
  if p_version is distinct from v.version then
    perform rule.refuse('visit.changed'); -- CASE-14
  elsif v.state = 'closed' then
    perform rule.refuse('visit.closed');
  end if;
  return k;
end $$;
comment on function rule.expect_visit(command.call, hall.visit, int4, int8[], bool) is
  'The person may do this to an open first contact: holder of one of the posts, or where it says so a supervisor; seen as it is.';

-- The moment from which nobody has closed it in time: FST-2.
create or replace function rule.visit_end(p_at timestamptz) returns timestamptz language plpgsql stable as $$
declare
  day date := rule.day_of(p_at);
begin
  if rule.is_working(day) and p_at < rule.closing(day) then
    return rule.closing(day);
  end if;
  return rule.closing(rule.add_workdays(day, 1));
end $$;
comment on function rule.visit_end(timestamptz) is
  'Closing time of the day a first contact was recorded, or of the next working day when the hall was closed.';

create or replace function rule.handles_visit(p_staff_id int8, v hall.visit) returns bool
language plpgsql stable as $$
begin
  return exists (select from hall.post p where p.holder_id = p_staff_id
    and p.post_id in (v.post_id, v.to_post_id, v.acting_post_id));
end $$;
comment on function rule.handles_visit(int8, hall.visit) is
  'Holds a post that has to do with it: sees it plain (SEC-1).';

-- The windows of a department that receive: the item's, else the first by number.
create or replace function rule.receiving(p_department_id int8, p_item int8, p_day date)
returns table (post_id int8, post text, window_no int4, place text) language plpgsql stable as $$
begin
  return query
    select p.post_id, p.name, w.no, w.place
    from hall.post p
    left join lateral rule.window_of(p.post_id, p_day) w on true
    where p.department_id = p_department_id and p.duty = 'window'
    order by not exists (select from hall.item_step s where s.item_version_id = p_item and s.seq = 0
      and s.post_id = p.post_id), w.no is null, w.no, p.post_id
    limit 1;
end $$;
comment on function rule.receiving(int8, int8, date) is
  'Where a department receives on a day: post, window and place; for an item, its own post (NEG-4).';

-- For commands that answer no: they act for a post already and go on in the same transaction.
create or replace function rule.hand_visitor(k command.call, p_name text, p_phone text, p_matter text, p_item int8,
  p_to_post_id int8, p_case_id int8, p_note text default null) returns int8 language plpgsql as $$
declare
  v hall.visit := rule.begin_visit(k, p_name, p_phone, p_matter, p_item);
begin
  v.case_id := p_case_id;
  v := rule.hand(v, p_to_post_id, p_note);
  perform rule.keep_visit(k, v, 'record', null);
  return v.visit_id;
end $$;
comment on function rule.hand_visitor(command.call, text, text, text, int8, int8, int8, text) is
  'The wrong window is never the end: hands the visitor over to a post, which must confirm (NEG-4, FST-1). Its key.';

-- Nobody else's matter any more: the visitor's case is where it was. Also where the other post has
-- confirmed, which hears of it.
create or replace function rule.call_visitors_back(k command.call, p_case_id int8, p_number text) returns void
language plpgsql as $$
declare
  was hall.visit;
  kk command.call := k;
begin
  for was in
    select * from hall.visit x where x.case_id = p_case_id and x.state <> 'closed' order by x.visit_id for update
  loop
    kk.at := greatest(k.at, was.last_at);
    perform rule.keep_visit(kk, rule.answer_visit(was, 'answered', p_number || '已作废，仍由原岗位办理。', null, null, kk.at),
      'void', was);
  end loop;
end $$;
comment on function rule.call_visitors_back(command.call, int8, text) is
  'The paper that handed visitors over is void (DOC-3): their open first contacts are closed with that word.';
