-- Campaigns that ask people whether what they have is still theirs.
create sequence attestation_number;
create table attestations (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  reference text not null,
  name text not null,
  -- what is said to those who are asked
  note text not null default '',
  owner_id uuid not null references persons,
  -- who is asked, as it was chosen
  asked_kind text not null check (asked_kind in ('all', 'location', 'department', 'team', 'people')),
  asked_words text not null default '',
  due_on date not null,
  state text not null check (state in ('running', 'closed', 'cancelled')),
  closed_at timestamptz,
  closed_by_name text,
  -- kept with the answers, never counted
  people int not null default 0,
  people_done int not null default 0,
  items int not null default 0,
  mine int not null default 0,
  not_mine int not null default 0,
  gaps int not null default 0,
  -- differences that nobody has settled
  unsettled int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index attestations_by_reference on attestations (organisation_id, reference);
create index attestations_in_order on attestations (organisation_id, created_at desc, id desc);
comment on table attestations is 'attestations';

-- One person who is asked.
create table attestation_people (
  id uuid primary key default gen_random_uuid(),
  attestation_id uuid not null references attestations,
  person_id uuid not null references persons,
  items int not null default 0,
  answered int not null default 0,
  unsettled int not null default 0,
  -- when they said that this is all
  done_at timestamptz,
  done_by_name text,
  -- somebody else answered for them
  for_them boolean not null default false,
  told boolean not null default false,
  unique (attestation_id, person_id)
);
create index attestation_people_of_person on attestation_people (person_id);
create index attestation_people_untold on attestation_people (attestation_id, id) where not told;
comment on table attestation_people is 'attestations';

-- One thing a person had when the campaign began; without a thing: something that is missing in the list.
create table attestation_items (
  id uuid primary key default gen_random_uuid(),
  attestation_id uuid not null references attestations,
  ask_id uuid not null references attestation_people,
  asset_id uuid references assets,
  answer text check (answer in ('mine', 'not_mine', 'gap')),
  -- where it went, what is missing, or anything else
  note text not null default '',
  answered_at timestamptz,
  answered_by_name text,
  for_them boolean not null default false,
  remedy text check (remedy in ('keep', 'take_back', 'lost', 'transfer', 'give', 'leave')),
  remedy_reason text not null default '',
  settled_at timestamptz,
  settled_by_name text,
  check (asset_id is not null or coalesce(answer, '') = 'gap')
);
create unique index attestation_items_once on attestation_items (ask_id, asset_id) where asset_id is not null;
create index attestation_items_of_ask on attestation_items (ask_id);
create index attestation_items_differences on attestation_items (attestation_id, id) where answer in ('not_mine', 'gap');
comment on table attestation_items is 'attestations';
