-- NEG-1: a no that no command makes is entered in the register by hand; SEC-2: what an entry said
-- before its paper was worded anew is kept.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(31);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
  perform pg_temp.login('t.sun', 9903);
end $$;
create temp table c as select * from pg_temp.receive_all();
create function pg_temp.id() returns int8 language sql as $$ select case_id from c $$;
create function pg_temp.enter(p_category text, p_facts text default '需专家评审，不能按期办结', p_case int8 default pg_temp.id(), p_number text default null,
  p_basis text default null, p_major bool default null, p_login text default 't.zhang', p_draft bytea default null) returns outcome language sql as $$
  select * from api.negative_enter(('token ' || p_login)::bytea, pg_temp.epoch(p_login), 0::int2, pg_temp.seq(p_login), sha256('n'),
    p_case, p_number, p_category, p_facts, p_basis, p_major, p_draft)
$$;
create function pg_temp.entries(p_login text default 't.zhang') returns table (number text, category text, facts text, basis text, major bool, handler text,
  notice text, voided bool, before text) language sql as $$
  select number, category, facts, basis, major, handler, notice, voided_at is not null, before
  from api.negative_list(('token ' || p_login)::bytea, null, null, null, null) where case_id = pg_temp.id() order by negative_id
$$;

-- by hand
do $$ begin perform pg_temp.accept(case_id, 1) from c; end $$;
select is((pg_temp.enter('late', p_login => 't.sun')).code, 'post.not_holder', 'SEC-3: by who holds a post of the case');
select is((pg_temp.enter('declined')).code, 'negative.category', 'what a command makes is not entered by hand');
select is((pg_temp.enter('correction')).code, 'negative.category', 'nor a correction');
select is((pg_temp.enter('late', ' 。 ')).code, 'text.blank', 'facts are told');
select is((pg_temp.enter('late', p_case => 1)).code, 'case.none', 'of no case');
select is((pg_temp.enter('late', p_case => null, p_number => '5199-20261123-1')).code, 'case.none', 'or of a number nobody has');
select is((pg_temp.enter('late', p_login => 't.li')).status, 0::int2, 'cannot finish in time, says who handles it');
select is((pg_temp.enter('other', '口头答复不予办理', null, (select translate(number, '-', '') from c), '某条例第三条', true)).status, 0::int2, 'other, by the digits of the case''s code');
select is((pg_temp.enter('other', '再次答复', null, (select number from c))).number, '示测否〔2026〕00003号', 'or its number; DOC-2: numbered without gaps');
select results_eq($$ select * from pg_temp.entries() where number ~ '0000[12]号' $$, $$ values
  ('示测否〔2026〕00001号', 'late', '需专家评审，不能按期办结。', (select rule.basis_of(f, null) from hall.case_file f where f.case_id = pg_temp.id()), false, 'A 李四', null::text, false, null::text),
  ('示测否〔2026〕00002号', 'other', '口头答复不予办理。', '某条例第三条', true, 'A 张三丰', null, false, null) $$, 'each stands in the register with facts, basis, handler');
select results_eq($$ select e.event, e.from_state, e.to_state, e.version, e.note from hall.event e where e.case_id = pg_temp.id() and e.event = 'negative' order by seq limit 1 $$,
  $$ values ('negative', 'accepted', 'accepted', 2, null::text) $$, 'an event of the case, whose state and version stay');
select is((select (array_agg(facts))[1] from pg_temp.entries('t.sun')), '需专家评审，不能按期办结。', 'supervision reads it');
select is_empty($$ select * from hall.verify() $$, 'sound');

-- a paper at the same version is void: what was entered by hand is not
create temp table d as select * from pg_temp.receive_all();
create function pg_temp.decline(p_case int8) returns outcome language sql as $$
  select * from api.case_decline('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('d'), p_case, 1, 'not_permitted', '场所不符合规定', '某法第九条',
    null, null, null, null)
$$;
select is((select (pg_temp.decline(case_id)).status from d), 0::int2, 'declined');
create function pg_temp.paper() returns hall.notice language sql as $$ select n.* from hall.notice n join d using (case_id) where n.kind = 'decline' order by n.notice_id desc limit 1 $$;
create function pg_temp.reissue(p_facts text, p_basis text default null) returns outcome language sql as $$
  select * from api.notice_reissue('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('i'), (pg_temp.paper()).notice_id, '写错了', null, p_facts, p_basis)
$$;
select is((select (pg_temp.enter('late', p_case => case_id)).code from d), 'negative.over', 'what is over cannot be late any more');
select is((select (pg_temp.enter('other', '另有说明', case_id)).status from d), 0::int2, 'other may come after');

-- worded anew
select is((pg_temp.reissue('场地面积不足')).status, 0::int2, 'the paper is worded anew');
select is((pg_temp.reissue('场地面积不足六十平方米', '某法第十条')).status, 0::int2, 'and once more');
select is((pg_temp.reissue('场地面积不足六十平方米')).status, 0::int2, 'the same words again');
create temp table g as select n.* from hall.negative n join d using (case_id) where n.category = 'declined';
select results_eq($$ select facts, basis from g $$, $$ values ('场地面积不足六十平方米。', '某法第十条') $$, 'the register tells it as it is now');
select results_eq($$ select w.no, w.facts, w.basis from hall.negative_was w join g using (negative_id) order by w.no $$,
  $$ values (1, '场所不符合规定。', '某法第九条'), (2, '场地面积不足。', '某法第九条') $$, 'SEC-2: and what it told before, each once');
select is((select l.before from g, api.negative_list('token t.zhang', null, null, null, null) l where l.negative_id = g.negative_id), '场所不符合规定。（某法第九条）；场地面积不足。（某法第九条）', 'so the list says');
select is_empty($$ select * from hall.verify() $$, 'sound');
select throws_ok($$ update hall.negative_was set facts = 'x' $$, 'YM010', null, 'what it was is not changed');
select is((select (api.notice_void('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('v'), (pg_temp.paper()).notice_id, 2, '不该拒绝')).status), 0::int2, 'the refusal is void');
select results_eq($$ select category, voided_at is not null from hall.negative join d using (case_id) order by negative_id $$, $$ values ('declined', true), ('other', false) $$, 'its entry, too; the one by hand stands');
select is_empty($$ select * from hall.verify() $$, 'sound still');

-- found when changed behind the triggers' back
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
select is(pg_temp.found(q), w::text[], n) from (values
  ('update hall.negative_was set facts = $$x$$ where no = 1', '{negative.was}', 'other words of before'),
  ('delete from hall.negative_was', '{negative.was}', 'none at all'),
  ('update hall.negative set facts = $$x$$ where category = $$late$$', '{negative.content}', 'other facts of an entry by hand'),
  ('delete from hall.negative where category = $$other$$ and case_id = (select case_id from d)', '{negative.counter,negative.missing}', 'one by hand gone')) t (q, w, n);
select * from finish(true);
rollback;
