-- A report of many devices is kept once: with the first of them, which the others name.
alter table inventories add column body_of uuid;
create index inventories_by_body on inventories (body_of) where body_of is not null;
