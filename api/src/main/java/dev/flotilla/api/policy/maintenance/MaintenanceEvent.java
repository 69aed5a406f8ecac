package dev.flotilla.api.policy.maintenance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in a tenant's maintenance. Never changed.
 *
 * @param by whose doing it was: a tenant, a service, an operator, or {@code policy-engine} where time did it
 * @param what in words
 * @param answer what the tenant said; null where it is nobody's answer
 * @param incarnation of the document afterwards
 */
public record MaintenanceEvent(
        long sequence,
        String tenant,
        @Nullable String job,
        @Nullable Integer step,
        String what,
        MaintenanceAnswers.@Nullable Kind answer,
        String by,
        Instant at,
        long incarnation) {}
