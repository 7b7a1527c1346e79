-- Where the register and what is seen say different things; one row for each kind and thing, opened, left and closed.
create table differences (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  kind text not null,
  -- the asset, or the device that is none
  subject_id uuid not null,
  -- which of several of one kind: the field, the product
  detail text not null default '',
  asset_id uuid references assets,
  device_id uuid references devices,
  -- another asset it speaks of, which mends it when it changes
  other_asset_id uuid references assets,
  -- 3: high, 2: normal, 1: low
  severity smallint not null,
  state text not null check (state in ('open', 'left', 'closed')),
  -- copies of those of the asset, for filters
  category_id uuid,
  location_id uuid,
  -- what either side says, as sentences are filled
  register jsonb not null,
  seen jsonb not null,
  remedy text,
  -- what the remedy needs to know: who is to have it, what is to be written
  remedy_with jsonb not null default '{}',
  -- since when it differs
  since timestamptz not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_how text check (closed_how in ('facts', 'mended', 'off')),
  closed_by_name text,
  left_until date,
  left_reason text,
  left_by_name text,
  left_at timestamptz,
  -- why the rule that should mend it could not
  rule_failed jsonb,
  -- what taking the remedy back needs to know
  undo jsonb,
  unique (organisation_id, kind, subject_id, detail),
  check ((state = 'closed') = (closed_at is not null))
);
create index differences_in_order on differences (organisation_id, state, severity, opened_at, id);
create index differences_of_kind on differences (organisation_id, state, kind, severity, opened_at, id);
create index differences_of_category on differences (organisation_id, state, category_id, severity, opened_at, id);
create index differences_by_location on differences (location_id) where state <> 'closed';
create index differences_by_subject on differences (subject_id);
create index differences_by_asset on differences (asset_id) where asset_id is not null;
create index differences_by_device on differences (device_id) where device_id is not null;
create index differences_by_other on differences (other_asset_id) where other_asset_id is not null;
create index differences_left on differences (left_until) where state = 'left' and left_until is not null;
comment on table differences is 'reconciliation';

-- How many there are of each kind, and the one commitment about those that must be seen to.
create table difference_kinds (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  kind text not null,
  open int not null default 0,
  set_aside int not null default 0,
  -- of the oldest open one
  oldest_at timestamptz,
  unique (organisation_id, kind)
);
comment on table difference_kinds is 'reconciliation';

-- What changed and must be compared again.
create table differences_due (
  subject_id uuid primary key,
  organisation_id uuid not null,
  kind text not null check (kind in ('asset', 'device')),
  queued_at timestamptz not null default now()
);
create index differences_due_in_order on differences_due (queued_at, subject_id);
comment on table differences_due is 'reconciliation';

-- The day on which everything was last compared, for what only time brings.
create table difference_rounds (
  organisation_id uuid primary key references organisations,
  round_on date not null
);
comment on table difference_rounds is 'reconciliation';

-- Who last worked on a device as its agents say, and since when they say so.
create table device_users (
  device_id uuid primary key references devices,
  login text not null,
  since timestamptz not null
);
comment on table device_users is 'reconciliation';

-- Categories of which agents report things: what is in use of them is expected to be seen.
create table seen_categories (
  category_id uuid primary key references asset_categories
);
comment on table seen_categories is 'reconciliation';

-- a person is found by the name before the @
create index person_emails_by_login on person_emails (split_part(email, '@', 1));
