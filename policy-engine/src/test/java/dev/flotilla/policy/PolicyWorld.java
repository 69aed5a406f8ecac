package dev.flotilla.policy;

import dev.flotilla.api.Page;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.json.JsonMapper;

/** A policy-engine at noon, without opt-outs. */
@ServiceTest
@Import(PolicyWorld.Clock.class)
class PolicyWorld {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

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

    TestHttp http = new TestHttp(RestTestClient.bindToServer().build(), 0, null);

    /** A clock that is moved by hand. */
    static final class Time implements InstantSource {
        volatile Instant now = NOON;

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

    static Subject subject(String machine) {
        return new Subject(machine, "east", "web", "fd1", "r1");
    }

    List<Decision> decide(String service, String... machines) {
        List<Subject> subjects =
                List.of(machines).stream().map(PolicyWorld::subject).toList();
        String body = json.writeValueAsString(new DecisionRequest(service, "1.0", subjects));
        return Objects.requireNonNull(http.post("/v1/decisions", "application/json", body)
                        .expectBody(Decisions.class)
                        .returnResult()
                        .getResponseBody())
                .decisions();
    }

    OptOut.Stored put(String name, OptOut optOut) {
        return Objects.requireNonNull(
                http.put("/v1/opt-outs/" + name, "application/json", json.writeValueAsString(optOut))
                        .expectStatus()
                        .isOk()
                        .expectBody(OptOut.Stored.class)
                        .returnResult()
                        .getResponseBody());
    }

    OptOut.Stored read(String name) {
        return Objects.requireNonNull(http.get("/v1/opt-outs/" + name, "application/json")
                .expectBody(OptOut.Stored.class)
                .returnResult()
                .getResponseBody());
    }

    List<String> list() {
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

    TestHttp as(@Nullable String token) {
        return new TestHttp(client, port, token);
    }
}
