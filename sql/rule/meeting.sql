-- Joint meetings and site visits (PAR-5): called in writing, signed for, attended; opinions given on the spot
-- supersede earlier ones (PAR-8); who was called in time and stays away is deemed to agree where silence counts (DEEM-1).

set role yimen_owner;

create or replace function rule.meeting_detail(p_case_id int8, p_no int2) returns text[] language plpgsql stable as $$
begin
  return (
    select array['meeting.' || m.no, '', rule.words_mark(m.case_id, array['meeting', m.no::text, m.kind, rule.moment_text(m.at), m.place,
        m.agenda, m.state, rule.moment_text(m.called_at), m.moves::text, m.notice_id::text, m.words, rule.moment_text(m.ended_at),
        m.minutes_id::text]
      || array(select x from hall.meeting_post q, unnest(array[q.post_id::text, rule.moment_text(q.signed_at), q.signed_by::text,
          q.signed_as, q.signed_for::text, q.came::text, q.who_id::text, q.deemed::text]) with ordinality x (x, o)
        where q.case_id = m.case_id and q.no = m.no order by q.post_id, o))]
    from hall.meeting m where m.case_id = p_case_id and m.no = p_no
  );
end $$;
comment on function rule.meeting_detail(int8, int2) is 'A meeting and whom it called as stored, for the trail: one commitment.';

create or replace function rule.meeting_of(c hall.case_file, p_no int2) returns hall.meeting language plpgsql stable as $$
declare
  m hall.meeting;
begin
  if c.case_id is null then
    perform rule.refuse('case.none');
  end if;
  select * into m from hall.meeting x where x.case_id = c.case_id and x.no = p_no;
  if not found then
    perform rule.refuse('meeting.none', c.number);
  elsif m.state <> 'called' then
    perform rule.refuse('meeting.over', c.number);
  elsif c.state not in ('received', 'correcting', 'accepted', 'suspended', 'forwarded') then
    perform rule.refuse('meeting.case_over', c.number);
  end if;
  return m;
end $$;
comment on function rule.meeting_of(hall.case_file, int2) is 'A meeting that is not over, of a case that is not; refused otherwise.';

-- The case is locked and settled by the caller; its moment is that of the deed.
create or replace function rule.act_as_lead(k command.call, c hall.case_file) returns command.call language plpgsql as $$
begin
  if c.case_id is null then
    perform rule.refuse('case.none');
  end if;
  k.at := c.last_at;
  return rule.act_for(k, c.post_id);
end $$;
comment on function rule.act_as_lead(command.call, hall.case_file) is 'The person acts for the post that leads a case, at its moment (SEC-3).';

-- Stored and told beside the states: no new version, nobody's work is overwritten by it.
create or replace function rule.note_meeting(k command.call, c hall.case_file, m hall.meeting, p_event text, p_note text,
  p_notice hall.notice default null) returns command.call language plpgsql as $$
begin
  c.last_at := k.at;
  perform rule.touch(c);
  perform rule.record(k, c, p_event, c.state, p_notice.notice_id, p_note, rule.meeting_detail(m.case_id, m.no)
    || case when p_notice.notice_id is null then '{}' else rule.paper_detail(p_notice) end);
  perform rule.tell(k, 'meeting.' || substr(p_event, 9), array(select q.post_id from hall.meeting_post q
    where q.case_id = m.case_id and q.no = m.no) || c.post_id, c.case_id);
  return rule.done(k, c, coalesce(p_notice.number, c.number));
end $$;
comment on function rule.note_meeting(command.call, hall.case_file, hall.meeting, text, text, hall.notice) is
  'Writes what happened to a meeting into the trail of its case, and tells the lead and whom it called.';

-- What papers say.

create or replace function rule.called_as(p_post_id int8) returns text language plpgsql stable as $$
begin
  return (select d.full_name || '（' || p.name || '）' from hall.post p
    join hall.department d on d.department_id = p.department_id where p.post_id = p_post_id);
end $$;
comment on function rule.called_as(int8) is 'A department as papers of joint cases write it, with the post that reviews.';

create or replace function rule.meeting_row(p_state text, p_seq int8, p_name text, p_department text, p_opinion text, p_signed text)
returns rule.material language plpgsql immutable as $$
declare
  m rule.material;
