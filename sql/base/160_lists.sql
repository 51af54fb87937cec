-- Indexes for lists and looks back that grow with the years: of handovers, of where people went, of what was done as a post.

set role yimen_owner;

create index handover_giver on hall.handover (giver_id);
create index handover_taker on hall.handover (taker_id);
create index handover_planned_by on hall.handover (planned_by);

create index whereabouts_past on hall.whereabouts (staff_id, until_at);

-- The report of a return (POST-3), and rule.hold_at whenever a post changes hands.
create index event_as_post on hall.event (acting_post_id, at) where acting_post_id is not null;
