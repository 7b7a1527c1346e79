-- When it was last said what the ticket does with it: what changed hands since is not taken back by mistake.
alter table ticket_items add column planned_at timestamptz;
update ticket_items set planned_at = linked_at;
alter table ticket_items alter column planned_at set not null;
