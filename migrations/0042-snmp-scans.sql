-- Networks that Linchpin itself looks through by SNMP.
create table snmp_scans (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  name text not null,
  -- addresses and networks: `10.20.0.0/24, 10.20.1.7`
  networks text not null,
  port int not null check (port between 1 and 65535),
  protocol text not null check (protocol in ('2c', '3')),
  -- community, or user and keys; sealed with the secret of the installation
  secret bytea not null,
  -- null: only when somebody asks
  every_hours int check (every_hours between 1 and 720),
  next_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  asked int,
  found int,
  created_at timestamptz not null default now()
);
create index snmp_scans_due on snmp_scans (next_at) where next_at is not null;
comment on table snmp_scans is 'discovery';
