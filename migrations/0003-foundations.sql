-- Content lies on disk under its sha256; a file belongs to a subject once something refers to it.
create table files (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 bytea not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  subject_kind text,
  subject_id uuid,
  note_id uuid,
  inline boolean not null default false
);
create index files_by_subject on files (subject_id) where subject_id is not null;
create index files_unattached on files (created_at) where subject_id is null;
comment on table files is 'files';

create table calendars (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  active boolean not null default true,
  -- the version in force
  revision int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index calendars_by_name on calendars (organisation_id, lower(name));
comment on table calendars is 'calendars';

-- Immutable: an edit adds a row. `definition` is what the arithmetic reads, holidays of country and region included.
create table calendar_versions (
  id uuid primary key,
  calendar_id uuid not null references calendars,
  revision int not null,
  definition jsonb not null,
  country text,
  region text,
  own_holidays jsonb not null default '[]',
  created_at timestamptz not null default now(),
  created_by text not null,
  unique (calendar_id, revision)
);
comment on table calendar_versions is 'calendars';

create table notes (
  id uuid primary key,
  subject_kind text not null,
  subject_id uuid not null,
  public boolean not null,
  body text not null,
  excerpt text not null,
  author_kind text not null,
  author_id uuid,
  author_name text not null,
  at timestamptz not null
);
create index notes_by_subject on notes (subject_id, at, id);
comment on table notes is 'notes';

create table notifications (
  id uuid primary key,
  person_id uuid not null references persons,
  kind text not null,
  -- key of the sentence and what it is filled with
  code text not null,
  params jsonb not null,
  subject_kind text,
  subject_id uuid,
  -- a cause notifies a person once
  cause text not null,
  at timestamptz not null default now(),
  read_at timestamptz,
  unique (person_id, cause)
);
create index notifications_by_person on notifications (person_id, at desc, id desc);
create index notifications_unread on notifications (person_id) where read_at is null;
comment on table notifications is 'notifications';
