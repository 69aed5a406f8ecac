package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.RuleWords;
import dev.flotilla.api.policy.Schedule;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code maintenance-window}. */
@Command(
        name = "maintenance-window",
        description = {
            "Lets something be changed at certain hours only: outside of them changes wait.",
            "",
            "For example: ./flotilla maintenance-window nights --environment prod-a --days mon-fri --from 22:00",
            "             --to 04:00 --zone Europe/Berlin --reason 'at night only'"
        })
public final class MaintenanceWindowCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Parameters(paramLabel = "NAME", description = "A name for it, to change or end it by.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Where where;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Period period;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; told to whoever waits.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Option(
            names = "--may-match-nothing",
            description = "Take it though what it names is not there yet; otherwise that is refused.")
    private boolean mayMatchNothing;

    @Override
    public Integer call() {
        Schedule schedule = new Schedule(period.zone().getId(), List.of(period.window()), Schedule.When.OUTSIDE);
        Policy policy =
                new Policy(where.selector(), Effect.DEFER, null, schedule, reason, null, mayMatchNothing ? true : null);
        Policy.Stored stored = Remote.asOperator(session).rules().putPolicy(name, policy);
        session.output()
                .result(
                        stored,
                        "Changed only " + RuleWords.windows(schedule) + ": " + RuleWords.what(policy.selector())
                                + ". './flotilla policies delete " + name + "' ends that.");
        return Exit.OK;
    }
}
