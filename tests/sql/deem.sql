-- DEEM-5: silence that grants. The switch of an item, a promise that passes, a renewal whose old licence expires; what stands
-- against it; the written decision that follows; marks.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
\ir lib/joint.psql
select plan(70);
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); perform pg_temp.come(); end $$;
-- Promised in five working days; a renewal with a long promise; the joint one.
create function pg_temp.silent_item(p_code text, p_promised int4, p_promise text, p_renewal text) returns int8 language plpgsql as $$
declare
  v int8 := pg_temp.make_item(p_code, '测试默许事项' || p_code, true, 5);
begin
  update hall.item_version set promised = p_promised, statutory = greatest(p_promised, 20), promise_basis = p_promise, renewal_basis = p_renewal, result_doc = '测试许可证', task_type = '行政许可' where item_version_id = v;
  return v;
end $$;
create temp table i as select pg_temp.silent_item('T-S1', 5, '测试规定第五条', null) as promise, pg_temp.silent_item('T-S2', 60, null, '行政许可法第五十条') as renewal;
update hall.item_version set promise_basis = '测试规定第五条' where item_version_id = pg_temp.joint();
create function pg_temp.got(p_item int8, p_state text default 'present', p_later date default null) returns int8 language plpgsql as $$
declare
  c int8 := (pg_temp.receive('{1,2,3,4,5}', array['present', 'present', 'present', p_state, 'unneeded'], p_item => p_item, p_later => array[null, null, null, p_later, null])).case_id;
begin
  perform pg_temp.accept(c, 1);
  return c;
end $$;
create function pg_temp.deem(p_fn text, p_case int8, p_login text, p_args text) returns outcome language plpgsql as $$
declare
  o outcome;
begin
  execute format('select * from api.deem_%s(%L, %s, 0::int2, %s, sha256(''d''), %s, %s)', p_fn, ('token ' || p_login)::bytea, pg_temp.epoch(p_login),
    pg_temp.seq(p_login), p_case, p_args) into o;
  return o;
