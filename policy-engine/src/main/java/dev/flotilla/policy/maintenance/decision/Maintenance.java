package dev.flotilla.policy.maintenance.decision;

import java.time.Instant;

/**
 * The protocol. After Service Fabric's coordinated repairs as its clients see them: steps before and after the impact on one fault domain at a
 * time, answered against the incarnation of the document that was read, with silence recorded as silence.
 */
public final class Maintenance {
    private final Terms terms;

    public Maintenance(Terms terms) {
        this.terms = terms;
    }

    /** The next state after an event. What time has done until now is always done first. */
    public Outcome after(TenantState state, Event event, Instant now) {
        Draft draft = new Draft(state, terms, now);
        Passing.time(draft);
        return switch (event) {
            case Event.Tick tick -> draft.outcome(null, null);
            case Event.Intend intend -> draft.outcome(new Intents(draft, intend).ruling(), null);
            case Event.Answer answer -> new Answering(draft, answer).outcome();
        };
    }

    /** How the tenant stands to a job as it is now: nothing is asked. */
    public Outcome.Ruling standing(TenantState state, String job, Instant now) {
        Draft draft = new Draft(state, terms, now);
        Passing.time(draft);
        return Standings.of(draft, job);
    }
}
