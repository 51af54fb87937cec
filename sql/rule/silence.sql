-- Silence that grants (DEEM-5): when a promise that passes, or an old licence that expires, decides a case; what the
-- system does then; the written decision that follows.

set role yimen_owner;

create or replace function rule.asked_in_time(c hall.case_file, l hall.old_licence) returns bool language sql stable as $$
  select rule.day_of(c.received_at) <= l.expires - hall.setting_text('term.renewal_days')::int4
$$;
comment on function rule.asked_in_time(hall.case_file, hall.old_licence) is 'A renewal was asked for thirty days before the old licence expires (行政许可法 art. 50).';

-- Not against what PAR-8 forbids to grant, nor while a correction is wanted, nor before what was to follow (容缺) is there: then it is overdue.
create or replace function rule.promise_grants(c hall.case_file) returns bool language sql stable as $$
  select (rule.against_granting(c)).code is null
    and not exists (select from hall.review_ask a where a.case_id = c.case_id and a.state = 'open')
    and not exists (select from hall.case_material m where m.case_id = c.case_id and m.state = 'later')
$$;
comment on function rule.promise_grants(hall.case_file) is 'Nothing stands against granting a case whose promise passes.';

-- ONE-2: what silence accepted is not granted by silence before the close of the next working day.
create or replace function rule.promise_passes(c hall.case_file) returns timestamptz language plpgsql stable as $$
begin
  if c.due_at is null or not c.silent then
    return c.due_at;
  end if;
  return greatest(c.due_at, rule.next_day_closing(coalesce((select max(e.at) from hall.event e
    where e.case_id = c.case_id and e.event = 'silence'), c.last_at))); -- while it fires it has no event yet
end $$;
comment on function rule.promise_passes(hall.case_file) is 'When the promise of a case passes, for DEEM-5; NULL: there is none, or it stands still.';

-- One that had expired when it was named leaves until the close of the next working day: it may be mistyped.
create or replace function rule.licence_passes(l hall.old_licence) returns timestamptz language sql stable as $$
  select case when rule.moment(l.expires + 1, '00:00') > l.named_at then rule.moment(l.expires + 1, '00:00') else rule.next_day_closing(l.named_at) end
$$;
comment on function rule.licence_passes(hall.old_licence) is 'When the old licence grants its renewal: the end of its last day (DEEM-5).';

create or replace function rule.grants_at(c hall.case_file, out at timestamptz, out why text, out basis text) language plpgsql stable as $$
declare
  v hall.item_version;
  l hall.old_licence;
begin
  if c.state <> 'accepted' then
    return;
  end if;
  select * into v from hall.item_version i where i.item_version_id = c.item_version_id;
  if v.promise_basis is not null and rule.promise_grants(c) then
    at := rule.promise_passes(c);
  end if;
  if at is not null then
    why := 'promise';
    basis := v.promise_basis;
  end if;
  if v.renewal_basis is not null then
    select * into l from hall.old_licence x where x.case_id = c.case_id;
    if rule.asked_in_time(c, l) and coalesce(rule.licence_passes(l) < at, true) then
      at := rule.licence_passes(l);
      why := 'renewal';
      basis := v.renewal_basis;
    end if;
  end if;
end $$;
comment on function rule.grants_at(hall.case_file) is
  'When silence grants a case, and by what (DEEM-5): the end of its promise, or of the old licence''s last day; NULL: it does not.';

create or replace function rule.silent_mark(g hall.silent_grant) returns text language plpgsql stable as $$
begin
  return rule.words_mark(g.case_id, array['silent', g.version::text, g.why, g.basis, rule.moment_text(g.due_at), rule.moment_text(g.at),
    g.staff_id::text, g.acting, g.post_id::text, g.for_staff_id::text, rule.moment_text(g.consent_until)]);
end $$;
comment on function rule.silent_mark(hall.silent_grant) is 'A commitment to what silence granted, and against whom.';

create or replace function rule.follow_mark(g hall.silent_grant) returns text language plpgsql stable as $$
begin
  return rule.words_mark(g.case_id, array['follow', rule.moment_text(g.consented_at), g.consented_by::text, g.document_no, g.words]);
end $$;
comment on function rule.follow_mark(hall.silent_grant) is 'A commitment to the written decision that followed.';

create or replace function rule.licence_mark(l hall.old_licence) returns text language plpgsql stable as $$
begin
  return rule.words_mark(l.case_id, array['licence', l.number, l.expires::text, rule.moment_text(l.named_at)]);
end $$;
comment on function rule.licence_mark(hall.old_licence) is 'A commitment to the licence a renewal renews.';

