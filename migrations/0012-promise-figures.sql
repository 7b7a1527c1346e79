-- Records whose promises must be counted anew; filled by the triggers below, emptied by server/reports/count-promises.ts.
create table promise_changes (
  seq bigint generated always as identity primary key,
  subject_id uuid not null
);
comment on table promise_changes is 'reports';

-- What of a commitment stands in the figures: one row for each that was kept or missed, with what it is counted under.
create table promise_facts (
  commitment_id uuid primary key,
  subject_id uuid not null,
  organisation_id uuid not null,
  queue_id uuid not null,
  confidential boolean not null,
  level_id uuid not null,
  kind text not null,
  technician_id uuid,
  category_id uuid,
  vendor_id uuid,
  -- when it was kept or missed, and the week of that (Monday, UTC)
  at timestamptz not null,
  week date not null,
  missed boolean not null,
  worked_seconds int,
  bucket smallint
);
create index promise_facts_by_subject on promise_facts (subject_id);
create index promise_facts_by_at on promise_facts (organisation_id, at desc, commitment_id);
create index promise_facts_by_level on promise_facts (level_id, week);
comment on table promise_facts is 'reports';

-- Sums of the facts. `scope`: the queue, or the zero id for all queues together; confidential ones only under their queue.
create table promise_figures (
  organisation_id uuid not null,
  dimension text not null check (dimension in ('total', 'level', 'technician', 'category', 'vendor')),
  scope uuid not null,
  confidential boolean not null,
  week date not null,
  kind text not null,
  value uuid not null,
  kept int not null,
  missed int not null,
  primary key (organisation_id, dimension, scope, confidential, week, kind, value)
);
comment on table promise_figures is 'reports';

-- Working time until it was done, as a histogram with buckets of a factor of 1.04: at most 2 % from the truth.
create table promise_times (
  organisation_id uuid not null,
  dimension text not null check (dimension in ('total', 'level')),
  scope uuid not null,
  confidential boolean not null,
  week date not null,
  kind text not null,
  value uuid not null,
  bucket smallint not null,
  n int not null,
  primary key (organisation_id, dimension, scope, confidential, week, kind, value, bucket)
);
comment on table promise_times is 'reports';

create function promise_changed_insert() returns trigger language plpgsql as $$
begin
  insert into promise_changes (subject_id) select distinct subject_id from n where subject_kind = 'ticket' and (phase = 'stopped' or late);
  return null;
end $$;
create trigger promise_changed_insert after insert on commitments referencing new table as n for each statement execute function promise_changed_insert();

create function promise_changed_update() returns trigger language plpgsql as $$
begin
  insert into promise_changes (subject_id)
  select distinct n.subject_id from n join o on o.id = n.id
  where n.subject_kind = 'ticket' and ((n.phase, n.late, n.stopped_at) is distinct from (o.phase, o.late, o.stopped_at)
    or ((n.late or n.phase = 'stopped') and n.terms_id <> o.terms_id));
  return null;
end $$;
create trigger promise_changed_update after update on commitments referencing new table as n old table as o for each statement execute function promise_changed_update();

create function promise_moved() returns trigger language plpgsql as $$
begin
  insert into promise_changes (subject_id) values (new.id);
  return null;
end $$;
create trigger promise_moved after update of queue_id, assignee_id, category_id, vendor_id, confidential on tickets for each row
  when ((new.queue_id, new.assignee_id, new.category_id, new.vendor_id, new.confidential) is distinct from (old.queue_id, old.assignee_id, old.category_id, old.vendor_id, old.confidential))
  execute function promise_moved();

insert into promise_changes (subject_id) select distinct subject_id from commitments where subject_kind = 'ticket' and (phase = 'stopped' or late);

-- A period judged as if another version of a service level had been in force.
create table as_if_runs (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  service_level_id uuid not null references service_levels,
  -- the version, or what was planned
  revision int,
  planned jsonb,
  from_date date not null,
  to_date date not null,
  started_by uuid not null,
  started_by_name text not null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  failed text,
  total int,
  done int not null default 0,
  kept_before int not null default 0,
  missed_before int not null default 0,
  kept int not null default 0,
  missed int not null default 0,
  -- commitments with another verdict: [id, missed], the first thousand
  differing jsonb not null default '[]'
);
create index as_if_runs_recent on as_if_runs (organisation_id, created_at desc);
comment on table as_if_runs is 'reports';
