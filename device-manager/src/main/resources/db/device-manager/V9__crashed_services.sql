-- The services of a machine that crashed and are not up again, by the registry's word: {service: {version, since}}. Null for none.
alter table machine_state add column crashed jsonb;

-- Broken is who fails, is lost, or has a service that is down.
alter table machine_state
    add column broken boolean generated always as (failing_since is not null or lost_since is not null or crashed is not null) stored;
drop index machine_state_ailing;
drop index machine_state_ailing_by_group;
create index machine_state_ailing on machine_state (machine) where broken or probation_until is not null;
create index machine_state_ailing_by_group on machine_state (environment, machine_function, machine) where broken or probation_until is not null;

create or replace function probation_pauses() returns trigger language plpgsql as $$
begin
    -- What is generated is not there yet.
    if new.failing_since is not null or new.lost_since is not null or new.crashed is not null then
        if new.probation_until > clock() then
            new.probation_until := 'infinity';
        end if;
    elsif new.probation_until = 'infinity' then
        new.probation_until := clock() + new.probation;
    end if;
    return new;
end $$;

create or replace function load_added() returns trigger language plpgsql as $$
begin
    insert into domain_load as d
    select environment, machine_function, fault_domain,
           count(*) filter (where broken and lost_since is null),
           count(*) filter (where lost_since is not null),
           count(*) filter (where repair is not null),
           count(*) filter (where elective),
           count(*) filter (where broken or repair is not null)
    from added
    group by environment, machine_function, fault_domain
    order by environment, machine_function, fault_domain
    on conflict (environment, machine_function, fault_domain) do update
        set failing = d.failing + excluded.failing, lost = d.lost + excluded.lost, repairing = d.repairing + excluded.repairing,
            elective = d.elective + excluded.elective, unavailable = d.unavailable + excluded.unavailable;
    return null;
end $$;

create or replace function load_removed() returns trigger language plpgsql as $$
begin
    update domain_load d
    set failing = d.failing - r.failing, lost = d.lost - r.lost, repairing = d.repairing - r.repairing,
        elective = d.elective - r.elective, unavailable = d.unavailable - r.unavailable
    from (select environment, machine_function, fault_domain,
                 count(*) filter (where broken and lost_since is null) as failing,
                 count(*) filter (where lost_since is not null) as lost,
                 count(*) filter (where repair is not null) as repairing,
                 count(*) filter (where elective) as elective,
                 count(*) filter (where broken or repair is not null) as unavailable
          from removed
          group by environment, machine_function, fault_domain) r
    where (d.environment, d.machine_function, d.fault_domain) = (r.environment, r.machine_function, r.fault_domain);
    return null;
end $$;

-- What the registry says of machines that the topology does not know, not yet or not any more: they have it when they are added. Only of those that are
-- lost, or on which a service crashed.
create table trouble (
    machine    text collate "C" primary key,
    lost_since timestamptz,
    crashed    jsonb
);

-- How far the registry's feed has been learnt; null where all machines are to be read first, which one instance does at a time: the reader, who gives it
-- up where it has not gone on for a minute. Instances of before learn less from the feed and go on with a cursor of their own, registry_feed. One row.
create table followed_feed (
    cursor  text,
    reader  text,
    read_at timestamptz
);
insert into followed_feed values (null, null, null);
