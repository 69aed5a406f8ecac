package dev.flotilla.api.device;

import java.util.Set;

/** How far a repair is. {@link #next} is the table of all transitions; there are no others. */
public enum RepairState {
    /** Wanted by somebody. Holds nothing. */
    REQUESTED,
    /** Somebody with the right to it agreed. Holds nothing yet. */
    APPROVED,
    /** Work goes on: the machine is unavailable, and nobody else may work on it. Has a lease. */
    ACTIVE,
    /** The work is done and is being looked at. Holds what {@link #ACTIVE} holds, under the same lease. */
    VERIFYING,
    /** Ended well. */
    DONE,
    /** Ended without success. */
    FAILED,
    /** Ended by itself: its holder did not renew the lease in time. After a REBOOT or REPAVE the machine is {@link Health#FAILING}. */
    EXPIRED,
    /** Ended before it was through, or never begun: called off by a person, or the machine was retired. */
    CANCELLED;

    /** The states that may follow this one; none for those that are ends. */
    public Set<RepairState> next() {
        return switch (this) {
            case REQUESTED -> Set.of(APPROVED, CANCELLED);
            case APPROVED -> Set.of(ACTIVE, CANCELLED);
            case ACTIVE -> Set.of(VERIFYING, DONE, FAILED, EXPIRED, CANCELLED);
            case VERIFYING -> Set.of(DONE, FAILED, EXPIRED, CANCELLED);
            case DONE, FAILED, EXPIRED, CANCELLED -> Set.of();
        };
    }

    /** True while the repair has its machine: {@link #ACTIVE} or {@link #VERIFYING}. */
    public boolean live() {
        return this == ACTIVE || this == VERIFYING;
    }

    /** True for the states that nothing follows. */
    public boolean ended() {
        return next().isEmpty();
    }
}
