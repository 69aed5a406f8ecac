package dev.flotilla.target.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Page;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentSummary;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
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

/** A target-service with nothing declared, beside an upload-service that has versions 1.0 and 2.0 of hello. */
@ServiceTest
@Import(TargetWorld.Fakes.class)
class TargetWorld {
    static final String HELLO_1 = "/v1/services/hello/versions/1.0/targets";
    static final String HELLO_2 = "/v1/services/hello/versions/2.0/targets";

    @Autowired
    RestTestClient client;

    @Autowired
    TestTokens tokens;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FakeUploads uploads;

    @Autowired
    FakeDevices devices;

    @LocalServerPort
    int port;

    TestHttp http = new TestHttp(RestTestClient.bindToServer().build(), 0, null);

    @TestConfiguration(proxyBeanMethods = false)
    static class Fakes {
        @Bean
        @Primary
        FakeUploads fakeUploads() {
            return new FakeUploads();
        }

        @Bean
        @Primary
        FakeDevices fakeDevices() {
            return new FakeDevices();
        }
    }

    @BeforeEach
    void nothingDeclared() {
        jdbc.sql("truncate deployment, target_current, group_current, announcement")
                .update();
        uploads.clear();
        uploads.add("hello", "1.0");
        uploads.add("hello", "2.0");
        devices.comeBack();
        http = as(tokens.bearerFor(Role.DEPLOYER, "hello"));
    }

    TestHttp as(@Nullable String token) {
        return new TestHttp(client, port, token);
    }

    Deployment declare(String path, String json) {
        return accepted(http.put(path, "application/json", json));
    }

    Deployment declareFile(String path, String text) {
        return accepted(http.put(path, "text/plain", text));
    }

    Deployment accepted(RestTestClient.ResponseSpec response) {
        var result = response.expectStatus()
                .isAccepted()
                .expectBody(Deployment.class)
                .returnResult();
        Deployment deployment = Objects.requireNonNull(result.getResponseBody());
        assertThat(result.getResponseHeaders().getFirst("Location")).isEqualTo("/v1/deployments/" + deployment.id());
        return deployment;
    }

    Page<DeploymentSummary> list(String path) {
        return Objects.requireNonNull(http.get(path, "application/json")
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<Page<DeploymentSummary>>() {})
                .returnResult()
                .getResponseBody());
    }

    List<String> ids(String path) {
        return list(path).items().stream().map(DeploymentSummary::id).toList();
    }

    List<String> targeting(String version) {
        return ids("/v1/services/hello/versions/" + version + "/deployments");
    }

    void assertNothingDeclared() {
        assertThat(ids("/v1/deployments")).isEmpty();
        for (String table : List.of("deployment", "target_current", "group_current", "announcement")) {
            assertThat(jdbc.sql("select count(*) from " + table)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }
}
