drop function if exists close_repairs(text, text, bigint[], text[], text[], interval);
drop function if exists renew_repairs(text, bigint[], interval);

-- Ends live repairs and draws the consequences for their machines. p_holder null: whoever holds them; p_claimant null: whoever began them.
-- Answers the repairs that were ended; what became of the others is told by their rows.
create or replace function close_repairs(
    p_holder text, p_claimant text, p_by text, p_ids bigint[], p_outcomes text[], p_reasons text[], p_probation interval)
returns setof bigint
language plpgsql as $$
declare
    v_environments text[];
    v_functions text[];
    v_now timestamptz;
begin
    select coalesce(array_agg(environment), '{}'), coalesce(array_agg(machine_function), '{}')
    into v_environments, v_functions
    from (select distinct environment, machine_function from repair
          where id = any (p_ids) and state in ('ACTIVE', 'VERIFYING')) places;
    perform lock_groups(v_environments, v_functions);
    v_now := clock();
    perform expire_repairs(v_environments, v_functions, v_now);

    return query
    with ended as (
        update repair r
        set state = c.outcome, since = v_now, ended_at = v_now, history = r.history || step(c.outcome, v_now, p_by, c.reason)
        from unnest(p_ids, p_outcomes, p_reasons) as c (id, outcome, reason)
        where r.id = c.id and r.state in ('ACTIVE', 'VERIFYING') and (p_holder is null or r.holder = p_holder)
          and (p_claimant is null or coalesce(r.claimed_by, p_claimant) = p_claimant)
        returning r.id, r.machine, r.kind, r.service, r.holder, r.reason as wanted, c.outcome, c.reason
    ), consequence as (
        select e.*,
               -- A watchdog's or person's word is not overwritten by a deploy's.
               e.outcome = 'FAILED' and (e.kind <> 'DEPLOY' or s.failing_since is null or s.failing_service is not null) as breaks,
               e.outcome = 'DONE' and (e.kind <> 'DEPLOY' or s.failing_service is not distinct from e.service) as mends,
               e.outcome = 'DONE' and e.kind <> 'DEPLOY' as tries
        from ended e
        join machine_state s on s.machine = e.machine and s.repair = e.id
    ), drawn as (
        update machine_state s
        set repair = null, elective = false,
            failing_since = case when c.breaks then coalesce(s.failing_since, v_now) when not c.mends then s.failing_since end,
            failing_by = case when c.breaks then c.holder when not c.mends then s.failing_by end,
            failing_reason = case when c.breaks then c.reason when not c.mends then s.failing_reason end,
            failing_service = case when c.breaks then c.service when not c.mends then s.failing_service end,
            healthy_since = case when c.breaks then null when c.mends and s.failing_since is not null then v_now else s.healthy_since end,
            healthy_by = case when c.breaks then null when c.mends and s.failing_since is not null then c.holder else s.healthy_by end,
            healthy_reason = case when c.breaks then null
                                  when c.mends and s.failing_since is not null then format('a %s went well: %s', c.kind, c.wanted)
                                  else s.healthy_reason end,
            probation_since = case when c.tries then v_now else s.probation_since end,
            probation_until = case when c.tries then v_now + p_probation else s.probation_until end,
            probation_by = case when c.tries then c.holder else s.probation_by end,
            probation_reason = case when c.tries then format('just through a %s: %s', c.kind, c.wanted) else s.probation_reason end,
            probation = case when c.tries then p_probation else s.probation end,
            incarnation = s.incarnation + (c.tries and c.kind = 'REPAVE')::int
        from consequence c
        where s.machine = c.machine
    )
    select id from ended;
end $$;

-- Takes a holder out of all waiting. p_claimant null: whoever asked for it. Answers how many fault domains it waited for.
drop function if exists withdraw_claims(text);
create or replace function withdraw_claims(p_holder text, p_claimant text) returns int language plpgsql as $$
declare
    v_environments text[];
    v_functions text[];
    v_count int;
begin
    select coalesce(array_agg(environment), '{}'), coalesce(array_agg(machine_function), '{}')
    into v_environments, v_functions
    from (select distinct environment, machine_function from claim_ticket where holder = p_holder) places;
    perform lock_groups(v_environments, v_functions);
    delete from claim_ticket
    where holder = p_holder and (p_claimant is null or coalesce(asked_by, p_claimant) = p_claimant);
    get diagnostics v_count = row_count;
    return v_count;
end $$;

-- Prolongs live leases of a holder. p_claimant null: whoever began them. Answers those that were prolonged.
create or replace function renew_repairs(p_holder text, p_claimant text, p_ids bigint[], p_lease interval)
returns table (o_id bigint, o_lease_end timestamptz)
language plpgsql as $$
declare
    v_environments text[];
    v_functions text[];
    v_now timestamptz;
begin
    select coalesce(array_agg(environment), '{}'), coalesce(array_agg(machine_function), '{}')
    into v_environments, v_functions
    from (select distinct environment, machine_function from repair
          where id = any (p_ids) and state in ('ACTIVE', 'VERIFYING')) places;
    perform lock_groups(v_environments, v_functions);
    v_now := clock();
    return query
    update repair
    set lease_end = v_now + p_lease
    where id = any (p_ids) and state in ('ACTIVE', 'VERIFYING') and lease_end > v_now and holder = p_holder
      and (p_claimant is null or coalesce(claimed_by, p_claimant) = p_claimant)
    returning id, lease_end;
end $$;
