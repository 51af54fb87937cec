-- CASE-15: typing mistakes are put right; before and after are kept, papers that show them
-- are voided and issued anew, neither state nor dates change, and it is no second notice.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(71);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
end $$;
create function pg_temp.find(p_q text) returns int8 language sql as $$ select count(*) from api.case_find('token t.zhang', p_q, null, null) $$;

create temp table c as select * from pg_temp.receive('{1}', '{present}', p_name => '欧阳小鸣');
do $$ begin perform pg_temp.correct(case_id, 1) from c; end $$;
create temp table before as select f.state, f.term_at, f.corrections, f.delivered_at, f.post_id from c join hall.case_file f using (case_id);
create temp table due as select d.* from c join hall.due d using (case_id);
select is((pg_temp.amend(case_id, 2)).code, 'amend.nothing', 'nothing changed') from c;
select is((pg_temp.amend(case_id, 2, '欧阳小鸣')).code, 'amend.nothing', 'the same again') from c;
select is((pg_temp.amend(case_id, 1, '欧阳小明')).code, 'case.changed', 'CASE-14: a stale version') from c;
select is((pg_temp.amend(case_id, 2, '欧阳小明', p_login => 't.li')).code, 'post.not_holder', 'before acceptance the intake post''s') from c;
select is((pg_temp.amend(case_id, 2, p_id_kind => 'passport')).code, 'amend.ident', 'kind and number together') from c;
select is((pg_temp.amend(case_id, 2, p_agent => '{null,null,null,13900001111}')).code, 'agent.name', 'an agent has a name') from c;
create temp table a as select d.* from c, pg_temp.amend(c.case_id, 2, '欧阳小明', '13900001111', p_id_kind => 'resident', p_id_no => '110101199001011237', p_address => '某街道十号', p_matter => '开两家店') d;
select is(version, 3, 'amended') from a;
select results_eq('select f.state, f.term_at, f.corrections, f.delivered_at, f.post_id from c join hall.case_file f using (case_id)', 'select * from before', 'neither state nor dates');
select results_eq('select d.* from c join hall.due d using (case_id)', 'select * from due', 'nor what is due');
select results_eq($$ select y.id_no, y.name, y.phone, y.address, f.matter from c join hall.case_file f using (case_id) join hall.case_party y using (case_id) where y.seq = 1 $$,
  $$ values ('110101199001011237', '欧阳小明', '13900001111', '某街道十号', '开两家店') $$, 'put right');
select results_eq($$ select w.field, w.before, w.after from c, api.case_amended('token t.zhang', c.case_id) w order by 1 $$,
  $$ values ('address', '某街道九号', '某街道十号'), ('id_no', '110101199001010015', '110101199001011237'), ('matter', '开一家店', '开两家店'),
    ('name', '欧阳小鸣', '欧阳小明'), ('phone', '13812345678', '13900001111') $$, 'before and after are kept');
select is((select count(*) from hall.event e join c using (case_id) where e.event = 'amend' and e.detail::text ~ '欧阳|1390000|19900101|两家'), 0::int8, 'SEC-2: in the trail as commitments');
select is((select array_agg(e.detail[i] order by i) from c join hall.event e using (case_id), generate_series(1, cardinality(e.detail), 3) i where e.event = 'amend'), array['party.1', 'matter', 'amended'], 'of party and matter, and of what is kept of them');
select is(pg_temp.find('110101199001011237'), 1::int8, 'CASE-12: found by the new number');
select is(pg_temp.find('13900001111'), 1::int8, 'by the new telephone');
select is(pg_temp.find('小鸣'), 0::int8, 'not by the wrong name any more');
select is(x.name, '欧阳小明', 'the applicant is remembered so') from c join hall.case_file f using (case_id) join hall.applicant x using (applicant_id);

-- its papers
select results_eq($$ select n.kind, n.number, n.voided_at is not null, o.number from c join hall.notice n using (case_id) left join hall.notice o on o.notice_id = n.replaces_id order by n.notice_id $$,
  $$ select 'receipt', number, true, null from c union all values ('correction', '示测补〔2026〕00001号', true, null), ('correction', '示测补〔2026〕00002号', false, '示测补〔2026〕00001号')
    union all select 'receipt', number, false, number from c $$, 'each paper that shows it is void and issued anew, with a number of its own');
