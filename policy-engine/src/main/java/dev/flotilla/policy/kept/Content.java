package dev.flotilla.policy.kept;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.policy.decision.OpenRequest;
import java.util.List;

/**
 * What is kept of a question: all that went into the answer, besides the rules, and the answer.
 *
 * @param open maintenance requests that waited for an answer
 */
record Content(DecisionRequest request, List<OpenRequest> open, List<Decision> decisions) {}
