-- After a restore from a backup (SEC-6): the windows know more than the hall does. Their tokens,
-- epochs and keys of cases may be of the time that is lost, so none of these may be used again.

set role yimen_owner;

create or replace function hall.restored(p_source text, p_moment timestamptz) returns timestamptz
language plpgsql as $$
declare
  begun int4 := extract(epoch from hall.wall() - timestamptz '2026-01-01 00:00+08');
begin
  insert into hall.restore (at, moment, source) values (hall.wall(), p_moment, p_source);
  -- Some were ended since, or their password was changed; which, the backup cannot know.
  update hall.session set closed_at = hall.clock() where closed_at is null;
  -- Above every epoch given since, here or in another hall restored from this backup, since
  -- windows log in less than once a second. A write whose answer its window still waits for is
  -- then settled truthfully: by its stored outcome where the hall has it, else as never done.
  update hall.window set epoch = greatest(epoch + 1000, begun);
  insert into hall.command (window_id, slot, fence)
  select w.window_id, s, w.epoch from hall.window w, generate_series(0, 7) s
  on conflict (window_id, slot) do update set fence = excluded.fence;
  -- A case number on a receipt, a key on a screen still open must not come to mean another case.
  -- (Numbers of notices have no gaps (DOC-2): those of the lost papers are given again.)
  perform setval('hall.case_serial', nextval('hall.case_serial') + 10000);
  perform setval('hall.id_seq', nextval('hall.id_seq') + 100000000);
  perform rule.audit('hall', 0, 'restored', null, null, array['moment', '', p_moment::text, 'source', '', p_source]);
  return p_moment;
end $$;
comment on function hall.restored(text, timestamptz) is
  'Called once after a restore, before any window connects: ends sessions, fences every key, skips numbers that may be in use (SEC-6).';
