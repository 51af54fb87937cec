-- Behind sessions: tries of passwords (SEC-4), epochs of windows, a session as its window sees it.

set role yimen_owner;

-- A try is counted before its hash is checked, so any number tried at once count, too.
create or replace function rule.attempt(p_login text, p_window_id int8) returns int4
language plpgsql as $$
#variable_conflict use_column
declare
  at_now timestamptz := hall.clock();
  lock_for interval := make_interval(mins => hall.setting_text('login.lock_minutes')::int4);
  a hall.login_attempt;
begin
  delete from hall.login_attempt where last_at < at_now - interval '1 day';
  insert into hall.login_attempt as l values (p_login, p_window_id, 0, at_now, null)
  on conflict (login, window_id) do update
    set attempts = case when l.last_at < at_now - lock_for then 0 else l.attempts end
  returning * into a;
  if a.locked_until > at_now then
    return ceil(extract(epoch from a.locked_until - at_now));
  end if;
  if a.locked_until is not null then
    a.attempts := 0;
  end if;
  a.attempts := a.attempts + 1;
  a.locked_until := case when a.attempts >= hall.setting_text('login.failures')::int4 then at_now + lock_for end;
  update hall.login_attempt l set attempts = a.attempts, last_at = at_now, locked_until = a.locked_until
  where l.login = p_login and l.window_id = p_window_id;
  if a.attempts > 1 then
    perform rule.audit('window', p_window_id, 'login.failed',
      (select s.staff_id from hall.staff s where s.login = p_login), p_window_id,
      array['failures', '', (a.attempts - 1)::text]);
  end if;
  return 0;
end $$;
comment on function rule.attempt(text, int8) is
  'Counts a try of a password; seconds to wait when locked after 5 failures at this window (SEC-4).';

create or replace function rule.session_row(p_staff_id int8, p_window_id int8, p_locked bool)
returns table (staff_id int8, login text, name text, class int4, window_id int8, window_no int4,
  "window" text, department text, epoch int4, journal_key bytea, must_change bool, locked bool)
language sql stable as $$
  select s.staff_id, s.login, s.name, coalesce(rule.classes(s.staff_id), 0), w.window_id, w.no,
    w.name, d.name, w.epoch, w.journal_key, s.must_change, p_locked
  from hall.staff s
  join hall.department d on d.department_id = s.department_id
  join hall.window w on w.window_id = p_window_id
  where s.staff_id = p_staff_id
$$;
comment on function rule.session_row(int8, int8, bool) is 'A session as its window sees it.';

-- Of a counter; who works in the back office or by a script logs in at windows of theirs (WHR-4).
create or replace function rule.may_use(p_staff_id int8, p_window_id int8, p_day date) returns bool language plpgsql stable as $$
begin
  return exists (select from hall.window w where w.window_id = p_window_id and w.kind <> 'counter')
    or exists (select from hall.window_department u join hall.staff s on s.department_id = u.department_id
      where s.staff_id = p_staff_id and u.window_id = p_window_id)
    or exists (select from hall.post_window v join hall.post p on p.post_id = v.post_id
      where v.window_id = p_window_id and v.from_day <= p_day and coalesce(v.until_day, p_day) >= p_day
        and (p.holder_id = p_staff_id
          or exists (select from hall.post_place l where l.post_id = p.post_id and l.staff_id = p_staff_id)));
end $$;
comment on function rule.may_use(int8, int8, date) is
  'A person may log in at a window: their department uses it, or it serves a post today in which they have a place or which they hold (WHR-4).';

create or replace function rule.need_window(p_staff_id int8, p_window_id int8, p_at timestamptz) returns void
language plpgsql stable as $$
declare
  today date := rule.day_of(p_at);
begin
  if not rule.may_use(p_staff_id, p_window_id, today) then
    perform rule.deny('window.department', (select w.no::text from hall.window w where w.window_id = p_window_id),
      (select coalesce(string_agg(w.no::text, '、' order by w.no), '—') from hall.window w
        where w.kind = 'counter' and rule.may_use(p_staff_id, w.window_id, today)));
  end if;
end $$;
comment on function rule.need_window(int8, int8, timestamptz) is 'Refuses a login at a counter of others, and says which windows do (WHR-4).';

-- Locks the window, then its slots: a write under way ends before its key is fenced.
create or replace function rule.enter_epoch(p_window_id int8, p_epoch int4) returns void
language plpgsql as $$
declare
  in_force int4;
begin
  select w.epoch into in_force from hall.window w where w.window_id = p_window_id for no key update;
  if p_epoch > 0 and p_epoch = in_force then
    return;
  end if;
  update hall.window w set epoch = in_force + 1 where w.window_id = p_window_id;
  insert into hall.command (window_id, slot, fence)
  select p_window_id, s, in_force + 1 from generate_series(0, 7) s
  on conflict (window_id, slot) do update set fence = excluded.fence;
end $$;
comment on function rule.enter_epoch(int8, int4) is
  'A window whose journal is of another epoch gets a new one; older keys are fenced.';
