-- A deleted version keeps its name: the same bytes may come back under it, others never.
alter table version
    add column deleted_by text,
    add column deleted_at timestamptz;

update version set deleted_by = 'unknown' where state = 'DELETING';

alter table version
    drop constraint version_state_check,
    add constraint version_state_check check (state in ('READY', 'DELETING', 'DELETED')),
    add check ((state = 'READY') = (deleted_by is null)),
    add check ((state = 'DELETED') = (deleted_at is not null));

create index version_deleted on version (service, seq desc) where state = 'DELETED';

-- Where storage has the content. A key is used for one row and never again: so bytes that are being removed can't be those that an
-- upload of the same content is just storing, and nothing need be locked while storage works.
create sequence content_copy;

alter table content add column key text unique;
update content set key = encode(sha256, 'hex');
alter table content alter column key set not null;

-- Keys whose row is gone and whose bytes are to go. A row leaves after the bytes did.
create table removal (
    key   text primary key,
    since timestamptz not null default now()
);
