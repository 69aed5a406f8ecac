-- The revision given out last. Whoever declares locks this row until the declaration is committed, so revisions become visible in
-- their order and a reader of the feed never finds one that is older than what it has read already.
create table last_revision (
    revision bigint not null
);
insert into last_revision values (0);

-- What owners declared. Rows are never changed.
create table deployment (
    revision           bigint           primary key,
    service            text collate "C" not null,
    version            text collate "C" not null,
    sha256             text             not null,
    size               bigint           not null,
    machines           text[]           not null,
    machine_count      int              not null,
    group_environments text[]           not null,
    group_functions    text[]           not null,
    group_count        int              not null,
    max_unavailable    text             not null,
    failure_threshold  text             not null,
    max_attempts       int              not null,
    declared_by        text             not null,
    declared_at        timestamptz      not null,
    reason             text
);
create index deployment_by_service on deployment (service, revision);
create index deployment_by_version on deployment (service, version, revision);

-- The deployment that names a machine, or a group, for a service last.
create table target_current (
    service  text collate "C" not null,
    machine  text collate "C" not null,
    revision bigint           not null,
    primary key (service, machine)
);
create index target_current_by_revision on target_current (revision);

create table group_current (
    service          text collate "C" not null,
    environment      text collate "C" not null,
    machine_function text collate "C" not null,
    revision         bigint           not null,
    primary key (service, environment, machine_function)
);
create index group_current_by_revision on group_current (revision);

-- Declarations under way. They count as targeting their version, so that it can't be deleted between the check that it exists and
-- the commit of the deployment.
create table announcement (
    id      uuid             primary key,
    service text collate "C" not null,
    version text collate "C" not null,
    summary text             not null,
    since   timestamptz      not null default clock_timestamp()
);
create index announcement_by_version on announcement (service, version);
create index announcement_by_age on announcement (since);
