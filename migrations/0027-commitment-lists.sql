-- What people made by hand, and what teams owe each other, among the many promises to customers.
create index commitments_open_of_teams on commitments (due_at, id) where phase in ('running', 'paused') and party = 'team';
-- The few that are put aside.
create index commitments_aside on commitments (subject_id) where snoozed_until is not null;
-- so that the planner knows how few they are
analyze commitments (snoozed_until);
