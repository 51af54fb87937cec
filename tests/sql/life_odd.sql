-- The life of a case where its rules meet: standing still and overdue, answers and papers after
-- acceptance, extensions of what is over, absurd input.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
select plan(61);
insert into hall.window (no, name, cert_sha256) values (9904, '测试四', sha256('window 9904'));
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.sun', 9904);
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.chen', 9903);
end $$;

-- four steps, limits of their own; a fee of 12.50 yuan
create function pg_temp.long_item(p_code text, p_fee int8 default 1250, p_handling text default 'promised', p_promised int4 default 5,
  p_unit text default 'workday') returns int8 language plpgsql as $$
declare
  v int8 := pg_temp.make_item(p_code, '测试长流程事项' || p_code, true, p_promised, p_unit);
begin
  delete from hall.item_step where item_version_id = v and seq > 0;
  insert into hall.item_step values (v, 1, 'handle', '承办', pg_temp.post('t.in'), 1), (v, 2, 'review', '审核', pg_temp.post('t.rev'), 2),
    (v, 3, 'decide', '批准', pg_temp.post('t.rev'), 1), (v, 4, 'close', '办结', pg_temp.post('t.in'), null);
  update hall.item_version set fee = p_fee, fee_basis = '某办法第三条', handling = p_handling, result_doc = '测试许可证' where item_version_id = v;
  return v;
end $$;
create temp table item as select pg_temp.long_item('T-L1') as id;
create function pg_temp.new_case(p_item int8 default null) returns int8 language plpgsql as $$
declare
  r outcome;
begin
  select * into r from pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_item => coalesce(p_item, (select id from item)));
  return (pg_temp.accept(r.case_id, 1)).case_id;
end $$;
create function pg_temp.go(p text) returns void language plpgsql as $$ begin
  perform pg_temp.at(pg_temp.moment(p));
  perform api.tick(100);
end $$;
-- an action at the version the case has
create function pg_temp.does(p_action text, p_case int8, p_login text default 't.zhang', p jsonb default '{}') returns text language plpgsql as $$
declare
  o outcome := pg_temp.act(p_action, p_case, (pg_temp.file(p_case)).version, p_login, p);
begin
  return coalesce(o.code, 'done');
end $$;
create function pg_temp.clocks(p_case int8) returns text language sql as $$
  select concat_ws(' ', f.state, to_char(f.due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'), f.light, to_char(f.step_due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'), f.step_light)
  from hall.case_file f where f.case_id = p_case
$$;
create function pg_temp.code(o outcome) returns text language sql as $$ select coalesce(o.code, 'done') $$;

-- standing still after the limit has ended
create temp table e as select pg_temp.new_case() as id;
select pg_temp.go('2026-11-30 18:00');
select is(pg_temp.does('suspend', id), 'done', 'suspended an hour after its limit ended') from e;
select is(pg_temp.clocks(id), 'suspended 11-30 17:00 yellow 11-24 17:00 red', 'the limit has ended and stays') from e;
select pg_temp.go('2026-12-01 00:00');
select is(pg_temp.clocks(id), 'suspended 11-30 17:00 red 11-24 17:00 red', 'CLK-5: what is overdue turns red at midnight, standing still or not') from e;
select results_eq('select v.at, v.detail[1], v.detail[3] from e join hall.event v on v.case_id = e.id order by v.seq desc limit 1',
  $$ values (pg_temp.moment('2026-12-01 00:00'), 'light', 'red') $$, 'on record');
select pg_temp.go('2026-12-08 10:00');
select is(array_agg(pg_temp.does(a.action, e.id, a.login) order by a.o), '{done,done,done,done,done}', 'it goes to its end')
from e, (values (1, 'resume', 't.zhang'), (2, 'advance', 't.zhang'), (3, 'advance', 't.li'), (4, 'decide', 't.li'), (5, 'close', 't.zhang')) a (o, action, login);
select results_eq($$ select o.timing, o.spare from e join hall.case_outcome o on o.case_id = e.id where o.event = 'close' $$, $$ values ('overdue', -1) $$,
  'CLK-6: the five working days it stood still are not the window''s');
select ok(pg_temp.says(pg_temp.last_paper(id, 'finish')) like '%超期1个工作日办结%', 'nor are they on its paper') from e;

