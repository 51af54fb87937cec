-- Commands of intake (CASE-2, ONE-1 … ONE-4): receive, accept, correct, answer. Each takes its
-- slot, settles what time did, works in a block that a refusal undoes, keeps the outcome.
-- Plans are generic: with arrays as parameters PostgreSQL would plan anew at every call.

set role yimen_owner;

-- As they were before a write could name its draft, further parties, and a project.
drop function if exists api.case_receive(bytea, int4, int2, int8, bytea, int8, text, text, text, text, text, text,
  text, text, text, text, date, text, int2[], text[], text[], date[], text[], text[], text[], text[], text[], text[],
  text, timestamptz, text, int8, bytea);
drop function if exists api.case_receive(bytea, int4, int2, int8, bytea, int8, text, text, text, text, text, text,
  text, text, text, text, date, text, int2[], text[], text[], date[], bytea);
drop function if exists api.case_receive(bytea, int4, int2, int8, bytea, int8, text, text, text, text, text, text,
  text, text, text, text, date, text, int2[], text[], text[], date[]);
drop function if exists api.case_accept(bytea, int4, int2, int8, bytea, int8, int4, int2[], text[], text[], date[]);
drop function if exists api.case_correct(bytea, int4, int2, int8, bytea, int8, int4, int2[], text[], text[], date[], text);
drop function if exists api.case_answer(bytea, int4, int2, int8, bytea, int8, int4, int2[], text[], text[], date[], text);

