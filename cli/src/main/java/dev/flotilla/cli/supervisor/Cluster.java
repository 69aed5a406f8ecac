package dev.flotilla.cli.supervisor;

import dev.flotilla.cli.supervisor.ClusterState.Phase;
import dev.flotilla.cli.supervisor.ClusterState.RunningProcess;
import dev.flotilla.standalone.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The processes under supervision, and the state file that tells of them. */
final class Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final Duration CHECK = Duration.ofMillis(150);
    /** A process that dies this often in a row while the cluster starts will not start. */
    private static final int MOST_DEATHS = 3;

    private final DataFolder data;
    private final ClusterOptions options;
    private final StateFile file;
    private final List<SupervisedProcess> processes = new CopyOnWriteArrayList<>();
    private final Set<String> ready = new ConcurrentSkipListSet<>();
    private volatile Phase phase = Phase.STARTING;
    private volatile @Nullable String message;

    Cluster(DataFolder data, ClusterOptions options) {
        this.data = data;
        this.options = options;
        this.file = new StateFile(data);
    }

    void phase(Phase phase, @Nullable String message) {
        this.phase = phase;
        this.message = message;
        write();
    }

    void start(ProcessPlan plan, Path output) {
        SupervisedProcess process = new SupervisedProcess(plan, output, this::write);
        processes.add(process);
        process.start();
    }

    /**
     * Returns true once all processes started so far are ready, and false if it is told to stop before that.
     *
     * @throws StartFailure if one does not stay alive, or they are not all ready within the limit
     */
    boolean awaitReady(CountDownLatch told, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            List<String> missing = missing();
            if (missing.isEmpty()) {
                return true;
            }
            for (SupervisedProcess process : processes) {
                if (process.youngDeaths() >= MOST_DEATHS) {
                    throw new StartFailure(process.plan().name() + " does not start: it ended " + MOST_DEATHS
                            + " times.\n" + lastWords(process.plan().name()));
                }
            }
            if (System.nanoTime() > end) {
                throw new StartFailure(String.join(", ", missing) + " did not become healthy within "
                        + limit.toSeconds() + " s.\n" + lastWords(missing.getFirst()));
            }
            if (told.await(CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
    }

    /** Ends what hangs, so that it is started again, until it is told to stop. */
    void watchForHangs(CountDownLatch told, Silence.Bounds bounds) {
        Thread.ofVirtual().name("hang-watch").start(() -> {
            try {
                new HangWatch(processes, bounds).watch(told);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (SupervisedProcess process : processes) {
            ProcessHandle running = process.running();
            if (running == null || !process.plan().readiness().ready(running)) {
                missing.add(process.plan().name());
                continue;
            }
            for (Part part : process.plan().parts()) {
                if (!ready.contains(part.folder()) && !becameReady(part)) {
                    missing.add(part.folder());
                }
            }
        }
        return missing;
    }

    private boolean becameReady(Part part) {
        if (!Health.ready(options.address(part))) {
            return false;
        }
        LOG.info("{}: healthy", part.folder());
        ready.add(part.folder());
        write();
        return true;
    }

    private String lastWords(String name) {
        return new LastWords(data).of(name);
    }

    /** Stops everything: first what uses the database, all at once, then the database. */
    void stop() throws IOException, InterruptedException {
        List<SupervisedProcess> parts = processes.stream()
                .filter(process -> !process.plan().parts().isEmpty())
                .toList();
        List<Thread> stopping = parts.stream()
                .map(process -> Thread.ofVirtual().start(() -> stop(process)))
                .toList();
        for (Thread thread : stopping) {
            thread.join();
        }
        processes.stream().filter(process -> !parts.contains(process)).forEach(this::stop);
    }

    private void stop(SupervisedProcess process) {
        try {
            process.stop();
        } catch (IOException | RuntimeException e) {
            LOG.error("{}: could not be stopped", process.plan().name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void forget() {
        file.delete();
    }

    private void write() {
        file.write(new ClusterState(
                RunningProcess.of(ProcessHandle.current()),
                phase,
                message,
                options,
                processes.stream().map(SupervisedProcess::state).toList(),
                List.copyOf(ready)));
    }
}
