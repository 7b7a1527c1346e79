-- What people use, that rests on assets.
create table it_services (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  description text not null default '',
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index it_services_by_name on it_services (organisation_id, lower(name));
comment on table it_services is 'assets';

create table it_service_teams (
  service_id uuid not null references it_services,
  team_id uuid not null references teams,
  primary key (service_id, team_id)
);
comment on table it_service_teams is 'assets';

create table asset_relations (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  kind text not null check (kind in ('runs_on', 'connected_to', 'part_of', 'depends_on')),
  from_kind text not null check (from_kind in ('asset', 'service')),
  from_id uuid not null,
  to_kind text not null check (to_kind in ('asset', 'service')),
  to_id uuid not null,
  created_at timestamptz not null default now(),
  check (from_id <> to_id),
  unique (from_id, to_id, kind)
);
create index asset_relations_to on asset_relations (to_id);
comment on table asset_relations is 'assets';
