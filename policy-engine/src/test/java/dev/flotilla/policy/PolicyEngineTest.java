package dev.flotilla.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Decision.Kind;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.platform.testing.TestHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyEngineTest extends PolicyWorld {
    @Test
    void anOptOutDeniesWithItsNameReasonAndEndFromTheNextQuestionOn() {
        assertThat(decide("hello", "m1", "m2")).extracting(Decision::effect).containsOnly(Effect.ALLOW);
        Instant end = NOON.plus(Duration.ofHours(2));
        put("tuning", new OptOut("m2", null, "the disks are tuned", end));

        assertThat(decide("hello", "m1", "m2"))
                .containsExactly(
                        new Decision("m1", Effect.ALLOW, "no policy applies", null, null, null),
                        new Decision("m2", Effect.DENY, "the disks are tuned", "tuning", Kind.OPT_OUT, end));

        time.now = end;
        assertThat(decide("hello", "m2")).extracting(Decision::effect).containsExactly(Effect.ALLOW);
    }

    @Test
    void aServiceCanBeOptedOutEverywhereOrOnAMachine() {
        put("frozen", new OptOut(null, "hello", "end of year", null));
        put("special", new OptOut("m1", "hello", "a special build", null));
        assertThat(decide("hello", "m1", "m2")).extracting(Decision::policy).containsExactly("special", "frozen");
        assertThat(decide("other", "m1", "m2")).extracting(Decision::policy).containsExactly(null, null);
    }

    @Test
    void tenThousandMachinesAreDecidedAtOnce() {
        IntStream.range(0, 100).forEach(i -> put("o" + i, new OptOut("m" + i * 100, null, "kept", null)));
        String[] machines = IntStream.range(0, 10_000).mapToObj(i -> "m" + i).toArray(String[]::new);
        assertThat(decide("hello", machines)).extracting(Decision::machine).containsExactly(machines);
        assertThat(decide("hello", machines).stream().filter(d -> d.effect() == Effect.DENY))
                .hasSize(100);
    }

    @Test
    void whoMadeAnOptOutIsKeptWhenItIsChangedAndAnewOnceItHasEnded() {
        OptOut.Stored first = put("tuning", new OptOut("m1", null, "why", NOON.plusSeconds(60)));
        assertThat(first.createdBy()).isEqualTo("tester");
        time.now = NOON.plusSeconds(30);
        assertThat(put("tuning", new OptOut("m1", null, "longer", NOON.plusSeconds(90)))
                        .createdAt())
                .isEqualTo(NOON);
        time.now = NOON.plusSeconds(90);
        assertThat(put("tuning", new OptOut("m1", null, "again", null)).createdAt())
                .isEqualTo(NOON.plusSeconds(90));
        assertThat(read("tuning").optOut().reason()).isEqualTo("again");
    }

    @Test
    void optOutsThatEndedAreNotListed() {
        put("b", new OptOut("m1", null, "why", null));
        put("a", new OptOut("m1", null, "why", NOON.plusSeconds(60)));
        put("c", new OptOut("m1", null, "why", null));
        assertThat(list()).containsExactly("a", "b", "c");
        time.now = NOON.plusSeconds(60);
        assertThat(list()).containsExactly("b", "c");
    }

    @Test
    void optOutsAreListedThatSelectAMachineWhoseverItIs() {
        put("a", new OptOut("m1", null, "why", null));
        put("b", new OptOut(null, null, "acme", "why", null));
        put("c", new OptOut(null, "hello", "acme", "why", null));
        put("d", new OptOut("m1", null, "zenith", "why", null));
        put("e", new OptOut(null, "hello", "why", null));
        put("f", new OptOut("m2", null, "why", null));
        assertThat(list("&machine=m1")).containsExactly("a", "b", "c", "e");
        assertThat(list("&machine=m2")).containsExactly("e", "f");
        assertThat(list("&machine=unknown")).containsExactly("e");
    }

    @Test
    void anOptOutIsEndedByHand() {
        put("tuning", new OptOut("m1", null, "why", null));
        for (int i = 0; i < 2; i++) {
            http.delete("/v1/opt-outs/tuning").expectStatus().isNoContent();
        }
        assertThat(decide("hello", "m1")).extracting(Decision::effect).containsExactly(Effect.ALLOW);
        assertThat(TestHttp.problem(404, http.get("/v1/opt-outs/tuning", "*/*")).errors())
                .containsExactly(new FieldError("name", "does not exist", "tuning"));
    }

    @Test
    void whoeverPutsTheSameNameAtTheSameMomentSucceeds() throws Exception {
        String body = json.writeValueAsString(new OptOut("m1", null, "why", null));
        for (int round = 0; round < 20; round++) {
            String path = "/v1/opt-outs/race" + round;
            CyclicBarrier start = new CyclicBarrier(3);
            try (var threads = Executors.newFixedThreadPool(3)) {
                List<Future<Integer>> answers = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    boolean ends = i == 2;
                    answers.add(threads.submit(() -> {
                        start.await();
                        var answer = ends ? http.delete(path) : http.put(path, "application/json", body);
                        return answer.returnResult(String.class).getStatus().value();
                    }));
                }
                for (Future<Integer> answer : answers) {
                    assertThat(answer.get()).isIn(200, 204);
                }
            }
        }
    }

    @Test
    void reasonsMayBeInAnyScript() {
        assertThat(put("global", new OptOut("m1", null, "保守作業 🛠", null))
                        .optOut()
                        .reason())
                .isEqualTo("保守作業 🛠");
        assertThat(read("global").optOut().reason()).isEqualTo("保守作業 🛠");
    }

    @Test
    void decisionsAreCounted() {
        put("tuning", new OptOut("m1", null, "why", null));
        decide("hello", "m1", "m2");
        http.get("/actuator/prometheus", "text/plain")
                .expectBody(String.class)
                .value(metrics -> assertThat(metrics)
                        .contains(
                                "flotilla_decisions_total{effect=\"deny\"",
                                "flotilla_decisions_total{effect=\"allow\""));
    }
}
