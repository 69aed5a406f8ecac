package dev.flotilla.agent.process;

import java.time.Duration;

/** A process and all that it started, as far as they did not leave its group. */
record ProcessGroup(long id) {
    private static final long FIRST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 200;

    /** False where nobody is left to hear it. */
    boolean signal(Signal signal) {
        return Kill.group(id, signal.number()) == Kill.Answer.SENT;
    }

    /** Whether a member lives; zombies don't count. */
    boolean lives() {
        if (Kill.group(id, 0) == Kill.Answer.NOBODY) {
            return false;
        }
        ProcStat leader = ProcStat.of(id);
        return (leader != null && leader.living() && leader.group() == id) || ProcTable.groupLives(id);
    }

    /** True once nobody lives, false when somebody still does after that time. */
    boolean awaitGone(Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        while (lives()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
        return true;
    }

    /** SIGTERM, and SIGKILL for those that still live after the grace; returns when all are gone. */
    void stop(Duration grace) throws InterruptedException {
        signal(Signal.TERM);
        signal(Signal.CONT);
        while (!awaitGone(grace)) {
            signal(Signal.KILL);
        }
    }
}
