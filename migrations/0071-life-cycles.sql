-- Until when releases of products are supported, as it was published.
create table life_cycle_products (
  id uuid primary key default gen_random_uuid(),
  -- as endoflife.date names it
  product text not null unique,
  title text not null
);
comment on table life_cycle_products is 'life-cycles';

create table product_cycles (
  product text not null references life_cycle_products (product),
  cycle text not null,
  released_on date,
  -- the last day of active support
  active_until date,
  -- the last day of support; where only that it is over, or is not, was published, `is_over` says so
  eol_on date,
  is_over boolean,
  -- the last day of support that is paid for, or kept by others
  extended_until date,
  latest text not null default '',
  source text not null,
  as_of date not null,
  primary key (product, cycle)
);
comment on table product_cycles is 'life-cycles';

-- Programs of a release that is known for certain, computed once for each name and version.
create table program_cycles (
  program int primary key references programs,
  name_id int not null,
  product text not null,
  cycle text not null
);
create index program_cycles_of_name on program_cycles (name_id);
create index program_cycles_of_product on program_cycles (product, cycle);
comment on table program_cycles is 'life-cycles';

-- Programs nobody has looked at yet.
create table programs_to_name (program int primary key);
comment on table programs_to_name is 'life-cycles';
insert into programs_to_name select id from programs;
create function programs_appeared() returns trigger language plpgsql as $$
begin
  insert into programs_to_name select id from added on conflict do nothing;
  return null;
end $$;
create trigger programs_appeared after insert on programs referencing new table as added for each statement execute function programs_appeared();

-- On how many devices a program is in a release that is out of support.
create table program_support (
  name_id int primary key references program_names,
  devices int not null
);
comment on table program_support is 'life-cycles';
create table program_support_recounts (name_id int primary key);
comment on table program_support_recounts is 'life-cycles';
-- what is counted anew as a program is counted anew in its old releases
create function program_support_stale() returns trigger language plpgsql as $$
begin
  insert into program_support_recounts select new.name_id where exists (select 1 from program_cycles where name_id = new.name_id) on conflict do nothing;
  return null;
end $$;
create trigger program_support_stale after insert or update on program_recounts for each row execute function program_support_stale();

-- The release of the operating system of each device.
create table device_systems (
  device_id uuid primary key references devices,
  product text not null,
  cycle text not null
);
create index device_systems_of_cycle on device_systems (product, cycle);
comment on table device_systems is 'life-cycles';

-- The day for which all was last counted: releases end by themselves.
create table life_cycle_days (only_one boolean primary key default true check (only_one), counted_on date not null, rules int not null);
comment on table life_cycle_days is 'life-cycles';

-- What every office has, written by hand.
insert into life_cycle_products (product, title) values ('windows', 'Microsoft Windows'), ('windows-server', 'Microsoft Windows Server'), ('ubuntu', 'Ubuntu'),
  ('debian', 'Debian'), ('macos', 'Apple macOS'), ('rhel', 'Red Hat Enterprise Linux');
insert into product_cycles (product, cycle, eol_on, extended_until, source, as_of)
select product, cycle, eol::date, extended::date, 'linchpin', date '2026-11-01' from (values
  ('windows', '7-sp1', '2020-01-14', null),
  ('windows', '8.1', '2023-01-10', null),
  ('windows', '10-1607-e-lts', '2026-10-13', null),
  ('windows', '10-1809-e-lts', '2029-01-09', null),
  ('windows', '10-1909-e', '2022-05-10', null),
  ('windows', '10-1909-w', '2021-05-11', null),
  ('windows', '10-2004', '2021-12-14', null),
  ('windows', '10-20h2-e', '2023-05-09', null),
  ('windows', '10-20h2-w', '2022-05-10', null),
  ('windows', '10-21h1', '2022-12-13', null),
  ('windows', '10-21h2-e', '2024-06-11', null),
  ('windows', '10-21h2-w', '2023-06-13', null),
  ('windows', '10-21h2-e-lts', '2027-01-12', null),
  ('windows', '10-21h2-iot-lts', '2032-01-13', null),
  ('windows', '10-22h2', '2025-10-14', '2028-10-10'),
  ('windows', '11-21h2-e', '2024-10-08', null),
  ('windows', '11-21h2-w', '2023-10-10', null),
  ('windows', '11-22h2-e', '2025-10-14', null),
  ('windows', '11-22h2-w', '2024-10-08', null),
  ('windows', '11-23h2-e', '2026-11-10', null),
  ('windows', '11-23h2-w', '2025-11-11', null),
  ('windows', '11-24h2-e', '2027-10-12', null),
  ('windows', '11-24h2-w', '2026-10-13', null),
  ('windows', '11-24h2-e-lts', '2029-10-09', null),
  ('windows', '11-24h2-iot-lts', '2034-10-10', null),
  ('windows', '11-25h2-e', '2028-10-10', null),
  ('windows', '11-25h2-w', '2027-10-12', null),
  ('windows-server', '2008-r2-sp1', '2020-01-14', '2023-01-10'),
  ('windows-server', '2012', '2023-10-10', '2026-10-13'),
  ('windows-server', '2012-r2', '2023-10-10', '2026-10-13'),
  ('windows-server', '2016', '2027-01-12', null),
  ('windows-server', '2019', '2029-01-09', null),
  ('windows-server', '2022', '2031-10-14', null),
  ('windows-server', '2025', '2034-11-14', null),
  ('ubuntu', '16.04', '2021-04-30', null),
  ('ubuntu', '18.04', '2023-05-31', null),
  ('ubuntu', '20.04', '2025-05-31', null),
  ('ubuntu', '22.04', '2027-04-30', null),
  ('ubuntu', '24.04', '2029-05-31', null),
  ('debian', '9', '2020-07-18', '2022-06-30'),
  ('debian', '10', '2022-09-10', '2024-06-30'),
  ('debian', '11', '2024-08-14', '2026-08-31'),
  ('debian', '12', '2026-06-10', '2028-06-30'),
  ('debian', '13', '2028-08-09', '2030-06-30'),
  ('rhel', '6', '2020-11-30', null),
  ('rhel', '7', '2024-06-30', null),
  ('rhel', '8', '2029-05-31', null),
  ('rhel', '9', '2032-05-31', null),
  ('rhel', '10', '2035-05-31', null)
) as g(product, cycle, eol, extended);
-- of macOS the maker publishes no dates: what gets no updates any more, and what does
insert into product_cycles (product, cycle, is_over, source, as_of)
select 'macos', cycle, is_over, 'linchpin', date '2026-11-01' from (values ('10.13', true), ('10.14', true), ('10.15', true), ('11', true), ('12', true), ('13', true),
  ('15', false), ('26', false)) as g(cycle, is_over);