-- an extension does not make longer what is over
create temp table x as select pg_temp.new_case() as id; -- 8 December
select pg_temp.go('2026-12-10 10:00');
select is(pg_temp.does('extend', id, 't.chen', '{"days": 3}'), 'done', 'extended when the step''s own limit is over') from x;
select is(pg_temp.clocks(id), 'accepted 12-18 17:00 green 12-09 17:00 red', 'CASE-7: the promise is longer, the step''s limit is not') from x;
select is_empty($$ select d.* from x, api.case_due('token t.zhang', x.id, 'step') d where d.part = 'kept' $$, 'CLK-3: and its proof needs no change of the calendar');
select pg_temp.go('2026-12-11 10:00');
select is(pg_temp.code(pg_temp.void(id, 3)), 'void.another_day', 'voided the next day by nobody of the department') from x;
select is(pg_temp.code(pg_temp.void(id, 3, 't.sun')), 'done', 'but by a supervisor') from x;
select is(pg_temp.clocks(id), 'accepted 12-15 17:00 green 12-09 17:00 red', 'as it was') from x;

-- an answer after acceptance (ONE-3)
create temp table q as select pg_temp.new_case() as id; -- 11 December
do $$ begin
  perform pg_temp.except('second_correction', id, 't.zhang', 't.sun') from q;
  perform pg_temp.correct(id, 2, '{3}', '{defective}', '{请补盖章}') from q;
  perform pg_temp.go('2026-12-16 10:00');
  perform pg_temp.answer(id, 3, '{3}', '{present}') from q;
end $$;
create temp table answered as select pg_temp.says(pg_temp.last_paper(id, 'receipt')) as said from q;
select ok(said like '%收件日期 2026年12月16日（第2次收件）%' and said like '%本次申请此前已经受理%', 'DOC-1: its receipt is of this delivery, and says that the limit goes on') from answered;
select ok(said not like '%即为受理%', 'nothing will be accepted any more') from answered;
select ok(pg_temp.says((select n from hall.notice n join q on n.case_id = q.id where n.kind = 'receipt' order by n.notice_id limit 1))
  like '%本窗口将在2026年12月18日17:00前作出受理%', 'which is for the receipt of the application to say');
do $$ begin perform pg_temp.does('advance', id) from q; perform pg_temp.does('advance', id, 't.li') from q; perform pg_temp.does('decide', id, 't.li') from q; end $$;
select ok(pg_temp.says(pg_temp.last_paper(id, 'grant')) like '你于2026年12月11日提交%' or pg_temp.says(pg_temp.last_paper(id, 'grant')) like '%|你于2026年12月11日提交%',
  'the decision names the day of the application') from q;

-- the server was away while the light of a step, then that of the total clock turned
create temp table w as select pg_temp.new_case() as id; -- 16 December, a Wednesday
select pg_temp.go('2026-12-30 09:00');
select pg_temp.go('2026-12-30 09:01'); -- what the first sweep put down
select results_eq($$ select v.detail[1], v.detail[3], to_char(v.at at time zone 'Asia/Shanghai', 'MM-DD') from w join hall.event v on v.case_id = w.id and v.event = 'light' order by v.seq $$,
  $$ values ('step_light', 'yellow', '12-17'), ('step_light', 'red', '12-18'), ('light', 'yellow', '12-23'), ('light', 'red', '12-24') $$, 'each turns once, in order');
select results_eq($$ select h.note, h.actor from w, api.case_history('token t.zhang', w.id) h where h.event = 'light' $$,
  $$ values ('环节期限 绿 → 黄', 'system'), ('环节期限 黄 → 红', 'system'), ('承诺期限 绿 → 黄', 'system'), ('承诺期限 黄 → 红', 'system') $$, 'the history tells which light, from what to what');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-30 10:00')); end $$;

-- absurd input
create temp table z as select pg_temp.new_case() as id;
select results_eq($$ select o.code, o.arg1 from z, api.case_suspend('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('s'),
  z.id, 2, 'hearing', '依法听证', null, '9999-12-31', null) o $$, $$ values ('suspend.expected', 'expected') $$, 'CASE-6: a stated end eight thousand years ahead is refused, at once');
select results_eq($$ select o.code, o.arg1 from z, pg_temp.act('suspend', z.id, 2, 't.zhang', '{"until": "2199-12-31", "expected": 10}') o $$,
  $$ values ('suspend.expected', 'until') $$, 'with an expected length, too');
select is(pg_temp.code(pg_temp.act('extend', id, 2, 't.chen', '{"days": 2147483647}')), 'extend.days', 'no extension without end') from z;

