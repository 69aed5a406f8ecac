-- Takes the locks of groups until the end of the transaction, always in the same order.
create or replace function lock_groups(p_environments text[], p_functions text[]) returns void language plpgsql as $$
begin
    insert into machine_group (environment, machine_function)
    select distinct environment, machine_function
    from unnest(p_environments, p_functions) as wanted (environment, machine_function)
    where not exists (select 1 from machine_group g
                      where (g.environment, g.machine_function) = (wanted.environment, wanted.machine_function))
    order by environment, machine_function
    on conflict do nothing;
    perform 1
    from machine_group
    where (environment, machine_function) in (select * from unnest(p_environments, p_functions))
    order by environment, machine_function
    for update;
end $$;

-- So many machines: a number, or a share rounded up, at least one. Null stays null.
create or replace function amount(p_text text, p_machines bigint) returns bigint language sql immutable as $$
    select case when p_text like '%\%'
        then greatest(1, (p_machines * rtrim(p_text, '%')::bigint + 99) / 100)
        else p_text::bigint end
$$;

create or replace function step(p_state text, p_at timestamptz, p_by text, p_reason text) returns jsonb language sql immutable as $$
    select jsonb_build_array(jsonb_build_object(
        'state', p_state, 'at', to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'by', p_by, 'reason', p_reason))
$$;

create or replace function instant(p_at timestamptz) returns text language sql immutable as $$
    select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
$$;

-- Records the end of leases that ran out. Needs the locks of the groups. Nobody knows how far a reboot or a repave came: its machine is failing until
-- somebody says otherwise.
create or replace function expire_repairs(p_environments text[], p_functions text[], p_now timestamptz) returns int language plpgsql as $$
declare
    v_count int;
begin
    with ended as (
        update repair
        set state = 'EXPIRED', since = lease_end, ended_at = lease_end,
            history = history || step('EXPIRED', lease_end, 'device-manager', 'its lease ended and was not renewed')
        where state in ('ACTIVE', 'VERIFYING')
          and lease_end <= p_now
          and (environment, machine_function) in (select * from unnest(p_environments, p_functions))
        returning id, machine, holder, kind, lease_end, reason, kind <> 'DEPLOY' as breaks
    )
    update machine_state s
    set repair = null, elective = false,
        failing_since = case when e.breaks then coalesce(s.failing_since, e.lease_end) else s.failing_since end,
        failing_by = case when e.breaks then 'device-manager' else s.failing_by end,
        failing_reason = case when e.breaks
            then format('its %s r%s expired: %s neither renewed nor closed it (%s)', e.kind, e.id, e.holder, e.reason) else s.failing_reason end,
        failing_service = case when not e.breaks then s.failing_service end,
        healthy_since = case when not e.breaks then s.healthy_since end,
        healthy_by = case when not e.breaks then s.healthy_by end,
        healthy_reason = case when not e.breaks then s.healthy_reason end
    from ended e
    where s.machine = e.machine and s.repair = e.id;
    get diagnostics v_count = row_count;
    return v_count;
end $$;

-- Repairs as they are now: one whose lease ran out has expired, whether that was recorded yet or not.
create or replace view repair_now as
    select id, machine, environment, machine_function, fault_domain, kind, forced,
           case when lapsed then 'EXPIRED' else state end as state,
           holder, service, reason, requested_at,
           case when lapsed then lease_end else since end as since,
           lease_end,
           case when lapsed then lease_end else ended_at end as ended_at,
           case when lapsed then history || step('EXPIRED', lease_end, 'device-manager', 'its lease ended and was not renewed')
                else history end as history,
           state as recorded
    from (select *, state in ('ACTIVE', 'VERIFYING') and lease_end <= clock() as lapsed from repair) r;

-- Records the end of leases in one group.
create or replace function expire_group(p_environment text, p_function text) returns int language plpgsql as $$
begin
    perform lock_groups(array [p_environment], array [p_function]);
    return expire_repairs(array [p_environment], array [p_function], clock());
end $$;
