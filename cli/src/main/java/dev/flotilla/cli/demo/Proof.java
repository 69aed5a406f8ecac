package dev.flotilla.cli.demo;

import dev.flotilla.api.Names;
import dev.flotilla.api.agent.AgentApi;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.registry.VersionCount;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.DeployedProcesses;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.standalone.Part;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether each machine runs what it should: at the processes themselves, at the agent, and at the registry. */
final class Proof {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration CHECK = Duration.ofMillis(200);

    private final DeployedProcesses processes;
    private final Remote remote;
    private final AgentApi agent;
    private final List<String> machines;

    Proof(DataFolder data, Remote remote, ClusterOptions cluster, List<String> machines) {
        this.processes = new DeployedProcesses(data);
        this.remote = remote;
        this.agent = remote.agent(cluster.address(Part.AGENT));
        this.machines = machines;
    }

    /** What was counted.
     *
     * @param processes that run the version's program
     * @param agent machines on which the agent has it running
     * @param registry machines that are known to run it
     */
    private record Counted(long processes, long agent, long registry) {
        boolean all(long number) {
            return processes == number && agent == number && registry == number;
        }

        @Override
        public String toString() {
            return Quantities.count(processes, "process", "processes") + (processes == 1 ? " runs it" : " run it")
                    + ", the agent has it running on " + Quantities.count(agent, "machine") + ", the registry knows of "
                    + registry;
        }
    }

    /** Says so once all three agree; a failure with what was counted when they don't soon. */
    String thatEachRuns(String service, String version) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Counted counted = count(service, version);
        while (!counted.all(machines.size())) {
            if (System.nanoTime() > end) {
                throw new CliFailure(
                        Exit.FAILED,
                        service + " " + version + " should run on " + Quantities.count(machines.size(), "machine")
                                + ", but " + counted + ".");
            }
            Thread.sleep(CHECK);
            counted = count(service, version);
        }
        return "Seen: " + Quantities.count(counted.processes, "process", "processes") + " of "
                + Names.fileName(service, version) + ", such as process "
                + processes.running(Names.fileName(service, version)).getFirst().pid() + "; the registry counts "
                + Quantities.count(counted.registry, "machine") + ".";
    }

    /** The last thing that a service said on a machine. */
    String voiceOf(String machine, String service) {
        List<String> lines = agent.log(machine, service, 1);
        return lines.isEmpty() ? "" : lines.getLast();
    }

    private Counted count(String service, String version) {
        long running = processes.running(Names.fileName(service, version)).size();
        if (running != machines.size()) {
            return new Counted(running, 0, 0);
        }
        long carried = machines.stream()
                .filter(machine -> runs(agent.machine(machine).services().get(service), version))
                .count();
        long known = remote.registry().versions(service).stream()
                .filter(each -> each.version().equals(version))
                .mapToLong(Proof::running)
                .sum();
        return new Counted(running, carried, known);
    }

    private static boolean runs(@Nullable RunningReport report, String version) {
        return report != null && version.equals(report.version()) && report.effectiveState() == RunState.RUNNING;
    }

    private static long running(VersionCount count) {
        return count.states().getOrDefault(RunState.RUNNING, 0L);
    }
}
