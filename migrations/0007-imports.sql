create table imports (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  source text not null,
  file_name text not null,
  -- the content lies among the uploaded files under this hash
  file_sha256 bytea not null,
  -- zone, asOf, shift, mapping: with source and hash they say whether two imports are the same
  options jsonb not null,
  dry_run boolean not null,
  status text not null check (status in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  -- keys of sentences
  phase text not null default '',
  error jsonb,
  progress double precision not null default 0,
  counts jsonb not null default '{}',
  -- what the report counts, by table and row
  tallies jsonb not null default '{}',
  -- subjects whose records, verdicts and counts are committed: where a resumed import goes on
  subjects_done int not null default 0,
  sniffed jsonb,
  report jsonb not null default '[]',
  shift_weeks int not null default 0,
  actor jsonb not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index imports_by_age on imports (created_at desc, id desc);
create index imports_by_file on imports (file_sha256, source);
create index imports_unfinished on imports (organisation_id) where status in ('waiting', 'running');
comment on table imports is 'imports';

create table import_rows (
  -- of imports; not checked row by row, for they come by the hundred thousand
  import_id uuid not null,
  row int not null,
  key text not null,
  verdict text not null check (verdict in ('created', 'updated', 'unchanged', 'rejected')),
  -- sentences: code and params
  messages jsonb not null default '[]',
  primary key (import_id, row)
);
create index import_rows_rejected on import_rows (import_id, row) where verdict = 'rejected';
comment on table import_rows is 'imports';

-- How the headers of a kind of file were matched to fields, by the hash of those headers.
create table import_mappings (
  source text not null,
  headers_hash bytea not null,
  mapping jsonb not null,
  primary key (source, headers_hash)
);
comment on table import_mappings is 'imports';
