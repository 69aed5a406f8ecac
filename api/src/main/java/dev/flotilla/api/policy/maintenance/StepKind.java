package dev.flotilla.api.policy.maintenance;

/** What a step asks for. */
public enum StepKind {
    /** The machines of one fault domain are about to be changed: drain them, then acknowledge. */
    IMPACT_START,
    /** They have been changed: see whether all is well, then acknowledge, or alert. */
    IMPACT_END
}
