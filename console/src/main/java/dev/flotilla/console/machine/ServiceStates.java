package dev.flotilla.console.machine;

import dev.flotilla.api.device.Machine;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.api.upload.Version;
import dev.flotilla.console.deployments.KnownDeployments;
import dev.flotilla.console.fleet.Slot;
import dev.flotilla.console.fleet.VersionSlots;
import dev.flotilla.console.machine.MachinePanel.ServiceState;
import dev.flotilla.console.watch.Asked;
import dev.flotilla.console.watch.Fact;
import dev.flotilla.console.watch.Questions;
import dev.flotilla.console.watch.Times;
import dev.flotilla.console.why.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How each service fares on a machine, those that are still to come included, and why. */
@Component
class ServiceStates {
    /** So many deployments of a service are asked for a machine, the newest first: the current one is among them. */
    private static final int DEPLOYMENTS = 5;

    private final OrchestratorApi orchestrator;
    private final UploadApi upload;
    private final KnownDeployments deployments;
    private final VersionSlots slots;
    private final Questions questions;

    ServiceStates(
            OrchestratorApi orchestrator,
            UploadApi upload,
            KnownDeployments deployments,
            VersionSlots slots,
            Questions questions) {
        this.orchestrator = orchestrator;
        this.upload = upload;
        this.deployments = deployments;
        this.slots = slots;
        this.questions = questions;
    }

    /**
     * By service name.
     *
     * @param place null where device-manager does not answer; then the reasons can't be asked
     * @param troubles what could not be asked is added here
     */
    List<ServiceState> of(
            String machine, @Nullable Machine place, List<RunningService> running, List<String> troubles) {
        Set<String> names = new TreeSet<>();
        running.forEach(service -> names.add(service.service()));
        deployments.latest().stream()
                .filter(deployment -> deployment.state() == DeploymentState.ROLLING_OUT
                        || deployment.state() == DeploymentState.HALTED)
                .forEach(deployment -> names.add(deployment.service()));
        List<ServiceState> states = new ArrayList<>();
        for (String name : names) {
            RunningService here = running.stream()
                    .filter(service -> service.service().equals(name))
                    .findFirst()
                    .orElse(null);
            List<Why> whys = place == null ? List.of() : why(name, machine, place, troubles);
            if (here != null || !whys.isEmpty()) {
                states.add(state(name, here, whys));
            }
        }
        return states;
    }

    private List<Why> why(String service, String machine, Machine place, List<String> troubles) {
        for (DeploymentProgress deployment :
                deployments.standing(service).stream().limit(DEPLOYMENTS).toList()) {
            String rollout = deployment.id() + "~" + place.environment() + "~" + place.machineFunction();
            Asked<MachineProgress> explanation = questions.ask(
                    "orchestrator-service",
                    "Why " + machine + " is where it is",
                    () -> orchestrator.explanation(rollout, machine));
            switch (explanation) {
                case Asked.Answer<MachineProgress>(MachineProgress progress) -> {
                    return List.of(Why.of(deployment, progress));
                }
                case Asked.Missing<MachineProgress>() -> {}
                case Asked.Failed<MachineProgress>(String reason) -> {
                    troubles.add(reason);
                    return List.of();
                }
            }
        }
        return List.of();
    }

    private ServiceState state(String name, @Nullable RunningService here, List<Why> whys) {
        if (here == null) {
            return new ServiceState(name, name, slots.none(), "not here yet", "", List.of(), whys);
        }
        String version = here.version();
        Slot slot = version == null ? slots.none() : slots.of(name, version);
        return new ServiceState(
                name,
                version == null ? name : name + " " + version,
                slot,
                words(here.state()),
                css(here.state()),
                facts(here),
                whys);
    }

    private List<Fact> facts(RunningService here) {
        List<Fact> facts = new ArrayList<>();
        if (here.since() != null) {
            facts.add(new Fact("Since", Times.at(here.since())));
        }
        facts.add(new Fact("Restarts", String.valueOf(here.restarts())));
        OrderProgress order = here.order();
        if (order != null) {
            facts.add(new Fact("Order", words(order.phase()) + ": " + order.version() + " (" + order.orderId() + ")"));
            if (order.reason() != null) {
                facts.add(new Fact("It failed", order.reason()));
            }
        }
        if (here.sha256() != null) {
            facts.add(new Fact("SHA-256", here.sha256()));
        }
        String version = here.version();
        if (version != null) {
            Asked<Version> build = questions.ask(
                    "upload-service",
                    "The origin of " + here.service() + " " + version,
                    () -> upload.version(here.service(), version));
            if (build instanceof Asked.Answer<Version>(Version known)) {
                facts.add(new Fact(
                        "Uploaded",
                        Times.at(known.uploadedAt()) + " by " + known.uploadedBy() + ", "
                                + String.format(
                                        Locale.ENGLISH, "%,d", known.payload().size()) + " bytes"));
            }
        }
        return facts;
    }

    private static String css(RunState state) {
        return switch (state) {
            case RUNNING -> "good";
            case CRASHED -> "bad";
            case STARTING, STOPPED -> "";
        };
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
