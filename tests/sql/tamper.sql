-- SEC-2: outcomes, the register, exceptions, amendments, void papers, first contacts and who
-- accompanies a case are in the trail by what they say, so whatever is changed in them by hand is
-- found. tests/sql/trail.sql has the rest.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(42);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.sun', 9902);
end $$;
create temp table quick as select pg_temp.make_item('T-003', '测试即办事项') as item;
update hall.item_version v set handling = 'immediate' from quick where v.item_version_id = quick.item;
create temp table c as select name, (pg_temp.receive_all()).case_id
from unnest(array['told', 'declined', 'withdrawn', 'taken_back', 'amended', 'asked']) name;
insert into c select 'finished', (pg_temp.receive('{1,2,3,4}', '{present,present,present,present}', p_item => item)).case_id from quick;
create function pg_temp.c(p text) returns int8 language sql as $$ select case_id from c where name = p $$;
do $$ begin
  perform pg_temp.correct(pg_temp.c('told'), 1, '{2}', '{defective}', '{看不清}');
  perform pg_temp.decline(pg_temp.c('declined'), 1);
  perform pg_temp.withdraw(pg_temp.c('withdrawn'), 1);
  perform pg_temp.correct(pg_temp.c('taken_back'), 1, '{2}', '{absent}');
  perform pg_temp.void(pg_temp.c('taken_back'), 2);
  perform pg_temp.amend(pg_temp.c('amended'), 1, p_phone => '13900000000');
  perform pg_temp.finish(pg_temp.c('finished'), 1, p_no => '食许001');
  perform pg_temp.ask('major_decline', pg_temp.c('asked'));
  perform pg_temp.ask('late_month', null, 'A-1');
  perform pg_temp.reissue((pg_temp.last_paper(pg_temp.c('declined'), 'decline')).notice_id, p_facts => '另有事实');
  perform api.visit_record('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('v'),
    '怎么办证', 'pointed', '来访人', null, null, null, 9901, null, null);
  perform api.agent_log('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('l'),
    pg_temp.c('told'), 'visit', '陪同勘验', 't.wang');
end $$;
select is_empty($$ select * from hall.verify() $$, 'sound');

set session_replication_role = replica;
create function pg_temp.found(p_sql text) returns text[] language plpgsql as $$
declare
  faults text[];
begin
  begin
    execute p_sql;
    faults := array(select distinct fault from hall.verify() order by 1);
    raise exception 'undo' using errcode = 'UNDO1';
  exception when sqlstate 'UNDO1' then
    return faults;
  end;
end $$;
select is(pg_temp.found('update hall.' || t.change), array[t.fault], t.fault || ': ' || t.change) from (values
  ('case_outcome set document = $$x$$ where case_id = pg_temp.c($$finished$$)', 'outcome.content'),
  ('case_outcome set document_no = null where case_id = pg_temp.c($$finished$$)', 'outcome.content'),
  ('case_outcome set timing = $$overdue$$ where case_id = pg_temp.c($$finished$$)', 'outcome.content'),
  ('case_outcome set spare = spare + 1 where case_id = pg_temp.c($$finished$$)', 'outcome.content'),
  ('case_outcome set signed_by = $$别人$$ where case_id = pg_temp.c($$withdrawn$$)', 'outcome.content'),
  ('case_outcome set signed_on = signed_on - 1 where case_id = pg_temp.c($$withdrawn$$)', 'outcome.content'),
  ('case_outcome set remark = $$x$$ where case_id = pg_temp.c($$withdrawn$$)', 'outcome.content'),
  ('case_outcome set voided_at = hall.clock() where case_id = pg_temp.c($$withdrawn$$)', 'outcome.void'),
  ('negative set facts = $$x$$ where case_id = pg_temp.c($$told$$)', 'negative.content'),
  ('negative set basis = $$x$$ where case_id = pg_temp.c($$declined$$)', 'negative.content'),
  ('negative set facts = $$自用，不对外经营。$$ where case_id = pg_temp.c($$declined$$)', 'negative.content'),
  ('negative set major = not major where case_id = pg_temp.c($$declined$$)', 'negative.content'),
  ('negative set why = $$not_permitted$$ where case_id = pg_temp.c($$declined$$)', 'negative.content'),
  ('negative set staff_id = staff_id + 1 where case_id = pg_temp.c($$declined$$)', 'negative.content'),
  ('negative set at = at - interval $$1 day$$ where case_id = pg_temp.c($$told$$)', 'negative.content'),
  ('negative set voided_at = hall.clock() where case_id = pg_temp.c($$told$$)', 'negative.void'),
  ('negative set voided_at = null where case_id = pg_temp.c($$taken_back$$)', 'negative.void'),
  ('amended set before = $$x$$ where case_id = pg_temp.c($$amended$$)', 'amended.content'),
  ('amended set after = $$x$$ where case_id = pg_temp.c($$amended$$)', 'amended.content'),
  ('amended set version = 7 where case_id = pg_temp.c($$amended$$)', 'amended.content'),
  ('case_before set file = file || $${"term_at": "2027-12-01T17:00:00+08:00"}$$ where case_id = pg_temp.c($$told$$)', 'outcome.before'),
  ('case_before set told = array[2::int2] where case_id = pg_temp.c($$told$$)', 'outcome.before'),
  ('exception set state = $$granted$$, decided_at = hall.clock(), decided_by = asked_by where case_id = pg_temp.c($$asked$$)', 'exception.trail'),
  ('exception set reason = $$x$$ where case_id = pg_temp.c($$asked$$)', 'exception.trail'),
  ('exception set state = $$granted$$, decided_at = hall.clock() where subject = $$A-1$$', 'exception.trail'),
  ('exception set subject = $$A-2$$ where subject = $$A-1$$', 'exception.trail'),
  ('notice set voided_at = hall.clock(), void_reason = $$x$$ where case_id = pg_temp.c($$told$$) and kind = $$correction$$', 'notice.void'),
  ('notice set voided_at = null, void_reason = null where case_id = pg_temp.c($$taken_back$$) and kind = $$correction$$', 'notice.void'),
  ('notice set void_reason = $$x$$ where case_id = pg_temp.c($$taken_back$$) and kind = $$correction$$', 'notice.void'),
  ('notice set replaces_id = null where case_id = pg_temp.c($$declined$$)', 'notice.void'),
  ('notice set made_from = jsonb_set(made_from, $${0,words,5}$$, $$"x"$$) where case_id = pg_temp.c($$told$$) and kind = $$correction$$', 'notice.made'),
  ('case_material set state = $$present$$ where case_id = pg_temp.c($$told$$) and seq = 2', 'case.material'),
  ('case_service set staff_id = pg_temp.staff($$t.li$$)', 'case.service'),
  ('visit set told_window_no = 9902', 'visit.words'),
  ('visit set told_place = $$x$$', 'visit.words'),
  ('visit set recorded_at = recorded_at - interval $$1 day$$', 'visit.words'),
  ('visit set closed_at = closed_at - interval $$1 day$$', 'visit.words'),
  ('visit set staff_id = pg_temp.staff($$t.li$$)', 'visit.words')) t (change, fault);
select is(pg_temp.found('delete from hall.amended where case_id = pg_temp.c($$amended$$)'), '{amended.content}', 'what was before thrown away');
select is(pg_temp.found('delete from hall.exception where subject = $$A-1$$'), '{exception.lost}', 'an exception thrown away');
set session_replication_role = origin;
select is_empty($$ select * from hall.verify() $$, 'and sound again');
select * from finish(true);
rollback;
