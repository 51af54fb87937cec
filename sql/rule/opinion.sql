-- Opinions (PAR-2, PAR-3, PAR-8) and silence that counts (DEEM-1 … DEEM-4): signed, never edited, only superseded;
-- what the lead may do with them.

set role yimen_owner;

-- The case is locked and settled by the caller; its moment is that of the deed.
create or replace function rule.review_of(c hall.case_file, p_seq int2) returns hall.review language plpgsql stable as $$
declare
  r hall.review;
begin
  if c.case_id is null then
    perform rule.refuse('case.none');
  end if;
  select * into r from hall.review x where x.case_id = c.case_id and x.seq = p_seq;
  if not found then
    perform rule.refuse('review.none', c.number);
  end if;
  return r;
end $$;
comment on function rule.review_of(hall.case_file, int2) is 'A review of a case; refused when it has none of that number.';

create or replace function rule.act_to_review(k command.call, c hall.case_file, r hall.review) returns command.call language plpgsql as $$
begin
  k.at := c.last_at;
  return rule.act_for(k, r.post_id);
end $$;
comment on function rule.act_to_review(command.call, hall.case_file, hall.review) is 'The person acts for the post that reviews, at the case''s moment (SEC-3).';

-- What silence said for an empty post stands against its chief representative (DEEM-4), who files what is to follow.
create or replace function rule.act_to_consent(k command.call, c hall.case_file, r hall.review) returns command.call language plpgsql as $$
declare
  chief int8 := (select q.post_id from hall.post p join hall.post q on q.department_id = p.department_id and q.duty = 'chief'
    where p.post_id = r.post_id and p.holder_id is null and q.holder_id = k.staff_id limit 1);
begin
  k.at := c.last_at;
  return rule.act_for(k, coalesce(chief, r.post_id));
end $$;
comment on function rule.act_to_consent(command.call, hall.case_file, hall.review) is
  'The person acts for the post that reviews, or while nobody holds it as its department''s chief representative (DEEM-3, DEEM-4).';

-- A department that opens its review is seen to have opened it: once, on record.
create or replace function rule.see_review(v rule.viewer, p_case_id int8, p_review int2) returns void language plpgsql as $$
declare
  k command.call;
  c hall.case_file;
  r hall.review;
begin
  if not exists (select from hall.review x join hall.post p on p.post_id = x.post_id
      where x.case_id = p_case_id and x.seq = p_review and x.waits = 'review' and x.seen_at is null and p.holder_id = v.staff_id) then
    return;
  end if;
  perform rule.open_holders(false);
  c := rule.settle(p_case_id);
  r := rule.review_of(c, p_review);
  if r.waits is distinct from 'review' or r.seen_at is not null then
    return;
  end if;
  k.staff_id := v.staff_id;
  k.window_id := v.window_id;
  k := rule.act_to_review(k, c, r);
  c.last_at := k.at;
  r.seen_at := k.at;
  perform rule.record(k, c, 'review_seen', c.state, null, null, rule.put_review(r));
  perform rule.touch(c);
end $$;
comment on function rule.see_review(rule.viewer, int8, int2) is 'Marks a review as opened by its department, the first time (PAR-3).';

create or replace function rule.opinion_mark(o hall.opinion) returns text language plpgsql stable as $$
begin
  return rule.words_mark(o.case_id, array['opinion', o.seq::text, o.no::text, o.how, o.answer, o.words, o.basis, o.document_no,
    rule.moment_text(o.at), o.staff_id::text, o.acting, o.post_id::text, o.for_staff_id::text, o.window_id::text, o.version::text]
    || case when o.meeting_no is null then '{}' else array[o.meeting_no::text, o.written_by::text] end);
end $$;
comment on function rule.opinion_mark(hall.opinion) is 'A commitment to an opinion and who signed it.';

create or replace function rule.put_opinion(o hall.opinion) returns text[] language plpgsql as $$
begin
  o.no := (select coalesce(max(x.no), 0) + 1 from hall.opinion x where x.case_id = o.case_id and x.seq = o.seq);
  insert into hall.opinion values (o.*);
  return array['opinion.' || o.seq || '.' || o.no, '', rule.opinion_mark(o)];
end $$;
comment on function rule.put_opinion(hall.opinion) is 'Stores an opinion beside those before it; as the trail keeps it.';

create or replace function rule.signed(k command.call, c hall.case_file, r hall.review, p_how text, p_answer text, p_words text,
  p_basis text, p_document_no text) returns hall.opinion language plpgsql stable as $$
declare
  o hall.opinion;
