-- PAR-2 … PAR-4, PAR-8, DEEM-1 … DEEM-4: the review round. Signed opinions, when they are due, standing still together,
-- a correction wanted, silence that counts, granting.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
\ir lib/joint.psql
select plan(117);
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); perform pg_temp.come(); end $$;
-- A joint case accepted on 2026-11-24 at 10:00.
create function pg_temp.accepted(p_review int2[] default null) returns int8 language plpgsql as $$
declare
  c int8 := (pg_temp.bring(p_review)).case_id;
begin
  perform pg_temp.check(c, r.seq) from hall.review r where r.case_id = c;
  perform pg_temp.accept(c, 1);
  return c;
end $$;
create temp table a as select pg_temp.bring() as o;
do $$ begin perform pg_temp.check((a.o).case_id, r) from a, generate_series(1, 3) r; end $$;
select is((pg_temp.opine((o).case_id, 1)).code, 'review.closed', 'no opinion before acceptance') from a;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 10:00')); perform pg_temp.accept((a.o).case_id, 1) from a; end $$;
create temp table c as select (o).case_id as case_id from a;
select is(pg_temp.news(case_id, 'review.open'), 'j.r1 j.r2 j.r3', 'PAR-2: at acceptance all are told') from c;
select results_eq($$ select date_trunc('minute', r.opened_at), r.opened_version from c join hall.review r using (case_id) $$,
  $$ select pg_temp.moment('2026-11-24 10:00'), 2 from generate_series(1, 3) $$, 'PAR-1: all at the same moment, that of acceptance');
select is(pg_temp.stands(case_id), '1 review complete 12-01 17:00|2 review complete 12-03 17:00|3 review complete 11-27 17:00', 'PAR-3: its own limit, or the lead''s less three days') from c;

-- opening
select is((select count(*)::int from c, api.review_show('token t.li', c.case_id, 1::int2)), 0, 'no opinion yet');
select is((select seen_at from hall.review r where r.case_id = c.case_id and seq = 1), null, 'others looking is no opening') from c;
do $$ begin perform api.review_show('token j.1', c.case_id, 1::int2), api.review_show('token j.1', c.case_id, 1::int2) from c; end $$;
select is((select count(*)::int from hall.event e where e.case_id = c.case_id and e.event = 'review_seen'), 1, 'PAR-3: its department opens it: once, on record') from c;
select results_eq($$ select seq, seen_at is not null from hall.review r join c using (case_id) order by 1 $$, $$ values (1::int2, true), (2::int2, false), (3::int2, false) $$, 'that one alone');

-- opinions
select is((pg_temp.opine(case_id, 1, p_login => 'j.2')).code, 'post.not_holder', 'by the holder of its post') from c;
select is((pg_temp.opine(case_id, 1, 'perhaps')).code, 'opinion.answer', 'one of four') from c;
select is((pg_temp.opine(case_id, 1, 'disagree', '超红线')).code, 'opinion.basis', 'PAR-2: no disagreement without legal basis') from c;
select is((pg_temp.opine(case_id, 1, 'disagree', ' ', '某条例第九条')).code, 'opinion.words', 'nor without reasons') from c;
select is((pg_temp.opine(case_id, 1, 'conditional')).code, 'opinion.words', 'conditions are said') from c;
select is((pg_temp.opine(case_id, 1, 'refer')).code, 'opinion.words', 'to whom it is referred, too') from c;
select is((pg_temp.opine(case_id, 1, 'refer', '报市局')).status, 0::int2, 'referred up') from c;
select is((select waits || ' ' || answer from hall.review r where r.case_id = c.case_id and seq = 1), 'review refer', 'is no answer yet') from c;
do $$ begin perform pg_temp.hold('j.r1'); perform pg_temp.hold('j.r1', 'j.1b', 'B', 'take'); end $$;
select is((pg_temp.opine(case_id, 1, 'conditional', '须避让管线', p_login => 'j.1b')).status, 0::int2, 'agreed with conditions, by a B') from c;
select is((pg_temp.opine(case_id, 1, p_login => 'j.1b')).code, 'review.answered', 'once') from c;
select results_eq($$ select o.no, o.answer, o.words, o.actor, o.post, o.window_no, o.current from c, api.review_show('token j.2', c.case_id, 1::int2) o $$,
  $$ values (1::int2, 'refer', '报市局', 'A 甲一', '甲局会审', 9911, false), (2::int2, 'conditional', '须避让管线', 'B 甲二 代 A 甲一', '甲局会审', 9916, true) $$, 'signed with person, post, acting for whom; the first kept');
