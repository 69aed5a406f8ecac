package dev.flotilla.cli.policy;

import dev.flotilla.api.MachineNames;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.MachineLookup;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.Outlook;
import dev.flotilla.cli.remote.Remote;
import dev.flotilla.cli.session.CliFailure;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.terminal.MachineRanges;
import dev.flotilla.cli.terminal.Moments;
import dev.flotilla.cli.terminal.Table;
import dev.flotilla.cli.terminal.Text;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code policies try}. */
@Command(
        name = "try",
        description = {
            "Asks whether machines may be changed now and which tenants are asked first, and changes nothing.",
            "",
            "For example: ./flotilla policies try hello 2.0-rc1 --machines m1..m20"
        })
final class TryCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private PoliciesCommand policies;

    @Parameters(paramLabel = "SERVICE", description = "The service.")
    @SuppressWarnings("NullAway.Init")
    private String service;

    @Parameters(paramLabel = "VERSION", description = "The version, uploaded or not.")
    @SuppressWarnings("NullAway.Init")
    private String version;

    @Option(
            names = "--machines",
            paramLabel = "M",
            split = ",",
            required = true,
            description = "Machines by name; m1..m100 stands for a hundred.")
    private List<String> machines = new ArrayList<>();

    /** What it came to. */
    private record Tried(List<Decision> decisions, @Nullable List<Outlook> outlooks, List<Say> tenants) {}

    private record Same(
            String effect,
            String reason,
            @Nullable String by,
            @Nullable Instant until,
            Outlook.@Nullable Change then) {}

    @Override
    public Integer call() {
        Remote remote = Remote.asOwner(policies.session());
        MachineLookup lookup =
                remote.devices().lookup(new MachineLookup.Request(List.copyOf(MachineNames.expand(machines))));
        if (!lookup.unknown().isEmpty()) {
            throw new CliFailure(
                    Exit.REFUSED,
                    lookup.unknown().size() + " of the machines don't exist: " + MachineRanges.of(lookup.unknown()));
        }
        warn(remote);
        List<DecisionRequest.Subject> subjects = lookup.machines().stream()
                .map(each -> new DecisionRequest.Subject(
                        each.name(),
                        each.environment(),
                        each.machineFunction(),
                        each.faultDomain(),
                        each.region(),
                        each.tenant()))
                .toList();
        Decisions decisions = remote.policies().preview(new DecisionRequest(service, version, subjects), true);
        List<Say> tenants = Say.about(considered(lookup.machines(), decisions), remote.maintenance(null));
        List<Text> texts = new ArrayList<>(List.of(table(decisions)));
        tenants.forEach(tenant -> texts.add(Text.of(tenant.words())));
        policies.session()
                .output()
                .result(new Tried(decisions.decisions(), decisions.outlooks(), tenants), Text.lines(texts));
        return Exit.OK;
    }

    /** Nobody is asked about what is passed by. */
    private static List<Machine> considered(List<Machine> machines, Decisions decisions) {
        Set<String> denied = decisions.decisions().stream()
                .filter(decision -> decision.effect() == Effect.DENY)
                .map(Decision::machine)
                .collect(Collectors.toSet());
        return machines.stream()
                .filter(machine -> !denied.contains(machine.name()))
                .toList();
    }

    /** Policies may be about what is not uploaded yet; a misspelt name would be answered just so. */
    private void warn(Remote remote) {
        if (remote.uploads().versions(service, 1, null).items().isEmpty()) {
            policies.session()
                    .output()
                    .note("Nothing of a service " + service + " was uploaded yet: is the name right?");
            return;
        }
        try {
            remote.uploads().version(service, version);
        } catch (RemoteProblem e) {
            if (e.status() != HttpStatus.NOT_FOUND.value()) {
                throw e;
            }
            policies.session()
                    .output()
                    .note("No version " + version + " of " + service
                            + " was uploaded yet: is it right? This says what would be so if it were.");
        }
    }

    private static Table table(Decisions decisions) {
        Map<String, Outlook.Change> next = new HashMap<>();
        Objects.requireNonNullElse(decisions.outlooks(), List.<Outlook>of()).forEach(outlook -> {
            if (!outlook.changes().isEmpty()) {
                outlook.machines()
                        .forEach(machine -> next.put(machine, outlook.changes().getFirst()));
            }
        });
        Map<Same, List<String>> groups = new LinkedHashMap<>();
        decisions
                .decisions()
                .forEach(each -> groups.computeIfAbsent(same(each, next.get(each.machine())), any -> new ArrayList<>())
                        .add(each.machine()));
        Table table = new Table("ANSWER", "MACHINES", "BY", "UNTIL", "THEN", "WHY");
        Moments moments = new Moments(InstantSource.system().instant());
        groups.forEach((same, names) -> table.row(
                same.effect(),
                MachineRanges.of(names),
                same.by() == null ? "-" : same.by(),
                until(same, moments),
                same.then() == null
                        ? "-"
                        : said(same.then().effect(), same.then().policy()),
                moments.readable(same.reason())));
        return table;
    }

    /** What is allowed has no end of its own but the beginning of what comes next. */
    private static String until(Same same, Moments moments) {
        Instant until = same.then() == null ? same.until() : same.then().at();
        return until == null ? "-" : moments.at(until);
    }

    private static String said(Effect effect, @Nullable String policy) {
        return word(effect) + (policy == null ? "" : " by " + policy);
    }

    private static String word(Effect effect) {
        return effect.name().toLowerCase(Locale.ROOT);
    }

    private static Same same(Decision decision, Outlook.@Nullable Change then) {
        return new Same(word(decision.effect()), decision.reason(), decision.policy(), decision.until(), then);
    }
}
