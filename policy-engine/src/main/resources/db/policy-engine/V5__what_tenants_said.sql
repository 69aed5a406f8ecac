-- What a tenant said (null where it is nobody's answer), and about which deployment.
alter table maintenance_event
    add column deployment text collate "C",
    add column answer     text;

create index maintenance_event_said on maintenance_event (deployment, sequence)
    where answer is not null and answer <> 'ACKNOWLEDGE';
