-- People and places, CASE-2, SEC-1: every kind of visitor. Several applicants, guardians of minors,
-- representatives of organisations, agents with an authority that ends; how they are recalled.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(68);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
end $$;
create function pg_temp.take(p_kind text, p_id text, p_name text, p_role text[] default null, p_kinds text[] default null,
  p_ids text[] default null, p_names text[] default null, p_phones text[] default null, p_addresses text[] default null,
  p_agent text default null, p_agent_id text default null, p_scope text default null, p_until date default null,
  p_phone text default '13812345678') returns outcome language sql as $$
  select * from api.case_receive('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('p'),
    pg_temp.item(), p_kind, p_id, p_name, p_phone, '某街道九号', p_agent, case when p_agent_id is not null then 'resident' end,
    p_agent_id, case when p_agent_id is not null then '13300001111' end, p_scope, p_until, null,
    '{1,2,3,4}', '{present,present,present,present}', null, null,
    p_party_role => p_role, p_party_id_kind => p_kinds, p_party_id_no => p_ids, p_party_name => p_names,
    p_party_phone => p_phones, p_party_address => p_addresses)
$$;
create function pg_temp.paper(p_case int8, p_kind text) returns setof hall.block language sql as
$$ select b.block, b.c1, b.c2, b.c3, b.c4, b.widths from hall.notice n, unnest(n.blocks) b where n.case_id = p_case and n.kind = p_kind $$;

-- of age, by the date in the number
select is(rule.is_minor(t.kind, t.no, t.day), t.minor, t.what)
from (values ('resident', '110101200811240010', date '2026-11-23', true, 'a day before eighteen'),
  ('resident', '110101200811240010', '2026-11-24', false, 'eighteen today'),
  ('resident', '110101200802290016', '2026-02-28', true, 'born on a 29th of February: not yet'),
  ('resident', '110101200802290016', '2026-03-01', false, 'the day after'),
  ('foreigner', '911516201505070018', '2026-11-23', true, 'a foreigner''s card of 2023 has the date, too'),
  ('foreigner', 'USA110015050701', '2026-11-23', false, 'the one before has no century'),
  ('passport', 'E12345678', '2026-11-23', false, 'a passport has none: the clerk names the guardian'),
  ('org', '91110000600037341L', '2026-11-23', false, 'an organisation is of no age')) t (kind, no, day, minor, what);

-- a minor has a guardian
select results_eq($$ select status, code, arg1 from pg_temp.take('resident', '110101201503070018', '小明') $$,
  $$ values (1::int2, 'party.no_guardian', '小明') $$, 'a minor has a guardian');
select is(code, 'party.no_guardian', 'another applicant is none') from
  pg_temp.take('resident', '110101201503070018', '小明', '{applicant}', '{resident}', '{110101198001010010}', '{明父}');
select is(code, 'party.guardian_minor', 'nor is another minor') from
  pg_temp.take('resident', '110101201503070018', '小明', '{guardian}', '{resident}', '{110101201603070015}', '{小红}');
select is(code, 'party.twice', 'nor oneself') from
  pg_temp.take('passport', 'E12345678', '小明', '{guardian}', '{passport}', '{E12345678}', '{小明}');
create temp table m as select * from pg_temp.take('resident', '110101201503070018', '小明', '{guardian}', '{resident}', '{110101198001010010}',
  '{明父}', '{13900001111}', '{某街道九号}');
select is(status, 0::int2, 'with a guardian a minor is received') from m;
select is(b.c2, '明父', 'whom the receipt names') from m, pg_temp.paper(m.case_id, 'receipt') b where b.c1 = '监护人';
select is(x.status, 0::int2, 'for a passport a guardian is the clerk''s mark') from
  pg_temp.take('passport', 'E12345678', 'Tom', '{guardian,guardian}', '{passport,passport}', '{E12345679,E12345670}', '{Mary,John}') x;

-- several applicants
create temp table s as select * from pg_temp.take('resident', '110101199001010015', '欧阳小明', '{applicant,applicant}', '{resident,taiwan}',
  '{"11010119900307109 x",12345678}', '{" 李娜 ",林志}', '{13900002222,null}', '{null,""}');
