package dev.flotilla.upload.catalog;

import dev.flotilla.api.upload.Payload;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Knows which bytes are in use, and removes those that are not. An upload reserves its content before the bytes are committed to
 * storage; so whatever a crash leaves behind stands in this ledger, and nothing is removed that an upload is about to use. Content that
 * comes back after its removal began is stored under another key: so no lock is held while storage works.
 */
@Repository
public class ContentLedger {
    private static final Logger log = LoggerFactory.getLogger(ContentLedger.class);
    private static final int BATCH = 100;

    private final JdbcClient db;
    private final DynamicStorage storage;

    ContentLedger(JdbcClient db, DynamicStorage storage) {
        this.db = db;
        this.storage = storage;
    }

    /**
     * The right to use some content: bytes committed under it stay, until a version has them or the reservation ran out.
     *
     * @param key where storage is to have the bytes
     */
    public record Reservation(Payload payload, String key, long generation) {}

    /** Keeps the content from being removed until the given time, or until {@link #giveBack} or publication. */
    public Reservation reserve(Payload payload, Instant now, Instant until) {
        return db.sql("""
                insert into content as c (sha256, size, key, uploads, uploads_until)
                values (:sha256, :size, :hex || '.' || nextval('content_copy'), 1, :until)
                on conflict (sha256) do update set
                    uploads = case when c.uploads_until < :now then 1 else c.uploads + 1 end,
                    uploads_until = greatest(c.uploads_until, excluded.uploads_until)
                returning key, generation
                """)
                .param("sha256", Rows.bytes(payload.sha256()))
                .param("size", payload.size())
                .param("hex", payload.sha256())
                .param("now", Rows.time(now))
                .param("until", Rows.time(until))
                .query((row, _) -> new Reservation(payload, row.getString("key"), row.getLong("generation")))
                .single();
    }

    /** Gives a reservation back that came to nothing, and removes the bytes if nobody else has or wants them. */
    public void giveBack(Reservation reservation) {
        settle(reservation, 0);
        removeIfUnused(reservation.payload().sha256());
        boolean known = db.sql("select exists (select from content where key = ?)")
                .param(reservation.key())
                .query(Boolean.class)
                .single();
        if (!known) {
            // The reservation ran out and the content was removed before the bytes came: no row will ever name this key
            // again.
            removeBytes(reservation.key());
        }
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
    boolean removeIfUnused(String sha256) {
        Optional<String> key =
                db.sql("""
                with gone as (delete from content where sha256 = ? and versions = 0 and uploads = 0 returning key)
                insert into removal (key) select key from gone returning key
                """).param(Rows.bytes(sha256)).query(String.class).optional();
        key.ifPresent(this::removeBytes);
        return key.isPresent();
    }

    /**
     * Ends the reservations of uploads that died, removes all unused content, and ends removals that were broken off. Answers how much was
     * removed.
     */
    public int removeUnused(Instant now) {
        int removed = removeLeftovers();
        // A new generation, committed before anything is removed: an upload that comes too late can't publish what may
        // be gone.
        db.sql("update content set uploads = 0, generation = default where uploads > 0 and uploads_until < ?")
                .param(Rows.time(now))
                .update();
        List<String> unused;
        do {
            unused = db.sql("select sha256 from content where versions = 0 and uploads = 0 limit ?")
                    .param(BATCH)
                    .query((row, number) -> Rows.sha256(row))
                    .list();
            removed += (int) unused.stream().filter(this::removeIfUnused).count();
        } while (unused.size() == BATCH);
        return removed;
    }

    private int removeLeftovers() {
        int removed = 0;
        String last = "";
        List<String> keys;
        do {
            keys = db.sql("select key from removal where key > ? order by key limit ?")
                    .params(last, BATCH)
                    .query((row, number) -> row.getString("key"))
                    .list();
            removed += (int) keys.stream().filter(this::removeBytes).count();
            last = keys.isEmpty() ? last : keys.getLast();
        } while (keys.size() == BATCH);
        return removed;
    }

    private int settle(Reservation reservation, int newVersions) {
        return db.sql("update content set versions = versions + ?, uploads = greatest(uploads - 1, 0)"
                        + " where sha256 = ? and generation = ?")
                .params(newVersions, Rows.bytes(reservation.payload().sha256()), reservation.generation())
                .update();
    }

    /** False where storage fails; the key then stands in the table of removals, for the clean-up. */
    private boolean removeBytes(String key) {
        try {
            storage.delete(key);
        } catch (IOException e) {
            log.warn("{} could not be removed from storage and will be tried again: {}", key, e.toString());
            return false;
        }
        db.sql("delete from removal where key = ?").param(key).update();
        return true;
    }
}
