-- What people can order of IT: services in categories, each with a form, what it costs, who approves, what is done.
create table catalogue_categories (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  position int not null default 0,
  active boolean not null default true
);
create unique index catalogue_categories_by_name on catalogue_categories (organisation_id, lower(name));
comment on table catalogue_categories is 'catalogue';

create table catalogue_services (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  category_id uuid not null references catalogue_categories,
  position int not null default 0,
  -- what is worked on; published as it is
  draft jsonb not null,
  -- the revision that can be ordered; null: none
  revision int,
  -- the draft is not what is published
  changed boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index catalogue_services_in_order on catalogue_services (organisation_id, category_id, position, id);
comment on table catalogue_services is 'catalogue';

-- What was published: never changes. An order keeps the revision it was made with.
create table catalogue_revisions (
  service_id uuid not null references catalogue_services,
  revision int not null,
  definition jsonb not null,
  published_at timestamptz not null,
  published_by_name text not null,
  primary key (service_id, revision)
);
comment on table catalogue_revisions is 'catalogue';

-- What was ordered with a ticket.
create table catalogue_orders (
  ticket_id uuid primary key references tickets,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  service_id uuid not null,
  revision int not null,
  answers jsonb not null,
  -- the answers as a person reads them: [{key, label, text}]
  facts jsonb not null,
  one_off_minor bigint not null default 0,
  monthly_minor bigint not null default 0,
  currency text,
  -- waiting: for approval; fulfilling; done; refused, expired, withdrawn
  state text not null check (state in ('waiting', 'fulfilling', 'done', 'refused', 'expired', 'withdrawn')),
  approval_id uuid references approvals,
  expected_at timestamptz,
  ordered_at timestamptz not null,
  foreign key (service_id, revision) references catalogue_revisions
);
create index catalogue_orders_of_service on catalogue_orders (service_id, ordered_at);
comment on table catalogue_orders is 'catalogue';

-- What somebody has typed and not sent yet.
create table order_drafts (
  person_id uuid not null references persons,
  service_id uuid not null references catalogue_services,
  answers jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (person_id, service_id)
);
comment on table order_drafts is 'catalogue';
