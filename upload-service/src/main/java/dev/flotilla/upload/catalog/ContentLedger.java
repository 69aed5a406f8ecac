package dev.flotilla.upload.catalog;

import dev.flotilla.api.upload.Payload;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Knows which bytes are in use, and removes those that are not. An upload reserves its content before the bytes are committed to
 * storage; so whatever a crash leaves behind stands in this ledger, and nothing is removed that an upload is about to use.
 */
@Repository
public class ContentLedger {
    private static final int BATCH = 100;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final DynamicStorage storage;

    ContentLedger(JdbcClient db, TransactionTemplate transaction, DynamicStorage storage) {
        this.db = db;
        this.transaction = transaction;
        this.storage = storage;
    }

    /** The right to use some content: bytes committed under it stay, until a version has them or the reservation ran out. */
    public record Reservation(Payload payload, long generation) {}

    /** Keeps the content from being removed until the given time, or until {@link #release} or publication. */
    public Reservation reserve(Payload payload, Instant now, Instant until) {
        long generation = db.sql("""
                insert into content as c (sha256, size, uploads, uploads_until) values (:sha256, :size, 1, :until)
                on conflict (sha256) do update set
                    uploads = case when c.uploads_until < :now then 1 else c.uploads + 1 end,
                    uploads_until = greatest(c.uploads_until, excluded.uploads_until)
                returning generation
                """)
                .param("sha256", Rows.bytes(payload.sha256()))
                .param("size", payload.size())
                .param("now", Rows.time(now))
                .param("until", Rows.time(until))
                .query(Long.class)
                .single();
        return new Reservation(payload, generation);
    }

    /** Gives a reservation back that came to nothing. */
    public void release(Reservation reservation) {
        settle(reservation, 0);
    }

    /** Counts one more version of the reserved content and ends the reservation; false if it had run out and the bytes may be gone. */
    boolean use(Reservation reservation) {
        return settle(reservation, 1) == 1;
    }

    /** Counts one version less. Call {@link #removeIfUnused} after the transaction. */
    void disuse(String sha256) {
        db.sql("update content set versions = versions - 1 where sha256 = ?")
                .param(Rows.bytes(sha256))
                .update();
    }

    /** Removes the bytes if no version has them and no upload is about to use them. */
    public boolean removeIfUnused(String sha256) {
        Boolean removed = transaction.execute(status -> {
            byte[] key = Rows.bytes(sha256);
            // The lock makes an upload of the same bytes wait with its reservation until they are gone, and then store
            // them anew.
            boolean unused = db.sql(
                            "select 1 from content where sha256 = ? and versions = 0 and uploads = 0 for update skip locked")
                    .param(key)
                    .query(Integer.class)
                    .optional()
                    .isPresent();
            if (unused) {
                deleteBytes(sha256);
                db.sql("delete from content where sha256 = ?").param(key).update();
            }
            return unused;
        });
        return Boolean.TRUE.equals(removed);
    }

    /** Ends the reservations of uploads that died, and removes all unused content. Answers how much was removed. */
    public int removeUnused(Instant now) {
        // A new generation, committed before anything is removed: an upload that comes too late can't publish what may
        // be gone.
        db.sql("update content set uploads = 0, generation = default where uploads > 0 and uploads_until < ?")
                .param(Rows.time(now))
                .update();
        int removed = 0;
        List<String> unused;
        do {
            unused = db.sql("select sha256 from content where versions = 0 and uploads = 0 limit ?")
                    .param(BATCH)
                    .query((row, number) -> Rows.sha256(row))
                    .list();
            int before = removed;
            removed += (int) unused.stream().filter(this::removeIfUnused).count();
            if (removed == before) {
                break;
            }
        } while (unused.size() == BATCH);
        return removed;
    }

    private int settle(Reservation reservation, int newVersions) {
        return db.sql("update content set versions = versions + ?, uploads = greatest(uploads - 1, 0)"
                        + " where sha256 = ? and generation = ?")
                .params(newVersions, Rows.bytes(reservation.payload().sha256()), reservation.generation())
                .update();
    }

    private void deleteBytes(String sha256) {
        try {
            storage.delete(sha256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