end $$;
create function pg_temp.licence(p_case int8, p_expires text, p_login text default 't.zhang') returns outcome language sql as
$$ select pg_temp.deem('licence', p_case, p_login, format('%L, %L::date', '许字〔2023〕7号', p_expires)) $$;
create function pg_temp.follow(p_case int8, p_no text default '准字〔2026〕1号', p_login text default 't.zhang') returns outcome language sql as
$$ select pg_temp.deem('follow', p_case, p_login, format('%L, null', p_no)) $$;
create function pg_temp.grants(p_case int8) returns text language sql as
$$ select to_char(at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') from hall.due where case_id = p_case and kind = 'grant' $$;
create function pg_temp.state(p_case int8) returns text language sql as $$ select state from hall.case_file where case_id = p_case $$;

-- announced
create temp table c as select pg_temp.got(promise) as case_id, pg_temp.got(promise) as stood, pg_temp.got(promise, 'later', '2026-12-20') as later, pg_temp.got(promise) as decided,
  pg_temp.got(pg_temp.item()) as plain from i;
select is(pg_temp.grants(case_id), '11-30 17:00', 'DEEM-5: the promise passes') from c;
select is(pg_temp.grants(plain), null, 'of an item with the switch only') from c;
select is(pg_temp.grants(later), null, 'not before what was to follow is there') from c;
select results_eq($$ select l.why, l.basis, l.days_left, l.light, l.granted from c, api.deem_list('token t.li', 'case', c.case_id, null, null) l $$,
  $$ values ('promise', '测试规定第五条', 6, 'green', false) $$, 'DEEM-2: the countdown');
select is_empty($$ select * from api.deem_list('token t.li', 'tonight', null, null, 200) $$, 'nothing tonight');
select is((select count(*)::int from api.deem_list('token t.li', 'mine', null, null, 200)), 3, 'what one holds');
select is_empty($$ select * from api.deem_list('token j.1', 'mine', null, null, 200) $$, 'of others nothing');

-- what stops it
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-25 09:00')); perform pg_temp.act('suspend', stood, 2) from c; perform pg_temp.act('advance', decided, 2) from c; end $$;
select is(pg_temp.grants(stood), null, 'standing still it does not pass') from c;
do $$ begin perform pg_temp.act('refuse', decided, 3) from c; end $$;
select is(pg_temp.grants(decided), null, 'decided it is decided') from c;
do $$ begin perform pg_temp.to(pg_temp.moment('2026-11-30 08:00')); end $$;
select results_eq($$ select l.case_id, l.days_left, l.light from api.deem_list('token j.1', 'tonight', null, null, 200) l $$, $$ select case_id, 1, 'yellow' from c $$, 'DEEM-2: tonight''s list, for everybody');
do $$ begin perform pg_temp.to(pg_temp.moment('2026-11-30 16:59')); end $$;
select is(pg_temp.state(case_id), 'accepted', 'not a minute early') from c;

-- its moment, with the post empty: against the chief representative
do $$ begin perform pg_temp.hold('t.rev'); perform pg_temp.at(pg_temp.moment('2026-12-01 09:00')); perform pg_temp.hold('t.rev', 't.li'); end $$;
select is((pg_temp.act('advance', case_id, 2)).code, 'case.changed', 'the next command finds it granted') from c;
select is(pg_temp.state(case_id), 'decided', 'DEEM-5: granted by silence') from c;
select results_eq($$ select f.granted, to_char(f.decided_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'), f.due_at = f.decided_at, e.acting, e.from_state, e.to_state from c join hall.case_file f using (case_id) join hall.event e using (case_id) where e.event = 'deem' $$,
  $$ values (true, '11-30 17:00', true, 'system', 'accepted', 'decided') $$, 'at its moment, by the system, once');
select results_eq($$ select g.why, g.basis, s.login, p.duty, g.acting, to_char(g.consent_until at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') from c join hall.silent_grant g using (case_id) join hall.staff s using (staff_id) join hall.post p using (post_id) $$,
  $$ values ('promise', '测试规定第五条', 't.chen', 'chief', 'A', '12-01 17:00') $$, 'DEEM-4: against the chief representative; DEEM-3: within a working day');
create function pg_temp.paper(p_case int8, p_kind text) returns text language sql as $$
  select string_agg(concat_ws('/', (b).c1, (b).c2, (b).c3, (b).c4), '|') from hall.notice n, unnest(n.blocks) b
  where n.notice_id = (select max(notice_id) from hall.notice where case_id = p_case and kind = p_kind)
$$;
select ok(pg_temp.paper(case_id, 'grant') ~ '承诺期限于2026年11月30日届满，本机关未作出决定。依据测试规定第五条，视为准予。.*说明/超时默许.*办理结果/测试许可证', 'DEEM-4: 准予决定书 says so') from c;
select ok(pg_temp.paper(case_id, 'grant') !~ '经审查', 'and of no examination') from c;
select ok(pg_temp.news(case_id, 'case.deem') ~ 't.rev.*t.sup', 'whoever held it is told, and the supervisors') from c;
select is((select l.standing from c, rule.list_rows(array[c.case_id], pg_temp.staff('t.li'), '2026-12-01') l), 'deemed', 'DEEM-4: marked in lists');
select results_eq($$ select s.standing, s.standing_reason, s.granted from c, api.case_show('token t.li', c.case_id) s $$, $$ values ('deemed', '测试规定第五条', true) $$, 'on the case');
select is((select standing from c, api.case_show('token t.li', c.stood)), '听证', 'what stands still shows that');
select is((pg_temp.void(case_id, 3, p_login => 't.sun')).code, 'case.state', 'what silence granted is not voided') from c;

-- the written decision follows
select results_eq($$ select l.case_id, l.light, l.granted from api.deem_list('token t.li', 'mine', null, null, 200) l where l.granted $$, $$ select case_id, 'yellow', true from c $$, 'DEEM-3: the task');
do $$ begin perform pg_temp.to(pg_temp.moment('2026-12-02 09:00')); end $$;
select results_eq($$ select l.light, l.actor from c, api.deem_list('token t.zhang', 'case', c.case_id, null, null) l $$, $$ values ('red', 'A 陈首席') $$, 'red when late');
select is((pg_temp.follow(case_id, p_login => 'j.1')).code, 'post.not_holder', 'by a post of the case') from c;
select is((pg_temp.follow(case_id, ' ')).code, 'text.blank', 'with its number') from c;
select is((pg_temp.follow(plain)).code, 'follow.none', 'of what silence granted') from c;
select is((pg_temp.follow(case_id)).status, 0::int2, 'filed') from c;
select is((pg_temp.follow(case_id)).code, 'follow.given', 'once') from c;
select is_empty($$ select * from api.deem_list('token t.li', 'mine', null, null, 200) where granted $$, 'the task is done');
select is((pg_temp.act('close', case_id, 3)).status, 0::int2, 'closed as any other') from c;
select ok(pg_temp.paper(case_id, 'finish') ~ '准予行政许可（超时默许）', 'DEEM-4: 办结通知书 says so') from c;
select is((select l.standing from c, rule.list_rows(array[c.case_id], pg_temp.staff('t.li'), '2026-12-02') l), 'deemed', 'the mark stays');

-- when it goes on
do $$ begin perform pg_temp.act('resume', stood, 3) from c; end $$;
select is(pg_temp.grants(stood), '12-04 17:00', 'after standing still it passes later') from c;
do $$ begin perform pg_temp.act('extend', stood, 4, 't.chen') from c; end $$;
select is(pg_temp.grants(stood), '12-11 17:00', 'CASE-7: an extension moves it') from c;
select is(pg_temp.state(later), 'accepted', '容缺: overdue, not granted') from c;
do $$ begin perform pg_temp.amend(later, 2, p_login => 't.li', p_seq => '{4}', p_state => '{present}') from c; end $$;
select is(pg_temp.grants(later), '11-30 17:00', 'once it is there the promise has passed') from c;
do $$ begin perform pg_temp.to(pg_temp.moment('2026-12-02 09:01')); end $$;
select is(pg_temp.state(later), 'decided', 'a term that is over fires at once') from c;
select is((pg_temp.void(decided, 4, p_login => 't.sun')).code, 'void.silence', 'DOC-3: a decision is not taken back into a promise that has passed') from c;

-- joint: PAR-8, PAR-4
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-07 10:00')); end $$;
create temp table j as select (pg_temp.bring()).case_id as against, (pg_temp.bring()).case_id as wanted, (pg_temp.bring('{}')).case_id as fine;
do $$ begin
  perform pg_temp.check(r.case_id, r.seq) from hall.review r, j where r.case_id in (j.against, j.wanted, j.fine);
  perform pg_temp.accept(against, 1), pg_temp.accept(wanted, 1), pg_temp.accept(fine, 1) from j;
  perform pg_temp.opine(x, 1), pg_temp.opine(x, 3) from j, unnest(array[against, wanted]) x;
  perform pg_temp.opine(against, 2, 'disagree', '不行', '某条例第九条') from j;
  perform pg_temp.want(wanted, 2, '{请补一图}') from j;
  perform pg_temp.opine(fine, 1), pg_temp.opine(fine, 2, 'conditional', '须避让') from j;
end $$;
select is(pg_temp.grants(against), null, 'PAR-8: not against a disagreement') from j;
select is(pg_temp.grants(wanted), null, 'PAR-4: not while a correction is wanted') from j;
select is(pg_temp.grants(fine), '12-21 17:00', 'all agreed: the promise passes') from j;
do $$ begin perform pg_temp.to(pg_temp.moment('2026-12-21 17:00')); end $$;
select is(pg_temp.state(against) || ' ' || pg_temp.state(wanted) || ' ' || pg_temp.state(fine), 'accepted accepted decided', 'and only that is granted') from j;

-- renewals
create temp table r as select pg_temp.got(renewal) as case_id, pg_temp.got(renewal) as late, pg_temp.got(renewal) as none, pg_temp.got(promise) as plain from i;
select is((pg_temp.licence(plain, '2027-01-31')).code, 'licence.no_renewal', 'a licence is named where one is renewed') from r;
select is((pg_temp.licence(case_id, '2027-01-31', 'j.1')).code, 'post.not_holder', 'by a post of the case') from r;
select is((pg_temp.licence(case_id, 'infinity')).code, 'licence.expires', 'with a day') from r;
select is(pg_temp.grants(case_id), null, 'unnamed it does not expire') from r;
select is((pg_temp.licence(case_id, '2027-02-11')).status, 0::int2, 'named') from r;
select is((pg_temp.licence(case_id, '2027-01-30')).status, 0::int2, 'put right') from r;
select is(pg_temp.grants(case_id), '01-31 00:00', 'art. 50: at the end of its last day') from r;
select is((pg_temp.licence(late, '2027-01-19')).status, 0::int2, 'asked for 29 days before') from r;
select is(pg_temp.grants(late), null, 'art. 50: not in time') from r;
select results_eq($$ select l.licence_no, l.expires, l.in_time, l.why from r, api.deem_list('token t.li', 'case', r.late, null, null) l $$, $$ values ('许字〔2023〕7号', '2027-01-19'::date, false, null) $$, 'which the case shows');
select is((pg_temp.licence(late, '2027-01-20')).status, 0::int2, 'thirty days are in time') from r;
do $$ begin perform pg_temp.to(pg_temp.moment('2027-01-31 00:00')); end $$;
select is(pg_temp.state(case_id) || ' ' || pg_temp.state(late) || ' ' || pg_temp.state(none), 'decided decided accepted', 'DEEM-5: granted when the old licence expires undecided') from r;
select ok(pg_temp.paper(case_id, 'grant') ~ '原许可有效期于2027年1月30日届满，本机关未作出决定。依据行政许可法第五十条，视为准予。', 'which its paper says') from r;
select is((pg_temp.licence(case_id, '2028-01-30')).code, 'licence.over', 'then none is named') from r;
select is((pg_temp.licence(none, '2027-01-25')).status, 0::int2, 'one that has expired already') from r;
select is(pg_temp.grants(none), '02-01 17:00', 'grants nothing before the close of the next working day: it may be mistyped') from r;
select is((pg_temp.licence(none, '2027-02-25')).status, 0::int2, 'and put right') from r;
select is(pg_temp.grants(none), '02-26 00:00', 'it grants at the end of its last day') from r;
select ok((select v.detail[2] <> '' from hall.event v where v.case_id = r.none and v.event = 'licence' order by v.seq desc limit 1), 'CASE-15: what it was before is on record') from r;

-- ONE-2: accepted by silence, not granted before the close of the next working day
do $$ begin perform pg_temp.at(pg_temp.moment('2027-03-01 09:00')); end $$;
create temp table q as select pg_temp.silent_item('T-S3', 2, '测试规定第五条', null) as item;
create temp table s as select (pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_item => item)).case_id from q;
do $$ begin perform pg_temp.to(pg_temp.moment('2027-03-08 18:00')); end $$;
select is(pg_temp.state(case_id) || ' ' || pg_temp.grants(case_id), 'accepted 03-09 17:00', 'ONE-2: silence after silence waits a working day') from s;
do $$ begin perform pg_temp.to(pg_temp.moment('2027-03-09 17:00')); end $$;
select is(pg_temp.state(case_id), 'decided', 'and then grants') from s;

-- the switch
create function pg_temp.load(p_rows text) returns text language plpgsql as $$
declare
  made text;
begin
  select string_agg(what, '|') into made from admin.load_silence('s.csv', E'item_code,when,basis\n' || p_rows);
  return made;
exception when sqlstate 'YM010' then
  get stacked diagnostics made = pg_exception_detail;
  return made;
end $$;
create function pg_temp.basis(p_code text) returns text language sql as
$$ select concat_ws(' ', v.version, v.promise_basis, v.renewal_basis) from hall.item i join hall.item_version v using (item_id) where i.code = p_code and v.in_force $$;
select is(pg_temp.load(E'XX-1,承诺期限,某规定\nXMSP-0002,何时,某规定\nXMSP-0002,延续,\n'),
  E's.csv:2: item "XX-1" is not in the catalogue\ns.csv:3: when "何时" is neither 承诺期限 nor 延续\ns.csv:4: the legal basis must be given, in at most 300 characters', 'bad rows are named, nothing is loaded');
select is(pg_temp.basis('XMSP-0003') ~ '虚构，仅供演示', true, 'the test hall''s is marked as invented');
select ok(pg_temp.load(E'XMSP-0002,承诺期限,甲规定\nXMSP-0002,延续,乙规定\n') ~ 'items that silence decides: 1', 'loaded');
select is(pg_temp.basis('XMSP-0002') || ',' || pg_temp.basis('XMSP-0003'), '1 甲规定 乙规定,1', 'on where it is loaded, off everywhere else');
select is_empty($$ select * from hall.verify() where subject = any (select 'case ' || case_id from hall.silent_grant) $$, 'everything is as the rules made it');
update hall.silent_grant set basis = '别的' where case_id = (select case_id from c);
select is((select string_agg(distinct fault, ' ' order by fault) from hall.verify_silence()), 'silence.switch silence.trail', 'another basis is found');
select * from finish();
rollback;
