package dev.flotilla.console.machine;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.PolicyApi;
import dev.flotilla.api.registry.MachineStatus;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.console.fleet.Scope;
import dev.flotilla.console.machine.MachinePanel.LogLink;
import dev.flotilla.console.machine.MachinePanel.ServiceState;
import dev.flotilla.console.watch.Asked;
import dev.flotilla.console.watch.Fact;
import dev.flotilla.console.watch.Questions;
import dev.flotilla.console.watch.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the panel of a machine, asking the services on behalf of the viewer. A service that does not answer leaves a gap that says so. */
@Component
public class MachinePanels {
    private static final int OPT_OUTS = 1000;

    private final DeviceApi devices;
    private final RegistryApi registry;
    private final PolicyApi policy;
    private final ServiceStates states;
    private final Questions questions;

    MachinePanels(
            DeviceApi devices, RegistryApi registry, PolicyApi policy, ServiceStates states, Questions questions) {
        this.devices = devices;
        this.registry = registry;
        this.policy = policy;
        this.states = states;
        this.questions = questions;
    }

    /** The panel; {@link Asked.Missing} for a machine that neither device-manager nor the registry knows. */
    public Asked<MachinePanel> panel(String name, Scope scope) {
        Asked<Machine> place = questions.ask("device-manager", "The place of " + name, () -> devices.machine(name));
        Asked<MachineStatus> status =
                questions.ask("version-registry-service", "What runs on " + name, () -> registry.machine(name));
        if (place instanceof Asked.Missing && status instanceof Asked.Missing) {
            return new Asked.Missing<>();
        }
        Asked<List<String>> optOuts =
                questions.ask("policy-engine", "Whether " + name + " is opted out", () -> optOuts(name));
        MachineStatus known = status.orNull();
        Machine machine = place.orNull();
        List<RunningService> running = known == null ? List.of() : known.services();
        List<String> troubles = new ArrayList<>(Stream.of(place, status, optOuts)
                .map(Asked::failure)
                .filter(Objects::nonNull)
                .toList());
        List<ServiceState> services = states.of(name, machine, running, troubles);
        List<String> held = optOuts.orNull();
        return new Asked.Answer<>(new MachinePanel(
                name,
                "/machines/" + name + "/facts" + scope.query(),
                "/" + scope.query(),
                known != null && known.lost(),
                facts(machine, status),
                held == null ? List.of() : held,
                troubles,
                services,
                running.stream()
                        .filter(service -> service.version() != null)
                        .map(service -> new LogLink(
                                service.service(), "/machines/" + name + "/services/" + service.service() + "/log"))
                        .toList()));
    }

    private static List<Fact> facts(@Nullable Machine machine, Asked<MachineStatus> status) {
        List<Fact> facts = new ArrayList<>();
        if (machine != null) {
            facts.add(new Fact("Environment", machine.environment() + ", region " + machine.region()));
            facts.add(new Fact("Machine function", machine.machineFunction()));
            facts.add(new Fact("Fault domain", machine.faultDomain()));
            facts.add(new Fact("Agent", machine.address()));
        }
        switch (status) {
            case Asked.Answer<MachineStatus>(MachineStatus known) ->
                facts.add(new Fact("Last seen", Times.at(known.lastSeen())));
            case Asked.Missing<MachineStatus>() -> facts.add(new Fact("Last seen", "never: it has not reported yet"));
            case Asked.Failed<MachineStatus>(String reason) -> facts.add(new Fact("Last seen", "not known now"));
        }
        return facts;
    }

    private List<String> optOuts(String machine) {
        List<String> found = new ArrayList<>();
        String next = null;
        do {
            Page<OptOut.Stored> page = policy.optOuts(OPT_OUTS, next);
            page.items().stream()
                    .filter(stored -> stored.optOut().machine() == null
                            || stored.optOut().machine().equals(machine))
                    .map(MachinePanels::words)
                    .forEach(found::add);
            next = page.nextCursor();
        } while (next != null);
        return found;
    }

    private static String words(OptOut.Stored stored) {
        OptOut optOut = stored.optOut();
        return "Opted out"
                + (optOut.service() == null ? "" : " of " + optOut.service())
                + (optOut.machine() == null ? " on all machines" : "")
                + (optOut.until() == null ? "" : " until " + Times.at(optOut.until()))
                + " by " + stored.createdBy() + ": " + optOut.reason() + " (" + stored.name() + ")";
    }
}
