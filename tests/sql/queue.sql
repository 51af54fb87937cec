-- CLK-5, CASE-8: lists of a post's cases, what they count, of a day.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
\ir lib/life.psql
select plan(25);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00')); -- a Monday
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
end $$;

-- a promise of ten working days, one of four; the first step of two
create temp table long as select pg_temp.make_item('T-Q1', '测试长事项', true, 10) as item;
create temp table short as select pg_temp.make_item('T-Q2', '测试短事项', true, 4) as item;
update hall.item_step set post_id = pg_temp.post('t.in'), limit_days = 2
where item_version_id = (select item from long) and seq = 1;
update hall.item_step set post_id = pg_temp.post('t.in') where item_version_id = (select item from short) and seq = 1;
insert into hall.item_step select item, 3, 'close', '办结', pg_temp.post('t.in'), null from long;

create function pg_temp.new_case(p_name text, p_item int8, p_accept bool default true) returns int8 language plpgsql as $$
declare
  r outcome;
begin
  select * into r from pg_temp.receive('{1,2,3,4,5}', '{present,present,present,present,unneeded}', p_name => p_name, p_item => p_item);
  if p_accept then
    perform pg_temp.accept(r.case_id, 1);
  end if;
  return r.case_id;
end $$;
create temp table k as select
  pg_temp.new_case('长期限', (select item from long)) as long,
  pg_temp.new_case('短期限', (select item from short)) as short,
  pg_temp.new_case('刚收件', (select item from short), false) as received;
create function pg_temp.queue(p_state text default null, p_day date default null, p_from date default null, p_login text default 't.zhang')
returns text language sql as $$
  select string_agg(concat_ws(' ', q.applicant, q.light, q.days_left, q.step_light, q.step_left, q.standing, q.action), ', ' order by q.o)
  from (select *, row_number() over () as o from api.case_queue(('token ' || p_login)::bytea, null, p_state, null, null, p_day, p_from)) q
$$;
create function pg_temp.lights(p_login text default 't.zhang') returns text language sql as $$
  select concat_ws(' ', yellow, red, deliver, deliver_late) from api.case_lights(('token ' || p_login)::bytea)
$$;
create function pg_temp.to_day(p text) returns void language plpgsql as $$
begin
  perform pg_temp.at(pg_temp.moment(p));
  perform rule.sweep(hall.clock(), 1000);
end $$;

select is(pg_temp.queue(), '长期限 green 11 green 3 advance, 短期限 green 5 advance, 刚收件 green 6 accept',
  'CLK-5: what ends first comes first; days left count today and the due day; step and total each have their own');
select is(pg_temp.lights(), '0 0 0 0', 'all green');
select is(pg_temp.queue('light'), null, 'nothing is urgent');
select is(pg_temp.queue(p_day => '2026-11-25'), '长期限 green 11 green 3 advance', 'due by a day: the step''s end');
select is(pg_temp.queue(p_day => '2026-11-30', p_from => '2026-11-28'), '刚收件 green 6 accept', 'on some days: the correction term');
select is(pg_temp.queue(p_day => '2026-12-07', p_from => '2026-12-07'), '长期限 green 11 green 3 advance',
  'also by its later end, though another comes first');
select is(pg_temp.queue(p_day => '2026-12-08', p_from => '2026-12-08'), null, 'and not on a day on which nothing ends');

do $$ begin perform pg_temp.to_day('2026-11-25 08:00'); end $$;
select is(pg_temp.queue('light'), '长期限 green 9 yellow 1 advance', 'a step is yellow while the total is green');
select is(pg_temp.lights(), '1 0 0 0', 'one yellow');
do $$ begin perform pg_temp.to_day('2026-11-27 08:00'); end $$;
select is(pg_temp.queue('light'), '长期限 green 7 red -2 advance, 短期限 yellow 1 advance', 'a short promise on its last day');
select is(pg_temp.lights(), '1 1 0 0', 'a case counts once, by its worst light');
do $$ begin perform pg_temp.to_day('2026-11-30 08:00'); end $$;
select is(pg_temp.queue('received'), '刚收件 yellow 1 accept', 'ONE-2: the term''s last day, though no light turned');
select is(pg_temp.lights(), '1 2 0 0', 'is counted, too');
select is((select string_agg(f.light || ' ' || f.days_left, ', ' order by f.case_id) from api.case_find('token t.zhang', '短期限', null, null) f), 'red -1',
  'found, it shows the same');

-- standing still
do $$ begin perform pg_temp.act('suspend', short, 2, 't.zhang', '{"procedure": "testing"}') from k; end $$;
select is(pg_temp.queue('suspended'), '短期限 red 0 检测 resume', 'what stands still, and why; CLK-2: from before opening, so today is no day over');
do $$ begin perform pg_temp.to_day('2026-12-02 08:00'); end $$;
select is(pg_temp.queue('suspended'), '短期限 red 0 检测 resume', 'nor are the days after');

-- decided: the delivery runs for the post that receives, wherever the case is
do $$ begin
  perform pg_temp.act('advance', long, 2, 't.zhang') from k;
  perform pg_temp.act('decide', long, 3, p => '{"document_no": "示测许1"}') from k;
end $$;
select is(pg_temp.queue('decided'), '长期限 green 11 close', 'the total clock has stopped, the delivery runs (CASE-8)');
select is(pg_temp.lights(), '0 2 1 0', 'a result to deliver; silence has accepted the third, late already');
select is(pg_temp.queue('deliver'), '长期限 green 11 close', 'in the list of them');
select is(pg_temp.lights('t.li'), '0 0 0 0', 'of the receiving post alone');
do $$ begin perform pg_temp.act('close', long, 4, 't.zhang') from k; perform pg_temp.to_day('2026-12-17 08:00'); end $$;
select is(pg_temp.queue('deliver'), '长期限 red -1 deliver', 'closed, it is still to be delivered, and late now');
select is(pg_temp.queue('deliver', '2026-12-16', '2026-12-16'), '长期限 red -1 deliver', 'on its day');
select is(pg_temp.lights(), '0 2 1 1', 'late');
do $$ begin perform pg_temp.act('deliver', long, 5, 't.zhang') from k; end $$;
select is(pg_temp.queue('deliver'), null, 'delivered, it is gone');
select is((select f.light from api.case_find('token t.zhang', '长期限', null, null) f), null, 'nothing runs any more');

select * from finish();
rollback;
