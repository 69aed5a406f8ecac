package dev.flotilla.orchestrator.consultation;

import dev.flotilla.orchestrator.decision.Wish;
import java.util.List;

/** What must be answered before a decision is final. */
public sealed interface Question {
    /** Of the policy engine: may these machines be changed? */
    record Policies(List<String> machines) implements Question {}

    /** Of the rollout's own books: what do the other rollouts of its deployment count? */
    record Elsewhere() implements Question {}

    /** Of the tenants: which of these machines must be left alone for now? */
    record Tenants(List<Wish> wishes) implements Question {}

    /** Of device-manager: may these machines be disrupted, or go on to be? */
    record Claims(List<Wish> wishes) implements Question {}

    /** Of device-manager: do broken machines use up the limit of the group? */
    record Limit() implements Question {}

    /** Of device-manager: which repairs does the rollout have? */
    record Held() implements Question {}
}
