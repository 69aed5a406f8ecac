package dev.flotilla.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.policy.decision.Verdict.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OptOutDeciderTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void aMachineIsOptedOutOfEveryService() {
        var decider = decider(optOut("demo", "m1", null, null));
        assertThat(decider.verdicts(change("hello", "m1"), NOW))
                .containsExactly(new Verdict(Effect.DENY, "demo", "because", null, Scope.MACHINE));
        assertThat(decider.verdicts(change("other", "m1"), NOW)).hasSize(1);
        assertThat(decider.verdicts(change("hello", "m2"), NOW)).isEmpty();
    }

    @Test
    void aServiceIsOptedOutOnEveryMachine() {
        var decider = decider(optOut("holidays", null, "hello", null));
        assertThat(decider.verdicts(change("hello", "m1"), NOW))
                .containsExactly(new Verdict(Effect.DENY, "holidays", "because", null, Scope.SERVICE));
        assertThat(decider.verdicts(change("other", "m1"), NOW)).isEmpty();
    }

    @Test
    void aServiceOnAMachineIsOptedOutThereOnly() {
        var decider = decider(optOut("tuning", "m1", "hello", null));
        assertThat(decider.verdicts(change("hello", "m1"), NOW))
                .containsExactly(new Verdict(Effect.DENY, "tuning", "because", null, Scope.SERVICE_ON_MACHINE));
        assertThat(decider.verdicts(change("hello", "m2"), NOW)).isEmpty();
        assertThat(decider.verdicts(change("other", "m1"), NOW)).isEmpty();
    }

    @Test
    void anOptOutEndsAtItsTimeByItself() {
        Instant end = NOW.plusSeconds(60);
        var decider = decider(optOut("demo", "m1", null, end));
        assertThat(decider.verdicts(change("hello", "m1"), end.minusNanos(1)))
                .extracting(Verdict::until)
                .containsExactly(end);
        assertThat(decider.verdicts(change("hello", "m1"), end)).isEmpty();
    }

    private static OptOutDecider decider(OptOut.Stored... optOuts) {
        return new OptOutDecider(List.of(optOuts));
    }

    private static OptOut.Stored optOut(
            String name, @Nullable String machine, @Nullable String service, @Nullable Instant until) {
        return new OptOut.Stored(name, new OptOut(machine, service, "because", until), "someone", NOW);
    }

    private static Change change(String service, String machine) {
        return new Change(service, "1.0", new Subject(machine, "east", "web", "fd1", "r1"));
    }
}
