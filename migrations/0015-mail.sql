-- Outgoing mail. A row is written in the transaction that causes it; what it says is composed at the moment of sending,
-- so that it holds only what the recipient may see then.
create table mails (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  person_id uuid not null references persons,
  -- who composes it (`notices`, `digest`, ...) and what that composer was given
  kind text not null,
  content jsonb not null,
  -- a cause mails a person once
  cause text not null,
  -- stable over every attempt: the key by which a recipient's system drops a repeat
  message_id text not null unique,
  state text not null check (state in ('queued', 'sending', 'sent', 'skipped', 'failed', 'withdrawn')),
  -- why a queued mail waits before its first attempt: key of a sentence
  waits text,
  -- queued: the next attempt; sending: when the lease of the node that took it ends
  next_at timestamptz,
  attempts int not null default 0,
  -- when it was to go first, and again after somebody wished so: from then on counts how long it is tried
  tried_since timestamptz not null,
  -- where the latest attempt went, and what came of it
  address text,
  problem jsonb,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  bounced_at timestamptz,
  unique (person_id, cause)
);
create index mails_next on mails (next_at) where state in ('queued', 'sending');
create index mails_by_state on mails (organisation_id, state, id desc);
create index mails_by_organisation on mails (organisation_id, id desc);
create index mails_done on mails (done_at) where done_at is not null;
comment on table mails is 'mail';

-- Addresses that sent mail back. Nothing is mailed there until a coordinator clears it.
create table bouncing_addresses (
  address text primary key check (address = lower(address)),
  organisation_id uuid not null references organisations,
  person_id uuid not null references persons,
  since timestamptz not null,
  mail_id uuid,
  -- enhanced status (RFC 3463) and the words of the other side
  status text,
  words text not null
);
create index bouncing_addresses_by_person on bouncing_addresses (person_id);
comment on table bouncing_addresses is 'mail';
