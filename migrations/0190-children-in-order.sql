-- The children of a ticket, those that are open first.
drop index tickets_by_parent;
create index tickets_by_parent on tickets (parent_id, due_at, id) where parent_id is not null;
