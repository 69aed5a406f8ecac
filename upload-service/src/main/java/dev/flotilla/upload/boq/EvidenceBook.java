package dev.flotilla.upload.boq;

import dev.flotilla.api.upload.DsseEnvelope;
import dev.flotilla.api.upload.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps evidence. Nothing in it is ever changed or removed. */
@Repository
class EvidenceBook {
    private static final TypeReference<List<DsseEnvelope.Signature>> SIGNATURES = new TypeReference<>() {};
    private final JdbcClient db;
    private final JsonMapper json;

    EvidenceBook(JdbcClient db, JsonMapper json) {
        this.db = db;
        this.json = json;
    }

    /** How much there is about a version. */
    record Amount(long envelopes, long bytes) {}

    /** All evidence about a version, that stored last first. */
    List<Evidence> of(Version version) {
        return db.sql("select * from attestation where service = ? and version = ? order by seq desc")
                .params(version.service(), version.version())
                .query(this::evidence)
                .list();
    }

    boolean has(Version version, SignedPayload signed) {
        return db.sql("select exists (select from attestation where service = ? and version = ? and id = ?)")
                .params(version.service(), version.version(), signed.id())
                .query(Boolean.class)
                .single();
    }

    Amount amount(Version version) {
        return db.sql("select count(*) as envelopes, coalesce(sum(length(payload) + length(signatures)), 0) as bytes"
                        + " from attestation where service = ? and version = ?")
                .params(version.service(), version.version())
                .query(Amount.class)
                .single();
    }

    /** Adds an envelope; false where it is there already. Of many at once one is added. */
    boolean add(Version version, SignedPayload signed, Collection<String> keys, String by, Instant now) {
        return db.sql("insert into attestation (service, version, id, payload, signatures, keys, stored_by, stored_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
                        .params(
                                version.service(),
                                version.version(),
                                signed.id(),
                                signed.payload(),
                                json.writeValueAsString(signed.signatures()),
                                keys.toArray(String[]::new),
                                by,
                                TrustedKeys.time(now))
                        .update()
                == 1;
    }

    private Evidence evidence(ResultSet row, int number) throws SQLException {
        SignedPayload signed =
                new SignedPayload(row.getBytes("payload"), json.readValue(row.getString("signatures"), SIGNATURES));
        return new Evidence(
                HexFormat.of().formatHex(row.getBytes("id")),
                row.getLong("seq"),
                signed,
                Statement.read(signed.payload(), json),
                Set.of((String[]) row.getArray("keys").getArray()),
                row.getTimestamp("stored_at").toInstant(),
                row.getString("stored_by"));
    }
}
