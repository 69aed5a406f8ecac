-- The highest epoch that each job was spoken for with: who was overtaken is not listened to.
create table maintenance_epoch (
    job     text collate "C" primary key,
    epoch   bigint      not null,
    said_at timestamptz not null
);

create index maintenance_epoch_said_at on maintenance_epoch (said_at);
