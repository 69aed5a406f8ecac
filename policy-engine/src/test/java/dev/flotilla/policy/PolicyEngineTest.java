package dev.flotilla.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class PolicyEngineTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Autowired
    RestTestClient client;

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @Autowired
    Time time;

    @LocalServerPort
    int port;

    private Http http;

    /** A clock that is moved by hand. */
    static final class Time implements InstantSource {
        private volatile Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Clock {
        @Bean
        @Primary
        Time time() {
            return new Time();
        }
    }

    @BeforeEach
    void noonWithoutOptOuts() {
        jdbc.sql("delete from opt_out").update();
        time.now = NOON;
        http = as(tokens.bearer(Role.OPERATOR));
    }

    @Test
    void anOptOutDeniesWithItsNameReasonAndEndFromTheNextQuestionOn() {
        assertThat(decide("hello", "m1", "m2")).extracting(Decision::effect).containsOnly(Effect.ALLOW);
        Instant end = NOON.plus(Duration.ofHours(2));
        put("tuning", new OptOut("m2", null, "the disks are tuned", end));

        assertThat(decide("hello", "m1", "m2", "m2"))
                .containsExactly(
                        new Decision("m1", Effect.ALLOW, "no policy applies", null, null),
                        new Decision("m2", Effect.DENY, "the disks are tuned", "tuning", end),
                        new Decision("m2", Effect.DENY, "the disks are tuned", "tuning", end));

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
    void anOptOutIsEndedByHand() {
        put("tuning", new OptOut("m1", null, "why", null));
        for (int i = 0; i < 2; i++) {
            http.send(HttpMethod.DELETE, "/v1/opt-outs/tuning", null, null, "*/*")
                    .expectStatus()
                    .isNoContent();
        }
        assertThat(decide("hello", "m1")).extracting(Decision::effect).containsExactly(Effect.ALLOW);
        assertThat(Http.problem(404, http.get("/v1/opt-outs/tuning", "*/*")).errors())
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
                        var answer = ends
                                ? http.send(HttpMethod.DELETE, path, null, null, "*/*")
                                : http.put(path, "application/json", body);
                        return answer.returnResult(String.class).getStatus().value();
                    }));
                }
                for (Future<Integer> answer : answers) {
                    assertThat(answer.get()).isIn(200, 204);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"reason\":\"why\"}",
                "{\"machine\":\"m1\"}",
                "{\"machine\":\"m1\",\"reason\":\" \"}",
                "{\"machine\":\"m/1\",\"reason\":\"why\"}",
                "{\"service\":\"Hello\",\"reason\":\"why\"}",
                "{\"machine\":\"m1\",\"reason\":\"a\\u0000b\"}",
                "{\"machine\":\"m1\",\"reason\":\"a\\ud800\"}",
                "{\"machine\":\"m1\",\"reason\":\"LONG\"}",
                "{\"machine\":\"m1\",\"reason\":\"why\",\"until\":\"tomorrow\"}",
                "{\"machine\":\"m1\",\"reason\":\"why\",\"until\":\"2026-11-22T11:59:59Z\"}",
                "{\"machine\":\"m1\",\"reason\":\"why\",\"until\":\"+1000000000-12-31T23:59:59Z\"}",
                "{\"machine\":\"m1\",\"reason\":\"why\",\"untill\":null}"
            })
    void whatIsNoOptOutIsRefused(String body) {
        Http.problem(400, http.put("/v1/opt-outs/bad", "application/json", body.replace("LONG", "x".repeat(1001))));
        assertThat(list()).isEmpty();
    }

    @Test
    void reasonsMayBeInAnyScript() {
        assertThat(put("global", new OptOut("m1", null, "保守作業 🛠", null))
                        .optOut()
                        .reason())
                .isEqualTo("保守作業 🛠");
        assertThat(read("global").optOut().reason()).isEqualTo("保守作業 🛠");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb", "%20", "-a", "%E6%9C%BA", "a%00b", "LONG"})
    void namesThatAreNoneAreRefused(String name) {
        String path = "/v1/opt-outs/" + name.replace("LONG", "a".repeat(10_000));
        Http.problem(400, http.get(path, "*/*"));
        Http.problem(400, http.put(path, "application/json", "{\"machine\":\"m1\",\"reason\":\"why\"}"));
        Http.problem(400, http.send(HttpMethod.DELETE, path, null, null, "*/*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"service\":\"hello\"",
                "{\"service\":\"hello\",\"version\":\"1\",\"machines\":[]}",
                "{\"service\":\"hello\",\"version\":\"1\",\"machines\":[null]}",
                "{\"service\":\"hello\",\"version\":\"1\",\"machines\":[\"m1\"]}",
                "{\"service\":\"hello\",\"version\":\"1\",\"machines\":[{\"machine\":\"m1\"}]}",
                "{\"service\":\"he/llo\",\"version\":\"1\",\"machines\":[SUBJECT]}",
                "{\"service\":\"hello\",\"version\":\"\",\"machines\":[SUBJECT]}",
                "{\"service\":\"hello\",\"version\":\"1\",\"machines\":[SUBJECT],\"more\":1}"
            })
    void questionsThatAreNoneAreRefused(String body) {
        String subject = json.writeValueAsString(subject("m1"));
        Http.problem(
                400,
                http.send(
                        HttpMethod.POST, "/v1/decisions", "application/json", body.replace("SUBJECT", subject), "*/*"));
    }

    @Test
    void aQuestionAboutTooManyMachinesIsRefused() {
        List<Subject> subjects =
                IntStream.range(0, 10_001).mapToObj(i -> subject("m" + i)).toList();
        String body = json.writeValueAsString(new DecisionRequest("hello", "1", subjects));
        assertThat(Http.problem(400, http.send(HttpMethod.POST, "/v1/decisions", "application/json", body, "*/*"))
                        .errors())
                .extracting(FieldError::field)
                .containsExactly("machines");
    }

    @Test
    void onlyOperatorsChangeOptOuts() {
        String body = "{\"machine\":\"m1\",\"reason\":\"why\"}";
        for (Role role : List.of(Role.VIEWER, Role.PUBLISHER, Role.DEPLOYER, Role.MACHINE)) {
            Http other = as(tokens.bearer(role));
            Http.problem(403, other.put("/v1/opt-outs/x", "application/json", body));
            Http.problem(403, other.send(HttpMethod.DELETE, "/v1/opt-outs/x", null, null, "*/*"));
        }
        Http.problem(401, as(null).put("/v1/opt-outs/x", "application/json", body));
        Http.problem(401, as(tokens.expired(Role.OPERATOR)).get("/v1/opt-outs", "*/*"));
        assertThat(list()).isEmpty();
    }

    @Test
    void cursorsAndLimitsThatAreNoneAreRefused() {
        String zero = Base64.getUrlEncoder().withoutPadding().encodeToString("a\0b".getBytes(StandardCharsets.UTF_8));
        for (String query : List.of("limit=0", "limit=1001", "limit=x", "cursor=!!", "cursor=" + zero)) {
            Http.problem(400, http.get("/v1/opt-outs?" + query, "*/*"));
        }
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

    private static Subject subject(String machine) {
        return new Subject(machine, "east", "web", "fd1", "r1");
    }

    private List<Decision> decide(String service, String... machines) {
        List<Subject> subjects =
                List.of(machines).stream().map(PolicyEngineTest::subject).toList();
        String body = json.writeValueAsString(new DecisionRequest(service, "1.0", subjects));
        return Objects.requireNonNull(http.send(HttpMethod.POST, "/v1/decisions", "application/json", body, "*/*")
                        .expectBody(Decisions.class)
                        .returnResult()
                        .getResponseBody())
                .decisions();
    }

    private OptOut.Stored put(String name, OptOut optOut) {
        return Objects.requireNonNull(
                http.put("/v1/opt-outs/" + name, "application/json", json.writeValueAsString(optOut))
                        .expectStatus()
                        .isOk()
                        .expectBody(OptOut.Stored.class)
                        .returnResult()
                        .getResponseBody());
    }

    private OptOut.Stored read(String name) {
        return Objects.requireNonNull(http.get("/v1/opt-outs/" + name, "application/json")
                .expectBody(OptOut.Stored.class)
                .returnResult()
                .getResponseBody());
    }

    private List<String> list() {
        List<String> names = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Page<OptOut.Stored> page = Objects.requireNonNull(
                    http.get("/v1/opt-outs?limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor), "*/*")
                            .expectBody(new ParameterizedTypeReference<Page<OptOut.Stored>>() {})
                            .returnResult()
                            .getResponseBody());
            page.items().forEach(stored -> names.add(stored.name()));
            cursor = page.nextCursor();
        }
        return names;
    }

    private Http as(@Nullable String token) {
        return new Http(client, "http://127.0.0.1:" + port, token);
    }
}
