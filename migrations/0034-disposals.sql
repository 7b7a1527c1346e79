create sequence disposal_number start 1001;

-- How an asset came to its end, and what became of its media: written once, printed as a certificate.
create table asset_disposals (
  asset_id uuid primary key references assets,
  organisation_id uuid not null references organisations,
  certificate text not null unique,
  method text not null check (method in ('sold', 'donated', 'recycled', 'destroyed', 'returned')),
  recipient text,
  disposed_on date not null,
  -- minor units, each of its currency
  proceeds_minor bigint,
  proceeds_currency text,
  cost_minor bigint,
  cost_currency text,
  book_minor bigint,
  book_currency text,
  gain_minor bigint,
  media jsonb not null default '[]',
  no_media boolean not null default false,
  made_by text not null,
  created_at timestamptz not null default now()
);
comment on table asset_disposals is 'assets';
