-- How far a judged period has come: the last promise of it that is in its sums. A node that stops leaves the rest to the next.
alter table as_if_runs add column judged_to uuid;
