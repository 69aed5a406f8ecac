package dev.flotilla.console.machine;

import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
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
    private final DeviceApi devices;
    private final RegistryApi registry;
    private final MachineCare care;
    private final ServiceStates states;
    private final Questions questions;

    MachinePanels(
            DeviceApi devices, RegistryApi registry, MachineCare care, ServiceStates states, Questions questions) {
        this.devices = devices;
        this.registry = registry;
        this.care = care;
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
        MachineStatus known = status.orNull();
        Machine machine = place.orNull();
        List<RunningService> running = known == null ? List.of() : known.services();
        List<String> troubles = new ArrayList<>(Stream.of(place, status)
                .map(Asked::failure)
                .filter(Objects::nonNull)
                .toList());
        List<ServiceState> services = states.of(name, machine, running, troubles);
        List<Fact> facts = facts(machine, status);
        facts.addAll(care.facts(name, troubles));
        return new Asked.Answer<>(new MachinePanel(
                name,
                "/machines/" + name + "/facts" + scope.query(),
                "/" + scope.query(),
                known != null && known.lost(),
                facts,
                care.optOuts(name, troubles),
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
            facts.add(new Fact("Tenant", Objects.requireNonNullElse(machine.tenant(), "none")));
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
}
