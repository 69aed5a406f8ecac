package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.RuleWords;
import dev.flotilla.api.policy.Schedule;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Hold hold;

    @Override
    public Integer call() {
        Period period = hold.period();
        Schedule schedule = new Schedule(period.zone().getId(), List.of(period.window()), Schedule.When.OUTSIDE);
        Policy policy = hold.policy(schedule, null);
        String words = "Changed only " + RuleWords.windows(schedule) + ": " + RuleWords.what(policy.selector());
        hold.store(session, policy, words);
        return Exit.OK;
    }
}