select is(status, 0::int2, 'three applicants') from s;
select results_eq($$ select p.seq, p.role, p.id_no, p.name, p.phone, p.address from hall.case_party p join s using (case_id) order by 1 $$,
  $$ values (1::int2, 'applicant', '110101199001010015', '欧阳小明', '13812345678', '某街道九号'),
    (3::int2, 'applicant', '11010119900307109X', '李娜', '13900002222', null),
    (4::int2, 'applicant', '12345678', '林志', null, null) $$, 'kept as told; 1 is the first, 2 the agent''s place');
select is(b.c1, '欧阳小明、李娜、林志：', 'all of them stand on the receipt') from s, pg_temp.paper(s.case_id, 'receipt') b where b.block = 'to';
select matches((select b.c1 from s, pg_temp.paper(s.case_id, 'receipt') b where b.block = 'para' limit 1), '^你们提交', 'spoken to as several');
do $$ begin perform pg_temp.accept(case_id, 1) from s; end $$;
select is(b.c1, '欧阳小明、李娜、林志：', 'and on the acceptance') from s, pg_temp.paper(s.case_id, 'acceptance') b where b.block = 'to';
select is(x.case_id, s.case_id, 'CASE-12: found by ' || q) from s, unnest(array['李娜', 'lna', '7109X', '2345678', '39000022']) q
  left join lateral api.case_find('token t.zhang', case q when 'lna' then '林志' else q end, null, 1) x on true;
select results_eq($$ select y.name, y.id_no, y.phone from s, api.case_parties('token t.zhang', s.case_id) y where seq = 3 $$,
  $$ values ('李娜', '11010119900307109X', '13900002222') $$, 'SEC-3: whoever handles the case sees them');
do $$ begin perform pg_temp.login('t.sun', 9903); end $$;
select results_eq($$ select y.name, y.id_no, y.phone from s, api.case_parties('token t.sun', s.case_id) y where seq = 3 $$,
  $$ values ('李*', '1101**********109X', '139****2222') $$, 'SEC-1: others see them masked');
select is((select count(*) from s, hall.notice n, api.notice_show('token t.sun', n.notice_id) b where n.case_id = s.case_id
  and concat(b.c1, b.c2, b.c3, b.c4) ~ '李娜|林志|欧阳小明'), 0::int8, 'on papers, too');
select is(x.name, '李娜', 'each is remembered by the number') from api.applicant_find('token t.zhang', 'resident', '11010119900307109X') x;

-- what cannot be
select is(x.code || ' ' || x.arg1, t.want, t.what)
from (values
  ('{applicant}'::text[], '{resident}'::text[], '{110101199001010015}'::text[], '{欧阳}'::text[], 'party.twice 欧阳', 'the same applicant twice'),
  ('{witness}', '{resident}', '{110101198001010010}', '{王}', 'party.role party_role', 'no such role'),
  ('{agent}', '{resident}', '{110101198001010010}', '{王}', 'party.role party_role', 'the agent has fields of his own'),
  (array[null], '{resident}', '{110101198001010010}', '{王}', 'party.role party_role', 'nobody in particular'),
  ('{applicant}', '{resident}', '{110101198001010010}', '{" "}', 'party.name party_name', 'no name'),
  ('{applicant}', '{resident}', array[null], '{王}', 'party.ident party_id_no', 'no number'),
  ('{applicant}', array[null], '{110101198001010010}', '{王}', 'ident.kind party_id_no', 'a number of no kind'),
  ('{applicant,applicant}', '{resident}', '{110101198001010010}', '{王}', 'party.length party_role', 'arrays of unequal length'),
  ('{applicant}', '{resident}', '{110101198001010010}', '{王,李}', 'party.length party_role', 'a name too many'),
  (null, '{resident}', '{110101198001010010}', '{王}', 'party.length party_role', 'names without roles'),
  ('{representative}', '{resident}', '{110101198001010010}', '{王}', 'party.representative 王', 'a person has no legal representative')) t (role, kind, id, name, want, what),
  pg_temp.take('resident', '110101199001010015', '欧阳小明', t.role, t.kind, t.id, t.name) x;
