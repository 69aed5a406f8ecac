package dev.flotilla.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.policy.PolicyWorld;
import dev.flotilla.policy.decision.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Another instance on the same database. */
class RuleBooksTest extends PolicyWorld {
    @Test
    void whatOneInstanceStoredTheOtherHonoursFromItsNextQuestionOn() {
        RuleBooks other = new RuleBooks(jdbc, json);
        for (int round = 0; round < 20; round++) {
            put("o" + round % 3, new OptOut("m1", null, "round " + round, null));
            assertThat(answer(other.current())).isEqualTo(Effect.DENY);
            for (int i = 0; i < 3; i++) {
                http.delete("/v1/opt-outs/o" + i);
            }
            assertThat(answer(other.current())).isEqualTo(Effect.ALLOW);
        }
        assertThat(other.current()).as("unchanged, not read again").isSameAs(other.current());
        assertThat(answer(new RuleBooks(jdbc, json).current())).isEqualTo(Effect.ALLOW);
    }

    @Test
    void changesAtTheSameMomentAllCountAndRevisionsHaveNoGaps() throws Exception {
        RuleBooks other = new RuleBooks(jdbc, json);
        long before = other.current().revision();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int thread = i;
                running.add(threads.submit(() -> {
                    for (int j = 0; j < 10; j++) {
                        put("t" + thread, new OptOut("m1", null, "number " + j, null));
                        assertThat(answer(other.current())).isEqualTo(Effect.DENY);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
        assertThat(other.current().revision()).isEqualTo(before + 40);
        assertThat(answer(other.at(before))).isEqualTo(Effect.ALLOW);
        assertThat(answer(other.at(before + 1))).isEqualTo(Effect.DENY);
    }

    private static Effect answer(RuleBook book) {
        return book.decide(new DecisionRequest("hello", "1", List.of(subject("m1"))), List.of(), NOON)
                .getFirst()
                .effect();
    }
}
