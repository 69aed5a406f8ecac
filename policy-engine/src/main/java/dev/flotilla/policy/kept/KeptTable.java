package dev.flotilla.policy.kept;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Decisions in the database. Their id follows from their content, so that the same answer to the same question is kept once. */
@Component
class KeptTable {
    private static final int ID_BYTES = 16;
    private static final int PRUNED_AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    KeptTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** A question and its answer as they lie in the database. */
    record Row(String id, Instant at, Instant lastAt, long times, String by, long revision, Content content) {}

    /** Keeps an answer. @return its id */
    String keep(Content content, long revision, String by, Instant at) {
        byte[] bytes = json.writeValueAsBytes(content);
        String id = id(bytes, revision);
        int known = jdbc.sql(
                        "update decision_batch set last_at = greatest(last_at, :at), times = times + 1 where id = :id")
                .param("at", Timestamp.from(at))
                .param("id", id)
                .update();
        if (known == 0) {
            jdbc.sql("""
                    insert into decision_batch (id, asked_at, last_at, times, asked_by, revision, content)
                    values (:id, :at, :at, 1, :by, :revision, :content)
                    on conflict (id) do update set last_at = greatest(decision_batch.last_at, excluded.last_at),
                        times = decision_batch.times + 1
                    """)
                    .param("id", id)
                    .param("at", Timestamp.from(at))
                    .param("by", by)
                    .param("revision", revision)
                    .param("content", compressed(bytes))
                    .update();
        }
        return id;
    }

    Optional<Row> find(String id) {
        return jdbc.sql("select * from decision_batch where id = ?")
                .param(id)
                .query(this::row)
                .optional();
    }

    /** Removes those that were last given before this moment, some at a time. @return how many */
    int prune(Instant before) {
        int removed = 0;
        int some;
        do {
            some = jdbc.sql("""
                    delete from decision_batch where id in
                        (select id from decision_batch where last_at < :before order by last_at limit :most for update skip locked)
                    """)
                    .param("before", Timestamp.from(before))
                    .param("most", PRUNED_AT_ONCE)
                    .update();
            removed += some;
        } while (some == PRUNED_AT_ONCE);
        return removed;
    }

    private Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getString("id"),
                row.getTimestamp("asked_at").toInstant(),
                row.getTimestamp("last_at").toInstant(),
                row.getLong("times"),
                row.getString("asked_by"),
                row.getLong("revision"),
                json.readValue(expanded(row.getBytes("content")), Content.class));
    }

    private static String id(byte[] content, long revision) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(revision).flip());
            return HexFormat.of().formatHex(digest.digest(content), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 8);
        try (GZIPOutputStream zip = new FastGzip(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Machines that stand beside each other differ in little: the fastest level makes a tenth of them. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static byte[] expanded(byte[] bytes) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return zip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
