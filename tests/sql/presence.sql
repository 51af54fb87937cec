-- Signing in and out (WHR-1): once for a half day, late, early and absent by the hours of the calendar;
-- scripts count as here until they sign out (POST-4).
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(57);
update hall.window set kind = 'script' where no = 9903;
create function pg_temp.sheet(p_login text, p_by text default 't.zhang', p_day date default null) returns table (half text, came text, went text, verdict text) language sql as $$
  select x.half, to_char(x.in_at, 'HH24:MI'), to_char(x.out_at, 'HH24:MI'), x.verdict
  from api.presence_sheet(('token ' || p_by)::bytea, p_day, false) x where x.staff_id = pg_temp.staff(p_login) order by x.half
$$;
create function pg_temp.say(p_verb text, p_login text) returns outcome language plpgsql as $$
declare
  o outcome;
begin
  if p_verb = 'in' then
    select * into o from api.presence_in(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('i'));
  else
    select * into o from api.presence_out(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('o'));
  end if;
  return o;
end $$;
create function pg_temp.here() returns text language sql as $$
  select string_agg(distinct s.login, ' ' order by s.login) from hall.live l join hall.staff s using (staff_id) where s.login like 't.%'
$$;

-- Winter: 8:30 to 12:00, 14:00 to 17:00. A Monday.
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 08:20')); perform pg_temp.login('t.zhang'); end $$;
select results_eq($$ select * from pg_temp.sheet('t.zhang') $$, $$ values ('am', '08:20', null, ''), ('pm', null, null, 'future') $$, 'a login signs in');
select results_eq($$ select * from pg_temp.sheet('t.wang') $$, $$ values ('am', null::text, null::text, 'future'), ('pm', null, null, 'future') $$, 'the day has not begun');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 08:31')); perform pg_temp.login('t.wang', 9902); end $$;
select results_eq($$ select * from pg_temp.sheet('t.wang') $$, $$ values ('am', '08:31', null, 'late'), ('pm', null, null, 'future') $$, 'late');
select is((select verdict from pg_temp.sheet('t.li') where half = 'am'), 'not_in', 'WHR-1: not in, while the half day runs');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 09:30')); perform pg_temp.say('in', 't.zhang'); end $$;
select is((select came from pg_temp.sheet('t.zhang') where half = 'am'), '08:20', 'the first time counts');
select is((select count(*) from hall.audit where subject_kind = 'staff' and subject_id = pg_temp.staff('t.zhang') and event = 'presence.in'), 1::int8, 'SEC-2: on record once');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 11:59')); perform pg_temp.say('out', 't.wang'); end $$;
select is((select verdict from pg_temp.sheet('t.wang') where half = 'am'), 'late_early', 'gone before noon');
do $$ begin perform pg_temp.say('in', 't.wang'); end $$;
select is((select verdict from pg_temp.sheet('t.wang') where half = 'am'), 'late', 'who comes back has not gone');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 12:05')); perform pg_temp.say('out', 't.wang'); end $$;
select results_eq($$ select * from pg_temp.sheet('t.wang') $$, $$ values ('am', '08:31', '12:05', 'late'), ('pm', null, null, 'future') $$, 'who goes at noon ends the morning');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 12:30')); perform pg_temp.say('in', 't.wang'); end $$;
select is((select came from pg_temp.sheet('t.wang') where half = 'pm'), '12:30', 'who comes at noon comes for the afternoon');
select is((select verdict from pg_temp.sheet('t.zhang') where half = 'am'), '', 'not yet');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 13:30')); end $$;
select is((select verdict from pg_temp.sheet('t.zhang') where half = 'am'), 'no_out', 'did not sign out');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 14:00')); perform api.session_lock('token t.zhang'); perform api.session_verified('token t.zhang', true); end $$;
select results_eq($$ select * from pg_temp.sheet('t.zhang') where half = 'pm' $$, $$ values ('pm', '14:00', null, '') $$, 'an unlock signs in, on the minute it is not late');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-23 17:00')); perform pg_temp.say('out', 't.zhang'); end $$;
select results_eq($$ select * from pg_temp.sheet('t.zhang') where half = 'pm' $$, $$ values ('pm', '14:00', '17:00', '') $$, 'nor is closing time early');
select is((select count(*) from pg_temp.sheet('t.zhang', 't.zhang', '2026-11-21') where verdict <> ''), 0::int8, 'a Saturday asks nothing of anybody');

