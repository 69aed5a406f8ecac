-- Reboots and repaves that expired, the last first: nearly all that expires is a DEPLOY. What is recorded as live may have expired too.
create index repair_expired_work on repair (kind, lease_end, id)
    where kind <> 'DEPLOY' and state in ('EXPIRED', 'ACTIVE', 'VERIFYING');
