-- Says how machines are; those that don't exist are left out.
create or replace function report_health(p_by text, p_machines text[], p_healths text[], p_reasons text[], p_probation interval)
returns void
language plpgsql as $$
declare
    v_environments text[];
    v_functions text[];
    v_now timestamptz;
begin
    select coalesce(array_agg(environment), '{}'), coalesce(array_agg(machine_function), '{}')
    into v_environments, v_functions
    from (select distinct environment, machine_function from machine where name = any (p_machines)) places;
    perform lock_groups(v_environments, v_functions);
    v_now := clock();

    insert into machine_state (machine, environment, machine_function, fault_domain)
    select m.name, m.environment, m.machine_function, m.fault_domain
    from unnest(p_machines, p_healths) as f (name, health)
    join machine m on m.name = f.name
    where f.health <> 'HEALTHY'
      and (m.environment, m.machine_function) in (select * from unnest(v_environments, v_functions))
    on conflict do nothing;

    update machine_state s
    set failing_since = case when f.health = 'FAILING' then coalesce(s.failing_since, v_now) end,
        failing_by = case when f.health = 'FAILING' then p_by end,
        failing_reason = case when f.health = 'FAILING' then f.reason end,
        failing_service = null,
        healthy_since = case when f.health = 'HEALTHY' then v_now when f.health = 'PROBATION' then s.healthy_since end,
        healthy_by = case when f.health = 'HEALTHY' then p_by when f.health = 'PROBATION' then s.healthy_by end,
        healthy_reason = case when f.health = 'HEALTHY' then f.reason when f.health = 'PROBATION' then s.healthy_reason end,
        probation_since = case when f.tries then v_now else s.probation_since end,
        probation_until = case when f.tries then v_now + p_probation else s.probation_until end,
        probation_by = case when f.tries then p_by else s.probation_by end,
        probation_reason = case when f.tries then f.reason else s.probation_reason end,
        probation = case when f.tries then p_probation else s.probation end
    from (select g.name, g.health, g.reason, g.health = 'PROBATION' and coalesce(o.probation_until <= v_now, true) as tries
          from unnest(p_machines, p_healths, p_reasons) as g (name, health, reason)
          join machine_state o on o.machine = g.name) f
    where s.machine = f.name
      and (s.environment, s.machine_function) in (select * from unnest(v_environments, v_functions))
      and (f.health <> 'HEALTHY' or s.failing_since is not null);
end $$;

-- What the registry says: which machines are lost and found, and which services on which machines crashed and are up, p_since null. What is said of others
-- stays. Answers how many machines that changed.
drop function if exists learn_lost(text[], boolean[], timestamptz[]);
-- A parameter can't be renamed in place.
drop function if exists learn(text[], boolean[], timestamptz[], text[], text[], text[], timestamptz[]);
drop function if exists learn_unknown(text[], text[], boolean[], timestamptz[], text[], text[], text[], timestamptz[]);
create or replace function learn(
    p_machines text[], p_lost boolean[], p_at timestamptz[], p_hosts text[], p_services text[], p_versions text[], p_since timestamptz[])
returns int
language plpgsql as $$
declare
    v_environments text[];
    v_functions text[];
    v_unknown text[];
begin
    -- Trouble, or its end, of machines that the topology does not know: none is added or retired until this is kept.
    select coalesce(array_agg(told.name), '{}') into v_unknown
    from (select name from unnest(p_machines, p_lost) as l (name, lost) where lost
          union
          select name from unnest(p_hosts, p_since) as l (name, since) where since is not null
          union
          select machine from trouble where machine = any (p_machines || p_hosts)) told
    where not exists (select from machine m where m.name = told.name);
    if v_unknown <> '{}' then
        perform 1 from topology for share;
        select coalesce(array_agg(l.name), '{}') into v_unknown
        from unnest(v_unknown) as l (name)
        where not exists (select from machine m where m.name = l.name);
        perform learn_unknown(v_unknown, p_machines, p_lost, p_at, p_hosts, p_services, p_versions, p_since);
    end if;

    select coalesce(array_agg(environment), '{}'), coalesce(array_agg(machine_function), '{}')
    into v_environments, v_functions
    from (select m.environment, m.machine_function
          from unnest(p_machines, p_lost) as l (name, lost)
          join machine m on m.name = l.name
          left join machine_state s on s.machine = l.name
          where l.lost <> (s.lost_since is not null)
          union
          select m.environment, m.machine_function
          from unnest(p_hosts, p_services, p_versions, p_since) as l (name, service, version, since)
          join machine m on m.name = l.name
          left join machine_state s on s.machine = l.name
          where case when l.since is null then s.crashed ? l.service
                     else s.crashed -> l.service ->> 'version' is distinct from l.version end) places;
    if v_environments = '{}' then
        return 0;
    end if;
    perform lock_groups(v_environments, v_functions);

    insert into machine_state (machine, environment, machine_function, fault_domain)
    select m.name, m.environment, m.machine_function, m.fault_domain
    from (select name from unnest(p_machines, p_lost) as l (name, lost) where lost
          union
          select name from unnest(p_hosts, p_since) as l (name, since) where since is not null) broken
    join machine m on m.name = broken.name
    where (m.environment, m.machine_function) in (select * from unnest(v_environments, v_functions))
    on conflict do nothing;
    return learn_lost(p_machines, p_lost, p_at, v_environments, v_functions)
         + learn_crashes(p_hosts, p_services, p_versions, p_since, v_environments, v_functions);
