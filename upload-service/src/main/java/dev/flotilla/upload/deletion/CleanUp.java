package dev.flotilla.upload.deletion;

import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.upload.catalog.ContentLedger;
import dev.flotilla.upload.catalog.Withdrawal;
import dev.flotilla.upload.catalog.Withdrawal.Deletion;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/**
 * Ends what crashed processes began: deletions are brought to their end, unused content and incomplete files are removed. Each step is safe
 * beside uploads and deletions, and beside the same in other instances.
 */
@Component
class CleanUp implements SchedulingConfigurer {
    private static final Logger log = LoggerFactory.getLogger(CleanUp.class);
    private static final int DELETIONS_AT_ONCE = 20;
    private final Withdrawal withdrawal;
    private final VersionDeletion deletions;
    private final ContentLedger ledger;
    private final DynamicStorage storage;
    private final CleanUpProperties properties;
    private final InstantSource clock;

    CleanUp(
            Withdrawal withdrawal,
            VersionDeletion deletions,
            ContentLedger ledger,
            DynamicStorage storage,
            CleanUpProperties properties,
            InstantSource clock) {
        this.withdrawal = withdrawal;
        this.deletions = deletions;
        this.ledger = ledger;
        this.storage = storage;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::round, properties.every(), Duration.ZERO));
    }

    /** Everything once. What fails is logged and tried again in the next round. */
    void round() {
        Instant now = clock.instant();
        step("deletions", () -> {
            for (Deletion deletion :
                    withdrawal.takeOver(now.minus(properties.deletionsAfter()), now, DELETIONS_AT_ONCE)) {
                endDeletion(deletion);
            }
        });
        step("unused content", () -> {
            int removed = ledger.removeUnused(now);
            if (removed > 0) {
                log.info("removed {} payloads that no version has", removed);
            }
        });
        step("incomplete files", () -> {
            int removed = storage.removeAbandoned(now.minus(properties.partsAfter()));
            if (removed > 0) {
                log.info("removed {} incomplete files of broken uploads", removed);
            }
        });
    }

    private void endDeletion(Deletion deletion) {
        try {
            deletions.carryOn(deletion);
        } catch (ProblemException e) {
            log.info(
                    "the deletion of {} {} did not come to its end: {}",
                    deletion.version().service(),
                    deletion.version().version(),
                    e.detail());
        }
    }

    private static void step(String what, Step step) {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            log.warn("cleaning up {} failed and will be tried again: {}", what, e.toString());
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
