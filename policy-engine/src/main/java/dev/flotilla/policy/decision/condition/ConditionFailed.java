package dev.flotilla.policy.decision.condition;

/** A condition that neither holds nor does not: it could not be evaluated. The message says why. */
public final class ConditionFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public ConditionFailed(String message) {
        super(message);
    }
}
