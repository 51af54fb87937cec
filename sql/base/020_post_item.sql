-- What a post receives, as an admin's floor files say it: from this the steps of item
-- versions are made, also of items loaded later. Must know no case.

set role yimen_owner;

create table hall.post_item (
  department_id int8 not null references hall.department,
  item_code text not null,
  post_id int8 not null references hall.post,
  review_post_id int8 references hall.post,
  primary key (department_id, item_code)
);
comment on table hall.post_item is 'Which post receives an item and which one reviews it, for the default procedure (CASE-17).';
comment on column hall.post_item.department_id is 'Department of the item.';
comment on column hall.post_item.item_code is 'Its code; *: every item of the department not named in another row.';
comment on column hall.post_item.post_id is 'Post that receives and handles.';
comment on column hall.post_item.review_post_id is 'Post that reviews and decides; NULL: the receiving one.';
create index post_item_post on hall.post_item (post_id);
