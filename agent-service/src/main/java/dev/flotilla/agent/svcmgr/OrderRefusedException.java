package dev.flotilla.agent.svcmgr;

import dev.flotilla.agent.decision.Admission;

/** The order is genuine, and must not be carried out. */
public final class OrderRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Admission.Refusal refusal;

    OrderRefusedException(Admission.Refused refused) {
        super(refused.reason());
        this.refusal = refused.refusal();
    }

    public Admission.Refusal refusal() {
        return refusal;
    }
}
