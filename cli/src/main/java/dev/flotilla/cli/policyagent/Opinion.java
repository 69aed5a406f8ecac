package dev.flotilla.cli.policyagent;

import java.time.Duration;

/** What a rule says of a step, for now. */
sealed interface Opinion {
    /** Answer it. */
    record Acknowledge() implements Opinion {}

    /** Something is wrong. */
    record Alert(String reason) implements Opinion {}

    /** Ask for more time. */
    record Delay(Duration by) implements Opinion {}

    /** Say nothing, and look again soon. */
    record NotYet(String reason) implements Opinion {}
}
