-- Policies, opt-outs and overrides as they are now, and every change of them. The row in rule_revision_counter is locked by whoever changes
-- anything, so revisions become visible in their order.
create table rule (
    kind       text             not null check (kind in ('POLICY', 'OPT_OUT', 'OVERRIDE')),
    name       text collate "C" not null,
    definition jsonb            not null,
    ends_at    timestamptz,
    revision   bigint           not null,
    created_by text             not null,
    created_at timestamptz      not null,
    changed_by text             not null,
    changed_at timestamptz      not null,
    primary key (kind, name)
);

create table rule_revision (
    revision   bigint           primary key,
    kind       text             not null,
    name       text collate "C" not null,
    before     jsonb,
    after      jsonb,
    changed_by text             not null,
    changed_at timestamptz      not null
);

create index rule_revision_by_rule on rule_revision (kind, name, revision desc);

create table rule_revision_counter (
    one      boolean primary key default true check (one),
    revision bigint not null
);

insert into rule (kind, name, definition, ends_at, revision, created_by, created_at, changed_by, changed_at)
select 'OPT_OUT', name,
       jsonb_build_object('machine', machine, 'service', service, 'tenant', null, 'reason', reason,
                          'until', to_char(ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
       ends_at, row_number() over (order by created_at, name), created_by, created_at, created_by, created_at
from opt_out;

insert into rule_revision (revision, kind, name, before, after, changed_by, changed_at)
select revision, kind, name, null, definition, changed_by, changed_at from rule;

insert into rule_revision_counter (revision) select count(*) from rule;

drop table opt_out;

-- Questions and answers. One that is asked again and answered the same by the same revision is the same row.
create table decision_batch (
    id       text        primary key,
    asked_at timestamptz not null,
    last_at  timestamptz not null,
    times    bigint      not null,
    asked_by text        not null,
    revision bigint      not null,
    content  bytea       not null
);

create index decision_batch_by_age on decision_batch (last_at);
