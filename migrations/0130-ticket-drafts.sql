-- What somebody is writing on a ticket and has not sent: one reply and one note each. Nobody else reads it.
create table ticket_drafts (
  ticket_id uuid not null references tickets,
  person_id uuid not null references persons,
  public boolean not null,
  body text not null,
  -- ids of uploads, in order
  files uuid[] not null default '{}',
  kept_at timestamptz not null,
  primary key (ticket_id, person_id, public)
);
create index ticket_drafts_by_age on ticket_drafts (kept_at);
comment on table ticket_drafts is 'tickets';
