package dev.flotilla.registry.changes;

import dev.flotilla.registry.fleet.Fleet;
import java.time.OffsetDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Rebuilds the fleet from the database: one snapshot of the tables, and the change that they stand at. */
@Component
public class FleetLoader {
    private static final Logger log = LoggerFactory.getLogger(FleetLoader.class);
    private static final int FETCH_SIZE = 5_000;

    private final JdbcTemplate database;
    private final TransactionTemplate snapshot;
    private final ChangeLog changes;
    private final Fleet fleet;
    private final Feed feed;

    FleetLoader(
            JdbcTemplate database, PlatformTransactionManager transactions, ChangeLog changes, Fleet fleet, Feed feed) {
        this.database = new JdbcTemplate(database);
        this.database.setFetchSize(FETCH_SIZE);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
        this.changes = changes;
        this.fleet = fleet;
        this.feed = feed;
    }

    /** Fills the empty fleet. */
    public void load() {
        snapshot.executeWithoutResult(_ -> {
            feed.startAfter(changes.head());
            database.query("select name, last_seen, lost from machine", row -> {
                fleet.load(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant(), row.getBoolean(3));
            });
            database.query("select * from running", row -> {
                fleet.load(ChangeRow.running(row));
            });
        });
        log.info("{} machines known, {} of them lost", fleet.size(), fleet.lost());
    }
}
