package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.Health;
import dev.flotilla.agent.decision.Release;
import dev.flotilla.agent.decision.RunView;
import dev.flotilla.agent.install.Program;
import dev.flotilla.agent.process.LiveProcess;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A process of a service, from its start to its end. Belongs to the thread of its service. */
final class Run {
    final Release release;
    final LiveProcess process;
    /** Where its output begins in the log. */
    final long outputFrom;

    private final Program program;
    Health health;
    private boolean stopping;
    private @Nullable String unwell;

    Run(Release release, LiveProcess process, Program program, long outputFrom, Health health) {
        this.release = release;
        this.process = process;
        this.program = program;
        this.outputFrom = outputFrom;
        this.health = health;
    }

    Program program() {
        return program;
    }

    RunView view() {
        return new RunView(release, process.startedAt(), process.watchedSince(), health, stopping);
    }

    Duration uptime(Instant now) {
        return Duration.between(process.startedAt(), now);
    }

    /** Begins to stop it because it must make way. */
    void stop(Duration defaultGrace) {
        stopping = true;
        process.stop(program.stopGrace() == null ? defaultGrace : program.stopGrace());
    }

    /** Begins to stop it because it is not well: that counts as a crash. */
    void stopUnwell(String reason, Duration defaultGrace) {
        unwell = reason;
        stop(defaultGrace);
    }

    /** True where it was told to stop and nothing was wrong with it. */
    boolean madeWay() {
        return stopping && unwell == null;
    }

    @Nullable
    String unwell() {
        return unwell;
    }
}