-- leave
do $$ begin
  insert into hall.whereabouts (staff_id, window_id, kind, destination, since, until_at)
  select pg_temp.staff('t.li'), w.window_id, 'meeting', '二楼', pg_temp.moment('2026-11-24 08:00'), pg_temp.moment('2026-11-24 12:00') from hall.window w where w.no = 9902;
  perform pg_temp.at(pg_temp.moment('2026-11-24 15:00'));
end $$;
select results_eq($$ select half, verdict from pg_temp.sheet('t.li') $$, $$ values ('am', 'leave'), ('pm', 'not_in') $$, 'away for the whole half day');
update hall.whereabouts set until_at = pg_temp.moment('2026-11-24 10:00') where staff_id = pg_temp.staff('t.li');
select is((select verdict from pg_temp.sheet('t.li') where half = 'am'), 'absent', 'but not for a part of it: it is over');
insert into hall.attendance values (pg_temp.staff('t.li'), '2026-11-24', 'am', pg_temp.moment('2026-11-24 10:00'), pg_temp.moment('2026-11-24 12:00'));
select is((select verdict from pg_temp.sheet('t.li') where half = 'am'), '', 'who comes when it ends is not late');
update hall.whereabouts set until_at = pg_temp.moment('2026-11-25 10:00'), ended_at = pg_temp.moment('2026-11-25 08:20'), ended_how = 'in' where staff_id = pg_temp.staff('t.li');
select is((select verdict from pg_temp.sheet('t.li') where half = 'am'), '', 'nor does the sheet change once they are back (WHR-1)');
update hall.whereabouts set ended_at = pg_temp.moment('2026-11-24 09:30') where staff_id = pg_temp.staff('t.li');
select is((select verdict from pg_temp.sheet('t.li') where half = 'am'), 'late', 'back before, they were away no longer');
update hall.whereabouts set until_at = pg_temp.moment('2026-11-24 10:00'), ended_at = null, ended_how = null where staff_id = pg_temp.staff('t.li');

-- the sheet of whom
select throws_ok($$ select * from api.presence_sheet('token t.zhang', null, true) $$, 'YM002', 'class.denied', 'one''s own department only');
do $$ begin perform pg_temp.login('t.sun', 9903); end $$;
select cmp_ok((select count(*) from api.presence_sheet('token t.sun', null, true)), '>=', 12::int8, 'a supervisor sees the hall');
select throws_ok($$ delete from hall.attendance $$, 'YM010', null, 'kept for the record');

-- who is here
do $$ begin perform api.presence_beat(array[sha256('token t.zhang'), sha256('nobody'), null]::bytea[], 0); end $$;
select is(pg_temp.here(), 't.sun', 'a script is here while it is open; who signed out yesterday is not, although the line is up');
do $$ begin perform pg_temp.say('in', 't.zhang'); perform api.presence_beat(array[sha256('token t.zhang')], 0); end $$;
select is(pg_temp.here(), 't.sun t.zhang', 'until one signs in');
do $$ begin perform pg_temp.say('out', 't.sun'); perform api.presence_beat('{}', 0); end $$;
select is(pg_temp.here(), null, 'a script that signed out is gone; so is who has no line');
do $$ begin perform pg_temp.say('in', 't.sun'); perform api.presence_beat(array[sha256('token t.wang')], 0); end $$;
select is(pg_temp.here(), 't.sun t.wang', 'both again');
do $$ begin perform api.session_close('token t.sun'); perform api.presence_beat(array[sha256('token t.wang')], 0); end $$;
select is(pg_temp.here(), 't.wang', 'a logout ends it');
do $$ begin perform pg_temp.say('in', 't.wang'); perform pg_temp.at(pg_temp.moment('2026-11-24 16:59')); perform api.session_close('token t.wang'); end $$;
select is((select went from pg_temp.sheet('t.wang') where half = 'pm'), '16:59', 'a logout signs out');
do $$ begin perform api.presence_beat(array[sha256('token t.wang')], 0); end $$;
select is(pg_temp.here(), null, 'and a line without a session is nobody');
select is((pg_temp.say('in', 't.wang')).code, 'session.none', 'who is logged out signs in by logging in');

