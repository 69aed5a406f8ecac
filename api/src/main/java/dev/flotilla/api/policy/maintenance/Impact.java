package dev.flotilla.api.policy.maintenance;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/**
 * What is done to a machine.
 *
 * @param estimatedDuration for one machine; an estimate, not a promise
 */
public record Impact(@NotNull Kind kind, @NotNull Duration estimatedDuration) {
    /** From the lightest to the heaviest. */
    public enum Kind {
        /** The service's process is replaced; the machine and everything else on it stays. */
        RESTART,
        /** The machine is restarted. */
        REBOOT,
        /** The machine is set up anew: what it stores is lost. */
        REPAVE
    }
}
