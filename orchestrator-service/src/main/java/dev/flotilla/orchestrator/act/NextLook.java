package dev.flotilla.orchestrator.act;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import dev.flotilla.orchestrator.rollout.Ticks;
import dev.flotilla.orchestrator.world.Wakes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What becomes of a rollout's row of db-scheduler after a look. */
@Component
record NextLook(Ticks ticks, Wakes wakes, TickProperties properties, InstantSource time) {
    private static final Logger log = LoggerFactory.getLogger(NextLook.class);

    /** The earliest that a rollout is looked at again after a look that ends now. */
    Instant rested(Instant begun) {
        Instant now = time.instant();
        return now.plus(properties.rest(Duration.between(begun, now), wakes.atRest()));
    }

    Instant afterFailure() {
        return time.instant().plus(properties.afterFailure());
    }

    /** @param rested the earliest that it is looked at again */
    CompletionHandler<Void> after(String rollout, RolloutTick.Next next, Instant rested) {
        return (complete, operations) -> {
            switch (next) {
                case RolloutTick.Next.Gone gone -> {
                    wakes.forget(rollout);
                    operations.remove();
                }
                case RolloutTick.Next.Never never -> {
                    if (ticks.end(rollout, complete.getExecution().version, never.epoch())) {
                        wakes.forget(rollout);
                        log.info("{}: nothing will ever be due again", rollout);
                    } else {
                        again(complete, operations, rested);
                    }
                }
                case RolloutTick.Next.At at -> {
                    boolean changed =
                            wakes.changedSinceLooked(rollout) || at.when().isBefore(rested);
                    again(complete, operations, changed ? rested : at.when());
                }
            }
        };
    }

    private void again(ExecutionComplete complete, ExecutionOperations<Void> operations, Instant when) {
        operations.reschedule(complete, when);
        if (!when.isAfter(time.instant())) {
            wakes.checkNow();
        }
    }
}
