-- News: what the windows of a post, or whoever looks at a case, hear of at once although it is
-- no event of a case. A row says that something happened; what, each window then reads.

set role yimen_owner;

create or replace function rule.tell(k command.call, p_event text, p_posts int8[], p_case_id int8 default null)
returns void language plpgsql as $$
begin
  insert into hall.news (at, event, post_id, case_id, staff_id, window_id)
  select k.at, p_event, p.id, p_case_id, k.staff_id, k.window_id
  from (select distinct q.id from unnest(p_posts) q (id) where q.id is not null) p
  order by p.id;
end $$;
comment on function rule.tell(command.call, text, int8[], int8) is
  'Tells the windows of posts, through the event tail, that something happened.';