begin
  o.case_id := c.case_id;
  o.seq := r.seq;
  o.how := p_how;
  o.answer := p_answer;
  o.words := nullif(btrim(p_words), '');
  o.basis := nullif(btrim(p_basis), '');
  o.document_no := nullif(btrim(p_document_no), '');
  o.at := k.at;
  o.staff_id := k.staff_id;
  o.acting := k.acting;
  o.post_id := k.acting_post_id;
  o.for_staff_id := k.for_staff_id;
  o.window_id := k.window_id;
  o.version := c.version;
  return o;
end $$;
comment on function rule.signed(command.call, hall.case_file, hall.review, text, text, text, text, text) is
  'An opinion as its signer gives it: person, A or B of which post, on whose behalf, window, when (PAR-2, CASE-13).';

create or replace function rule.check_opinion(p_answer text, p_words text, p_basis text) returns void language plpgsql stable as $$
begin
  if p_answer is null or p_answer not in ('agree', 'conditional', 'disagree', 'refer') then
    perform rule.invalid('opinion.answer', 'answer');
  elsif p_answer <> 'agree' and nullif(btrim(p_words), '') is null then
    perform rule.refuse('opinion.words');
  elsif p_answer = 'disagree' and nullif(btrim(p_basis), '') is null then
    perform rule.refuse('opinion.basis');
  end if;
end $$;
comment on function rule.check_opinion(text, text, text) is
  'Refuses a disagreement without reasons and legal basis, conditions and referrals without words (PAR-2).';

-- Under the case's row lock: of answers that come in the same second one is the last (PAR-3).
create or replace function rule.answer_review(k command.call, c hall.case_file, r hall.review, o hall.opinion, p_event text)
returns void language plpgsql as $$
declare
  waited bool := r.waits = 'review';
  detail text[] := rule.put_opinion(o);
begin
  r.answer := o.answer;
  if o.how <> 'deem' then -- who is silent has not looked
    r.seen_at := coalesce(r.seen_at, k.at);
  end if;
  detail := detail || rule.put_review(r);
  if o.answer <> 'refer' then
    detail := detail || rule.end_asks(c, r.seq, 'want', 'dropped');
  end if;
  perform rule.touch(c);
  perform rule.record(k, c, p_event, c.state, null, concat_ws('；', o.words, o.basis), array['answer', '', o.answer] || detail);
  if waited and o.answer <> 'refer' then
    perform rule.all_in(k, c);
  end if;
end $$;
comment on function rule.answer_review(command.call, hall.case_file, hall.review, hall.opinion, text) is
  'An opinion is in: the review has its answer, a correction it wanted is dropped with it.';

create or replace function rule.all_in(k command.call, c hall.case_file) returns void language plpgsql as $$
begin
  if not exists (select from hall.review x where x.case_id = c.case_id and x.waits = 'review') then
    perform rule.tell(k, 'review.all', array[c.post_id], c.case_id);
  end if;
end $$;
comment on function rule.all_in(command.call, hall.case_file) is 'Tells the lead when the last review has its answer (PAR-3).';

create or replace function rule.checked(k command.call, c hall.case_file) returns void language plpgsql as $$
begin
  if not exists (select from hall.review x where x.case_id = c.case_id and x.waits = 'check') then
    perform rule.tell(k, 'review.checked', array[c.post_id], c.case_id);
  end if;
end $$;
comment on function rule.checked(command.call, hall.case_file) is 'Tells the lead when the last department has checked (PAR-2).';

-- What the system does at its moment.

create or replace function rule.close_check(k command.call, c hall.case_file, d hall.due) returns void language plpgsql as $$
declare
  r hall.review;
  silent int2[] := '{}';
  detail text[] := '{}';
begin
  c.last_at := k.at;
  for r in
    select * from hall.review x where x.case_id = c.case_id and x.waits = 'check' and x.check_until <= d.at order by x.seq
  loop
    r.checked := 'silent';
    silent := silent || r.seq;
    detail := detail || rule.put_review(r);
  end loop;
  perform rule.touch(c);
  perform rule.record(k, c, 'check_close', c.state, null, rule.departments(c.case_id, silent), detail);
  perform rule.checked(k, c);
end $$;
comment on function rule.close_check(command.call, hall.case_file, hall.due) is 'The check closes: no answer counts as complete, with an event (PAR-2).';

-- DEEM-4: who held the post at that moment, whenever it fires; if it was empty, its chief representative.
create or replace function rule.held_at(p_post_id int8, p_at timestamptz) returns hall.tenure language plpgsql stable as $$
begin
  return (
    select t from hall.post p
    join hall.post q on q.post_id = p.post_id or q.department_id = p.department_id and q.duty = 'chief'
    join hall.tenure t on t.post_id = q.post_id and t.from_at <= p_at and coalesce(t.until_at > p_at, true)
    where p.post_id = p_post_id and t.staff_id is not null
    order by q.post_id <> p.post_id, q.post_id limit 1
  );
