-- The time of everything below: one clock for all instances, that of the database.
create function clock() returns timestamptz language sql stable as 'select clock_timestamp()';

-- A group's limit. Its row is also its lock: whoever changes a repair or the state of a machine holds the rows of all groups concerned, taken
-- in the order of the key (lock_groups), and reads what it decides by in statements after that, which see all that was done under the lock before.
create table machine_group (
    environment      text collate "C" not null,
    machine_function text collate "C" not null,
    max_unavailable  text             not null default '20%',
    primary key (environment, machine_function)
);

create sequence repair_id;
create table repair (
    id               bigint primary key default nextval('repair_id'),
    machine          text collate "C" not null,
    environment      text collate "C" not null,
    machine_function text collate "C" not null,
    fault_domain     text collate "C" not null,
    kind             text             not null check (kind in ('REBOOT', 'REPAVE', 'DEPLOY')),
    forced           boolean          not null,
    state            text             not null check (state in ('REQUESTED', 'APPROVED', 'ACTIVE', 'VERIFYING', 'DONE', 'FAILED', 'EXPIRED', 'CANCELLED')),
    holder           text             not null,
    service          text,
    reason           text             not null,
    requested_at     timestamptz      not null,
    since            timestamptz      not null,
    lease_end        timestamptz,
    ended_at         timestamptz,
    history          jsonb            not null, -- [{state, at, by, reason}], the oldest first
    check (state not in ('ACTIVE', 'VERIFYING') or lease_end is not null),
    check ((ended_at is not null) = (state in ('DONE', 'FAILED', 'EXPIRED', 'CANCELLED')))
);
create unique index repair_one_live on repair (machine) where state in ('ACTIVE', 'VERIFYING');
create index repair_live_by_group on repair (environment, machine_function, lease_end) where state in ('ACTIVE', 'VERIFYING');
create index repair_live_by_lease on repair (lease_end) where state in ('ACTIVE', 'VERIFYING');
create index repair_by_machine on repair (machine, id);
create index repair_by_group on repair (environment, machine_function, id);
create index repair_by_state on repair (state, id);

-- What is to be said of a machine beyond its place; most machines have no row.
create table machine_state (
    machine          text collate "C" primary key,
    environment      text collate "C" not null,
    machine_function text collate "C" not null,
    fault_domain     text collate "C" not null,
    repair           bigint,                           -- the live one
    elective         boolean not null default false,   -- that is elective
    failing_since    timestamptz,
    failing_by       text,
    failing_reason   text,
    failing_service  text,                             -- whose DEPLOY failed
    lost_since       timestamptz,
    probation_since  timestamptz,
    probation_until  timestamptz,                      -- infinity while it is broken: probation begins anew when it is not
    probation_by     text,
    probation_reason text,
    probation        interval,
    incarnation      int     not null default 1
);
create index machine_state_ailing on machine_state (machine)
    where failing_since is not null or lost_since is not null or probation_until is not null;
create index machine_state_ailing_by_group on machine_state (environment, machine_function, machine)
    where failing_since is not null or lost_since is not null or probation_until is not null;

create function probation_pauses() returns trigger language plpgsql as $$
begin
    if new.failing_since is not null or new.lost_since is not null then
        if new.probation_until > clock() then
            new.probation_until := 'infinity';
        end if;
    elsif new.probation_until = 'infinity' then
        new.probation_until := clock() + new.probation;
    end if;
    return new;
end $$;
create trigger machine_state_probation before insert or update on machine_state
    for each row when (new.probation_until is not null) execute function probation_pauses();

-- How many machines of a fault domain are in which state; kept by the triggers below, so that no rule counts machines.
create table domain_load (
    environment      text collate "C" not null,
    machine_function text collate "C" not null,
    fault_domain     text collate "C" not null,
    failing          bigint not null default 0,  -- and not lost
    lost             bigint not null default 0,
    repairing        bigint not null default 0,
    elective         bigint not null default 0,
    unavailable      bigint not null default 0,  -- failing, lost or under repair
    primary key (environment, machine_function, fault_domain)
);


create function load_added() returns trigger language plpgsql as $$
begin
    insert into domain_load as d
    select environment, machine_function, fault_domain,
           count(*) filter (where failing_since is not null and lost_since is null),
           count(*) filter (where lost_since is not null),
           count(*) filter (where repair is not null),
           count(*) filter (where elective),
           count(*) filter (where failing_since is not null or lost_since is not null or repair is not null)
    from added
    group by environment, machine_function, fault_domain
    order by environment, machine_function, fault_domain
    on conflict (environment, machine_function, fault_domain) do update
        set failing = d.failing + excluded.failing, lost = d.lost + excluded.lost, repairing = d.repairing + excluded.repairing,
            elective = d.elective + excluded.elective, unavailable = d.unavailable + excluded.unavailable;
    return null;
end $$;

create function load_removed() returns trigger language plpgsql as $$
begin
    update domain_load d
    set failing = d.failing - r.failing, lost = d.lost - r.lost, repairing = d.repairing - r.repairing,
        elective = d.elective - r.elective, unavailable = d.unavailable - r.unavailable
    from (select environment, machine_function, fault_domain,
                 count(*) filter (where failing_since is not null and lost_since is null) as failing,
                 count(*) filter (where lost_since is not null) as lost,
                 count(*) filter (where repair is not null) as repairing,
                 count(*) filter (where elective) as elective,
                 count(*) filter (where failing_since is not null or lost_since is not null or repair is not null) as unavailable
          from removed
          group by environment, machine_function, fault_domain) r
    where (d.environment, d.machine_function, d.fault_domain) = (r.environment, r.machine_function, r.fault_domain);
    return null;
end $$;

create trigger machine_state_inserted after insert on machine_state
    referencing new table as added for each statement execute function load_added();
create trigger machine_state_deleted after delete on machine_state
    referencing old table as removed for each statement execute function load_removed();
create trigger machine_state_updated_1 after update on machine_state
    referencing new table as added for each statement execute function load_added();
create trigger machine_state_updated_2 after update on machine_state
    referencing old table as removed for each statement execute function load_removed();

-- Who waits for elective work in a fault domain, in the order of their numbers.
create sequence ticket_number;
create table claim_ticket (
    environment      text collate "C" not null,
    machine_function text collate "C" not null,
    holder           text             not null,
    fault_domain     text collate "C" not null,
    number           bigint           not null default nextval('ticket_number'),
    since            timestamptz      not null,
    asked_at         timestamptz      not null,
    for_limit        boolean          not null, -- waits for the limit, and not for its fault domain only
    primary key (environment, machine_function, holder, fault_domain)
);

-- Where in the registry's change feed the lost machines have been learnt up to; null before the first time. One row.
create table registry_feed (
    cursor text
);
insert into registry_feed values (null);
