create table queues (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  description text not null default '',
  is_default boolean not null default false,
  active boolean not null default true,
  source_key text unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index queues_by_name on queues (organisation_id, lower(name));
create unique index queues_one_default on queues (organisation_id) where is_default;
comment on table queues is 'tickets';

create table queue_teams (
  queue_id uuid not null references queues,
  team_id uuid not null references teams,
  primary key (queue_id, team_id)
);
create index queue_teams_by_team on queue_teams (team_id);
comment on table queue_teams is 'tickets';

create table categories (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  parent_id uuid references categories,
  active boolean not null default true,
  source_key text unique
);
create unique index categories_by_name on categories (organisation_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), lower(name));
comment on table categories is 'tickets';

create sequence incident_number start 1001;
create sequence request_number start 1001;

create table tickets (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  reference text not null unique,
  kind text not null check (kind in ('incident', 'request')),
  title text not null,
  description text not null default '',
  state text not null check (state in ('new', 'in_progress', 'waiting_requester', 'waiting_vendor', 'waiting_change', 'resolved', 'closed')),
  impact smallint not null,
  urgency smallint not null,
  priority smallint not null,
  queue_id uuid not null references queues,
  assignee_id uuid references persons,
  requester_id uuid references persons,
  category_id uuid references categories,
  vendor_id uuid references vendors,
  confidential boolean not null default false,
  source text not null default 'web',
  opened_by uuid,
  opened_by_name text not null default '',
  resolution text,
  -- earliest running clock; the year 9999 while open without one, infinity once resolved: one index serves both lists
  due_at timestamptz not null,
  waiting_since timestamptz,
  resolved_at timestamptz,
  closed_at timestamptz,
  reopen_count int not null default 0,
  last_activity_at timestamptz not null,
  last_note_id uuid,
  last_public_note_id uuid,
  service_level_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  open boolean generated always as (state not in ('resolved', 'closed')) stored
);
alter table tickets set (fillfactor = 85);
-- lists of a queue, of everything, of an assignee, of a requester; each in the orders the queue page offers
create index tickets_by_queue_due on tickets (queue_id, due_at, id);
create index tickets_by_due on tickets (due_at, id);
create index tickets_by_assignee_due on tickets (assignee_id, due_at, id) where assignee_id is not null;
create index tickets_by_queue_created on tickets (queue_id, created_at, id);
create index tickets_by_created on tickets (created_at, id);
create index tickets_by_queue_activity on tickets (queue_id, last_activity_at, id);
create index tickets_by_activity on tickets (last_activity_at, id);
create index tickets_by_requester on tickets (requester_id, created_at, id);
create index tickets_by_opener on tickets (opened_by, created_at, id) where opened_by is distinct from requester_id;
create index tickets_by_category on tickets (category_id, created_at);
create index tickets_open_by_queue_created on tickets (queue_id, created_at, id) where open;
create index tickets_open_by_queue_activity on tickets (queue_id, last_activity_at, id) where open;
create index tickets_open_by_activity on tickets (last_activity_at, id) where open;
create index tickets_open_by_queue_priority on tickets (queue_id, priority, due_at, id) where open;
create index tickets_open_by_priority on tickets (priority, due_at, id) where open;
create index tickets_open_unowned on tickets (queue_id, created_at) where open and assignee_id is null;
create index tickets_open_by_state on tickets (state, waiting_since, id) where open;
comment on table tickets is 'tickets';

create table ticket_watchers (
  ticket_id uuid not null references tickets,
  person_id uuid not null references persons,
  primary key (person_id, ticket_id)
);
create index ticket_watchers_by_ticket on ticket_watchers (ticket_id);
comment on table ticket_watchers is 'tickets';

-- Words of title, description and notes, with the visibility of the ticket as lexemes (server/tickets/search-text.ts).
create table ticket_texts (
  ticket_id uuid primary key references tickets,
  words tsvector not null
);
create index ticket_texts_words on ticket_texts using gin (words);
comment on table ticket_texts is 'tickets';

-- What another system said about an imported ticket, kept as it came.
create table ticket_sources (
  source text not null,
  key text not null,
  ticket_id uuid not null unique references tickets,
  import_id uuid,
  -- digest of the rows it was made from: a second run with the same rows changes nothing
  digest bytea not null,
  -- eight bytes for each row taken: a later file adds only what is not among them
  rows_taken bytea not null default '',
  -- weeks by which its moments were moved; later rows of the same ticket move alike
  shift_weeks int not null default 0,
  facts jsonb not null,
  primary key (source, key)
);
comment on table ticket_sources is 'tickets';