begin
  m.seq := p_seq;
  m.state := p_state;
  m.name := p_name;
  m.source := p_department;
  m.note := p_opinion;
  m.hint := p_signed;
  return m;
end $$;
comment on function rule.meeting_row(text, int8, text, text, text, text) is 'A row of a paper of a joint case, as rule.filled() takes it.';

create or replace function rule.came_cn(q hall.meeting_post) returns text language sql immutable as $$
  select case when q.came then '参加' when q.deemed then '未参加，默许' when q.came = false then '未参加' end
$$;
comment on function rule.came_cn(hall.meeting_post) is 'Whether a department attended, as papers say it; a deemed agreement is marked (DEEM-4).';

create or replace function rule.called_rows(m hall.meeting) returns rule.material[] language plpgsql stable as $$
begin
  return array(
    select rule.meeting_row('called', row_number() over (order by q.post_id), null, rule.called_as(q.post_id), rule.came_cn(q), s.name)
    from hall.meeting_post q
    left join hall.staff s on s.staff_id = q.who_id
    where q.case_id = m.case_id and q.no = m.no order by q.post_id
  );
end $$;
comment on function rule.called_rows(hall.meeting) is 'The departments a meeting called, as rows of its papers.';

create or replace function rule.opinion_cn(o hall.opinion) returns text language plpgsql stable as $$
begin
  return case o.how when 'consent' then '书面同意' || coalesce('（' || o.document_no || '）', '') || coalesce('：' || o.words, '')
      when 'object' then '异议（不影响默许）：' || o.words
      when 'deem' then '默许，视为同意（依据：' || o.basis || coalesce('；' || o.words, '') || '）'
      else case o.answer when 'agree' then '同意' when 'conditional' then '附条件同意' when 'disagree' then '不同意' else '提请上级' end
        || coalesce('：' || o.words, '') || coalesce('（依据：' || o.basis || '）', '') || case o.how when 'meeting' then '（会上发表）' else '' end end
    || case when o.how in ('review', 'meeting', 'deem') and exists (select from hall.opinion x where x.case_id = o.case_id and x.seq = o.seq
      and x.no > o.no and x.how in ('review', 'meeting', 'deem')) then '（已被取代）'
      when exists (select from hall.review r where r.case_id = o.case_id and r.seq = o.seq and coalesce(o.version < r.opened_version, true))
      then '（所附审查已撤销）' else '' end;
end $$;
comment on function rule.opinion_cn(hall.opinion) is 'An opinion as papers write it; deemed and superseded ones are marked (PAR-2, DEEM-4).';

create or replace function rule.opinion_rows(p_case_id int8, p_meeting int2) returns rule.material[] language plpgsql stable as $$
begin
  return array(
    select rule.meeting_row('opinion', row_number() over (order by r.seq, o.no), q.matter, d.full_name,
      case when o.no is null then case when r.opened_at is null then '尚未开始审查' else '尚未答复' end else rule.opinion_cn(o) end,
      case when o.no is not null then case when o.how = 'deem' then '记于' else '' end
        || case when o.staff_id is null then '空岗' else rule.actor_name(o.staff_id, o.acting, o.for_staff_id) end || '，' || rule.minute_cn(o.at) end)
    from hall.review r
    join hall.case_file c on c.case_id = r.case_id
    join hall.item_review q on q.item_version_id = c.item_version_id and q.seq = r.seq
    join hall.post p on p.post_id = r.post_id
    join hall.department d on d.department_id = p.department_id
    left join hall.opinion o on o.case_id = r.case_id and o.seq = r.seq and (p_meeting is null or o.meeting_no = p_meeting)
    where r.case_id = p_case_id and (p_meeting is null or o.no is not null)
    order by r.seq, o.no
  );
end $$;
comment on function rule.opinion_rows(int8, int2) is 'The opinions of a joint case, all of them or those of a meeting, by whom signed, as rows of a paper.';

