package dev.flotilla.cli.cluster;

import dev.flotilla.cli.supervisor.ClusterState;
import dev.flotilla.cli.supervisor.ClusterState.RunningProcess;
import dev.flotilla.cli.supervisor.ClusterState.Supervised;
import dev.flotilla.cli.supervisor.Health;
import dev.flotilla.cli.supervisor.Processes;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.standalone.Part;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What of a local cluster runs where.
 *
 * @param state {@code up}, {@code starting}, {@code stopping}, {@code degraded}, {@code orphaned} or {@code down}
 * @param memory of all processes, in bytes
 * @param machines how many of them are heard of; null where that can't be asked
 */
record StatusReport(
        String state,
        List<Line> parts,
        long memory,
        @Nullable Reporting machines) {

    /**
     * One part. Several parts can share a process; its memory is then given with the first.
     *
     * @param state {@code up}, {@code starting} or {@code dead}
     * @param memory in bytes; null where another line has it, or it is not known
     */
    record Line(
            String name,
            String state,
            @Nullable URI address,
            @Nullable Long pid,
            @Nullable Long memory,
            int restarts,
            @Nullable Instant since) {}

    /** How many machines there are, and how many of these report what they run. */
    record Reporting(int all, int reporting) {}

    static StatusReport of(LocalCluster cluster) {
        ClusterState state = cluster.supervised().orElse(null);
        if (state == null) {
            return new StatusReport(cluster.orphaned() ? "orphaned" : "down", List.of(), 0, null);
        }
        List<Line> lines = new ArrayList<>();
        for (Supervised process : state.processes()) {
            lines.addAll(lines(state, process));
        }
        lines.add(line("supervisor", "up", null, state.supervisor(), 0, true));
        boolean allUp = lines.stream().allMatch(line -> line.state().equals("up"));
        String whole = switch (state.phase()) {
            case READY -> allUp ? "up" : "degraded";
            case STARTING -> "starting";
            case STOPPING -> "stopping";
            case FAILED -> "down";
        };
        long memory = lines.stream()
                .map(Line::memory)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
        return new StatusReport(whole, lines, memory, null);
    }

    StatusReport with(@Nullable Reporting reporting) {
        return new StatusReport(state, parts, memory, reporting);
    }

    /** All of it in a sentence or two. */
    String whole() {
        return "The cluster is " + state + "."
                + (machines == null
                        ? ""
                        : " " + machines.reporting() + " of its " + Quantities.count(machines.all(), "machine")
                                + (machines.reporting() == 1 ? " reports." : " report."));
    }

    private static List<Line> lines(ClusterState state, Supervised process) {
        List<Part> carried = switch (process.name()) {
            case "standalone" -> Part.services();
            default ->
                Arrays.stream(Part.values())
                        .filter(part -> part.folder().equals(process.name()))
                        .toList();
        };
        if (carried.isEmpty()) {
            return List.of(line(process.name(), upOrDead(process), null, process.process(), process.restarts(), true));
        }
        List<Line> lines = new ArrayList<>();
        for (Part part : carried) {
            String health = process.process() == null
                    ? "dead"
                    : Health.ready(state.options().address(part)) ? "up" : "starting";
            lines.add(line(
                    part.folder(),
                    health,
                    state.options().address(part),
                    process.process(),
                    process.restarts(),
                    lines.isEmpty()));
        }
        return lines;
    }

    private static String upOrDead(Supervised process) {
        return process.process() == null ? "dead" : "up";
    }

    private static Line line(
            String name,
            String state,
            @Nullable URI address,
            @Nullable RunningProcess process,
            int restarts,
            boolean first) {
        if (process == null) {
            return new Line(name, state, address, null, null, restarts, null);
        }
        OptionalLong memory = first ? memory(name, process) : OptionalLong.empty();
        return new Line(
                name,
                state,
                address,
                process.pid(),
                memory.isPresent() ? memory.getAsLong() : null,
                restarts,
                process.started());
    }

    /** The database is many processes; a service is one, and what the agent has started is not its own. */
    private static OptionalLong memory(String name, RunningProcess process) {
        return name.equals("postgres")
                ? process.find().map(Processes::memoryWithChildren).orElse(OptionalLong.empty())
                : Processes.memory(process.pid());
    }

    Table table() {
        Table table = new Table("PART", "STATE", "ADDRESS", "PID", "MEMORY", "UP FOR");
        for (Line line : parts) {
            table.row(
                    line.name(),
                    line.state(),
                    line.address() == null ? "" : line.address().getAuthority(),
                    line.pid() == null ? "" : line.pid(),
                    line.memory() == null ? "" : Quantities.bytes(line.memory()),
                    upFor(line));
        }
        return table.row("", "", "", "", Quantities.bytes(memory), "");
    }

    private static String upFor(Line line) {
        String span = line.since() == null ? "" : Quantities.span(Duration.between(line.since(), Instant.now()));
        return line.restarts() == 0
                ? span
                : (span + ", " + Quantities.count(line.restarts(), "restart")).replaceFirst("^, ", "");
    }
}
