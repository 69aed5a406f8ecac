package dev.flotilla.cli.cluster;

import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.supervisor.AotCache;
import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.cli.supervisor.ClusterState;
import dev.flotilla.cli.supervisor.ClusterState.Phase;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.DeployedProcesses;
import dev.flotilla.cli.supervisor.JavaRuntime;
import dev.flotilla.cli.supervisor.LastWords;
import dev.flotilla.cli.supervisor.Leftovers;
import dev.flotilla.cli.supervisor.Processes;
import dev.flotilla.cli.supervisor.StateFile;
import dev.flotilla.cli.supervisor.SupervisorProcess;
import dev.flotilla.cli.terminal.Output;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The local cluster of one data folder, as the commands see it. */
public final class LocalCluster {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);
    private static final Duration CHECK = Duration.ofMillis(100);
    private static final String TRAINING = "dev.flotilla.cli.training.Training";

    private final DataFolder data;
    private final JavaRuntime java;
    private final Output output;
    private final StateFile file;
    private final Leftovers leftovers;

    public LocalCluster(DataFolder data, JavaRuntime java, Output output) {
        this.data = data;
        this.java = java;
        this.output = output;
        this.file = new StateFile(data);
        this.leftovers = new Leftovers(data);
    }

    /** What its supervisor last wrote; empty when it was never started or was stopped. */
    public Optional<ClusterState> state() {
        return file.read();
    }

    /** The state of a cluster that has its supervisor. */
    public Optional<ClusterState> supervised() {
        return state().filter(state -> state.alive().isPresent());
    }

    /** Whether parts of it run that no supervisor looks after. */
    public boolean orphaned() {
        return supervised().isEmpty() && (leftovers.any() || new DeployedProcesses(data).any());
    }

    /**
     * Starts it and returns once all of it is healthy. One that is up already is left as it is.
     *
     * @return whether it had to be started
     */
    public boolean up(ClusterOptions options) throws IOException, InterruptedException {
        Optional<ClusterState> running = supervised();
        if (running.isPresent() && running.get().phase() == Phase.STOPPING) {
            awaitEnd(running.get().alive().orElseThrow());
            running = Optional.empty();
        }
        if (running.isPresent()) {
            if (running.get().phase() != Phase.READY) {
                awaitReady(running.get().alive().orElseThrow());
            }
            return false;
        }
        start(options);
        return true;
    }

    private void start(ClusterOptions options) throws IOException, InterruptedException {
        if (leftovers.any()) {
            output.note("The cluster lost its supervisor; stopping what it left behind ...");
            leftovers.stop();
        }
        List<String> taken = Ports.taken(options);
        if (!taken.isEmpty()) {
            throw new CliFailure(
                    Exit.ENVIRONMENT,
                    String.join(
                                    "\n",
                                    taken.stream()
                                            .map(port -> port + " is taken")
                                            .toList())
                            + "\nStop what listens there, or move all ports: './flotilla up --port-offset 1000'.");
        }
        prepareFastStart();
        file.delete();
        output.note("Starting the database, the services and an agent for " + options.machineNames() + " ...");
        awaitReady(SupervisorProcess.launch(data, options, java));
    }

    private void prepareFastStart() throws IOException, InterruptedException {
        AotCache cache = new AotCache(java);
        if (cache.worthMaking()) {
            output.note("Preparing for fast starts, once after each build; this takes about a minute ...");
            if (!cache.make(TRAINING)) {
                output.note("That did not work; starting takes a little longer without it.");
            }
        }
    }

    private void awaitReady(ProcessHandle supervisor) throws InterruptedException {
        long began = System.nanoTime();
        Set<String> told = new HashSet<>();
        while (true) {
            boolean alive = Processes.runs(supervisor);
            Optional<ClusterState> state = state();
            state.ifPresent(now -> tellReady(now, told, began));
            Optional<Phase> phase = state.map(ClusterState::phase);
            if (phase.equals(Optional.of(Phase.READY))) {
                return;
            }
            if (!alive) {
                String why = state.map(ClusterState::message)
                        .orElseGet(() -> "The supervisor ended unexpectedly.\n" + new LastWords(data).of("supervisor"));
                file.delete();
                throw new CliFailure(Exit.ENVIRONMENT, why);
            }
            Thread.sleep(CHECK);
        }
    }

    private void tellReady(ClusterState state, Set<String> told, long began) {
        for (String part : state.readyParts()) {
            if (told.add(part)) {
                output.note(String.format(Locale.ROOT, "  %5.1f s  %s is up", (System.nanoTime() - began) / 1e9, part));
            }
        }
    }

    /**
     * Stops it, whoever looks after it; its data is kept.
     *
     * @return whether anything ran
     */
    public boolean down() throws IOException, InterruptedException {
        Optional<ProcessHandle> supervisor = supervised().flatMap(ClusterState::alive);
        if (supervisor.isPresent()) {
            output.note("Stopping the cluster ...");
            supervisor.get().destroy();
            awaitEnd(supervisor.get());
        }
        boolean orphans = orphaned();
        if (orphans) {
            output.note("Stopping what the cluster's supervisor left behind ...");
            leftovers.stop();
            new DeployedProcesses(data).stop();
        }
        file.delete();
        return supervisor.isPresent() || orphans;
    }

    private static void awaitEnd(ProcessHandle supervisor) throws InterruptedException {
        if (!Processes.awaitEnd(supervisor, STOP_LIMIT)) {
            supervisor.destroyForcibly();
            Processes.awaitEnd(supervisor, Duration.ofSeconds(5));
        }
    }
}