select is(x.code, 'party.many', 'at most thirty') from pg_temp.take('resident', '110101199001010015', '欧阳小明',
  array_fill('applicant'::text, array[31]), array_fill('passport'::text, array[31]), array(select 'E' || i from generate_series(1, 31) i),
  array(select '某' || i from generate_series(1, 31) i)) x;
select is(x.status, 0::int2, 'thirty are taken') from pg_temp.take('resident', '110101199001010015', '欧阳小明',
  array_fill('applicant'::text, array[30]), array_fill('passport'::text, array[30]), array(select 'E' || i from generate_series(1, 30) i),
  array(select '某' || i from generate_series(1, 30) i)) x;

-- an organisation: representative and handler
select is(x.code, 'party.guardian_org', 'an organisation has no guardian') from
  pg_temp.take('org', '91110000600037341L', '示例有限公司', '{guardian}', '{resident}', '{110101198001010010}', '{王}') x;
create temp table o as select * from pg_temp.take('org', '91110000600037341L', '示例有限公司', '{representative}', array[null], array[null], '{王总}',
  null, null, '李经办', '110101199003070118', '代为提交', '2026-11-23', '010-88880000');
select is(status, 0::int2, 'an organisation with its representative, whose number need not be told') from o;
select results_eq($$ select b.c1, b.c2 from o, pg_temp.paper(o.case_id, 'receipt') b where b.c1 in ('法定代表人', '受托人') $$,
  $$ values ('法定代表人', '王总'), ('受托人', '李经办') $$, 'both stand on the receipt');
select results_eq($$ select y.role, y.name, y.until, y.expired from o, api.case_parties('token t.zhang', o.case_id) y order by y.seq $$,
  $$ values ('applicant', '示例有限公司', null::date, false), ('agent', '李经办', '2026-11-23', false), ('representative', '王总', null, false) $$,
  'an authority holds on its last day');
select results_eq($$ select x.name, x.agent_name, x.agent_id_no, x.agent_phone, x.agent_scope, x.agent_until
    from api.applicant_find('token t.zhang', 'org', '91110000600037341L') x $$,
  $$ values ('示例有限公司', '李经办', '110101199003070118', '13300001111', '代为提交', date '2026-11-23') $$, 'its agent of last time is offered');
select is(u.detail[4], 'agent', 'SEC-1: which is on record') from hall.audit u order by u.audit_id desc limit 1;
do $$ begin perform pg_temp.take('resident', '110101199001010015', '欧阳小明', p_agent => '李经办', p_agent_id => '110101199003070118'); end $$;
select results_eq($$ select x.name, x.agent_name, x.agent_id_kind, x.agent_id_no, x.agent_phone, x.agent_scope, x.agent_until
    from api.applicant_find('token t.sun', 'org', '91110000600037341L') x $$,
  $$ values ('示例有限公司', '李**', null::text, null::text, null::text, null::text, null::date) $$, 'SEC-1: a public number does not open the agent to who never handled a case of theirs');
select is(cardinality(u.detail), 3, 'of whom the record does not say that anything was shown') from hall.audit u order by u.audit_id desc limit 1;
select is(s.strangers, 1, 'and such asking is counted') from hall.session s where s.token_sha256 = sha256('token t.sun');
create temp table own as select pg_temp.make_item('T-008', '督查自己的事项') as item; -- t.sun receives this one
insert into hall.post (code, name, department_id, duty)
select 't.own', '另一岗位', department_id, 'window' from hall.department where name = '测试局';
do $$ begin perform pg_temp.hold('t.own', 't.sun'); end $$;
update hall.item_step i set post_id = pg_temp.post('t.own') from own where i.item_version_id = own.item;
create function pg_temp.own(p_agent text, p_agent_id text) returns int2 language sql as $$
  select x.status from own, api.case_receive('token t.sun', pg_temp.epoch('t.sun'), 0::int2, pg_temp.seq('t.sun'), sha256('o'),
    own.item, 'org', '91110000600037341L', '示例有限公司', '010-88880000', null, p_agent, 'resident', p_agent_id, '13300001111', '代为提交', null, null,
    '{1,2,3,4}', '{present,present,present,present}', null, null) x