do $$ begin perform pg_temp.hold('j.r1', 'j.1'); end $$;
select throws_ok($$ update hall.opinion set words = '改' $$, 'YM010', null, 'PAR-2: never edited');
select throws_ok($$ delete from hall.opinion $$, 'YM010', null, 'never taken away');
select is((pg_temp.supersede(case_id, 1, 1)).code, 'opinion.changed', 'CASE-14: only the latest is superseded') from c;
select is((pg_temp.supersede(case_id, 2, 1)).code, 'review.closed', 'nothing is superseded that is not there') from c;
select is((pg_temp.supersede(case_id, 1, 2, 'disagree', '与管线冲突', '某条例第九条')).status, 0::int2, 'superseded') from c;
select results_eq($$ select o.no, o.answer, o.current from c, api.review_show('token j.2', c.case_id, 1::int2) o $$,
  $$ values (1::int2, 'refer', false), (2::int2, 'conditional', false), (3::int2, 'disagree', true) $$, 'all of them kept');
select is((pg_temp.opine(case_id, 2)).status, 0::int2, 'another agrees') from c;
select is(pg_temp.news(case_id, 'review.all'), null, 'one is still to come') from c;
select is((pg_temp.opine(case_id, 3)).status, 0::int2, 'the last one') from c;
select is(pg_temp.news(case_id, 'review.all'), 't.rev', 'PAR-3: the lead is told at once') from c;
select is((select version from hall.case_file f where f.case_id = c.case_id), 2, 'opinions make no version: nobody''s work is overwritten') from c;

-- PAR-8
do $$ begin perform pg_temp.act('advance', case_id, 2) from c; end $$;
select is((pg_temp.act('decide', case_id, 3)).code, 'review.disagrees', 'PAR-8: not granted against a disagreement') from c;
select is((pg_temp.act('decide', case_id, 3)).arg1, '甲局', 'whose') from c;
select is((pg_temp.ask('against_review', case_id, p_login => 't.li')).status, 0::int2, 'an exception is asked') from c;
create function pg_temp.exc(p_case int8) returns int8 language sql as $$ select max(exception_id) from hall.exception where case_id = p_case $$;
select is((pg_temp.judge(pg_temp.exc(case_id), true, 't.sun')).code, 'exception.director', 'no other supervisor grants it') from c;
select is((pg_temp.judge(pg_temp.exc(case_id), true, 'j.dir')).status, 0::int2, 'the hall''s director does') from c;
do $$ begin perform pg_temp.at(hall.clock() + interval '1 minute'); perform pg_temp.supersede(case_id, 2, 1, 'disagree', '也不行', '某条例第十条') from c; end $$;
select is((pg_temp.act('decide', case_id, 3)).code, 'review.disagrees', 'CASE-16: it was judged without the objection that came after it') from c;
select is((pg_temp.ask('against_review', case_id, p_login => 't.li')).status, 0::int2, 'it is asked anew') from c;
select is((select count(*)::int from hall.exception x join c using (case_id)), 1, 'as the same one');
select is((pg_temp.judge(pg_temp.exc(case_id), true, 'j.dir')).status, 0::int2, 'granted anew') from c;
select is((pg_temp.act('decide', case_id, 3)).status, 0::int2, 'granted with it') from c;
select is((select state from hall.exception where exception_id = pg_temp.exc(c.case_id)), 'used', 'used once') from c;
create temp table d as select pg_temp.accepted('{}') as case_id;
do $$ begin perform pg_temp.act('advance', case_id, 2) from d; end $$;
select is((pg_temp.act('decide', case_id, 3)).code, 'review.unanswered', 'nor while one is unanswered') from d;
do $$ begin perform pg_temp.opine(case_id, 1), pg_temp.opine(case_id, 2, 'refer', '报市局') from d; end $$;
select is((pg_temp.act('decide', case_id, 3)).code, 'review.unanswered', 'refer up is no answer') from d;
do $$ begin perform pg_temp.opine(case_id, 2) from d; end $$;
select is((pg_temp.ask('against_review', case_id, p_login => 't.li')).code, 'exception.no_review', 'asked in vain when nothing stands against it') from d;
select is((pg_temp.act('decide', case_id, 3)).status, 0::int2, 'all in: granted') from d;
create temp table n as select pg_temp.accepted('{}') as case_id;
do $$ begin perform pg_temp.act('advance', case_id, 2) from n; end $$;
select is((pg_temp.act('refuse', case_id, 3)).status, 0::int2, 'refusing waits for nobody') from n;
select is(pg_temp.stands(case_id), '1 complete 12-01 17:00|2 complete 12-03 17:00', 'and ends what waited') from n;

