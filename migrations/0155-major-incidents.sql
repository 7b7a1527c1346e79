-- Tickets that hit so many that people are named for them, and stakeholders told at promised moments.
create table major_incidents (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  ticket_id uuid not null references tickets,
  state text not null default 'live' check (state in ('live', 'ended')),
  headline text not null,
  affected text not null default '',
  update_minutes int not null check (update_minutes between 5 and 1440),
  commander_id uuid not null references persons,
  communications_id uuid not null references persons,
  technical_id uuid references persons,
  -- whom it is told: everybody (in the portal), and by notice or mail
  everyone boolean not null,
  teams uuid[] not null,
  persons uuid[] not null,
  addresses text[] not null,
  declared_at timestamptz not null,
  declared_by_name text not null,
  ended_at timestamptz,
  ended_by_name text,
  -- the promise of the next update, and the moment it was made for
  commitment_id uuid,
  next_update_at timestamptz,
  report text not null default '',
  report_sent_at timestamptz,
  check ((state = 'ended') = (ended_at is not null))
);
comment on table major_incidents is 'major-incidents';
create unique index major_incident_live on major_incidents (ticket_id) where state = 'live';
create index major_incidents_of_ticket on major_incidents (ticket_id, declared_at desc);
create index major_incidents_in_time on major_incidents (organisation_id, declared_at desc, id desc);
create index major_incidents_live on major_incidents (organisation_id) where state = 'live';

create table major_incident_updates (
  id uuid primary key,
  incident_id uuid not null references major_incidents,
  kind text not null check (kind in ('declared', 'update', 'ended')),
  words text not null,
  at timestamptz not null,
  by_name text not null,
  -- when it had been promised for; null for the first
  promised_for timestamptz
);
comment on table major_incident_updates is 'major-incidents';
create index major_incident_updates_in_order on major_incident_updates (incident_id, at, id);
