package dev.flotilla.agent.decision;

import dev.flotilla.api.registry.OrderPhase;
import java.time.Instant;
import java.util.Objects;

/** Decides what to do next with one service on one machine. */
public final class SupervisionDecision {
    private SupervisionDecision() {}

    /** One step towards what is wanted; asked again after each step and each event. */
    public static Step next(Situation seen, SupervisionRules rules, Instant now) {
        OrderPhase phase = seen.record().phase();
        if (phase == null) {
            return keep(seen, rules, now);
        }
        return switch (phase) {
            case ACCEPTED -> begin(seen, rules, now);
            case FETCHING -> prepare(seen, rules, now);
            case SWITCHING -> prove(seen, rules, now);
            case FETCHED, DONE, FAILED -> keep(seen, rules, now);
        };
    }

    private static Step begin(Situation seen, SupervisionRules rules, Instant now) {
        Release ordered = Objects.requireNonNull(seen.record().ordered());
        boolean runsAlready = ordered.equals(seen.record().current()) && seen.runs(ordered);
        return runsAlready && seen.settled(rules, now) ? new Step.Complete() : new Step.Obtain(ordered);
    }

    private static Step prepare(Situation seen, SupervisionRules rules, Instant now) {
        Release ordered = Objects.requireNonNull(seen.record().ordered());
        return switch (seen.fetch()) {
            case Fetch.NotBegun ignored -> new Step.Obtain(ordered);
            // what an earlier run of the agent has already switched to is left alone until the bytes are verified again
            case Fetch.UnderWay ignored ->
                seen.runs(ordered) ? new Step.Wait(null, "fetching") : keep(seen, rules, now);
            case Fetch.Ready ignored -> seen.record().permitsSwitch(now) ? new Step.BeginSwitch() : new Step.Lapse();
            case Fetch.Failed(String reason) -> new Step.Fail(reason);
        };
    }

    private static Step prove(Situation seen, SupervisionRules rules, Instant now) {
        Release ordered = Objects.requireNonNull(seen.record().ordered());
        RunView run = seen.run();
        if (run == null && seen.mending()) {
            return new Step.Wait(null, "its files are being put right");
        }
        if (run == null) {
            return seen.switchFailure() == null ? new Step.Start(ordered) : new Step.Fail(seen.switchFailure());
        }
        if (run.stopping()) {
            return new Step.Wait(null, "stopping " + run.release().version());
        }
        if (!run.release().equals(ordered)) {
            return new Step.Stop("makes way for " + ordered.version(), false);
        }
        Instant settledAt = run.startedAt().plus(rules.stayUp());
        Instant deadline = run.watchedSince().plus(rules.probeDeadline());
        return switch (run.health()) {
            case Health.Unprobed ignored -> completeAt(settledAt, now);
            case Health.Healthy ignored -> completeAt(settledAt, now);
            case Health.Unhealthy(String reason) ->
                new Step.Fail("version " + ordered.version() + " became unhealthy: " + reason);
            case Health.Pending(String failure) ->
                now.isBefore(deadline)
                        ? new Step.Wait(deadline, "waiting for the first healthy answer")
                        : new Step.Fail("version " + ordered.version() + " did not become healthy within "
                                + rules.probeDeadline() + ": "
                                + (failure == null ? "its probe gave no answer" : failure));
        };
    }

    private static Step completeAt(Instant settledAt, Instant now) {
        return now.isBefore(settledAt) ? new Step.Wait(settledAt, "must stay up") : new Step.Complete();
    }

    /** Level-triggered: what runs is made to be what must run. */
    private static Step keep(Situation seen, SupervisionRules rules, Instant now) {
        Release current = seen.record().current();
        RunView run = seen.run();
        if (run == null) {
            return startWhenDue(seen, now);
        }
        if (run.stopping()) {
            return new Step.Wait(null, "stopping " + run.release().version());
        }
        if (!run.release().equals(current)) {
            return new Step.Stop(current == null ? "must not run" : "must be version " + current.version(), false);
        }
        Instant deadline = run.watchedSince().plus(rules.probeDeadline());
        return switch (run.health()) {
            case Health.Unhealthy(String reason) -> new Step.Stop("is unhealthy: " + reason, true);
            case Health.Pending(String failure) ->
                now.isBefore(deadline)
                        ? new Step.Wait(deadline, "waiting for the first healthy answer")
                        : new Step.Stop(
                                "did not become healthy within " + rules.probeDeadline()
                                        + (failure == null ? "" : ": " + failure),
                                true);
            case Health.Unprobed ignored -> new Step.Wait(seen.reportChangesAt(run, rules, now), "runs");
            case Health.Healthy ignored -> new Step.Wait(seen.reportChangesAt(run, rules, now), "runs");
        };
    }

    private static Step startWhenDue(Situation seen, Instant now) {
        Release current = seen.record().current();
        if (current == null) {
            return new Step.Wait(null, "nothing must run");
        }
        if (seen.mending()) {
            return new Step.Wait(null, "its files are being put right");
        }
        Instant due = seen.backoff().notBefore();
        return now.isBefore(due) ? new Step.Wait(due, "waiting to start again") : new Step.Start(current);
    }
}
