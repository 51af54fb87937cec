-- Architecture 12, POST-8: who keeps, sees and takes a draft; that it goes with the commit of its
-- form, in the same transaction, and never otherwise.
\set ON_ERROR_STOP 1
begin;
\ir lib/hall.psql
select plan(57);
do $$ begin
  perform pg_temp.at(pg_temp.moment('2026-11-23 09:00'));
  perform pg_temp.login('t.zhang');
  perform pg_temp.login('t.li', 9902);
end $$;
create function pg_temp.key(p text) returns bytea language sql as $$ select substr(sha256(p::bytea), 1, 16) $$;
create function pg_temp.save(p_key text, p_revision int4, p_content text, p_login text default 't.zhang', p_case int8 default null,
  p_item int8 default pg_temp.item()) returns int4 language sql as $$
  select revision from api.draft_save(('token ' || p_login)::bytea, pg_temp.key(p_key), p_revision, 'intake', p_item, p_case, '某人', p_content::bytea)
$$;
create function pg_temp.listed(p_login text default 't.zhang') returns table (draft bytea, screen text, item text, case_id int8,
  number text, state text, title text, person text, mine bool, window_no int4, saved_at timestamptz, revision int4) language sql as
$$ select * from api.draft_list(('token ' || p_login)::bytea) $$;
create function pg_temp.content(p_key text, p_login text default 't.zhang') returns text language sql as
$$ select convert_from(content, 'UTF8') from api.draft_take(('token ' || p_login)::bytea, pg_temp.key(p_key)) $$;
create function pg_temp.row(p_key text) returns hall.draft language sql as $$ select d from hall.draft d where draft_key = pg_temp.key(p_key) $$;
create function pg_temp.receive_draft(p_key text, p_seq int2[], p_state text[]) returns outcome language sql as $$
  select * from api.case_receive('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('d'),
    pg_temp.item(), 'resident', '110101199001010015', '欧阳小明', '13812345678', null, null, null, null, null, null, null, null,
    p_seq, p_state, null, null, p_draft => pg_temp.key(p_key))
$$;

-- kept, newer over older
select is(pg_temp.save('a', 1, 'one'), 1, 'the first save');
select is(pg_temp.save('a', 3, 'three'), 3, 'a newer one');
select is(pg_temp.save('a', 2, 'two'), 3, 'a late one is answered with what is kept');
select is(pg_temp.save('a', 3, 'three'), 3, 'the same again is the same');
select is(convert_from((pg_temp.row('a')).content, 'UTF8'), 'three', 'and changes nothing');
select results_eq($$ select screen, item, case_id, title, person, mine, window_no, revision from pg_temp.listed() $$,
  $$ values ('intake', '测试（含试验）经营许可', null::int8, '某人', '张三丰', true, 9901, 3) $$, 'listed for who typed it');
select throws_ok($$ select api.draft_save('token t.zhang', 'short', 1, 'intake', null, null, null, 'x') $$, 'YM006', 'draft.key', 'a key has 16 bytes');
select throws_ok($$ select pg_temp.save('b', 1, repeat('x', 49153)) $$, '23514', null, 'content has a limit in the table, too');
select is(pg_temp.save('b', 1, 'unknown item', p_case => 5, p_item => 5), 1, 'what it is about may be gone');
select is((pg_temp.row('b')).post_id, null, 'then it is of no post');

-- who sees it
select is_empty($$ select * from pg_temp.listed('t.li') $$, 'not for another post''s holder');
select throws_ok($$ select pg_temp.content('a', 't.li') $$, 'YM001', 'draft.none', 'who cannot take it either');
do $$ begin perform api.draft_drop('token t.li', pg_temp.key('a')); end $$;
select is((pg_temp.row('a')).ended, null, 'nor drop it');
select is(pg_temp.content('a'), 'three', 'its owner takes it');
do $$ begin
  perform pg_temp.login('t.wang', 9903);
  perform pg_temp.hold('t.in', 't.wang', 'B');
end $$;
select results_eq($$ select person, mine, window_no from pg_temp.listed('t.wang') $$, $$ values ('张三丰', false, 9901) $$,
  'POST-8: a covering B is given it, and not what is of no post');
select is((select count(*) from hall.audit where event = 'draft.take'), 0::int8, 'taking one''s own is no news');
select is(pg_temp.content('a', 't.wang'), 'three', 'B goes on with it');
select results_eq($$ select staff_id, detail from hall.audit where event = 'draft.take' $$,
  $$ values (pg_temp.staff('t.wang'), array['staff', pg_temp.staff('t.zhang')::text, pg_temp.staff('t.wang')::text, 'screen', '', 'intake']) $$, 'which is on record');
