-- What each source says of an asset, field by field, and what of it stands in the register: a value that stands there and that no source wrote is
-- a person's.
create table asset_facts (
  asset_id uuid not null references assets,
  field text not null check (field in ('name', 'serial', 'model')),
  source text not null check (source in ('agent', 'scan')),
  agent_id uuid references agents on delete set null,
  value text not null,
  -- since when the source says so
  said_at timestamptz not null,
  -- what it last wrote into the register, and when
  written text,
  written_at timestamptz,
  primary key (asset_id, field, source)
);
comment on table asset_facts is 'discovery';
create index seen_identities_serials on seen_identities (organisation_id, value) where kind = 'serial';
