package dev.flotilla.agent.process;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches processes that are not children of this one. Linux tells only a parent how a process ended, so one thread looks at all of them
 * once a second, as long as there are any; unlike {@link ProcessHandle#onExit} it takes a zombie for what it is.
 */
final class ExitWatch {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Map<ProcStat, CompletableFuture<Exit>> watched = new ConcurrentHashMap<>();
    private boolean running;

    CompletableFuture<Exit> watch(ProcStat process) {
        CompletableFuture<Exit> ended = watched.computeIfAbsent(process, started -> new CompletableFuture<>());
        synchronized (this) {
            if (!running) {
                running = true;
                Thread.ofVirtual().name("exit-watch").start(this::look);
            }
        }
        return ended;
    }

    private void look() {
        try {
            while (true) {
                watched.forEach((process, ended) -> {
                    ProcStat now = ProcStat.of(process.pid());
                    if (now == null || !now.living() || now.startTicks() != process.startTicks()) {
                        watched.remove(process);
                        ended.complete(new Exit(null));
                    }
                });
                synchronized (this) {
                    if (watched.isEmpty()) {
                        running = false;
                        return;
                    }
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