create or replace function rule.absence_basis(m hall.meeting, p_item_version_id int8) returns text language plpgsql stable as $$
begin
  return (
    select string_agg(distinct q.deem_basis, '、') from hall.meeting_post x
    join hall.review r on r.case_id = x.case_id and r.post_id = x.post_id
    join hall.item_review q on q.item_version_id = p_item_version_id and q.seq = r.seq
    where x.case_id = m.case_id and x.no = m.no
  );
end $$;
comment on function rule.absence_basis(hall.meeting, int8) is 'By what a department that stays away is deemed to agree (DEEM-1); NULL: silence counts for none that is called.';

create or replace function rule.meeting_words(c hall.case_file, m hall.meeting) returns text[] language plpgsql stable as $$
begin
  return array['meeting_kind', (select x.name from hall.meeting_kind x where x.kind = m.kind), 'meeting_at', rule.minute_cn(m.at),
    'meeting_place', m.place, 'agenda', m.agenda];
end $$;
comment on function rule.meeting_words(hall.case_file, hall.meeting) is 'What every paper of a meeting says.';

create or replace function rule.issue_call(k command.call, c hall.case_file, m hall.meeting, p_moved text) returns hall.notice
language plpgsql as $$
declare
  n hall.notice;
begin
  n := rule.issue(k, c, 'meeting', rule.called_rows(m), null, rule.meeting_words(c, m) || array['moved', p_moved,
    'absence', rule.absence_basis(m, c.item_version_id), 'called', (select string_agg(x.name, '、' order by x.first)
      from (select d.full_name, min(q.post_id) from hall.meeting_post q
        join hall.post p on p.post_id = q.post_id join hall.department d on d.department_id = p.department_id
        where q.case_id = m.case_id and q.no = m.no group by d.full_name) x (name, first))]);
  update hall.meeting x set notice_id = n.notice_id where x.case_id = m.case_id and x.no = m.no;
  return n;
end $$;
comment on function rule.issue_call(command.call, hall.case_file, hall.meeting, text) is 'The written call, 会议通知 (PAR-5): moved: what was before.';

-- Calling, moving, signing.

create or replace function rule.check_meeting(k command.call, p_at timestamptz) returns void language plpgsql stable as $$
begin
  if p_at <= k.at then
    perform rule.refuse('meeting.past', rule.moment_cn(p_at));
  elsif p_at is null or not isfinite(p_at) or p_at > k.at + interval '1 year' then
    perform rule.invalid('meeting.far', 'at');
  end if;
end $$;
comment on function rule.check_meeting(command.call, timestamptz) is 'A meeting is to come, within a year; refused otherwise.';

create or replace function rule.call_meeting(k command.call, c hall.case_file, p_kind text, p_at timestamptz, p_place text, p_agenda text,
  p_review int2[]) returns hall.meeting language plpgsql as $$
declare
  m hall.meeting;
begin
  p_review := array_remove(p_review, null);
  if c.state not in ('received', 'correcting', 'accepted', 'suspended', 'forwarded') then
    perform rule.refuse('meeting.case_over', c.number);
  elsif not exists (select from hall.review r where r.case_id = c.case_id) then
    perform rule.refuse('meeting.not_joint', c.number);
  elsif exists (select from unnest(p_review) w (seq) where not exists (select from hall.review r
      where r.case_id = c.case_id and r.seq = w.seq)) then
    perform rule.invalid('review.none', 'review', c.number);
  elsif not exists (select from hall.meeting_kind x where x.kind = p_kind) then
    perform rule.invalid('meeting.kind', 'kind');
  end if;
  perform rule.check_meeting(k, p_at);
  insert into hall.meeting (case_id, no, kind, at, place, agenda, called_at)
  values (c.case_id, (select coalesce(max(x.no), 0) + 1 from hall.meeting x where x.case_id = c.case_id), p_kind, p_at,
    rule.need_words(p_place, 'venue'), rule.need_words(p_agenda, 'agenda'), k.at)
  returning * into m;
  insert into hall.meeting_post (case_id, no, post_id)
  select distinct c.case_id, m.no, r.post_id from hall.review r
  where r.case_id = c.case_id and (coalesce(cardinality(p_review), 0) = 0 or r.seq = any (p_review));
  return m;