-- PAR-3: an extension moves the lead only
create temp table e as select pg_temp.accepted() as case_id;
create temp table was as select pg_temp.stands(case_id) as s from e;
select is(pg_temp.stands(case_id), '1 review complete 12-01 17:00|2 review complete 12-03 17:00|3 review complete 11-27 17:00', 'accepted on the 24th') from e;
do $$ begin perform pg_temp.act('extend', case_id, 2, 'j.dir') from e; end $$;
select is(pg_temp.stands(case_id), s, 'PAR-3: an extension moves the lead only') from e, was;
select is((select extended from hall.case_file f where f.case_id = e.case_id), 5, 'which it did') from e;

-- PAR-4: standing still together
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-25 09:00')); perform pg_temp.act('suspend', case_id, 3) from e; end $$;
select is(pg_temp.stands(case_id), '1 review complete|2 review complete|3 review complete', 'PAR-4: while the case stands still no review is due') from e;
select is(pg_temp.news(case_id, 'review.moved'), 'j.r1 j.r2 j.r3', 'PAR-3: which the departments are told') from e;
do $$ begin perform pg_temp.to(pg_temp.moment('2026-12-01 18:00')); end $$;
select is(pg_temp.stands(case_id), '1 review complete|2 review complete|3 review complete', 'nor deemed') from e;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-02 09:00')); perform pg_temp.act('resume', case_id, 4) from e; end $$;
select is(pg_temp.stands(case_id), '1 review complete 12-07 17:00|2 review complete 12-09 17:00|3 review complete 12-03 17:00', 'four working days later: those it stood still in whole (CLK-2)') from e;

-- DEEM: countdown and moment
select results_eq($$ select l.seq, l.deems_at from e, api.review_list('token t.li', 'case', e.case_id, null, null) l $$,
  $$ values (1::int2, pg_temp.moment('2026-12-07 17:00')), (2::int2, null), (3::int2, pg_temp.moment('2026-12-03 17:00')) $$, 'DEEM-1: only what has the switch');
do $$ begin perform pg_temp.to(pg_temp.moment('2026-12-03 08:00')); end $$;
select results_eq($$ select l.seq from e, api.review_list('token j.2', 'tonight', null, null, 200) l where l.case_id = e.case_id $$, $$ values (3::int2) $$, 'DEEM-2: tonight''s list');
select is((select l.light from api.review_list('token j.3', 'mine', null, null, 200) l join e using (case_id)), 'yellow', 'DEEM-2: yellow on its last day');
do $$ begin perform pg_temp.hold('j.r3'); end $$;
do $$ begin perform pg_temp.to(pg_temp.moment('2026-12-03 16:59')); end $$;
select is((select answer from hall.review r where r.case_id = e.case_id and seq = 3), null, 'not a minute early') from e;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-04 09:00')); perform pg_temp.hold('j.r3', 'j.3'); perform pg_temp.to(pg_temp.moment('2026-12-04 09:01')); end $$;
select results_eq($$ select o.answer, o.how, o.at, o.basis, s.login, p.code from e join hall.opinion o using (case_id) left join hall.staff s using (staff_id) left join hall.post p on p.post_id = o.post_id where o.seq = 3 $$,
  $$ values ('deemed', 'deem', pg_temp.moment('2026-12-03 17:00'), '测试规定第一条', 'j.3c', 'j.c3') $$, 'DEEM-1, DEEM-4: at its moment, against the chief representative while the post was empty then');
