package dev.flotilla.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.policy.decision.Verdict.Scope;
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
    private static final Change CHANGE = new Change("hello", "1.0", new Subject("m1", "east", "web", "fd1", "r1"));

    @Test
    void whatNothingSpeaksAgainstIsAllowed() {
        assertThat(decide()).isEqualTo(new Decision("m1", Effect.ALLOW, "no policy applies", null, null));
    }

    @Test
    void denyComesBeforeDeferAndDeferBeforeAllow() {
        Verdict allow = verdict(Effect.ALLOW, "a", Scope.SERVICE_ON_MACHINE, null);
        Verdict defer = verdict(Effect.DEFER, "b", Scope.MACHINE, TONIGHT);
        Verdict deny = verdict(Effect.DENY, "c", Scope.SERVICE, TOMORROW);
        assertThat(decide(allow, defer, deny).policy()).isEqualTo("c");
        assertThat(decide(allow, defer).policy()).isEqualTo("b");
        assertThat(decide(allow).policy()).isEqualTo("a");
    }

    @Test
    void ofEquallyStrictVerdictsTheNarrowestGivesTheReason() {
        Decision decision = decide(
                verdict(Effect.DENY, "all machines", Scope.SERVICE, null),
                verdict(Effect.DENY, "this machine", Scope.MACHINE, null),
                verdict(Effect.DENY, "exactly this", Scope.SERVICE_ON_MACHINE, null));
        assertThat(decision.policy()).isEqualTo("exactly this");
        assertThat(decision.reason()).isEqualTo("because of exactly this");
    }

    @Test
    void askingAgainIsWorthItWhenTheLastVerdictAgainstTheChangeHasEnded() {
        assertThat(decide(
                                verdict(Effect.DENY, "a", Scope.MACHINE, TONIGHT),
                                verdict(Effect.DEFER, "b", Scope.SERVICE, TOMORROW))
                        .until())
                .isEqualTo(TOMORROW);
        assertThat(decide(
                                verdict(Effect.DENY, "a", Scope.MACHINE, TONIGHT),
                                verdict(Effect.DENY, "b", Scope.SERVICE, null))
                        .until())
                .isNull();
        assertThat(decide(verdict(Effect.ALLOW, "a", Scope.MACHINE, TONIGHT)).until())
                .isNull();
    }

    @RepeatedTest(50)
    void theOrderInWhichPoliciesAreAskedDoesNotMatter(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < random.nextInt(8); i++) {
            verdicts.add(verdict(
                    Effect.values()[random.nextInt(3)],
                    "p" + i,
                    Scope.values()[random.nextInt(3)],
                    random.nextBoolean() ? null : NOW.plusSeconds(random.nextInt(1000))));
        }
        Decision expected = decide(verdicts.toArray(Verdict[]::new));
        Collections.shuffle(verdicts, random);
        assertThat(decide(verdicts.toArray(Verdict[]::new))).as("seed %d", seed).isEqualTo(expected);
        boolean anyDenies = verdicts.stream().anyMatch(verdict -> verdict.effect() == Effect.DENY);
        assertThat(expected.effect() == Effect.DENY).as("seed %d", seed).isEqualTo(anyDenies);
        assertThat(expected.reason()).isNotBlank();
    }

    private static Decision decide(Verdict... verdicts) {
        List<Decider> deciders = List.of(verdicts).stream()
                .map(verdict -> (Decider) (change, now) -> List.of(verdict))
                .toList();
        return DecisionRule.decide(deciders, CHANGE, NOW);
    }

    private static Verdict verdict(Effect effect, String policy, Scope scope, @Nullable Instant until) {
        return new Verdict(effect, policy, "because of " + policy, until, scope);
    }
}
