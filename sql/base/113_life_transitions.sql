-- The state machine from acceptance to the end (CASE): steps, standing still, decision, close,
-- delivery; what voiding takes back there; events beside the states. Must know no rule.

set role yimen_owner;

insert into hall.transition values
  ('accepted', 'advance', 'accepted', 'holder', 'the next step of the procedure: the post of that step holds it (CASE-5)'),
  ('accepted', 'send_back', 'accepted', 'holder', 'an earlier step, with reason; the total clock runs on'),
  ('accepted', 'suspend', 'suspended', 'holder', 'a lawful special procedure (CASE-6); 特别程序告知书'),
  ('suspended', 'resume', 'accepted', 'holder', 'a special procedure is over; at a stated end: system'),
  ('accepted', 'correct', 'suspended', 'holder', 'a granted exception (ONE-3); waiting for the applicant; 一次性告知书'),
  ('suspended', 'answer', 'accepted', 'post', 'only when waiting for a correction'),
  ('suspended', 'lapse', 'accepted', 'system', 'waiting for a correction and the answer term is over: decided on what is there'),
  ('accepted', 'extend', 'accepted', 'chief', 'once, before the limit runs out, by at most the item''s maximum (CASE-7); joint: the hall''s director; 延期通知书'),
  ('suspended', 'extend', 'suspended', 'chief', 'the same'),
  ('accepted', 'forward', 'forwarded', 'holder', 'to a higher authority, whose time is shown but not charged (CASE-9)'),
  ('forwarded', 'return', 'accepted', 'holder', 'the higher authority''s answer'),
  ('accepted', 'decide', 'decided', 'holder', 'granted, at the deciding step, every material there (CASE-8); 准予决定书'),
  ('accepted', 'refuse', 'decided', 'holder', 'filed in the register first (NEG-2); a major matter: a granted exception; 不予许可决定书'),
  ('decided', 'close', 'closed', 'holder', 'the timing is recorded (CLK-6); 办结通知书'),
  ('decided', 'deliver', 'decided', 'post', 'once, what was asked as a fee is paid; 送达回证'),
  ('closed', 'deliver', 'closed', 'post', 'the same'),
  ('received', 'expedite', 'received', 'supervisor', 'a shorter promise (CASE-10); or the holder with a granted exception'),
  ('correcting', 'expedite', 'correcting', 'supervisor', 'the same'),
  ('accepted', 'expedite', 'accepted', 'supervisor', 'the same'),
  ('suspended', 'expedite', 'suspended', 'supervisor', 'the same'),
  ('forwarded', 'expedite', 'forwarded', 'supervisor', 'the same'),
  ('suspended', 'void', 'accepted', 'post', 'the same'),
  ('accepted', 'void', 'accepted', 'post', 'the same; an extension'),
  ('suspended', 'void', 'suspended', 'post', 'the same; an extension'),
  ('decided', 'void', 'accepted', 'post', 'the same'),
  ('decided', 'void', 'decided', 'post', 'the same; a delivery'),
  ('closed', 'void', 'decided', 'post', 'the same; what close closed'),
  ('closed', 'void', 'closed', 'post', 'the same; a delivery');
comment on column hall.transition.done_by is
  'post: holder of the item''s receiving post; holder: of the step''s post; chief: chief representative of the department, of a joint item the hall''s director; supervisor; system: fires by time.';

insert into hall.side_event values
  ('light', 'the light of a clock turned (CLK-5)'),
  ('track', 'news of a case that was forwarded (CASE-9)'),
  ('fee_ask', 'a fee was asked (FEE-1)'),
  ('fee_reduce', 'something was taken off it'),
  ('fee_pay', 'it was paid, by the number of its receipt');

alter table hall.case_file add column promise_extended int4 check (promise_extended > 0);
comment on column hall.case_file.extended is 'Working days an extension added to the statutory limit (CASE-7); NULL: none yet.';
comment on column hall.case_file.promise_extended is 'Those it added to the promise; a promise made shorter afterwards counts without them (CASE-10).';
