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

-- In the order of the index: without it the sweep would look through a whole day's news each time.
create or replace function rule.sweep_news(p_limit int4) returns int4 language plpgsql as $$
declare
  gone int4;
begin
  delete from hall.news n
  where n.news_id in (
    select w.news_id from hall.news w where w.written_at < hall.wall() - interval '1 day'
    order by w.written_at limit p_limit);
  get diagnostics gone = row_count;
  return gone;
end $$;
comment on function rule.sweep_news(int4) is
  'Deletes news a day old, so many at most: whoever was to hear of it has, or begins anew. How many.';
