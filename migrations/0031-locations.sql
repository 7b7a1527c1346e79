-- Where things are: sites, and what is inside them.
create table locations (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  parent_id uuid references locations,
  kind text not null check (kind in ('site', 'building', 'floor', 'room', 'stock_room')),
  name text not null,
  -- ids from the top down to this one, `/a/b/`: everything below begins with it
  path text not null,
  -- the names along it, `Berlin / Head office / 3.14`
  full_name text not null,
  street text,
  postal_code text,
  city text,
  region text,
  country text,
  -- a person
  contact_id uuid,
  note text not null default '',
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index locations_by_name on locations (organisation_id, coalesce(parent_id, '00000000-0000-7000-8000-000000000000'), lower(name));
create index locations_by_path on locations (path text_pattern_ops);
create index locations_by_parent on locations (parent_id) where parent_id is not null;
comment on table locations is 'locations';
