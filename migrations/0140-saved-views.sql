-- What a list shows, kept under a name: filters, sort and columns, as the list's own address has them.
create table saved_views (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  owner_id uuid not null references persons,
  list text not null,
  name text not null,
  filter jsonb not null,
  -- ids of columns with commas between them; null: the usual ones
  columns text,
  shared text not null default 'nobody' check (shared in ('nobody', 'team', 'everyone')),
  team_id uuid references teams,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((shared = 'team') = (team_id is not null))
);
comment on table saved_views is 'saved-views';
create unique index saved_views_by_name on saved_views (owner_id, list, lower(name));
create index saved_views_shared on saved_views (organisation_id, list, shared) where shared <> 'nobody';

-- How a person arranged the tabs of a list: ids of saved views and names of those that are always there.
create table view_arrangements (
  person_id uuid not null references persons,
  list text not null,
  tabs text[] not null,
  -- the tab the list opens with; null: the usual one
  opens_with text,
  primary key (person_id, list)
);
comment on table view_arrangements is 'saved-views';
