-- Reviews of joint cases as departments do them (PAR-2, PAR-4, DEEM): check, opine, supersede, want, reject, consent.

set role yimen_owner;

drop function if exists api.review_check(bytea, int4, int2, int8, bytea, int8, int2, text, int2[], text[], bytea); -- had its lists the other way round
drop function if exists api.review_want(bytea, int4, int2, int8, bytea, int8, int2, int2[], text[], bytea);

create or replace function api.review_check(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_review int2, p_answer text, p_need text[], p_material int2[], p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  r hall.review;
  detail text[] := '{}';
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      r := rule.review_of(c, p_review);
      k := rule.act_to_review(k, c, r);
      c.last_at := k.at;
      if r.waits is distinct from 'check' then
        perform rule.refuse(case when r.checked is null or c.state <> 'received' then 'check.closed' else 'check.answered' end, c.number);
      elsif p_answer = 'missing' then
        detail := rule.put_ask(k, c, r, 'check', p_material, p_need);
      elsif p_answer is distinct from 'complete' then
        perform rule.invalid('check.answer', 'answer');
      elsif cardinality(p_need) > 0 then
        perform rule.refuse('check.complete');
      end if;
      r.checked := p_answer;
      detail := detail || rule.put_review(r);
      perform rule.touch(c);
      perform rule.record(k, c, 'check', c.state, null, array_to_string(p_need, '；'), array['answer', '', p_answer] || detail);
      perform rule.checked(k, c);
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.review_check(bytea, int4, int2, int8, bytea, int8, int2, text, text[], int2[], bytea) is
  'review.check: a department says that the papers are complete, or exactly what is missing (PAR-2).';

create or replace function api.review_opine(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_review int2, p_answer text, p_words text, p_basis text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  r hall.review;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      r := rule.review_of(c, p_review);
      k := rule.act_to_review(k, c, r);
      c.last_at := k.at;
      if r.answer = 'deemed' then
        perform rule.refuse('review.deemed', c.number);
      elsif r.waits is distinct from 'review' then
        perform rule.refuse(case when r.answer is null then 'review.closed' else 'review.answered' end, c.number);
      end if;
      perform rule.check_opinion(p_answer, p_words, p_basis);
      perform rule.answer_review(k, c, r, rule.signed(k, c, r, 'review', p_answer, p_words, p_basis, null), 'opine');
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.review_opine(bytea, int4, int2, int8, bytea, int8, int2, text, text, text, bytea) is
  'review.opine: a department''s signed opinion (PAR-2).';

create or replace function api.review_supersede(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_review int2, p_no int2, p_answer text, p_words text, p_basis text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  r hall.review;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      r := rule.review_of(c, p_review);
      k := rule.act_to_review(k, c, r);
      c.last_at := k.at;
      if r.answer = 'deemed' then
        perform rule.refuse('review.deemed', c.number);
      elsif r.answer is null or c.state not in ('accepted', 'suspended', 'forwarded') then
        perform rule.refuse('review.closed', c.number);
      elsif p_no is distinct from (select max(o.no) from hall.opinion o where o.case_id = c.case_id and o.seq = r.seq) then
        perform rule.refuse('opinion.changed', c.number); -- CASE-14
      end if;
      perform rule.check_opinion(p_answer, p_words, p_basis);
      perform rule.answer_review(k, c, r, rule.signed(k, c, r, 'review', p_answer, p_words, p_basis, null), 'supersede');
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.review_supersede(bytea, int4, int2, int8, bytea, int8, int2, int2, text, text, text, bytea) is
  'review.supersede: another opinion in place of the latest, which is kept (PAR-2).';

create or replace function api.review_want(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_review int2, p_need text[], p_material int2[], p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  r hall.review;
  detail text[];
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      r := rule.review_of(c, p_review);
      k := rule.act_to_review(k, c, r);
      c.last_at := k.at;
      if r.waits is distinct from 'review' then
        perform rule.refuse(case when r.answer is null then 'review.closed' when r.answer = 'deemed' then 'review.deemed'
          else 'review.answered' end, c.number);
      elsif exists (select from hall.review_ask a where a.case_id = c.case_id and a.seq = r.seq and a.state = 'open') then
        perform rule.refuse('want.open', c.number);
      end if;
      detail := rule.put_ask(k, c, r, 'want', p_material, p_need);
      perform rule.touch(c);
      perform rule.record(k, c, 'want', c.state, null, array_to_string(p_need, '；'), detail);
      perform rule.tell(k, 'review.want', array[c.post_id], c.case_id);
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.review_want(bytea, int4, int2, int8, bytea, int8, int2, text[], int2[], bytea) is
  'review.want: a department wants a correction during review; it prevents deeming until the lead sends or rejects it (PAR-4).';

create or replace function api.review_reject(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_review int2, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  r hall.review;
  detail text[];
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      r := rule.review_of(c, p_review);
      k.at := c.last_at;
      k := rule.act_for(k, c.post_id);
      c.last_at := k.at;
      detail := rule.end_asks(c, r.seq, 'want', 'rejected', rule.need_words(p_reason, 'reason'));
      if detail = '{}' then
        perform rule.refuse('want.none', c.number);
      end if;
      r.floor_at := rule.next_day_closing(c.last_at);
      detail := detail || rule.put_review(r);
      perform rule.touch(c);
      perform rule.record(k, c, 'reject', c.state, null, btrim(p_reason), detail);
      perform rule.tell(k, 'review.reject', array[r.post_id], c.case_id);
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.review_reject(bytea, int4, int2, int8, bytea, int8, int2, text, bytea) is
  'review.reject: the lead rejects a correction wanted; the department has until the close of the next working day, or its due day if later (PAR-4).';

create or replace function api.review_consent(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_review int2, p_words text, p_document_no text, p_object bool, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  r hall.review;
  o hall.opinion;
  detail text[];
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      r := rule.review_of(c, p_review);
      k := rule.act_to_consent(k, c, r);
      c.last_at := k.at;
      if r.answer is distinct from 'deemed' then
        perform rule.refuse('consent.none', c.number);
      elsif r.consented_at is not null and not coalesce(p_object, false) then
        perform rule.refuse('consent.given', c.number);
      elsif p_object and nullif(btrim(p_words), '') is null then
        perform rule.refuse('opinion.words');
      end if;
      o := rule.signed(k, c, r, case when p_object then 'object' else 'consent' end,
        case when p_object then 'disagree' else 'agree' end, p_words, null, p_document_no);
      detail := rule.put_opinion(o);
      if p_object then
        perform rule.tell(k, 'review.object', rule.posts_of('supervisor', c) || c.post_id, c.case_id);
      else
        r.consented_at := k.at;
        detail := detail || rule.put_review(r);
      end if;
      perform rule.touch(c);
      perform rule.record(k, c, o.how, c.state, null, o.words, detail);
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.review_consent(bytea, int4, int2, int8, bytea, int8, int2, text, text, bool, bytea) is
  'review.consent: the written consent to what was deemed (DEEM-3); an objection changes nothing and is a supervision event (DEEM-1).';