end $$;
comment on function rule.call_meeting(command.call, hall.case_file, text, timestamptz, text, text, int2[]) is
  'Stores a meeting of a joint case and whom it calls: the departments of some reviews, or all (PAR-5).';

-- A department that moved must sign anew: the call it had signed for was another one.
create or replace function rule.move_meeting(k command.call, c hall.case_file, m hall.meeting, p_at timestamptz, p_place text, p_reason text)
returns hall.notice language plpgsql as $$
declare
  was text := '原定' || rule.minute_cn(m.at) || '在' || m.place || '，因' || rule.need_words(p_reason, 'reason') || '改期';
begin
  if exists (select from hall.meeting_post q where q.case_id = m.case_id and q.no = m.no and q.came is not null) then
    perform rule.refuse('meeting.began', c.number);
  end if;
  perform rule.check_meeting(k, p_at);
  update hall.meeting_post q set signed_at = null, signed_by = null, signed_as = null, signed_for = null
  where q.case_id = m.case_id and q.no = m.no;
  update hall.meeting x set at = p_at, place = rule.need_words(p_place, 'venue'), called_at = k.at, moves = x.moves + 1
  where x.case_id = m.case_id and x.no = m.no returning * into m;
  return rule.issue_call(k, c, m, was);
end $$;
comment on function rule.move_meeting(command.call, hall.case_file, hall.meeting, timestamptz, text, text) is
  'Another time or place, called in writing anew; receipts are signed anew.';

create or replace function rule.sign_call(k command.call, c hall.case_file, m hall.meeting) returns command.call language plpgsql as $$
declare
  posts int8[] := array(select q.post_id from hall.meeting_post q where q.case_id = m.case_id and q.no = m.no order by q.post_id);
begin
  k.at := c.last_at;
  k := rule.act_any(k, posts);
  update hall.meeting_post q
  set signed_at = k.at, signed_by = k.staff_id, signed_as = p.held_as, signed_for = p.for_staff_id
  from hall.post p
  where q.case_id = m.case_id and q.no = m.no and q.signed_at is null and p.post_id = q.post_id and p.holder_id = k.staff_id;
  if not found then
    perform rule.refuse('meeting.signed', c.number);
  end if;
  return k;
end $$;
comment on function rule.sign_call(command.call, hall.case_file, hall.meeting) is
  'The receipt of the call is signed for every post called that one holds (PAR-5): from then it is served.';

create or replace function rule.served_in_time(m hall.meeting, q hall.meeting_post) returns bool language plpgsql stable as $$
begin
  return q.signed_at is not null and rule.workdays_on(q.signed_at, hall.setting_text('term.call_days')::int4) <= m.at;
end $$;
comment on function rule.served_in_time(hall.meeting, hall.meeting_post) is
  'The written call was signed for at least a working day ahead, to the minute (setting term.call_days): absence counts (DEEM-1).';

-- Attendance and opinions on the spot.

create or replace function rule.may_attend(p_post_id int8) returns table (staff_id int8, as_post_id int8, acting text, for_staff_id int8, place int4)
language sql stable as $$
  select distinct on (x.staff_id) x.* from (
    select p.holder_id, p.post_id, p.held_as, p.for_staff_id, 0 from hall.post p where p.post_id = p_post_id and p.holder_id is not null
    union all
    select l.staff_id, l.post_id, case l.place when 'A' then 'A' else 'B' end, case when l.place <> 'A' then rule.a_of(l.post_id) end,
      1 + ascii(left(l.place, 1)) * 100 + coalesce(nullif(substr(l.place, 2), '')::int4, 0)
    from hall.post_place l where l.post_id = p_post_id
    union all
    select h.holder_id, h.post_id, h.held_as, h.for_staff_id, 90000 from hall.post p
    join hall.post h on h.department_id = p.department_id and h.duty = 'chief' and h.holder_id is not null where p.post_id = p_post_id
  ) x (staff_id, as_post_id, acting, for_staff_id, place) order by x.staff_id, x.place
$$;
comment on function rule.may_attend(int8) is
  'Who may speak for a department in a meeting, and as what: who holds its post, whoever has a place in it, its chief representative.';

