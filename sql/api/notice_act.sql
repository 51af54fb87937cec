-- Papers of what is done after acceptance, as they would be issued: laid out by the window before
-- anything is sent (DOC-2).

set role yimen_owner;

create or replace function api.notice_preview_act(p_token bytea, p_case_id int8, p_action text, p_remark text, p_procedure text,
  p_reason text, p_expected int4, p_until date, p_days int4, p_document text, p_document_no text, p_valid_until date, p_facts text,
  p_basis text, p_major bool, p_how text, p_received_by text, p_received_on date, p_papers text, p_amount int8, p_note text,
  p_by int8)
returns table (no int2, block text, c1 text, c2 text, c3 text, c4 text, widths text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  c hall.case_file := rule.case_to_read(p_case_id);
  k command.call := rule.preview_call(c, v.staff_id, p_action);
  given text[];
  kind text := rule.act_paper(p_action);
  blocks hall.block[];
begin
  case p_action
    when 'suspend' then
      given := rule.special_words(rule.special(p_procedure, p_reason, p_expected, p_until, k.at));
      c := rule.moved(c, k.at, p_action);
    when 'extend' then
      perform rule.to_extend(c, p_days, k.at);
      given := rule.extended_words(c, p_days, p_reason);
      c := rule.extended(rule.moved(c, k.at, p_action), p_days);
    when 'decide' then
      perform rule.need_deciding(c);
      perform rule.need_followed(c);
      c.last_at := k.at;
      given := rule.granted_words(c, p_document, p_document_no, p_valid_until);
      c := rule.decided(rule.moved(c, k.at, p_action), true);
    when 'refuse' then
      perform rule.need_deciding(c);
      given := rule.refused_words(c, p_facts, p_basis);
      perform rule.need_major(c, p_major, 'refuse');
      c := rule.decided(rule.moved(c, k.at, p_action), false);
    when 'close' then
      given := rule.closed_words(c);
      c := rule.ended(c, k.at, p_action);
    when 'deliver' then
      perform rule.to_deliver(c, p_how, coalesce(p_received_on, rule.day_of(k.at)), k.at);
      given := rule.delivered_words(c, p_how, p_received_by, coalesce(p_received_on, rule.day_of(k.at)), p_papers);
      c := rule.moved(c, k.at, p_action);
    when 'fee_ask' then
      given := rule.fee_words(rule.asked_fee(k, c, p_amount, p_note));
    when 'fee_reduce' then
      given := rule.fee_words(rule.reduced_fee(c, p_by, p_reason));
  end case;
  blocks := rule.compose(c, kind, rule.notice_number(c.department_id, kind, extract(year from rule.day_of(k.at))::int4, 0),
    k.at, v.staff_id, '{}', p_remark, given);
  if not rule.handles(v.staff_id, c) then
    blocks := rule.mask_blocks(blocks, c.case_id); -- SEC-1: a chief representative extends what others handle
  end if;
  return query select * from rule.block_rows(blocks);
end $$;
comment on function api.notice_preview_act(bytea, int8, text, text, text, text, int4, date, int4, text, text, date, text, text, bool,
  text, text, date, text, int8, text, int8) is
  'notice.preview_act: the paper of something done after acceptance, with a dummy number, refused as the command would be (DOC-2).';
