-- A training hall says that it is one (SEC-5).

set role yimen_owner;

insert into hall.setting values
  ('hall.training', 'false', 'true: a training hall, whose every screen and paper says so (SEC-5); it is a test hall, too');
