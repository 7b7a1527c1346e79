create table imports (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  source text not null,
  file_name text not null,
  file_path text not null,
  file_sha256 bytea not null,
  options jsonb not null,
  dry_run boolean not null,
  status text not null check (status in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  phase text not null default '',
  progress double precision not null default 0,
  counts jsonb not null default '{}',
  sniffed jsonb,
  report jsonb not null default '[]',
  shift_weeks int not null default 0,
  error text,
  actor jsonb not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index imports_by_age on imports (created_at desc, id desc);
comment on table imports is 'imports';

create table import_rows (
  import_id uuid not null references imports,
  row int not null,
  key text not null,
  verdict text not null check (verdict in ('created', 'updated', 'unchanged', 'rejected')),
  messages jsonb not null default '[]',
  primary key (import_id, row)
);
comment on table import_rows is 'imports';

-- How the headers of a kind of file were matched to fields, by the hash of those headers.
create table import_mappings (
  source text not null,
  headers_hash bytea not null,
  mapping jsonb not null,
  primary key (source, headers_hash)
);
comment on table import_mappings is 'imports';
