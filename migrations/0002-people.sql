create table organisations (
  id uuid primary key,
  version int not null default 1,
  name text not null,
  created_at timestamptz not null default now()
);
comment on table organisations is 'people';

-- A person is not an account: people are recorded, accounts sign in.
create table persons (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  kind text not null default 'employee' check (kind in ('employee', 'contractor', 'vendor_contact')),
  department text,
  site text,
  cost_centre text,
  employee_number text,
  phone text,
  manager_id uuid references persons,
  sponsor_id uuid references persons,
  starts_on date,
  ends_on date,
  active boolean not null default true,
  -- where an import took the person from: `source:key`
  source_key text unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index persons_by_name on persons (organisation_id, lower(name), id);
create unique index persons_by_employee_number on persons (organisation_id, employee_number) where employee_number is not null;
create index persons_by_manager on persons (manager_id) where manager_id is not null;
comment on table persons is 'people';

create table person_emails (
  email text primary key check (email = lower(email)),
  person_id uuid not null references persons,
  position int not null default 0
);
create index person_emails_by_person on person_emails (person_id, position);
comment on table person_emails is 'people';

create table teams (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  lead_id uuid references persons,
  active boolean not null default true,
  source_key text unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index teams_by_name on teams (organisation_id, lower(name));
comment on table teams is 'people';

create table team_members (
  team_id uuid not null references teams,
  person_id uuid not null references persons,
  -- sees the confidential tickets of the queues this team serves
  confidential boolean not null default false,
  primary key (team_id, person_id)
);
create index team_members_by_person on team_members (person_id);
comment on table team_members is 'people';

-- Accounts, sessions, credentials and second factors: the tables of the sign-in library under our names.
create table accounts (
  id uuid primary key,
  person_id uuid not null unique references persons,
  role text not null check (role in ('requester', 'technician', 'coordinator', 'manager', 'auditor', 'administrator')),
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  failed_sign_ins int not null default 0,
  locked_until timestamptz,
  last_sign_in_at timestamptz,
  disabled_at timestamptz,
  zone text,
  locale text not null default 'en',
  theme text not null default 'auto',
  notify_browser boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table accounts is 'people';

create table account_sessions (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index account_sessions_by_account on account_sessions (account_id);
comment on table account_sessions is 'people';

create table account_credentials (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  provider_account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index account_credentials_by_account on account_credentials (account_id);
comment on table account_credentials is 'people';

create table account_verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index account_verifications_by_identifier on account_verifications (identifier);
comment on table account_verifications is 'people';

create table account_second_factors (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count int not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index account_second_factors_by_account on account_second_factors (account_id);
comment on table account_second_factors is 'people';

-- One-time links: set-up of the installation (no account yet) and invitations. Only the hash is kept.
create table invitations (
  token_hash bytea primary key,
  account_id uuid references accounts on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
comment on table invitations is 'people';

create table api_keys (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  name text not null,
  role text not null,
  prefix text not null,
  key_hash bytea not null unique,
  created_by uuid references persons,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
comment on table api_keys is 'people';
