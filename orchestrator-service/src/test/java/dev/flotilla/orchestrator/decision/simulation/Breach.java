package dev.flotilla.orchestrator.decision.simulation;

/** A promise that was broken in a simulation. */
final class Breach extends RuntimeException {
    enum Promise {
        /** The owner's own limit. */
        MAX_UNAVAILABLE,
        /** Promise 3. */
        GROUP_LIMIT,
        /** Promise 2. */
        FAULT_DOMAIN,
        MIN_HEALTHY_TIME,
        CANARY,
        /** Promise 5: under repair. */
        REPAIR,
        /** Promise 5: opted out, frozen, denied. */
        POLICY,
        /** Promise 5: a tenant has not answered. */
        TENANT,
        /** An override lets a machine be changed, and it waits for those of an earlier fault domain that are deferred. */
        OVERRIDE,
        /** Retired, or moved. */
        GONE,
        HALT,
        /** A machine is changed for a deployment that another has superseded. */
        NEWEST_WINS,
        /** A machine runs backwards. */
        BACKWARDS,
        /** Promise 8. */
        EPOCH,
        ONCE,
        /** Promise 10: left stuck. */
        CONVERGENCE,
        /** A machine is not done, and nothing or something wrong is said about it. */
        EXPLANATION
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
