package dev.flotilla.orchestrator.progress;

/** Whether a rollout that is stopped can be rolled back. */
enum GoingBack {
    /** There is nothing to go back to: it would be refused. */
    NOWHERE,
    POSSIBLE,
    /** It is rolled back already. */
    ASKED
}
