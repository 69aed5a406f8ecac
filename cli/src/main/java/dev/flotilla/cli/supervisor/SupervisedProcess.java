package dev.flotilla.cli.supervisor;

import dev.flotilla.cli.supervisor.ClusterState.RunningProcess;
import dev.flotilla.cli.supervisor.ClusterState.Supervised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one process running until it is told to stop. */
final class SupervisedProcess {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisedProcess.class);

    private static final long LARGE = 20_000_000;

    private final ProcessPlan plan;
    private final Path output;
    private final Runnable changed;
    private final Backoff backoff = new Backoff();
    private final Thread keeper;
    private volatile @Nullable Process process;
    private final AtomicInteger starts = new AtomicInteger();
    private volatile boolean stopping;

    /**
     * @param output where its standard output and error are appended
     * @param changed called whenever it was started or has died
     */
    SupervisedProcess(ProcessPlan plan, Path output, Runnable changed) {
        this.plan = plan;
        this.output = output;
        this.changed = changed;
        this.keeper = Thread.ofVirtual().name("keep-" + plan.name()).unstarted(this::keep);
    }

    ProcessPlan plan() {
        return plan;
    }

    void start() {
        keeper.start();
    }

    /** How often in a row it has died young. */
    int youngDeaths() {
        return backoff.youngDeaths();
    }

    @Nullable
    ProcessHandle running() {
        Process now = process;
        return now != null && now.isAlive() ? now.toHandle() : null;
    }

    Supervised state() {
        ProcessHandle running = running();
        return new Supervised(
                plan.name(), running == null ? null : RunningProcess.of(running), Math.max(0, starts.get() - 1));
    }

    /** Ends the process and keeps it ended; returns when it is gone. */
    void stop() throws IOException, InterruptedException {
        stopping = true;
        keeper.interrupt();
        keeper.join();
        Process last = process;
        if (last != null && last.isAlive()) {
            LOG.info("{}: stopping, process {}", plan.name(), last.pid());
            plan.stopping().stop(last.toHandle(), plan.grace());
        }
    }

    private void keep() {
        try {
            while (!stopping) {
                long began = System.nanoTime();
                int exit = runOnce();
                Duration pause = backoff.after(Duration.ofNanos(System.nanoTime() - began));
                LOG.warn("{}: ended with {}; starting it again in {} ms", plan.name(), exit, pause.toMillis());
                changed.run();
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            // told to stop
        }
    }

    /** Called between two runs only: a file that a process has open is left to it. */
    private static void beginAnewWhenLarge(Path output) throws IOException {
        Files.createDirectories(output.getParent());
        if (Files.exists(output) && Files.size(output) > LARGE) {
            Files.move(
                    output, output.resolveSibling(output.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private int runOnce() throws InterruptedException {
        try {
            beginAnewWhenLarge(output);
            ProcessBuilder builder = new ProcessBuilder(plan.command())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
            builder.environment().putAll(plan.environment());
            Process started = builder.start();
            process = started;
            starts.incrementAndGet();
            LOG.info("{}: started, process {}", plan.name(), started.pid());
            changed.run();
            return started.waitFor();
        } catch (IOException e) {
            LOG.error("{}: can't be started", plan.name(), e);
            return -1;
        }
    }
}
