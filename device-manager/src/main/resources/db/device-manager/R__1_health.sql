-- How a machine is. (A table function, since those are inlined.)
create or replace function health_of(s machine_state)
returns table (health text, reason text, since timestamptz, by text, until timestamptz)
language sql stable as $$
    select case when s.lost_since is not null then 'LOST' when s.broken then 'FAILING' when tried.lately then 'PROBATION' else 'HEALTHY' end,
           case when s.lost_since is not null then 'the registry has not heard of it' when s.failing_since is not null then s.failing_reason
                when s.broken then down.reason when tried.lately then s.probation_reason else s.healthy_reason end,
           case when s.lost_since is not null then s.lost_since when s.failing_since is not null then s.failing_since
                when s.broken then down.since when tried.lately then s.probation_since else s.healthy_since end,
           case when s.lost_since is not null then 'version-registry-service' when s.failing_since is not null then s.failing_by
                when s.broken then 'version-registry-service' when tried.lately then s.probation_by else s.healthy_by end,
           case when not s.broken and tried.lately then s.probation_until end
    from (select string_agg(format('%s crashed', concat_ws(' ', c.service, nullif(c.run ->> 'version', ''))), ', ' order by c.service) as reason,
                 min((c.run ->> 'since')::timestamptz) as since
          from jsonb_each(s.crashed) as c (service, run)) down,
         (select coalesce(s.probation_until > clock(), false) as lately) tried
$$;
