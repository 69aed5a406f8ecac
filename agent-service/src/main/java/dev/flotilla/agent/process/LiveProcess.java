package dev.flotilla.agent.process;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A process that the agent supervises, with its whole group. */
public final class LiveProcess {
    /** What a process leaves behind when it ends by itself gets this long to end too. */
    private static final Duration LEFT_BEHIND_GRACE = Duration.ofSeconds(1);

    private static final Duration KILL_AGAIN = Duration.ofSeconds(1);

    private final ProcessHandle leader;
    private final ProcessGroup group;
    private final Instant startedAt;
    private final Instant watchedSince = Instant.now();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Exit> ended = new CompletableFuture<>();

    private LiveProcess(ProcessHandle leader, Instant startedAt, CompletableFuture<Exit> leaderEnded) {
        this.leader = leader;
        this.group = new ProcessGroup(leader.pid());
        this.startedAt = startedAt;
        CompletableFuture<Void> _ = leaderEnded.thenAccept(
                exit -> Thread.ofVirtual().name("end-of-" + leader.pid()).start(() -> complete(exit)));
    }

    static LiveProcess ofChild(Process process) {
        return new LiveProcess(
                process.toHandle(), Instant.now(), process.onExit().thenApply(ended -> new Exit(ended.exitValue())));
    }

    static LiveProcess adopted(ProcessHandle leader, CompletableFuture<Exit> leaderEnded) {
        return new LiveProcess(leader, leader.info().startInstant().orElseGet(Instant::now), leaderEnded);
    }

    public long pid() {
        return leader.pid();
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** Since when this run of the agent has watched it: an adopted process was started earlier. */
    public Instant watchedSince() {
        return watchedSince;
    }

    /** Completes when the process and all of its group are gone. */
    public CompletableFuture<Exit> ended() {
        return ended.copy();
    }

    public boolean hasEnded() {
        return ended.isDone();
    }

    /** Tells when the process and all of its group are gone. */
    public void whenEnded(Consumer<Exit> hears) {
        CompletableFuture<Void> _ = ended.thenAccept(hears);
    }

    /** Begins to stop the group: SIGTERM, SIGKILL after the grace. Asking again changes nothing. */
    public void stop(Duration grace) {
        if (stopping.compareAndSet(false, true)) {
            Thread.ofVirtual().name("stop-of-" + leader.pid()).start(() -> stopNow(grace));
        }
    }

    private void stopNow(Duration grace) {
        try {
            // before setsid has run there is no group yet, only the process
            if (!group.signal(Signal.TERM)) {
                leader.destroy();
            }
            group.signal(Signal.CONT);
            Duration patience = grace;
            while (!endedWithin(patience)) {
                if (!group.signal(Signal.KILL)) {
                    leader.destroyForcibly();
                }
                patience = KILL_AGAIN;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean endedWithin(Duration time) throws InterruptedException {
        try {
            ended.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void complete(Exit exit) {
        try {
            if (!stopping.get()) {
                group.stop(LEFT_BEHIND_GRACE);
            }
            while (!group.awaitGone(Duration.ofDays(1))) {
                group.signal(Signal.KILL);
            }
            ended.complete(exit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
