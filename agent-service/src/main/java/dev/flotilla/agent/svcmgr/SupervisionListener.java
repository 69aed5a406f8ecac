package dev.flotilla.agent.svcmgr;

import dev.flotilla.api.registry.OrderPhase;

/** Hears what happens to the services. Called on the services' own threads: must not block. */
public interface SupervisionListener {
    /** What is to be reported of the machine has changed. */
    void changed(String machine);

    /** An order came to its end: {@code DONE}, {@code FAILED}, or {@code FETCHED} where it lapsed before its bytes were there. */
    void ended(OrderPhase phase);

    /** A process that ended by itself was started again. */
    void restarted();
}
