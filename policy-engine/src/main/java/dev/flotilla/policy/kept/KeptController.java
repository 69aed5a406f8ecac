package dev.flotilla.policy.kept;

import dev.flotilla.api.policy.KeptDecisions;
import dev.flotilla.api.policy.KeptDecisionsApi;
import org.springframework.web.bind.annotation.RestController;

/** Decisions of the past over REST. */
@RestController
class KeptController implements KeptDecisionsApi {
    private final DecisionMaker decisions;

    KeptController(DecisionMaker decisions) {
        this.decisions = decisions;
    }

    @Override
    public KeptDecisions decisions(String id) {
        return decisions.find(id);
    }

    @Override
    public KeptDecisions.Replay replay(String id) {
        return decisions.replay(id);
    }
}