select is((select count(*)::int from e join hall.event v using (case_id) where v.event = 'deem_review'), 1, 'exactly once');
select is(pg_temp.news(case_id, 'review.deemed'), (select string_agg(code, ' ' order by code) from hall.post where code in ('j.c3', 'j.r3', 't.rev') or post_id = any (rule.supervisor_posts())),
  'DEEM-3: the department, who it stands against, the lead and the supervisors are told') from e;
select is((select waits || ' ' || to_char(consent_until at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') from hall.review r where r.case_id = e.case_id and seq = 3), 'consent 12-04 17:00', 'DEEM-3: the written consent within one working day') from e;
select is((pg_temp.opine(case_id, 3)).code, 'review.deemed', 'afterwards no opinion') from e;
select is((pg_temp.supersede(case_id, 3, 1, 'disagree', '不行', '某条例')).code, 'review.deemed', 'nor another in its place') from e;
select is((pg_temp.consent(case_id, 1)).code, 'consent.none', 'a consent follows silence only') from e;
select is((pg_temp.consent(case_id, 3, p_login => 'j.3c')).code, 'post.not_holder', 'nobody else files it') from e;
select is((pg_temp.consent(case_id, 3, ' ', true)).code, 'opinion.words', 'an objection says why') from e;
select is((pg_temp.consent(case_id, 3, '实际不同意', true)).status, 0::int2, 'DEEM-1: an objection') from e;
select is((select answer || ' ' || waits from hall.review r where r.case_id = e.case_id and seq = 3), 'deemed consent', 'changes nothing') from e;
select ok(pg_temp.news(case_id, 'review.object') ~ 't.sup', 'and is a supervision event') from e;
do $$ begin perform pg_temp.to(pg_temp.moment('2026-12-07 08:00')); end $$;
select is((select l.light from api.review_list('token j.3', 'mine', null, null, 200) l join e using (case_id) where l.waits = 'consent'), 'red', 'DEEM-3: red when late');
select is((pg_temp.consent(case_id, 3)).status, 0::int2, 'the written consent') from e;
select is((pg_temp.consent(case_id, 3)).code, 'consent.given', 'once') from e;
select is((select waits from hall.review r where r.case_id = e.case_id and seq = 3), null, 'the task is done') from e;
-- fired by the next command, not the sweep; what was referred up is deemed all the same
do $$ begin perform pg_temp.opine(case_id, 1, 'refer', '报市局') from e; perform pg_temp.at(pg_temp.moment('2026-12-07 17:00')); end $$;
select is((pg_temp.opine(case_id, 1)).code, 'review.deemed', 'at 17:00 it is too late') from e;
select is((select s.login from e join hall.opinion o using (case_id) join hall.staff s using (staff_id) where o.seq = 1 and o.how = 'deem'), 'j.1', 'DEEM-4: against who holds the post');

-- DEEM-1: who objected and then refers up was not silent
create temp table u as select pg_temp.accepted() as case_id;
do $$ begin perform pg_temp.opine(case_id, 1, 'disagree', '不行', '某条例') from u; perform pg_temp.supersede(case_id, 1, 1, 'refer', '报市局') from u;
  perform pg_temp.to(pg_temp.moment('2026-12-14 17:30') - interval '12 hours'); end $$;
select results_eq($$ select r.seq, r.answer, r.waits, l.deems_at is null from u join hall.review r using (case_id) cross join api.review_list('token t.li', 'case', u.case_id, null, null) l
  where r.seq = 1 and l.seq = 1 $$, $$ values (1::int2, 'refer', 'review', true) $$, 'DEEM-1: an objection that is referred up is not deemed to agree');

-- PAR-4: a correction wanted
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-14 10:00')); end $$;
create temp table w as select pg_temp.accepted() as case_id;
select is((pg_temp.want(case_id, 1, '{}')).code, 'check.needs', 'a want says what') from w;
select is((pg_temp.want(case_id, 1, '{平面图标高有误}', '{3}')).status, 0::int2, 'PAR-4: a correction wanted') from w;
select is((pg_temp.want(case_id, 1, '{又一处}')).code, 'want.open', 'one at a time') from w;
select is(pg_temp.news(case_id, 'review.want'), 't.rev', 'the lead is told') from w;
do $$ begin perform pg_temp.to(pg_temp.moment('2026-12-21 18:00')); end $$;
select is((select answer from hall.review r where r.case_id = w.case_id and seq = 1), null, 'a stored request prevents deeming') from w;
select is((select answer from hall.review r where r.case_id = w.case_id and seq = 3), 'deemed', 'of nobody else') from w;
select results_eq($$ select s.login, p.code, o.acting from w join hall.opinion o using (case_id) join hall.staff s using (staff_id) join hall.post p on p.post_id = o.post_id where o.seq = 3 $$,
  $$ values ('j.3', 'j.r3', 'A') $$, 'DEEM-4: against who holds the post, not the chief representative');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-22 09:00')); end $$;
select is((pg_temp.reject(case_id, 1, p_login => 'j.2')).code, 'post.not_holder', 'the lead rejects') from w;
select is((pg_temp.reject(case_id, 1, ' ')).code, 'text.blank', 'with a reason') from w;
select is((pg_temp.reject(case_id, 1)).status, 0::int2, 'rejected') from w;
select is((pg_temp.reject(case_id, 1)).code, 'want.none', 'once') from w;
select is((select to_char(due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') from hall.review r where r.case_id = w.case_id and seq = 1), '12-23 17:00', 'PAR-4: until the close of the next working day') from w;
do $$ begin perform pg_temp.hold('j.r1'); perform pg_temp.hold('j.r1', 'j.1b', 'B', 'take'); end $$;
do $$ begin perform pg_temp.to(pg_temp.moment('2026-12-23 17:00')); end $$;
select is((select answer from hall.review r where r.case_id = w.case_id and seq = 1), 'deemed', 'and then silence counts') from w;
select results_eq($$ select o.actor from w, api.review_show('token t.li', w.case_id, 1::int2) o $$, $$ values ('B 甲二 代 A 甲一') $$, 'DEEM-4: as B for A where so');
do $$ begin perform pg_temp.hold('j.r1', 'j.1'); end $$;
select is((select reason || ' ' || state from hall.review_ask a join w using (case_id)), '材料已足 rejected', 'on record');
-- sent: the case and all its reviews stand still together
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-24 10:00')); end $$;
create temp table s as select pg_temp.accepted() as case_id;
do $$ begin perform pg_temp.want(case_id, 1, '{平面图标高有误}', '{3}') from s; end $$;
select is((pg_temp.correct(case_id, 2, p_login => 't.li')).code, 'correct.second', 'ONE-3: the lead''s notice needs an exception') from s;
do $$ begin perform pg_temp.except('second_correction', case_id, 't.li', 't.sun') from s; end $$;
select is((pg_temp.correct(case_id, 2, p_login => 't.li')).status, 0::int2, 'sent') from s;
select is(pg_temp.stands(case_id), '1 review complete|2 review complete|3 review complete', 'PAR-4: the case and all its reviews stand still') from s;
do $$ begin perform pg_temp.to(pg_temp.moment('2026-12-31 09:00')); perform pg_temp.answer(case_id, 3, '{3}', '{present}') from s; end $$;
select is(pg_temp.stands(case_id), '1 review complete 01-06 17:00|2 review complete 01-08 17:00|3 review complete 01-04 17:00', 'until the answer, then they go on together') from s;
-- an answer drops what was wanted
do $$ begin perform pg_temp.want(case_id, 2, '{再补一份}') from s; end $$;
select is((pg_temp.opine(case_id, 2)).status, 0::int2, 'an answer drops what was wanted') from s;
select is((select state from hall.review_ask a join s using (case_id) where a.seq = 2), 'dropped', 'on record');

-- DOC-3: voiding the acceptance cancels the reviews it opened
create temp table v as select pg_temp.accepted() as case_id;
do $$ begin perform pg_temp.opine(case_id, 1) from v; perform pg_temp.void(case_id, 2) from v; end $$;
select is(pg_temp.stands(case_id), '1 complete|2 complete|3 complete', 'DOC-3: voiding cancels the reviews it opened') from v;
select ok((rule.opinion_rows(case_id, null))[1]::text ~ '同意（所附审查已撤销）', 'and a paper says so of what was said in them') from v;
select is((pg_temp.opine(case_id, 1)).code, 'review.closed', 'no opinion on what is not open') from v;
do $$ begin perform pg_temp.accept(case_id, 3) from v; end $$;
select is((select waits from hall.review r where r.case_id = v.case_id and seq = 1), 'review', 'accepted anew all open anew') from v;

select ok(o.paper ~ '不同意' and o.paper !~ '所附审查已撤销', 'of no other case') from (select rule.opinion_rows(case_id, null)::text as paper from c) o;

-- ONE-2: accepted by silence, no review is due before the close of the next working day
create temp table h as select pg_temp.make_joint('T-J2', 4) as item;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-12-14 09:00') + interval '28 days'); end $$;
create temp table z as select (pg_temp.bring(null, h.item)).case_id from h;
do $$ begin perform pg_temp.check(case_id, 1, '{请补总平面图}') from z; end $$;
do $$ begin perform pg_temp.to(pg_temp.moment('2027-01-18 18:00')); end $$;
select is((select state from hall.case_file f where f.case_id = z.case_id), 'accepted', 'silence accepts') from z;
select is((select string_agg(distinct to_char(opened_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') || ' ' || to_char(due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI'), ' ') from hall.review r join z using (case_id)), '01-18 17:00 01-19 17:00',
  'ONE-2: reviews start when it fires, and are not due before the close of the next working day');

select is((select state from hall.review_ask a join z using (case_id)), 'dropped', 'what the check missed and nobody told is asked anew, as ONE-3 has it');
select is((pg_temp.want(case_id, 1, '{请补总平面图}')).status, 0::int2, 'by who missed it') from z;

-- CASE-18: what would have fallen while the case was withdrawn falls when a void brings it back, and not before
create temp table y as select pg_temp.accepted() as case_id;
do $$ begin perform pg_temp.withdraw(case_id, 2, p_on => rule.day_of(hall.clock())) from y; perform pg_temp.to(hall.clock() + interval '40 days'); end $$;
select is((select answer from hall.review r join y using (case_id) where seq = 1), null, 'DEEM-1: nothing falls while a case is withdrawn');
do $$ begin perform pg_temp.void(case_id, 3, 't.sun') from y; perform pg_temp.to(hall.clock() + interval '1 second'); end $$;
select results_eq($$ select o.how, o.at = v.at, r.consent_until > v.at from y join hall.opinion o using (case_id) join hall.review r using (case_id, seq) join hall.event v using (case_id)
  where o.seq = 1 and v.event = 'void' $$, $$ values ('deem', true, true) $$, 'CASE-18: at that moment, with a working day for the written consent');

-- the lead's board, a department's list, what one may see
select is((select count(*)::int from api.review_list('token t.li', 'lead', null, null, 50) l), (select count(*)::int from hall.review r join hall.case_file f using (case_id) where f.post_id = pg_temp.post('t.rev') and f.state not in ('closed', 'declined', 'withdrawn', 'lapsed')), 'the lead''s board: every review of every case');
select results_eq($$ select row_number() over () from api.review_list('token t.li', 'lead', null, 1, 2) l group by l.case_id $$, $$ values (1::int8), (2) $$, 'pages of cases');
select is((select count(*) filter (where x.case_id is distinct from x.before) = count(distinct x.case_id)
  from (select l.case_id, lag(l.case_id) over () as before from api.review_list('token t.li', 'lead', null, null, null) l) x), true, 'all reviews of a case stand together');
select is((select string_agg(distinct coalesce(l.project, '-'), '') from api.review_list('token t.li', 'lead', null, null, null) l), '-', 'none is for a project');
select ok((select every(l.mine and l.post = '乙局会审') from api.review_list('token j.2', 'mine', null, null, 50) l), 'a department sees what waits for it');
select is((select applicant from api.review_list('token j.2', 'case', (select case_id from s), null, null) limit 1), '欧阳小明', 'SEC-3: a reviewer sees plain text');
select is_empty($$ select * from hall.verify() where subject = any (select 'case ' || case_id from hall.review) $$, 'everything is as the rules made it');
update hall.review set due_at = due_at + interval '1 day' where case_id = (select case_id from s) and seq = 3;
select is((select min(fault) from hall.verify_reviews()), 'review.due', 'another due moment is found');
select * from finish();
rollback;
