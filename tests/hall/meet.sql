-- Every two writes on one case meet (CASE-14): A in an open transaction, B called from another
-- session. Which writes there are is read from schema api, which of them a state allows is tried:
-- a new command takes part by itself, and one that nobody could try is complained of.
-- B waits for A or is refused at once. A takes its work back: B does what it would have done alone.
-- A commits: all is as if B had come after A, and B, called with what it saw before, was told
-- case.changed wherever A made a new version. Prints what was otherwise, then what was tried.
\set ON_ERROR_STOP 1
\set QUIET 1
set client_min_messages = warning;
begin;
\i tests/sql/lib/hall.psql
\i tests/sql/lib/life.psql
create extension if not exists dblink schema tap;
insert into hall.window (no, name, cert_sha256) values (9904, '测试四', sha256('window 9904'));
create schema meet;

-- What each parameter is given: a word of its own command first, else one for all.
create table meet.word (fn text, name text, value text);
insert into meet.word values
  ('', 'p_reason', '确有必要'), ('', 'p_note', '情况属实'), ('', 'p_answer', '同意'), ('', 'p_facts', '场所不符合要求'),
  ('', 'p_basis', '某条例第九条'), ('', 'p_procedure', 'hearing'), ('', 'p_expected', '10'), ('', 'p_days', '5'),
  ('', 'p_promised', '4'), ('', 'p_authority', '市某局'), ('', 'p_how', 'window'), ('', 'p_received_by', '欧阳小明'),
  ('', 'p_signed_by', '欧阳小明'), ('', 'p_why', 'not_required'), ('', 'p_printer', '打印机'),
  ('', 'p_ok', 'true'), ('', 'p_pages', '1'), ('', 'p_sha256', '\x' || repeat('5a', 32)), ('', 'p_kind', 'urgent'),
  ('', 'p_receiver', '欧阳小明'), ('', 'p_amount', '1250'), ('', 'p_by', '250'), ('', 'p_receipt_no', 'GK#'),
  ('agent_log', 'p_kind', 'visit'), ('agent_log', 'p_words', '上门取件'), ('case_amend', 'p_name', '欧阳晓明'),
  ('case_correct', 'p_seq', '{3}'), ('case_correct', 'p_state', '{defective}'), ('case_correct', 'p_note', '{请补盖章}'),
  ('case_answer', 'p_seq', '{3}'), ('case_answer', 'p_state', '{present}'), ('case_answer', 'p_note', null),
  ('case_accept', 'p_note', null), ('case_finish', 'p_note', null), ('case_amend', 'p_note', null),
  ('case_decline', 'p_basis', null), ('notice_reissue', 'p_facts', null), ('notice_reissue', 'p_basis', null),
  ('review_check', 'p_review', '1'), ('review_check', 'p_answer', 'complete'), ('review_opine', 'p_review', '1'), ('review_opine', 'p_answer', 'agree'),
  ('review_supersede', 'p_review', '1'), ('review_supersede', 'p_no', '1'), ('review_supersede', 'p_answer', 'conditional'), ('review_supersede', 'p_words', '须避让管线'),
  ('review_want', 'p_review', '2'), ('review_want', 'p_need', '{请补总平面图}'), ('review_reject', 'p_review', '2'), ('review_consent', 'p_review', '1'),
  ('review_opine', 'p_basis', null), ('review_supersede', 'p_basis', null),
  ('', 'p_meeting', '1'), ('', 'p_venue', '三楼会议室'), ('', 'p_agenda', '会审总平面'), ('meeting_call', 'p_kind', 'review'),
  ('meeting_attend', 'p_attendee', '{t.zhang}'), ('meeting_opine', 'p_review', '1'), ('meeting_opine', 'p_answer', 'agree'), ('meeting_opine', 'p_basis', null),
  ('meeting_close', 'p_words', '原则同意'), ('meeting_sheet', 'p_kind', 'opinions'), ('', 'p_licence_no', '许字7号'), ('', 'p_expires', '2027-06-30'),
  ('deem_follow', 'p_document_no', '准字1号'),
  ('fee_ask', 'p_note', null), ('negative_enter', 'p_category', 'late'), ('paper_keep', 'p_name', '{营业执照}'), ('paper_keep', 'p_copies', '{1}'), ('paper_keep', 'p_seq', '{2}');

