-- When the machine was found to run the version: plans take from it how long a change takes.
alter table machine_order add column done_at timestamptz;
create index rollout_by_service on rollout (service, revision);
