-- What agents on devices may report with. The key itself is shown once, when it is made.
create table agent_keys (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  name text not null,
  prefix text not null,
  key_hash bytea not null unique,
  created_by uuid references persons,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
comment on table agent_keys is 'discovery';

-- What was seen on the network, by however many agents. Everything seen hangs on the agents: a device is what they say together, so that two
-- devices become one, and two again, by moving agents.
create table devices (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  kind text not null check (kind in ('computer', 'phone', 'network', 'printer', 'other')),
  name text not null default '',
  serial text,
  manufacturer text,
  model text,
  os text,
  address text,
  -- waiting: nobody said what it is; linked: to an asset; ignored: not ours; merged: it was another device
  state text not null default 'waiting' check (state in ('waiting', 'linked', 'ignored', 'merged')),
  asset_id uuid,
  merged_into uuid references devices,
  first_seen_at timestamptz not null default now(),
  check (state <> 'linked' or asset_id is not null),
  check ((state = 'merged') = (merged_into is not null))
);
create index devices_by_state on devices (organisation_id, state, id);
create index devices_by_name on devices (organisation_id, lower(name), id);
create unique index devices_by_asset on devices (asset_id) where state = 'linked';
comment on table devices is 'discovery';

create table agents (
  id uuid primary key,
  -- short, for the long tables
  number int not null generated always as identity unique,
  organisation_id uuid not null references organisations,
  device_id uuid not null references devices,
  -- the id it gave itself
  sent_id text not null,
  task text not null check (task in ('inventory', 'scan')),
  dialect text not null check (dialect in ('glpi', 'fusioninventory', 'ocs', 'snmp', 'other')),
  client text,
  tag text,
  address text,
  key_id uuid references agent_keys,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- when it last said something new
  changed_at timestamptz not null,
  identity_hash bytea not null,
  content_hash bytea not null,
  -- of the text as sent without what moves by itself: what is the same needs no reading
  text_hash bytea,
  programs_hash bytea,
  -- when it last said what is installed
  programs_at timestamptz,
  violations int not null default 0
) with (fillfactor = 80);
create index agents_by_sent_id on agents (organisation_id, sent_id);
create index agents_by_device on agents (device_id);
comment on table agents is 'discovery';

-- What tells devices apart, as it is compared.
create table seen_identities (
  organisation_id uuid not null,
  kind text not null check (kind in ('serial', 'uuid', 'mac', 'agent')),
  value text not null,
  agent_id uuid not null references agents on delete cascade,
  primary key (organisation_id, kind, value, agent_id)
);
create index seen_identities_by_agent on seen_identities (agent_id);
comment on table seen_identities is 'discovery';

create table seen_sections (
  agent_id uuid not null references agents on delete cascade,
  section text not null,
  content jsonb not null,
  hash bytea not null,
  changed_at timestamptz not null,
  primary key (agent_id, section)
);
comment on table seen_sections is 'discovery';

-- What was sent, as it was sent: the latest of each agent that said something new, and what could not be read.
create table inventories (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  agent_id uuid references agents on delete cascade,
  key_id uuid references agent_keys,
  -- with which an agent asks whether it has been taken in
  request_id text,
  received_at timestamptz not null,
  taken_at timestamptz,
  content_type text not null,
  -- zlib (RFC 1950)
  body bytea not null,
  -- bytes once inflated
  size int not null,
  address text,
  client text,
  task text,
  partial boolean not null default false,
  outcome text not null check (outcome in ('waiting', 'first', 'changed', 'unreadable', 'failed')),
  -- names of sections, programs added and gone
  changed jsonb,
  violations jsonb not null default '[]',
  violation_count int not null default 0,
  error jsonb
);
alter table inventories alter column body set storage external;
create index inventories_by_agent on inventories (agent_id, id) where agent_id is not null;
create index inventories_by_request on inventories (organisation_id, request_id) where request_id is not null;
create index inventories_without_agent on inventories (organisation_id, id) where agent_id is null;
comment on table inventories is 'discovery';

-- Programs as they were seen, each text once.
create table program_names (
  id int primary key generated always as identity,
  organisation_id uuid not null references organisations,
  name text not null,
  publisher text not null,
  -- devices that have it now, any version; counted anew where something changed
  devices int not null default 0,
  unique (organisation_id, name, publisher)
);
create index program_names_in_order on program_names (organisation_id, lower(name), id) where devices > 0;
comment on table program_names is 'discovery';
create table programs (
  id int primary key generated always as identity,
  name_id int not null references program_names,
  version text not null,
  arch text not null,
  source text not null,
  unique (name_id, version, arch, source)
);
comment on table programs is 'discovery';
create table program_recounts (name_id int primary key references program_names);
comment on table program_recounts is 'discovery';

-- What is and was installed where. While it is there, the agent says when it was last seen (`programs_at`).
create table installed_programs (
  agent int not null,
  program int not null,
  installed_on date,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz,
  gone_at timestamptz,
  primary key (agent, program, first_seen_at)
);
create unique index installed_programs_now on installed_programs (program, agent) where gone_at is null;
comment on table installed_programs is 'discovery';

-- Two devices that may be one, and what a person said.
create table device_pairs (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  one_id uuid not null references devices,
  other_id uuid not null references devices,
  reasons text[] not null,
  state text not null default 'open' check (state in ('open', 'same', 'different')),
  found_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  -- what a merge moved, so that it can be taken back
  moved jsonb,
  unique (one_id, other_id),
  check (one_id < other_id)
);
create index device_pairs_by_state on device_pairs (organisation_id, state, id);
create index device_pairs_by_other on device_pairs (other_id);
comment on table device_pairs is 'discovery';
