package dev.flotilla.cli.deploy;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.cli.terminal.MachineRanges;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Output;
import dev.flotilla.cli.terminal.ProgressBar;
import dev.flotilla.cli.terminal.Quantities;
import dev.flotilla.cli.terminal.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows a deployment as it goes on: one line that changes on a terminal, a line for each change elsewhere, and only the end as JSON. */
public final class ProgressView {
    private static final int REASONS = 3;
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(1);

    private final Output output;
    private @Nullable DeploymentProgress last;
    private @Nullable Counts shown;
    private long shownAt;

    public ProgressView(Output output) {
        this.output = output;
    }

    public synchronized void show(DeploymentProgress progress) {
        last = progress;
        if (output.json()) {
            return;
        }
        if (output.terminal()) {
            output.overwrite(line(progress), words(progress));
        } else if (!progress.counts().equals(shown)
                && (shown == null || System.nanoTime() - shownAt > PLAIN_INTERVAL.toNanos())) {
            output.line(line(progress));
            shown = progress.counts();
            shownAt = System.nanoTime();
        }
    }

    /** Something to know about it while it goes on. */
    synchronized void tell(Text text) {
        if (output.json()) {
            return;
        }
        if (output.terminal()) {
            output.overwrite("", "");
        }
        output.line(text);
        if (output.terminal() && last != null) {
            output.overwrite(line(last), words(last));
        }
    }

    /** The end of it. */
    public synchronized void end(DeploymentProgress progress) {
        end(progress, List.of());
    }

    /** @param aside the machines that a complete one went on without */
    synchronized void end(DeploymentProgress progress, List<MachineProgress> aside) {
        if (output.terminal()) {
            output.overwrite(line(progress), words(progress));
            output.line("");
        }
        output.result(progress, Text.of(new Moments(Instant.now()).readable(summary(progress, aside))));
    }

    static String line(DeploymentProgress progress) {
        return name(progress) + "  "
                + ProgressBar.of(progress.counts().running(), progress.counts().total())
                + " " + counts(progress.counts());
    }

    /** The line without its bar. */
    static String words(DeploymentProgress progress) {
        return name(progress) + ": " + counts(progress.counts());
    }

    private static String name(DeploymentProgress progress) {
        return progress.id() + " " + progress.service() + " " + progress.version();
    }

    private static String counts(Counts counts) {
        List<String> parts = new ArrayList<>();
        add(parts, counts.waiting(), "waiting");
        add(parts, counts.fetching(), "fetching");
        add(parts, counts.switching(), "switching");
        add(parts, counts.failed(), "failed");
        add(parts, counts.excused(), "excused");
        add(parts, counts.superseded(), "superseded");
        return done(counts) + (parts.isEmpty() ? "" : "; " + String.join(", ", parts));
    }

    /** How many machines have it: {@code 50 of 100 run it}. */
    static String done(Counts counts) {
        return counts.total() > 0 && counts.superseded() == counts.total()
                ? "all its machines are another deployment's now"
                : counts.running() + " of " + counts.total() + (counts.running() == 1 ? " runs it" : " run it");
    }

    private static void add(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    /** How a deployment stands, in words. */
    public static String summary(DeploymentProgress progress) {
        return summary(progress, List.of());
    }

    /** @param aside the machines that a complete one went on without, as far as they are known */
    static String summary(DeploymentProgress progress, List<MachineProgress> aside) {
        String what = "Deployment " + progress.id() + " of " + progress.service() + " " + progress.version();
        if (progress.rolledBack() && progress.state() != DeploymentState.ROLLING_OUT) {
            return what
                    + (progress.reason() == null ? " is rolled back." : " was stopped for good: " + progress.reason())
                    + "\n" + wayBack(progress);
        }
        return switch (progress.state()) {
            case ROLLING_OUT -> what + " is rolling out.";
            case COMPLETE -> what + complete(progress) + aside(progress.counts(), aside);
            case HALTED ->
                what + (progress.state().paused(progress.reason()) ? " is " : " is halted: ") + progress.reason()
                        + "\n'./flotilla explain " + progress.id()
                        + "' says more; './flotilla resume " + progress.id()
                        + " --reason ...' lets it go on, and './flotilla roll-back "
                        + progress.id() + " --plan' shows what it could go back to.";
            case ABORTED -> what + " was ended: " + progress.reason();
            case SUPERSEDED -> what + " is superseded: newer deployments have taken over its machines.";
        };
    }

    static String wayBack(DeploymentProgress progress) {
        List<String> ways = progress.rolledBackBy();
        if (ways == null) {
            return "'./flotilla history " + progress.id()
                    + "' names the deployment that brings its machines back, if there is anything to go"
                    + " back to, and './flotilla explain' of that one what it waits for.";
        }
        String leftBehind = progress.leftBehind() == null ? "" : "\nBut " + progress.leftBehind() + ".";
        return (ways.isEmpty()
                        ? "There was nothing to go back to: its machines are left as they are."
                        : "Its machines go back with " + String.join(", ", ways) + ": "
                                + ways.stream()
                                        .map(way -> "'./flotilla watch " + way + "'")
                                        .collect(Collectors.joining(", "))
                                + (ways.size() == 1 ? " follows it." : " follow them."))
                + leftBehind;
    }

    private static String complete(DeploymentProgress progress) {
        int running = progress.counts().running();
        return running == 0 && progress.counts().total() > 0
                ? " is complete, but no machine runs it."
                : " is complete: " + Quantities.count(running, "machine") + (running == 1 ? " runs it, " : " run it, ")
                        + took(progress) + " after the request.";
    }

    private static String took(DeploymentProgress progress) {
        Instant end = progress.completedAt() == null ? Instant.now() : progress.completedAt();
        return Quantities.seconds(Duration.between(progress.declaredAt(), end));
    }

    /** How many it went on without, and the foremost reasons why. */
    private static String aside(Counts counts, List<MachineProgress> aside) {
        String failed = counts.failed() == 0 ? "" : " " + counts.failed() + " failed" + why(aside, MachinePhase.FAILED);
        String excused = counts.excused() == 0
                ? ""
                : " " + counts.excused() + (counts.excused() == 1 ? " was" : " were") + " passed by"
                        + why(aside, MachinePhase.EXCUSED);
        return failed + excused;
    }

    private static String why(List<MachineProgress> aside, MachinePhase phase) {
        List<MachineGroups.Group> groups =
                MachineGroups.of(aside.stream()
                                .filter(machine -> machine.phase() == phase)
                                .toList())
                        .stream()
                        .sorted(Comparator.comparing(group -> -group.machines().size()))
                        .toList();
        if (groups.isEmpty()) {
            return ".";
        }
        String reasons = groups.stream()
                .limit(REASONS)
                .map(group -> MachineRanges.of(group.machines().stream()
                                .map(MachineProgress::machine)
                                .toList())
                        + ", " + group.first().reason() + " (" + group.first().rule() + ")")
                .collect(Collectors.joining("; "));
        return ": " + reasons + (groups.size() > REASONS ? "; ..." : "") + ".";
    }
}
