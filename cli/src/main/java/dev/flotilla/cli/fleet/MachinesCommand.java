package dev.flotilla.cli.fleet;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.api.Page;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Limit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Output;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.cli.terminal.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code machines}. */
@Command(name = "machines", description = "Shows the machines, where they stand, and what runs on them.")
public final class MachinesCommand implements Callable<Integer> {
    private static final int PAGE = 1000;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Option(names = "--environment", paramLabel = "E", description = "Only those of this environment.")
    private @Nullable String environment;

    @Option(names = "--machine-function", paramLabel = "MF", description = "Only those of this machine function.")
    private @Nullable String machineFunction;

    @Option(names = "--fault-domain", paramLabel = "FD", description = "Only those of this fault domain.")
    private @Nullable String faultDomain;

    @Option(names = "--region", paramLabel = "R", description = "Only those of this region.")
    private @Nullable String region;

    @Option(names = "--tenant", paramLabel = "T", description = "Only those of this tenant.")
    private @Nullable String tenant;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Limit limit;

    /**
     * A machine, and what it says of itself.
     *
     * @param status null for one that never reported
     */
    record Line(Machine machine, @Nullable MachineStatus status) {}

    @Override
    public Integer call() {
        Remote remote = Remote.asOwner(session);
        Output output = session.output();
        List<Machine> machines = machines(remote);
        Map<String, MachineStatus> statuses = statuses(remote, machines);
        List<Line> lines = machines.stream()
                .map(machine -> new Line(machine, statuses.get(machine.name())))
                .toList();
        output.result(lines, table(lines));
        limit.tell(output);
        return Exit.OK;
    }

    private List<Machine> machines(Remote remote) {
        DeviceApi devices = remote.devices();
        String owner = tenant;
        return limit
                .read((size, cursor) -> owner == null
                        ? devices.machines(environment, machineFunction, faultDomain, region, size, cursor)
                        : remote.topology().machinesOf(owner, size, cursor))
                .stream()
                .filter(this::wanted)
                .sorted(Comparator.comparing(Machine::name, NaturalOrder.INSTANCE))
                .toList();
    }

    private boolean wanted(Machine machine) {
        return (environment == null || environment.equals(machine.environment()))
                && (machineFunction == null || machineFunction.equals(machine.machineFunction()))
                && (faultDomain == null || faultDomain.equals(machine.faultDomain()))
                && (region == null || region.equals(machine.region()));
    }

    /** Both lists are by name, so reading stops where the machines end. */
    private static Map<String, MachineStatus> statuses(Remote remote, List<Machine> machines) {
        Map<String, MachineStatus> statuses = new HashMap<>();
        if (machines.isEmpty()) {
            return statuses;
        }
        String last = machines.stream()
                .map(Machine::name)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        String cursor = null;
        Page<MachineStatus> page;
        do {
            page = remote.registry().machines(PAGE, cursor);
            page.items().forEach(status -> statuses.put(status.machine(), status));
            cursor = page.nextCursor();
        } while (cursor != null && page.items().getLast().machine().compareTo(last) < 0);
        return statuses;
    }

    private static Table table(List<Line> lines) {
        Table table = new Table("MACHINE", "ENVIRONMENT", "FUNCTION", "FD", "REGION", "TENANT", "SEEN", "RUNS");
        for (Line line : lines) {
            Machine machine = line.machine();
            table.row(
                    machine.name(),
                    machine.environment(),
                    machine.machineFunction(),
                    machine.faultDomain(),
                    machine.region(),
                    Objects.requireNonNullElse(machine.tenant(), "-"),
                    seen(line.status()),
                    runs(line.status()));
        }
        return table;
    }

    private static String seen(@Nullable MachineStatus status) {
        if (status == null) {
            return "never";
        }
        String ago = Quantities.span(Duration.between(status.lastSeen(), Instant.now())) + " ago";
        return status.lost() ? "lost, " + ago : ago;
    }

    private static String runs(@Nullable MachineStatus status) {
        return status == null
                ? ""
                : status.services().stream().map(MachinesCommand::runs).collect(Collectors.joining(", "));
    }

    private static String runs(RunningService running) {
        return running.service() + (running.version() == null ? "" : " " + running.version()) + " "
                + running.state().name().toLowerCase(Locale.ROOT);
    }
}
