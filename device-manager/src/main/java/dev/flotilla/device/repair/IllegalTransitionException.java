package dev.flotilla.device.repair;

import dev.flotilla.api.device.RepairState;
import java.util.stream.Collectors;

/** A repair can't come from one state into another. */
final class IllegalTransitionException extends RuntimeException {
    IllegalTransitionException(RepairState from, RepairState to) {
        super(
                from.ended()
                        ? "A repair that is " + from + " has ended and can't become " + to + "."
                        : "A repair that is " + from + " can't become " + to + ", only "
                                + from.next().stream()
                                        .filter(next -> next != RepairState.EXPIRED)
                                        .sorted()
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))
                                + ".");
    }
}
