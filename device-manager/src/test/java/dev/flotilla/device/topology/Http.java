package dev.flotilla.device.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Requests as a caller with one token makes them. */
record Http(RestTestClient client, String base, @Nullable String token) {
    RestTestClient.ResponseSpec get(String path, String accept) {
        return send(HttpMethod.GET, path, null, null, accept);
    }

    RestTestClient.ResponseSpec put(String path, String type, String body) {
        return send(HttpMethod.PUT, path, type, body, "application/json");
    }

    RestTestClient.ResponseSpec send(
            HttpMethod method, String path, @Nullable String type, @Nullable String body, String accept) {
        var request = client.method(method).uri(URI.create(base + path)).header("Accept", accept);
        if (token != null) {
            request.header("Authorization", token);
        }
        if (body != null && type != null) {
            request.contentType(MediaType.parseMediaType(type)).body(body);
        }
        return request.exchange();
    }

    static Problem problem(int status, RestTestClient.ResponseSpec response) {
        var result = response.expectBody(Problem.class).returnResult();
        assertThat(result.getStatus().value())
                .as(() -> String.valueOf(result.getResponseBody()))
                .isEqualTo(status);
        assertThat(result.getResponseHeaders().getContentType())
                .isNotNull()
                .matches(MediaType.APPLICATION_PROBLEM_JSON::isCompatibleWith);
        return Objects.requireNonNull(result.getResponseBody());
    }
}
