-- Where monitoring hands in what it sees. `way`: how its messages are read.
create table alert_sources (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  -- the end of its address
  slug text not null,
  name text not null,
  way text not null,
  -- how its JSON is read, where `way` is mapped
  mapping jsonb,
  queue_id uuid not null references queues,
  active boolean not null default true,
  -- from which severity on a ticket is opened
  opens_from text not null check (opens_from in ('critical', 'error', 'warning', 'info', 'never')),
  -- one ticket for each alert, or for each device while it has one
  one_ticket_for text not null check (one_ticket_for in ('alert', 'device')),
  -- for how long an alert must last before its ticket is opened, and be gone before it is resolved; seconds
  hold_seconds int not null,
  quiet_seconds int not null,
  -- it flaps when it changed so often within so long
  flap_changes int not null,
  flap_seconds int not null,
  resolves boolean not null,
  key_hash bytea unique,
  key_prefix text,
  created_at timestamptz not null default now(),
  unique (organisation_id, slug)
);
comment on table alert_sources is 'monitoring';

-- Every message as it came, before anything is made of it.
create table alert_deliveries (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  source_id uuid not null references alert_sources on delete cascade,
  received_at timestamptz not null,
  media_type text not null,
  body bytea not null,
  -- `left`: understood, and no alert was in it
  state text not null check (state in ('received', 'taken', 'left', 'failed')),
  alerts int not null default 0,
  -- [{code, params}]: what kept it from being read, or why parts of it are no alerts
  reasons jsonb not null default '[]'
);
comment on table alert_deliveries is 'monitoring';
create index alert_deliveries_by_source on alert_deliveries (source_id, id desc);
create index alert_deliveries_received on alert_deliveries (received_at) where state = 'received';
create index alert_deliveries_old on alert_deliveries (received_at);

-- One row for each thing that can be wrong, by its fingerprint.
create table alerts (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  source_id uuid not null references alert_sources on delete cascade,
  fingerprint text not null,
  status text not null check (status in ('firing', 'resolved')),
  severity text not null check (severity in ('critical', 'error', 'warning', 'info')),
  title text not null,
  text text not null default '',
  host text,
  -- device of the register that it is about
  asset_id uuid references assets on delete set null,
  link text,
  labels jsonb not null default '{}',
  first_at timestamptz not null,
  last_at timestamptz not null,
  status_since timestamptz not null,
  times int not null default 1,
  -- moments of its changes within the time in which flapping is told
  changes jsonb not null default '[]',
  flapping boolean not null default false,
  ticket_id uuid references tickets on delete set null,
  -- when something must be done with its ticket; null: nothing
  act_at timestamptz,
  -- what was done last with its ticket
  acted_at timestamptz,
  unique (source_id, fingerprint)
);
comment on table alerts is 'monitoring';
create index alerts_to_act on alerts (act_at) where act_at is not null;
create index alerts_listed on alerts (organisation_id, last_at desc, id desc);
create index alerts_firing on alerts (organisation_id, last_at desc, id desc) where status = 'firing';
create index alerts_of_ticket on alerts (ticket_id) where ticket_id is not null;
create index alerts_of_asset on alerts (asset_id, last_at desc) where asset_id is not null;

-- What a person said a name of monitoring means.
create table alert_hosts (
  organisation_id uuid not null references organisations,
  host text not null,
  asset_id uuid not null references assets on delete cascade,
  said_at timestamptz not null default now(),
  primary key (organisation_id, host)
);
comment on table alert_hosts is 'monitoring';

-- What must report from time to time: a backup, a nightly job.
create table heartbeats (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  active boolean not null default true,
  -- how often it reports, and how late it may be; seconds
  every_seconds int not null,
  grace_seconds int not null,
  severity text not null check (severity in ('critical', 'error', 'warning', 'info')),
  asset_id uuid references assets on delete set null,
  source_id uuid not null references alert_sources,
  token_hash bytea not null unique,
  token_prefix text not null,
  last_at timestamptz,
  -- when it is missed; null while it rests, has never reported, or is missed already
  due_at timestamptz,
  -- what it said itself went wrong, or that it is missed
  failing boolean not null default false,
  created_at timestamptz not null default now(),
  unique (organisation_id, name)
);
comment on table heartbeats is 'monitoring';
create index heartbeats_due on heartbeats (due_at) where due_at is not null;

-- Plain checks that Linchpin makes itself.
create table service_checks (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  kind text not null check (kind in ('http', 'tcp', 'certificate')),
  -- an address (http), or host:port
  target text not null,
  active boolean not null default true,
  every_seconds int not null,
  timeout_seconds int not null,
  -- so many failures in a row before it is an alert
  failures_needed int not null,
  -- http: what the answer must hold; certificate: so many days before it runs out
  expected_text text,
  warn_days int,
  severity text not null check (severity in ('critical', 'error', 'warning', 'info')),
  asset_id uuid references assets on delete set null,
  source_id uuid not null references alert_sources,
  next_at timestamptz,
  checked_at timestamptz,
  failures int not null default 0,
  -- {ok, code, params, tookMs}: how the last check went
  result jsonb,
  created_at timestamptz not null default now(),
  unique (organisation_id, name)
);
comment on table service_checks is 'monitoring';
create index service_checks_due on service_checks (next_at) where next_at is not null;
