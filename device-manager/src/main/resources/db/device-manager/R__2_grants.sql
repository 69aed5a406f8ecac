-- Some machines of many, in words.
create or replace function some_machines(p_machines text[], p_most int) returns text language sql immutable as $$
    select array_to_string(p_machines[1:p_most], ', ')
           || case when cardinality(p_machines) > p_most then format(' and %s more', cardinality(p_machines) - p_most) else '' end
$$;

-- What a repair is, in words: a deploy of hello.
create or replace function work_words(p_kind text, p_service text) returns text language sql immutable as $$
    select 'a ' || lower(p_kind) || coalesce(' of ' || p_service, '')
$$;

-- What takes the places of a group's limit, in words: the broken machines first, then those under repair, by holder.
create or replace function places_taken(p_environment text, p_function text) returns text language sql stable as $$
    with broken as (
        select case when h.health = 'LOST' then format('lost since %s', instant(min(h.since)))
                    else format('failing since %s (%s)', instant(min(h.since)), left(min(h.reason), 80)) end as what,
               array_agg(s.machine order by length(s.machine), s.machine) as machines, 1 as place
        from machine_state s
        cross join lateral health_of(s) h
        where s.environment = p_environment and s.machine_function = p_function and s.broken
        group by h.health, h.reason, case when h.health = 'LOST' then h.since end
    ), repaired as (
        select format('under %s by %s since %s', work_words(r.kind, r.service), r.holder, instant(min(r.since))) as what,
               array_agg(r.machine order by length(r.machine), r.machine) as machines, 2 as place
        from repair r join machine_state s on s.machine = r.machine
        where r.state in ('ACTIVE', 'VERIFYING') and r.environment = p_environment and r.machine_function = p_function
          and not s.broken
        group by r.holder, r.kind, r.service
    ), taken as (
        select what, machines, row_number() over (order by place, cardinality(machines) desc, machines) as number
        from (select * from broken union all select * from repaired) both_kinds
    )
    select string_agg(format('%s %s %s', some_machines(machines, 3),
                             case when cardinality(machines) = 1 then 'is' else 'are' end, what), ', ' order by number)
               filter (where number <= 4)
           || case when count(*) > 4 then format(', and %s more for other reasons', sum(cardinality(machines)) filter (where number > 4)) else '' end
    from taken
$$;

-- By whom a fault domain is under elective work, in words, and until when at the latest.
create or replace function open_domain(p_environment text, p_function text, p_domain text, out o_reason text, out o_until timestamptz)
language sql stable as $$
    select case when count(*) = 0 then format('fault domain ''%s'' is what this claim has begun with', p_domain)
           else format('fault domain ''%s'' of %s/%s is under elective work by %s%s since %s', p_domain, p_environment, p_function,
                       string_agg(format('%s (%s on %s)', holder, work, some_machines(machines, 3)), ', ' order by place)
                           filter (where place <= 3),
                       case when count(*) > 3 then format(' and %s more', count(*) - 3) else '' end,
                       instant(min(first))) end,
           max(last)
    from (select holder, work_words(min(kind), min(service)) as work,
                 array_agg(machine order by length(machine), machine) as machines,
                 min(since) as first, max(lease_end) as last, row_number() over (order by min(since), holder) as place
          from repair
          where state in ('ACTIVE', 'VERIFYING') and not forced and environment = p_environment and machine_function = p_function
          group by holder) holders
$$;

