-- What was promised, as one immutable row per version: length, calendar version, ladder.
create table commitment_terms (
  id uuid primary key,
  name text not null,
  kind text not null,
  party text not null check (party in ('customer', 'team', 'vendor')),
  -- working seconds or working days
  target_seconds int,
  target_days int,
  end_of_day boolean not null default false,
  calendar_version_id uuid not null references calendar_versions,
  ladder jsonb not null default '[]',
  -- the record that set the terms (a service level, later a contract), its version, and the states that pause
  source_kind text not null,
  source_id uuid not null,
  source_revision int not null,
  pause_in text[] not null default '{}',
  reset_on_reopen boolean not null default false,
  created_at timestamptz not null default now(),
  check ((target_seconds is null) <> (target_days is null))
);
-- a vendor's clock runs on the vendor's calendar, so one version of a source may have several terms of a kind
create unique index commitment_terms_by_source on commitment_terms (source_id, source_revision, kind, calendar_version_id);
comment on table commitment_terms is 'commitments';

-- The ledger. Everything but terms, owner and waiver is computed from clock_events (server/commitments/rules).
create table commitments (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  kind text not null,
  party text not null,
  subject_kind text not null,
  subject_id uuid not null,
  owner_kind text not null check (owner_kind in ('person', 'team')),
  owner_id uuid not null,
  owner_fallback boolean not null default false,
  -- given by hand: no longer follows its subject
  owner_handed boolean not null default false,
  terms_id uuid not null references commitment_terms,
  -- why these terms were chosen: key of the sentence and what it is filled with
  because jsonb,
  phase text not null check (phase in ('running', 'paused', 'stopped', 'waived', 'cancelled')),
  generation int not null default 1,
  due_at timestamptz,
  remaining_seconds int,
  -- a valid breach of the present generation exists
  late boolean not null default false,
  -- the next moment at which a step fires or a breach is written
  next_at timestamptz,
  imported_at timestamptz,
  stopped_at timestamptz,
  waived_by text,
  waived_at timestamptz,
  waived_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index commitments_by_subject on commitments (subject_id);
create index commitments_next on commitments (next_at) where next_at is not null;
create index commitments_open_by_owner on commitments (owner_id, due_at, id) where phase in ('running', 'paused');
create index commitments_open_by_due on commitments (due_at, id) where phase in ('running', 'paused');
create index commitments_open_by_terms on commitments (terms_id) where phase in ('running', 'paused');
comment on table commitments is 'commitments';

create table clock_events (
  commitment_id uuid not null references commitments,
  seq int not null,
  at timestamptz not null,
  kind text not null check (kind in ('start', 'pause', 'resume', 'stop', 'cancel', 'reset', 'retarget')),
  -- the event of the log that caused it, and a word for the cause (a state, a reason)
  cause uuid,
  reason text,
  -- with a start and a retarget: the terms from then on (a row of commitment_terms, which are never deleted)
  terms_id uuid,
  primary key (commitment_id, seq)
);
comment on table clock_events is 'commitments';

-- A breach is a fact: written once, superseded at most, never deleted.
create table breaches (
  id uuid primary key,
  commitment_id uuid not null references commitments,
  generation int not null,
  deadline timestamptz not null,
  observed_at timestamptz not null,
  terms_id uuid not null references commitment_terms,
  superseded_at timestamptz
);
create index breaches_by_commitment on breaches (commitment_id);
create unique index breaches_one_valid on breaches (commitment_id, generation) where superseded_at is null;
comment on table breaches is 'commitments';
create function breaches_keep() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'a breach is never deleted'; end if;
  if (new.commitment_id, new.generation, new.deadline, new.observed_at) is distinct from
     (old.commitment_id, old.generation, old.deadline, old.observed_at) or old.superseded_at is not null then
    raise exception 'a breach is never changed';
  end if;
  return new;
end $$;
create trigger breaches_are_facts before update or delete on breaches for each row execute function breaches_keep();

-- Each step of a ladder is recorded once per generation.
create table ladder_records (
  commitment_id uuid not null references commitments,
  generation int not null,
  step text not null,
  -- when it fell due, when it was recorded; late when the system was down in between
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  late boolean not null default false,
  suppressed boolean not null default false,
  -- the step asks to raise the priority of the subject; when that was done
  raises boolean not null default false,
  raised_at timestamptz,
  primary key (commitment_id, generation, step)
);
create index ladder_records_to_raise on ladder_records (at) where raises and raised_at is null;
comment on table ladder_records is 'commitments';