select ok(pg_temp.says(n) like all (array['%欧阳小鸣%']), 'DOC-3: the void one stays as it was') from c join hall.notice n using (case_id) where n.number = '示测补〔2026〕00001号';
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'correction')) like all (array['%欧阳小明：%', '%示测补〔2026〕00002号%', '%请于2026年12月23日17:00前%', '%替代示测补〔2026〕00001号%']), 'the new one is right, with the old dates') from c;
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'receipt')) like all (array['%开两家店%', '%1101**********1237%', '%在2026年11月30日17:00前%']), 'so is the receipt') from c;
select is((select string_agg(e.event || coalesce(' ' || n.kind, ''), ', ' order by e.seq) from c join hall.event e using (case_id) left join hall.notice n using (notice_id)), 'receive receipt, correct correction, amend, reissue correction, reissue receipt', 'each in the trail');
select is((select count(*) from api.notice_list('token t.zhang', null) l join c using (case_id)), 2::int8, 'only the new ones wait to be printed');
select is((select l.replaces from c, api.notice_list('token t.zhang', c.case_id) l where l.number = '示测补〔2026〕00002号'), '示测补〔2026〕00001号', 'notice.list: for what it stands in');
select is((select n.number from c join hall.negative g using (case_id) join hall.notice n using (notice_id)), '示测补〔2026〕00002号', 'the register has the paper that holds');
-- a telephone is on no paper
do $$ begin perform pg_temp.amend(case_id, 3, p_phone => '13900002222') from c; end $$;
select is((select count(*) from hall.notice n join c using (case_id)), 4::int8, 'what a paper does not show leaves it as it is');

-- not a second notice, and not a way to ask again
select is((pg_temp.amend(case_id, 4, p_seq => '{4}', p_state => '{present}')).status, 0::int2, 'a tick put right') from c;
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'correction')) not like '%健康证%', 'leaves the notice') from c;
select is((pg_temp.amend(case_id, 5, p_seq => '{1}', p_state => '{absent}')).code, 'answer.not_told', 'ONE-3: what was not asked for cannot be now') from c;
select is((pg_temp.amend(case_id, 5, p_seq => '{2,3}', p_state => '{present,present}')).code, 'amend.nothing_told', 'a notice that asks for nothing is voided instead') from c;
select is(f.corrections, 1::int2, 'ONE-3: told once') from c join hall.case_file f using (case_id);
do $$ begin perform pg_temp.answer(case_id, 5, '{2,3}', '{present,present}') from c; perform pg_temp.accept(case_id, 6) from c; end $$;
select is((pg_temp.amend(case_id, 7, '欧阳晓明')).code, 'post.not_holder', 'once accepted, the holder''s') from c;
select is((pg_temp.amend(case_id, 7, p_seq => '{1}', p_state => '{absent}', p_login => 't.li')).code, 'answer.not_told', 'nothing is lacking in what was accepted') from c;
create temp table accepted as select f.accepted_at, f.due_at from c join hall.case_file f using (case_id);
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-25 09:00')); perform pg_temp.amend(case_id, 7, '欧阳晓明', p_login => 't.li') from c; end $$;
select results_eq('select f.accepted_at, f.due_at from c join hall.case_file f using (case_id)', 'select * from accepted', 'two days later: the clock runs as before');
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'acceptance')) like all (array['%欧阳晓明%', '%2026年11月30日前（含当日）%', '%2026年11月25日%']), 'the acceptance is issued anew, today, with its dates') from c;
select is((select count(*) from c join hall.notice n using (case_id) where n.voided_at is null), 4::int8, 'two receipts, a correction, an acceptance hold');

-- an agent: named, put right, taken out
create temp table g as select * from pg_temp.receive_all();
select is((pg_temp.amend(case_id, 1, p_agent => '{张三,resident,110101199001010015,13811112222,办理,2026-11-24}')).code, 'agent.expired', 'authority at the delivery') from g;
select is((pg_temp.amend(case_id, 1, p_agent => '{张三,resident,110101199001010015,13811112222,办理,2026-12-31}')).status, 0::int2, 'an agent after all') from g;
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'receipt')) like '%受托人 张三%', 'on the receipt') from g;
select is((pg_temp.amend(case_id, 2, p_agent => '{张三丰}')).status, 0::int2, 'with the right name') from g;
select results_eq($$ select y.name, y.id_no, y.until_day from g join hall.case_party y using (case_id) where y.role = 'agent' $$, $$ values ('张三丰', '110101199001010015', '2026-12-31'::date) $$, 'the rest stays');
select is_empty($$ select * from hall.verify() $$, 'sound');
select is((pg_temp.amend(case_id, 3, p_no_agent => true)).status, 0::int2, 'none after all') from g;
select is((select count(*) from g join hall.case_party y using (case_id)), 1::int8, 'gone from the case');
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'receipt')) not like '%受托人 张%', 'and from the receipt') from g;
select is((pg_temp.amend(case_id, 4, p_address => '')).status, 0::int2, 'a blank empties') from g;
select is(y.address, null, 'an address') from g join hall.case_party y using (case_id);

-- further parties, and what every kind of visitor needs
create function pg_temp.family(p_with int8 default null, p_id text default '11010120150101003X', p_name text default '小朋友') returns outcome language sql as $$
  select * from api.case_receive('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('r'),
    pg_temp.item(), 'resident', p_id, p_name, '13812345678', null, null, null, null, null, null, null, null, '{1}', '{present}', null, null,
    '{guardian}', '{resident}', '{110101199001010015}', '{张四}', '{13811112222}', '{null}', p_with_case => p_with)
