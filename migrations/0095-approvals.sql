-- An approval of a record (its subject): stages in order, each with seats, each seat with those who can fill it.
create table approvals (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  reference text not null,
  subject_kind text not null,
  subject_id uuid not null,
  -- what it is for: `order` (a request of the catalogue), `asked` (somebody asked by hand)
  purpose text not null check (purpose in ('order', 'asked')),
  title text not null,
  -- what is approved, as it stood: [{label, text}]
  facts jsonb not null default '[]',
  -- minor units of the currency (ISO 4217)
  amount_minor bigint check (amount_minor >= 0),
  currency text check (currency ~ '^[A-Z]{3}$'),
  -- whose request it is: never decides
  requester_id uuid references persons,
  asked_by uuid,
  asked_by_name text not null,
  state text not null check (state in ('waiting', 'approved', 'refused', 'withdrawn', 'expired', 'void')),
  -- the stage that waits, from 0
  stage int not null default 0,
  definition jsonb not null,
  expires_at timestamptz,
  ended_at timestamptz,
  ended_by_name text,
  -- why it was refused, withdrawn or became void
  reason text not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((amount_minor is null) = (currency is null))
);
create sequence approval_number start 1001;
create unique index approvals_by_reference on approvals (organisation_id, reference);
create index approvals_of_subject on approvals (subject_id, created_at);
comment on table approvals is 'approvals';

create table approval_stages (
  approval_id uuid not null references approvals,
  position int not null,
  name text not null,
  need text not null check (need in ('one', 'all', 'count')),
  count int not null,
  state text not null check (state in ('ahead', 'waiting', 'approved', 'refused', 'ended')),
  started_at timestamptz,
  ended_at timestamptz,
  primary key (approval_id, position)
);
comment on table approval_stages is 'approvals';

-- One of those who are asked in a stage: a person, or any one of a team or role. Promised by a commitment.
create table approval_seats (
  id uuid primary key,
  approval_id uuid not null,
  position int not null,
  place int not null,
  label text not null,
  team_id uuid references teams,
  commitment_id uuid,
  foreign key (approval_id, position) references approval_stages
);
create index approval_seats_of_stage on approval_seats (approval_id, position, place);
comment on table approval_seats is 'approvals';

create table approval_candidates (
  seat_id uuid not null references approval_seats,
  person_id uuid not null references persons,
  -- whose place they took, and why: `own_request`, `left`
  instead_of text,
  instead_why text check (instead_why in ('own_request', 'left')),
  approval_id uuid not null references approvals,
  -- the stage waits and they have not decided: what waits for a person is found by this
  open boolean not null default true,
  primary key (seat_id, person_id)
);
create index approval_candidates_open on approval_candidates (person_id, approval_id) where open;
create index approval_candidates_of on approval_candidates (approval_id, person_id);
comment on table approval_candidates is 'approvals';

-- What a person said in a stage: once.
create table approval_decisions (
  approval_id uuid not null,
  position int not null,
  person_id uuid not null references persons,
  -- who said it: the person, or their delegate while they were away
  decided_by uuid not null references persons,
  approve boolean not null,
  comment text not null default '',
  at timestamptz not null,
  primary key (approval_id, position, person_id),
  foreign key (approval_id, position) references approval_stages
);
create index approval_decisions_by on approval_decisions (decided_by, at desc);
comment on table approval_decisions is 'approvals';

-- for whom a person stands in
create index notification_settings_by_delegate on notification_settings (delegate_id) where delegate_id is not null;