end $$;
comment on function rule.held_at(int8, timestamptz) is
  'Who held a post at a moment, or when it was empty its department''s chief representative; NULL: nobody held either (DEEM-4).';

create or replace function rule.tell_deemed(k command.call, c hall.case_file, r hall.review, o hall.opinion) returns void language plpgsql as $$
begin
  perform rule.tell(k, 'review.deemed', rule.posts_of('supervisor', c) || array[r.post_id, o.post_id, c.post_id], c.case_id);
end $$;
comment on function rule.tell_deemed(command.call, hall.case_file, hall.review, hall.opinion) is
  'Silence counted: told to the department, to whoever it is recorded against, to the lead and, a supervision event, to the supervisors (DEEM-3).';

create or replace function rule.deem(k command.call, c hall.case_file, d hall.due) returns void language plpgsql as $$
declare
  r hall.review;
  o hall.opinion;
  t hall.tenure;
begin
  c.last_at := k.at;
  for r in
    select * from hall.review x where x.case_id = c.case_id and x.due_at <= d.at and rule.deemable(c, x) and rule.falls_at(x) <= d.at order by x.seq
  loop
    t := rule.held_at(r.post_id, k.at);
    o := rule.signed(k, c, r, 'deem', 'deemed', null, (select q.deem_basis from hall.item_review q
      where q.item_version_id = c.item_version_id and q.seq = r.seq), null);
    o.at := k.at;
    o.staff_id := t.staff_id;
    o.acting := t.held_as;
    o.post_id := coalesce(t.post_id, r.post_id);
    o.for_staff_id := t.for_staff_id;
    r.consent_until := rule.next_day_closing(k.at);
    perform rule.tell_deemed(k, c, r, o); -- before that all are in: the lead's last word
    perform rule.answer_review(k, c, r, o, 'deem_review');
  end loop;
end $$;
comment on function rule.deem(command.call, hall.case_file, hall.due) is
  'Reviews that nobody answered by their due moment are deemed agreed, against who held the post then (DEEM-1, DEEM-4); the consent is to follow (DEEM-3).';

-- PAR-8.

create or replace function rule.against_granting(c hall.case_file, out code text, out who text) language plpgsql stable as $$
declare
  seqs int2[] := array(select r.seq from hall.review r where r.case_id = c.case_id and r.waits = 'review');
begin
  code := 'review.unanswered';
  if seqs = '{}' then
    seqs := array(select r.seq from hall.review r where r.case_id = c.case_id and r.answer = 'disagree');
    code := case when seqs <> '{}' then 'review.disagrees' end;
  end if;
  who := rule.departments(c.case_id, seqs);
end $$;
comment on function rule.against_granting(hall.case_file) is 'What stands against granting a joint case, and whose; NULL: nothing (PAR-8).';

-- It was judged with what stood then.
create or replace function rule.outrun(x hall.exception) returns bool language sql stable as $$
  select x.kind = 'against_review' and x.state = 'granted' and exists (
    select from hall.review r join hall.opinion o using (case_id, seq)
    where r.case_id = x.case_id and (r.waits = 'review' or r.answer = 'disagree') and o.at > x.decided_at)
$$;
comment on function rule.outrun(hall.exception) is
  'A department has objected or referred up since an exception against reviews was granted: it is asked anew (PAR-8, CASE-16).';

create or replace function rule.need_reviewed(c hall.case_file) returns void language plpgsql stable as $$
declare
  a record;
  x hall.exception;
begin
  select * into a from rule.against_granting(c);
  if a.code is null then
    return;
  end if;
  select * into x from hall.exception e where e.exception_id = rule.granted_exception('against_review', c.case_id);
  if not found or rule.outrun(x) then
    perform rule.refuse(a.code, a.who);
  end if;
end $$;
comment on function rule.need_reviewed(hall.case_file) is
  'Refuses to grant while a review is unanswered or disagrees, unless the hall''s director granted an exception (PAR-8, CASE-16).';

create or replace function rule.use_against_review(k command.call, c hall.case_file) returns text[] language plpgsql as $$
begin
  if (rule.against_granting(c)).code is null then
    return '{}';
  end if;
  return rule.used_detail(rule.consume_exception(k, 'against_review', c.case_id));
end $$;
comment on function rule.use_against_review(command.call, hall.case_file) is 'Uses up the exception that a grant needs; as the trail keeps it.';
