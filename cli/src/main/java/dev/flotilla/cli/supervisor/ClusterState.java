package dev.flotilla.cli.supervisor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the supervisor writes down of its cluster.
 *
 * @param message why it failed; null otherwise
 * @param readyParts the parts that have answered that they are healthy since they were last started
 */
public record ClusterState(
        RunningProcess supervisor,
        Phase phase,
        @Nullable String message,
        ClusterOptions options,
        List<Supervised> processes,
        List<String> readyParts) {

    public enum Phase {
        STARTING,
        /** All parts have been healthy at the same time once; what dies or hangs is started again from then on. */
        READY,
        STOPPING,
        /** It could not be started, and nothing of it runs. */
        FAILED
    }

    /** A process: the number alone could be another's by now. */
    public record RunningProcess(long pid, Instant started) {
        private static final Duration CLOCK_SLACK = Duration.ofSeconds(3);

        public static RunningProcess of(ProcessHandle process) {
            return new RunningProcess(
                    process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
        }

        /** The process, if it is still the same and alive. */
        public Optional<ProcessHandle> find() {
            return ProcessHandle.of(pid).filter(Processes::runs).filter(this::same);
        }

        private boolean same(ProcessHandle process) {
            Instant began = process.info().startInstant().orElse(Instant.EPOCH);
            return Duration.between(began, started).abs().compareTo(CLOCK_SLACK) < 0;
        }
    }

    /**
     * A process under supervision.
     *
     * @param process null while it does not run
     * @param restarts how often it was started again
     */
    public record Supervised(String name, @Nullable RunningProcess process, int restarts) {}

    /** The supervisor, if it is alive. */
    public Optional<ProcessHandle> alive() {
        return supervisor.find();
    }
}
