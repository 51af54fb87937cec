-- The print queue: what is still to come out, whose printing it was, and what a window says of a
-- printing whose end it never learned (DOC-2, DOC-3).
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(24);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.wang', 9903);
end $$;
create temp table c as select * from pg_temp.receive('{1,2}', '{present,defective}', p_note => '{"","不清"}', p_name => '王小五');
create temp table n as select n.* from hall.notice n join c using (case_id);
create function pg_temp.print(p_who text default 't.zhang', p_printer text default 'office') returns outcome language sql as $$
  select o.* from n, api.notice_print(convert_to('token ' || p_who, 'UTF8'), pg_temp.epoch(p_who), 0::int2, pg_temp.seq(p_who), 'p', n.notice_id, p_printer) o
$$;
create function pg_temp.printed(p_ok bool, p_who text default 't.zhang', p_detail text default null) returns outcome language sql as $$
  select o.* from n, api.notice_printed(convert_to('token ' || p_who, 'UTF8'), pg_temp.epoch(p_who), 0::int2, pg_temp.seq(p_who), 'q', n.notice_id, p_ok, null, null, p_detail) o
$$;
create function pg_temp.queue(p_who text default 't.zhang') returns text language sql as $$
  select string_agg(concat_ws(' ', q.applicant, q.state, q.here, q.window_no, q.printer, q.copies, q.detail), '|')
  from n, api.notice_queue(convert_to('token ' || p_who, 'UTF8')) q where q.notice_id = n.notice_id
$$;

select is(pg_temp.queue(), '王小五 unprinted f 0', 'issued and not printed: it waits');
select is(pg_temp.queue('t.li'), null, 'at the receiving post only');
select is(pg_temp.queue('t.wang'), null, 'not at its B, who does not hold it');
select is((select status from pg_temp.print()), 0::int2, 'sent');
select is(pg_temp.queue(), '王小五 queued t 9901 office 0', 'whose end this window does not know, until it says so');
select is((select status from pg_temp.printed(false, p_detail => '缺纸')), 0::int2, 'it did not come out');
select is(pg_temp.queue(), '王小五 failed t 9901 office 0 缺纸', 'and why');
select is((select number from pg_temp.print(p_printer => 'slip')), (select number from n), 'again, with the same number');
select is(pg_temp.queue(), '王小五 queued t 9901 slip 0', 'at another printer');

-- the program died, and prints again
select is((select status from pg_temp.print()), 0::int2, 'again, without having heard of the one before');
select results_eq($$ select p.printer, p.ok, p.detail, p.ended_at is null from hall.notice_print p join n using (notice_id) order by p.print_id $$,
  $$ values ('office', false, '缺纸', false), ('slip', false, '未知结果，已重新打印', false), ('office', null, null, true) $$,
  'the one before did not come out, says who prints again');
select is((select status from pg_temp.printed(true)), 0::int2, 'somebody looked: it came out');
select is(pg_temp.queue(), '王小五 printed t 9901 office 1', 'DOC-3: the first confirmed print');
select is((select code from pg_temp.printed(true)), 'print.none', 'which is counted once');
select is((select m.sha256 from hall.notice m join n using (notice_id)), null, 'of a paper only looked at there is no hash');

-- two windows
select is((select status from pg_temp.print('t.li', 'other')), 0::int2, 'printed again at another window');
select is(pg_temp.queue(), '王小五 queued f 9902 other 1', 'whose it is then');
select is(pg_temp.queue('t.li'), '王小五 queued t 9902 other 1', 'and which is asked about it');
select is((select status from pg_temp.print()), 0::int2, 'the first window prints it, too');
select is((select count(*) from hall.notice_print p join n using (notice_id) where p.ended_at is null), 2::int8, 'that says nothing of the other''s');
do $$ begin perform pg_temp.printed(true); perform pg_temp.printed(true, 't.li'); end $$;
select is((select m.copies from hall.notice m join n using (notice_id)), 3, 'each is counted');
select is_empty($$ select * from hall.verify() $$, 'sound');

-- tomorrow
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 09:00')); end $$;
select is(pg_temp.queue(), null, 'what came out yesterday is no longer shown');
do $$ begin update hall.notice set voided_at = hall.clock(), state = 'unprinted' where notice_id = (select notice_id from n); end $$;
select is(pg_temp.queue(), null, 'nor what is void');
select * from finish(true);
rollback;
