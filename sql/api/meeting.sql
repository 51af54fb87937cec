-- Joint meetings and site visits as the lead and the departments do them (PAR-5, PAR-8, DEEM-1): call, move, sign,
-- attend, opine, close, cancel; the papers of a joint case. Each has the shape of api.case_accept.

set role yimen_owner;

create or replace function api.meeting_call(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_kind text, p_at timestamptz, p_venue text, p_agenda text, p_review int2[], p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  m hall.meeting;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.act_as_lead(k, c);
      c.last_at := k.at;
      m := rule.call_meeting(k, c, p_kind, p_at, p_venue, p_agenda, p_review);
      k := rule.note_meeting(k, c, m, 'meeting_call', m.agenda, rule.issue_call(k, c, m, null));
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.meeting_call(bytea, int4, int2, int8, bytea, int8, text, timestamptz, text, text, int2[], bytea) is
  'meeting.call: departments are called to a meeting, a site visit or an acceptance, in writing: 会议通知 (PAR-5).';

create or replace function api.meeting_move(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_meeting int2, p_at timestamptz, p_venue text, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  m hall.meeting;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      m := rule.meeting_of(c, p_meeting);
      k := rule.act_as_lead(k, c);
      c.last_at := k.at;
      k := rule.note_meeting(k, c, m, 'meeting_move', btrim(p_reason), rule.move_meeting(k, c, m, p_at, p_venue, p_reason));
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.meeting_move(bytea, int4, int2, int8, bytea, int8, int2, timestamptz, text, text, bytea) is
  'meeting.move: another time or place, called in writing anew; receipts are signed anew.';

create or replace function api.meeting_sign(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_meeting int2, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  m hall.meeting;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      m := rule.meeting_of(c, p_meeting);
      k := rule.sign_call(k, c, m);
      k := rule.note_meeting(k, c, m, 'meeting_sign', null);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.meeting_sign(bytea, int4, int2, int8, bytea, int8, int2, bytea) is
  'meeting.sign: a department signs for the call: from then it is served (PAR-5).';

create or replace function api.meeting_attend(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_meeting int2, p_post int8[], p_attendee text[], p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  m hall.meeting;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      m := rule.meeting_of(c, p_meeting);
      k := rule.act_as_lead(k, c);
      perform rule.need_day(k, m);
      if cardinality(p_post) is distinct from cardinality(p_attendee) then
        perform rule.invalid('tick.length', 'attendee');
      end if;
      for i in 1 .. coalesce(cardinality(p_post), 0) loop
        perform rule.attend(k, c, m, p_post[i], p_attendee[i]);
      end loop;
      k := rule.note_meeting(k, c, m, 'meeting_attend', null);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.meeting_attend(bytea, int4, int2, int8, bytea, int8, int2, int8[], text[], bytea) is
  'meeting.attend: who came for each department, and who did not (PAR-5).';

create or replace function api.meeting_opine(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_meeting int2, p_review int2, p_answer text, p_words text, p_basis text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  m hall.meeting;
  r hall.review;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      m := rule.meeting_of(c, p_meeting);
      r := rule.review_of(c, p_review);
      k := rule.act_there(k, c, r);
      c.last_at := k.at;
      perform rule.need_begun(k, m);
      if r.answer = 'deemed' then
        perform rule.refuse('review.deemed', c.number);
      elsif r.opened_at is null or c.state not in ('accepted', 'suspended', 'forwarded') then
        perform rule.refuse('review.closed', c.number);
      end if;
      perform rule.check_opinion(p_answer, p_words, p_basis);
      perform rule.answer_review(k, c, r, rule.opinion_there(k, c, m, r, p_answer, p_words, p_basis), 'meeting_opine');
      perform rule.tell(k, 'meeting.opine', array[r.post_id, c.post_id], c.case_id);
      k := rule.done(k, c, c.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.meeting_opine(bytea, int4, int2, int8, bytea, int8, int2, int2, text, text, text, bytea) is
  'meeting.opine: an opinion given in a meeting supersedes earlier ones (PAR-8), by the department or as the lead writes it down.';

create or replace function api.meeting_close(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_meeting int2, p_words text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  m hall.meeting;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      m := rule.meeting_of(c, p_meeting);
      k := rule.act_as_lead(k, c);
      c.last_at := k.at;
      k := rule.note_meeting(k, c, m, 'meeting_close', btrim(p_words), rule.close_meeting(k, c, m, p_words));
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.meeting_close(bytea, int4, int2, int8, bytea, int8, int2, text, bytea) is
  'meeting.close: the minutes, 会议纪要 (PAR-5); departments that stayed away are deemed to agree where silence counts (DEEM-1).';

create or replace function api.meeting_cancel(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_meeting int2, p_reason text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  m hall.meeting;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      m := rule.meeting_of(c, p_meeting);
      k := rule.act_as_lead(k, c);
      if exists (select from hall.opinion o where o.case_id = m.case_id and o.meeting_no = m.no) then
        perform rule.refuse('meeting.began', c.number);
      end if;
      update hall.meeting x set state = 'cancelled', words = rule.need_words(p_reason, 'reason'), ended_at = k.at
      where x.case_id = m.case_id and x.no = m.no;
      k := rule.note_meeting(k, c, m, 'meeting_cancel', btrim(p_reason));
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.meeting_cancel(bytea, int4, int2, int8, bytea, int8, int2, text, bytea) is
  'meeting.cancel: a meeting is called off, with a reason.';

create or replace function api.meeting_sheet(k_token bytea, k_epoch int4, k_slot int2, k_seq int8, k_hash bytea,
  p_case_id int8, p_kind text, p_venue text, p_remark text, p_draft bytea default null)
returns table (status int2, code text, arg1 text, arg2 text, arg3 text, case_id int8, version int4, number text)
language plpgsql security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  k command.call := command.open(k_token, k_epoch, k_slot, k_seq, k_hash);
  c hall.case_file;
  n hall.notice;
begin
  if k.fresh then
    c := rule.settle(p_case_id);
    begin
      k := rule.act_as_lead(k, c);
      c.last_at := k.at;
      perform rule.touch(c);
      n := rule.issue_sheet(k, c, p_kind, p_venue, p_remark);
      perform rule.record(k, c, 'sheet', c.state, n.notice_id, nullif(btrim(p_remark), ''), rule.paper_detail(n));
      k := rule.done(k, c, n.number);
      perform rule.end_draft(k, p_draft);
    exception when sqlstate 'YM000' then
      get stacked diagnostics k.arg1 = pg_exception_detail, k.arg2 = pg_exception_hint;
      k := command.refused(k, sqlstate, sqlerrm, k.arg1, k.arg2);
    end;
  end if;
  return query select * from command.close(k);
end $$;
comment on function api.meeting_sheet(bytea, int4, int2, int8, bytea, int8, text, text, text, bytea) is
  'meeting.sheet: 会签意见表, or 流转单, which says where the papers are (PAR-7).';

create or replace function api.meeting_list(p_token bytea, p_scope text, p_case_id int8, p_after int4, p_limit int4)
returns table (case_id int8, meeting int2, number text, item text, applicant text, lead text, kind text, at timestamptz, place text,
  agenda text, state text, moves int2, called int4, signed int4, came int4, leads bool, mine bool, unsigned bool, call_id int8, call_no text,
  minutes_id int8, minutes_no text, words text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  held int8[] := rule.posts_held(v.staff_id);
begin
  if p_scope = 'case' then
    perform rule.case_to_read(p_case_id);
  elsif p_scope not in ('mine', 'lead') then
    perform rule.invalid('review.scope', 'scope');
  end if;
  return query
    with page as materialized (
      select m, c, g.called, g.signed, g.came, g.mine, g.unsigned, c.post_id = any (held) as leads,
        rule.handles_as(v.staff_id, held, c) as plain
      from hall.meeting m
      join hall.case_file c on c.case_id = m.case_id
      cross join lateral (select count(*)::int4 as called, count(q.signed_at)::int4 as signed, (count(*) filter (where q.came))::int4 as came,
          coalesce(bool_or(q.post_id = any (held)), false) as mine,
          coalesce(bool_or(q.post_id = any (held) and q.signed_at is null), false) as unsigned
        from hall.meeting_post q where q.case_id = m.case_id and q.no = m.no) g
      where case coalesce(p_scope, 'mine') when 'case' then m.case_id = p_case_id
        when 'mine' then m.state = 'called' and c.state in ('received', 'correcting', 'accepted', 'suspended', 'forwarded')
          and exists (select from hall.meeting_post q where q.post_id = any (held) and q.case_id = m.case_id and q.no = m.no)
        else m.state = 'called' and c.post_id = any (held) and c.state in ('received', 'correcting', 'accepted', 'suspended', 'forwarded') end
      order by case p_scope when 'case' then m.no end, m.at, m.case_id, m.no
      offset rule.page_after(p_after) limit rule.page_limit(p_limit)
    )
    select (p.m).case_id, (p.m).no, (p.c).number, i.name, case when p.plain then a.name else rule.mask_name(a.id_kind, a.name) end, h.name,
      (p.m).kind, (p.m).at, (p.m).place, case when p.plain then (p.m).agenda else rule.mask_words((p.m).agenda, (p.m).case_id) end,
      (p.m).state, (p.m).moves, p.called, p.signed, p.came, p.leads, p.mine, p.unsigned, (p.m).notice_id, n.number, (p.m).minutes_id, y.number,
      case when p.plain then (p.m).words else rule.mask_words((p.m).words, (p.m).case_id) end
    from page p
    join hall.item_version i on i.item_version_id = (p.c).item_version_id
    join hall.case_party a on a.case_id = (p.c).case_id and a.seq = 1
    join hall.post h on h.post_id = (p.c).post_id
    left join hall.notice n on n.notice_id = (p.m).notice_id
    left join hall.notice y on y.notice_id = (p.m).minutes_id
    order by case p_scope when 'case' then (p.m).no end, (p.m).at, (p.m).case_id, (p.m).no;
end $$;
comment on function api.meeting_list(bytea, text, int8, int4, int4) is
  'meeting.list: the meetings of a case; those one is called to, or leads, that are to come (PAR-5).';

create or replace function api.meeting_show(p_token bytea, p_case_id int8, p_meeting int2)
returns table (post_id int8, department text, post text, holder text, mine bool, signed_at timestamptz, signed_by text, in_time bool,
  counts bool, came bool, who text, who_login text, deemed bool, seq int2, matter text, answer text, there bool, people text)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  m hall.meeting;
begin
  select * into m from hall.meeting x where x.case_id = p_case_id and x.no = p_meeting;
  if not found then
    perform rule.refuse('meeting.none', c.number);
  end if;
  return query
    select q.post_id, d.name, p.name, h.name, coalesce(p.holder_id = v.staff_id, false), q.signed_at,
      case when q.signed_at is not null then rule.actor_name(q.signed_by, q.signed_as, q.signed_for) end, rule.served_in_time(m, q),
      i.deem_basis is not null, q.came, w.name, w.login, q.deemed, r.seq, i.matter, r.answer,
      exists (select from hall.opinion o where o.case_id = q.case_id and o.seq = r.seq and o.meeting_no = q.no),
      (select string_agg(s.login || '|' || s.name || '|' || a.acting, ';' order by a.place, s.login) from rule.may_attend(q.post_id) a
        join hall.staff s on s.staff_id = a.staff_id)
    from hall.meeting_post q
    join hall.post p on p.post_id = q.post_id
    join hall.department d on d.department_id = p.department_id
    join hall.review r on r.case_id = q.case_id and r.post_id = q.post_id
    join hall.item_review i on i.item_version_id = c.item_version_id and i.seq = r.seq
    left join hall.staff h on h.staff_id = p.holder_id
    left join hall.staff w on w.staff_id = q.who_id
    where q.case_id = p_case_id and q.no = p_meeting order by q.post_id, r.seq;
end $$;
comment on function api.meeting_show(bytea, int8, int2) is
  'meeting.show: whom a meeting calls, who signed for the call and came, who may come for whom, the reviews of each (PAR-5).';
