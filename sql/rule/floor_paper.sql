-- Papers of no case (DOC-1, DOC-2): 交接单 and 去向告知牌, numbered and kept like those of cases.

set role yimen_owner;

create or replace function rule.minute_cn(p_at timestamptz) returns text language sql immutable as $$
  select rule.day_cn(rule.day_of(p_at)) || to_char(p_at at time zone 'Asia/Shanghai', 'HH24:MI')
$$;
comment on function rule.minute_cn(timestamptz) is 'A moment as papers write it, such as 2026年11月23日09:30.';

-- Printing, lights and the like are no work that a paper tells of.
create or replace function rule.events_cn(p_events text) returns text language sql immutable as $$
  select string_agg(w.word, '、' order by e.o)
  from unnest(string_to_array(p_events, ' ')) with ordinality e (event, o)
  join (values
      ('receive', '收件'), ('accept', '受理'), ('correct', '一次性告知'), ('answer', '补正答复'), ('decline', '不予受理'),
      ('finish', '当场办结'), ('withdraw', '撤回'), ('amend', '更正'), ('void', '文书作废'), ('reissue', '文书重出'),
      ('opine', '会审意见'), ('supersede', '替代会审意见'), ('want', '请求补正'), ('reject', '不采纳补正请求'), ('consent', '书面同意意见'),
      ('object', '异议'), ('exception_ask', '提请例外'), ('attach', '添加附件'), ('keep', '原件留存'), ('give_back', '原件退还'),
      ('advance', '进入下一环节'), ('send_back', '退回前一环节'), ('suspend', '停表'), ('resume', '恢复计时'), ('extend', '延期'),
      ('expedite', '特办提速'), ('forward', '上报'), ('return', '上级答复'), ('decide', '准予'), ('refuse', '不予许可'),
      ('close', '办结'), ('deliver', '送达'), ('fee_ask', '开缴费通知'), ('fee_reduce', '费用减免'), ('fee_pay', '费用缴清'),
      ('fee_cancel', '撤销收费')
    ) w (event, word) on w.event = e.event
$$;
comment on function rule.events_cn(text) is 'Events of a case, a blank between, as papers write what was done; NULL: nothing a paper tells of.';

create or replace function rule.window_cn(p_window_id int8) returns text language plpgsql stable as $$
begin
  return (select w.no || '号窗口（' || w.name || coalesce('，' || nullif(w.place, ''), '') || '）' from hall.window w where w.window_id = p_window_id);
end $$;
comment on function rule.window_cn(int8) is 'A window as papers write it: number, name, place.';

create or replace function rule.floor_words(p_department_id int8, p_post_id int8, p_window_id int8, p_staff_id int8, p_at timestamptz, p_given text[], p_remark text)
returns text[] language plpgsql stable as $$
declare
  words text[] := array_fill(null::text, array[60]);
begin
  words[1] := hall.setting_text('hall.name');
  words[2] := (select d.full_name from hall.department d where d.department_id = p_department_id);
  words[27] := rule.window_cn(p_window_id);
  words[28] := (select p.name from hall.post p where p.post_id = p_post_id);
  words[29] := (select s.name from hall.staff s where s.staff_id = p_staff_id);
  words[30] := p_remark;
  words[31] := rule.day_cn(rule.day_of(p_at));
  return words || rule.given(p_given);
end $$;
comment on function rule.floor_words(int8, int8, int8, int8, timestamptz, text[], text) is
  'What each placeholder stands for on a paper of no case, in the order of hall.placeholder.';

create or replace function rule.floor_holds(p_words text[], p_rows rule.material[]) returns text[] language plpgsql stable as $$
begin
  return array(select distinct r.state from unnest(p_rows) r)
    || array(select q.name from hall.placeholder q where q.given and p_words[q.no] is not null)
    || case when p_words[118] is null then '{no_watch}' else '{}' end::text[]
    || case when p_words[30] is not null then '{remark}' else '{}' end::text[]
    || case when hall.is_test() then '{test}' else '{}' end::text[];
end $$;
comment on function rule.floor_holds(text[], rule.material[]) is 'Which conditions of template blocks hold on a paper of no case.';

