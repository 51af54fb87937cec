-- The print queue of a window (DOC-2, DOC-3).

set role yimen_owner;

drop function if exists api.notice_queue(bytea); -- its rows had fewer columns
create or replace function api.notice_queue(p_token bytea)
returns table (notice_id int8, case_id int8, case_number text, applicant text, kind text, title text, number text,
  issued_at timestamptz, state text, copies int4, here bool, window_no int4, printer text, queued_at timestamptz,
  detail text, elsewhere bool)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  today date := rule.day_of(hall.clock());
  own int8[] := array(select s.item_version_id from hall.post p
    join hall.item_step s on s.post_id = p.post_id and s.seq = 0 where p.holder_id = v.staff_id);
  ids int8[];
begin
  -- the newest 200: papers nobody will print must not hide those of today
  ids := array(select n.notice_id from hall.notice n join hall.case_file c on c.case_id = n.case_id
      where n.state <> 'printed' and n.voided_at is null and c.item_version_id = any (own)
      order by n.notice_id desc limit 200)
    || array(select p.notice_id from (
        select x.* from hall.notice_print x where x.window_id = v.window_id order by x.print_id desc limit 100) p
      where p.ended_at is null or rule.day_of(p.queued_at) = today);
  return query
    select n.notice_id, c.case_id, c.number, a.name, n.kind, n.title, n.number, n.issued_at, n.state, n.copies,
      coalesce(p.window_id = v.window_id, false), w.no, p.printer, p.queued_at, p.detail,
      n.state = 'unprinted' and rule.made_elsewhere(n.notice_id, c)
    from hall.notice n
    join hall.case_file c on c.case_id = n.case_id and rule.handles(v.staff_id, c)
    join hall.case_party a on a.case_id = c.case_id and a.seq = 1
    left join lateral (select x.* from hall.notice_print x where x.notice_id = n.notice_id
      order by x.ended_at is null desc, x.print_id desc limit 1) p on true
    left join hall.window w on w.window_id = p.window_id
    where n.notice_id = any (ids) and n.voided_at is null
    order by n.state = 'printed', n.notice_id desc;
end $$;
comment on function api.notice_queue(bytea) is
  'notice.queue: papers of the receiving posts held now that are still to come out, and this window''s printings of today.';
