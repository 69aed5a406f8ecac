package dev.flotilla.agent;

import dev.flotilla.agent.process.FoundProcess;
import dev.flotilla.agent.process.ProcessSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Stops everything that an agent left running, when there is no agent any more to do it: {@code StopServices <data folder>}. */
public final class StopServices {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private StopServices() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            System.err.println("usage: StopServices <data folder>");
            System.exit(2);
            return;
        }
        System.out.println(stopAll(Path.of(args[0]), GRACE) + " services stopped");
    }

    /**
     * Stops the process groups of all services with that data folder, in parallel: SIGTERM, and SIGKILL after the grace. Returns when they
     * are gone. While an agent runs it would start them again.
     *
     * @return how many services ran
     */
    public static int stopAll(Path data, Duration grace) throws IOException, InterruptedException {
        if (!Files.isDirectory(data)) {
            return 0;
        }
        ProcessSearch search = new ProcessSearch(data.toRealPath());
        List<FoundProcess> leaders =
                search.find().stream().filter(FoundProcess::leads).toList();
        stop(leaders, grace);
        stop(search.find(), Duration.ofMillis(100));
        return leaders.size();
    }

    private static void stop(List<FoundProcess> processes, Duration grace) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (FoundProcess process : processes) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    process.stop(grace);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
