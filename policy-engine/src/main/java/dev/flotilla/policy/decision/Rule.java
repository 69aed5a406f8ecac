package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Selector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A policy, opt-out or override as decisions use it. */
public sealed interface Rule permits PolicyRule, OptOutRule, OverrideRule {
    /** Which of them it is. */
    Decision.Kind kind();

    /** Among those of its kind. */
    String name();

    /** What it is about. */
    Selector selector();

    /** When it ends by itself; null for never. */
    @Nullable
    Instant until();

    /** The next moment after this one at which it may say something else; null where none is foreseen. */
    default @Nullable Instant changesAfter(Instant moment) {
        Instant until = until();
        return until != null && until.isAfter(moment) ? until : null;
    }

    /** Whether it has ended. */
    default boolean endedBy(Instant now) {
        Instant until = until();
        return until != null && !until.isAfter(now);
    }
}
