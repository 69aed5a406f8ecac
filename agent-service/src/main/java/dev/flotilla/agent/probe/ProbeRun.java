package dev.flotilla.agent.probe;

import dev.flotilla.agent.decision.Health;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Asks a process for its health as long as it lives, on a virtual thread of its own. */
public final class ProbeRun {
    /** Until a process has been healthy for the first time it is asked this often, so that a switch does not wait for a long interval. */
    private static final Duration EAGER = Duration.ofMillis(500);

    private final Probe probe;
    private final Path directory;
    private final Map<String, String> environment;

    /** @param environment for a probe that is a command: the same that the process has */
    public ProbeRun(Probe probe, Path directory, Map<String, String> environment) {
        this.probe = probe;
        this.directory = directory;
        this.environment = environment;
    }

    /**
     * Begins.
     *
     * @param initially what is taken for granted before the first answer
     * @param seen told every change
     */
    public void start(Health initially, BooleanSupplier lives, Consumer<Health> seen) {
        Thread.ofVirtual().name("probe").start(() -> {
            try {
                ask(initially, lives, seen);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void ask(Health initially, BooleanSupplier lives, Consumer<Health> seen) throws InterruptedException {
        Health health = initially;
        int failures = 0;
        while (lives.getAsBoolean()) {
            Answer answer = Answer.to(probe.check(), probe.timeout(), directory, environment);
            failures = answer.healthy() ? 0 : failures + 1;
            Health next = next(health, answer, failures);
            if (!next.equals(health) && lives.getAsBoolean()) {
                seen.accept(next);
                health = next;
            }
            boolean eager = health instanceof Health.Pending && probe.interval().compareTo(EAGER) > 0;
            Thread.sleep(eager ? EAGER : probe.interval());
        }
    }

    private Health next(Health health, Answer answer, int failures) {
        if (answer.healthy()) {
            return new Health.Healthy();
        }
        if (health instanceof Health.Pending) {
            return new Health.Pending(answer.detail());
        }
        return failures >= probe.failureThreshold() ? new Health.Unhealthy(answer.detail()) : health;
    }
}
