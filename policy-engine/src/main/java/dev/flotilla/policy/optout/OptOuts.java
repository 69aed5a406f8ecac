package dev.flotilla.policy.optout;

import dev.flotilla.api.policy.OptOut;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The opt-outs that there are. */
@Component
public class OptOuts {
    private static final Logger log = LoggerFactory.getLogger(OptOuts.class);
    private static final int MOST_ATTEMPTS = 5;

    private final OptOutRows rows;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    OptOuts(OptOutRows rows, JdbcClient jdbc, TransactionTemplate transaction) {
        this.rows = rows;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Adds an opt-out, or changes the one of that name; who made it, and when, stays as it was until it has ended. */
    public OptOut.Stored put(String name, OptOut optOut, String caller, Instant now) {
        OptOut.Stored stored = putAgainstOthers(name, optOut, caller, now);
        log.info(
                "Opt-out {}: machine {}, service {}, until {}, put by {}: {}",
                name,
                Objects.requireNonNullElse(optOut.machine(), "all"),
                Objects.requireNonNullElse(optOut.service(), "all"),
                optOut.until() == null ? "ended by hand" : optOut.until(),
                caller,
                optOut.reason());
        return stored;
    }

    /** Whoever adds or ends the same name at the same moment makes an attempt fail; the next one sees what they did. */
    private OptOut.Stored putAgainstOthers(String name, OptOut optOut, String caller, Instant now) {
        for (int attempt = 1; ; attempt++) {
            try {
                return putOnce(name, optOut, caller, now);
            } catch (DataIntegrityViolationException | OptimisticLockingFailureException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private OptOut.Stored putOnce(String name, OptOut optOut, String caller, Instant now) {
        return Objects.requireNonNull(transaction.execute(status -> {
            OptOut.Stored stored = rows.findById(name)
                    .filter(row -> !row.endedBy(now))
                    .map(row -> new OptOut.Stored(name, optOut, row.createdBy(), row.createdAt()))
                    .orElseGet(() -> new OptOut.Stored(name, optOut, caller, now));
            rows.save(new OptOutRow(stored));
            return stored;
        }));
    }

    /** The opt-out of that name, ended or not. */
    public Optional<OptOut.Stored> find(String name) {
        return rows.findById(name).map(OptOutRow::stored);
    }

    /** Ends an opt-out, if there is one of that name. */
    public void delete(String name, String caller) {
        Integer removed = transaction.execute(status -> rows.remove(name));
        if (removed != null && removed > 0) {
            log.info("Opt-out {} ended by {}", name, caller);
        }
    }

    /** Those that have not ended, by name, beginning after the given one. */
    public List<OptOut.Stored> current(String after, Instant now, int limit) {
        return rows.current(after, now, Limit.of(limit)).stream()
                .map(OptOutRow::stored)
                .toList();
    }

    /** Every opt-out that has not ended and may concern a change of this service on one of these machines. */
    public List<OptOut.Stored> concerning(String service, Set<String> machines, Instant now) {
        return jdbc.sql("""
                select name, machine, service, reason, ends_at, created_by, created_at
                from opt_out
                where machine is null and service = :service and (ends_at is null or ends_at > :now)
                union all
                select name, machine, service, reason, ends_at, created_by, created_at
                from opt_out
                where machine = any(:machines) and (service is null or service = :service)
                  and (ends_at is null or ends_at > :now)
                """)
                .param("service", service)
                .param("machines", machines.toArray(String[]::new))
                .param("now", Timestamp.from(now))
                .query(OptOuts::stored)
                .list();
    }

    private static OptOut.Stored stored(ResultSet row, int number) throws SQLException {
        Timestamp until = row.getTimestamp("ends_at");
        OptOut optOut = new OptOut(
                row.getString("machine"),
                row.getString("service"),
                row.getString("reason"),
                until == null ? null : until.toInstant());
        return new OptOut.Stored(
                row.getString("name"),
                optOut,
                row.getString("created_by"),
                row.getTimestamp("created_at").toInstant());
    }
}
