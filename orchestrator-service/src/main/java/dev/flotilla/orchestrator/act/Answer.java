package dev.flotilla.orchestrator.act;

/** What came back when an order was sent. */
sealed interface Answer {
    /** The agent has it. */
    record Accepted() implements Answer {}

    /** The agent will never take it: it is of no use to send it again. */
    record Refused(String reason) implements Answer {}

    /** It is not known whether the agent has it. */
    record None(String reason) implements Answer {}

    /** It was not sent: the decision behind it does not stand any more. */
    record Stale() implements Answer {}

    /** The agent knows a newer epoch or revision: whoever sent this must not go on. */
    record Outdated(String reason) implements Answer {}
}
