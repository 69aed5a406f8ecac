package dev.flotilla.api.device;

import java.time.Instant;
import java.util.List;

/** A repair and how it came to be where it is, the oldest first. */
public record RepairDetail(Repair repair, List<Transition> history) {

    /**
     * A step into a state.
     *
     * @param by who took it; {@code device-manager} for what happens by itself
     */
    public record Transition(RepairState state, Instant at, String by, String reason) {}
}
