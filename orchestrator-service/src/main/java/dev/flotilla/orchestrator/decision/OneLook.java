package dev.flotilla.orchestrator.decision;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides again and again at one look, as answers come in. Where the machines are no answer changes: each is assessed once. For one thread.
 */
public final class OneLook implements Decider {
    private @Nullable RolloutView seen;
    private @Nullable Instant at;
    private List<Assessment> machines = List.of();

    @Override
    public List<String> candidates(RolloutView view, Instant now) {
        return RolloutDecider.candidates(view, assessed(view, now));
    }

    @Override
    public Set<String> down(RolloutView view, Instant now) {
        return RolloutDecider.down(view, assessed(view, now));
    }

    @Override
    public Decision decide(RolloutView view, Instant now) {
        return RolloutDecider.decide(view, assessed(view, now), now);
    }

    private List<Assessment> assessed(RolloutView view, Instant now) {
        if (seen == null || !seen.showsTheSameAs(view) || !now.equals(at)) {
            machines = RolloutDecider.assess(view, now);
            seen = view;
            at = now;
        }
        return machines;
    }
}
