-- Orders that were given before the turn of their fault domain had come, to machines that were down: it has not come by them.
alter table machine_order add column out_of_turn boolean not null default false;
