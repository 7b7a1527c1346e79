-- Backups that Linchpin made by itself or was asked for in the browser, and what their restore tests showed.
create table backups (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  path text not null,
  -- the scheduled moment; null: asked for by hand
  planned_for timestamptz unique,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  asked_by text not null,
  created_at timestamptz not null default now(),
  taken_at timestamptz,
  finished_at timestamptz,
  seconds double precision,
  bytes bigint,
  rows bigint,
  files bigint,
  missing_files bigint,
  error jsonb,
  -- the file was taken away by the retention
  removed_at timestamptz
);
create index backups_by_age on backups (created_at desc, id desc);
comment on table backups is 'operations';

create table restore_tests (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  backup_id uuid not null references backups,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'passed', 'failed')),
  asked_by text not null,
  -- the commitment that this test keeps
  commitment_id uuid,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  seconds double precision,
  tables int,
  rows bigint,
  error jsonb
);
create index restore_tests_by_backup on restore_tests (backup_id, id desc);
create index restore_tests_by_age on restore_tests (created_at desc);
comment on table restore_tests is 'operations';
