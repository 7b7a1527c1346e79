-- One change to many tickets, worked off in the background: who asked for what, and how far it is.
create table ticket_bulk_edits (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  person_id uuid not null references persons,
  -- the event that began it; what it does names that as its cause
  cause uuid not null,
  -- what the list was asked; null: tickets were chosen one by one
  filter jsonb,
  change jsonb not null,
  status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'stopped', 'failed')),
  total int not null,
  -- rows up to here are settled
  settled int not null default 0,
  -- how many of each verdict
  counts jsonb not null default '{}',
  error text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
comment on table ticket_bulk_edits is 'tickets';
create index ticket_bulk_edits_of_person on ticket_bulk_edits (person_id, created_at desc, id desc);
create index ticket_bulk_edits_to_do on ticket_bulk_edits (person_id, created_at, id) where status in ('waiting', 'running');
create index ticket_bulk_edits_by_cause on ticket_bulk_edits (cause);

-- The tickets of an edit in their order, with what became of each.
create table ticket_bulk_rows (
  edit_id uuid not null references ticket_bulk_edits on delete cascade,
  position int not null,
  ticket_id uuid not null references tickets,
  -- the version that was seen when it was chosen; null: whichever it has
  version int,
  verdict text check (verdict in ('done', 'same', 'refused', 'left', 'changed')),
  code text,
  params jsonb,
  primary key (edit_id, position),
  unique (edit_id, ticket_id)
);
comment on table ticket_bulk_rows is 'tickets';