-- coming and going is seen at once, not at the next beat
do $$ begin perform api.presence_beat('{}', 0); perform pg_temp.login('t.chen', 9902); end $$;
select is(pg_temp.here(), 't.chen', 'a login');
do $$ begin perform pg_temp.say('out', 't.chen'); end $$;
select is(pg_temp.here(), null, 'signing out');
do $$ begin perform pg_temp.say('in', 't.chen'); end $$;
select is(pg_temp.here(), 't.chen', 'signing in');
do $$ begin perform api.presence_beat('{}', 0); perform api.session_resume((select cert_sha256 from hall.window where no = 9902), sha256('token t.chen'), 'line', pg_temp.epoch('t.chen')); end $$;
select is(pg_temp.here(), 't.chen', 'a line that is there again');
do $$ begin perform api.session_close('token t.chen'); end $$;
select is(pg_temp.here(), null, 'a logout');

-- A takes what nobody holds
do $$ begin perform pg_temp.hold('t.in', null, null, 'gone'); end $$;
select is((pg_temp.say('in', 't.zhang')).status, 0::int2, 'presence.in');
select is((select s.login from hall.post p join hall.staff s on s.staff_id = p.holder_id where p.code = 't.in'), 't.zhang', 'POST-2: A signing in takes the post nobody holds');
select is_empty($$ select * from hall.verify() v where v.fault ~ '^(tenure|offer|post|audit)' $$, 'all as the rules made it');
select is((select count(*) from hall.whereabouts where staff_id = pg_temp.staff('t.zhang') and ended_at is null), 0::int8, 'and is not away');

-- news of it at once: the board (WHR-2), and whoever covers a post of whom it is (POST-4)
create function pg_temp.news(p_event text) returns text language sql as $$
  with n as (delete from hall.news w where w.event = p_event returning w.post_id)
  select string_agg(p.code, ' ' order by p.code) from n join hall.post p using (post_id) where p.code like 't.%'
$$;
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-25 08:40'));
  update hall.session set token_sha256 = sha256(session_id::text::bytea) where closed_at is not null or expires_at < hall.wall();
  perform api.session_close('token t.zhang');
  update hall.session set token_sha256 = sha256(session_id::text::bytea) where closed_at is not null;
  perform pg_temp.login('t.wang', 9902), pg_temp.login('t.zhang');
  perform pg_temp.hold('t.in', 't.wang', 'B', 'take');
  delete from hall.news;
  perform api.presence_beat(array[sha256('token t.wang')], 0);
end $$;
select is(pg_temp.news('presence.board'), 't.chief t.in t.rev t.sup', 'WHR-2: a cut line is told to the boards');
select is(pg_temp.news('cover.back'), 't.in', 'and to whoever covers the post of which that is the A');
do $$ begin perform api.presence_beat(array[sha256('token t.wang')], 0); end $$;
select is(pg_temp.news('presence.board'), null, 'once');
do $$ begin perform api.session_resume((select cert_sha256 from hall.window where no = 9901), sha256('token t.zhang'), 'line', pg_temp.epoch('t.zhang')); end $$;
select is(pg_temp.news('presence.board') || ' / ' || pg_temp.news('cover.back'), 't.chief t.in t.rev t.sup / t.in', 'the line is there again');
do $$ begin delete from slot where login = 't.zhang'; perform pg_temp.say('out', 't.zhang'); end $$;
select is(pg_temp.news('presence.board') || ' / ' || pg_temp.news('cover.back'), 't.chief t.in t.rev t.sup / t.in', 'signed out');

