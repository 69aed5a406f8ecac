package dev.flotilla.cli.repair;

import dev.flotilla.api.device.HealthApi;
import dev.flotilla.api.device.Repair;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.device.RepairDetail;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.device.RepairRequest;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Limit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code repairs}. */
@Command(
        name = "repairs",
        subcommands = {
            RepairStep.Approve.class,
            RepairStep.Begin.class,
            RepairStep.Verify.class,
            RepairStep.Close.class,
            RepairStep.Cancel.class,
            RepairRenewal.class
        },
        description =
                "Shows the repairs that have not ended, and those that expired in the last day, the newest first: of which machines, by whom, until when. With a word behind it: some of them.")
public final class RepairsCommand implements Callable<Integer> {
    private static final Duration RECENT = Duration.ofDays(1);
    private static final int MOST_ASKED = 100;
    private static final String DEVICE_MANAGER = "device-manager";

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Option(names = "--machine", paramLabel = "M", description = "Of this machine only; those that ended too.")
    private @Nullable String machine;

    @Option(
            names = "--group",
            paramLabel = "ENV/MF",
            converter = Named.Group.class,
            description = "Of this environment and machine function only.")
    private @Nullable MachineGroup group;

    @Option(names = "--kind", paramLabel = "KIND", description = "reboot, repave or deploy.")
    private @Nullable RepairKind kind;

    @Option(names = "--state", paramLabel = "STATE", description = "In this state only: ${COMPLETION-CANDIDATES}.")
    private @Nullable RepairState state;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Limit limit;

    Session session() {
        return session;
    }

    @Override
    public Integer call() {
        Remote remote = Remote.asOwner(session);
        RepairApi repairs = remote.repairs();
        List<Repair> found = new ArrayList<>();
        List<Repair> expired = List.of();
        if (state != null || machine != null) {
            found.addAll(read(repairs, state, kind));
        } else {
            Arrays.stream(RepairState.values())
                    .filter(each -> !each.ended())
                    .forEach(each -> found.addAll(read(repairs, each, kind)));
            expired = expired(repairs);
            found.addAll(expired);
            found.sort(Comparator.comparing(Repair::requestedAt).reversed());
        }
        List<Repair> all = limit.first(found);
        session.output().result(all, all.isEmpty() ? Text.of("There are no such repairs.") : RepairViews.table(all));
        List<String> unknown = notLookedAt(remote.health(), expired);
        if (!unknown.isEmpty()) {
            session.output().note(RepairViews.unfinished(unknown));
        }
        limit.tell(session.output());
        return Exit.OK;
    }

    /** Reboots and repaves that were never closed: nobody knows how far they came. */
    private List<Repair> expired(RepairApi repairs) {
        Instant since = InstantSource.system().instant().minus(RECENT);
        return Stream.of(RepairKind.REBOOT, RepairKind.REPAVE)
                .filter(each -> kind == null || kind == each)
                .flatMap(each -> read(repairs, RepairState.EXPIRED, each).stream())
                .filter(repair -> repair.since().isAfter(since))
                .toList();
    }

    /** Their machines about which nobody has said anything since. */
    private static List<String> notLookedAt(HealthApi health, List<Repair> expired) {
        return expired.stream()
                .map(Repair::machine)
                .distinct()
                .limit(MOST_ASKED)
                .filter(each -> DEVICE_MANAGER.equals(health.health(each).by()))
                .toList();
    }

    private List<Repair> read(RepairApi repairs, @Nullable RepairState wanted, @Nullable RepairKind what) {
        return limit.read((size, cursor) -> repairs.repairs(
                machine,
                group == null ? null : group.environment(),
                group == null ? null : group.machineFunction(),
                wanted,
                what,
                size,
                cursor));
    }

    @Command(name = "show", description = "Shows one repair and its history.")
    int show(@Parameters(paramLabel = "REPAIR", description = "The repair, such as r17.") String id) {
        RepairDetail detail = Remote.asOwner(session).repairs().repair(id);
        session.output().result(detail, RepairViews.detail(detail));
        return Exit.OK;
    }

    @Command(
            name = "request",
            description = {
                "Asks for a reboot or a repave of machines. They wait until they are approved and begun.",
                "",
                "For example: ./flotilla repairs request repave --machines m7 --reason 'a new disk'"
            })
    int request(
            @Parameters(paramLabel = "KIND", description = "reboot, or repave.") RepairKind what,
            @Mixin Named named,
            @Option(
                            names = "--forced",
                            description =
                                    "They wait for no other fault domain of their group; and for no limit where they are failing already: see 'health set failing'.")
                    boolean forced,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; kept in the history.")
                    String reason) {
        List<Repair> requested =
                Remote.asOperator(session).repairs().request(new RepairRequest(what, forced, reason, named.machines()));
        session.output().result(requested, RepairViews.table(requested));
        return Exit.OK;
    }
}
