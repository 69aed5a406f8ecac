package dev.flotilla.cli.policyagent;

import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.time.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The rules that {@code --approve} names. */
final class Rules {
    private static final String USAGE =
            "--approve takes: always | by-hand | hours 22:00-04:00 Europe/Berlin | command 'CMD' | delay 10m";

    private Rules() {}

    static Rule parse(List<String> words) {
        return switch (words.getFirst() + "/" + words.size()) {
            case "always/1" -> (job, step, now) -> new Opinion.Acknowledge();
            case "by-hand/1" -> (job, step, now) -> new Opinion.NotYet("it is answered by hand");
            case "hours/2" -> hours(words.get(1), ZoneId.systemDefault());
            case "hours/3" -> hours(words.get(1), zone(words.get(2)));
            case "command/2" -> new CommandRule(new LocalCommand(words.get(1)));
            case "delay/2" -> delay(duration(words.get(1)));
            case "command/1" -> throw needs("command", "what to run: --approve command './drain.sh'");
            case "hours/1" -> throw needs("hours", "which: --approve hours 22:00-04:00 Europe/Berlin");
            case "delay/1" -> throw needs("delay", "by how much: --approve delay 10m");
            default -> throw usage(String.join(" ", words));
        };
    }

    /** The end of an impact where nothing checks it: what was drained or put off need not be again. */
    static Rule end(List<String> words) {
        return switch (words.getFirst()) {
            case "command", "delay" -> (job, step, now) -> new Opinion.Acknowledge();
            default -> parse(words);
        };
    }

    /** The end of an impact: all is well, or what the command says. */
    static Rule check(String command) {
        LocalCommand check = new LocalCommand(command);
        return (job, step, now) -> {
            int exit = check.run(job, step);
            return exit == 0
                    ? new Opinion.Acknowledge()
                    : new Opinion.Alert("the check '" + command + "' exited with " + exit);
        };
    }

    private static Rule hours(String text, ZoneId zone) {
        String[] ends = text.split("-", -1);
        if (ends.length != 2) {
            throw usage(text);
        }
        LocalTime from = time(ends[0]);
        LocalTime to = time(ends[1]);
        return (job, step, now) -> {
            LocalTime wall = now.atZone(zone).toLocalTime();
            boolean overMidnight = to.isBefore(from);
            boolean in = overMidnight
                    ? !wall.isBefore(from) || wall.isBefore(to)
                    : !wall.isBefore(from) && wall.isBefore(to);
            return in
                    ? new Opinion.Acknowledge()
                    : new Opinion.NotYet("it is " + wall + " in " + zone + ", not " + text);
        };
    }

    private static Rule delay(Duration by) {
        return (job, step, now) -> {
            if (step.delayedUntil() == null && !job.delayLeft().isZero()) {
                return new Opinion.Delay(by.compareTo(job.delayLeft()) > 0 ? job.delayLeft() : by);
            }
            return now.isBefore(step.since().plus(by))
                    ? new Opinion.NotYet("it was delayed by " + Durations.text(by))
                    : new Opinion.Acknowledge();
        };
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw usage(text);
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw usage(text);
        }
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Durations.parse(text);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw usage(text);
    }

    private static CliFailure needs(String rule, String what) {
        return new CliFailure(Exit.USAGE, "'" + rule + "' must be told " + what);
    }

    private static CliFailure usage(String given) {
        return new CliFailure(Exit.USAGE, "'" + given + "' was not understood. " + USAGE);
    }
}
