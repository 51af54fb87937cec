-- Commands from acceptance to the end of a case (CASE-5 … CASE-10): steps, standing still, longer and
-- shorter limits, forwarding. Each has the shape of api.case_accept.

set role yimen_owner;

create or replace function api.case_advance(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_note text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  was hall.case_file;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'advance');
      was := c;
      c := rule.at_step(rule.moved(c, k.at, 'advance'), rule.next_step(c));
      perform rule.keep(c);
      perform rule.record(k, c, 'advance', was.state, null, nullif(btrim(p_note), ''), rule.step_detail(c, was.step_seq));
      k := rule.told_empty(rule.done(k, c, c.number), c.post_id);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_advance(bytea, int4, int2, int8, bytea, int8, int4, text, bytea) is
  'case.advance: the next step of the procedure; its post holds the case from now (CASE-5).';

create or replace function api.case_send_back(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_step int2, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  was hall.case_file;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'send_back');
      perform rule.need_words(p_reason, 'reason');
      was := c;
      c := rule.at_step(rule.moved(c, k.at, 'send_back'), rule.earlier_step(c, p_step));
      perform rule.keep(c);
      perform rule.record(k, c, 'send_back', was.state, null, btrim(p_reason), rule.step_detail(c, was.step_seq));
      k := rule.told_empty(rule.done(k, c, c.number), c.post_id);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_send_back(bytea, int4, int2, int8, bytea, int8, int4, int2, text, bytea) is
  'case.send_back: an earlier step, with reason; the total clock runs on (CASE).';

create or replace function api.case_suspend(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_procedure text, p_reason text, p_expected int4, p_until date, p_remark text,
  p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  was text;
  s hall.stand;
  detail text[];
  n hall.notice;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'suspend');
      s := rule.special(p_procedure, p_reason, p_expected, p_until, k.at);
      perform rule.remember(c);
      was := c.state;
      c := rule.moved(c, k.at, 'suspend');
      detail := rule.stand_still(c, s);
      c := rule.run_clocks(c, rule.day_of(k.at));
      perform rule.keep(c);
      n := rule.issue(k, c, 'special', '{}', p_remark, rule.special_words(s));
      perform rule.record(k, c, 'suspend', was, n.notice_id, s.reason,
        detail || rule.paper_detail(n) || rule.before_detail(c.case_id) || rule.clock_detail(c));
      k := rule.done(k, c, n.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_suspend(bytea, int4, int2, int8, bytea, int8, int4, text, text, int4, date, text, bytea) is
  'case.suspend: a lawful special procedure stops the clocks (CASE-6): 特别程序告知书.';

create or replace function api.case_resume(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_case_id int8,
  p_version int4, p_outcome text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'resume');
      perform rule.need_waiting(c, 'special');
      k := rule.done(k, rule.run_on(k, c, 'resume', p_outcome, p_outcome), c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_resume(bytea, int4, int2, int8, bytea, int8, int4, text, bytea) is
  'case.resume: a special procedure is over, the clocks run on (CASE-6).';

create or replace function api.case_extend(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_case_id int8,
  p_version int4, p_days int4, p_reason text, p_remark text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  was hall.case_file;
  given text[];
  detail text[];
  n hall.notice;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'extend');
      perform rule.to_extend(c, p_days, k.at);
      given := rule.extended_words(c, p_days, p_reason);
      perform rule.remember(c);
      if p_days > rule.extension_max(c) then
        detail := rule.used_detail(rule.consume_exception(k, 'extend_beyond', c.case_id));
      end if;
      was := c;
      c := rule.extended(rule.moved(c, k.at, 'extend'), p_days);
      perform rule.keep(c);
      n := rule.issue(k, c, 'extend', '{}', p_remark, given);
      perform rule.record(k, c, 'extend', was.state, n.notice_id, btrim(p_reason), coalesce(detail, '{}') || array['extended', '', p_days::text]
        || rule.paper_detail(n) || rule.before_detail(c.case_id) || rule.clock_detail(c));
      perform rule.tell_printing(k, c);
      k := rule.done(k, c, n.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_extend(bytea, int4, int2, int8, bytea, int8, int4, int4, text, text, bytea) is
  'case.extend: longer, once, before the limit runs out (CASE-7): 延期通知书.';

create or replace function api.case_expedite(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_promised int4, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  was hall.case_file;
  detail text[];
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'expedite');
      perform rule.need_words(p_reason, 'reason');
      was := c;
      c := rule.hurried(rule.moved(c, k.at, 'expedite'), p_promised);
      detail := rule.used_detail(rule.consume_exception(k, 'urgent', c.case_id));
      perform rule.keep(c);
      perform rule.record(k, c, 'expedite', was.state, null, btrim(p_reason),
        detail || array['promised', was.hurried::text, p_promised::text] || rule.clock_detail(c));
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_expedite(bytea, int4, int2, int8, bytea, int8, int4, int4, text, bytea) is
  'case.expedite: 特办, a shorter promise (CASE-10).';

create or replace function api.case_forward(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_version int4, p_authority text, p_document_no text, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  was text;
  s hall.stand;
  detail text[];
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'forward');
      s := rule.sent_up(p_authority, p_document_no, p_reason);
      was := c.state;
      c := rule.moved(c, k.at, 'forward');
      detail := rule.stand_still(c, s);
      c := rule.run_clocks(c, rule.day_of(k.at));
      perform rule.keep(c);
      perform rule.record(k, c, 'forward', was, null, s.authority, detail || rule.clock_detail(c));
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_forward(bytea, int4, int2, int8, bytea, int8, int4, text, text, text, bytea) is
  'case.forward: 上报 to a higher authority, whose time is not charged (CASE-9).';

create or replace function api.case_track(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_case_id int8,
  p_version int4, p_note text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'return'); -- who may say what came back may say how it stands
      perform rule.record(k, c, 'track', c.state, null, rule.need_words(p_note, 'note'));
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_track(bytea, int4, int2, int8, bytea, int8, int4, text, bytea) is
  'case.track: news of a forwarded case, tracked to the end (CASE-9).';

create or replace function api.case_return(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea, p_case_id int8,
  p_version int4, p_answer text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.expect(k, c, p_version, 'return');
      perform rule.need_words(p_answer, 'answer');
      k := rule.done(k, rule.run_on(k, c, 'return', p_answer, p_answer), c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.case_return(bytea, int4, int2, int8, bytea, int8, int4, text, bytea) is
  'case.return: the higher authority''s answer; the clocks run on (CASE-9).';
