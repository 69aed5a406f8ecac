package dev.flotilla.console.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReachabilityTest {
    private static final Instant THEN = Instant.parse("2026-11-22T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(THEN);
    private final ChangeSignal signal = new ChangeSignal();
    private final Reachability reachability = new Reachability((InstantSource) now::get, signal);

    @Test
    void aTroubleIsKnownSinceItBeganAndGoesWhenTheServiceAnswers() {
        reachability.failed("policy-engine", "refused", "Nothing is shown.");
        long first = signal.number();
        now.set(THEN.plusSeconds(60));
        reachability.failed("policy-engine", "refused", "Nothing is shown.");
        assertThat(signal.number()).as("the same again is no change").isEqualTo(first);
        assertThat(reachability.troubles())
                .containsExactly(new Trouble("policy-engine", THEN, "refused", "Nothing is shown."));

        reachability.answered("policy-engine");
        assertThat(reachability.troubles()).isEmpty();
        assertThat(signal.number()).isGreaterThan(first);
    }

    @Test
    void waitingForAChangeEndsWithTheTime() throws InterruptedException {
        long seen = signal.number();
        assertThat(signal.await(seen, Duration.ofMillis(5))).isEqualTo(seen);
        signal.raise();
        assertThat(signal.await(seen, Duration.ofMinutes(1))).isEqualTo(seen + 1);
    }
}
