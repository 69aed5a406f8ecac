-- Whose machine it is. Few questions are asked by tenant, and many machines have none.
alter table machine add tenant text collate "C";
create index machine_by_tenant on machine (tenant, name) where tenant is not null;

-- A group holds about a thousand machines: its pages are read in the order of their names, and a fault domain is sifted out of them.
drop index machine_by_group;
create index machine_by_group on machine (environment, machine_function, name);

-- A pair is two rows; the key keeps a region out of a second one.
create table region_pair (
    region text collate "C" primary key,
    pair   text collate "C" not null
);
create index region_pair_by_name on region_pair (pair, region);
