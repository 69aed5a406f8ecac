package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.Selector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Denies every change of what is opted out, until the opt-out ends. */
public record OptOutRule(String name, OptOut optOut, Selector selector, Verdict verdict) implements Rule {
    /** The rule that an opt-out makes. */
    public static OptOutRule of(String name, OptOut optOut) {
        Selector selector = new Selector(optOut.service(), null, null, null, optOut.tenant(), optOut.machine(), null);
        return new OptOutRule(
                name,
                optOut,
                selector,
                new Verdict(
                        Effect.DENY,
                        Decision.Kind.OPT_OUT,
                        name,
                        optOut.reason(),
                        optOut.until(),
                        Specificity.of(selector)));
    }

    @Override
    public Decision.Kind kind() {
        return Decision.Kind.OPT_OUT;
    }

    @Override
    public @Nullable Instant until() {
        return optOut.until();
    }
}
