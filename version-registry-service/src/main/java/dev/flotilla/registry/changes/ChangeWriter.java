package dev.flotilla.registry.changes;

import dev.flotilla.api.registry.Change;
import dev.flotilla.registry.decision.Decision;
import dev.flotilla.registry.decision.Statement;
import dev.flotilla.registry.fleet.Fleet;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes changes. Not for use by several threads. Each transaction holds the writers' lock, takes in what other instances wrote before,
 * decides on top of that, and appends; the fleet and the feed get it once it is durable. So all instances go through the same
 * sequence of states.
 */
@Component
class ChangeWriter {
    private static final int PAGE = 5_000;

    private final ChangeLog log;
    private final TransactionTemplate transactions;
    private final Fleet fleet;
    private final Feed feed;
    private final InstantSource clock;

    ChangeWriter(ChangeLog log, TransactionTemplate transactions, Fleet fleet, Feed feed, InstantSource clock) {
        this.log = log;
        this.transactions = transactions;
        this.fleet = fleet;
        this.feed = feed;
        this.clock = clock;
    }

    /** Makes all of the statements durable, or none. */
    void write(List<Statement> statements) {
        List<Change> changes = transactions.execute(_ -> {
            log.lock();
            follow();
            List<Change> decided = decide(statements);
            if (!decided.isEmpty()) {
                log.append(decided);
            }
            return decided;
        });
        take(changes == null ? List.of() : changes);
    }

    /**
     * Takes in what other instances wrote.
     *
     * @throws FellBehindException when the log no longer has what comes next
     */
    void follow() {
        List<Change> page;
        do {
            page = log.after(feed.head(), PAGE);
            if (!page.isEmpty() && page.getFirst().seq() != feed.head() + 1) {
                throw new FellBehindException(feed.head(), page.getFirst().seq());
            }
            take(page);
        } while (page.size() == PAGE);
    }

    private List<Change> decide(List<Statement> statements) {
        Decision decision = new Decision(fleet, feed.head(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        // Silence comes first: a machine that reports in the same moment is back.
        lost(statements).forEach(decision::on);
        for (Statement statement : statements) {
            if (!(statement instanceof Statement.NotHeardOf)) {
                decision.on(statement);
            }
        }
        return decision.changes();
    }

    private List<Statement.NotHeardOf> lost(List<Statement> statements) {
        List<Statement.NotHeardOf> silent = statements.stream()
                .filter(Statement.NotHeardOf.class::isInstance)
                .map(Statement.NotHeardOf.class::cast)
                .toList();
        if (silent.isEmpty()) {
            return silent;
        }
        Instant since = silent.stream()
                .map(Statement.NotHeardOf::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Set<String> lost =
                Set.copyOf(log.markLost(silent.stream().map(Statement::machine).toList(), since));
        return silent.stream().filter(s -> lost.contains(s.machine())).toList();
    }

    private void take(List<Change> changes) {
        changes.forEach(fleet::apply);
        feed.append(changes);
    }
}
