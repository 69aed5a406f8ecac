package dev.flotilla.orchestrator.decision.simulation;

/** A promise that was broken in a simulation. */
final class Breach extends RuntimeException {
    enum Promise {
        MAX_UNAVAILABLE,
        GROUP_LIMIT,
        FAULT_DOMAIN,
        MIN_HEALTHY_TIME,
        CANARY,
        REPAIR,
        POLICY,
        HALT,
        NEWEST_WINS,
        ONCE,
        CONVERGENCE
    }

    private final Promise promise;

    Breach(Promise promise, String what) {
        super(promise + ": " + what);
        this.promise = promise;
    }

    Promise promise() {
        return promise;
    }
}
