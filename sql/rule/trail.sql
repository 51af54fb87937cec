-- The trail (SEC-2): links of hash chains. An event's chain is ordered by its case's row
-- lock, that of anything else by its row in hall.chain.

set role yimen_owner;

-- array_send() writes just this behind a head of 20 bytes, in the client's encoding, at a tenth of the cost.
create or replace function rule.encode(p_fields text[]) returns bytea language plpgsql immutable as $$
begin
  if pg_client_encoding() = 'UTF8' then
    return substr(array_send(p_fields), 21);
  end if;
  return (
    select string_agg(case when f is null then int4send(-1)
      else int4send(octet_length(f)) || convert_to(f, 'UTF8') end, ''::bytea order by o)
    from unnest(p_fields) with ordinality t (f, o)
  );
end $$;
comment on function rule.encode(text[]) is 'Fields as bytes, each with its length in front: no two lists look alike.';

create or replace function rule.moment_text(p_at timestamptz) returns text language sql stable
as $$ select encode(timestamptz_send(p_at), 'hex') $$;
comment on function rule.moment_text(timestamptz) is 'A moment for hashing, whatever the time zone.';

create or replace function rule.event_hash(p_before bytea, e hall.event) returns bytea
language plpgsql stable as $$
begin
  return (
    select sha256(coalesce(p_before, '') || rule.encode(array[e.event_id::text, e.case_id::text,
      e.seq::text, e.version::text, rule.moment_text(e.at), e.event, e.from_state, e.to_state,
      e.post_id::text, e.staff_id::text, e.acting, e.acting_post_id::text, e.for_staff_id::text,
      e.window_id::text, e.notice_id::text, e.note, cardinality(e.detail)::text] || e.detail))
  );
end $$;
comment on function rule.event_hash(bytea, hall.event) is 'The link of an event: its hash over the one before and itself.';

create or replace function rule.party_mark(p hall.case_party) returns text
language plpgsql stable as $$
begin
  return (
    select encode(sha256(p.salt || rule.encode(array[p.seq::text, p.role, p.id_kind, p.id_no, p.name,
      p.phone, p.address, p.scope,
      (p.until_day - date '2000-01-01')::text])), 'hex')
  );
end $$;
comment on function rule.party_mark(hall.case_party) is
  'A salted commitment that stands for personal data in the chain: it can be forgotten, not forged.';

create or replace function rule.words_mark(p_case_id int8, p_fields text[]) returns text
language plpgsql stable as $$
begin
  return (
    select encode(sha256(p.salt || rule.encode(p_fields)), 'hex')
    from hall.case_party p where p.case_id = p_case_id and p.seq = 1
  );
end $$;
comment on function rule.words_mark(int8, text[]) is
  'The same for whatever else a case''s rows hold, under the salt of its first party, which is never changed.';

create or replace function rule.matter_mark(p_case_id int8, p_matter text) returns text
language plpgsql stable as $$
begin
  return case when p_matter is not null then rule.words_mark(p_case_id, array['matter', p_matter]) end;
end $$;
comment on function rule.matter_mark(int8, text) is
  'The same for the applicant''s own words; NULL: none.';

create or replace function rule.notice_mark(n hall.notice) returns text
language plpgsql stable as $$
begin
  return (
    select encode(sha256(rule.encode(array[n.notice_id::text, n.kind, n.number, n.title,
      rule.moment_text(n.issued_at), n.template_id::text, n.blocks::text])), 'hex')
  );
end $$;
comment on function rule.notice_mark(hall.notice) is 'Hash of a paper as issued (DOC-3), for the chain.';

-- The case's row is locked by the caller.
create or replace function rule.record(k command.call, c hall.case_file, p_event text, p_from text,
  p_notice int8 default null, p_note text default null, p_detail text[] default '{}')
returns void language plpgsql as $$
declare
  e hall.event;
  before bytea;
  was_post int8;
begin
  select v.seq, v.hash, v.post_id into e.seq, before, was_post
  from hall.event v where v.case_id = c.case_id order by v.seq desc limit 1;
  e.event_id := hall.next_id();
  e.case_id := c.case_id;
  e.seq := coalesce(e.seq, 0) + 1;
  e.version := c.version;
  e.at := k.at;
  e.event := p_event;
  e.from_state := p_from;
  e.to_state := c.state;
  e.post_id := c.post_id;
  e.staff_id := k.staff_id;
  e.acting := coalesce(k.acting, 'system');
  e.acting_post_id := k.acting_post_id;
  e.for_staff_id := k.for_staff_id;
  e.window_id := k.window_id;
  e.notice_id := p_notice;
  e.note := p_note;
  e.detail := p_detail;
  e.hash := rule.event_hash(before, e);
  e.x := pg_current_xact_id();
  insert into hall.event values (e.*);
  if was_post <> c.post_id then
    perform rule.tell(k, 'case.left', array[was_post], c.case_id);
  end if;
  if p_from <> c.state and p_from in ('accepted', 'suspended', 'forwarded') then
    perform rule.tell(k, 'review.moved', array(select r.post_id from hall.review r where r.case_id = c.case_id), c.case_id);
  end if;
end $$;
comment on function rule.record(command.call, hall.case_file, text, text, int8, text, text[]) is
  'Writes what happened to a case: person, A or B of which post, on whose behalf, window, when (CASE-13).';

create or replace function rule.told(p_detail text[], p_name text) returns text language sql immutable as $$
  select p_detail[i + 2] from generate_series(1, cardinality(p_detail), 3) i where p_detail[i] = p_name limit 1
$$;
comment on function rule.told(text[], text) is 'What an event tells under a name; NULL: nothing.';

create or replace function rule.audit_hash(p_before bytea, a hall.audit) returns bytea
language plpgsql stable as $$
begin
  return (
    select sha256(coalesce(p_before, '') || rule.encode(array[a.audit_id::text, a.subject_kind,
      a.subject_id::text, a.seq::text, rule.moment_text(a.at), a.event, a.staff_id::text,
      a.window_id::text, cardinality(a.detail)::text] || a.detail))
  );
end $$;
comment on function rule.audit_hash(bytea, hall.audit) is 'The link of an entry outside cases.';

create or replace function rule.audit(p_kind text, p_subject int8, p_event text, p_staff int8,
  p_window int8, p_detail text[] default '{}') returns void language plpgsql as $$
declare
  a hall.audit;
  before bytea;
begin
  insert into hall.chain values (p_kind, p_subject, 0, '') on conflict do nothing;
  select h.seq + 1, h.hash into a.seq, before from hall.chain h
  where h.subject_kind = p_kind and h.subject_id = p_subject for update;
  a.audit_id := hall.next_id();
  a.subject_kind := p_kind;
  a.subject_id := p_subject;
  a.at := hall.clock();
  a.event := p_event;
  a.staff_id := p_staff;
  a.window_id := p_window;
  a.detail := p_detail;
  a.hash := rule.audit_hash(before, a);
  insert into hall.audit values (a.*);
  update hall.chain h set seq = a.seq, hash = a.hash
  where h.subject_kind = p_kind and h.subject_id = p_subject;
end $$;
comment on function rule.audit(text, int8, text, int8, int8, text[]) is
  'Writes what happened outside cases into the chain of a window, person, post or the hall.';
