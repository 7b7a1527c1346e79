create table manufacturers (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  website text,
  support_url text,
  support_phone text,
  support_email text,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index manufacturers_by_name on manufacturers (organisation_id, lower(name));
comment on table manufacturers is 'assets';

-- How the cost of a class of assets is written off: straight line over so many months down to a rest.
create table depreciation_classes (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  months int not null check (months between 1 and 600),
  salvage_percent numeric(5, 2) not null default 0 check (salvage_percent >= 0 and salvage_percent <= 100),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index depreciation_classes_by_name on depreciation_classes (organisation_id, lower(name));
comment on table depreciation_classes is 'assets';

create table asset_categories (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  class text not null check (class in ('device', 'component', 'sim', 'circuit', 'accessory', 'consumable')),
  life_months int check (life_months between 1 and 600),
  depreciation_class_id uuid references depreciation_classes,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index asset_categories_by_name on asset_categories (organisation_id, lower(name));
comment on table asset_categories is 'assets';

create table asset_models (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  manufacturer_id uuid references manufacturers,
  category_id uuid not null references asset_categories,
  name text not null,
  number text,
  life_months int check (life_months between 1 and 600),
  -- published by the manufacturer
  end_of_life_on date,
  note text not null default '',
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index asset_models_by_name on asset_models
  (organisation_id, coalesce(manufacturer_id, '00000000-0000-7000-8000-000000000000'), lower(name), lower(coalesce(number, '')));
create index asset_models_by_category on asset_models (category_id);
comment on table asset_models is 'assets';

-- Assets that are lent from one shelf.
create table loan_pools (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  location_id uuid references locations,
  note text not null default '',
  -- how long something is lent unless said
  loan_days int not null default 14 check (loan_days between 1 and 730),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index loan_pools_by_name on loan_pools (organisation_id, lower(name));
comment on table loan_pools is 'assets';

create sequence asset_number start 1001;

-- One thing that can be pointed at: a device, a component, a SIM, a circuit.
create table assets (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  tag text not null,
  -- as it stands on the thing
  serial text,
  -- for comparing; null where there is none, or one that many things bear (rules/serial.ts)
  serial_key text,
  name text not null default '',
  model_id uuid references asset_models,
  -- that of the model, where there is one
  category_id uuid not null references asset_categories,
  state text not null check (state in ('ordered', 'received', 'in_stock', 'reserved', 'deployed', 'in_repair', 'lost', 'stolen', 'retired', 'disposed')),
  state_since timestamptz not null,
  location_id uuid references locations,
  pool_id uuid references loan_pools,
  -- who or what has it
  holder_kind text check (holder_kind in ('person', 'location', 'asset')),
  holder_id uuid,
  held_since timestamptz,
  due_back_on date,
  vendor_id uuid references vendors,
  order_number text,
  purchased_on date,
  received_on date,
  in_service_on date,
  retired_on date,
  disposed_on date,
  -- minor units of the currency (ISO 4217)
  cost_minor bigint check (cost_minor >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  warranty_until date,
  warranty_vendor_id uuid references vendors,
  support_terms text,
  lease_until date,
  -- of this one; null: from the model
  end_of_life_on date,
  -- when it should be replaced: its own date, or what model and category say (rules/end-of-life.ts)
  life_ends_on date,
  next_audit_on date,
  note text not null default '',
  custom jsonb not null default '{}',
  sealed jsonb not null default '{}',
  -- every word of tag, serial, name and order number
  words tsvector not null generated always as (array_to_tsvector(array_remove(regexp_split_to_array(
    lower(tag || ' ' || coalesce(serial, '') || ' ' || name || ' ' || coalesce(order_number, '')), '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f]+'), ''))) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((holder_kind is null) = (holder_id is null)),
  check ((cost_minor is null) = (currency is null))
);
create unique index assets_by_tag on assets (organisation_id, upper(tag));
create unique index assets_by_serial on assets (organisation_id, serial_key) where serial_key is not null;
-- the orders of lists; tags by length first, so that AST-999 comes before AST-1001
create index assets_in_order_of_tag on assets (organisation_id, length(tag), upper(tag), id);
create index assets_in_order_of_name on assets (organisation_id, lower(name), id);
create index assets_in_order_of_making on assets (organisation_id, created_at, id);
create index assets_in_order_of_change on assets (organisation_id, updated_at, id);
create index assets_in_order_of_warranty on assets (organisation_id, coalesce(warranty_until, 'infinity'), id);
create index assets_by_end_of_life on assets (life_ends_on) where life_ends_on is not null;
create index assets_by_next_audit on assets (next_audit_on) where next_audit_on is not null;
create index assets_by_state on assets (state);
create index assets_by_category on assets (category_id);
create index assets_by_model on assets (model_id) where model_id is not null;
create index assets_by_location on assets (location_id) where location_id is not null;
create index assets_by_holder on assets (holder_id) where holder_id is not null;
create index assets_by_pool on assets (pool_id) where pool_id is not null;
create index assets_by_vendor on assets (vendor_id) where vendor_id is not null;
create index assets_by_custom on assets using gin (custom jsonb_path_ops);
create index assets_by_words on assets using gin (words);
comment on table assets is 'assets';

-- Things that are counted rather than named: accessories and consumables.
create table stock_items (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  category_id uuid not null references asset_categories,
  manufacturer_id uuid references manufacturers,
  name text not null,
  number text,
  location_id uuid references locations,
  vendor_id uuid references vendors,
  quantity int not null default 0 check (quantity >= 0),
  -- below this it must be ordered; null: nobody minds
  minimum int check (minimum >= 0),
  cost_minor bigint check (cost_minor >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  note text not null default '',
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((cost_minor is null) = (currency is null))
);
create unique index stock_items_by_name on stock_items (organisation_id, lower(name), lower(coalesce(number, '')), coalesce(location_id, '00000000-0000-7000-8000-000000000000'));
create index stock_items_low on stock_items (organisation_id) where active and quantity < minimum;
comment on table stock_items is 'assets';

-- a holder is found by any word of the name
create index persons_by_words on persons using gin (to_tsvector('simple', name));