create or replace function rule.floor_mark(n hall.floor_paper) returns text language plpgsql stable as $$
begin
  return (
    select encode(sha256(rule.encode(array[n.paper_id::text, n.kind, n.number, n.title, rule.moment_text(n.issued_at),
      n.template_id::text, n.staff_id::text, n.subject_id::text, n.blocks::text, n.made_from::text])), 'hex')
  );
end $$;
comment on function rule.floor_mark(hall.floor_paper) is 'Hash of a paper of no case as issued (DOC-3), for the chain.';

-- The chain it is told in was written in this transaction already: nothing is waited for once the number is taken.
create or replace function rule.issue_floor(k command.call, p_kind text, p_department_id int8, p_post_id int8, p_subject_kind text,
  p_subject_id int8, p_about int8, p_given text[], p_rows rule.material[] default '{}', p_remark text default null) returns hall.floor_paper
language plpgsql as $$
declare
  n hall.floor_paper;
  words text[] := rule.floor_words(p_department_id, p_post_id, k.window_id, k.staff_id, k.at, p_given, p_remark);
  holds text[] := rule.floor_holds(words, p_rows);
begin
  n.paper_id := hall.next_id();
  n.kind := p_kind;
  n.department_id := p_department_id;
  n.year := extract(year from rule.day_of(k.at));
  n.issued_at := k.at;
  n.staff_id := k.staff_id;
  n.subject_id := p_about;
  select t.template_id, t.title into n.template_id, n.title from hall.template t where t.kind = p_kind and t.in_force;
  n.serial := rule.next_serial(p_department_id, p_kind, n.year);
  n.number := rule.notice_number(p_department_id, p_kind, n.year, n.serial);
  words[5] := n.number; -- hall.placeholder
  n.blocks := rule.fill(n.template_id, words, holds, p_rows);
  n.made_from := jsonb_build_array(rule.paper_part(null, null, words, holds, p_rows));
  insert into hall.floor_paper values (n.*);
  perform rule.audit(p_subject_kind, p_subject_id, 'floor.' || p_kind, k.staff_id, k.window_id,
    array['floor_paper', '', n.paper_id::text, 'paper', n.number, rule.floor_mark(n)]);
  return n;
end $$;
comment on function rule.issue_floor(command.call, text, int8, int8, text, int8, int8, text[], rule.material[], text) is
  'Issues a paper of no case: its number, content and what it tells of commit together (DOC-2).';

create or replace function rule.put_up_sign(k command.call, w hall.whereabouts) returns hall.floor_paper language plpgsql as $$
declare
  s hall.staff;
begin
  select * into s from hall.staff x where x.staff_id = w.staff_id;
  return rule.issue_floor(k, 'away', s.department_id, null, 'staff', w.staff_id, w.whereabouts_id, array[
    'person', s.name, 'away_kind', (select q.name from hall.absence_kind q where q.kind = w.kind), 'destination', w.destination,
    'contact', w.contact, 'from', rule.minute_cn(w.since), 'until', rule.minute_cn(w.until_at), 'watch', rule.window_cn(w.watch_window_id),
    'watch_how', case when rule.watch_receives(w.window_id, w.watch_window_id, w.since) then '请您移步办理。'
      else '该窗口可解答咨询，不能受理本窗口事项；需受理的，请在返岗时间后前来。' end]);
end $$;
comment on function rule.put_up_sign(command.call, hall.whereabouts) is '去向告知牌: reason, destination, contact, back at, which window watches (POST-6).';

create or replace function rule.told_watch(k command.call, w hall.whereabouts) returns command.call language plpgsql stable as $$
begin
  if not rule.watch_receives(w.window_id, w.watch_window_id, w.since) then
    k.code := 'presence.watch_only';
    k.arg1 := (select x.no::text from hall.window x where x.window_id = w.watch_window_id);
  end if;
  return k;
end $$;
comment on function rule.told_watch(command.call, hall.whereabouts) is
  'Tells in the outcome that the watching window cannot receive the matters: a word of caution, no refusal (POST-6).';

create or replace function rule.floor_blocks(p_kind text, p_subject_id int8) returns hall.block[] language plpgsql stable as $$
begin
  return (select n.blocks from hall.floor_paper n where n.subject_id = p_subject_id and n.kind = p_kind order by n.paper_id desc limit 1);
end $$;
comment on function rule.floor_blocks(text, int8) is 'The last paper of this kind about something, as issued; NULL: there is none.';