create or replace function rule.need_day(k command.call, m hall.meeting) returns void language plpgsql stable as $$
begin
  if rule.day_of(k.at) < rule.day_of(m.at) then
    perform rule.refuse('meeting.early', rule.moment_cn(m.at));
  end if;
end $$;
comment on function rule.need_day(command.call, hall.meeting) is 'Refuses before the day of a meeting: who comes is written down as they come.';

create or replace function rule.need_begun(k command.call, m hall.meeting) returns void language plpgsql stable as $$
begin
  if k.at < m.at then
    perform rule.refuse('meeting.early', rule.moment_cn(m.at));
  end if;
end $$;
comment on function rule.need_begun(command.call, hall.meeting) is 'Refuses before a meeting begins.';

create or replace function rule.attend(k command.call, c hall.case_file, m hall.meeting, p_post_id int8, p_login text) returns void
language plpgsql as $$
declare
  s hall.staff := rule.staff_named(nullif(btrim(p_login), ''));
begin
  if s.staff_id is not null and not exists (select from rule.may_attend(p_post_id) a where a.staff_id = s.staff_id) then
    perform rule.refuse('meeting.who', s.name, rule.called_as(p_post_id));
  elsif exists (select from hall.opinion o join hall.review r on r.case_id = o.case_id and r.seq = o.seq and r.post_id = p_post_id
      where o.case_id = m.case_id and o.meeting_no = m.no and o.staff_id is distinct from s.staff_id) then
    perform rule.refuse('meeting.spoke', rule.called_as(p_post_id));
  end if;
  update hall.meeting_post q set came = s.staff_id is not null, who_id = s.staff_id
  where q.case_id = m.case_id and q.no = m.no and q.post_id = p_post_id;
  if not found then
    perform rule.invalid('meeting.not_called', 'post');
  end if;
end $$;
comment on function rule.attend(command.call, hall.case_file, hall.meeting, int8, text) is
  'Who attended for a department, by login or name; without one it stayed away. Who spoke was there.';

-- By the department itself, or by the lead, who writes down what its representative says and signs. What stands
-- against granting (PAR-8) falls by the department's own hand alone.
create or replace function rule.opinion_there(k command.call, c hall.case_file, m hall.meeting, r hall.review, p_answer text, p_words text,
  p_basis text) returns hall.opinion language plpgsql as $$
declare
  o hall.opinion;
  a record;
  q hall.meeting_post;
begin
  select * into q from hall.meeting_post x where x.case_id = m.case_id and x.no = m.no and x.post_id = r.post_id;
  if not found then
    perform rule.invalid('meeting.not_called', 'review');
  elsif q.came is not true then
    perform rule.refuse('meeting.absent', rule.called_as(r.post_id));
  end if;
  o := rule.signed(k, c, r, 'meeting', p_answer, p_words, p_basis, null);
  o.meeting_no := m.no;
  if k.acting_post_id = r.post_id then
    return o;
  elsif r.answer = 'disagree' and p_answer <> 'disagree' then
    perform rule.refuse('meeting.objected', rule.called_as(r.post_id));
  end if;
  select * into a from rule.may_attend(r.post_id) x where x.staff_id = q.who_id;
  if not found then
    perform rule.refuse('meeting.who', (select s.name from hall.staff s where s.staff_id = q.who_id), rule.called_as(r.post_id));
  end if;
  o.staff_id := q.who_id;
  o.acting := a.acting;
  o.post_id := a.as_post_id;
  o.for_staff_id := a.for_staff_id;
  o.written_by := k.staff_id;
  return o;
end $$;
comment on function rule.opinion_there(command.call, hall.case_file, hall.meeting, hall.review, text, text, text) is
  'An opinion given in a meeting, signed by who attended for the department (PAR-5, PAR-8).';

create or replace function rule.act_there(k command.call, c hall.case_file, r hall.review) returns command.call language plpgsql as $$
begin
  if exists (select from hall.post p where p.post_id = r.post_id and p.holder_id = k.staff_id) then
    return rule.act_to_review(k, c, r);
  end if;
  return rule.act_as_lead(k, c);
end $$;
comment on function rule.act_there(command.call, hall.case_file, hall.review) is 'The person acts for the department that speaks, else for the lead.';

