-- What requesters say of how they were served: once for each ticket, changeable for some days.
create table ticket_ratings (
  ticket_id uuid primary key references tickets,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  queue_id uuid not null references queues,
  person_id uuid not null references persons,
  score smallint not null check (score between 1 and 5),
  words text not null default '',
  rated_at timestamptz not null,
  changed_at timestamptz,
  -- the follow-up on a bad mark
  commitment_id uuid
);
create index ticket_ratings_in_time on ticket_ratings (organisation_id, rated_at, queue_id);
comment on table ticket_ratings is 'satisfaction';
