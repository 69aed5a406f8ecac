package dev.flotilla.cli.repair;

import dev.flotilla.api.device.RenewalRequest;
import dev.flotilla.api.device.Renewals;
import dev.flotilla.api.device.Repair;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code repairs renew}. */
@Command(name = "renew", description = "Prolongs the lease of a repair that takes longer, from now.")
final class RepairRenewal implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private RepairsCommand repairs;

    @Parameters(paramLabel = "REPAIR", description = "The repair, such as r17.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(
            names = "--lease",
            paramLabel = "DURATION",
            defaultValue = "1h",
            description = "By how much, 10s to 1h. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Duration lease;

    @Override
    public Integer call() {
        Remote remote = Remote.asOperator(repairs.session());
        Repair repair = remote.repairs().repair(id).repair();
        Renewals.Answer answer = remote.repairs()
                .renew(new RenewalRequest(repair.holder(), lease, List.of(id)))
                .answers()
                .getFirst();
        if (!answer.renewed()) {
            throw new CliFailure(Exit.REFUSED, String.valueOf(answer.reason()));
        }
        Repair now = remote.repairs().repair(id).repair();
        repairs.session().output().result(now, RepairViews.table(List.of(now)));
        return Exit.OK;
    }
}
