-- Months after which things of a category are audited again; null: nobody says so.
alter table asset_categories add column audit_months int check (audit_months between 1 and 120);

-- The last audit that found an asset: a copy for its page, kept when the audit is closed.
create table asset_last_audits (
  asset_id uuid primary key references assets,
  audit_id uuid not null,
  reference text not null,
  name text not null,
  found_at timestamptz not null,
  by_name text not null,
  location_id uuid references locations,
  condition text check (condition in ('good', 'worn', 'damaged', 'incomplete'))
);
comment on table asset_last_audits is 'assets';

-- How true the register was, kept when an audit or a campaign closes and never counted again.
create table register_accuracy (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references organisations,
  kind text not null check (kind in ('audit', 'attestation')),
  source_id uuid not null,
  -- of one place; for the whole: null and `whole`
  whole boolean not null,
  location_id uuid references locations,
  closed_on date not null,
  found int not null,
  missing int not null,
  elsewhere int not null,
  fresh int not null
);
create unique index register_accuracy_once on register_accuracy (source_id, whole, coalesce(location_id, '00000000-0000-7000-8000-000000000000'));
create index register_accuracy_in_order on register_accuracy (organisation_id, whole, closed_on);
comment on table register_accuracy is 'asset-audits';
