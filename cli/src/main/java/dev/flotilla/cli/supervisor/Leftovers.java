package dev.flotilla.cli.supervisor;

import dev.flotilla.standalone.postgres.PostgresCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Processes of a cluster that outlived their supervisor. They are found by a mark on their command line, not by what was written
 * down: a supervisor can be killed between starting a process and writing that down.
 */
public final class Leftovers {
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final DataFolder data;

    public Leftovers(DataFolder data) {
        this.data = data;
    }

    static String mark(DataFolder data) {
        return "-Dflotilla.cluster=" + data.root();
    }

    /** The Java processes of the cluster, the supervisor among them if it is alive. */
    public List<ProcessHandle> find() {
        return Processes.withArgument(mark(data)).stream()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .toList();
    }

    /** Stops them all, and the database that they may have left. */
    public void stop() throws IOException, InterruptedException {
        List<ProcessHandle> processes = find();
        processes.forEach(ProcessHandle::destroy);
        for (ProcessHandle process : processes) {
            Processes.stop(process, GRACE);
        }
        database().stopLeftover(GRACE);
    }

    /** Whether any is left, the database included. */
    public boolean any() {
        return !find().isEmpty() || database().leftover().isPresent();
    }

    private PostgresCluster database() {
        return new PostgresCluster(data.root(), data.database(), "");
    }
}