create function meet.writes() returns setof text language sql stable as $$
  select p.proname from pg_proc p where p.pronamespace = 'api'::regnamespace and 'k_hash' = any (p.proargnames)
    and p.proargnames && '{p_case_id,p_notice_id,p_exception_id,p_paper_id}'
    and p.proname !~ '^handover_' -- which names cases and changes none
$$;

-- The call as text, with what its clerk sees now: case, version, the paper or the exception it is about.
create function meet.text(p_fn text, p_case int8, p_login text, p_slot int4) returns text language plpgsql as $$
declare
  given text[] := '{}';
  a record;
  v text;
begin
  if p_fn = 'tick' then
    return 'select case fired when 1 then ''done'' else fired::text end from api.tick(1)';
  end if;
  for a in
    select t.name, format_type(t.type, null) as type from pg_proc p,
      unnest(p.proargnames[1:p.pronargs], p.proargtypes::oid[]) with ordinality t (name, type, o)
    where p.pronamespace = 'api'::regnamespace and p.proname = p_fn order by t.o
  loop
    v := case a.name
      when 'k_token' then ('token ' || p_login)::bytea::text
      when 'k_epoch' then pg_temp.epoch(p_login)::text
      when 'k_slot' then p_slot::text
      when 'k_seq' then (select (case when c.epoch = w.epoch then c.seq + 1 else 1 end)::text from hall.session s
        join hall.window w using (window_id) join hall.command c using (window_id)
        where s.token_sha256 = sha256(('token ' || p_login)::bytea) and c.slot = p_slot)
      when 'k_hash' then sha256(p_fn::bytea)::text
      when 'p_case_id' then p_case::text
      when 'p_version' then (select f.version::text from hall.case_file f where f.case_id = p_case)
      when 'p_notice_id' then coalesce(
        case when p_fn = 'notice_void' then (select (rule.last_event(p_case)).notice_id) end,
        case when p_fn = 'notice_printed' then (select q.notice_id from hall.notice_print q join hall.notice n using (notice_id)
          where n.case_id = p_case and q.ended_at is null limit 1) end,
        (select max(n.notice_id) from hall.notice n where n.case_id = p_case and n.voided_at is null))::text
      when 'p_exception_id' then (select x.exception_id::text from hall.exception x where x.case_id = p_case and x.state = 'asked')
      when 'p_paper_id' then (select q.paper_id::text from hall.paper q where q.case_id = p_case)
      when 'p_original_id' then (select array_agg(o.original_id)::text from hall.original o where o.case_id = p_case)
      when 'p_signed_on' then rule.day_of(hall.clock())::text
      when 'p_at' then (hall.clock() + interval '1 minute')::text
      when 'p_post' then (select array_agg(q.post_id)::text from hall.meeting_post q where q.case_id = p_case and q.no = 1)
      else coalesce((select coalesce(w.value, '∅') from meet.word w where w.fn = p_fn and w.name = a.name),
        (select w.value from meet.word w where w.fn = '' and w.name = a.name and a.type !~ '\[\]'))
    end;
    given := given || format('%L::%s', replace(nullif(v, '∅'), '#', p_case::text), a.type);
  end loop;
  return format('select coalesce(code, ''done'') from api.%I(%s)', p_fn, array_to_string(given, ', '));
end $$;