select throws_ok($$ select pg_temp.save('a', 9, 'mine') $$, 'YM001', 'draft.taken', 'the window it came from does not write over it');
select is(pg_temp.save('a', 4, 'by B', 't.wang'), 4, 'B does');
do $$ begin perform pg_temp.hold('t.in', 't.zhang', 'A'); end $$;
select results_eq($$ select draft, person, mine from pg_temp.listed() $$,
  $$ values (pg_temp.key('b'), '张三丰', true), (pg_temp.key('a'), '王五', false) $$, 'A is back: one''s own first, then the post''s');
select is((select count(*) from pg_temp.listed('t.wang')), 1::int8, 'and B still has what B typed');
select is(pg_temp.content('a'), 'by B', 'A takes it back');

-- a locked session saves and sees nothing
do $$ begin perform api.session_lock('token t.zhang'); end $$;
select is(pg_temp.save('b', 2, 'locked'), 2, 'what was typed before the lock is kept');
select throws_ok($$ select pg_temp.listed() $$, 'YM002', 'session.locked', 'but not shown behind it');
do $$ begin perform api.session_verified('token t.zhang', true); end $$;

-- with the commit, and only then
select is(x.code, 'materials.missing', 'refused') from (select (pg_temp.receive_draft('c', '{1}', '{present}')).*) c,
  lateral api.case_accept('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('e'), c.case_id, 1, null, null, null, null, pg_temp.key('a')) x;
select is((pg_temp.row('a')).ended, null, 'a refused write leaves its draft');
select is(pg_temp.content('a'), 'by B', 'as it was');
select ok((pg_temp.row('c')).case_id is not null and (pg_temp.row('c')).ended is null, 'receive binds the draft to the case it made, even before its first save');
select is((select count(*) from pg_temp.listed() where draft = pg_temp.key('c')), 0::int8, 'with nothing in it yet it is not offered');
select is(pg_temp.save('c', 1, 'late'), 1, 'a save that comes late');
select results_eq($$ select l.case_id = f.case_id, l.number = f.number, l.state from pg_temp.listed() l join hall.case_file f using (case_id) where draft = pg_temp.key('c') $$,
  $$ values (true, true, 'received') $$, 'stays bound: nobody receives it twice');
select results_eq($$ select item_id, number is not null, version, revision from api.draft_take('token t.zhang', pg_temp.key('c')) $$,
  $$ values (pg_temp.item(), true, 1, 1) $$, 'taking it names the case and its version');
create temp table done as select a.* from (select (pg_temp.row('c')).case_id) c, lateral api.case_accept('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2,
  pg_temp.seq('t.zhang'), sha256('f'), c.case_id, 1, '{2,3,4}', '{present,present,present}', null, null, pg_temp.key('c')) a;
select is(status, 0::int2, 'accepted') from done;
select results_eq($$ select ended, title, content, revision from hall.draft where draft_key = pg_temp.key('c') $$,
  $$ values ('done', null::text, null::bytea, 1) $$, 'its draft went with it, content and title');
select is_empty($$ select * from pg_temp.listed() where draft = pg_temp.key('c') $$, 'and is not offered');
select throws_ok($$ select pg_temp.save('c', 2, 'too late') $$, 'YM001', 'draft.ended', 'a late save does not bring it back');
create temp table e as select (pg_temp.receive_draft('e', '{1,3}', '{present,present}')).*;
select is(x.code, null, 'told once') from e, lateral api.case_correct('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('g'), e.case_id, 1, null, null, null, null, null, pg_temp.key('e')) x;
select is((pg_temp.row('e')).ended, 'done', 'correct ends its draft');
select is(x.code, null, 'answered') from e, lateral api.case_answer('token t.zhang', pg_temp.epoch('t.zhang'), 0::int2, pg_temp.seq('t.zhang'), sha256('h'), e.case_id, 2, '{2}', '{present}', null, null, null, pg_temp.key('b')) x;
select is((pg_temp.row('b')).ended, 'done', 'answer, too');
select is((pg_temp.receive_draft('x', '{9}', '{present}')).code, 'material.none', 'nothing received');
select is(pg_temp.row('x'), null, 'nothing bound');

-- the writes of the small forms: refused each leaves its draft, done it takes it along
create function pg_temp.takes(p_fn text, p_bad text, p_good text, p_login text default 't.zhang') returns text language plpgsql as $$
declare
  o outcome;
  said text := '';
begin
  perform pg_temp.save(p_fn, 1, 'typed', p_login);
  foreach p_bad in array array[p_bad, p_good] loop
    execute format('select * from api.%I($1, $2, 0::int2, $3, sha256($5), %s, p_draft => $4)', p_fn, p_bad)
    into o using ('token ' || p_login)::bytea, pg_temp.epoch(p_login), pg_temp.seq(p_login), pg_temp.key(p_fn), p_bad::bytea;
    said := said || coalesce(o.code, 'done') || ' ' || coalesce((pg_temp.row(p_fn)).ended, 'open') || ' ';
  end loop;
  return rtrim(said);
end $$;
do $$ begin perform pg_temp.login('t.sun', 9902); end $$;
create temp table s as select (pg_temp.receive('{1,2,3,4}', '{present,present,present,present}')).*;
do $$ begin perform pg_temp.ask('second_correction', case_id) from e; end $$;
create function pg_temp.asked() returns text language sql as $$ select max(exception_id)::text from hall.exception where state = 'asked' $$;
create function pg_temp.accepted() returns text language sql as $$ select notice_id::text from s, lateral pg_temp.last_paper(s.case_id, 'acceptance') n $$;
select is(pg_temp.takes('exception_deny', pg_temp.asked() || ', '' ''', pg_temp.asked() || ', ''请先核实''', 't.sun'), 'text.blank open done done', 'exception.deny');
select is(pg_temp.takes('exception_ask', format('''second_correction'', %s, null, '' ''', case_id), format('''second_correction'', %s, null, ''确有必要''', case_id)),
  'text.blank open done done', 'exception.ask') from e;
select is(pg_temp.takes('exception_grant', pg_temp.asked() || ', '' ''', pg_temp.asked() || ', ''同意''', 't.sun'), 'text.blank open done done', 'exception.grant');
select is(pg_temp.takes('paper_keep', case_id || ', ''{""}'', null, null', case_id || ', ''{营业执照}'', null, null'), 'text.blank open done done', 'paper.keep') from s;
select is(pg_temp.takes('paper_return', format('%s, array[0]::int8[], ''欧阳小明'', null', case_id),
  format('%s, array(select original_id from hall.original where case_id = %s), ''欧阳小明'', null', case_id, case_id)), 'original.none open done done', 'paper.return') from s;
create function pg_temp.attach(p_case int8) returns int8 language sql as $$
  select paper_id from (select convert_to(E'%PDF-1.4 x\n%%EOF', 'UTF8')) f (b),
    lateral api.paper_put('token t.zhang', p_case, sha256(b), octet_length(b), null, '扫描.pdf', 0, b)
$$;
select is(pg_temp.takes('paper_void', '0, ''扫错了''', pg_temp.attach(case_id) || ', ''扫错了'''), 'paper.none open done done', 'paper.void') from s;
do $$ begin perform pg_temp.accept(case_id, (select version from hall.case_file c where c.case_id = s.case_id)) from s; end $$;
select is(pg_temp.takes('notice_reissue', pg_temp.accepted() || ', '' '', null, null, null', pg_temp.accepted() || ', ''卡纸'', null, null, null'),
  'text.blank open done done', 'notice.reissue');
select is(pg_temp.takes('notice_void', pg_temp.accepted() || ', 0, ''办错了''', format('%s, %s, ''办错了''', pg_temp.accepted(), (select version from hall.case_file c where c.case_id = s.case_id))),
  'case.changed open done done', 'notice.void') from s;

-- dropped, and forgotten in time
do $$ begin perform api.draft_drop('token t.zhang', pg_temp.key('a')); perform api.draft_drop('token t.zhang', pg_temp.key('never')); end $$;
select is((pg_temp.row('a')).ended, 'dropped', 'dropping is explicit');
select is((select count(*) from hall.audit where event = 'draft.drop'), 0::int8, 'and of one''s own no news');
do $$ begin
  perform pg_temp.save('cover', 1, 'A');
  perform pg_temp.hold('t.in', 't.wang', 'B');
  perform api.draft_drop('token t.li', pg_temp.key('cover'));
end $$;
select is((pg_temp.row('cover')).ended || (select count(*) from hall.audit where event = 'draft.drop'), null, 'who may not drops nothing');
do $$ begin perform api.draft_drop('token t.wang', pg_temp.key('cover')); perform api.draft_drop('token t.wang', pg_temp.key('cover')); end $$;
select is((pg_temp.row('cover')).ended, 'dropped', 'POST-8: a covering B drops A''s');
select results_eq($$ select staff_id, detail from hall.audit where event = 'draft.drop' $$,
  $$ values (pg_temp.staff('t.wang'), array['staff', pg_temp.staff('t.zhang')::text, pg_temp.staff('t.wang')::text, 'screen', '', 'intake']) $$,
  'SEC-2: which is on record, once');
do $$ begin perform pg_temp.hold('t.in', 't.zhang', 'A'); end $$;
do $$ begin
  perform pg_temp.save('old', 1, 'old');
  perform pg_temp.at(pg_temp.moment('2026-12-30 09:00'));
  perform pg_temp.save('new', 1, 'new');
  perform pg_temp.listed();
end $$;
select results_eq($$ select draft_key from hall.draft where staff_id = pg_temp.staff('t.zhang') $$, $$ values (pg_temp.key('new')) $$,
  'draft.days: what nobody came back to is deleted, and what ended long before');
select * from finish(true);
rollback;
