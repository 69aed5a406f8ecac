package dev.flotilla.agent.decision;

import org.jspecify.annotations.Nullable;

/** What the probe of a running process says. */
public sealed interface Health {
    /** It has no probe: being up is enough. */
    record Unprobed() implements Health {}

    /** It has not passed its probe yet. */
    record Pending(@Nullable String lastFailure) implements Health {}

    record Healthy() implements Health {}

    /** It has failed its probe as often as it may. */
    record Unhealthy(String reason) implements Health {}
}
