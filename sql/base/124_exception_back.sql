-- An exception that is usable once more (CASE-16, DOC-3). Must know no rule.

set role yimen_owner;

insert into hall.side_event values
  ('exception_back', 'what used an exception was taken back: it may be used once more (CASE-16, DOC-3)');
