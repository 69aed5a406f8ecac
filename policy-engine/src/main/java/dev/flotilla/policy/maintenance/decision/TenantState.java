package dev.flotilla.policy.maintenance.decision;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument.State;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is known of a tenant's maintenance.
 *
 * @param incarnation of what the tenant sees
 * @param jobs by id: those it is asked about, and those that ended lately
 * @param queue ids of jobs that wait for their turn, and when they were first and last heard of
 * @param halts the tenant's last word on jobs that have ended: it holds if they come back
 */
public record TenantState(
        long incarnation, SortedMap<String, Job> jobs, SortedMap<String, Queued> queue, SortedMap<String, Halt> halts) {

    public TenantState {
        jobs = Collections.unmodifiableSortedMap(new TreeMap<>(jobs));
        queue = Collections.unmodifiableSortedMap(new TreeMap<>(queue));
        halts = Collections.unmodifiableSortedMap(new TreeMap<>(halts));
    }

    /** A job that waits for its turn. */
    public record Queued(Instant since, Instant heardAt) {}

    /** A job that was suspended or alerted when its rollout fell silent, or that was cancelled for good. */
    public record Halt(State state, String reason, Instant at) {}

    /** Of a tenant that was never asked anything. */
    public static TenantState empty() {
        return new TenantState(0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }
}