end $$;

-- The services of a machine that are down after what is told of some: since null for one that is up. One that crashes again and again is down since the
-- first time.
create or replace function crashed_after(p_before jsonb, p_services text[], p_versions text[], p_since timestamptz[]) returns jsonb language sql immutable as $$
    select nullif(coalesce(p_before, '{}') - p_services
                  || coalesce(jsonb_object_agg(l.service, case when p_before -> l.service ->> 'version' = l.version then p_before -> l.service
                                                               else jsonb_build_object('version', l.version, 'since', l.since) end)
                              filter (where l.since is not null), '{}'), '{}')
    from unnest(p_services, p_versions, p_since) as l (service, version, since)
$$;

-- Keeps the trouble of these machines until they are added. Needs the lock of the topology.
create or replace function learn_unknown(
    p_unknown text[], p_machines text[], p_lost boolean[], p_at timestamptz[], p_hosts text[], p_services text[], p_versions text[], p_since timestamptz[])
returns void
language sql as $$
    insert into trouble
    select l.name from unnest(p_machines, p_lost) as l (name, lost) where l.lost and l.name = any (p_unknown)
    union
    select l.name from unnest(p_hosts, p_since) as l (name, since) where l.since is not null and l.name = any (p_unknown)
    on conflict do nothing;
    update trouble t
    set lost_since = case when l.lost then coalesce(t.lost_since, l.at) end
    from unnest(p_machines, p_lost, p_at) as l (name, lost, at)
    where t.machine = l.name and l.name = any (p_unknown);
    update trouble t
    set crashed = crashed_after(t.crashed, n.services, n.versions, n.since)
    from (select name, array_agg(service) as services, array_agg(version) as versions, array_agg(since) as since
          from unnest(p_hosts, p_services, p_versions, p_since) as l (name, service, version, since)
          where name = any (p_unknown)
          group by name) n
    where t.machine = n.name;
    delete from trouble where machine = any (p_unknown) and lost_since is null and crashed is null;
$$;

-- Needs the locks of the groups, and a state of each machine that is lost.
create or replace function learn_lost(
    p_machines text[], p_lost boolean[], p_at timestamptz[], p_environments text[], p_functions text[])
returns int
language plpgsql as $$
declare
    v_count int;
begin
    update machine_state s
    set lost_since = case when l.lost then l.at end
    from unnest(p_machines, p_lost, p_at) as l (name, lost, at)
    where s.machine = l.name
      and l.lost <> (s.lost_since is not null)
      and (s.environment, s.machine_function) in (select * from unnest(p_environments, p_functions));
    get diagnostics v_count = row_count;
    return v_count;
end $$;

-- Needs the same.
create or replace function learn_crashes(
    p_machines text[], p_services text[], p_versions text[], p_since timestamptz[], p_environments text[], p_functions text[])
returns int
language plpgsql as $$
declare
    v_count int;
begin
    update machine_state s
    set crashed = n.crashed
    from (select o.machine, crashed_after(o.crashed, array_agg(l.service), array_agg(l.version), array_agg(l.since)) as crashed
          from unnest(p_machines, p_services, p_versions, p_since) as l (name, service, version, since)
          join machine_state o on o.machine = l.name
          group by o.machine, o.crashed) n
    where s.machine = n.machine
      and s.crashed is distinct from n.crashed
      and (s.environment, s.machine_function) in (select * from unnest(p_environments, p_functions));
    get diagnostics v_count = row_count;
    return v_count;
end $$;

-- How machines are. The second view is of those only of which there is, or was lately, something to be said; it has an index for that.
create or replace view machine_health as
    select m.name as machine, m.environment, m.machine_function, m.fault_domain, d.health, d.reason, d.since, d.by, d.until,
           coalesce(s.incarnation, 1) as incarnation, r.id as repair, r.kind as repair_kind
    from machine m
    left join machine_state s on s.machine = m.name
    left join repair r on r.id = s.repair and r.lease_end > clock()
    cross join lateral health_of(s) d;

create or replace view ailing_health as
    select s.machine, s.environment, s.machine_function, s.fault_domain, d.health, d.reason, d.since, d.by, d.until,
           s.incarnation, r.id as repair, r.kind as repair_kind
    from machine_state s
    left join repair r on r.id = s.repair and r.lease_end > clock()
    cross join lateral health_of(s) d
    where s.broken or s.probation_until is not null;
