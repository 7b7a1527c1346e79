-- Requests counted in the present window, by whom; all nodes count into the same row. May be lost in a crash.
create unlogged table rate_limits (
  key text primary key,
  count int not null,
  until timestamptz not null
);
create index rate_limits_by_end on rate_limits (until);
comment on table rate_limits is 'platform';
