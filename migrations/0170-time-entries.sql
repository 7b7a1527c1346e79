-- Who spent how much time on a ticket, or on a task of it, and who pays for it. Sums are read from the indexes; nothing counts that was withdrawn.
create table ticket_time_entries (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  ticket_id uuid not null references tickets,
  task_id uuid references ticket_tasks,
  person_id uuid not null references persons,
  -- the day of whoever did the work
  day date not null,
  seconds int not null check (seconds between 1 and 86400),
  kind text not null default 'remote' check (kind in ('remote', 'on_site', 'travel')),
  words text not null default '',
  billable boolean not null default false,
  -- cost centre, department or organisation; empty for what is not billable
  billed_to text not null default '',
  made_by_name text not null,
  created_at timestamptz not null,
  withdrawn_at timestamptz,
  check (billable or billed_to = '')
);
create index ticket_time_entries_of_ticket on ticket_time_entries (ticket_id, day, id) include (seconds, billable) where withdrawn_at is null;
create index ticket_time_entries_of_task on ticket_time_entries (task_id) include (seconds) where withdrawn_at is null and task_id is not null;
create index ticket_time_entries_of_person on ticket_time_entries (person_id, day, id) include (seconds) where withdrawn_at is null;
create index ticket_time_entries_by_day on ticket_time_entries (organisation_id, day, id) where withdrawn_at is null;
comment on table ticket_time_entries is 'tickets';
