package dev.flotilla.upload.catalog;

import dev.flotilla.api.upload.Version;
import dev.flotilla.upload.catalog.ContentLedger.Reservation;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes versions visible whose bytes are in storage. */
@Repository
public class Publication {
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final ContentLedger ledger;
    private final ServiceCounts counts;

    Publication(JdbcClient db, TransactionTemplate transaction, ContentLedger ledger, ServiceCounts counts) {
        this.db = db;
        this.transaction = transaction;
        this.ledger = ledger;
        this.counts = counts;
    }

    /** What became of a publication. */
    public sealed interface Outcome {
        /** The version is there now, and durable. */
        record Published(Version version) implements Outcome {}

        /** The name was taken already, or once by other bytes; nothing changed, and the reservation stands. */
        record NameTaken() implements Outcome {}

        /** The reservation had run out: the bytes may be gone. Nothing changed. */
        record ReservationLost() implements Outcome {}
    }

    /** Publishes a version whose content was reserved and then committed to storage. Of many at once for one name, one is published. */
    public Outcome publish(Version version, Reservation reservation) {
        Outcome outcome = transaction.execute(status -> {
            Optional<Long> seq = insert(version);
            if (seq.isEmpty()) {
                return new Outcome.NameTaken();
            }
            counts.versionAppeared(version.service(), version.version(), seq.get(), version.uploadedAt());
            if (!ledger.use(reservation)) {
                status.setRollbackOnly();
                return new Outcome.ReservationLost();
            }
            return new Outcome.Published(version);
        });
        if (outcome == null) {
            throw new IllegalStateException("the transaction gave no outcome");
        }
        return outcome;
    }

    /** A new row, or that of a deleted version with the same bytes; empty where the name is taken. */
    private Optional<Long> insert(Version version) {
        return db.sql("""
                insert into version as v (service, version, sha256, size, uploaded_by, uploaded_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (service, version) do update set
                    state = 'READY', deleted_by = null, deleted_at = null, seq = default,
                    uploaded_by = excluded.uploaded_by, uploaded_at = excluded.uploaded_at
                    where v.state = 'DELETED' and v.sha256 = excluded.sha256
                returning seq
                """)
                .params(
                        version.service(),
                        version.version(),
                        Rows.bytes(version.payload().sha256()),
                        version.payload().size(),
                        version.uploadedBy(),
                        Rows.time(version.uploadedAt()))
                .query(Long.class)
                .optional();
    }
}
