package dev.flotilla.api.policy;

import dev.flotilla.api.PlaceName;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** Decisions of the past: kept for {@code flotilla.policy.decisions.keep}, 30 days by default. */
public interface KeptDecisionsApi {
    /** Question and answer; 404 where there is none of that id any more. */
    @GetExchange("/v1/decisions/{id}")
    KeptDecisions decisions(@PathVariable @PlaceName String id);

    /** Decides the same again from what is kept. */
    @GetExchange("/v1/decisions/{id}/replay")
    KeptDecisions.Replay replay(@PathVariable @PlaceName String id);
}
