package dev.flotilla.api.policy;

import dev.flotilla.api.PlaceName;
import dev.flotilla.api.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * What a policy is about: exact names, all those given must match. At least one name is given, or {@code all} is
 * true; otherwise it is a 400.
 *
 * @param all true for everything; no name may be given then
 */
public record Selector(
        @Nullable @ServiceName String service,
        @Nullable @PlaceName String environment,
        @Nullable @PlaceName String machineFunction,
        @Nullable @PlaceName String region,
        @Nullable @PlaceName String tenant,
        @Nullable @PlaceName String machine,
        @Nullable Boolean all) {

    /** Everything there is. */
    public static Selector everything() {
        return new Selector(null, null, null, null, null, null, true);
    }

    /** All changes of a service. */
    public static Selector ofService(String service) {
        return new Selector(service, null, null, null, null, null, null);
    }

    /** All machines of an environment. */
    public static Selector ofEnvironment(String environment) {
        return new Selector(null, environment, null, null, null, null, null);
    }

    /** One machine. */
    public static Selector ofMachine(String machine) {
        return new Selector(null, null, null, null, null, machine, null);
    }

    /** All machines of a tenant. */
    public static Selector ofTenant(String tenant) {
        return new Selector(null, null, null, null, tenant, null, null);
    }
}
