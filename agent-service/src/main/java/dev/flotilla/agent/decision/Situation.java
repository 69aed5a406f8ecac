package dev.flotilla.agent.decision;

import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that matters for what to do next with a service on a machine.
 *
 * @param record what is wanted
 * @param fetch how far the bytes of the order under way are
 * @param run what runs; null where nothing does
 * @param switchFailure why the ordered release did not stay up; null where it was not started yet, or still runs
 * @param mending the files of the current release are being put right
 */
public record Situation(
        ServiceRecord record,
        Fetch fetch,
        @Nullable RunView run,
        @Nullable String switchFailure,
        Backoff backoff,
        boolean mending) {

    /** Whether what must run runs, and has proven itself. */
    boolean settled(SupervisionRules rules, Instant now) {
        return run != null && run.passed() && !now.isBefore(run.startedAt().plus(rules.stayUp()));
    }

    /** When the report on a process that is up changes by itself; null where it does not. */
    @Nullable
    Instant reportChangesAt(RunView run, SupervisionRules rules, Instant now) {
        Instant settled = run.startedAt().plus(rules.stayUp());
        if (now.isBefore(settled)) {
            return settled;
        }
        return backoff.crashLoop(rules) && !hasStayedUp(run, rules, now)
                ? run.startedAt().plus(rules.backoffReset())
                : null;
    }

    /** A crash loop is over when the process has been up for so long that it would begin anew. */
    private static boolean hasStayedUp(RunView run, SupervisionRules rules, Instant now) {
        return !now.isBefore(run.startedAt().plus(rules.backoffReset()));
    }

    boolean runs(@Nullable Release release) {
        return run != null && !run.stopping() && Objects.equals(run.release(), release);
    }

    /** How the service fares, as it is reported. */
    public RunState state(SupervisionRules rules, Instant now) {
        if (run != null) {
            boolean loops = backoff.crashLoop(rules) && !(settled(rules, now) && hasStayedUp(run, rules, now));
            if (loops || run.health() instanceof Health.Unhealthy) {
                return RunState.CRASHED;
            }
            return settled(rules, now) ? RunState.RUNNING : RunState.STARTING;
        }
        if (record.phase() == OrderPhase.SWITCHING && switchFailure == null) {
            return RunState.STARTING;
        }
        if (record.current() == null) {
            return RunState.STOPPED;
        }
        return backoff.failures() > 0 ? RunState.CRASHED : RunState.STARTING;
    }
}
