-- What is done with tickets by itself, in order. `conditions` must all hold; `waits_seconds`: of rules of time, without activity for so long.
create table ticket_rules (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  position int not null,
  active boolean not null default false,
  event text not null check (event in ('opened', 'replied', 'waits')),
  waits_seconds int,
  conditions jsonb not null,
  effects jsonb not null,
  -- rules after it are not asked
  stops boolean not null default false,
  fired int not null default 0,
  last_fired_at timestamptz,
  created_at timestamptz not null default now(),
  check ((event = 'waits') = (waits_seconds is not null))
);
comment on table ticket_rules is 'automation';
create index ticket_rules_in_order on ticket_rules (organisation_id, position, id);

-- What a rule did with a ticket, and why: once for each cause.
create table rule_firings (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  rule_id uuid references ticket_rules on delete set null,
  rule_name text not null,
  ticket_id uuid not null references tickets,
  -- the event it heard, or the moment of the last activity
  cause text not null,
  at timestamptz not null,
  -- which conditions held: those of the rule as it was
  conditions jsonb not null,
  -- [{do, value, field, before, after, refused}]
  done jsonb not null,
  undone_at timestamptz,
  undone_by_name text,
  unique (rule_id, ticket_id, cause)
);
comment on table rule_firings is 'automation';
create index rule_firings_of_ticket on rule_firings (ticket_id, at desc, id desc);
create index rule_firings_of_rule on rule_firings (rule_id, at desc, id desc);

-- Whose turn it was last, for rules that assign in turn.
create table rule_turns (
  rule_id uuid not null references ticket_rules on delete cascade,
  person_id uuid not null references persons,
  at timestamptz not null,
  primary key (rule_id, person_id)
);
comment on table rule_turns is 'automation';
