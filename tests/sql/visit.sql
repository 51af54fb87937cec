-- First contacts (FST-1, FST-2, CASE-1, NEG-4): who records, hands, confirms, closes; what is
-- told, masked, chained; what nobody closed by the end of its day.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
create function pg_temp.record(p_login text, p_result text, p_to text default null, p_reply text default null,
  p_window int4 default null, p_item int8 default null, p_matter text default '问小饭馆要什么证', p_name text default '赵先生',
  p_as text default null) returns outcome language sql as $$
  select * from api.visit_record(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('v'),
    p_matter, p_result, p_name, '13700001111', p_item, pg_temp.post(p_to), p_window, p_reply, pg_temp.post(p_as))
$$;
create function pg_temp.hand(p_login text, p_visit int8, p_version int4, p_to text, p_note text default null)
returns outcome language sql as $$
  select * from api.visit_hand(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('h'),
    p_visit, p_version, pg_temp.post(p_to), p_note)
$$;
create function pg_temp.confirm(p_login text, p_visit int8, p_version int4) returns outcome language sql as $$
  select * from api.visit_confirm(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('k'), p_visit, p_version)
$$;
create function pg_temp.close(p_login text, p_visit int8, p_version int4, p_reply text, p_result text default null, p_to text default null)
returns outcome language sql as $$
  select * from api.visit_close(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('x'),
    p_visit, p_version, p_result, p_reply, pg_temp.post(p_to), null)
$$;
create function pg_temp.visits(p_login text, p_all bool default null, p_late bool default null, p_day date default null) returns int8
language sql as $$ select count(*) from api.visit_list(('token ' || p_login)::bytea, p_all, p_late, null, p_day, null, null, null) $$;
create function pg_temp.visit(o outcome) returns int8 language sql as $$ select o.number::int8 $$;
select plan(79);

insert into hall.post (code, name, department_id, duty)
select 't.two', '测试二号', department_id, 'window' from hall.department where name = '测试局';
insert into hall.staff (login, name, department_id, secret, must_change)
select 't.ma', '马六', department_id, '$argon2id$test', false from hall.department where name = '测试局';
insert into hall.post_place values (pg_temp.post('t.two'), 'A', pg_temp.staff('t.ma'));
insert into hall.post_window select pg_temp.post('t.two'), window_id, '2020-01-01' from hall.window where no = 9902;
insert into hall.window (no, name, cert_sha256)
select n, '测试', sha256(('window ' || n)::bytea) from generate_series(9904, 9906) n;
update hall.window set place = '二楼东侧' where no = 9902;
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.ma', 9902);
  perform pg_temp.login('t.li', 9903);
  perform pg_temp.login('t.sun', 9904);
end $$;

-- FST-1: answered, pointed, handed, kept; with a name or without
create temp table a as select * from pg_temp.record('t.zhang', 'answered', p_reply => '带身份证和租房合同来');
select is(status, 0::int2, 'answered on the spot') from a;
select results_eq($$ select state, result, reply, closed_at is not null, post_id, staff_id, acting, acting_post_id, for_staff_id from hall.visit v, a where v.visit_id = a.number::int8 $$,
  $$ values ('closed', 'answered', '带身份证和租房合同来', true, pg_temp.post('t.in'), pg_temp.staff('t.zhang'), 'A', pg_temp.post('t.in'), null::int8) $$, 'closed at once, with who acted as what (CASE-13)');
select is((pg_temp.record('t.zhang', 'answered')).code, 'visit.reply', 'an answer has words');
select is((pg_temp.record('t.zhang', 'answered', p_matter => ' ', p_reply => '好')).code, 'value.missing', 'a matter, too');
select is((pg_temp.record('t.zhang', 'answered', p_name => null, p_reply => '好')).status, 0::int2, 'a visitor may give no name');
select is((pg_temp.record('t.zhang', 'sent')).code, 'visit.result', 'no other results');
create temp table p as select * from pg_temp.record('t.zhang', 'pointed', 't.two');
select results_eq($$ select state, told_window_no, told_place, told_post_id from hall.visit v, p where v.visit_id = p.number::int8 $$,
  $$ values ('closed', 9902, '二楼东侧', pg_temp.post('t.two')) $$, 'pointed: by number and place');
