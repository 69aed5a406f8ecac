package dev.flotilla.console.why;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.Prospect;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.console.watch.Fact;
import dev.flotilla.console.watch.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why something is where it is.
 *
 * @param title what it is, or where it stands
 * @param facts whose rule, who has a say, since when, until when, what would bring it on: as much as is known
 */
public record Why(String title, String reason, List<Fact> facts) {
    public Why {
        reason = Times.readable(reason);
        facts = facts.stream()
                .map(fact -> new Fact(fact.name(), Times.readable(fact.value())))
                .toList();
    }

    /** Where a machine stands in a deployment. */
    public static Why of(DeploymentProgress deployment, MachineProgress machine) {
        Why why = of(
                words(machine.phase()),
                machine.reason(),
                machine.rule(),
                machine.by(),
                machine.since(),
                machine.until(),
                machine.unblock());
        Prospect then = machine.then();
        return why.with(then == null ? List.of() : List.of(new Fact("Then", then(then))))
                .with(List.of(
                        new Fact("Attempts", String.valueOf(machine.attempts())),
                        new Fact(
                                "Deployment",
                                deployment.id() + " of " + deployment.version() + ", "
                                        + deployment.state().words(deployment.reason()))));
    }

    /** The machines of a wait. */
    public static Why of(Wait wait) {
        int more = wait.machines() - wait.examples().size();
        return of(
                        wait.machines() + (wait.machines() == 1 ? " machine " : " machines ") + words(wait.phase()),
                        wait.reason(),
                        wait.rule(),
                        wait.by(),
                        wait.since(),
                        wait.until(),
                        wait.unblock())
                .with(List.of(new Fact(
                        "Machines", String.join(", ", wait.examples()) + (more > 0 ? " and " + more + " more" : ""))));
    }

    /** A rollout as a whole. */
    public static Why of(RolloutExplanation rollout) {
        List<Fact> facts = new ArrayList<>();
        add(facts, "By", rollout.by() == null ? null : rollout.by().words());
        add(facts, "Since", at(rollout.since()));
        add(facts, "Changing", rollout.faultDomain() == null ? null : "fault domain " + rollout.faultDomain());
        Wait foremost = rollout.foremost();
        if (foremost != null && rollout.state() == DeploymentState.ROLLING_OUT) {
            add(facts, "Held by", names(foremost) + ": " + foremost.reason());
        }
        add(facts, "Unblock", rollout.unblock());
        rollout.then()
                .forEach(wait -> add(
                        facts,
                        "Then",
                        names(wait) + (wait.phase() == MachinePhase.EXCUSED ? " would be passed by: " : " would wait: ")
                                + wait.reason() + ". It takes: " + wait.unblock()));
        return new Why(words(rollout.state()), rollout.reason(), List.copyOf(facts));
    }

    /** What would hold a machine if its rollout, which is stopped, went on. */
    private static String then(Prospect then) {
        return "it would " + (then.phase() == MachinePhase.EXCUSED ? "be passed by: " : "wait: ") + then.reason()
                + (then.by() == null ? "" : ", by " + then.by().words()) + ". It takes: " + then.unblock();
    }

    private static String names(Wait wait) {
        int more = wait.machines() - Math.min(3, wait.examples().size());
        return String.join(", ", wait.examples().stream().limit(3).toList())
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** Rule, who has a say, since and until when, in one line. */
    public static String line(String rule, @Nullable Authority by, @Nullable Instant since, @Nullable Instant until) {
        return Times.readable(Stream.of(
                        "Rule " + rule,
                        by == null ? null : "by " + by.words(),
                        since == null ? null : "since " + at(since),
                        until == null ? null : "until " + at(until))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", ")));
    }

    private static Why of(
            String title,
            String reason,
            String rule,
            @Nullable Authority by,
            @Nullable Instant since,
            @Nullable Instant until,
            String unblock) {
        List<Fact> facts = new ArrayList<>();
        add(facts, "Rule", rule);
        add(facts, "By", by == null ? null : by.words());
        add(facts, "Since", at(since));
        add(facts, "Until", at(until));
        add(facts, "Unblock", unblock);
        return new Why(title, reason, List.copyOf(facts));
    }

    private Why with(List<Fact> more) {
        return new Why(
                title, reason, Stream.concat(facts.stream(), more.stream()).toList());
    }

    private static void add(List<Fact> facts, String name, @Nullable String value) {
        if (value != null) {
            facts.add(new Fact(name, value));
        }
    }

    private static @Nullable String at(@Nullable Instant moment) {
        return moment == null ? null : Times.at(moment);
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
