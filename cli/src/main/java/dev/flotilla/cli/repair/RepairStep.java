package dev.flotilla.cli.repair;

import dev.flotilla.api.device.RepairDetail;
import dev.flotilla.api.device.RepairState;
import dev.flotilla.api.device.RepairStateChange;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Brings repairs one step on, each by itself: where one is refused the others are brought on all the same. */
abstract sealed class RepairStep implements Callable<Integer> {
    private static final int CONFLICT = 409;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private RepairsCommand repairs;

    @Parameters(paramLabel = "REPAIR", arity = "1..*", description = "The repairs, such as r17.")
    @SuppressWarnings("NullAway.Init")
    private List<String> ids;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; kept in the history.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    abstract RepairState state();

    @Nullable
    Duration lease() {
        return null;
    }

    /** What must be done before a step that was refused; null where its refusal says all. */
    @Nullable
    String missing(Remote remote, String id, RemoteProblem refused) {
        return null;
    }

    @Override
    public Integer call() {
        Remote remote = Remote.asOperator(repairs.session());
        List<RepairDetail> done = new ArrayList<>();
        boolean refused = false;
        for (String id : ids) {
            try {
                done.add(remote.repairs().putState(id, new RepairStateChange(state(), reason, lease())));
            } catch (RemoteProblem e) {
                String missing = missing(remote, id, e);
                if (ids.size() == 1) {
                    throw missing == null ? e : new CliFailure(Exit.REFUSED, missing);
                }
                refused = true;
                repairs.session()
                        .output()
                        .note(
                                missing == null
                                        ? id + " is refused: " + e.problem().detail()
                                        : missing);
            }
        }
        repairs.session()
                .output()
                .result(
                        done,
                        RepairViews.table(
                                done.stream().map(RepairDetail::repair).toList()));
        return refused ? Exit.REFUSED : Exit.OK;
    }

    /** {@code repairs approve}. */
    @Command(name = "approve", description = "Agrees to repairs that were asked for: they may begin.")
    static final class Approve extends RepairStep {
        @Override
        RepairState state() {
            return RepairState.APPROVED;
        }
    }

    /** {@code repairs begin}. */
    @Command(
            name = "begin",
            description =
                    "Begins repairs that were approved: nobody else works on the machines then. Refused while a rule of their group stands against it.")
    static final class Begin extends RepairStep {
        @Option(
                names = "--lease",
                paramLabel = "DURATION",
                description =
                        "After how long it ends by itself unless 'repairs renew' prolongs it, 10s to 1h. Default: 1h.")
        private @Nullable Duration lease;

        @Override
        RepairState state() {
            return RepairState.ACTIVE;
        }

        @Override
        @Nullable
        Duration lease() {
            return lease;
        }

        @Override
        @Nullable
        String missing(Remote remote, String id, RemoteProblem refused) {
            boolean unapproved = refused.status() == CONFLICT
                    && remote.repairs().repair(id).repair().state() == RepairState.REQUESTED;
            return unapproved
                    ? id + " is only asked for: it must be approved first, by './flotilla repairs approve " + id
                            + " --reason ...'."
                    : null;
        }
    }

    /** {@code repairs verify}. */
    @Command(name = "verify", description = "Says that the work of repairs is done and is being looked at.")
    static final class Verify extends RepairStep {
        @Override
        RepairState state() {
            return RepairState.VERIFYING;
        }
    }

    /** {@code repairs close}. */
    @Command(
            name = "close",
            description =
                    "Ends repairs that were begun: well, so that the machines are on probation; or failed, so that they count as failing.")
    static final class Close extends RepairStep {
        @Option(names = "--failed", description = "They did not succeed.")
        private boolean failed;

        @Override
        RepairState state() {
            return failed ? RepairState.FAILED : RepairState.DONE;
        }
    }

    /** {@code repairs cancel}. */
    @Command(name = "cancel", description = "Calls repairs off, begun or not.")
    static final class Cancel extends RepairStep {
        @Override
        RepairState state() {
            return RepairState.CANCELLED;
        }
    }
}