select is((pg_temp.record('t.zhang', 'pointed', p_window => 9903)).status, 0::int2, 'or to a window as such');
select results_eq($$ select code, arg1 from pg_temp.record('t.zhang', 'pointed', p_window => 9999) $$, $$ values ('visit.window', '9999') $$, 'which exists');
select results_eq($$ select code, arg1 from pg_temp.record('t.zhang', 'pointed', 't.rev') $$, $$ values ('visit.no_window', '测试审核') $$, 'a post without a window today cannot be pointed to');
select is((pg_temp.record('t.zhang', 'pointed')).code, 'visit.where', 'nowhere is no answer');
select is((pg_temp.record('t.ma', 'pointed', p_item => pg_temp.item())).status, 0::int2, 'an item names its own window');
select is((select told_window_no from hall.visit where staff_id = pg_temp.staff('t.ma')), 9901, 'the one that receives it');
select is((pg_temp.record('t.zhang', 'pointed', 't.two', p_item => -1)).code, 'item.none', 'an item that is none');

-- who may: whoever holds a post (SEC-3), as that post
select is((pg_temp.record('t.sun', 'answered', p_reply => '好')).status, 0::int2, 'a supervisor holds a post, too');
do $$ begin perform pg_temp.login('t.admin', 9905); end $$;
select results_eq($$ select status, code from pg_temp.record('t.admin', 'answered', p_reply => '好') $$, $$ values (2::int2, 'post.none') $$, 'who holds none may not');
select results_eq($$ select status, code, arg1 from pg_temp.record('t.zhang', 'answered', p_reply => '好', p_as => 't.two') $$, $$ values (2::int2, 'post.not_holder', '测试二号') $$, 'nor as a post of another');
do $$ begin perform pg_temp.hold('t.in', 't.wang', 'B'); end $$;
do $$ begin perform pg_temp.login('t.wang', 9906); end $$;
select is((pg_temp.record('t.wang', 'answered', p_reply => '好')).status, 0::int2, 'a B covering');
select results_eq($$ select acting, for_staff_id from hall.visit where staff_id = pg_temp.staff('t.wang') $$, $$ values ('B', pg_temp.staff('t.zhang')) $$, 'as B for A (POST-7)');
select results_eq($$ select detail[24], detail[27], detail[30], window_id is not null from hall.audit where subject_kind = 'visit' and staff_id = pg_temp.staff('t.wang') $$,
  $$ values ('B', pg_temp.post('t.in')::text, pg_temp.staff('t.zhang')::text, true) $$, 'so says the chain');
do $$ begin perform pg_temp.hold('t.in', 't.zhang', 'A'); end $$;

-- handed to a post that nobody holds: done, and told (FST-1)
do $$ begin perform pg_temp.hold('t.two', null, null); end $$;
create temp table u as select * from pg_temp.record('t.zhang', 'handed', 't.two', p_matter => '找谁都行');
select results_eq('select status, code, arg1, version from u', $$ values (0::int2, 'visit.unheld', '测试二号', 1) $$, 'handed to a post nobody holds: done, and told');
select results_eq($$ select v.state, v.to_post_id from hall.visit v, u where v.visit_id = u.number::int8 $$, $$ values ('handed', pg_temp.post('t.two')) $$, 'it waits there');
select results_eq($$ select r.code, r.arg1 from api.visit_record('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, (select seq from slot where login = 't.zhang'), sha256('v'),
  '找谁都行', 'handed', '赵先生', '13700001111', null, pg_temp.post('t.two'), null, null, null) r $$, $$ values ('visit.unheld', '测试二号') $$, 'sent twice, told again');
do $$ begin perform pg_temp.hold('t.two', 't.ma', 'A'); end $$;
select is((pg_temp.hand('t.ma', number::int8, 1, 't.rev')).code, null, 'passed on to one that is held: nothing to tell') from u;
do $$ begin perform pg_temp.hold('t.two', null, null); end $$;
select results_eq($$ select o.status, o.code from u, pg_temp.hand('t.zhang', u.number::int8, 2, 't.two') o $$, $$ values (0::int2, 'visit.unheld') $$, 'handed back to nobody: told');
do $$ begin perform pg_temp.hold('t.two', 't.ma', 'A'); perform pg_temp.confirm('t.ma', number::int8, 3) from u; perform pg_temp.close('t.ma', number::int8, 4, '答复了') from u; end $$;

-- handed over: the first contact answers until the other post has confirmed
create temp table h as select * from pg_temp.record('t.zhang', 'handed', 't.two', '找营业执照的');
select results_eq($$ select state, post_id, to_post_id, note, reply from hall.visit v, h where v.visit_id = h.number::int8 $$,
  $$ values ('handed', pg_temp.post('t.in'), pg_temp.post('t.two'), '找营业执照的', null) $$, 'handed: waits, with a word');
