package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.Outlook;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * All rules as of one revision. Immutable.
 *
 * @param revision the last change that is in it
 */
public record RuleBook(long revision, RuleIndex index) {
    /** A book of these rules. */
    public static RuleBook of(long revision, Collection<? extends Rule> rules) {
        return new RuleBook(revision, new RuleIndex(rules));
    }

    /**
     * The decisions on a request, in its order.
     *
     * @param open maintenance requests that wait for an answer, of the tenants of its machines
     */
    public List<Decision> decide(DecisionRequest request, List<OpenRequest> open, Instant now) {
        return new Round(this.index, request, open, now).decisions();
    }

    /**
     * How decisions on a request will change.
     *
     * @param first those of now
     */
    public List<Outlook> outlooks(DecisionRequest request, List<OpenRequest> open, List<Decision> first, Instant now) {
        return new Forecast(this.index, request, open, now).after(first);
    }
}
