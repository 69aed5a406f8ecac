-- The keys that evidence is signed with. A row is never removed, and neither key nor revocation ever changes.
create table boq_key (
    id             text collate "C" primary key,
    -- SubjectPublicKeyInfo in DER. One key has one id: else it could come back under another after it was revoked.
    spki           bytea not null unique,
    services       text[],
    kinds          text[],
    not_after      timestamptz,
    valid_for      bigint check (valid_for > 0), -- seconds
    created_by     text not null,
    created_at     timestamptz not null,
    changed_by     text not null,
    changed_at     timestamptz not null,
    revoked_by     text,
    revoked_at     timestamptz,
    revoked_reason text,
    check ((revoked_at is null) = (revoked_by is null) and (revoked_at is null) = (revoked_reason is null))
);

-- Evidence about versions: rows are only ever added. What one is worth is not kept but judged anew each time.
create table attestation (
    service    text collate "C" not null,
    version    text collate "C" not null,
    -- SHA-256 of what was signed and of the signatures: the same envelope has the same.
    id         bytea not null check (length(id) = 32),
    seq        bigint generated always as identity,
    payload    bytea not null,
    -- As the envelope has them, in JSON.
    signatures text not null,
    -- The keys that were trusted then and signed it: what it is worth depends on them.
    keys       text[] not null,
    stored_by  text not null,
    stored_at  timestamptz not null,
    primary key (service, version, id),
    foreign key (service, version) references version
);
