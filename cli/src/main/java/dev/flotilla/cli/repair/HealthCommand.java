package dev.flotilla.cli.repair;

import dev.flotilla.api.NaturalOrder;
import dev.flotilla.api.device.Health;
import dev.flotilla.api.device.HealthReport;
import dev.flotilla.api.device.HealthReport.Finding;
import dev.flotilla.api.device.MachineHealth;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Limit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code health}. */
@Command(
        name = "health",
        description =
                "Shows the machines that are not healthy, since when, and who says so; as many as --limit says of the failing, the lost and those on probation each. With a word behind it: one of them.")
public final class HealthCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Limit limit;

    @Override
    public Integer call() {
        Remote remote = Remote.asOwner(session);
        List<MachineHealth> all = new ArrayList<>();
        for (Health health : List.of(Health.FAILING, Health.LOST, Health.PROBATION)) {
            all.addAll(limit.read((size, cursor) -> remote.health().healths(null, null, health, size, cursor)));
        }
        all.sort(Comparator.comparing(MachineHealth::machine, NaturalOrder.INSTANCE));
        session.output().result(all, all.isEmpty() ? Text.of("All machines are healthy.") : table(all));
        limit.tell(session.output());
        return Exit.OK;
    }

    @Command(name = "show", description = "Shows how one machine is.")
    int show(@Parameters(paramLabel = "MACHINE", description = "The machine.") String machine) {
        MachineHealth health = Remote.asOwner(session).health().health(machine);
        Moments moments = new Moments(InstantSource.system().instant());
        session.output()
                .result(
                        health,
                        new Entry(machine + " in " + health.environment() + "/" + health.machineFunction() + ", "
                                        + health.faultDomain())
                                .with("Health", word(health))
                                .with("Why", health.reason() == null ? null : moments.readable(health.reason()))
                                .with("By", health.by())
                                .with("Since", moments.since(health.since()))
                                .with("Until", moments.until(health.until()))
                                .with("Repair", repair(health)));
        return Exit.OK;
    }

    /** What can be said of machines: who is lost finds out the registry. */
    enum Said {
        HEALTHY(Health.HEALTHY),
        FAILING(Health.FAILING),
        PROBATION(Health.PROBATION);

        private final Health as;

        Said(Health as) {
            this.as = as;
        }
    }

    @Command(
            name = "set",
            description = {
                "Says how machines are: failing ones count as unavailable in the limits of their group until they are said to be healthy. One on which a service crashed fails until that is up again, whatever is said. Deployments change them all the same, since a new version may be what mends them; an opt-out keeps changes away.",
                "",
                "For example: ./flotilla health set failing --machines m7 --reason 'the disk clicks'",
                "             ./flotilla health set healthy --machines m7 --reason 'a new disk'"
            })
    int set(
            @Parameters(paramLabel = "HEALTH", description = "healthy, failing or probation.") Said health,
            @Mixin Named named,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            required = true,
                            description = "Why; kept, with who says so.")
                    String reason) {
        List<Finding> findings = named.machines().stream()
                .map(machine -> new Finding(machine, health.as, reason))
                .toList();
        List<MachineHealth> now = Remote.asOperator(session).health().report(new HealthReport(findings));
        session.output().result(now, table(now));
        return Exit.OK;
    }

    private static Table table(List<MachineHealth> all) {
        Moments moments = new Moments(InstantSource.system().instant());
        Table table = new Table("MACHINE", "GROUP", "FAULT DOMAIN", "HEALTH", "SINCE", "UNTIL", "BY", "REPAIR", "WHY");
        all.forEach(each -> table.row(
                each.machine(),
                each.environment() + "/" + each.machineFunction(),
                each.faultDomain(),
                word(each),
                each.since() == null ? "-" : moments.at(each.since()),
                each.until() == null ? "-" : moments.at(each.until()),
                or(each.by()),
                or(repair(each)),
                each.reason() == null ? "-" : moments.readable(each.reason())));
        return table;
    }

    private static String word(MachineHealth health) {
        return health.health().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String repair(MachineHealth health) {
        return health.repair() == null || health.repairKind() == null
                ? null
                : health.repair() + ", a " + health.repairKind().name().toLowerCase(Locale.ROOT);
    }

    private static String or(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
