package dev.flotilla.policy.decision;

import java.time.Instant;
import java.util.List;

/** One kind of policy. It holds all it needs to know as an immutable snapshot. */
@FunctionalInterface
public interface Decider {
    /** What the policies of this kind say of a change, in any order; empty where none applies. */
    List<Verdict> verdicts(Change change, Instant now);
}
