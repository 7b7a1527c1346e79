-- How often each service was ordered, kept with each order: lists count nothing.
alter table catalogue_services add column orders int not null default 0;
update catalogue_services s set orders = n.orders from (select service_id, count(*) as orders from catalogue_orders group by service_id) n where n.service_id = s.id;
