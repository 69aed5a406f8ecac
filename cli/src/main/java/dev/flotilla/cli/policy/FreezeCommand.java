package dev.flotilla.cli.policy;

import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.RuleWords;
import dev.flotilla.api.policy.Schedule;
import dev.flotilla.api.policy.Schedule.Window;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code freeze}. */
@Command(
        name = "freeze",
        description = {
            "Holds all changes of something back, from now or for a time: they wait until it ends.",
            "",
            "For example:",
            "./flotilla freeze incident --environment prod-a --reason 'the database is down'",
            "./flotilla freeze xmas --all --from 2030-12-20T18:00 --to 2031-01-02T06:00 --zone Europe/Berlin --reason peak",
            "./flotilla freeze noon --service shop --from 11:00 --to 14:00 --zone Europe/Berlin --reason 'the busy hours'"
        })
public final class FreezeCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Session session;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Hold hold;

    @Option(names = "--for", paramLabel = "DURATION", description = "How long it lasts, such as 8h, instead of --to.")
    private @Nullable Duration length;

    @Override
    public Integer call() {
        Policy policy = policy(InstantSource.system().instant());
        hold.store(
                session,
                policy,
                "Frozen: " + RuleWords.what(policy.selector()) + ", "
                        + span(policy, hold.period().zone()));
        return Exit.OK;
    }

    private Policy policy(Instant now) {
        Period period = hold.period();
        if (period.daily()) {
            if (length != null) {
                throw period.usage("What comes again ends at a time of day: say --to 14:00, and leave --for out.");
            }
            return hold.policy(
                    new Schedule(period.zone().getId(), List.of(period.window()), Schedule.When.INSIDE), null);
        }
        LocalDateTime start = period.start(now);
        LocalDateTime wallNow = LocalDateTime.ofInstant(now, period.zone()).truncatedTo(ChronoUnit.SECONDS);
        LocalDateTime end = end(start == null ? wallNow : start, now);
        if (start == null) {
            return hold.policy(null, end == null ? null : period.moment(end));
        }
        if (end == null) {
            throw period.usage("Say when it ends: --to 2031-01-02T06:00, or --for 8h.");
        }
        Window window = Window.once(start, end);
        return hold.policy(
                new Schedule(period.zone().getId(), List.of(window), Schedule.When.INSIDE), period.moment(end));
    }

    private @Nullable LocalDateTime end(LocalDateTime start, Instant now) {
        Period period = hold.period();
        LocalDateTime end = period.end(start, now);
        if (length == null) {
            return end;
        }
        if (end != null || !length.isPositive()) {
            throw period.usage("Say --to, or --for with a duration above zero, such as --for 8h.");
        }
        return LocalDateTime.ofInstant(period.moment(start).plus(length), period.zone());
    }

    private static String span(Policy policy, ZoneId zone) {
        if (policy.schedule() != null) {
            return RuleWords.windows(policy.schedule());
        }
        Instant until = policy.until();
        return "from now until "
                + (until == null
                        ? "you end it"
                        : RuleWords.wall(LocalDateTime.ofInstant(until, zone)) + " " + zone + " (" + Until.of(until, "")
                                + ")");
    }
}