-- A row as it tells apart one end from another: dates for moments, no keys and no numbers.
create function meet.plain(p jsonb) returns text language sql immutable as $$
  select string_agg(e.key || '=' || case when e.value ~ '^\d{4}-\d\d-\d\dT' then left(e.value, 10) else regexp_replace(e.value, '^GK\d+$', 'GK') end, ' ' order by e.key)
  from jsonb_each_text(p) e
  where e.key !~ '(_id|mark|salt|hash|digest|made_from|blocks|detail|x)$' and e.key not in ('number', 'serial', 'last_at', 'basis') and e.value is not null
$$;
create function meet.state_of(p_case int8) returns text[] language sql stable as $$ select null::text[] $$;
select format('create or replace function meet.state_of(p_case int8) returns text[] language sql stable as $f$ select array(select w from (%s) q (w) order by w) $f$',
  string_agg(format('select %L || meet.plain(to_jsonb(r)) from hall.%I r where r.case_id = p_case', c.relname || ': ', c.relname), ' union all '))
from pg_class c where c.relnamespace = 'hall'::regnamespace and c.relkind = 'r'
  and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'case_id' and not a.attisdropped)
  and c.relname not in ('command', 'news', 'draft', 'case_before', 'case_search') \gexec

-- One after the other, then taken back: what B is told and what there is in the end.
create function meet.serial(p_case int8, p_calls text[], out told text, out left_as text[]) language plpgsql as $$
declare
  q text;
begin
  begin
    foreach q in array p_calls loop
      execute q into told;
    end loop;
    left_as := meet.state_of(p_case);
    raise exception 'taken back' using errcode = 'MEET1';
  exception when sqlstate 'MEET1' then
    null;
  end;
end $$;

-- Cases.
create function meet.item(p_code text, p_handling text) returns int8 language plpgsql as $$
declare
  v int8 := pg_temp.make_item(p_code, '测试相遇事项' || p_code, true, 10);
begin
  delete from hall.item_step where item_version_id = v and seq > 0;
  insert into hall.item_step values (v, 1, 'handle', '承办', pg_temp.post('t.in'), 2), (v, 2, 'review', '审核', pg_temp.post('t.in'), 2),
    (v, 3, 'decide', '批准', pg_temp.post('t.in'), 2), (v, 4, 'close', '办结', pg_temp.post('t.in'), null);
  update hall.item_version set fee = 1250, fee_basis = '某办法第三条', handling = p_handling, result_doc = '测试许可证' where item_version_id = v;
  return v;
end $$;
-- A joint one (PAR): both its reviews are the receiving post's own, silence counts for the first before any light turns.
create function meet.joint_item() returns int8 language plpgsql as $$
declare
  v int8 := meet.item('T-M3', 'joint');
begin
  update hall.item_step set limit_days = null where item_version_id = v;
  insert into hall.item_review (item_version_id, seq, matter, post_id, limit_n, unit, conditional, deem_basis) values
    (v, 1, '甲审查', pg_temp.post('t.in'), 3, 'workday', false, '测试规定第一条'), (v, 2, '乙审查', pg_temp.post('t.in'), 5, 'workday', false, null);
  return v;
end $$;
-- One that silence grants, and that may renew (DEEM-5).
create function meet.silent_item() returns int8 language plpgsql as $$
declare
  v int8 := meet.item('T-M4', 'promised');
begin
  update hall.item_version set promise_basis = '测试规定第五条', renewal_basis = '行政许可法第五十条' where item_version_id = v;
  return v;
end $$;
create table meet.item_made as select meet.item('T-M1', 'promised') as promised, meet.item('T-M2', 'immediate') as immediate, meet.joint_item() as joint,
  meet.silent_item() as silent;

