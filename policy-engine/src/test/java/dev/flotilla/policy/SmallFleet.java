package dev.flotilla.policy;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.api.upload.Version;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Machines m1 of tenant acme and m2 in (east, web) of region r1, and the service hello. It answers what policies are checked against, and nothing else. */
public final class SmallFleet {
    private static final List<Machine> MACHINES = List.of(
            new Machine("m1", "east", "web", "fd1", "r1", "http://10.0.0.1:8084", "acme"),
            new Machine("m2", "east", "web", "fd2", "r1", "http://10.0.0.2:8084"));

    /** Whether the other services can be reached. */
    public volatile boolean answers = true;

    DeviceApi devices() {
        return proxy(DeviceApi.class);
    }

    UploadApi uploads() {
        return proxy(UploadApi.class);
    }

    @SuppressWarnings("ReferenceEquality") // a proxy has no other equality
    private <T> T proxy(Class<T> api) {
        return api.cast(Proxy.newProxyInstance(
                api.getClassLoader(), new Class<?>[] {api}, (self, method, given) -> switch (method.getName()) {
                    case "machine" -> machine((String) given[0]);
                    case "machines" -> machines(given);
                    case "versions" -> versions((String) given[0]);
                    case "toString" -> api.getSimpleName();
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == given[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }

    private void reach() {
        if (!answers) {
            throw new RemoteUnavailable("device-manager", "connection refused", new IOException("refused"));
        }
    }

    private Machine machine(String name) {
        reach();
        return MACHINES.stream()
                .filter(machine -> machine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RemoteProblem(
                        "device-manager", new Problem(null, "Not Found", 404, "no machine", null, List.of())));
    }

    private Page<Machine> machines(@Nullable Object[] given) {
        reach();
        return new Page<>(
                MACHINES.stream()
                        .filter(machine -> fits(given[0], machine.environment())
                                && fits(given[1], machine.machineFunction())
                                && fits(given[3], machine.region()))
                        .toList(),
                null);
    }

    private static boolean fits(@Nullable Object wanted, String is) {
        return wanted == null || Objects.equals(wanted, is);
    }

    /** How many there are is all that is asked. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private Page<Version> versions(String service) {
        reach();
        return new Page(service.equals("hello") ? List.of("1.0") : List.of(), null);
    }
}
