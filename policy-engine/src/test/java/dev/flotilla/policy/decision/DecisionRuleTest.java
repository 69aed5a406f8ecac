package dev.flotilla.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class DecisionRuleTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant TONIGHT = Instant.parse("2026-11-22T20:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void whatNothingSpeaksAgainstIsAllowed() {
        assertThat(decide()).isEqualTo(new Decision("m1", Effect.ALLOW, "no policy applies", null, null, null));
    }

    @Test
    void denyComesBeforeDeferAndDeferBeforeAllow() {
        Verdict allow = verdict(Effect.ALLOW, "a", 63, null);
        Verdict defer = verdict(Effect.DEFER, "b", 32, TONIGHT);
        Verdict deny = verdict(Effect.DENY, "c", 8, TOMORROW);
        assertThat(decide(allow, defer, deny).policy()).isEqualTo("c");
        assertThat(decide(allow, defer).policy()).isEqualTo("b");
        assertThat(decide(allow).policy()).isEqualTo("a");
    }

    @Test
    void ofEquallyStrictVerdictsTheMostSpecificGivesTheReason() {
        Decision decision = decide(
                verdict(Effect.DENY, "all machines", 8, null),
                verdict(Effect.DENY, "this machine", 32, null),
                verdict(Effect.DENY, "exactly this", 40, null));
        assertThat(decision.policy()).isEqualTo("exactly this");
        assertThat(decision.reason()).isEqualTo("because of exactly this");
    }

    @Test
    void askingAgainIsWorthItWhenTheLastVerdictAgainstTheChangeHasEnded() {
        assertThat(decide(verdict(Effect.DENY, "a", 32, TONIGHT), verdict(Effect.DEFER, "b", 8, TOMORROW))
                        .until())
                .isEqualTo(TOMORROW);
        assertThat(decide(verdict(Effect.DENY, "a", 32, TONIGHT), verdict(Effect.DENY, "b", 8, null))
                        .until())
                .isNull();
        assertThat(decide(verdict(Effect.ALLOW, "a", 32, TONIGHT)).until()).isNull();
    }

    @RepeatedTest(50)
    void theOrderInWhichRulesAreAskedDoesNotMatter(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < random.nextInt(8); i++) {
            verdicts.add(verdict(
                    Effect.values()[random.nextInt(3)],
                    "p" + i,
                    random.nextInt(64),
                    random.nextBoolean() ? null : NOW.plusSeconds(random.nextInt(1000))));
        }
        Decision expected = decide(verdicts.toArray(Verdict[]::new));
        Collections.shuffle(verdicts, random);
        assertThat(decide(verdicts.toArray(Verdict[]::new))).as("seed %d", seed).isEqualTo(expected);
    }

    private static Decision decide(Verdict... verdicts) {
        return DecisionRule.decide("m1", List.of(verdicts), List.of());
    }

    private static Verdict verdict(Effect effect, String name, int specificity, @Nullable Instant until) {
        return new Verdict(effect, Kind.POLICY, name, "because of " + name, until, specificity);
    }
}
