-- The options as JSON with all defaults filled in: a newer release adds options without a column for each.
alter table deployment add column options jsonb;
update deployment set options = jsonb_build_object(
    'maxUnavailable', max_unavailable, 'failureThreshold', failure_threshold, 'maxAttempts', max_attempts,
    'canaryMachines', '0', 'minHealthyTime', 'PT10S', 'healthyDeadline', 'PT2M', 'progressDeadline', 'PT10M', 'onFailure', 'PAUSE');
alter table deployment alter column options set not null;
alter table deployment drop column max_unavailable, drop column failure_threshold, drop column max_attempts;

-- When a machine became healthy last, or the rollout began or was resumed; and until when waits for machines to prove themselves are skipped.
alter table rollout add column progressed_at timestamptz;
update rollout set progressed_at = coalesce(completed_at, started_at);
alter table rollout alter column progressed_at set not null;
alter table rollout add column promoted_at timestamptz;
-- The fault domain whose impact the tenants were asked about last and not yet told the end of.
alter table rollout add column impact_domain text;
-- What device-manager refused at the last look, by machine: the reason that those machines wait for.
alter table rollout add column refusals jsonb not null default '{}';

-- Machines that are only brought back to what they ran are no matter of fault domains.
alter table machine_order add column mending boolean not null default false;
-- The repair of kind deploy that device-manager granted for the machine and that has not been closed there.
alter table machine_order add column repair text;
create index machine_order_with_repair on machine_order (rollout) where repair is not null;

-- What was decided about deployments, by people and by rules. Rows are never changed.
create table history (
    number     bigint generated always as identity primary key,
    deployment text        not null references deployment,
    rollout    text        references rollout,
    at         timestamptz not null,
    who        text        not null,
    what       text        not null,
    reason     text        not null
);
create index history_by_deployment on history (deployment, number);
insert into history (deployment, at, who, what, reason)
select deployment, resumed_at, resumed_by, 'resume', reason from resumption order by resumed_at;
drop table resumption;

-- The deployment that this one takes back.
alter table deployment add column rollback_of text;
create index deployment_by_rollback_of on deployment (rollback_of) where rollback_of is not null;
-- Rollouts that are taken back: halted for good, and their machines brought to what they ran before by a deployment that is declared for it.
create table rollback (
    rollout    text        primary key references rollout,
    asked_at   timestamptz not null,
    asked_by   text        not null,
    reason     text        not null,
    settled_at timestamptz, -- null: the deployment is not declared yet
    problem    text
);
create index rollback_open on rollback (asked_at) where settled_at is null;
