-- Claims machines, as RepairApi.claim promises: one row for each, granted where o_repair is given, refused where o_rule is.
-- p_existing: a repair of the one machine that is approved and becomes active, in the place of a new one.
create or replace function claim(
    p_holder text, p_by text, p_kind text, p_forced boolean, p_service text, p_reason text, p_lease interval, p_limit text,
    p_patience interval, p_machines text[], p_existing bigint default null)
returns table (o_number int, o_repair bigint, o_lease_end timestamptz, o_rule text, o_reason text, o_until timestamptz, o_held_by text)
language plpgsql as $$
#variable_conflict use_column
declare
    v_environments text[];
    v_functions text[];
    v_now timestamptz;
    asked record;
    -- The group at hand.
    v_group text;
    v_locked boolean;
    v_size bigint;
    v_limit text;
    v_allowed bigint;
    v_own_allowed bigint;
    v_broken bigint;
    v_unavailable bigint;
    v_open text;
    v_open_own boolean;
    v_open_reason text;
    v_open_until timestamptz;
    v_own bigint;
    v_rivals jsonb;
    v_domain text; -- where it waits; '' for forced work, which waits for the limit only
    v_after bigint;
    -- What is to be written.
    v_ids bigint[] := '{}';
    v_granted text[] := '{}';
    v_renewed bigint[] := '{}';
    v_taken text;
    v_waiting jsonb := '{}'; -- environment/function/domain: whether for the limit
