-- What deciding needs, said as it is: after an answer term that was over it is decided on what is there.

set role yimen_owner;

update hall.transition set needs = 'granted, at the deciding step, nothing that was to follow (容缺) outstanding (CASE-8); 准予决定书'
where (from_state, action) = ('accepted', 'decide');
