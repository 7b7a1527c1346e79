-- Tasks of tickets: in stages, one after another; those of one stage side by side. Each has an owner and a clock of its own.
create table ticket_tasks (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  ticket_id uuid not null references tickets,
  stage int not null,
  position int not null,
  title text not null,
  description text not null default '',
  team_id uuid references teams,
  assignee_id uuid references persons,
  -- ahead: its stage has not begun; open: it is to be done; done; skipped: with a reason
  state text not null default 'ahead' check (state in ('ahead', 'open', 'done', 'skipped')),
  -- waits for something else than the stages before: an approval
  held boolean not null default false,
  -- working seconds from the moment it opens
  target_seconds int,
  commitment_id uuid,
  -- what was done, why it was skipped
  note text not null default '',
  -- `catalogue`, `hand`
  source text not null,
  opened_at timestamptz,
  ended_at timestamptz,
  ended_by_name text,
  made_by_name text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index ticket_tasks_of_ticket on ticket_tasks (ticket_id, stage, position);
create index ticket_tasks_open_by_assignee on ticket_tasks (assignee_id, opened_at, id) where state = 'open' and assignee_id is not null;
create index ticket_tasks_open_by_team on ticket_tasks (team_id, opened_at, id) where state = 'open' and team_id is not null;
comment on table ticket_tasks is 'tickets';
