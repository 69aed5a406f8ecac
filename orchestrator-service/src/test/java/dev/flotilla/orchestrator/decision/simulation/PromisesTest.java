package dev.flotilla.orchestrator.decision.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.orchestrator.decision.OneLook;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Promises 2, 3, 5, 8 and 10 over seeded random worlds. {@code -Dflotilla.worlds=100000} lives through more of them, {@code -Dflotilla.seed=7
 * -Dflotilla.worlds=1 -Dflotilla.story=true} through one, which then tells what happens in it.
 */
class PromisesTest {
    private static final int WORLDS = Integer.getInteger("flotilla.worlds", 10_000);
    private static final long FIRST = Long.getLong("flotilla.seed", 1);
    /** With fewer worlds it is luck what is in them. */
    private static final int ENOUGH = 2_000;

    @Test
    void areKeptInEveryWorld() {
        Coverage.Sum seen = new Coverage.Sum();
        Queue<String> breaches = new ConcurrentLinkedQueue<>();
        LongStream.range(FIRST, FIRST + WORLDS).parallel().forEach(seed -> {
            Simulation simulation = new Simulation(seed, new OneLook()::decide, Safeguard.ALL);
            try {
                simulation.run();
            } catch (RuntimeException e) {
                breaches.add("seed " + seed + " (again with -Dflotilla.seed=" + seed
                        + " -Dflotilla.worlds=1 -Dflotilla.story=true): " + e);
            }
            seen.add(simulation.coverage());
        });
        System.out.println(WORLDS + " worlds from seed " + FIRST + " on, with " + seen);
        assertThat(List.copyOf(breaches)).isEmpty();
        if (WORLDS >= ENOUGH) {
            everythingHappened(seen);
        }
    }

    /** A promise is worth what it was kept against. */
    private static void everythingHappened(Coverage.Sum seen) {
        SoftAssertions softly = new SoftAssertions();
        for (Coverage.Event event : Coverage.Event.values()) {
            if (event.oneIn() > 0) {
                softly.assertThat(seen.worlds(event))
                        .as("worlds with %s", event)
                        .isGreaterThanOrEqualTo(Math.max(1, WORLDS / event.oneIn()));
            }
        }
        softly.assertAll();
    }
}