-- who stands in for whom
create temp table n as select pg_temp.new_case() as id;
savepoint posts;
do $$ begin update hall.post set duty = 'review' where code = 't.chief'; end $$;
select is(pg_temp.does('extend', id), 'exception.chief', 'CASE-7: without a chief representative nobody extends, the holder of the step least of all') from n;
rollback to posts;

-- extended while it stands still: there is no date to tell (CLK-2)
do $$ begin perform pg_temp.does('suspend', id) from n; end $$;
select is(pg_temp.does('extend', id, 't.chen'), 'done', 'extended while it stands still') from n;
create temp table still as select pg_temp.says(pg_temp.last_paper(id, 'extend')) as said from n;
select ok(said not like '%前（含当日）%' and said like '%延长后的期限 办理期限现停止计算，恢复后连同延长的5个工作日接续计算%', 'its paper tells no date') from still;
select ok(pg_temp.says(pg_temp.last_paper(id, 'extend')) like '%原定期限 2026年12月15日前（含当日）|延长后的期限 2026年12月18日前（含当日）%', 'that of a limit that runs does') from x;

-- typed words are masked wherever they are read (SEC-1)
create temp table m as select pg_temp.new_case() as id;
do $$ begin perform pg_temp.does('forward', id, p => '{"authority": "市某局 欧阳小明", "document_no": "欧阳小明1号"}') from m; end $$;
select results_eq($$ select s.authority, s.document_no, c.standing from m, api.case_stands('token t.sun', m.id) s, api.case_show('token t.sun', m.id) c $$,
  $$ values ('市某局 欧***', '欧***1号', '市某局 欧***') $$, 'with which authority, by which paper: no applicant''s name to others');
select results_eq($$ select s.authority, c.standing from m, api.case_stands('token t.zhang', m.id) s, api.case_show('token t.zhang', m.id) c $$,
  $$ values ('市某局 欧阳小明', '市某局 欧阳小明') $$, 'plain to those who handle it');

-- papers tell the promise the date on them follows from (CASE-7, CASE-10)
create temp table h as select (pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_item => item.id)).case_id as id from item;
do $$ begin
  perform pg_temp.does('expedite', id, 't.sun', '{"promised": 3}') from h;
  perform pg_temp.accept(id, 2) from h;
end $$;
select ok(pg_temp.says(pg_temp.last_paper(id, 'acceptance')) like '%承诺期限 3个工作日|办结日期 2027年1月4日前（含当日）|%', 'expedited before it was accepted') from h;
do $$ begin
  perform pg_temp.does('extend', id, 't.chen', '{"days": 2}') from h;
  perform pg_temp.does('advance', id) from h;
  perform pg_temp.does('advance', id, 't.li') from h;
  perform pg_temp.does('decide', id, 't.li') from h;
  perform pg_temp.does('close', id) from h;
end $$;
select ok(pg_temp.says(pg_temp.last_paper(id, 'finish')) like '%承诺期限 3个工作日，延长2个工作日|%', 'then extended') from h;

-- fees
create temp table c1 as select pg_temp.new_case(pg_temp.long_item('T-C1', null)) as id;
select is(pg_temp.does('fee_ask', id, p => '{"amount": 9223372036854775807, "note": "按面积"}'), 'fee.amount', 'no amount that capital numerals cannot say') from c1;
select is(pg_temp.does('fee_ask', id, p => '{"amount": 99999999999999, "note": "按面积"}'), 'done', 'the largest they can') from c1;
select ok(pg_temp.says(pg_temp.last_paper(id, 'fee')) like '%人民币玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分（999999999999.99元）%', 'in both ways') from c1;
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-12-30 10:05'));
  perform pg_temp.reissue((pg_temp.last_paper(id, 'fee')).notice_id) from c1;
  perform pg_temp.at(pg_temp.moment('2026-12-30 10:10'));
  perform pg_temp.does('fee_ask', id, p => '{"amount": 100, "note": "重算"}') from c1;
end $$;
select results_eq($$ select f.amount, f.notice, f.voided_at is not null from c1, api.fee_list('token t.zhang', c1.id) f $$,
  $$ values (99999999999999, '示测费〔2026〕00002号', true), (100, '示测费〔2026〕00003号', false) $$, 'each fee with its own last paper');

-- a proof names the calendar it was made by (CLK-3): each year whose days change gets a version
create temp table was as select y.year, y.version from hall.calendar_year y;
do $$ begin
  perform admin.load_calendar('2025.json', '{"year": 2025, "papers": ["示例"], "days": [{"name": "元旦", "date": "2024-12-31", "isOffDay": true}]}', '补录');
