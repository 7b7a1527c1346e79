-- A moment somebody agreed to, instead of a length of working time.
alter table commitment_terms add column target_at timestamptz;
alter table commitment_terms drop constraint commitment_terms_check;
alter table commitment_terms add constraint commitment_terms_one_target check (num_nonnulls(target_seconds, target_days, target_at) = 1);

-- Put aside until a moment: lists leave it out, its clock and its breaches do not care.
alter table commitments add column snoozed_until timestamptz;
alter table commitments add column snoozed_reason text;
alter table commitments add column snoozed_by text;

create sequence commitment_number start 1001;

create table commitment_series (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  title text not null,
  note text not null default '',
  kind text not null,
  -- RFC 5545 recurrence rule without DTSTART; local dates from starts_on, in the zone
  rule text not null,
  starts_on date not null,
  -- local time of the due moment; null: the end of the day
  due_time time,
  zone text not null,
  subject_kind text,
  subject_id uuid,
  owner_kind text not null check (owner_kind in ('person', 'team')),
  owner_id uuid not null,
  warn_seconds int,
  needs_evidence boolean not null default false,
  -- an occurrence becomes a commitment so many days before it is due
  lead_days int not null,
  active boolean not null default true,
  -- the occurrence to be made next, and when; null once the rule is used up
  next_on date,
  next_at timestamptz,
  made_by uuid,
  made_by_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index commitment_series_next on commitment_series (next_at) where active and next_at is not null;
create index commitment_series_by_title on commitment_series (organisation_id, lower(title), id);
create index commitment_series_by_owner on commitment_series (owner_id) where active;
comment on table commitment_series is 'commitments';

-- What a person wrote of a commitment that no service level promised.
create table commitments_by_hand (
  commitment_id uuid primary key references commitments,
  reference text not null unique,
  title text not null,
  note text not null default '',
  -- due at the end of a date rather than at a time of day
  all_day boolean not null,
  zone text not null,
  -- seen by its owner and its maker alone
  private boolean not null default false,
  needs_evidence boolean not null default false,
  evidence text,
  completed_by_name text,
  made_by uuid,
  made_by_name text not null,
  series_id uuid references commitment_series,
  occurs_on date,
  -- an occurrence is made once, whichever node makes it
  unique (series_id, occurs_on)
);
create index commitments_by_hand_by_maker on commitments_by_hand (made_by);
comment on table commitments_by_hand is 'commitments';
create index commitments_closed_by_owner on commitments (owner_id, updated_at) where phase in ('stopped', 'waived', 'cancelled') and party = 'team';

-- The secret address of a personal calendar feed; only its hash is kept.
create table calendar_feeds (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  token_hash bytea not null unique,
  name text not null,
  with_teams boolean not null,
  created_at timestamptz not null default now(),
  last_read_at timestamptz,
  revoked_at timestamptz
);
create index calendar_feeds_by_account on calendar_feeds (account_id);
comment on table calendar_feeds is 'commitments';
