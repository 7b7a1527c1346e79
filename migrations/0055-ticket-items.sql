-- What a ticket is about, and what it does with it: devices, services and places.
create table ticket_items (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  ticket_id uuid not null references tickets,
  asset_id uuid references assets,
  service_id uuid references it_services,
  location_id uuid references locations,
  task text not null default 'affected' check (task in ('affected', 'deploy', 'take_back', 'repair', 'stolen')),
  -- of a deployment: who is to have it (the requester without), until when, and the end of its warranty from then on
  to_kind text check (to_kind in ('person', 'location', 'asset')),
  to_id uuid,
  due_back_on date,
  warranty_until date,
  -- of a return: where it is put
  place_id uuid references locations,
  cost_minor bigint check (cost_minor >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  done_at timestamptz,
  linked_by_name text not null,
  linked_at timestamptz not null,
  check (num_nonnulls(asset_id, service_id, location_id) = 1),
  check (task = 'affected' or asset_id is not null),
  check ((to_kind is null) = (to_id is null)),
  check ((cost_minor is null) = (currency is null)),
  unique (ticket_id, asset_id),
  unique (ticket_id, service_id),
  unique (ticket_id, location_id)
);
create index ticket_items_of_asset on ticket_items (asset_id, ticket_id) where asset_id is not null;
create index ticket_items_of_service on ticket_items (service_id, ticket_id) where service_id is not null;
create index ticket_items_of_location on ticket_items (location_id, ticket_id) where location_id is not null;
comment on table ticket_items is 'tickets';
