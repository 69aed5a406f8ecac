package dev.flotilla.cli.policy;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.api.policy.maintenance.TenantSettings.OnSilence;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.repair.Named;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Limit;
import dev.flotilla.cli.session.Session;
import dev.flotilla.cli.terminal.Entry;
import dev.flotilla.cli.terminal.MachineRanges;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import dev.flotilla.cli.time.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code tenants}. */
@Command(
        name = "tenants",
        description =
                "Shows how tenants are asked before their machines are changed. With a word behind it: one of them.")
public final class TenantsCommand implements Callable<Integer> {
    private static final String TENANT = "The tenant.";

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Limit limit;

    @Override
    public Integer call() {
        MaintenanceApi tenants = Remote.asOwner(session).maintenance(null);
        List<TenantSettings.Stored> all = limit.read((size, cursor) -> tenants.tenants(null, size, cursor));
        Table table = new Table("TENANT", "ASKED", "DEADLINE", "ON SILENCE", "MAY DELAY", "JOBS AT ONCE", "BY");
        all.forEach(each -> table.row(
                each.tenant(),
                word(each.settings().asking()),
                text(each.settings().deadline()),
                word(each.settings().onSilence()),
                text(each.settings().delayAllowance()),
                String.valueOf(each.settings().maxJobs()),
                each.changedBy()));
        session.output()
                .result(
                        all,
                        all.isEmpty()
                                ? Text.of(
                                        "No tenant has settings: none is asked. './flotilla tenants set TENANT --ask approve' changes that.")
                                : table);
        limit.tell(session.output());
        return Exit.OK;
    }

    @Command(name = "show", description = "Shows how one tenant is asked, and about which machines.")
    int show(@Parameters(paramLabel = "TENANT", description = TENANT) String tenant, @Mixin Limit most) {
        Remote remote = Remote.asOwner(session);
        TenantSettings.Stored stored = remote.maintenance(null).tenant(tenant);
        String machines = new TenantMachines(remote).words(tenant, most);
        session.output().result(stored, entry(stored).with("Machines", machines));
        most.tell(session.output());
        return Exit.OK;
    }

    @Command(
            name = "assign",
            description = {
                "Gives machines to a tenant: it is asked before they are changed, from the next change on.",
                "",
                "For example: ./flotilla tenants assign shop --machines m1..m20"
            })
    int assign(@Parameters(paramLabel = "TENANT", description = TENANT) String tenant, @Mixin Named named) {
        Remote remote = Remote.asOperator(session);
        List<Machine> given = new TenantMachines(remote).give(tenant, named.machines());
        boolean asked = remote.maintenance(null).tenants(List.of(tenant), 1, null).items().stream()
                .anyMatch(each -> each.settings().asking() != Asking.NEVER);
        if (!asked) {
            session.output()
                    .note(tenant + " is not asked yet: './flotilla tenants set " + tenant
                            + " --ask approve' changes that.");
        }
        session.output().result(given, "Of " + tenant + " now: " + names(given));
        return Exit.OK;
    }

    @Command(
            name = "unassign",
            description = {
                "Makes machines nobody's: no tenant is asked before they are changed.",
                "",
                "For example: ./flotilla tenants unassign --machines m1..m20"
            })
    int unassign(@Mixin Named named) {
        List<Machine> given = new TenantMachines(Remote.asOperator(session)).give(null, named.machines());
        session.output().result(given, "Of no tenant now: " + names(given));
        return Exit.OK;
    }

    private static String names(List<Machine> machines) {
        return MachineRanges.of(machines.stream().map(Machine::name).toList());
    }

    @Command(
            name = "set",
            description = {
                "Says how a tenant is asked; what is left out takes its default.",
                "",
                "For example: ./flotilla tenants set shop --ask approve --deadline 15m --on-silence wait --may-delay 2h"
            })
    int set(
            @Parameters(paramLabel = "TENANT", description = TENANT) String tenant,
            @Option(
                            names = "--ask",
                            paramLabel = "HOW",
                            required = true,
                            description =
                                    "never, notify (told, not waited for after the deadline) or approve (waited for).")
                    Asking asking,
            @Option(
                            names = "--deadline",
                            paramLabel = "DURATION",
                            description = "How long an answer is waited for. Default: 15m.")
                    @Nullable
                    Duration deadline,
            @Option(
                            names = "--on-silence",
                            paramLabel = "WHAT",
                            description = "What follows when the deadline passes: wait or go_ahead. Default: wait.")
                    @Nullable
                    OnSilence onSilence,
            @Option(
                            names = "--may-delay",
                            paramLabel = "DURATION",
                            description = "By how much the tenant may delay one job in all. Default: 0s.")
                    @Nullable
                    Duration delayAllowance,
            @Option(
                            names = "--max-jobs",
                            paramLabel = "N",
                            description = "About how many jobs it is asked at once. Default: 2.")
                    @Nullable
                    Integer maxJobs) {
        Remote remote = Remote.asOperator(session);
        TenantSettings.Stored stored = remote.maintenance(null)
                .putTenant(tenant, new TenantSettings(asking, deadline, onSilence, delayAllowance, maxJobs));
        List<Machine> machines = remote.topology().machinesOf(tenant, 1, null).items();
        if (machines.isEmpty()) {
            session.output()
                    .note("No machine belongs to " + tenant + " yet: './flotilla tenants assign " + tenant
                            + " --machines m1..m9' changes that.");
        }
        session.output().result(stored, entry(stored));
        return Exit.OK;
    }

    @Command(
            name = "delete",
            description = "Removes a tenant's settings: it is not asked any more. Refused while it is being asked.")
    int delete(@Parameters(paramLabel = "TENANT", description = TENANT) String tenant) {
        Remote remote = Remote.asOperator(session);
        remote.maintenance(null).tenant(tenant); // 404 for a misspelt one
        remote.maintenance(null).deleteTenant(tenant);
        session.output().result(Map.of("deleted", tenant), tenant + " is not asked any more.");
        return Exit.OK;
    }

    private static Entry entry(TenantSettings.Stored stored) {
        TenantSettings settings = stored.settings();
        return new Entry(stored.tenant())
                .with("Asked", word(settings.asking()))
                .with("Deadline", text(settings.deadline()))
                .with("Silence", word(settings.onSilence()))
                .with("Delays", "up to " + text(settings.delayAllowance()) + " for one job")
                .with("Jobs", settings.maxJobs() + " at once")
                .with("By", stored.changedBy() + ", " + Until.at(stored.changedAt()));
    }

    private static String word(@Nullable Enum<?> value) {
        return value == null ? "-" : value.name().toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable Duration duration) {
        return duration == null ? "-" : Durations.text(duration);
    }
}
