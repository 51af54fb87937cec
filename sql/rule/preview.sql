-- Papers of what is done after acceptance, before it is done (DOC-2): which kind, and whether the
-- person may do it at all.

set role yimen_owner;

create or replace function rule.act_paper(p_action text) returns text language plpgsql immutable as $$
declare
  kind text := case p_action when 'suspend' then 'special' when 'extend' then 'extend' when 'decide' then 'grant'
    when 'refuse' then 'refuse' when 'close' then 'finish' when 'deliver' then 'deliver' when 'fee_ask' then 'fee'
    when 'fee_reduce' then 'fee' end;
begin
  if kind is null then
    perform rule.invalid('notice.kind', 'action');
  end if;
  return kind;
end $$;
comment on function rule.act_paper(text) is 'The kind of paper an action after acceptance makes; refused for one that makes none.';

create or replace function rule.preview_call(c hall.case_file, p_staff_id int8, p_action text) returns command.call
language plpgsql stable as $$
declare
  k command.call;
begin
  perform rule.act_paper(p_action);
  k.staff_id := p_staff_id;
  c.last_at := greatest(hall.clock(), c.last_at);
  if p_action in ('fee_ask', 'fee_reduce') then
    return rule.expect_fee(k, c, c.version);
  end if;
  k := rule.expect(k, c, c.version, p_action);
  if p_action = 'decide' then
    perform rule.need_reviewed(c);
  end if;
  return k;
end $$;
comment on function rule.preview_call(hall.case_file, int8, text) is
  'A command as it would be if it were sent now: refused to whom and where the command would be.';
