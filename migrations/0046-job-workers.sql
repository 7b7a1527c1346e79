-- Which workers take jobs on which node, and when that node was last heard of: what a dead one held is given back.
create table job_workers (
  node uuid primary key,
  workers text[] not null,
  beat_at timestamptz not null
);
comment on table job_workers is 'platform';
