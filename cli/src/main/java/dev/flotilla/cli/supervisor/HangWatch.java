package dev.flotilla.cli.supervisor;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends processes that live but have not answered for long; they are started again then, like all that end. */
final class HangWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HangWatch.class);
    /** For what a process writes down of its state: a Java process its threads, PostgreSQL nothing, but it ends at once and cleanly. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final List<SupervisedProcess> processes;
    private final Silence.Bounds bounds;
    private final Map<SupervisedProcess, Silence> silences = new HashMap<>();

    HangWatch(List<SupervisedProcess> processes, Silence.Bounds bounds) {
        this.processes = processes;
        this.bounds = bounds;
    }

    /** Watches until it is told to stop. */
    void watch(CountDownLatch told) throws InterruptedException {
        while (!told.await(bounds.interval().toMillis(), TimeUnit.MILLISECONDS)) {
            Duration began = now();
            Map<SupervisedProcess, Look> looks = look();
            Duration ended = now();
            for (Map.Entry<SupervisedProcess, Look> look : looks.entrySet()) {
                Silence silence = silences.computeIfAbsent(look.getKey(), any -> new Silence(bounds));
                ProcessHandle process = look.getValue().process();
                if (silence.tooLong(process.pid(), look.getValue().answered(), ended, ended.minus(began))
                        && told.getCount() > 0) {
                    end(look.getKey().plan().name(), process, silence.length(ended));
                }
            }
        }
    }

    private record Look(ProcessHandle process, boolean answered) {}

    /** All at once, so that one that hangs does not hold up the look at the others. */
    private Map<SupervisedProcess, Look> look() throws InterruptedException {
        Map<SupervisedProcess, Look> looks = new ConcurrentHashMap<>();
        List<Thread> threads = processes.stream()
                .map(each -> Thread.ofVirtual().start(() -> {
                    ProcessHandle process = each.running();
                    if (process != null) {
                        looks.put(each, new Look(process, each.plan().liveness().answers()));
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        return looks;
    }

    private static void end(String name, ProcessHandle process, Duration silence) throws InterruptedException {
        LOG.error(
                "{}: process {} is alive but has not answered for {} s; ending it, to start it again",
                name,
                process.pid(),
                silence.toSeconds());
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            LOG.warn("{}: could not be asked for its last words: {}", name, e.getMessage());
        }
        if (!Processes.awaitEnd(process, LAST_WORDS)) {
            process.destroyForcibly();
        }
    }

    private static Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }
}
