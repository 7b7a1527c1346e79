-- Which header means which field, saved by name, so that the same export can be imported again by whoever.
create table saved_mappings (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  source text not null,
  name text not null,
  mapping jsonb not null,
  saved_by_name text not null,
  updated_at timestamptz not null default now()
);
create unique index saved_mappings_by_name on saved_mappings (organisation_id, source, lower(name));
comment on table saved_mappings is 'imports';

-- What the rows of a source last wrote into a record: by field what the cell said, and what was written where that is another thing. What stands
-- in the register and differs from it is a person's. One row for each record, because records come by the fifty thousand.
create table imported_values (
  source text not null,
  subject_id uuid not null,
  organisation_id uuid not null references organisations,
  -- what tells the row from all others in its file: finds the record again whose tag was changed since
  identity text not null,
  said jsonb not null,
  primary key (subject_id, source)
);
create index imported_values_by_identity on imported_values (organisation_id, source, identity);
comment on table imported_values is 'platform';

-- the name people sign in with at work, and what they do: what exports of directories and other registers know them by
alter table persons add column username text, add column job_title text;
create unique index persons_by_username on persons (organisation_id, lower(username)) where username is not null;
create index persons_by_lower_number on persons (organisation_id, lower(employee_number)) where employee_number is not null;
