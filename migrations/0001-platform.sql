-- The log of every act: audit trail, timeline, outbox and feed in one. Append-only.
create table events (
  id uuid primary key,
  type text not null,
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  organisation_id uuid,
  actor_kind text not null check (actor_kind in ('person', 'apiKey', 'job', 'integration', 'automation', 'system')),
  actor_id uuid,
  actor_name text not null,
  subject_kind text not null,
  subject_id uuid not null,
  cause uuid,
  request_id text,
  -- sha256 over the payload: what the log proves even after the payload has been erased
  digest bytea not null
);
create index events_by_subject on events (subject_id, at, id);
comment on table events is 'platform';

-- What an event says in personal words, apart from it so that it can be erased.
create table event_payloads (
  event_id uuid primary key references events,
  before jsonb,
  after jsonb
);
comment on table event_payloads is 'platform';

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only';
end $$;
create trigger events_are_final before update or delete on events for each row execute function refuse_change();
create trigger events_stay before truncate on events execute function refuse_change();

-- Events that have not yet been handed to reactions and live feeds.
create table outbox (event_id uuid primary key);
comment on table outbox is 'platform';
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- First answers, for repeats of a command with the same key.
create table idempotency_keys (
  actor_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status int,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (actor_id, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
comment on table idempotency_keys is 'platform';

-- Small facts about this installation: set-up state, organisation-wide settings, one row each.
create table settings (
  name text primary key,
  version int not null default 1,
  value jsonb not null
);
comment on table settings is 'platform';
