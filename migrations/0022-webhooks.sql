create table webhooks (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  url text not null,
  -- types of events, `ticket.*` for all of a kind, `*` for all
  types text[] not null,
  -- sees what a person of this role without teams would see
  role text not null,
  active boolean not null default true,
  -- sealed with the secret of the installation; after a rotation the one before signs too, for a day
  secret bytea not null,
  previous_secret bytea,
  previous_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index webhooks_by_name on webhooks (organisation_id, name, id);
comment on table webhooks is 'webhooks';

create table webhook_deliveries (
  -- also the id of the message: a repeat carries the same
  id uuid primary key,
  webhook_id uuid not null references webhooks on delete cascade,
  event_id uuid not null references events,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'unseen', 'given_up')),
  attempts int not null default 0,
  next_at timestamptz,
  status int,
  excerpt text,
  error jsonb,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  unique (webhook_id, event_id)
);
create index webhook_deliveries_due on webhook_deliveries (next_at) where state = 'waiting';
create index webhook_deliveries_by_webhook on webhook_deliveries (webhook_id, id);
create index webhook_deliveries_by_age on webhook_deliveries (created_at);
comment on table webhook_deliveries is 'webhooks';
