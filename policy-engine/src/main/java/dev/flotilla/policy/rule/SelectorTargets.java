package dev.flotilla.policy.rule;

import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.policy.Selector;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import dev.flotilla.platform.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whether what a selector names is there. A policy must be storable in an emergency: where the services that know do not answer, it is taken as it
 * is. Tenants are not looked up: one may be named before it owns anything.
 */
@Component
class SelectorTargets {
    private static final Logger log = LoggerFactory.getLogger(SelectorTargets.class);

    private final DeviceApi devices;
    private final UploadApi uploads;

    SelectorTargets(DeviceApi devices, UploadApi uploads) {
        this.devices = devices;
        this.uploads = uploads;
    }

    /** A 422 problem that names the fields where nothing matches. */
    void require(Selector selector) {
        try {
            nothing(selector).ifPresent(field -> {
                throw ProblemException.unprocessable(
                        "The selector matches nothing: " + field.what()
                                + ". Where that is meant, say \"mayMatchNothing\": true (--may-match-nothing).",
                        List.of(ProblemException.error(field.name(), "matches nothing", field.value())));
            });
        } catch (RemoteUnavailable | RemoteProblem e) {
            log.warn(
                    "Whether the selector {} matches anything could not be asked, so it is taken as it is: {}",
                    selector,
                    e.getMessage());
        }
    }

    private record Field(String name, @Nullable String value, String what) {}

    private Optional<Field> nothing(Selector selector) {
        return noMachine(selector).or(() -> noPlace(selector)).or(() -> noService(selector));
    }

    private Optional<Field> noMachine(Selector selector) {
        String name = selector.machine();
        if (name == null) {
            return Optional.empty();
        }
        try {
            Machine machine = devices.machine(name);
            return Stream.of(
                            elsewhere("environment", selector.environment(), machine.environment()),
                            elsewhere("machineFunction", selector.machineFunction(), machine.machineFunction()),
                            elsewhere("region", selector.region(), machine.region()),
                            elsewhere("tenant", selector.tenant(), machine.tenant()))
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (RemoteProblem e) {
            if (e.status() != 404) {
                throw e;
            }
            return Optional.of(new Field("selector.machine", name, "there is no machine '" + name + "'"));
        }
    }

    private static Optional<Field> elsewhere(String field, @Nullable String wanted, @Nullable String is) {
        return wanted == null || wanted.equals(is)
                ? Optional.empty()
                : Optional.of(new Field(
                        "selector." + field,
                        wanted,
                        "the machine's " + field + " is " + (is == null ? "none" : "'" + is + "'") + ", not '" + wanted
                                + "'"));
    }

    private Optional<Field> noPlace(Selector selector) {
        if (selector.machine() != null
                || (selector.environment() == null
                        && selector.machineFunction() == null
                        && selector.region() == null)) {
            return Optional.empty();
        }
        if (!devices.machines(selector.environment(), selector.machineFunction(), null, selector.region(), 1, null)
                .items()
                .isEmpty()) {
            return Optional.empty();
        }
        String field = selector.environment() != null
                ? "environment"
                : selector.machineFunction() != null ? "machineFunction" : "region";
        String value = Objects.requireNonNullElse(
                selector.environment(),
                Objects.requireNonNullElse(selector.machineFunction(), String.valueOf(selector.region())));
        return Optional.of(new Field("selector." + field, value, "no machine is there"));
    }

    private Optional<Field> noService(Selector selector) {
        String service = selector.service();
        if (service == null || !uploads.versions(service, 1, null).items().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Field("selector.service", service, "the service '" + service + "' has no version"));
    }
}