-- DEEM-1: at the close, which says who stayed away; against who held the post when the meeting was.
create or replace function rule.deem_absent(k command.call, c hall.case_file, m hall.meeting) returns void language plpgsql as $$
declare
  q hall.meeting_post;
  r hall.review;
  o hall.opinion;
  t hall.tenure;
begin
  c.last_at := k.at;
  for q in select * from hall.meeting_post x where x.case_id = m.case_id and x.no = m.no and not x.came order by x.post_id loop
    continue when not rule.served_in_time(m, q);
    for r in select * from hall.review x where x.case_id = c.case_id and x.post_id = q.post_id and rule.deemable(c, x) order by x.seq loop
      t := rule.held_at(r.post_id, m.at);
      o := rule.signed(k, c, r, 'deem', 'deemed', '经书面通知未参加' || (select x.name from hall.meeting_kind x where x.kind = m.kind),
        (select i.deem_basis from hall.item_review i where i.item_version_id = c.item_version_id and i.seq = r.seq), null);
      o.staff_id := t.staff_id;
      o.acting := t.held_as;
      o.post_id := coalesce(t.post_id, r.post_id);
      o.for_staff_id := t.for_staff_id;
      o.window_id := null;
      o.meeting_no := m.no;
      r.consent_until := rule.next_day_closing(k.at);
      perform rule.answer_review(k, c, r, o, 'deem_review');
      perform rule.tell_deemed(k, c, r, o);
      update hall.meeting_post x set deemed = true where x.case_id = q.case_id and x.no = q.no and x.post_id = q.post_id;
    end loop;
  end loop;
end $$;
comment on function rule.deem_absent(command.call, hall.case_file, hall.meeting) is
  'Departments called in writing and in time that stayed away are deemed to agree, where silence counts (DEEM-1); their consent is to follow (DEEM-3).';

create or replace function rule.close_meeting(k command.call, c hall.case_file, m hall.meeting, p_words text) returns hall.notice
language plpgsql as $$
declare
  words text := rule.need_words(p_words, 'words');
  n hall.notice;
begin
  perform rule.need_begun(k, m);
  if exists (select from hall.meeting_post q where q.case_id = m.case_id and q.no = m.no and q.came is null) then
    perform rule.refuse('meeting.attendance', c.number);
  end if;
  perform rule.deem_absent(k, c, m);
  n := rule.issue(k, c, 'minutes', rule.called_rows(m) || rule.opinion_rows(c.case_id, m.no), null,
    rule.meeting_words(c, m) || array['minutes', words]);
  update hall.meeting x set state = 'closed', words = btrim(p_words), ended_at = k.at, minutes_id = n.notice_id
  where x.case_id = m.case_id and x.no = m.no;
  return n;
end $$;
comment on function rule.close_meeting(command.call, hall.case_file, hall.meeting, text) is
  'A meeting is over: who stayed away is settled, its minutes are written (PAR-5).';

-- Papers of a joint case that its lead makes when it needs them.

create or replace function rule.issue_sheet(k command.call, c hall.case_file, p_kind text, p_place text, p_remark text) returns hall.notice
language plpgsql as $$
declare
  rows rule.material[];
begin
  if not exists (select from hall.review r where r.case_id = c.case_id) then
    perform rule.refuse('meeting.not_joint', c.number);
  elsif p_kind = 'opinions' then
    return rule.issue(k, c, 'opinions', rule.opinion_rows(c.case_id, null), p_remark);
  elsif p_kind is distinct from 'slip' then
    perform rule.invalid('sheet.kind', 'kind');
  end if;
  rows := rule.ticked(c.case_id, c.item_version_id, rule.day_of(k.at), null, null, null, null) || array(
    select rule.meeting_row('called', row_number() over (order by r.post_id), null, rule.called_as(r.post_id), null, null)
    from hall.review r where r.case_id = c.case_id group by r.post_id order by r.post_id);
  return rule.issue(k, c, 'slip', rows, p_remark, array['papers_at', rule.need_words(p_place, 'venue')]);
end $$;
comment on function rule.issue_sheet(command.call, hall.case_file, text, text, text) is
  '会签意见表 with every opinion so far, or 流转单, which says where the papers are (PAR-7).';
