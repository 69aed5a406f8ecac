package dev.flotilla.agent.process;

import java.time.Duration;

/** A process that carries the marks of this agent's data folder. */
public final class FoundProcess {
    private final ProcStat stat;
    private final Marks marks;

    FoundProcess(ProcStat stat, Marks marks) {
        this.stat = stat;
        this.marks = marks;
    }

    public long pid() {
        return stat.pid();
    }

    public Marks marks() {
        return marks;
    }

    /** True for the process that the agent itself started, false for what that one started. */
    public boolean leads() {
        return stat.leadsSession();
    }

    long group() {
        return stat.group();
    }

    ProcStat stat() {
        return stat;
    }

    /** Stops it and its group; returns when they are gone. */
    public void stop(Duration grace) throws InterruptedException {
        if (ownGroup()) {
            new ProcessGroup(stat.group()).stop(grace);
        } else {
            ProcessHandle.of(stat.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private boolean ownGroup() {
        ProcStat self = ProcStat.of(ProcessHandle.current().pid());
        return stat.group() > 1 && (self == null || self.group() != stat.group());
    }
}
