-- Machines and their place. Names are compared byte by byte, so that an order by name is the order of the index.
create table machine (
    name             text collate "C" primary key,
    environment      text collate "C" not null,
    machine_function text collate "C" not null,
    fault_domain     text collate "C" not null,
    region           text collate "C" not null,
    address          text             not null
);

-- Each question is answered page by page, ordered by name, from one of these.
create index machine_by_group on machine (environment, machine_function, fault_domain, name);
create index machine_by_environment on machine (environment, name);
create index machine_by_function on machine (machine_function, name);
create index machine_by_fault_domain on machine (fault_domain, name);
create index machine_by_region on machine (region, name);

-- How many machines each fault domain of each group has; kept by the triggers below, so that no query counts machines.
create table fault_domain (
    environment      text collate "C" not null,
    machine_function text collate "C" not null,
    fault_domain     text collate "C" not null,
    region           text collate "C" not null,
    machines         bigint           not null,
    primary key (environment, machine_function, fault_domain, region)
);

-- One row. Whoever changes the topology locks it first, so that changes come one after the other.
create table topology (
    revision bigint not null
);
insert into topology values (0);

create function machines_added() returns trigger language plpgsql as $$
begin
    insert into fault_domain as f (environment, machine_function, fault_domain, region, machines)
    select environment, machine_function, fault_domain, region, count(*)
    from added
    group by environment, machine_function, fault_domain, region
    on conflict (environment, machine_function, fault_domain, region)
        do update set machines = f.machines + excluded.machines;
    return null;
end $$;

create function machines_removed() returns trigger language plpgsql as $$
begin
    update fault_domain f
    set machines = f.machines - r.machines
    from (select environment, machine_function, fault_domain, region, count(*) as machines
          from removed
          group by environment, machine_function, fault_domain, region) r
    where (f.environment, f.machine_function, f.fault_domain, f.region)
              = (r.environment, r.machine_function, r.fault_domain, r.region);
    delete from fault_domain
    where machines = 0
      and (environment, machine_function, fault_domain, region)
              in (select environment, machine_function, fault_domain, region from removed);
    return null;
end $$;

create trigger machine_inserted after insert on machine
    referencing new table as added for each statement execute function machines_added();
create trigger machine_deleted after delete on machine
    referencing old table as removed for each statement execute function machines_removed();
-- An update is both; these two fire in the order of their names.
create trigger machine_updated_1 after update on machine
    referencing new table as added for each statement execute function machines_added();
create trigger machine_updated_2 after update on machine
    referencing old table as removed for each statement execute function machines_removed();