create or replace function api.case_receive(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_item_id int8, p_id_kind text, p_id_no text, p_name text, p_phone text, p_address text,
  p_agent_name text, p_agent_id_kind text, p_agent_id_no text, p_agent_phone text, p_agent_scope text,
  p_agent_until date, p_matter text, p_seq int2[], p_state text[], p_note text[], p_later date[],
  p_party_role text[] default null, p_party_id_kind text[] default null, p_party_id_no text[] default null,
  p_party_name text[] default null, p_party_phone text[] default null, p_party_address text[] default null,
  p_paper_no text default null, p_paper_at timestamptz default null, p_paper_reason text default null,
  p_with_case int8 default null, p_project_id int8 default null, p_review int2[] default null, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  v record;
  parties hall.case_party[];
  hand hall.hand_receipt;
  mats rule.material[];
  visit int8[];
  stage hall.case_project;
begin
  if k.fresh then
    visit := rule.settle_visit(p_with_case);
    begin
      lock table hall.case_file in row exclusive mode; -- before it asks the calendar: rule.apply_calendar
      select * into v from rule.item_to_receive(p_item_id);
      k := rule.act_for(k, v.post_id);
      stage := rule.stage_to_receive(p_item_id, p_project_id);
      c := rule.begin_case(k, v, p_matter, p_paper_at);
      hand := rule.hand_receipt(k, c, p_paper_no, p_paper_at, p_paper_reason);
      parties := rule.parties(c, p_id_kind, p_id_no, p_name, p_phone, p_address, p_agent_name, p_agent_id_kind,
        p_agent_id_no, p_agent_phone, p_agent_scope, p_agent_until, p_party_role, p_party_id_kind, p_party_id_no,
        p_party_name, p_party_phone, p_party_address);
      mats := rule.ticked(null, p_item_id, rule.day_of(k.at), p_seq, p_state, p_note, p_later);
      c.applicant_id := rule.know_parties(parties);
      perform rule.check_visit(k, p_with_case, visit, c.applicant_id);
      k := rule.put_case(k, c, parties, mats, hand, visit, stage, p_review);
      perform rule.bind_draft(k, p_draft, c.case_id);
      k := rule.overtaken(k, hand);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_receive(bytea, int4, int2, int8, bytea, int8, text, text, text, text, text, text,
  text, text, text, text, date, text, int2[], text[], text[], date[], text[], text[], text[], text[], text[], text[],
  text, timestamptz, text, int8, int8, int2[], bytea) is
  'case.receive: takes in an application (CASE-2); opens the correction term (ONE-2), by hand at the paper''s time (CASE-18).';

create or replace function api.case_accept(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_seq int2[], p_state text[], p_note text[], p_later date[], p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  mats rule.material[];
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'accept');
      mats := rule.ticked(c.case_id, c.item_version_id, rule.day_of(k.at), p_seq, p_state, p_note, p_later);
      perform rule.need_complete(mats, rule.day_of(k.at));
      k := rule.accept(k, c, k.at, 'accept', mats,
        case when p_seq is null then '{}' else rule.keep_ticks(c.case_id, mats) end);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_accept(bytea, int4, int2, int8, bytea, int8, int4, int2[], text[], text[], date[], bytea) is
  'case.accept: 受理通知书, the clock starts (CASE-5, CLK-2).';

create or replace function api.case_correct(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_seq int2[], p_state text[], p_note text[], p_later date[], p_remark text,
  p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  mats rule.material[];
  detail text[];
  given text[];
  was text;
  filed hall.negative;
  n hall.notice;
  others text;
  left_to_say text;
  still hall.stand;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'correct');
      mats := rule.to_correct(c, k.at, p_seq, p_state, p_note, p_later);
      others := rule.other_needs(c);
      left_to_say := nullif(concat_ws('；', nullif(btrim(p_remark), ''), rule.other_needs(c, p_remark)), '');
      given := rule.correction_words(c);
      detail := rule.keep_ticks(c.case_id, mats) || rule.use_second_correction(k, c, mats);
      perform rule.remember(c);
      update hall.case_material x set told = true
      where x.case_id = c.case_id and x.state in ('absent', 'defective');
      was := c.state;
      c := rule.corrected(c, k.at);
      if was = 'accepted' then -- ONE-3: it stands still until the answer
        still := rule.waiting(mats);
        still.reason := concat_ws('；', still.reason, others);
        detail := detail || rule.stand_still(c, still);
        c := rule.run_clocks(c, rule.day_of(k.at));
      end if;
      detail := detail || rule.end_asks(c, null, null, 'told'); -- all needs in one notice (PAR-2)
      perform rule.keep(c);
      filed := rule.file_negative(k, c, 'correction', null, concat_ws('；', rule.lacking_text(mats), others), rule.correction_basis(c),
        rule.is_major(c, false)); -- NEG-1
      n := rule.issue(k, c, 'correction', mats, left_to_say, given);
      perform rule.negative_paper(filed.negative_id, n.notice_id);
      perform rule.record(k, c, 'correct', was, n.notice_id, nullif(btrim(p_remark), ''), detail
        || rule.paper_detail(n) || array['term', '', rule.moment_text(c.term_at)] || rule.filed_detail(filed)
        || rule.before_detail(c.case_id));
      k := rule.done(k, c, n.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_correct(bytea, int4, int2, int8, bytea, int8, int4, int2[], text[], text[], date[], text, bytea) is
  'case.correct: asks for everything missing, once (ONE-1): 一次性告知书, filed first (NEG-1); a second one needs a granted exception (ONE-3).';

create or replace function api.case_answer(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_seq int2[], p_state text[], p_note text[], p_later date[], p_remark text,
  p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  mats rule.material[];
  detail text[];
  was text;
  n hall.notice;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'answer');
      perform rule.need_waiting(c, 'correction');
      mats := rule.ticked(c.case_id, c.item_version_id, rule.day_of(k.at), p_seq, p_state, p_note, p_later);
      perform rule.need_answer(mats, rule.told_others(c));
      detail := rule.keep_ticks(c.case_id, mats);
      was := c.state;
      c := rule.answered(c, k.at);
      if was = 'suspended' then
        detail := detail || rule.go_on(c, p_remark) || rule.wants_back(k, c);
        c := rule.run_clocks(c, rule.day_of(k.at));
      else
        detail := detail || rule.back_to_askers(k, c);
      end if;
      perform rule.keep(c);
      -- a receipt belongs to one delivery (DOC-1): it lists what this one brought, and what still lacks
      c.delivered_at := k.at;
      n := rule.issue(k, c, 'receipt',
        array(select m from unnest(mats) m where m.state <> 'present' or m.was not like 'present%'));
      perform rule.record(k, c, 'answer', was, n.notice_id, nullif(btrim(p_remark), ''),
        detail || rule.paper_detail(n) || array['term', '', rule.moment_text(c.term_at)] || rule.clock_detail(c));
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_answer(bytea, int4, int2, int8, bytea, int8, int4, int2[], text[], text[], date[], text, bytea) is
  'case.answer: the applicant brings what was asked (ONE-4); a new term opens (ONE-2).';