-- The ways to the cases that meet: commands one after another.
create table meet.shape (no int4, name text, way text, due bool not null default false);
insert into meet.shape values
  (1, 'received', 'print except:urgent keep put'),
  (2, 'correcting', 'print except:urgent keep put correct'),
  (3, 'at a step', 'print keep put accept advance fee granted:second_correction granted:fee_reduce except:urgent'),
  (4, 'at the deciding step', 'print keep accept advance advance'),
  (5, 'just accepted', 'print keep accept'),
  (6, 'with a procedure', 'print keep put accept fee granted:fee_reduce except:urgent suspend'),
  (7, 'waiting', 'print keep accept granted:second_correction correct'),
  (8, 'forwarded', 'print keep put accept fee granted:fee_reduce except:urgent forward'),
  (9, 'decided', 'print keep put accept fee granted:fee_reduce advance advance decide'),
  (10, 'decided and paid', 'print keep accept fee pay advance advance decide'),
  (11, 'closed', 'print keep put accept fee granted:fee_reduce advance advance decide close'),
  (12, 'closed and paid', 'print keep accept fee pay advance advance decide close'),
  (13, 'declined', 'print keep put decline'),
  (14, 'withdrawn', 'print keep put withdraw'),
  (15, 'joint, checking', 'joint'),
  (16, 'joint, in review', 'joint check:1 check:2 accept'),
  (17, 'joint, answered', 'joint check:1 check:2 accept opine:1 want:2'),
  (18, 'joint, deemed', 'joint check:1 check:2 accept deem'),
  (19, 'joint, called', 'joint check:1 check:2 accept call'),
  (20, 'joint, meeting', 'joint check:1 check:2 accept call attend'),
  (21, 'silent', 'silent accept'),
  (22, 'granted by silence', 'silent accept grant');
update meet.shape set due = true where name in ('received', 'correcting', 'just accepted', 'with a procedure', 'waiting', 'joint, checking', 'joint, in review');

create function meet.version(p_case int8) returns int4 language sql stable as $$ select version from hall.case_file where case_id = p_case $$;
-- Silence until it counts; the hall's clock goes back, the case's moment does not.
create function meet.deem(p_case int8, p_kind text) returns void language plpgsql as $$
declare
  now timestamptz := hall.clock();
begin
  perform pg_temp.at((select d.at from hall.due d where d.case_id = p_case and d.kind = p_kind));
  perform rule.settle(p_case);
  perform pg_temp.at(now);
end $$;
create function meet.attend(p_case int8) returns void language plpgsql as $$
declare
  now timestamptz := hall.clock();
begin
  perform pg_temp.at(now + interval '2 minutes');
  execute meet.text('meeting_attend', p_case, 't.zhang', 0);
  perform pg_temp.at(now);
end $$;
create function meet.made(p_way text) returns int8 language plpgsql as $$
declare
  o outcome;
  c int8;
  step text;
  file bytea := convert_to(E'%PDF-1.4 scan\n%%EOF', 'UTF8');
