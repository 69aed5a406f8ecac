package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.Schedule;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Session;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What holds changes back for a time, and how it is said: its name, what it is about, when, why. */
final class Hold {
    @Parameters(paramLabel = "NAME", description = "A name for it, to change or end it by.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Where where;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Period period;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; told to whoever waits.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Option(
            names = "--may-match-nothing",
            description = "Take it though what it names is not there yet; otherwise that is refused.")
    private boolean mayMatchNothing;

    Period period() {
        return period;
    }

    Policy policy(@Nullable Schedule schedule, @Nullable Instant until) {
        return new Policy(where.selector(), Effect.DEFER, null, schedule, reason, until, mayMatchNothing ? true : null);
    }

    /** Stores it, and says so: what it does, and how it is ended. */
    void store(Session session, Policy policy, String words) {
        Policy.Stored stored = Remote.asOperator(session).rules().putPolicy(name, policy);
        session.output().result(stored, words + ". './flotilla policies delete " + name + "' ends that.");
    }
}