select is((pg_temp.record('t.zhang', 'handed', 't.in')).code, 'visit.own_post', 'not to one''s own post');
select is((pg_temp.record('t.zhang', 'handed')).code, 'visit.where', 'to somebody');
select is(pg_temp.visits('t.ma'), 1::int8, 'the other post''s list has it');
select results_eq($$ select confirm, mine, name, matter, actor from api.visit_list('token t.ma', null, null, true, null, null, null, null) $$,
  $$ values (true, false, '赵先生', '问小饭馆要什么证', 'A 张三丰') $$, 'to be confirmed, plain for whom it concerns');
select is((pg_temp.confirm('t.li', h.number::int8, 1)).code, 'post.not_holder', 'nobody else confirms') from h;
select is((pg_temp.confirm('t.zhang', h.number::int8, 1)).code, 'post.not_holder', 'not even who handed it over') from h;
select is((pg_temp.close('t.ma', h.number::int8, 1, '办好了')).code, 'post.not_holder', 'before it is confirmed it is not theirs to close') from h;
select is((pg_temp.confirm('t.ma', h.number::int8, 7)).code, 'visit.changed', 'as it was seen (CASE-14)') from h;
select is((pg_temp.confirm('t.ma', h.number::int8, 1)).version, 2, 'confirmed') from h;
select results_eq($$ select state, post_id, to_post_id, acting_post_id from hall.visit v, h where v.visit_id = h.number::int8 $$,
  $$ values ('open', pg_temp.post('t.two'), null::int8, pg_temp.post('t.in')) $$, 'it is theirs now; who was asked first stays on record');
select is((pg_temp.confirm('t.ma', h.number::int8, 2)).code, 'visit.confirmed', 'once') from h;
select is((pg_temp.close('t.zhang', h.number::int8, 2, '办好了')).code, 'post.not_holder', 'the first contact no longer closes it') from h;
select is((pg_temp.close('t.ma', h.number::int8, 2, ' ')).code, 'visit.reply', 'closing says what was told') from h;
select is((pg_temp.close('t.ma', h.number::int8, 2, '好', 'handed')).code, 'visit.result', 'closing is no handing over') from h;
select is((pg_temp.close('t.ma', h.number::int8, 2, '已告知材料')).status, 0::int2, 'closed') from h;
select is((pg_temp.hand('t.ma', h.number::int8, 3, 't.in')).code, 'visit.closed', 'and over') from h;
select is((pg_temp.close('t.ma', -1, 3, '好')).code, 'visit.none', 'one that is not there');
select is((select array_agg(event order by seq) from hall.audit, h where subject_kind = 'visit' and subject_id = h.number::int8), '{record,confirm,close}', 'its chain');

-- passed on by the post asked, taken back by the first, moved by a supervisor
create temp table k as select * from pg_temp.record('t.zhang', 'kept', p_reply => '下午给您打电话');
select results_eq($$ select state, reply, post_id from hall.visit v, k where v.visit_id = k.number::int8 $$, $$ values ('open', '下午给您打电话', pg_temp.post('t.in')) $$, 'kept: to be answered here');
select is((pg_temp.hand('t.li', k.number::int8, 1, 't.two')).code, 'post.not_holder', 'not by a stranger') from k;
select is((pg_temp.hand('t.zhang', k.number::int8, 1, 't.two', '请接办')).status, 0::int2, 'handed over later') from k;
select is((pg_temp.hand('t.zhang', k.number::int8, 2, 't.two')).code, 'visit.asked', 'asked once is enough') from k;
select is((pg_temp.hand('t.ma', k.number::int8, 2, 't.rev')).status, 0::int2, 'the post asked passes it on') from k;
select is((select post_id from hall.visit v, k where v.visit_id = k.number::int8), pg_temp.post('t.in'), 'the first contact still answers for it');
select is((pg_temp.hand('t.sun', k.number::int8, 3, 't.two')).status, 0::int2, 'a supervisor moves what stands still') from k;
select is((pg_temp.confirm('t.sun', k.number::int8, 4)).code, 'post.not_holder', 'but does not take it') from k;
select is((pg_temp.close('t.zhang', k.number::int8, 4, null, 'pointed', 't.two')).status, 0::int2, 'the first contact ends it itself, pointing') from k;
select results_eq($$ select state, to_post_id, told_window_no from hall.visit v, k where v.visit_id = k.number::int8 $$, $$ values ('closed', null::int8, 9902) $$, 'nobody is asked any more');

