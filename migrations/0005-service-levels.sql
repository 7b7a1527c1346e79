create table vendors (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  email text,
  phone text,
  note text not null default '',
  calendar_id uuid references calendars,
  active boolean not null default true,
  source_key text unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index vendors_by_name on vendors (organisation_id, lower(name));
comment on table vendors is 'vendors';

create table service_levels (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  position int not null,
  active boolean not null default true,
  revision int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table service_levels is 'service-levels';

-- Immutable versions; their targets are commitment_terms with the same source and revision.
create table service_level_versions (
  service_level_id uuid not null references service_levels,
  revision int not null,
  calendar_id uuid not null references calendars,
  calendar_version_id uuid not null references calendar_versions,
  conditions jsonb not null,
  targets jsonb not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  primary key (service_level_id, revision)
);
comment on table service_level_versions is 'service-levels';
