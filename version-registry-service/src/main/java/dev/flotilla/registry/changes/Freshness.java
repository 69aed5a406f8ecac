package dev.flotilla.registry.changes;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** How well this instance is in touch with the database, and so with the other instances. */
@Component
public class Freshness {
    private static final Logger log = LoggerFactory.getLogger(Freshness.class);

    private final InstantSource clock;
    private final ApplicationEventPublisher events;
    private volatile Instant current;
    private volatile Instant lastFailure;
    private volatile boolean failing;
    private volatile boolean broken;

    Freshness(InstantSource clock, MeterRegistry meters, ApplicationEventPublisher events) {
        this.clock = clock;
        this.events = events;
        this.current = clock.instant();
        this.lastFailure = current;
        Gauge.builder("flotilla.feed.lag", this, f -> f.lag().toMillis() / 1000.0)
                .baseUnit("seconds")
                .description("how long ago this instance last had all changes")
                .register(meters);
    }

    /** Since when the database has answered without a failure; at the earliest since this instance started. */
    public Instant undisturbedSince() {
        return lastFailure;
    }

    /** This instance was away itself, the machine asleep perhaps: what it knows may be old. */
    public void disturbed() {
        lastFailure = clock.instant();
    }

    Duration lag() {
        return Duration.between(current, clock.instant());
    }

    void current() {
        current = clock.instant();
        if (failing) {
            failing = false;
            log.info("the database answers again");
        }
    }

    void failed(RuntimeException e) {
        lastFailure = clock.instant();
        if (e instanceof FellBehindException) {
            if (!broken) {
                broken = true;
                log.error("this instance has fallen behind the change log for good: restart it", e);
                AvailabilityChangeEvent.publish(events, this, LivenessState.BROKEN);
            }
        } else if (!failing) {
            failing = true;
            log.error(
                    "changes cannot be written or followed; reports that change something are answered with 503 until the database answers again",
                    e);
        }
    }
}
