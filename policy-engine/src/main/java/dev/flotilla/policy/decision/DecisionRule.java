package dev.flotilla.policy.decision;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Effect;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How verdicts become one decision: deny comes before defer, and defer before allow. Of the verdicts that are equally strict the one of
 * the narrowest scope gives policy and reason. Where nothing applies the change is allowed.
 */
public final class DecisionRule {
    static final String NOTHING_APPLIES = "no policy applies";

    private static final Comparator<Verdict> MOST_TELLING_FIRST = Comparator.comparing(
                    Verdict::effect, Comparator.comparingInt(DecisionRule::leniency))
            .thenComparing(Verdict::scope)
            .thenComparing(Verdict::policy);

    private DecisionRule() {}

    /** The decision about a change. */
    public static Decision decide(List<Decider> deciders, Change change, Instant now) {
        List<Verdict> verdicts = deciders.stream()
                .flatMap(decider -> decider.verdicts(change, now).stream())
                .sorted(MOST_TELLING_FIRST)
                .toList();
        String machine = change.subject().machine();
        if (verdicts.isEmpty()) {
            return new Decision(machine, Effect.ALLOW, NOTHING_APPLIES, null, null);
        }
        Verdict first = verdicts.getFirst();
        return new Decision(machine, first.effect(), first.reason(), first.policy(), askAgain(verdicts));
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

    private static int leniency(Effect effect) {
        return switch (effect) {
            case DENY -> 0;
            case DEFER -> 1;
            case ALLOW -> 2;
        };
    }
}
