package dev.flotilla.upload.catalog;

import dev.flotilla.api.upload.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The states of a version on its way out: READY to DELETING (begin), and from there back to READY (restore) or to DELETED (complete). Each step
 * is one transaction. A deletion is named by an id; once another one took it over, its steps do nothing.
 */
@Repository
public class Withdrawal {
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final ContentLedger ledger;
    private final ServiceCounts counts;

    Withdrawal(JdbcClient db, TransactionTemplate transaction, ContentLedger ledger, ServiceCounts counts) {
        this.db = db;
        this.transaction = transaction;
        this.ledger = ledger;
        this.counts = counts;
    }

    /** A version being deleted, and the id of that deletion. */
    public record Deletion(UUID id, Version version) {}

    /** Makes a ready version invisible; empty where there is none in that state. */
    public Optional<Deletion> begin(String service, String version, String deletedBy, Instant now) {
        UUID id = UUID.randomUUID();
        return inTransaction(() -> {
            Optional<CatalogEntry> entry = db.sql(
                            "update version set state = 'DELETING', deletion = ?, deleting_since = ?, deleted_by = ?"
                                    + " where service = ? and version = ? and state = 'READY' returning "
                                    + Rows.VERSION_COLUMNS)
                    .params(id, Rows.time(now), deletedBy, service, version)
                    .query(Rows::entry)
                    .optional();
            entry.ifPresent(_ -> counts.versionDisappeared(service));
            return entry.map(e -> new Deletion(id, e.version()));
        });
    }

    /** Makes it visible again. False if another deletion took over meanwhile. */
    public boolean restore(Deletion deletion) {
        return inTransaction(() -> {
                    Optional<CatalogEntry> entry = db.sql(
                                    "update version set state = 'READY', deletion = null, deleting_since = null, deleted_by = null"
                                            + " where service = ? and version = ? and deletion = ? returning "
                                            + Rows.VERSION_COLUMNS)
                            .params(
                                    deletion.version().service(),
                                    deletion.version().version(),
                                    deletion.id())
                            .query(Rows::entry)
                            .optional();
                    entry.ifPresent(e -> counts.versionAppeared(
                            e.version().service(),
                            e.version().version(),
                            e.seq(),
                            e.version().uploadedAt()));
                    return entry;
                })
                .isPresent();
    }

    /** Deletes the version, and its bytes if no other version has them. False if another deletion took over meanwhile. */
    public boolean complete(Deletion deletion, Instant now) {
        String sha256 = deletion.version().payload().sha256();
        boolean gone = inTransaction(() -> {
                    int rows = db.sql("update version set state = 'DELETED', deletion = null, deleting_since = null,"
                                    + " deleted_at = ? where service = ? and version = ? and deletion = ?")
                            .params(
                                    Rows.time(now),
                                    deletion.version().service(),
                                    deletion.version().version(),
                                    deletion.id())
                            .update();
                    if (rows == 1) {
                        ledger.disuse(sha256);
                    }
                    return Optional.of(rows == 1);
                })
                .orElseThrow();
        if (gone) {
            ledger.removeIfUnused(sha256);
        }
        return gone;
    }

    /** Takes over the deletions begun before the given time: whoever began them died or hangs. */
    public List<Deletion> takeOver(Instant begunBefore, Instant now, int limit) {
        UUID id = UUID.randomUUID();
        return db
                .sql("update version set deletion = :id, deleting_since = :now where (service, version) in"
                        + " (select service, version from version where state = 'DELETING' and deleting_since < :before"
                        + " order by deleting_since limit :limit for update skip locked) returning "
                        + Rows.VERSION_COLUMNS)
                .param("id", id)
                .param("now", Rows.time(now))
                .param("before", Rows.time(begunBefore))
                .param("limit", limit)
                .query(Rows::entry)
                .list()
                .stream()
                .map(entry -> new Deletion(id, entry.version()))
                .toList();
    }

    private <T> Optional<T> inTransaction(java.util.function.Supplier<Optional<T>> step) {
        Optional<T> result = transaction.execute(status -> step.get());
        return result == null ? Optional.empty() : result;
    }
}
