-- The deployments that were declared to bring its machines back; empty where there was nothing to go back to.
alter table rollback add column ways text[];
update rollback b set ways = array(
    select d.id from deployment d join rollout r on r.id = b.rollout where d.rollback_of = r.deployment order by d.revision)
where settled_at is not null;

-- What is taken back is stopped for good: its rollouts are ended, those that the way back does not take over too.
update rollout set state = 'ABORTED', epoch = nextval('epoch'), changes = changes + 1
from rollback b where b.rollout = rollout.id and b.settled_at is not null and rollout.state = 'HALTED';
update deployment d set changes = d.changes + 1, state = case
        when (select bool_or(r.state = 'HALTED') from rollout r where r.deployment = d.id) then 'HALTED'
        when (select bool_and(r.state in ('COMPLETE', 'SUPERSEDED', 'ABORTED')) from rollout r where r.deployment = d.id) then 'ABORTED'
        else 'ROLLING_OUT' end
where d.state = 'HALTED' and exists (select from rollback b join rollout r on r.id = b.rollout where r.deployment = d.id and b.settled_at is not null);
