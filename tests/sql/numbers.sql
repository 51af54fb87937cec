-- CASE-12, DOC-2: case numbers with check digit, gapless numbers of notices.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(18);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-12-30 09:00'));
  perform pg_temp.login('t.zhang');
end $$;

-- ISO 7064 MOD 11,10: worked by hand for 0794 (the standard's own example): 5
select is(rule.check_digit('0794'), '5', 'the standard''s example');
select is((select count(*) from generate_series(0, 18) p, generate_series(0, 9) d
  where rule.check_digit(overlay('5199202611230001230'::text placing d::text from p + 1)) = rule.check_digit('5199202611230001230')
    and substr('5199202611230001230', p + 1, 1) <> d::text), 0::int8, 'every wrong digit is found');
create temp table c as select o.* from generate_series(1, 5) i, pg_temp.receive('{1,2,3,4}', '{present,present,present,present}', p_id => '11010119900101000' || i) o;
select is((select count(distinct number) from c), 5::int8, 'numbers are unique');
select is_empty($$ select number from c where number !~ '^\d{4}-20261230-\d{6,}-\d$' $$, 'and readable');
select is_empty($$ select number from c where rule.check_digit(replace(left(number, -2), '-', '')) <> right(number, 1) $$, 'with a check digit');
select is(rule.notice_number((select department_id from hall.department where name = '测试局'), 'acceptance', 2026, 12), '示测受〔2026〕00012号', 'as DOC-2 writes it');
select is(rule.notice_number((select department_id from hall.department where name = '测试局'), 'correction', 2026, 123456), '示测补〔2026〕123456号', 'and beyond five digits');

create temp table n as select o.* from (select case_id from c order by case_id limit 4) x, pg_temp.accept(x.case_id, 1) o;
select results_eq($$ select number from n order by case_id $$, array['示测受〔2026〕00001号', '示测受〔2026〕00002号', '示测受〔2026〕00003号', '示测受〔2026〕00004号'], 'one after another');
select is((pg_temp.accept(case_id, 7)).code, 'case.changed', 'a refused command') from c where case_id = (select max(case_id) from c);
select is((select last from hall.notice_counter k join hall.department d using (department_id) where d.name = '测试局' and kind = 'acceptance' and year = 2026), 4, 'takes no number');

-- a work that fails after its number was taken gives it back
do $$ begin
  insert into hall.notice_counter select department_id, 'correction', 2026, 8 from hall.department where name = '测试局';
  update hall.template set in_force = false where kind = 'correction';
end $$;
create temp table f as select * from pg_temp.receive('{1}', '{present}');
select throws_ok($$ select pg_temp.correct(case_id, 1) from f $$, '23502', null, 'an error is no refusal: it is raised');
select is((select last from hall.notice_counter k join hall.department d using (department_id) where d.name = '测试局' and kind = 'correction'), 8, 'and leaves no gap');
do $$ begin update hall.template t set in_force = true where kind = 'correction'
  and version = (select max(version) from hall.template where kind = 'correction'); end $$;

-- a new year begins at one
do $$ begin perform pg_temp.at(pg_temp.moment('2027-01-04 09:00')); end $$;
create temp table y as select * from pg_temp.receive_all();
select is((pg_temp.accept(case_id, 1)).number, '示测受〔2027〕00001号', 'a series for each year') from y;
select is((pg_temp.file(case_id)).provisional, true, '2027 is not published: 暂定') from y;
select is((select count(*) from y join hall.notice n using (case_id), unnest(n.blocks) b where b.c2 like '%暂定%'), 1::int8, 'and the paper says so');
do $$ begin delete from hall.notice_counter where kind = 'correction' and last = 8; end $$;
create temp table z as select * from pg_temp.receive('{1}', '{present}', p_id => '110101199001010066');
do $$ begin perform pg_temp.correct(case_id, 1) from z; end $$;
select is((select count(*) from z join hall.notice n using (case_id), unnest(n.blocks) b where n.kind = 'receipt' and b.c1 like '%2027年1月11日（暂定）%'), 1::int8, 'CLK-1: so does a receipt of the day to tell what is missing');
select is((select count(*) from z join hall.notice n using (case_id), unnest(n.blocks) b where n.kind = 'correction' and b.c1 like '%2027年2月3日（暂定）%'), 1::int8, 'and a one-time notice of the day to answer');

select is_empty($$ select * from hall.verify_notices() $$, 'numbers without gaps');
select * from finish(true);
rollback;
