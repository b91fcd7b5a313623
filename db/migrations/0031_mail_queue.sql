-- After a quiet time the planner believes that no mails wait, and takes either of the two small indexes of waiting mails
-- for any question, which reads all of a long queue for each of its mails. Said in different words, each serves its own.
drop index mails_due;
create index mails_due on mails (next_attempt_at, id) where coalesce(sent_at, parked_at) is null;
