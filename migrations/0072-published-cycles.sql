-- Products of which something else was published: what they are on must be looked at again.
create table life_cycle_moves (product text primary key);
comment on table life_cycle_moves is 'life-cycles';
