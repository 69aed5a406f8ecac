-- What must be left as it is: a machine, a service, or a service on a machine. Null stands for all.
create table opt_out (
    name       text collate "C" primary key,
    machine    text collate "C",
    service    text collate "C",
    reason     text             not null,
    ends_at    timestamptz,
    created_by text             not null,
    created_at timestamptz      not null,
    check (machine is not null or service is not null)
);

create index opt_out_by_machine on opt_out (machine) where machine is not null;
create index opt_out_by_service on opt_out (service) where machine is null;
