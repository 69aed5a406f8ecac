package dev.flotilla.platform.testing;

import dev.flotilla.api.Problem;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * Requests to the service under test as a caller with one token makes them. Paths are sent as they are written.
 *
 * @param token value of the header {@code Authorization}; null for none
 */
public record TestHttp(
        RestTestClient client, int port, @Nullable String token) {
    public RestTestClient.ResponseSpec get(String path, String accept) {
        return send(HttpMethod.GET, path, null, null, accept);
    }

    public RestTestClient.ResponseSpec put(String path, String type, String body) {
        return send(HttpMethod.PUT, path, type, body, "application/json");
    }

    public RestTestClient.ResponseSpec post(String path, String type, String body) {
        return send(HttpMethod.POST, path, type, body, "application/json");
    }

    public RestTestClient.ResponseSpec delete(String path) {
        return send(HttpMethod.DELETE, path, null, null, "*/*");
    }

    private RestTestClient.ResponseSpec send(
            HttpMethod method, String path, @Nullable String type, @Nullable String body, String accept) {
        var request = client.method(method)
                .uri(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", accept);
        if (token != null) {
            request.header("Authorization", token);
        }
        if (body != null && type != null) {
            request.contentType(MediaType.parseMediaType(type)).body(body);
        }
        return request.exchange();
    }

    /**
     * A PUT whose body ends after what is given, whatever length was announced.
     *
     * @return the whole answer, head and body
     */
    public String putCutOff(String path, String type, long announced, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String head = "PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                    + "\r\nContent-Length: " + announced + "\r\nAuthorization: " + token
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The problem that a request was answered with; fails where it was answered with anything else. */
    public static Problem problem(int status, RestTestClient.ResponseSpec response) {
        var result = response.expectBody(Problem.class).returnResult();
        MediaType type = result.getResponseHeaders().getContentType();
        if (result.getStatus().value() != status || !MediaType.APPLICATION_PROBLEM_JSON.isCompatibleWith(type)) {
            throw new AssertionError("expected a problem of status " + status + ", but was " + result.getStatus()
                    + " of type " + type + ": " + result.getResponseBody());
        }
        return Objects.requireNonNull(result.getResponseBody());
    }
}
