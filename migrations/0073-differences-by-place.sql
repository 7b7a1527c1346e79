-- differences at a place are counted and sorted from the index alone
drop index differences_by_location;
create index differences_of_location on differences (location_id, state, severity, opened_at, id);