-- a repeated request is the same request (decision 5)
select is((select count(*) from (select api.visit_record('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, (select seq from slot where login = 't.zhang'), sha256('x'), 'q', 'kept', null, null, null, null, null, null, null)) q), 1::int8, 'a key used again');
select is((select count(*) from hall.visit where matter = 'q'), 0::int8, 'does nothing again');

-- SEC-1
create temp table m as select * from pg_temp.record('t.ma', 'kept', p_reply => '回电话');
select results_eq($$ select name, phone, matter, reply, post from api.visit_list('token t.sun', true, null, null, null, null, null, null) where visit_id = (select number::int8 from m) $$,
  $$ values ('赵**', '137****1111', '问小饭***', '回电话', '测试二号') $$, 'masked for those it does not concern');
select results_eq($$ select name, matter from api.visit_list('token t.ma', null, null, null, null, null, null, null) where visit_id = (select number::int8 from m) $$,
  $$ values ('赵先生', '问小饭馆要什么证') $$, 'plain for its post');
select is(pg_temp.visits('t.zhang'), 0::int8, 'others'' are not in one''s own list');
select throws_ok($$ select pg_temp.visits('t.zhang', true) $$, 'YM002', 'class.denied', 'the whole hall is the supervisors''');
select is(pg_temp.visits('t.zhang', p_day => '2026-11-23'), (select count(*) from hall.visit where acting_post_id = pg_temp.post('t.in')), 'a day: all recorded by one''s posts, closed ones too');
select is(pg_temp.visits('t.zhang', p_day => '2026-11-24'), 0::int8, 'of that day only');

-- FST-2: by business time
select is(pg_temp.visits('t.sun', true, true), 0::int8, 'nothing is late in the morning');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 16:59')); end $$;
select is(pg_temp.visits('t.sun', true, true), 0::int8, 'nor a minute before closing time');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 17:00:01')); end $$;
select is(pg_temp.visits('t.sun', true, true), 1::int8, 'after closing time the supervisor sees what nobody closed');
create temp table l as select * from pg_temp.record('t.zhang', 'kept', p_reply => '明天回');
select results_eq($$ select late, ends_at from api.visit_list('token t.zhang', null, null, null, null, null, null, null) $$, $$ values (false, pg_temp.moment('2026-11-24 17:00')) $$, 'recorded after hours: the next working day counts');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 17:30')); end $$;
select is(pg_temp.visits('t.sun', true, true), 2::int8, 'then it is late, too');
select is((pg_temp.close('t.zhang', l.number::int8, 1, '回了')).status, 0::int2, 'late ones can be closed') from l;
select is(pg_temp.visits('t.sun', true, true), 1::int8, 'and are gone');
select is((rule.visit_end(pg_temp.moment('2026-11-21 10:00'))), pg_temp.moment('2026-11-23 17:00'), 'on a Saturday: Monday''s closing time (CLK-1)');

-- NEG-4: a command that says no hands the visitor over in its own transaction
select results_eq($$ select post_id, window_no, place from rule.receiving((select department_id from hall.department where name = '测试局'), null, '2026-11-24') $$,
  $$ values (pg_temp.post('t.in'), 9901, '') $$, 'where a department receives: its first window');
select is((select post_id from rule.receiving((select department_id from hall.department where name = '测试局'), pg_temp.item(), '2026-11-24')), pg_temp.post('t.in'), 'or the item''s own post');
do $$
declare
  k command.call;
begin
  k.staff_id := pg_temp.staff('t.zhang');
  k.window_id := (select window_id from hall.window where no = 9901);
  k.at := hall.clock();
  k := rule.act_for(k, pg_temp.post('t.in'));
  perform rule.hand_visitor(k, '钱某', '13700002222', '要办户口', null, pg_temp.post('t.two'), null, '不属本窗口');
end $$;
select results_eq($$ select state, name, to_post_id, note from hall.visit where matter = '要办户口' $$, $$ values ('handed', '钱某', pg_temp.post('t.two'), '不属本窗口') $$, 'handed over, to be confirmed');

-- SEC-2
select is((select count(*) from hall.verify() where fault like 'visit%' or fault like 'audit%'), 0::int8, 'all of it verifies');
update hall.visit set matter = '别的事' where visit_id = (select number::int8 from h);
select is((select string_agg(fault, ' ') from hall.verify() where fault like 'visit%'), 'visit.words', 'words that were changed show');
update hall.visit set matter = '问小饭馆要什么证', state = 'open', closed_at = null where visit_id = (select number::int8 from h);
select is((select string_agg(fault, ' ') from hall.verify() where fault like 'visit%'), 'visit.state visit.words', 'so does a state');
do $$ begin perform rule.audit('visitor', 1, 'x', null, null); end $$;
select is((select string_agg(fault, ' ') from hall.verify() where fault like 'audit%'), 'audit.subject', 'a chain of nobody shows');
select throws_ok($$ delete from hall.visit $$, 'YM010', null, 'rows stay');
select is((select count(*) from hall.audit where detail::text ~ '赵先生|13700001111|小饭馆'), 0::int8, 'no personal data in the trail');
select * from finish(true);
rollback;