create or replace function rule.silent_words(c hall.case_file, g hall.silent_grant) returns text[] language plpgsql stable as $$
begin
  return rule.finished_words(c, null, null) || array['deliver_by', rule.term_cn(c.deliver_at),
    'silence', case g.why when 'promise' then '承诺期限于' || rule.day_cn(rule.day_of(g.due_at)) || '届满'
      else '原许可有效期于' || rule.day_cn(rule.day_of(g.due_at) - 1) || '届满' end, 'silence_basis', g.basis];
end $$;
comment on function rule.silent_words(hall.case_file, hall.silent_grant) is 'What 准予决定书 says of a case that silence granted.';

create or replace function rule.grant_by_silence(k command.call, c hall.case_file, d hall.due) returns void language plpgsql as $$
declare
  w record;
  t hall.tenure := rule.held_at(c.post_id, d.at);
  was hall.case_file := c;
  g hall.silent_grant;
  given text[];
  n hall.notice;
begin
  select * into w from rule.grants_at(c);
  c := rule.decided(rule.moved(c, k.at, 'deem'), true);
  g.case_id := c.case_id;
  g.version := c.version;
  g.why := w.why;
  g.basis := w.basis;
  g.due_at := d.at;
  g.at := k.at;
  g.staff_id := t.staff_id;
  g.acting := t.held_as;
  g.post_id := coalesce(t.post_id, was.post_id);
  g.for_staff_id := t.for_staff_id;
  g.consent_until := rule.next_day_closing(k.at);
  insert into hall.silent_grant values (g.*);
  given := rule.silent_words(c, g);
  insert into hall.case_outcome (case_id, version, event, document) values (c.case_id, c.version, 'deem', given[2]);
  perform rule.keep(c);
  n := rule.issue(k, c, 'grant', '{}', null, given);
  perform rule.record(k, c, 'deem', was.state, n.notice_id, null, array['document', '', given[2], 'silent', '', rule.silent_mark(g)]
    || rule.step_detail(c, was.step_seq) || rule.paper_detail(n));
  perform rule.tell(k, 'case.deem', rule.posts_of('supervisor', c) || was.post_id || c.post_id, c.case_id);
end $$;
comment on function rule.grant_by_silence(command.call, hall.case_file, hall.due) is
  'A case is granted by silence, at its moment, by the system (DEEM-5): 准予决定书 waits to be printed, the written decision is to follow (DEEM-3); recorded against who held it then (DEEM-4).';

create or replace function rule.name_licence(k command.call, c hall.case_file, p_number text, p_expires date) returns text[] language plpgsql as $$
declare
  was hall.old_licence;
  l hall.old_licence;
begin
  if not exists (select from hall.item_version v where v.item_version_id = c.item_version_id and v.renewal_basis is not null) then
    perform rule.refuse('licence.no_renewal', c.number);
  elsif c.state not in ('received', 'correcting', 'accepted', 'suspended', 'forwarded') then
    perform rule.refuse('licence.over', c.number);
  elsif p_expires is null or not isfinite(p_expires) or p_expires not between rule.day_of(c.received_at) - 36525 and rule.day_of(c.received_at) + 36525 then
    perform rule.invalid('licence.expires', 'expires');
  end if;
  select * into was from hall.old_licence o where o.case_id = c.case_id;
  insert into hall.old_licence as o values (c.case_id, rule.need_words(p_number, 'licence_no'), p_expires, k.at)
  on conflict (case_id) do update set number = excluded.number, expires = excluded.expires, named_at = excluded.named_at
  returning * into l;
  return array['licence', case when was.case_id is null then '' else rule.licence_mark(was) end, rule.licence_mark(l)];
end $$;
comment on function rule.name_licence(command.call, hall.case_file, text, date) is
  'Stores which licence a renewal renews, until it is decided; refused for an item that renews none.';

-- Who holds any post of the case: it may have been closed since.
create or replace function rule.follow_silence(k command.call, c hall.case_file, p_document_no text, p_words text) returns text[] language plpgsql as $$
declare
  g hall.silent_grant;
begin
  select * into g from hall.silent_grant x where x.case_id = c.case_id;
  if not found then
    perform rule.refuse('follow.none', c.number);
  elsif g.consented_at is not null then
    perform rule.refuse('follow.given', c.number);
  end if;
  update hall.silent_grant x
  set consented_at = k.at, consented_by = k.staff_id, document_no = rule.need_words(p_document_no, 'document_no'), words = nullif(btrim(p_words), '')
  where x.case_id = c.case_id returning * into g;
  return array['follow', '', rule.follow_mark(g)];
end $$;
comment on function rule.follow_silence(command.call, hall.case_file, text, text) is 'The written decision that follows what silence granted is filed, once (DEEM-3).';
