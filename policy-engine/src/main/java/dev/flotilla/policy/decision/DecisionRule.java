package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Effect;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How verdicts become one decision: deny comes before defer, and defer before allow. Of the verdicts that are equally strict the most specific
 * gives name and reason. What an override lifts no longer stands against the change. Where nothing applies the change is allowed.
 */
public final class DecisionRule {
    static final String NOTHING_APPLIES = "no policy applies";

    private static final Comparator<Verdict> MOST_TELLING_FIRST = Comparator.comparingInt(DecisionRule::leniency)
            .thenComparing(Comparator.comparingInt(Verdict::specificity).reversed())
            .thenComparing(Verdict::kind)
            .thenComparing(Verdict::name)
            .thenComparing(Verdict::reason);

    private static final Comparator<OverrideRule> MOST_SPECIFIC_FIRST = Comparator.<OverrideRule>comparingInt(
                    override -> -Specificity.of(override.selector()))
            .thenComparing(OverrideRule::name);

    private DecisionRule() {}

    /**
     * The decision about a machine.
     *
     * @param overrides those that are about the same change
     */
    static Decision decide(String machine, List<Verdict> said, List<OverrideRule> overrides) {
        if (said.isEmpty()) {
            return new Decision(machine, Effect.ALLOW, NOTHING_APPLIES, null, null, null);
        }
        List<Verdict> verdicts = overrides.isEmpty()
                ? said
                : said.stream()
                        .map(verdict -> afterOverrides(verdict, overrides))
                        .toList();
        Verdict first = verdicts.stream().min(MOST_TELLING_FIRST).orElseThrow();
        return new Decision(machine, first.effect(), first.reason(), first.name(), first.kind(), askAgain(verdicts));
    }

    private static Verdict afterOverrides(Verdict verdict, List<OverrideRule> overrides) {
        Optional<OverrideRule> lifting =
                overrides.stream().filter(override -> override.lifts(verdict)).min(MOST_SPECIFIC_FIRST);
        return lifting.isPresent() ? lifting.get().instead(verdict) : verdict;
    }

    /** When the last of the verdicts that stand against the change ends; null where one has no known end. */
    private static @Nullable Instant askAgain(List<Verdict> verdicts) {
        Instant latest = null;
        for (Verdict verdict : verdicts) {
            if (verdict.effect() != Effect.ALLOW) {
                Instant until = verdict.until();
                if (until == null) {
                    return null;
                }
                latest = latest == null || until.isAfter(latest) ? until : latest;
            }
        }
        return latest;
    }

    /** An override is told before a policy that allows anyway: it is what made the difference. */
    private static int leniency(Verdict verdict) {
        return switch (verdict.effect()) {
            case DENY -> 0;
            case DEFER -> 1;
            case ALLOW -> verdict.kind() == Decision.Kind.OVERRIDE ? 2 : 3;
        };
    }
}
