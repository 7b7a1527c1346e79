-- The ticket of which this one is a part.
alter table tickets add column parent_id uuid references tickets check (parent_id <> id);
create index tickets_by_parent on tickets (parent_id, id) where parent_id is not null;

-- The parts that a merge handed on, so that taking it apart gives them back.
alter table ticket_merges add column children uuid[] not null default '{}';
