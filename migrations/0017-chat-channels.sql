-- Incoming webhooks of chat programs: of a person, a team, or the organisation. The address is a secret: encrypted, never shown again.
create table chat_channels (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  owner_kind text not null check (owner_kind in ('person', 'team', 'organisation')),
  owner_id uuid,
  kind text not null check (kind in ('slack', 'teams')),
  name text not null,
  address bytea not null,
  host text not null,
  -- what is posted into the channel of a team or of the organisation; a person's own settings say it for theirs
  topics text[] not null default '{}',
  in_working_hours boolean not null default false,
  active boolean not null default true,
  last_ok_at timestamptz,
  problem jsonb,
  created_at timestamptz not null default now(),
  check ((owner_kind = 'organisation') = (owner_id is null))
);
create index chat_channels_by_owner on chat_channels (owner_id) where owner_id is not null;
create index chat_channels_by_organisation on chat_channels (organisation_id, id);
comment on table chat_channels is 'notifications';

-- A cause is posted into a shared channel once, however many people it was told.
create table chat_said (
  channel_id uuid not null references chat_channels on delete cascade,
  cause text not null,
  at timestamptz not null default now(),
  primary key (channel_id, cause)
);
create index chat_said_by_age on chat_said (at);
comment on table chat_said is 'notifications';
