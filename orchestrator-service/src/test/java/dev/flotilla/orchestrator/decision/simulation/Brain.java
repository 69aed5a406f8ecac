package dev.flotilla.orchestrator.decision.simulation;

import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.RolloutView;
import java.time.Instant;

/** What decides in a simulation: the real decider, or one with a rule broken. */
@FunctionalInterface
interface Brain {
    Decision decide(RolloutView view, Instant now);
}
