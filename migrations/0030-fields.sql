-- Fields that an organisation adds to a kind of record. Values lie on the records themselves, by key: `custom jsonb` in the open,
-- `sealed jsonb` encrypted, so that what is encrypted can stand in no list, search or export.
create table custom_fields (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  -- the kind of record: asset, ticket, vendor, ...
  record_kind text not null,
  key text not null check (key ~ '^[a-z][a-z0-9_]*$'),
  label text not null,
  help text not null default '',
  type text not null check (type in ('text', 'long_text', 'number', 'date', 'boolean', 'choice', 'url', 'person')),
  required boolean not null default false,
  is_unique boolean not null default false,
  choices text[] not null default '{}',
  -- regular expression that the whole text must match
  pattern text,
  encrypted boolean not null default false,
  -- records of these sets (categories of the kind) have it; empty: all of the kind
  sets uuid[] not null default '{}',
  position int not null default 0,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organisation_id, record_kind, key)
);
comment on table custom_fields is 'fields';

-- Values of unique fields that are taken, one row each, so that two writers cannot both have one.
create table custom_field_claims (
  field_id uuid not null references custom_fields,
  value text not null,
  record_id uuid not null,
  primary key (field_id, value)
);
create unique index custom_field_claims_by_record on custom_field_claims (record_id, field_id);
comment on table custom_field_claims is 'fields';
