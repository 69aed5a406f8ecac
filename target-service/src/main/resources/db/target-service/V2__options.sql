-- The options as JSON with all defaults filled in: a newer release adds options without a column for each.
alter table deployment add column options jsonb;
update deployment set options = jsonb_build_object(
    'maxUnavailable', max_unavailable, 'failureThreshold', failure_threshold, 'maxAttempts', max_attempts,
    'canaryMachines', '0', 'minHealthyTime', 'PT10S', 'healthyDeadline', 'PT2M', 'progressDeadline', 'PT10M', 'onFailure', 'PAUSE');
alter table deployment alter column options set not null;
alter table deployment drop column max_unavailable, drop column failure_threshold, drop column max_attempts;

-- The id of the deployment that this one takes back.
alter table deployment add column rollback_of text;
