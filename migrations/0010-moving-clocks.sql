-- What moves open clocks to new terms, and how far it has come: one row for each cause and level (or zone).
create table retargets (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  service_level_id uuid references service_levels,
  -- where the rules of a zone changed instead of a level
  zone text,
  -- the event that caused it
  cause uuid not null,
  reason text not null,
  -- open clocks found to move; null until somebody has counted
  total int,
  done int not null default 0,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  check ((service_level_id is null) <> (zone is null))
);
create unique index retargets_by_level on retargets (service_level_id, cause) where service_level_id is not null;
create unique index retargets_by_zone on retargets (organisation_id, zone, cause) where zone is not null;
create index retargets_recent on retargets (organisation_id, created_at desc);
comment on table retargets is 'service-levels';

-- The offset rules under which the clocks of a zone were last counted: version of the time-zone data, and a digest of the offsets.
create table zone_rules (
  zone text primary key,
  version text not null,
  digest bytea not null,
  seen_at timestamptz not null default now()
);
comment on table zone_rules is 'service-levels';

-- Working seconds of the present generation when the clock was stopped.
alter table commitments add column worked_seconds int;
