-- Standing still (CASE-6, CASE-9, ONE-3): a case's clocks stop from one event to another.

set role yimen_owner;

create or replace function rule.standing(p_case_id int8) returns hall.stand language plpgsql stable as $$
begin
  return (
    select s from hall.stand s where s.case_id = p_case_id and s.until_at is null and s.voided_at is null
  );
end $$;
comment on function rule.standing(int8) is 'The stretch in which a case stands still now; NULL: it does not.';

create or replace function rule.stand_mark(s hall.stand) returns text language plpgsql stable as $$
begin
  return rule.words_mark(s.case_id, array['stand', s.seq::text, s.kind, s.procedure, s.reason, s.expected::text,
    rule.moment_text(s.ends_at), s.authority, s.document_no, rule.moment_text(s.from_at), s.version::text]);
end $$;
comment on function rule.stand_mark(hall.stand) is 'A commitment to what a stretch of standing still is for.';

-- The case as it will be: its version is that of the event that stops the clocks.
create or replace function rule.stand_still(c hall.case_file, s hall.stand) returns text[] language plpgsql as $$
begin
  s.case_id := c.case_id;
  s.seq := (select coalesce(max(x.seq), 0) + 1 from hall.stand x where x.case_id = c.case_id);
  s.reason := btrim(s.reason);
  s.from_at := c.last_at;
  s.version := c.version;
  insert into hall.stand values (s.*);
  return array['stand.' || s.seq, '', rule.stand_mark(s)];
end $$;
comment on function rule.stand_still(hall.case_file, hall.stand) is 'The clocks of a case stop now; as the trail keeps it.';

create or replace function rule.go_on(c hall.case_file, p_outcome text) returns text[] language plpgsql as $$
declare
  s hall.stand;
begin
  update hall.stand x
  set until_at = c.last_at, end_version = c.version, outcome = nullif(btrim(p_outcome), '')
  where x.case_id = c.case_id and x.until_at is null and x.voided_at is null
  returning * into strict s;
  return array['stand_end.' || s.seq, rule.moment_text(s.from_at), rule.moment_text(s.until_at)];
end $$;
comment on function rule.go_on(hall.case_file, text) is 'They run again; what stopped them is over, with what came of it.';

-- What each needs, as its paper says it.

create or replace function rule.need_words(p_text text, p_field text) returns text language plpgsql immutable as $$
begin
  if nullif(btrim(p_text), '') is null then
    perform rule.invalid('text.blank', p_field);
  end if;
  return btrim(p_text);
end $$;
comment on function rule.need_words(text, text) is 'Words that may not be missing, without blanks around.';

-- A stated end is a whole day: the case goes on at the midnight after it.
drop function if exists rule.special(hall.case_file, text, text, int4, date, timestamptz);
create or replace function rule.special(p_procedure text, p_reason text, p_expected int4, p_until date, p_at timestamptz)
returns hall.stand language plpgsql stable as $$
declare
  s hall.stand;
  today date := rule.day_of(p_at);
begin
  if not exists (select from hall.special_procedure q where q.procedure = p_procedure) then
    perform rule.invalid('suspend.procedure', 'procedure'); -- CASE-6
  elsif p_until < today then
    perform rule.refuse('suspend.past', p_until::text);
  elsif p_until is null and p_expected is null then
    perform rule.refuse('suspend.how_long');
  end if;
  s.expected := coalesce(p_expected, greatest(rule.workdays_in(today, p_until), 1));
  if s.expected not between 1 and 999 then
    perform rule.invalid('suspend.expected', 'expected');
  elsif rule.workdays_in(today, p_until) > 999 then
    perform rule.invalid('suspend.expected', 'until');
  elsif p_until is not null and s.expected not between greatest(rule.workdays_in(today + 1, p_until), 1) and greatest(rule.workdays_in(today, p_until), 1) then
    perform rule.refuse('suspend.disagree', p_until::text, greatest(rule.workdays_in(today, p_until), 1)::text);
  end if;
  s.kind := 'special';
  s.procedure := p_procedure;
  s.reason := rule.need_words(p_reason, 'reason');
  s.ends_at := rule.moment(p_until + 1, '00:00');
  return s;
end $$;
comment on function rule.special(text, text, int4, date, timestamptz) is
  'A lawful special procedure (CASE-6): which, why, how long; refused otherwise. A stated end and an expected length, when both are given, are the same: today may be counted or not.';

create or replace function rule.special_words(s hall.stand) returns text[] language plpgsql stable as $$
begin
  return (
    select array['procedure', q.name, 'reason', s.reason, 'expected', rule.unit_cn(s.expected, 'workday'),
      'ends', rule.day_cn(rule.day_of(s.ends_at) - 1)]
    from hall.special_procedure q where q.procedure = s.procedure
  );
end $$;
comment on function rule.special_words(hall.stand) is 'What 特别程序告知书 says.';

create or replace function rule.waiting(p_mats rule.material[]) returns hall.stand language plpgsql stable as $$
declare
  s hall.stand;
begin
  s.kind := 'correction';
  s.reason := rule.lacking_text(p_mats);
  return s;
end $$;
comment on function rule.waiting(rule.material[]) is 'Waiting for a correction asked after acceptance (ONE-3).';

create or replace function rule.need_waiting(c hall.case_file, p_kind text) returns void language plpgsql stable as $$
declare
  s hall.stand;
begin
  if c.state = 'suspended' then
    s := rule.standing(c.case_id);
    if (s.kind = 'correction') <> (p_kind = 'correction') then
      perform rule.refuse(case s.kind when 'correction' then 'resume.waiting' else 'answer.not_waiting' end, c.number);
    end if;
  end if;
end $$;
comment on function rule.need_waiting(hall.case_file, text) is
  'Refuses an answer to a special procedure, and to end waiting for a correction otherwise than by its answer.';

create or replace function rule.sent_up(p_authority text, p_document_no text, p_reason text) returns hall.stand
language plpgsql stable as $$
declare
  s hall.stand;
begin
  s.kind := 'forwarded';
  s.authority := rule.need_words(p_authority, 'authority');
  s.document_no := nullif(btrim(p_document_no), '');
  s.reason := coalesce(nullif(btrim(p_reason), ''), '上报');
  return s;
end $$;
comment on function rule.sent_up(text, text, text) is 'Forwarded to a higher authority (CASE-9).';
