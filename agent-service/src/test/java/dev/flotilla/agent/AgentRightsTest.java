package dev.flotilla.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.platform.security.Audience;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What an agent does for whom; the signature on an order comes on top of it. */
@ServiceTest
@TestPropertySource(properties = "flotilla.agent.machines=m1")
class AgentRightsTest {
    private static final String ORDERS = "/v1/machines/m1/orders";
    private static final String LOG = "/v1/machines/m1/services/hello/log";

    @LocalServerPort
    int port;

    @Autowired
    RestTestClient client;

    @Autowired
    TestTokens tokens;

    private TestHttp as(String token) {
        return new TestHttp(client, port, token);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aTokenForTheServicesOfTheFleetIsOfNoUseHere(Role role) {
        TestHttp stranger = as(tokens.elsewhere(Audience.FLEET, role));
        assertThat(TestHttp.problem(401, stranger.get("/v1/machines", "*/*")).detail())
                .contains("must contain 'flotilla-agent'");
        TestHttp.problem(401, stranger.get(LOG, "*/*"));
        TestHttp.problem(401, stranger.post(ORDERS, "application/json", "{\"jws\":\"x\"}"));
        TestHttp.problem(401, stranger.get("/actuator/prometheus", "*/*"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"VIEWER", "PUBLISHER", "DEPLOYER", "MACHINE"})
    void onlyServicesAndOperatorsReadLogsAndGiveOrders(Role role) {
        TestHttp reader = as(tokens.bearer(role));
        reader.get("/v1/machines", "*/*").expectStatus().isOk();
        assertThat(TestHttp.problem(403, reader.get(LOG, "*/*")).detail()).contains("takes the role service");
        assertThat(TestHttp.problem(403, reader.post(ORDERS, "application/json", "{\"jws\":\"x\"}"))
                        .detail())
                .contains("takes the role service");
    }

    @Test
    void aTokenForAgentsWithoutTheKeyForOrdersCanOnlyRead() {
        for (Role role : new Role[] {Role.SERVICE, Role.OPERATOR}) {
            TestHttp captured = as(tokens.bearer(role));
            TestHttp.problem(404, captured.get(LOG, "*/*"));
            assertThat(TestHttp.problem(403, captured.post(ORDERS, "application/json", "{\"jws\":\"a.b.c\"}"))
                            .detail())
                    .doesNotContain("takes the role");
        }
    }
}
