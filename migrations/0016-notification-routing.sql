-- Notices that have not yet been given to mail and chat: written with them, taken by one node each.
create table notice_outbox (notification_id uuid primary key);
comment on table notice_outbox is 'notifications';
alter table notice_outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- Its subject was muted by the person: it is on record, and was brought to nobody's notice.
alter table notifications add column muted boolean not null default false;

-- How a person wants to be told. Nothing here stands for the defaults of the role.
create table notification_settings (
  person_id uuid primary key references persons,
  version int not null default 1,
  -- working hours; null: those of the organisation
  calendar_id uuid references calendars,
  -- local times of the person, HH:MM
  quiet_from text,
  quiet_until text,
  -- HH:MM, or `off`; null: as the role
  digest text,
  -- by topic, and in it by channel: only what differs from the role's
  ways jsonb not null default '{}',
  absent_from timestamptz,
  absent_until timestamptz,
  delegate_id uuid references persons,
  -- -infinity: not yet computed; infinity: never
  next_digest_at timestamptz not null default '-infinity'
);
create index notification_settings_next_digest on notification_settings (next_digest_at);
comment on table notification_settings is 'notifications';

create table muted_subjects (
  person_id uuid not null references persons,
  subject_kind text not null,
  subject_id uuid not null,
  at timestamptz not null default now(),
  primary key (person_id, subject_id)
);
comment on table muted_subjects is 'notifications';

-- Notices on their way out together: one mail, or one message in a chat.
create table notice_batches (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  -- null: a message for the channel of a team or of the organisation
  person_id uuid references persons,
  -- null: by mail
  channel_id uuid,
  -- why it waits: more may come, working hours, quiet time
  hold text not null check (hold in ('group', 'hours', 'quiet')),
  state text not null default 'open' check (state in ('open', 'sending', 'closed', 'sent', 'skipped', 'failed')),
  -- when it goes; while sending: when the lease of the node that took it ends
  send_at timestamptz not null,
  attempts int not null default 0,
  problem jsonb,
  mail_id uuid,
  created_at timestamptz not null default now(),
  done_at timestamptz
);
create unique index notice_batches_open_mail on notice_batches (person_id, hold) where state = 'open' and channel_id is null;
create unique index notice_batches_open_chat on notice_batches (channel_id, hold) where state = 'open' and channel_id is not null;
create index notice_batches_due on notice_batches (send_at) where state in ('open', 'sending') and channel_id is not null;
create index notice_batches_by_channel on notice_batches (channel_id, id desc) where channel_id is not null;
comment on table notice_batches is 'notifications';

create table notice_batch_entries (
  batch_id uuid not null references notice_batches on delete cascade,
  notification_id uuid not null references notifications,
  primary key (batch_id, notification_id)
);
comment on table notice_batch_entries is 'notifications';

-- Causes that demand an act: where nobody acts in time, the next in line hear of it, once each.
create table notice_watches (
  cause text primary key,
  organisation_id uuid not null references organisations,
  code text not null,
  params jsonb not null,
  subject_kind text not null,
  subject_id uuid not null,
  told uuid[] not null,
  at timestamptz not null,
  -- 0: those told; 1: leads; 2: coordinators
  level int not null default 0,
  next_at timestamptz not null
);
create index notice_watches_next on notice_watches (next_at);
comment on table notice_watches is 'notifications';

-- Links in mails that act, on the button of the page they open. The token can be made again from the row and our secret; only its hash is kept.
create table act_links (
  id uuid primary key,
  token_hash bytea not null unique,
  person_id uuid not null references persons,
  act text not null,
  -- what it acts on: a notification, a subject, topics
  target jsonb not null,
  -- one link of each sort in a mail, however often the mail is composed
  made_for text not null unique,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index act_links_expired on act_links (expires_at);
comment on table act_links is 'notifications';
