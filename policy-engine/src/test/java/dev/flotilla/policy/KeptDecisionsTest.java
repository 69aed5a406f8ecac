package dev.flotilla.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.KeptDecisions;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.Selector;
import dev.flotilla.platform.testing.TestHttp;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptDecisionsTest extends PolicyWorld {
    private static final DecisionRequest QUESTION = new DecisionRequest(
            "hello",
            "1.0",
            List.of(subject("m1"), new Subject("m2", "east", "web", "fd2", "r1", "shop")),
            "d1",
            "d1~east~web");

    @Test
    void aDecisionIsMadeAgainByTheRulesOfThen() {
        put(
                "night",
                new Policy(
                        Selector.everything(),
                        Effect.DEFER,
                        "now.getHours() == 12 && machine == 'm1'",
                        null,
                        "noon",
                        null,
                        null));
        Decisions answer = decideAll(QUESTION);
        time.now = NOON.plusSeconds(7200);
        put("night", new Policy(Selector.everything(), Effect.DENY, null, null, "changed", null, null));
        http.delete("/v1/policies/night");

        KeptDecisions kept = read("/v1/decisions/" + answer.id(), KeptDecisions.class);
        assertThat(kept.request()).isEqualTo(QUESTION);
        assertThat(kept.answer()).isEqualTo(answer);
        assertThat(kept.at()).isEqualTo(NOON);
        assertThat(kept.by()).isEqualTo("tester");
        KeptDecisions.Replay replay = read("/v1/decisions/" + answer.id() + "/replay", KeptDecisions.Replay.class);
        assertThat(replay.equal()).isTrue();
        assertThat(replay.answer()).isEqualTo(answer);
    }

    @Test
    void aPreviewIsDecidedAlikeAndKeptNowhere() {
        put("no", new Policy(Selector.everything(), Effect.DENY, null, null, "no", null, null));
        Decisions preview = ask("/v1/decisions/preview", QUESTION);
        assertThat(preview.id()).isNull();
        assertThat(jdbc.sql("select count(*) from decision_batch")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(preview.decisions()).isEqualTo(decideAll(QUESTION).decisions());
    }

    @Test
    void anAnswerThatWasTamperedWithIsFoundOut() {
        Decisions answer = decideAll(QUESTION);
        Policy denial = new Policy(Selector.everything(), Effect.DENY, null, null, "no", null, null);
        long revision = put("no", denial).revision();
        jdbc.sql("update decision_batch set revision = ?").param(revision).update();
        assertThat(read("/v1/decisions/" + answer.id() + "/replay", KeptDecisions.Replay.class)
                        .equal())
                .isFalse();
    }

    @Test
    void theSameAnswerToTheSameQuestionIsKeptOnce() {
        String id = decideAll(QUESTION).id();
        time.now = NOON.plusSeconds(5);
        assertThat(decideAll(QUESTION).id()).isEqualTo(id);
        KeptDecisions kept = read("/v1/decisions/" + id, KeptDecisions.class);
        assertThat(kept.times()).isEqualTo(2);
        assertThat(kept.lastAt()).isEqualTo(NOON.plusSeconds(5));
        put("no", new Policy(Selector.everything(), Effect.DENY, null, null, "no", null, null));
        assertThat(decideAll(QUESTION).id()).isNotEqualTo(id);
    }

    @Test
    void whatIsNotKeptIsNotFound() {
        TestHttp.problem(404, http.get("/v1/decisions/abc", "*/*"));
        TestHttp.problem(404, http.get("/v1/decisions/abc/replay", "*/*"));
        TestHttp.problem(400, http.get("/v1/decisions/%20", "*/*"));
    }
}
