package dev.flotilla.orchestrator.consultation;

import dev.flotilla.orchestrator.decision.OrderRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The repairs that device-manager granted to rollouts. What is only held on to is renewed when half of its lease is over. */
public final class Leases {
    private record Lease(String repair, Instant renewAt) {}

    private final Map<String, Map<String, Lease>> byRollout = new ConcurrentHashMap<>();

    void granted(String rollout, String machine, String repair, Instant askedAt, Duration lease) {
        byRollout.compute(rollout, (id, leases) -> {
            Map<String, Lease> all = leases == null ? new ConcurrentHashMap<>() : leases;
            all.put(machine, new Lease(repair, askedAt.plus(lease.dividedBy(2))));
            return all;
        });
    }

    /** The repair that a machine's order goes by, where it need not be renewed yet. */
    Optional<String> held(String rollout, @Nullable OrderRecord order, Instant now) {
        return order == null || renewAt(rollout, order, now).isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(order.repair());
    }

    /** The repair of the machine is given back. */
    public void closed(String rollout, String machine) {
        byRollout.computeIfPresent(rollout, (id, leases) -> {
            leases.remove(machine);
            return leases.isEmpty() ? null : leases;
        });
    }

    /** When the repair that a machine's order goes by must be renewed; empty where that is not known, or past. */
    Optional<Instant> renewAt(String rollout, OrderRecord order, Instant now) {
        Lease lease = byRollout.getOrDefault(rollout, Map.of()).get(order.machine());
        return lease != null && lease.repair().equals(order.repair()) && now.isBefore(lease.renewAt())
                ? Optional.of(lease.renewAt())
                : Optional.empty();
    }

    void forget(String rollout) {
        byRollout.remove(rollout);
    }
}