begin
  select r.case_id into c from meet.item_made i, pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}',
    p_item => case when p_way ~ 'joint' then i.joint when p_way ~ 'silent' then i.silent when p_way ~ 'accept' then i.promised else i.immediate end) r;
  foreach step in array string_to_array(p_way, ' ') loop
    o := null;
    case split_part(step, ':', 1)
      when 'print' then execute meet.text('notice_print', c, 't.zhang', 0);
      when 'keep' then execute meet.text('paper_keep', c, 't.zhang', 0);
      when 'put' then perform api.paper_put('token t.zhang', c, sha256(file), octet_length(file), null, 'scan.pdf', 0, file);
      when 'except' then o := pg_temp.ask(split_part(step, ':', 2), c);
      when 'granted' then perform pg_temp.except(split_part(step, ':', 2), c, 't.zhang',
        case split_part(step, ':', 2) when 'fee_reduce' then 't.chen' else 't.sun' end);
      when 'correct' then o := pg_temp.correct(c, meet.version(c), '{3}', '{defective}', '{请补盖章}');
      when 'accept' then o := pg_temp.accept(c, meet.version(c));
      when 'decline' then o := pg_temp.decline(c, meet.version(c));
      when 'withdraw' then o := pg_temp.withdraw(c, meet.version(c), p_on => rule.day_of(hall.clock()));
      when 'joint', 'silent' then null;
      when 'call' then execute meet.text('meeting_call', c, 't.zhang', 0);
      when 'attend' then perform meet.attend(c);
      when 'check' then execute replace(meet.text('review_check', c, 't.zhang', 0), '1''::smallint, ''complete', split_part(step, ':', 2) || '''::smallint, ''complete');
      when 'opine' then execute meet.text('review_opine', c, 't.zhang', 0);
      when 'want' then execute meet.text('review_want', c, 't.zhang', 0);
      when 'deem', 'grant' then perform meet.deem(c, step);
      when 'fee' then o := pg_temp.act('fee_ask', c, meet.version(c), 't.zhang', '{"amount": 1250}');
      when 'pay' then o := pg_temp.act('fee_pay', c, meet.version(c), 't.zhang', jsonb_build_object('receipt', 'GK' || c));
      else o := pg_temp.act(step, c, meet.version(c), 't.zhang', case step when 'suspend' then jsonb_build_object('until', rule.day_of(hall.clock()) + 3) else '{}' end);
    end case;
    update slot s set seq = k.seq from hall.session v join hall.window w using (window_id) join hall.command k using (window_id)
    where v.token_sha256 = sha256(('token ' || s.login)::bytea) and k.slot = 0 and v.closed_at is null;
    if o.status <> 0 then
      raise exception '% cannot %: %', p_way, step, o.code;
    end if;
  end loop;
  return c;
end $$;

create table meet.lawful (state text, shape int4, fn text, login text, alone text[], moves bool, versioned bool, primary key (shape, fn));
create table meet.met (state text, a text, b text, primary key (state, a, b));

-- What could be done to a case of this shape, by whom, and how it is afterwards.
create function meet.try_all(p_shape int4, p_case int8) returns void language plpgsql as $$
declare
  f text;
  l text;
  s record;
  was int4 := meet.version(p_case);
begin
  for f in select w from meet.writes() w order by w loop
    foreach l in array '{t.zhang,t.chen,t.sun}'::text[] loop
      select * into s from meet.serial(p_case, array[meet.text(f, p_case, l, 1)]);
      if s.told = 'done' then
        insert into meet.lawful
        select c.state, p_shape, f, l, s.left_as,
          not exists (select from unnest(s.left_as) w where w ~ '^case_file: ' and w ~ (' version=' || was || '( |$)')),
          exists (select from pg_proc p where p.pronamespace = 'api'::regnamespace and p.proname = f and 'p_version' = any (p.proargnames))
        from hall.case_file c where c.case_id = p_case;
        exit;
      end if;
    end loop;
  end loop;
end $$;

create function meet.answer() returns text language plpgsql as $$
declare
  told text;
begin
  select t.code into told from dblink_get_result('b', false) t (code text);
  told := coalesce(told, 'error: ' || dblink_error_message('b'));
  perform from dblink_get_result('b', false) t (code text);
  return told;
end $$;
alter function meet.answer() set search_path = tap, pg_temp;

-- Whether B waits for A; false: it has its answer already.
create function meet.waits(p_a int4, p_b int4) returns bool language plpgsql as $$
begin
  loop
    if tap.dblink_is_busy('b') = 0 then
      return false;
    elsif p_a = any (pg_blocking_pids(p_b)) then
      return true;
    end if;
    perform pg_sleep(0.0005);
  end loop;
end $$;

create function meet.complain(p_what text, p_wanted text[], p_got text[]) returns setof text language sql as $$
  select p_what || coalesce(' | wanted ' || (select string_agg(w, '; ') from unnest(p_wanted) w where w <> all (p_got)), '')
    || coalesce(' | got ' || (select string_agg(w, '; ') from unnest(p_got) w where w <> all (p_wanted)), '')
  where p_wanted is distinct from p_got
$$;
commit;

begin;
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang'), pg_temp.login('t.li', 9902), pg_temp.login('t.chen', 9903), pg_temp.login('t.sun', 9904);
end $$;
commit;

create table meet.session (a int4, b int4);

-- A, then B while A is open; what B was told, whether it waited, what there is then.
create function meet.let_meet(p_case int8, p_calls text[], p_commit_a bool, p_commit_b bool, out told_a text, out told_b text,
  out waited bool, out left_as text[]) language plpgsql set search_path = tap, pg_temp as $$
declare
  s meet.session := (select x from meet.session x);
begin
  perform dblink_exec('a', 'begin');
  select t.code into told_a from dblink('a', p_calls[1]) t (code text);
  perform dblink_exec('b', 'begin');
  perform dblink_send_query('b', p_calls[2]);
  waited := meet.waits(s.a, s.b);
  perform dblink_exec('a', case when p_commit_a then 'commit' else 'rollback' end);
  told_b := meet.answer();
  select t.got into left_as from dblink('b', format('select meet.state_of(%s)', p_case)) t (got text[]);
  perform dblink_exec('b', case when p_commit_b then 'commit' else 'rollback' end);
exception when others then
  perform dblink_exec(x, 'rollback', false) from unnest('{a,b}'::text[]) x;
  told_b := 'error: ' || sqlerrm;
end $$;

-- One: a case of this shape on which A takes its work back; the other: one on which it does not.
create function meet.once(p_one int8, p_other int8, a meet.lawful, b meet.lawful) returns setof text language plpgsql as $$
declare
  name text := format('%s: %s meets %s', a.state, b.fn, a.fn);
  calls text[] := array[meet.text(a.fn, p_one, a.login, 1), meet.text(b.fn, p_one, b.login, 2)];
  m record := meet.let_meet(p_one, calls, false, false);
  s record;
begin
  if m.told_a <> 'done' or not m.waited and m.told_b = 'done' then
    return next name || ': A was told ' || m.told_a || ', B did ' || case when m.waited then '' else 'not ' end || 'wait';
  end if;
  return query select * from meet.complain(name || ', which is taken back', b.alone || 'done'::text, m.left_as || m.told_b);
  calls := array[meet.text(a.fn, p_other, a.login, 1), meet.text(b.fn, p_other, b.login, 2)];
  if a.moves and b.versioned then
    select 'case.changed' as told, a.alone as left_as into s;
  else
    s := meet.serial(p_other, calls);
  end if;
  m := meet.let_meet(p_other, calls, true, true);
  return query select * from meet.complain(name, s.left_as || s.told, m.left_as || m.told_b);
end $$;

-- The sweep and a command on a case for which something is due. The sweep passes over a case
-- that a command holds; a command waits for the sweep, and finds done what was due.
create function meet.once_due(p_case int8, f meet.lawful, p_sweep_first bool, p_numbered bool) returns setof text language plpgsql as $$
declare
  name text := f.state || ': ' || case when p_sweep_first then f.fn || ' meets the sweep' else 'the sweep meets ' || f.fn end;
  sweep text := meet.text('tick', p_case, null, null);
  command text := meet.text(f.fn, p_case, f.login, 1);
  s record;
  m record;
begin
  if p_sweep_first then
    s := meet.serial(p_case, array[command]);
    m := meet.let_meet(p_case, array[sweep, command], false, false);
    return query select * from meet.complain(name || ', which is taken back', s.left_as || s.told || true::text, m.left_as || m.told_b || m.waited::text);
    s := meet.serial(p_case, array[sweep, command]);
    m := meet.let_meet(p_case, array[sweep, command], true, true);
    return query select * from meet.complain(name, s.left_as || s.told || true::text, m.left_as || m.told_b || m.waited::text);
  else
    m := meet.let_meet(p_case, array[command, sweep], false, false);
    return query select * from meet.complain(name || ', which is taken back', meet.state_of(p_case), m.left_as);
    s := meet.serial(p_case, array[command]);
    m := meet.let_meet(p_case, array[command, sweep], true, false);
    return query select * from meet.complain(name, s.left_as || s.told, m.left_as || m.told_a);
    if m.waited and not p_numbered or m.told_b not in ('done', '0') then -- a number is waited for, a case is not
      return next name || ': it waited, or was told ' || m.told_b;
    end if;
  end if;
  if exists (select from hall.due d where d.case_id = p_case and d.at <= hall.clock()) then
    return next name || ': what was due did not happen';
  end if;
end $$;

create table meet.told (what text);
create procedure meet.start() language plpgsql as $$
begin
  set search_path = tap, pg_temp;
  perform dblink_connect(x, format('host=%s dbname=%s', current_setting('unix_socket_directories'), current_database()))
  from unnest('{a,b}'::text[]) x;
  perform dblink_exec(x, 'set lock_timeout = ''10s''; set synchronous_commit = off') from unnest('{a,b}'::text[]) x;
  insert into meet.session select a.p, b.p from dblink('a', 'select pg_backend_pid()') a (p int4), dblink('b', 'select pg_backend_pid()') b (p int4);
end $$;

create procedure meet.meet_due() language plpgsql as $$
declare
  s meet.shape;
  made int8[];
  f meet.lawful;
  i int4;
begin
  for s in select * from meet.shape where due order by no loop
    made := '{}';
    for i in 1 .. 2 * (select count(*) from meet.lawful l where l.shape = s.no) loop
      made := made || meet.made(s.way);
    end loop;
    perform pg_temp.at((select min(d.at) + interval '1 minute' from hall.due d where d.case_id = made[1]));
    perform rule.settle(d.case_id) from (select distinct x.case_id from hall.due x where x.at <= hall.clock() and x.case_id <> all (made)) d;
    commit;
    i := 0;
    for f in select * from meet.lawful l where l.shape = s.no order by l.fn loop
      insert into meet.told select * from meet.once_due(made[i + 1], f, true, null);
      insert into meet.told select * from meet.once_due(made[i + 2], f, false, s.name in ('received', 'correcting'));
      i := i + 2;
      commit;
    end loop;
    insert into meet.met select distinct s.name, 'sweep', l.fn from meet.lawful l where l.shape = s.no;
  end loop;
  perform pg_temp.at(pg_temp.moment('2026-11-23 10:00')); -- where it is known what each command does
end $$;

-- Two commands of the state machine meet in every state that allows both; one beside it meets each other one once.
create procedure meet.meet_all(p_full bool) language plpgsql as $$
declare
  s meet.shape;
  one int8;
  other int8;
  p record;
begin
  for s in select * from meet.shape order by no loop
    one := meet.made(s.way);
    commit;
    for p in
      select a, b from meet.lawful a join meet.lawful b on b.shape = a.shape
      where a.shape = s.no and not exists (select from meet.met m where (m.a, m.b) = (a.fn, b.fn)
        and (m.state = a.state or not p_full and not (a.moves and b.moves)))
      order by a.fn, b.fn
    loop
      other := meet.made(s.way);
      commit;
      insert into meet.told select * from meet.once(one, other, p.a, p.b);
      insert into meet.met values ((p.a).state, (p.a).fn, (p.b).fn);
      commit;
    end loop;
  end loop;
end $$;

create procedure meet.know() language plpgsql as $$
declare
  s meet.shape;
  c int8;
begin
  for s in select * from meet.shape order by no loop
    c := meet.made(s.way);
    commit;
    perform meet.try_all(s.no, c);
    commit;
  end loop;
end $$;

set synchronous_commit = off;
call meet.start();
call meet.know();
call meet.meet_due();
call meet.meet_all(:full);

\echo told
select * from meet.told;
\echo missing
select t.from_state || ' × ' || t.action from hall.transition t
where t.done_by <> 'system' and t.from_state <> 'none'
  and not exists (select from meet.lawful l where l.state = t.from_state
    and l.fn = case t.action when 'void' then 'notice_void' else 'case_' || t.action end) group by 1;
select w from meet.writes() w where not exists (select from meet.lawful l where l.fn = w);
\echo verify
select * from hall.verify();
\echo met
select count(*) from meet.met;
