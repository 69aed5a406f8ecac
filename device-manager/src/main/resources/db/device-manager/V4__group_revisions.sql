-- The revision of the topology that changed a group's machines last, on each of its fault domains: who has read the group since needs not
-- read it again.
alter table fault_domain add column revision bigint not null default 0;

create function note_revision(p_environments text[], p_functions text[]) returns void language sql as $$
    update fault_domain
    set revision = (select max(revision) from topology)
    where (environment, machine_function) in (select * from unnest(p_environments, p_functions))
$$;

create function machines_written() returns trigger language plpgsql as $$
begin
    perform note_revision(array_agg(environment), array_agg(machine_function))
    from (select distinct environment, machine_function from written) groups;
    return null;
end $$;

-- These fire after those that count, by the order of their names.
create trigger machine_written_inserted after insert on machine
    referencing new table as written for each statement execute function machines_written();
create trigger machine_written_deleted after delete on machine
    referencing old table as written for each statement execute function machines_written();
create trigger machine_written_from after update on machine
    referencing old table as written for each statement execute function machines_written();
create trigger machine_written_to after update on machine
    referencing new table as written for each statement execute function machines_written();
