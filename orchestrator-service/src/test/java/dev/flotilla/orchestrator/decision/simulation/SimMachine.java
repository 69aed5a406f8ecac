package dev.flotilla.orchestrator.decision.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A machine: where it stands, whose it is, and what is on it. */
final class SimMachine {
    final String name;
    String group;
    final String faultDomain;
    final @Nullable String tenant;
    final Map<String, SimService> services = new LinkedHashMap<>();
    /** How wrong its clock is. */
    Duration skew = Duration.ZERO;

    boolean up = true;
    int downFor;
    /** True while it is under a repave; it comes back empty. */
    boolean repaved;

    boolean rebooting;
    boolean retired;
    /** When it came to where it stands, or was retired. */
    Instant since = Instant.EPOCH;

    Instant lastReport;

    SimMachine(String name, String group, String faultDomain, @Nullable String tenant, Instant now) {
        this.name = name;
        this.group = group;
        this.faultDomain = faultDomain;
        this.tenant = tenant;
        this.lastReport = now;
    }

    SimService service(String service) {
        return services.computeIfAbsent(service, name -> new SimService(this, name));
    }

    Instant clock(Instant now) {
        return skew.isZero() ? now : now.plus(skew);
    }

    boolean changing() {
        for (SimService service : services.values()) {
            if (service.changing()) {
                return true;
            }
        }
        return false;
    }

    /** True where the registry knows of a service on it that is down. */
    boolean knownToBeDown() {
        return services.values().stream().anyMatch(SimService::knownToBeDown);
    }

    /**
     * True while it is down, or about to be, for something that was decided: by its agent's and its own word, whatever the books say.
     *
     * @param mayBeDown whether a service of it is, or may come, down for a change
     */
    boolean taken(Predicate<SimService> mayBeDown) {
        return !retired && (repaved || rebooting || services.values().stream().anyMatch(mayBeDown));
    }

    /** @param anew true where it is installed anew for it; it stays as it is otherwise */
    void move(String to, boolean anew, Instant now) {
        group = to;
        if (anew) {
            services.values().forEach(SimService::forget);
        }
        since = now;
    }

    void retire(Instant now) {
        retired = true;
        since = now;
    }
}