-- Who has waited longer than a holder and would wait longer still if that one was granted work in a fault domain, in words; null for nobody.
-- It is the turn of the fault domain that the longest waiting one wants: whoever wants the same may join. The limit is had in the order of waiting.
-- Forced work is in no fault domain, ''; it waits for the limit only.
create or replace function rival(p_environment text, p_function text, p_domain text, p_holder text) returns text
language sql stable as $$
    with older as (
        select t.*, rank() over (order by t.fault_domain = '', t.number) as place,
               t.for_limit and (p_domain = '' or t.fault_domain in ('', p_domain)) as has_limit
        from claim_ticket t
        where t.environment = p_environment and t.machine_function = p_function
          and t.holder <> p_holder
          and t.number < coalesce((select own.number from claim_ticket own
                                   where own.environment = p_environment and own.machine_function = p_function
                                     and own.holder = p_holder and own.fault_domain = p_domain),
                                  9223372036854775807)
    )
    select format('%s has waited longer, since %s, for %s of %s/%s, and goes first; who stops asking gives up its turn.',
                  holder, instant(since),
                  case when has_limit then 'the limit' else format('fault domain ''%s''', fault_domain) end,
                  p_environment, p_function)
    from older
    where has_limit or (place = 1 and p_domain <> '' and fault_domain not in ('', p_domain))
    order by number
    limit 1
$$;

-- Begins the repairs that a claim was granted: new ones, or existing ones that were approved, which are begun for their holder: it renews and closes them.
create or replace function write_grants(
    p_holder text, p_by text, p_kind text, p_forced boolean, p_service text, p_reason text, p_now timestamptz, p_lease interval,
    p_ids bigint[], p_machines text[], p_existing boolean)
returns void language plpgsql as $$
begin
    if p_existing then
        update repair
        set state = 'ACTIVE', since = p_now, lease_end = p_now + p_lease, claimed_by = p_holder, history = history || step('ACTIVE', p_now, p_by, p_reason)
        where id = any (p_ids) and state = 'APPROVED';
    else
        insert into repair (id, machine, environment, machine_function, fault_domain, kind, forced, state, holder, service, reason,
                            requested_at, since, lease_end, claimed_by, history)
        select g.id, m.name, m.environment, m.machine_function, m.fault_domain, p_kind, p_forced, 'ACTIVE', p_holder, p_service, p_reason,
               p_now, p_now, p_now + p_lease, p_by, step('ACTIVE', p_now, p_by, p_reason)
        from unnest(p_ids, p_machines) as g (id, name)
        join machine m on m.name = g.name;
    end if;
    insert into machine_state as s (machine, environment, machine_function, fault_domain, repair, elective)
    select m.name, m.environment, m.machine_function, m.fault_domain, g.id, not p_forced
    from unnest(p_ids, p_machines) as g (id, name)
    join machine m on m.name = g.name
    on conflict (machine) do update set repair = excluded.repair, elective = excluded.elective;
end $$;

-- Keeps what a holder waits for after a claim; what it asked for and was not made to wait for is no longer waited for.
-- p_waiting: environment/function/domain each, and whether it waits for the limit.
drop function if exists write_tickets(text, timestamptz, text[], jsonb);
drop function if exists write_tickets(text, boolean, timestamptz, text[], jsonb);
create or replace function write_tickets(
    p_holder text, p_by text, p_forced boolean, p_now timestamptz, p_machines text[], p_waiting jsonb)
returns void language plpgsql as $$
begin
    delete from claim_ticket t
    using (select distinct environment, machine_function, case when p_forced then '' else fault_domain end as fault_domain
           from machine where name = any (p_machines)) asked
    where t.holder = p_holder
      and (t.environment, t.machine_function, t.fault_domain) = (asked.environment, asked.machine_function, asked.fault_domain)
      and not p_waiting ? (t.environment || '/' || t.machine_function || '/' || t.fault_domain);
    insert into claim_ticket as t (environment, machine_function, holder, fault_domain, since, asked_at, for_limit, asked_by)
    select split_part(place, '/', 1), split_part(place, '/', 2), p_holder, split_part(place, '/', 3), p_now, p_now, for_limit::boolean,
           p_by
    from jsonb_each_text(p_waiting) as w (place, for_limit)
    on conflict (environment, machine_function, holder, fault_domain)
        do update set asked_at = excluded.asked_at, for_limit = excluded.for_limit;
end $$;