begin
    select coalesce(array_agg(environment), '{}'), coalesce(array_agg(machine_function), '{}')
    into v_environments, v_functions
    from (select distinct environment, machine_function from machine where name = any (p_machines)) places;
    perform lock_groups(v_environments, v_functions);
    v_now := clock();
    perform expire_repairs(v_environments, v_functions, v_now);
    delete from claim_ticket
    where (environment, machine_function) in (select * from unnest(v_environments, v_functions))
      and asked_at <= v_now - p_patience;

    for asked in
        select a.number::int as number, a.name, m.environment, m.machine_function, m.fault_domain,
               coalesce(s.broken, false) as broken,
               r.id as repair, r.holder, r.kind, r.forced, r.service, r.since, r.lease_end, r.reason, r.claimed_by
        from unnest(p_machines) with ordinality a (name, number)
        left join machine m on m.name = a.name
        left join machine_state s on s.machine = a.name
        left join repair r on r.id = s.repair
        order by m.environment, m.machine_function, a.number
    loop
        o_number := asked.number;
        o_repair := null;
        o_lease_end := null;
        o_rule := null;
        o_reason := null;
        o_until := null;
        o_held_by := null;

        if asked.environment is not null and v_group is distinct from asked.environment || '/' || asked.machine_function then
            v_group := asked.environment || '/' || asked.machine_function;
            v_locked := exists (select 1 from unnest(v_environments, v_functions) as locked (e, f)
                                where (e, f) = (asked.environment, asked.machine_function));
            select coalesce(sum(machines), 0) into v_size
            from fault_domain
            where environment = asked.environment and machine_function = asked.machine_function;
            select max_unavailable into v_limit
            from machine_group
            where environment = asked.environment and machine_function = asked.machine_function;
            select count(*), coalesce(bool_or(not forced), false) into v_own, v_open_own
            from repair
            where environment = asked.environment and machine_function = asked.machine_function
              and state in ('ACTIVE', 'VERIFYING') and holder = p_holder;
            select coalesce(sum(unavailable), 0), coalesce(sum(failing + lost), 0), min(fault_domain) filter (where elective > 0)
            into v_unavailable, v_broken, v_open
            from domain_load
            where environment = asked.environment and machine_function = asked.machine_function;
            v_allowed := amount(v_limit, v_size);
            v_own_allowed := amount(p_limit, v_size);
            v_open_reason := null;
            v_taken := null;
            v_rivals := '{}';
        end if;

        if asked.environment is null then
            o_rule := 'unknown-machine';
            o_reason := format('There is no machine ''%s'': it was never added, or is retired.', asked.name);
        elsif not v_locked then
            o_rule := 'moving';
            o_reason := format('It is just being moved to %s: ask again.', v_group);
        elsif asked.repair is not null and asked.holder = p_holder and asked.kind = p_kind
              and coalesce(asked.claimed_by, p_by) = p_by and asked.service is not distinct from p_service
              and (p_forced or not asked.forced) then  -- forced work does not become elective: it was granted without its fault domain
            o_repair := asked.repair;
            o_lease_end := v_now + p_lease;
            v_renewed := v_renewed || asked.repair;
        elsif asked.repair is not null then
            o_rule := 'active-repair';
            o_reason := format('%s is under way on it, held by %s since %s: %s', work_words(asked.kind, asked.service), asked.holder,
                               instant(asked.since), asked.reason);
            o_until := asked.lease_end;
            o_held_by := asked.kind;
        else
            v_after := v_unavailable + (not asked.broken)::int;
            v_domain := case when p_forced then '' else asked.fault_domain end;
            if not v_rivals ? v_domain then
                v_rivals := v_rivals || jsonb_build_object(
                    v_domain, rival(asked.environment, asked.machine_function, v_domain, p_holder));
            end if;
            if not p_forced and v_open <> asked.fault_domain then
                if v_open_reason is null then
                    select d.o_reason, d.o_until into v_open_reason, v_open_until
                    from open_domain(asked.environment, asked.machine_function, v_open) d;
                end if;
                o_rule := 'fault-domain';
                o_reason := format('%s; this machine is in ''%s''', v_open_reason, asked.fault_domain);
                o_until := v_open_until;
            elsif v_rivals ->> v_domain is not null
                  and (not p_forced or not asked.broken and v_after <= least(v_allowed, v_own_allowed)) then
                o_rule := 'fairness';
                o_reason := v_rivals ->> v_domain;
            elsif v_after > least(v_allowed, v_own_allowed) and not asked.broken then  -- who is broken counts already
                o_rule := 'max-unavailable';
                v_taken := coalesce(v_taken, places_taken(asked.environment, asked.machine_function), 'only those of this very claim');
                o_reason := format('%s of the %s machines of %s %s unavailable%s; %s limit of %s allows %s: %s',
                                   v_unavailable, v_size, v_group, case when v_unavailable = 1 then 'is' else 'are' end,
                                   case when v_broken > 0 then format(', %s of them broken', v_broken) else '' end,
                                   case when v_after > v_allowed then 'its' else 'the claim''s own' end,
                                   case when v_after > v_allowed then v_limit else p_limit end,
                                   case when v_after > v_allowed then v_allowed else v_own_allowed end,
                                   v_taken);
            end if;

            if o_rule is null then
                o_repair := coalesce(p_existing, nextval('repair_id'));
                o_lease_end := v_now + p_lease;
                v_ids := v_ids || o_repair;
                v_granted := v_granted || asked.name;
                v_unavailable := v_after;
                v_own := v_own + 1;
                if not p_forced then
                    v_open := asked.fault_domain;
                    v_open_own := true;
                end if;
            -- Who waits for nothing but its own work or for broken machines makes nobody else wait.
            elsif v_broken + v_own + (not asked.broken)::int <= least(v_allowed, v_own_allowed)
                  and not (o_rule = 'fault-domain' and v_open_own)
                  and coalesce(v_waiting ->> (v_group || '/' || v_domain), 'none') <> (p_forced or o_rule = 'max-unavailable')::text then
                v_waiting := v_waiting || jsonb_build_object(v_group || '/' || v_domain, p_forced or o_rule = 'max-unavailable');
            end if;
        end if;
        return next;
    end loop;

    perform write_grants(p_holder, p_by, p_kind, p_forced, p_service, p_reason, v_now, p_lease, v_ids, v_granted, p_existing is not null);
    update repair set lease_end = v_now + p_lease where id = any (v_renewed);
    perform write_tickets(p_holder, p_by, p_forced, v_now, p_machines, v_waiting);
end $$;
