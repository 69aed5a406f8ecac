-- Made for 3 million versions: every list is an index range, counts are kept as rows change.

-- What DynamicStorage holds or is about to hold. A row comes before its bytes and goes after them, so bytes without a row never exist.
create table content (
    sha256        bytea primary key check (length(sha256) = 32),
    size          bigint not null check (size >= 0),
    -- Names one reservation period: whoever reserved under another generation has lost its claim to the bytes.
    generation    bigint generated always as identity,
    -- How many versions have these bytes.
    versions      bigint not null default 0 check (versions >= 0),
    -- How many uploads are about to use these bytes, and until when they can be believed.
    uploads       integer not null default 0,
    uploads_until timestamptz not null
);
create index content_unused on content (sha256) where versions = 0 and uploads = 0;
create index content_reserved on content (uploads_until) where uploads > 0;

create table version (
    service        text collate "C" not null,
    version        text collate "C" not null,
    sha256         bytea not null,
    size           bigint not null,
    uploaded_by    text not null,
    uploaded_at    timestamptz not null,
    seq            bigint generated always as identity,
    state          text not null default 'READY' check (state in ('READY', 'DELETING')),
    -- Who is deleting it and since when: only the holder of the current deletion may end it.
    deletion       uuid,
    deleting_since timestamptz,
    primary key (service, version),
    check ((state = 'DELETING') = (deletion is not null and deleting_since is not null))
);
create unique index version_newest on version (service, seq desc) where state = 'READY';
create index version_deleting on version (deleting_since) where state = 'DELETING';

-- The services that have a version in state READY.
create table service (
    service            text collate "C" primary key,
    versions           bigint not null check (versions >= 0),
    latest_version     text not null,
    latest_seq         bigint not null,
    latest_uploaded_at timestamptz not null
);
