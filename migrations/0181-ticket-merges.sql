-- The ticket in which the conversation of this one goes on.
alter table tickets add column merged_into uuid references tickets check (merged_into <> id);
create index tickets_by_survivor on tickets (merged_into) where merged_into is not null;

-- What a merge changed, so that taking it apart brings back exactly that. Gone with the undo.
create table ticket_merges (
  ticket_id uuid primary key references tickets,
  into_id uuid not null references tickets,
  merged_at timestamptz not null,
  merged_by_name text not null,
  -- the event of the log, by which its clocks were cancelled
  event_id uuid not null,
  -- how the ticket stood
  state text not null,
  waiting_since timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  -- who was let into the other ticket
  watchers uuid[] not null
);
comment on table ticket_merges is 'tickets';
create index ticket_merges_by_survivor on ticket_merges (into_id);

-- Heard because of an act that was undone since: kept, and no longer judged.
alter table clock_events add column struck boolean not null default false;

-- The ticket where the conversation of one goes on, through any chain of merges; itself where it was not merged.
create function survivor_of(ticket uuid) returns uuid language sql stable as $$
  with recursive up(id, merged_into) as (
    select t.id, t.merged_into from tickets t where t.id = ticket union all select t.id, t.merged_into from tickets t join up on t.id = up.merged_into)
  select id from up where merged_into is null
$$;
