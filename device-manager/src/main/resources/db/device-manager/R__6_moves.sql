-- Retires a machine: cancels what has not ended of its repairs. False where there is none. Needs the lock of the topology.
create or replace function retire_machine(p_machine text, p_by text) returns boolean
language plpgsql as $$
declare
    v_now timestamptz;
begin
    perform lock_groups(array [environment], array [machine_function]) from machine where name = p_machine;
    v_now := clock();
    perform expire_repairs(array [environment], array [machine_function], v_now) from machine where name = p_machine;
    update repair
    set state = 'CANCELLED', since = v_now, ended_at = v_now,
        history = history || step('CANCELLED', v_now, p_by, 'the machine was retired')
    where machine = p_machine and state in ('REQUESTED', 'APPROVED', 'ACTIVE', 'VERIFYING');
    insert into trouble as t (machine, lost_since, crashed)
    select machine, lost_since, crashed from machine_state
    where machine = p_machine and (lost_since is not null or crashed is not null)
    on conflict (machine) do update set lost_since = excluded.lost_since, crashed = excluded.crashed;
    delete from machine_state where machine = p_machine;
    delete from machine where name = p_machine;
    return found;
end $$;

-- Brings the state of machines that an import has moved (tables staged and moved, the latter with the old place) to where they are now. Answers those that
-- can't be moved, since they are under repair. Needs the lock of the topology.
create or replace function follow_moves()
returns table (o_number int, o_machine text, o_reason text)
language plpgsql as $$
declare
    v_environments text[];
    v_functions text[];
begin
    select coalesce(array_agg(environment), '{}'), coalesce(array_agg(machine_function), '{}')
    into v_environments, v_functions
    from (select environment, machine_function from moved
          union
          select m.environment, m.machine_function from moved join machine m on m.name = moved.name) places;
    perform lock_groups(v_environments, v_functions);
    perform expire_repairs(v_environments, v_functions, clock());

    return query
    select staged.number, moved.name, format('%s has a %s active on it since %s (r%s): %s', r.holder, lower(r.kind), instant(r.since), r.id, r.reason)
    from moved
    join machine_state s on s.machine = moved.name
    join repair r on r.id = s.repair
    join staged on staged.name = moved.name
    order by staged.number;

    update machine_state s
    set environment = m.environment, machine_function = m.machine_function, fault_domain = m.fault_domain
    from moved
    join machine m on m.name = moved.name
    where s.machine = moved.name;
    update repair r
    set environment = m.environment, machine_function = m.machine_function, fault_domain = m.fault_domain
    from moved
    join machine m on m.name = moved.name
    where r.machine = moved.name and r.state in ('REQUESTED', 'APPROVED');
end $$;

-- Machines that are added have the trouble that the registry told of before. Needs the lock of the topology.
create or replace function machines_met() returns trigger language plpgsql as $$
declare
    v_environments text[];
    v_functions text[];
begin
    select coalesce(array_agg(environment), '{}'), coalesce(array_agg(machine_function), '{}')
    into v_environments, v_functions
    from (select distinct a.environment, a.machine_function from added a join trouble t on t.machine = a.name) places;
    if v_environments <> '{}' then
        perform lock_groups(v_environments, v_functions);
        insert into machine_state as s (machine, environment, machine_function, fault_domain, lost_since, crashed)
        select a.name, a.environment, a.machine_function, a.fault_domain, t.lost_since, t.crashed
        from added a join trouble t on t.machine = a.name
        on conflict (machine) do update set lost_since = excluded.lost_since, crashed = excluded.crashed;
        delete from trouble using added where trouble.machine = added.name;
    end if;
    return null;
end $$;
create or replace trigger machine_met after insert on machine
    referencing new table as added for each statement execute function machines_met();
