-- Names sort by their bytes, as they do in memory.

-- Every machine that has ever reported. No index on last_seen: its bulk updates stay heap-only.
create table machine (
    name       text collate "C" primary key,
    first_seen timestamptz not null,
    last_seen  timestamptz not null,
    lost       boolean     not null default false
) with (fillfactor = 70);

-- The latest report of each service on each machine.
create table running (
    machine       text collate "C" not null,
    service       text collate "C" not null,
    version       text,
    state         text        not null,
    sha256        text,
    restarts      integer     not null,
    since         timestamptz,
    order_id      text,
    order_version text,
    order_phase   text,
    order_reason  text,
    changed_at    timestamptz not null,
    primary key (machine, service)
) with (fillfactor = 80);

-- The change feed. Sequence numbers are dense: the writers number their rows under an advisory lock, so that a reader who
-- finds no row for the next number knows that it was pruned. The newest row is never pruned.
create table change (
    seq              bigint primary key,
    kind             text        not null,
    machine          text collate "C" not null,
    service          text collate "C",
    version          text,
    state            text,
    sha256           text,
    restarts         integer     not null,
    since            timestamptz,
    order_id         text,
    order_version    text,
    order_phase      text,
    order_reason     text,
    previous_version text,
    at               timestamptz not null
);

-- The feed's identity: a cursor of another database's feed is recognised by it.
create table feed (
    id   uuid    not null,
    single boolean primary key default true check (single)
);

insert into feed (id) values (gen_random_uuid());
