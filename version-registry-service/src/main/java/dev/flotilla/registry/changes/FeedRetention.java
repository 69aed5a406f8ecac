package dev.flotilla.registry.changes;

import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes changes that are older than the retention, oldest first, few at a time. The newest change always stays: it holds the number. */
@Component
public class FeedRetention {
    private static final Logger log = LoggerFactory.getLogger(FeedRetention.class);
    private static final int FEW = 5_000;

    private final JdbcClient database;
    private final FeedProperties properties;
    private final InstantSource clock;

    FeedRetention(JdbcClient database, FeedProperties properties, InstantSource clock) {
        this.database = database;
        this.properties = properties;
        this.clock = clock;
    }

    /** Deletes all that is too old. */
    public void prune() {
        Instant cutoff = clock.instant().minus(properties.retention());
        int all = 0;
        int deleted;
        do {
            deleted = pruneFew(cutoff);
            all += deleted;
        } while (deleted == FEW);
        if (all > 0) {
            log.info("{} changes from before {} deleted from the feed", all, cutoff);
        }
    }

    private int pruneFew(Instant cutoff) {
        return database.sql("""
                        delete from change where seq <= (
                            select max(seq) from (select seq, at from change order by seq limit ?) as oldest
                            where at < ?::timestamptz and seq < (select max(seq) from change))
                        """).params(FEW, cutoff.toString()).update();
    }
}
