-- Posts as windows see them (POST): post.list, show, history, done, and who may have a place or hold
-- one: assign, appoint.

set role yimen_owner;

drop function if exists api.post_list(bytea, bool); -- its rows did not say whether the A of a covered post is here
create or replace function api.post_list(p_token bytea, p_all bool)
returns table (post_id int8, code text, name text, department_id int8, department text, window_no int4, place text,
  mine text, holder_id int8, holder text, held_as text, a text, open_cases int4, held_since timestamptz, empty_since timestamptz,
  offered text, back_at timestamptz, next_at timestamptz, mine_now bool, a_here timestamptz, asked_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  at_now timestamptz := hall.clock();
  today date := rule.day_of(at_now);
begin
  return query
    with served as materialized ( -- rule.window_of, of all of them at once
      select distinct on (x.post_id) x.post_id, w.no, w.place
      from hall.post_window x join hall.window w on w.window_id = x.window_id
      where x.from_day <= today and coalesce(x.until_day, today) >= today
      order by x.post_id, x.from_day desc, w.no
    )
    select p.post_id, p.code, p.name, p.department_id, d.name, o.no, o.place,
      l.place, p.holder_id, h.name, p.held_as, f.name,
      (select count(*)::int4 from hall.case_file c where c.post_id = p.post_id
        and c.state not in ('closed', 'declined', 'withdrawn', 'lapsed')),
      p.held_since, t.from_at, coalesce(rule.offered(q), ''),
      (select min(e.at) from hall.post_due e where e.post_id = p.post_id and e.kind = 'handover_end'),
      (select min(e.at) from hall.post_due e where e.post_id = p.post_id and e.kind = 'handover_begin'),
      coalesce(p.holder_id = v.staff_id, false), b.here, b.asked
    from hall.post p
    join hall.department d on d.department_id = p.department_id
    left join served o on o.post_id = p.post_id
    left join hall.post_place l on l.post_id = p.post_id and l.staff_id = v.staff_id
    left join hall.post_place y on y.post_id = p.post_id and y.place = 'A'
    left join hall.staff f on f.staff_id = y.staff_id
    left join hall.staff h on h.staff_id = p.holder_id
    left join hall.tenure t on t.post_id = p.post_id and t.until_at is null and t.staff_id is null
    left join hall.offer q on q.post_id = p.post_id and q.ended_at is null
    left join lateral (
      select (select min(i.since) from hall.live i where i.staff_id = y.staff_id and not rule.is_away(y.staff_id, at_now)) as here,
        (select max(x.at) from hall.tenure u join hall.ask_back x on x.tenure_id = u.tenure_id
          where u.post_id = p.post_id and u.until_at is null) as asked
      where p.holder_id <> y.staff_id) b on true
    where p_all is true or l.place is not null or p.holder_id = v.staff_id
    order by l.place is null, l.place, d.name collate "zh-x-icu", p.code;
end $$;
comment on function api.post_list(bytea, bool) is 'post.list: posts, who holds them, one''s own place in them (POST).';

create or replace function api.post_show(p_token bytea, p_post_id int8)
returns table (place text, staff_id int8, login text, name text, holds bool, present bool, whereabouts text, until timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  at_now timestamptz := hall.clock();
  post hall.post;
begin
  perform rule.session(p_token);
  select * into post from hall.post h where h.post_id = p_post_id;
  if not found then
    perform rule.refuse('post.unknown');
  end if;
  return query
    select l.place, s.staff_id, s.login, s.name, coalesce(post.holder_id = s.staff_id, false), rule.is_present(s.staff_id), w.kind, w.until_at
    from (select y.place, y.staff_id from hall.post_place y where y.post_id = p_post_id
      union all select null, post.holder_id where post.holder_id is not null
        and not exists (select from hall.post_place y where y.post_id = p_post_id and y.staff_id = post.holder_id)) l
    join hall.staff s on s.staff_id = l.staff_id
    left join lateral (
      select x.kind, x.until_at from (
        select u.kind, u.until_at, 1 as o from hall.whereabouts u where u.staff_id = s.staff_id and u.ended_at is null
        union all
        select a.kind, a.until_at, 2 from hall.absence a
        where a.staff_id = s.staff_id and a.state = 'granted' and a.from_at <= at_now and a.until_at > at_now) x
      order by x.o limit 1) w on true
    order by l.place nulls last;
end $$;
comment on function api.post_show(bytea, int8) is 'post.show: A and Bs of a post, who of them holds it, is here, is away (POST-1).';

create or replace function api.post_history(p_token bytea, p_post_id int8, p_from date, p_until date)
returns table (from_at timestamptz, until_at timestamptz, staff text, held_as text, for_name text, how text, by_name text, note text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  concerned bool := rule.concerns((rule.session(p_token)).staff_id, p_post_id);
begin
  return query
    select t.from_at, t.until_at, s.name, t.held_as, f.name, t.how, b.name, case when concerned then t.note end
    from hall.tenure t
    left join hall.staff s on s.staff_id = t.staff_id
    left join hall.staff f on f.staff_id = t.for_staff_id
    left join hall.staff b on b.staff_id = t.by_staff_id
    where t.post_id = p_post_id
      and (t.until_at is null or t.until_at > rule.moment(coalesce(p_from, '-infinity'), '00:00'))
      and t.from_at < rule.moment(coalesce(p_until, rule.day_of(hall.clock())) + 1, '00:00')
    order by t.seq desc limit 1000;
end $$;
comment on function api.post_history(bytea, int8, date, date) is 'post.history: who held a post from when until when, and how that came about (POST-2), newest first; with what words only for whom the post concerns.';

create or replace function api.post_done(p_token bytea, p_post_id int8, p_from timestamptz, p_until timestamptz, p_after int4, p_limit int4)
returns table (at timestamptz, event text, case_id int8, number text, item text, actor text, note text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  plain bool := exists (select from hall.post p where p.post_id = p_post_id and p.holder_id = v.staff_id);
  begins timestamptz := coalesce(p_from, rule.moment(rule.day_of(hall.clock()), '00:00'));
begin
  if not rule.concerns(v.staff_id, p_post_id) then
    perform rule.deny('class.denied');
  end if;
  return query
    select e.at, e.event, e.case_id, c.number, i.name, rule.actor_name(e.staff_id, e.acting, e.for_staff_id),
      case when plain or e.note is null then e.note else rule.mask_words(e.note, e.case_id) end
    from hall.event e
    join hall.case_file c on c.case_id = e.case_id
    join hall.item_version i on i.item_version_id = c.item_version_id
    where e.acting_post_id = p_post_id and e.at >= begins and (p_until is null or e.at < p_until)
    order by e.at desc, e.event_id desc offset rule.page_after(p_after) limit rule.page_limit(p_limit);
end $$;
comment on function api.post_done(bytea, int8, timestamptz, timestamptz, int4, int4) is
  'post.done: what was done as a post in an interval, the newest first (POST-3, POST-7): the report of a return.';

create or replace function api.post_assign(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_post_id int8, p_place text, p_login text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash, true);
begin
  if k.fresh then
    begin
      k := rule.assign(k, p_post_id, p_place, p_login);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.post_assign(bytea, int4, int2, int8, bytea, int8, text, text, bytea) is
  'post.assign: the chief representative says who is A, B1, B2 … of a post (POST-1).';

create or replace function api.post_appoint(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_post_id int8, p_login text, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash, true);
begin
  if k.fresh then
    begin
      k := rule.appoint(k, p_post_id, p_login, p_reason);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.post_appoint(bytea, int4, int2, int8, bytea, int8, text, text, bytea) is
  'post.appoint: a supervisor decides who holds a post, or that nobody does (POST-2).';
