package dev.flotilla.policy.maintenance;

import dev.flotilla.policy.maintenance.decision.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Lets time do its work on documents that nobody asks for: silence is recorded when it begins, not when somebody looks. */
@Component
class Sweep {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final int AT_ONCE = 1_000;
    private static final Duration LONG_OVER = Duration.ofDays(30);

    private final MaintenanceTable table;
    private final MaintenanceDesk desk;
    private final InstantSource clock;

    Sweep(MaintenanceTable table, MaintenanceDesk desk, InstantSource clock) {
        this.table = table;
        this.desk = desk;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forget() {
        table.forgetEpochs(clock.instant().minus(LONG_OVER));
    }

    @Scheduled(fixedDelayString = "PT1S")
    void sweep() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (String tenant : table.due(now, AT_ONCE)) {
            try {
                desk.happen(tenant, new Event.Tick(), now);
            } catch (RuntimeException e) {
                log.warn(
                        "The maintenance of the tenant {} could not be brought up to date; it is tried again",
                        tenant,
                        e);
            }
        }
    }
}
