package dev.flotilla.policy;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.api.policy.Decisions;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.Policy;
import dev.flotilla.api.policy.PolicyOverride;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
import dev.flotilla.policy.rule.RuleTable;
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

/** A policy-engine at noon, without rules, tenants and jobs, beside a small fleet. */
@ServiceTest
@Import(PolicyWorld.Surroundings.class)
public class PolicyWorld {
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Autowired
    protected RestTestClient client;

    @Autowired
    protected TestTokens tokens;

    @Autowired
    protected JdbcClient jdbc;

    @Autowired
    protected JsonMapper json;

    @Autowired
    protected RuleTable rules;

    @Autowired
    protected Time time;

    @Autowired
    protected SmallFleet fleet;

    @LocalServerPort
    protected int port;

    protected TestHttp http = new TestHttp(RestTestClient.bindToServer().build(), 0, null);

    /** A clock that is moved by hand. */
    public static final class Time implements InstantSource {
        public volatile Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Surroundings {
        @Bean
        @Primary
        Time time() {
            return new Time();
        }

        @Bean
        SmallFleet smallFleet() {
            return new SmallFleet();
        }

        @Bean
        @Primary
        DeviceApi devices(SmallFleet fleet) {
            return fleet.devices();
        }

        @Bean
        @Primary
        UploadApi uploads(SmallFleet fleet) {
            return fleet.uploads();
        }
    }

    @BeforeEach
    void noonWithoutRules() {
        time.now = NOON;
        fleet.answers = true;
        jdbc.sql("select kind, name from rule")
                .query((row, number) -> new RuleTable.Change(
                        Decision.Kind.valueOf(row.getString("kind")), row.getString("name"), null, null, "test", NOON))
                .list()
                .forEach(rules::change);
        jdbc.sql("truncate decision_batch, tenant_settings, maintenance_state, maintenance_event, maintenance_answer")
                .update();
        http = as(tokens.bearer(Role.OPERATOR));
    }

    protected static Subject subject(String machine) {
        return new Subject(machine, "east", "web", "fd1", "r1");
    }

    protected Decisions decideAll(DecisionRequest request) {
        return ask("/v1/decisions", request);
    }

    protected Decisions ask(String path, DecisionRequest request) {
        return Objects.requireNonNull(http.post(path, "application/json", json.writeValueAsString(request))
                .expectStatus()
                .isOk()
                .expectBody(Decisions.class)
                .returnResult()
                .getResponseBody());
    }

    protected List<Decision> decide(String service, String... machines) {
        List<Subject> subjects =
                List.of(machines).stream().map(PolicyWorld::subject).toList();
        return decideAll(new DecisionRequest(service, "1.0", subjects)).decisions();
    }

    protected <T> T put(String path, Object body, Class<T> answer) {
        return Objects.requireNonNull(http.put(path, "application/json", json.writeValueAsString(body))
                .expectStatus()
                .isOk()
                .expectBody(answer)
                .returnResult()
                .getResponseBody());
    }

    protected <T> T read(String path, Class<T> answer) {
        return Objects.requireNonNull(http.get(path, "application/json")
                .expectStatus()
                .isOk()
                .expectBody(answer)
                .returnResult()
                .getResponseBody());
    }

    protected Policy.Stored put(String name, Policy policy) {
        return put("/v1/policies/" + name, policy, Policy.Stored.class);
    }

    protected PolicyOverride.Stored put(String name, PolicyOverride override) {
        return put("/v1/overrides/" + name, override, PolicyOverride.Stored.class);
    }

    protected OptOut.Stored put(String name, OptOut optOut) {
        return put("/v1/opt-outs/" + name, optOut, OptOut.Stored.class);
    }

    OptOut.Stored read(String name) {
        return read("/v1/opt-outs/" + name, OptOut.Stored.class);
    }

    List<String> list() {
        return list("");
    }

    List<String> list(String filter) {
        List<String> names = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Page<OptOut.Stored> page = Objects.requireNonNull(
                    http.get("/v1/opt-outs?limit=1" + filter + (cursor.isEmpty() ? "" : "&cursor=" + cursor), "*/*")
                            .expectBody(new ParameterizedTypeReference<Page<OptOut.Stored>>() {})
                            .returnResult()
                            .getResponseBody());
            page.items().forEach(stored -> names.add(stored.name()));
            cursor = page.nextCursor();
        }
        return names;
    }

    protected TestHttp as(@Nullable String token) {
        return new TestHttp(client, port, token);
    }
}
