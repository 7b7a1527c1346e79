-- Batches of events under one hash each, chained and signed (server/audit/seal-events.ts). `members` are the ids in order,
-- `marks` the first eight bytes of each event's own hash, so that an altered event can be named.
create table event_seals (
  seq bigint primary key check (seq > 0),
  members uuid[] not null,
  marks bytea not null,
  -- the highest id among the members
  newest uuid not null,
  digest bytea not null,
  previous bytea not null,
  head bytea not null,
  signature bytea not null,
  sealed_at timestamptz not null
);
create index event_seals_by_newest on event_seals (newest);
comment on table event_seals is 'audit';
create trigger event_seals_are_final before update or delete on event_seals for each row execute function refuse_change();
create trigger event_seals_stay before truncate on event_seals execute function refuse_change();

-- What the last verification found.
create table event_verifications (
  id uuid primary key,
  at timestamptz not null,
  clean boolean not null,
  seals bigint not null,
  events bigint not null,
  unsealed bigint not null,
  findings jsonb not null
);
create index event_verifications_by_age on event_verifications (at desc);
comment on table event_verifications is 'audit';
