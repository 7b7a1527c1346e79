-- Audits of the register: what should be somewhere, against what was found there.
create sequence asset_audit_number;

create table asset_audits (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  reference text not null,
  name text not null,
  note text not null default '',
  owner_id uuid not null references persons,
  -- what is audited: everything, a place with everything inside it, what a person has, a category
  scope_kind text not null check (scope_kind in ('everything', 'location', 'person', 'category')),
  scope_id uuid,
  -- classes of things that are looked for; the others are shown, not counted
  classes text[] not null,
  -- whoever scans does not see what is expected
  blind boolean not null,
  planned_on date not null,
  due_on date not null,
  -- months until the next audit of what was found; null: those of its category
  interval_months int check (interval_months between 1 and 120),
  state text not null check (state in ('planned', 'running', 'review', 'closed', 'cancelled')),
  started_at timestamptz,
  ended_at timestamptz,
  closed_at timestamptz,
  closed_by_name text,
  -- kept with the rows, never counted
  found int not null default 0,
  elsewhere int not null default 0,
  missing int not null default 0,
  fresh int not null default 0,
  excluded int not null default 0,
  -- rows of the four buckets that count and that nobody has settled
  unsettled int not null default 0,
  scans int not null default 0,
  late_scans int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((scope_kind = 'everything') = (scope_id is null))
);
create unique index asset_audits_by_reference on asset_audits (organisation_id, reference);
create index asset_audits_in_order on asset_audits (organisation_id, planned_on desc, id desc);
create index asset_audits_by_owner on asset_audits (owner_id) where state in ('planned', 'running', 'review');
comment on table asset_audits is 'asset-audits';

-- One row for each thing that was expected, scanned or left out, and for each code that nobody knows.
create table asset_audit_rows (
  id uuid primary key default gen_random_uuid(),
  audit_id uuid not null references asset_audits,
  asset_id uuid references assets,
  -- what an unknown code is told apart by; every filler is one of its own
  code_key text,
  -- tag, or the code as it was scanned
  label text not null,
  bucket text not null check (bucket in ('found', 'elsewhere', 'missing', 'new', 'excluded')),
  -- why it is left out: its class, its state, or what became of it meanwhile
  because text check (because in ('class', 'state', 'moved', 'handed_out')),
  -- on the list as it was frozen when scanning began
  expected boolean not null,
  -- what the register said at the moment that counts
  recorded_state text,
  recorded_location_id uuid,
  recorded_holder_kind text,
  recorded_holder_id uuid,
  -- the scan that decides: the latest by the scanner's clock
  scan_id uuid,
  scanned_at timestamptz,
  scans int not null default 0,
  late_scans int not null default 0,
  -- what others did with it between start and end of scanning
  meanwhile jsonb not null default '[]',
  remedy text check (remedy in ('confirm', 'place', 'take_back', 'give', 'lost', 'follow_up', 'register', 'leave')),
  remedy_reason text not null default '',
  -- what to put back if the remedy is undone; null: it cannot be
  undo jsonb,
  settled_at timestamptz,
  settled_by_name text,
  commitment_id uuid,
  -- its asset has been told
  told boolean not null default false,
  check ((asset_id is null) <= (code_key is not null)),
  check ((remedy is null) = (settled_at is null))
);
create unique index asset_audit_rows_by_asset on asset_audit_rows (audit_id, asset_id) where asset_id is not null;
create unique index asset_audit_rows_by_code on asset_audit_rows (audit_id, code_key) where code_key is not null;
create index asset_audit_rows_in_order on asset_audit_rows (audit_id, bucket, length(label), upper(label), id);
create index asset_audit_rows_of_asset on asset_audit_rows (asset_id) where asset_id is not null;
create index asset_audit_rows_unsettled on asset_audit_rows (audit_id, bucket) where remedy is null;
create index asset_audit_rows_untold on asset_audit_rows (audit_id, asset_id) where not told and remedy is not null;
comment on table asset_audit_rows is 'asset-audits';

-- Every scan, as it was made: the id comes from the scanner, so that what is sent twice is there once.
create table asset_audit_scans (
  audit_id uuid not null references asset_audits,
  id uuid not null,
  row_id uuid not null,
  code text not null,
  location_id uuid references locations,
  -- by the scanner's clock
  scanned_at timestamptz not null,
  arrived_at timestamptz not null,
  -- came after scanning had ended
  late boolean not null,
  by_id uuid not null,
  by_name text not null,
  condition text check (condition in ('good', 'worn', 'damaged', 'incomplete')),
  note text not null default '',
  file_id uuid,
  primary key (audit_id, id)
);
create index asset_audit_scans_in_order on asset_audit_scans (audit_id, scanned_at desc, id desc);
create index asset_audit_scans_by_row on asset_audit_scans (row_id);
comment on table asset_audit_scans is 'asset-audits';
