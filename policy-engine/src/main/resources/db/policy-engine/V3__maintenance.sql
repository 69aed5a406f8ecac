-- How tenants are asked, what they are asked at present, and all that happened.
create table tenant_settings (
    tenant     text collate "C" primary key,
    settings   jsonb       not null,
    changed_by text        not null,
    changed_at timestamptz not null
);

-- The version rises with each write, so that nobody overwrites what another has just done; due_at is when time will do something.
create table maintenance_state (
    tenant      text collate "C" primary key,
    version     bigint not null,
    incarnation bigint not null,
    due_at      timestamptz,
    state       jsonb  not null
);

create index maintenance_state_due on maintenance_state (due_at) where due_at is not null;

create table maintenance_event (
    sequence    bigint generated always as identity primary key,
    tenant      text collate "C" not null,
    job         text,
    step        integer,
    what        text             not null,
    done_by     text             not null,
    done_at     timestamptz      not null,
    incarnation bigint           not null
);

create index maintenance_event_by_tenant on maintenance_event (tenant, sequence desc);

-- Answers that were taken, so that the same once more is taken as a retry.
create table maintenance_answer (
    tenant      text collate "C" not null,
    incarnation bigint           not null,
    digest      text             not null,
    answered_by text             not null,
    answered_at timestamptz      not null,
    primary key (tenant, incarnation, digest)
);
