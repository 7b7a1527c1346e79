-- Canned replies and macros: a text with names in it, and what is done with the ticket as it is sent.
create table macros (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  -- words by which it is found too
  keywords text not null default '',
  -- who has it: its owner, a team, everybody who works on tickets
  scope text not null check (scope in ('mine', 'team', 'all')),
  owner_id uuid references persons,
  team_id uuid references teams,
  public boolean not null,
  body text not null default '',
  -- [{do, value}], as of rules for tickets
  effects jsonb not null default '[]',
  used int not null default 0,
  last_used_at timestamptz,
  created_at timestamptz not null default now(),
  check ((scope = 'team') = (team_id is not null)),
  check ((scope = 'mine') = (owner_id is not null))
);
create index macros_by_name on macros (organisation_id, lower(name), id);
comment on table macros is 'tickets';
