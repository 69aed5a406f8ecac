package dev.flotilla.cli.repair;

import dev.flotilla.api.device.GroupLimits;
import dev.flotilla.api.device.GroupStatus;
import dev.flotilla.api.device.GroupStatus.FaultDomain;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Limit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Amount;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code limits}. */
@Command(
        name = "limits",
        description =
                "Shows how many machines of each environment and machine function may be unavailable, and are. With a word behind it: one of them.")
public final class LimitsCommand implements Callable<Integer> {
    private static final String GROUP = "The environment and machine function, such as prod-a/web.";

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Limit limit;

    @Override
    public Integer call() {
        Remote remote = Remote.asOwner(session);
        List<GroupStatus> all = limit.first(remote.devices().groups()).stream()
                .map(group -> remote.topology().group(group.environment(), group.machineFunction()))
                .toList();
        Table table = new Table("GROUP", "MACHINES", "LIMIT", "ALLOWED", "UNAVAILABLE", "BROKEN", "UNDER WORK");
        all.forEach(group -> table.row(
                name(group),
                group.machines(),
                group.maxUnavailable(),
                group.allowed(),
                group.unavailable(),
                group.broken(),
                Objects.requireNonNullElse(group.openFaultDomain(), "-")));
        session.output().result(all, all.isEmpty() ? Text.of("There are no machines.") : table);
        limit.tell(session.output());
        return Exit.OK;
    }

    @Command(name = "show", description = "Shows one environment and machine function with its fault domains.")
    int show(
            @Parameters(paramLabel = "ENV/MF", converter = Named.Group.class, description = GROUP) MachineGroup group) {
        GroupStatus status = Remote.asOwner(session).topology().group(group.environment(), group.machineFunction());
        Table table = new Table("FAULT DOMAIN", "MACHINES", "UNAVAILABLE", "BROKEN", "UNDER REPAIR", "ELECTIVE");
        for (FaultDomain domain : status.faultDomains()) {
            table.row(
                    domain.name(),
                    domain.machines(),
                    domain.unavailable(),
                    domain.broken(),
                    domain.underRepair(),
                    domain.elective());
        }
        session.output().result(status, Text.lines(List.of(Text.of(words(status)), table)));
        return Exit.OK;
    }

    @Command(
            name = "set",
            description = {
                "Sets how many machines of an environment and machine function may be unavailable at once, from the next one that is taken on.",
                "",
                "For example: ./flotilla limits set prod-a/web 10%%"
            })
    int set(
            @Parameters(paramLabel = "ENV/MF", converter = Named.Group.class, description = GROUP) MachineGroup group,
            @Parameters(
                            paramLabel = "N",
                            converter = Amount.Some.class,
                            description = "A number of machines, or a share such as 10%%.")
                    String most) {
        GroupStatus status = Remote.asOperator(session)
                .topology()
                .putLimits(group.environment(), group.machineFunction(), new GroupLimits(most));
        session.output().result(status, words(status));
        return Exit.OK;
    }

    private static String words(GroupStatus group) {
        return "Of the " + group.machines() + " machines of " + name(group) + " "
                + group.allowed() + " may be unavailable (" + group.maxUnavailable() + "), " + group.unavailable()
                + (group.unavailable() == 1 ? " is." : " are.")
                + (group.openFaultDomain() == null
                        ? ""
                        : " Fault domain " + group.openFaultDomain() + " is under elective work.");
    }

    private static String name(GroupStatus group) {
        return group.environment() + "/" + group.machineFunction();
    }
}
