-- A delay used to be no more than a time in the step that was put. It is taken over as one that stands however often its question is put anew.
update maintenance_state s
set version = version + 1,
    state = jsonb_set(state, '{jobs}', (
        select jsonb_object_agg(id, case
            when job #>> '{step,delayedUntil}' is null then job
            else job || jsonb_build_object('delay', delay, 'step', job -> 'step' || jsonb_build_object('delay', delay)) end)
        from jsonb_each(state -> 'jobs') as jobs (id, job)
        cross join lateral (select jsonb_build_object(
            'kind', job #> '{step,kind}', 'faultDomain', job #> '{step,faultDomain}', 'until', job #> '{step,delayedUntil}',
            'by', coalesce((select done_by from maintenance_event e
                            where e.tenant = s.tenant and e.job = id and what like 'delayed by %'
                            order by sequence desc limit 1), s.tenant),
            'reason', null) as delay) granted))
where exists (select from jsonb_each(state -> 'jobs') as jobs (id, job) where job #>> '{step,delayedUntil}' is not null);