end $$;
select results_eq($$ select w.year, y.version - w.version from was w join hall.calendar_year y on y.year = w.year where w.year in (2023, 2024, 2025) order by 1 $$,
  $$ values (2023, 0), (2024, 1), (2025, 1) $$, 'also the year before that of the file');
do $$ begin perform admin.set_hours('10-01', '冬季', '09:00', '12:00', '13:30', '16:30', '冬季作息调整'); end $$;
select ok(bool_and(y.version > w.version), 'opening hours hold in every year') from was w join hall.calendar_year y on y.year = w.year;

-- planted behind the rules' back: hall.verify() notices. Later than any change of the calendar.
create function pg_temp.planted(p_sql text) returns text language plpgsql as $$
declare
  said text;
begin
  execute p_sql;
  select string_agg(distinct v.fault, ' ' order by v.fault) into said from hall.verify() v;
  raise exception using errcode = 'YM998', message = coalesce(said, 'nothing');
exception when sqlstate 'YM998' then
  return sqlerrm;
end $$;
do $$ begin
  update hall.session set expires_at = 'infinity';
  perform pg_temp.go('2041-03-04 09:00'); -- a Monday
end $$;
create temp table p as select pg_temp.new_case() as run, pg_temp.new_case() as done;
do $$ begin
  perform pg_temp.does('fee_ask', run, p => '{"amount": 1250}') from p;
  perform pg_temp.does('suspend', run, p => '{"until": "2041-03-06"}') from p;
  perform pg_temp.go('2041-03-07 10:00');
  perform pg_temp.does('extend', run, 't.chen') from p;
  perform pg_temp.does('expedite', run, 't.sun') from p;
  perform pg_temp.does('advance', done) from p;
  perform pg_temp.does('advance', done, 't.li') from p;
  perform pg_temp.does('decide', done, 't.li', '{"valid_until": "2050-01-01"}') from p;
  perform pg_temp.does('deliver', done) from p;
end $$;
select is(pg_temp.planted(format('update hall.case_file set %s where case_id = %s', t.what, p.run)), t.fault, t.fault || ': ' || t.what) from p, (values
  ('due_at = due_at + interval ''1 minute''', 'case.due clock.due'), ('statutory_at = statutory_at + interval ''1 day''', 'clock.due'),
  ('light = ''red''', 'case.due clock.light'), ('accepted_at = accepted_at - interval ''1 minute''', 'clock.facts'),
  ('step_at = step_at - interval ''1 minute''', 'clock.facts'), ('hurried = null', 'case.due clock.due clock.facts'), ('extended = 6', 'clock.due clock.facts'),
  ('silent = true', 'clock.facts'), ('corrections = 1', 'clock.facts'), ('delivered_at = delivered_at - interval ''1 minute''', 'clock.facts')) t (what, fault);
select is(pg_temp.planted(format('update hall.case_file set %s where case_id = %s', t.what, p.done)), t.fault, t.fault || ': ' || t.what) from p, (values
  ('decided_at = decided_at - interval ''1 minute''', 'clock.facts'), ('granted = false', 'clock.facts'), ('handed_at = null', 'clock.facts'),
  ('due_at = due_at + interval ''1 day''', 'clock.due'), ('deliver_at = deliver_at + interval ''1 day''', 'clock.deliver'), ('step_seq = 2', 'case.stray clock.due')) t (what, fault);
select is(pg_temp.planted(format('update hall.fee set %s where case_id = %s', t.what, p.run)), 'fee.when', 'fee: ' || t.what) from p, (values
  ('voided_at = asked_at'), ('asked_at = asked_at - interval ''1 day'''), ('paid_keyed_at = asked_at'), ('notice_id = null')) t (what);
select is(pg_temp.planted(format('update hall.stand set outcome = ''x'' where case_id = %s', run)), 'stand.end', 'what came of standing still') from p;
select is(pg_temp.planted(format('update hall.case_outcome set %s where event = %L and case_id = %s', t.what, t.event, p.done)), 'outcome.content', 'outcome: ' || t.what)
from p, (values ('how = ''post''', 'deliver'), ('valid_until = ''2060-01-01''', 'decide')) t (what, event);
select is(pg_temp.planted('update hall.due set rank = 99'), 'case.due', 'the order of timed facts');

select is_empty($$ select * from hall.verify() $$, 'sound');
select * from finish(true);
rollback;
