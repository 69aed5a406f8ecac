package dev.flotilla.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What a token for agents, which every machine of the fleet gets to see, is worth at a service: nothing. */
@ServiceTest
class AudienceTest {
    @LocalServerPort
    int port;

    @Autowired
    RestTestClient client;

    @Autowired
    TestTokens tokens;

    @Autowired
    TokenSource own;

    @Autowired
    @ForAgents
    TokenSource forAgents;

    @Value("${flotilla.data}")
    Path data;

    private TestHttp as(String token) {
        return new TestHttp(client, port, token);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aTokenForAgentsGetsNothingDoneAtAService(Role role) {
        TestHttp captured = as(tokens.elsewhere(Audience.AGENTS, role));
        assertThat(TestHttp.problem(401, captured.get("/v1/services/hello", "*/*"))
                        .detail())
                .contains("audience (claim aud) must contain 'flotilla'");
        TestHttp.problem(401, captured.post("/v1/lookup", "application/json", "{\"names\":[]}"));
        TestHttp.problem(401, captured.get("/actuator/prometheus", "*/*"));
    }

    @Test
    void aTokenWithoutARoleReadsNothing() {
        assertThat(TestHttp.problem(
                                403,
                                as(tokens.bearer(Set.of(), List.of("*"), List.of()))
                                        .get("/v1/services/hello", "*/*"))
                        .detail())
                .isEqualTo(
                        "The token names no role: it takes one of viewer, publisher, deployer, operator, service, machine, tenant");
    }

    @Test
    void whatCallsServicesNeverSendsTheTokenForAgentsNorTheOtherWayRound() throws Exception {
        assertThat(own.token()).isEqualTo(Files.readString(data.resolve("own.token")));
        assertThat(forAgents.token()).isEqualTo(Files.readString(data.resolve("to-agents.token")));
        as("Bearer " + own.token())
                .get("/v1/services/hello", "*/*")
                .expectStatus()
                .isOk();
        TestHttp.problem(401, as("Bearer " + forAgents.token()).get("/v1/services/hello", "*/*"));
    }
}
