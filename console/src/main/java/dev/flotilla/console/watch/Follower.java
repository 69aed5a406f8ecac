package dev.flotilla.console.watch;

import java.time.Duration;

/** Keeps a part of what the console knows equal to what a service knows. */
public interface Follower {
    /** The service that it asks. */
    String service();

    /** What the page shows while the service does not answer: a sentence for a person. */
    String consequence();

    /**
     * One step: asks, and takes in the answer. Any exception means that the service did not answer as it should.
     *
     * @return how long to pause before the next step
     */
    Duration follow() throws InterruptedException;
}