-- two yimends: each speaks of its own lines
do $$ begin
  perform pg_temp.say('in', 't.zhang');
  perform api.presence_beat(array[sha256('token t.zhang')], 0, 'one'), api.presence_beat(array[sha256('token t.wang')], 0, 'two');
  perform api.presence_beat(array[sha256('token t.zhang')], 0, 'one');
end $$;
select is(pg_temp.here(), 't.wang t.zhang', 'what one does not have another may');
update hall.window set kind = 'counter' where no = 9903;
do $$ begin perform pg_temp.login('t.chen', 9903); perform api.presence_beat(array[sha256('token t.zhang')], 0, 'one'); end $$;
select is(pg_temp.here(), 't.chen t.wang t.zhang', 'who just came is not told away by the other');
do $$ begin perform api.presence_beat('{}', 0, 'one'), api.presence_beat(array[sha256('token t.wang'), sha256('token t.zhang')], 0, 'two'); end $$;
select is(pg_temp.here(), 't.chen t.wang t.zhang', 'a line that moved over is there');
do $$ begin update hall.live set put_at = put_at - interval '7 seconds' where server is null; perform api.presence_beat(array[sha256('token t.wang'), sha256('token t.zhang')], 0, 'two'); end $$;
select is(pg_temp.here(), 't.wang t.zhang', 'whom none of them has is gone after some seconds');
update hall.beat set at = at - interval '16 seconds' where server = 'two';
do $$ begin perform api.presence_beat('{}', 0, 'one'); end $$;
select is(pg_temp.here(), null, 'of one that serves no more nobody is there');
do $$ begin
  perform api.presence_beat(array[sha256('token t.wang')], 0, 'one');
  perform pg_temp.hold('t.in', 't.zhang');
  delete from hall.beat where server = '';
  update hall.beat set at = hall.wall() - interval '1 second' where server = 'one';
  perform api.presence_beat('{}', 2000, 'two');
  update hall.beat set at = hall.wall() - interval '1 second' where server = 'two';
  perform api.presence_beat(array[sha256('token t.wang')], 2000, 'one');
end $$;
select ok((select gone_ms from hall.post_gone where post_id = pg_temp.post('t.in')) between 2000 and 2500, 'POST-4: two seconds that two served are two seconds');
delete from hall.beat;

-- whoever is there in opening hours has signed in (WHR-1)
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-26 10:00'));
  perform api.presence_beat(array[sha256('token t.wang'), sha256('token t.zhang')], 0);
end $$;
select is((select came from pg_temp.sheet('t.wang', 't.wang') where half = 'am'), '08:30', 'there since yesterday: as the half day began');
select results_eq($$ select came, verdict from pg_temp.sheet('t.zhang', 't.wang') where half = 'am' $$, $$ values ('10:00', 'late') $$, 'whose line is there only now came now');
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-26 13:59'));
  perform api.session_lock('token t.zhang'), api.presence_beat(array[sha256('token t.wang'), sha256('token t.zhang')], 0);
end $$;
select is((select came from pg_temp.sheet('t.wang', 't.wang') where half = 'pm'), null, 'not before the hall opens');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-26 14:00')); perform api.presence_beat(array[sha256('token t.wang'), sha256('token t.zhang')], 0); end $$;
select results_eq($$ select came, verdict from pg_temp.sheet('t.wang', 't.wang') where half = 'pm' $$, $$ values ('14:00', '') $$, 'who worked on through noon is in');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-26 14:30')); perform api.presence_beat(array[sha256('token t.wang'), sha256('token t.zhang')], 0); end $$;
select is((select verdict from pg_temp.sheet('t.zhang', 't.wang') where half = 'pm'), 'not_in', 'a locked screen signs nobody in');
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-26 17:00')); end $$;
select is((select verdict from pg_temp.sheet('t.zhang', 't.wang') where half = 'pm'), 'absent', 'absent, once the half day is over');
select * from finish(true);
rollback;
