/**
 * What a rollout does next, and why: a pure function from a snapshot of the world to actions and to where each machine stands. No I/O, no
 * clock, no randomness; {@link dev.flotilla.orchestrator.decision.RolloutDecider} is the way in.
 */
@NullMarked
package dev.flotilla.orchestrator.decision;

import org.jspecify.annotations.NullMarked;