$$;
create temp table k as select * from pg_temp.family();
select is((pg_temp.amend(case_id, 1, p_party => '{9}', p_party_name => '{张三}')).code, 'amend.party', 'a place where nobody is') from k;
select is((pg_temp.amend(case_id, 1, p_party => '{3}', p_party_name => '{张三}')).status, 0::int2, 'a guardian put right') from k;
select ok(pg_temp.says(pg_temp.last_paper(case_id, 'receipt')) like '%监护人 张三|%', 'on the receipt') from k;
select is((select w.field || ' ' || w.before || ' ' || w.after from k, api.case_amended('token t.zhang', k.case_id) w), 'party3_name 张四 张三', 'before and after');
select is((pg_temp.amend(case_id, 1, p_id_kind => 'resident', p_id_no => '11010120150101003X')).code, 'party.no_guardian', 'a minor by the right number needs a guardian')
from pg_temp.receive_all();

-- what receive refuses, amend does not make
select is((pg_temp.amend(case_id, 2, p_id_kind => 'resident', p_id_no => '110101199001010015')).code, 'party.twice', 'nobody is the own guardian') from k;
select is((pg_temp.amend(case_id, 2, p_id_kind => 'org', p_id_no => '91110000600037341L')).code, 'party.guardian_org', 'an organisation has no guardian') from k;
select is(f.version, 2, 'nothing of it stays') from k join hall.case_file f using (case_id);
create function pg_temp.guardian(p_case int8, p_version int4, p_id text, p_first text default null) returns text language sql as $$
  select x.code from api.case_amend('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('m'), p_case, p_version,
    case when p_first is not null then 'resident' end, p_first, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, '录入错误',
    '{3}', '{resident}', array[p_id], null, null, null) x
$$;
select is(pg_temp.guardian(case_id, 2, '110101201603070015'), 'party.guardian_minor', 'nor is a minor one') from k;
select is(pg_temp.guardian(case_id, 1, '110101198001010010', '110101199001010015'), null, 'looked at together: both numbers are put right at once')
from pg_temp.family(p_id => '11010120150101003X');

-- the cases of a visit share a receipt: it is issued anew for both
create temp table v2 as select * from pg_temp.family(p_with => (select case_id from k));
select is((select count(*) from hall.receipt_case l join hall.notice n using (notice_id) where l.case_id = (select case_id from k) and n.voided_at is null), 1::int8, 'one receipt');
select is((pg_temp.amend(k.case_id, 2, '小明友')).status, 0::int2, 'amended in the first case') from k;
select results_eq($$ select count(*), bool_and(n.replaces_id is not null) from k join hall.receipt_case l using (case_id) join hall.notice n using (notice_id) where n.voided_at is null $$,
  $$ values (1::int8, true) $$, 'whose name the receipt does not show: its head is of the second');
select is((pg_temp.amend(case_id, 1, '小明友')).status, 0::int2, 'in the second') from v2;
select results_eq($$ select l.case_id, pg_temp.says(n) like '%小明友%' from hall.receipt_case l join hall.notice n using (notice_id) where n.voided_at is null and l.case_id in (select case_id from k union select case_id from v2) order by 1 $$,
  $$ select case_id, true from k union all select case_id, true from v2 order by 1 $$, 'the receipt of both is issued anew');
select results_eq($$ select e.event, e.version from k join hall.event e using (case_id) order by e.seq desc limit 1 $$, $$ values ('receipt', 3) $$, 'and the other case hears of it');
select is_empty($$ select * from hall.verify() $$, 'sound');

-- who does not handle it sees no name that a paper ever showed
do $$ begin perform pg_temp.login('t.sun', 9903); end $$;
select is((select count(*) from c join hall.notice n using (case_id), api.notice_show('token t.sun', n.notice_id) b where concat(b.c1, b.c2, b.c3, b.c4) ~ '小鸣|小明|晓明|一家店|两家店'), 0::int8, 'SEC-1: void papers are masked, too');
select is((select string_agg(concat(w.before, w.after), ' ') from c, api.case_amended('token t.sun', c.case_id) w) ~ '小鸣|小明|晓明|1390000|101199', false, 'and what was amended');

create temp table blank as select (pg_temp.receive_all()).case_id;
select is((pg_temp.amend(case_id, 1, '  ')).code, 'amend.nothing', 'nobody is left without a name') from blank;
select is((pg_temp.amend(case_id, 1, p_agent => array[' ', null, null, null, null, null])).code, 'amend.nothing', 'nor named by a blank') from blank;

-- what verify must find
do $$ begin update hall.case_party y set name = '别人' from c where y.case_id = c.case_id and y.seq = 1; end $$;
select ok(exists (select from hall.verify() where fault = 'case.party'), 'a party changed behind the trail''s back is found');
do $$ begin update hall.case_party y set name = '欧阳小明' from c where y.case_id = c.case_id and y.seq = 1; end $$;
select ok(exists (select from hall.verify() where fault = 'case.party'), 'even to what it once was');
do $$ begin update hall.case_party y set name = '欧阳晓明' from c where y.case_id = c.case_id and y.seq = 1; update hall.case_file f set matter = '开一家店' from c where f.case_id = c.case_id; end $$;
select is((select string_agg(fault, ' ') from hall.verify()), 'case.matter', 'so is a matter');
select * from finish(true);
rollback;
