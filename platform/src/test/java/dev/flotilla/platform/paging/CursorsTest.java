package dev.flotilla.platform.paging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.testing.ServiceTest;
import dev.flotilla.platform.testing.TestHttp;
import dev.flotilla.platform.testing.TestTokens;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class CursorsTest {
    private static final String RED = "/v1/services/hello/list?colour=red";

    @LocalServerPort
    int port;

    @Autowired
    TestTokens tokens;

    @Autowired
    RestTestClient client;

    private TestHttp http() {
        return new TestHttp(client, port, tokens.bearer(Role.VIEWER));
    }

    private String next(String path) {
        Page<String> page = Objects.requireNonNull(http().get(path, "*/*")
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<Page<String>>() {})
                .returnResult()
                .getResponseBody());
        return Objects.requireNonNull(page.nextCursor());
    }

    @Test
    void aListGoesOnWithAnotherLimit() {
        String second = next(RED + "&limit=1");
        String third = next("/v1/services/hello/list?limit=5&cursor=" + second + "&colour=red");
        assertThat(third).isNotEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/services/hello/list?colour=blue",
                "/v1/services/hello/list?limit=10",
                "/v1/services/other/list?colour=red",
                "/v1/list?limit=10"
            })
    void aCursorOfAnotherListIsRefused(String other) {
        Problem problem = TestHttp.problem(400, http().get(other + "&cursor=" + next(RED), "*/*"));
        assertThat(problem.detail()).isEqualTo("cursor: must be the nextCursor of a page of the same list");
    }
}