$$;
select is(pg_temp.own('李经办', '110101199003070118'), 0::int2, 'the agent comes to t.sun, too');
do $$ begin perform pg_temp.take('org', '91110000600037341L', '示例有限公司', p_agent => '李经办', p_agent_id => '110101199003070118', p_scope => '代为提交', p_until => '2026-11-23', p_phone => '010-88880000'); end $$;
select is(x.agent_id_no, '110101199003070118', 'SEC-3: who handled a case of theirs knows the agent, also of another''s case')
from api.applicant_find('token t.sun', 'org', '91110000600037341L') x;
do $$ begin perform pg_temp.take('org', '91110000600037341L', '示例有限公司', p_agent => '王新人', p_agent_id => '110101198001010010', p_phone => '010-88880000'); end $$;
select is(concat_ws(' ', x.agent_name, x.agent_id_no), '王**', 'not the one who came since') from api.applicant_find('token t.sun', 'org', '91110000600037341L') x;
select is(concat_ws(' ', x.agent_name, x.agent_id_no), '王新人 110101198001010010', 'whom t.zhang knows') from api.applicant_find('token t.zhang', 'org', '91110000600037341L') x;
select is(x.agent_name, null, 'a person''s is not') from api.applicant_find('token t.zhang', 'resident', '110101199001010015') x;
do $$ begin perform pg_temp.at(pg_temp.moment('2026-11-24 09:00')); end $$;
select is(y.expired, true, 'an authority that has ended is shown') from o, api.case_parties('token t.zhang', o.case_id) y where y.role = 'agent';
select results_eq($$ select code, arg1 from pg_temp.take('org', '91110000600037341L', '示例有限公司', p_agent => '李经办', p_agent_id => '110101199003070118', p_until => '2026-11-23') $$,
  $$ values ('agent.expired', '2026-11-23') $$, 'and refused at the next receipt');

-- by telephone: several may share one; masked until one is chosen
do $$ begin perform pg_temp.take('resident', '110101196001010012', '欧阳大明', p_phone => '138-1234 5678'); end $$;
select results_eq($$ select x.id_no, x.name from api.applicant_phone('token t.zhang', '138 12345678') x where x.name like '欧%' order by x.id_no $$,
  $$ values ('1101**********0012', '欧***'), ('1101**********0015', '欧***') $$, 'SEC-1: masked');
create temp table chosen as select x.applicant_id from api.applicant_phone('token t.zhang', '13812345678') x where x.id_no like '%0012';
select is(x.name || x.id_no, '欧阳大明110101196001010012', 'the one chosen is known') from chosen c, api.applicant_show('token t.zhang', c.applicant_id, '13812345678') x;
select is(u.detail[3], c.applicant_id::text, 'and it is on record') from chosen c, hall.audit u order by u.audit_id desc limit 1;
select is_empty($$ select * from chosen c, api.applicant_show('token t.zhang', c.applicant_id, '13900002222') x $$, 'a key alone opens nothing');
select is(s.strangers, 1, 'and counts as a stranger') from hall.session s where s.token_sha256 = sha256('token t.zhang');
select is_empty($$ select * from api.applicant_phone('token t.zhang', '13812345') x $$, 'a piece of a telephone finds nobody');
create function pg_temp.guess(p_n int4) returns int8 language sql as
$$ select count(*) from generate_series(1, p_n) i, api.applicant_phone('token t.zhang', (15000000000 + i)::text) $$;
do $$ begin perform pg_temp.guess(58); end $$;
select throws_ok($$ select api.applicant_phone('token t.zhang', '13812345678') $$, 'YM001', 'applicant.too_many', 'guessing ends after sixty strangers');

-- the trail stands for each of them
select is((select count(*) from s join hall.event e using (case_id), unnest(e.detail) d where e.seq = 1 and d ~ '^party\.'), 3::int8, 'SEC-2: a mark for each party');
select is_empty($$ select * from hall.verify() $$, 'and everything is as the rules made it');
update hall.case_party p set name = '李那' from s where p.case_id = s.case_id and p.seq = 3;
delete from hall.case_party p using o where p.case_id = o.case_id and p.role = 'representative';
select set_eq($$ select fault from hall.verify() $$, array['case.party', 'case.party_gone'], 'SEC-2: a party changed or gone is found');
select * from finish(true);
rollback;
