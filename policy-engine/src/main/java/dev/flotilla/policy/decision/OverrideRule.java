package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.PolicyOverride;
import dev.flotilla.api.policy.Selector;
import java.time.Instant;
import java.util.Set;

/** Lifts what policies and opt-outs say. */
public record OverrideRule(String name, PolicyOverride override, Set<String> policies, Set<String> optOuts)
        implements Rule {

    /** The rule that an override makes. */
    public static OverrideRule of(String name, PolicyOverride override) {
        return new OverrideRule(
                name,
                override,
                override.policies() == null ? Set.of() : Set.copyOf(override.policies()),
                override.optOuts() == null ? Set.of() : Set.copyOf(override.optOuts()));
    }

    /** Whether it lifts a verdict, given that it is about the same change. */
    boolean lifts(Verdict verdict) {
        return verdict.effect() != Effect.ALLOW
                && switch (verdict.kind()) {
                    case POLICY ->
                        policies.contains(verdict.name())
                                || (verdict.effect() == Effect.DEFER && Boolean.TRUE.equals(override.allDeferrals()));
                    case OPT_OUT -> optOuts.contains(verdict.name());
                    case OVERRIDE, MAINTENANCE_REQUEST -> false;
                };
    }

    /** What takes the place of a verdict that it lifts. */
    Verdict instead(Verdict lifted) {
        String what = lifted.kind() == Decision.Kind.OPT_OUT ? "opt-out" : "policy";
        return new Verdict(
                Effect.ALLOW,
                Decision.Kind.OVERRIDE,
                name,
                "allowed until " + until() + " by the override '" + name + "' of " + override.holder() + " ("
                        + override.reason() + "), which lifts the " + what + " '" + lifted.name() + "' ("
                        + lifted.reason() + ")",
                null,
                Specificity.of(selector()));
    }

    @Override
    public Decision.Kind kind() {
        return Decision.Kind.OVERRIDE;
    }

    @Override
    public Selector selector() {
        return override.selector();
    }

    @Override
    public Instant until() {
        return override.until();
    }
}
