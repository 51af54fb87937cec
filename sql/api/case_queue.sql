-- Lists of a post's cases as windows see them (CLK-5): the queue, and what it counts.

set role yimen_owner;

drop function if exists api.case_queue(bytea, int8, text, int4, int4), api.case_queue(bytea, int8, text, int4, int4, date);
drop function if exists api.case_queue(bytea, int8, text, int4, int4, date, date); -- its rows had fewer columns
create or replace function api.case_queue(p_token bytea, p_post_id int8, p_state text, p_after int4, p_limit int4,
  p_day date default null, p_from date default null)
returns table (case_id int8, number text, item text, applicant text, id_tail text, state text, step text,
  post text, received_at timestamptz, term_at timestamptz, due_at timestamptz, version int4,
  step_due_at timestamptz, light text, step_light text, days_left int4, standing text, action text, step_left int4,
  deliver_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
  posts int8[] := case when p_post_id is null then rule.posts_held(v.staff_id) else array[p_post_id] end;
  today date := rule.day_of(hall.clock());
begin
  return query
    select r.* from rule.list_rows(case p_state
      when 'deliver' then rule.to_be_delivered(posts, p_from, p_day, rule.page_after(p_after), rule.page_limit(p_limit))
      else rule.open_cases(posts, p_state, p_from, p_day, today, rule.page_after(p_after), rule.page_limit(p_limit)) end,
      v.staff_id, today) r;
end $$;
comment on function api.case_queue(bytea, int8, text, int4, int4, date, date) is
  'case.queue: open cases of the posts held now, most urgent first; of a state; of a day; or results to deliver (CASE-8).';

create or replace function api.case_lights(p_token bytea)
returns table (yellow int4, red int4, deliver int4, deliver_late int4)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v rule.viewer := rule.session(p_token);
begin
  return query select * from rule.lights_of(rule.posts_held(v.staff_id), hall.clock());
end $$;
comment on function api.case_lights(bytea) is
  'case.lights: how many cases of the posts held now are yellow or red (CLK-5), and results to be delivered (CASE-8).';
