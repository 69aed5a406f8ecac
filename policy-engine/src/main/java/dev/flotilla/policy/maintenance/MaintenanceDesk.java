package dev.flotilla.policy.maintenance;

import dev.flotilla.policy.maintenance.decision.Event;
import dev.flotilla.policy.maintenance.decision.Maintenance;
import dev.flotilla.policy.maintenance.decision.Outcome;
import dev.flotilla.policy.maintenance.decision.Passing;
import dev.flotilla.policy.maintenance.decision.Terms;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Lets events happen to a tenant's maintenance: state, history and answer in one transaction, and nobody's work lost. */
@Component
class MaintenanceDesk {
    private static final Logger log = LoggerFactory.getLogger(MaintenanceDesk.class);
    private static final int MOST_ATTEMPTS = 20;

    private final Tenants tenants;
    private final MaintenanceTable table;
    private final History history;
    private final StepMetrics metrics;
    private final TransactionTemplate transaction;

    MaintenanceDesk(
            Tenants tenants,
            MaintenanceTable table,
            History history,
            StepMetrics metrics,
            TransactionTemplate transaction) {
        this.tenants = tenants;
        this.table = table;
        this.history = history;
        this.metrics = metrics;
        this.transaction = transaction;
    }

    /** What comes of an event. Whoever does something to the same tenant at the same moment makes an attempt fail; the next one sees it. */
    Outcome happen(String tenant, Event event, Instant now) {
        Terms terms = tenants.terms(tenant);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            MaintenanceTable.Loaded loaded = table.load(tenant);
            Outcome outcome = new Maintenance(terms).after(loaded.state(), event, now);
            boolean taken = event instanceof Event.Answer && outcome.refusal() == null;
            if (!taken && outcome.state().equals(loaded.state())) {
                return outcome;
            }
            if (Boolean.TRUE.equals(transaction.execute(status -> store(tenant, loaded, outcome, event, terms, now)))) {
                metrics.changed(loaded.state(), outcome.state());
                outcome.happened()
                        .forEach(each ->
                                log.info("Tenant {}, job {}: {} ({})", tenant, each.job(), each.what(), each.by()));
                return outcome;
            }
        }
        throw new ConcurrencyFailureException("the maintenance of the tenant " + tenant + " was changed by others "
                + MOST_ATTEMPTS + " times in a row");
    }

    private boolean store(
            String tenant, MaintenanceTable.Loaded loaded, Outcome outcome, Event event, Terms terms, Instant now) {
        if (!table.store(tenant, loaded.version(), outcome.state(), Passing.next(outcome.state(), terms))) {
            return false;
        }
        history.add(tenant, outcome, now);
        if (event instanceof Event.Answer answer && outcome.refusal() == null) {
            history.taken(tenant, answer.answers(), answer.by(), now);
        }
        return true;
    }
}
