-- Every writer of a rollout takes the next epoch: whoever decided on an older one is refused, here and by the agents.
create sequence epoch;

create table deployment (
    id                text primary key,
    revision          bigint      not null unique,
    service           text        not null,
    version           text        not null,
    sha256            text        not null,
    size              bigint      not null,
    max_unavailable   text        not null,
    failure_threshold text        not null,
    max_attempts      int         not null,
    declared_by       text        not null,
    declared_at       timestamptz not null,
    started_at        timestamptz not null,
    completed_at      timestamptz,
    state             text        not null,
    reason            text,
    changes           bigint      not null default 0
);

create table rollout (
    id               text primary key,
    deployment       text        not null references deployment,
    revision         bigint      not null,
    service          text        not null,
    environment      text        not null,
    machine_function text        not null,
    machines         text[], -- null: the whole group, machines that come later too
    state            text        not null,
    reason           text,
    epoch            bigint      not null default 0,
    waiting          int         not null default 0,
    fetching         int         not null default 0,
    switching        int         not null default 0,
    running          int         not null default 0,
    failed           int         not null default 0,
    excused          int         not null default 0,
    superseded       int         not null default 0,
    started_at       timestamptz not null,
    completed_at     timestamptz,
    changes          bigint      not null default 0
);
create index rollout_by_deployment on rollout (deployment);
create index rollout_by_group on rollout (service, environment, machine_function, revision);

-- The latest order that a rollout gave a machine. It is written before it is sent.
create table machine_order (
    rollout    text        not null references rollout,
    machine    text        not null,
    attempt    int         not null,
    order_id   text        not null,
    state      text        not null,
    failures   int         not null,
    sends      int         not null,
    ordered_at timestamptz not null,
    deadline   timestamptz not null,
    next_at    timestamptz not null,
    problem    text,
    primary key (rollout, machine)
);

create table resumption (
    deployment text        not null references deployment,
    resumed_by text        not null,
    reason     text        not null,
    resumed_at timestamptz not null
);
create index resumption_by_deployment on resumption (deployment);

-- How far the declarations of target-service have been taken in.
create table intake (
    single   boolean primary key default true check (single),
    revision bigint not null
);
insert into intake values (true, 0);
