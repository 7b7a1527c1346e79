create table on_call_schedules (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  team_id uuid not null references teams,
  name text not null,
  zone text not null,
  layers jsonb not null,
  path jsonb not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index on_call_schedules_by_name on on_call_schedules (organisation_id, lower(name));
create index on_call_schedules_by_team on on_call_schedules (team_id) where active;
comment on table on_call_schedules is 'on-call';

create table on_call_overrides (
  id uuid primary key,
  schedule_id uuid not null references on_call_schedules,
  person_id uuid not null references persons,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text not null default '',
  made_by_name text not null,
  created_at timestamptz not null default now(),
  removed_at timestamptz,
  check (ends_at > starts_at)
);
create index on_call_overrides_by_schedule on on_call_overrides (schedule_id, ends_at) where removed_at is null;
comment on table on_call_overrides is 'on-call';

create table on_call_pages (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  schedule_id uuid not null references on_call_schedules,
  subject_kind text not null,
  subject_id uuid not null,
  words text not null default '',
  -- a cause calls once
  cause text not null,
  state text not null check (state in ('open', 'taken')),
  -- the step of the path to be taken next, and when; an open call without a moment has gone its whole path
  step int not null default 0,
  next_at timestamptz,
  created_at timestamptz not null default now(),
  taken_by uuid,
  taken_by_name text,
  taken_at timestamptz,
  unique (schedule_id, cause)
);
create index on_call_pages_next on on_call_pages (next_at) where next_at is not null;
create index on_call_pages_by_subject on on_call_pages (subject_id) where state = 'open';
create index on_call_pages_by_age on on_call_pages (organisation_id, created_at desc, id desc);
comment on table on_call_pages is 'on-call';

-- Each step of a path is taken once, whichever node takes it.
create table on_call_page_steps (
  page_id uuid not null references on_call_pages,
  step int not null,
  at timestamptz not null,
  people jsonb not null,
  primary key (page_id, step)
);
comment on table on_call_page_steps is 'on-call';

create table on_call_notes (
  id uuid primary key,
  schedule_id uuid not null references on_call_schedules,
  author_id uuid,
  author_name text not null,
  body text not null,
  at timestamptz not null,
  read_by uuid,
  read_by_name text,
  read_at timestamptz
);
create index on_call_notes_by_schedule on on_call_notes (schedule_id, at desc, id desc);
comment on table on_call_notes is 'on-call';
