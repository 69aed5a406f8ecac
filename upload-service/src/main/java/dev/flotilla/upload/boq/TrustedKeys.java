package dev.flotilla.upload.boq;

import dev.flotilla.api.upload.BoqKey;
import dev.flotilla.api.upload.EvidenceKind;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The keys that were ever trusted. */
@Repository
class TrustedKeys {
    private final JdbcClient db;

    TrustedKeys(JdbcClient db) {
        this.db = db;
    }

    List<TrustedKey> all() {
        return db.sql("select * from boq_key order by id")
                .query(TrustedKeys::key)
                .list();
    }

    /** Those whose ids come after the given one, by id. */
    List<TrustedKey> after(String id, int limit) {
        return db.sql("select * from boq_key where id > ? order by id limit ?")
                .params(id, limit)
                .query(TrustedKeys::key)
                .list();
    }

    Optional<TrustedKey> find(String id) {
        return db.sql("select * from boq_key where id = ?")
                .param(id)
                .query(TrustedKeys::key)
                .optional();
    }

    /**
     * Adds a key, or changes what the one of that id may speak for. Empty where nothing changes, the id has another key, or was revoked.
     *
     * @throws org.springframework.dao.DuplicateKeyException where the key has another id
     */
    Optional<TrustedKey> put(String id, SigningKey signing, BoqKey key, String by, Instant now) {
        return db.sql("""
                insert into boq_key as k
                    (id, spki, services, kinds, not_after, valid_for, created_by, created_at, changed_by, changed_at)
                values (:id, :spki, :services::text[], :kinds::text[], :notAfter, :validFor, :by, :now, :by, :now)
                on conflict (id) do update set services = excluded.services, kinds = excluded.kinds,
                    not_after = excluded.not_after, valid_for = excluded.valid_for,
                    changed_by = excluded.changed_by, changed_at = excluded.changed_at
                    where k.spki = excluded.spki and k.revoked_at is null
                        and (k.services, k.kinds, k.not_after, k.valid_for) is distinct from
                            (excluded.services, excluded.kinds, excluded.not_after, excluded.valid_for)
                returning *
                """)
                .param("id", id)
                .param("spki", signing.spki())
                .param("services", array(key.services()))
                .param(
                        "kinds",
                        key.kinds() == null
                                ? null
                                : array(key.kinds().stream()
                                        .sorted()
                                        .map(Enum::name)
                                        .toList()))
                .param("notAfter", key.notAfter() == null ? null : time(key.notAfter()))
                .param(
                        "validFor",
                        key.validFor() == null ? null : key.validFor().toSeconds())
                .param("by", by)
                .param("now", time(now))
                .query(TrustedKeys::key)
                .optional();
    }

    /** Revokes a key, unless it is already; empty where there is none. */
    Optional<TrustedKey> revoke(String id, String reason, String by, Instant now) {
        return db.sql("""
                update boq_key set revoked_at = coalesce(revoked_at, :now), revoked_by = coalesce(revoked_by, :by),
                    revoked_reason = coalesce(revoked_reason, :reason) where id = :id returning *
                """)
                .param("id", id)
                .param("reason", reason)
                .param("by", by)
                .param("now", time(now))
                .query(TrustedKeys::key)
                .optional();
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String @Nullable [] array(@Nullable Collection<String> texts) {
        return texts == null ? null : texts.toArray(String[]::new);
    }

    private static TrustedKey key(ResultSet row, int number) throws SQLException {
        SigningKey signing = SigningKey.ofSpki(row.getBytes("spki"));
        Array services = row.getArray("services");
        Array kinds = row.getArray("kinds");
        long validFor = row.getLong("valid_for");
        BoqKey key = new BoqKey(
                signing.pem(),
                services == null ? null : List.of((String[]) services.getArray()),
                kinds == null
                        ? null
                        : Arrays.stream((String[]) kinds.getArray())
                                .map(EvidenceKind::valueOf)
                                .collect(Collectors.toCollection(java.util.TreeSet::new)),
                instant(row, "not_after"),
                validFor == 0 ? null : Duration.ofSeconds(validFor));
        Instant revokedAt = instant(row, "revoked_at");
        return new TrustedKey(
                new BoqKey.Stored(
                        row.getString("id"),
                        key,
                        signing.algorithm(),
                        signing.fingerprint(),
                        row.getString("created_by"),
                        row.getTimestamp("created_at").toInstant(),
                        row.getString("changed_by"),
                        row.getTimestamp("changed_at").toInstant(),
                        revokedAt == null
                                ? null
                                : new BoqKey.Revoked(
                                        row.getString("revoked_reason"), row.getString("revoked_by"), revokedAt)),
                signing);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        java.sql.Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
