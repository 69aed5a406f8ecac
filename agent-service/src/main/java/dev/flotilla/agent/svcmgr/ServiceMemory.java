package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.Backoff;
import dev.flotilla.agent.decision.Fetch;
import dev.flotilla.agent.decision.Release;
import dev.flotilla.agent.decision.ServiceRecord;
import dev.flotilla.agent.decision.Situation;
import dev.flotilla.agent.decision.SupervisionRules;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a service's thread knows of it. */
final class ServiceMemory {
    ServiceRecord record;
    Fetch fetch = new Fetch.NotBegun();

    @Nullable
    Run run;

    @Nullable
    String switchFailure;

    Backoff backoff = Backoff.NONE;
    boolean mending;

    /** What was put right last, until it is started: what is found changed even then is not put right again at once. */
    @Nullable
    Release mended;

    int restarts;

    @Nullable
    Release last;

    ServiceMemory(ServiceRecord record) {
        this.record = record;
    }

    Situation situation() {
        return new Situation(record, fetch, run == null ? null : run.view(), switchFailure, backoff, mending);
    }

    /** Whatever was known of the order before is void. */
    void beginOrder(ServiceRecord accepted) {
        record = accepted;
        fetch = new Fetch.NotBegun();
        switchFailure = null;
        if (record.ordered() != null && record.ordered().equals(record.current())) {
            backoff = Backoff.NONE;
        }
    }

    void beginSwitch(ServiceRecord switching) {
        record = switching;
        switchFailure = null;
        backoff = Backoff.NONE;
        restarts = 0;
    }

    /** The agent has begun anew, and it is known what runs. */
    void takeUpAgain() {
        record = record.takenUpAgain(run == null ? null : run.release);
    }

    void crashed(Duration uptime, Instant now, double jitter, SupervisionRules rules) {
        backoff = backoff.failed(uptime, now, jitter, rules);
    }

    /** The report, as it is now; what has not changed since the one before keeps its time. */
    RunningReport report(SupervisionRules rules, Instant now, @Nullable RunningReport before) {
        RunState state = situation().state(rules, now);
        Release shown = shown();
        String version = shown == null ? null : shown.version();
        boolean same = before != null && before.state() == state && Objects.equals(before.version(), version);
        return new RunningReport(
                version,
                state,
                shown == null ? null : shown.payload().sha256(),
                restarts,
                same && before != null ? before.since() : now,
                progress());
    }

    private @Nullable Release shown() {
        if (run != null) {
            return run.release;
        }
        if (record.phase() == OrderPhase.SWITCHING && switchFailure == null) {
            return record.ordered();
        }
        return last == null ? record.current() : last;
    }

    private @Nullable OrderProgress progress() {
        return record.order() == null || record.phase() == null
                ? null
                : new OrderProgress(record.order().id(), record.order().version(), record.phase(), record.reason());
    }
}
