-- Working time by team, technician, category and vendor: whole histograms of eight weeks each, summed anew from the facts in the background
-- (server/reports/sum-spans.ts). A span that is stale, or not yet over, is read from the facts themselves.
create table promise_spans (
  organisation_id uuid not null,
  -- its first Monday
  span date not null,
  stale boolean not null default true,
  summed_at timestamptz,
  primary key (organisation_id, span)
);
create index promise_spans_stale on promise_spans (span) where stale;
comment on table promise_spans is 'reports';

-- `dimension` total: by queue alone. `histogram`: {"bucket": number}.
create table promise_span_times (
  organisation_id uuid not null,
  span date not null,
  dimension text not null check (dimension in ('total', 'technician', 'category', 'vendor')),
  scope uuid not null,
  confidential boolean not null,
  value uuid not null,
  kind text not null,
  histogram text not null,
  primary key (organisation_id, span, dimension, scope, confidential, value, kind)
);
comment on table promise_span_times is 'reports';

-- The eight weeks in which a week lies.
create function promise_span_of(week date) returns date language sql immutable parallel safe as
  $$ select week - (week - date '1970-01-05') % 56 $$;

-- The node of before knows nothing of spans: whatever it counts makes them stale here.
create function promise_span_stale() returns trigger language plpgsql as $$
begin
  insert into promise_spans (organisation_id, span)
  select distinct organisation_id, promise_span_of(week) from changed where bucket is not null
  on conflict (organisation_id, span) do update set stale = true where not promise_spans.stale;
  return null;
end $$;
create trigger promise_facts_made after insert on promise_facts referencing new table as changed for each statement execute function promise_span_stale();
create trigger promise_facts_gone after delete on promise_facts referencing old table as changed for each statement execute function promise_span_stale();

insert into promise_spans (organisation_id, span)
select o.id, generate_series(promise_span_of((date_trunc('week', r.first))::date), promise_span_of((date_trunc('week', r.last))::date), interval '56 days')::date
from organisations o cross join lateral (select min(at) as first, max(at) as last from promise_facts f where f.organisation_id = o.id) r where r.first is not null
on conflict do nothing;
