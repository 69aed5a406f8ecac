package dev.flotilla.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Page;
import dev.flotilla.api.Problem;
import dev.flotilla.api.upload.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Calls upload-service over real HTTP, as owners' tools do. Paths are given raw, so that odd ones can be sent. */
public final class UploadClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final int port;
    private final @Nullable String authorization;

    public UploadClient(int port, @Nullable String authorization) {
        this.port = port;
        this.authorization = authorization;
    }

    public static String path(String service, String version) {
        return "/v1/services/" + service + "/versions/" + version;
    }

    public HttpResponse<byte[]> upload(String service, String version, byte[] bytes, String... headers) {
        return send("PUT", path(service, version), BodyPublishers.ofByteArray(bytes), headers);
    }

    public HttpResponse<byte[]> upload(String service, String version, String text, String... headers) {
        return upload(service, version, text.getBytes(StandardCharsets.UTF_8), headers);
    }

    public HttpResponse<byte[]> download(String service, String version, String... headers) {
        return get(path(service, version) + "/payload", headers);
    }

    public HttpResponse<byte[]> get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    public HttpResponse<byte[]> delete(String service, String version) {
        return send("DELETE", path(service, version), BodyPublishers.noBody());
    }

    public HttpResponse<byte[]> send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends the lines of a request's head, with the token, and then these bytes; ends its side; answers all that comes back. */
    public String raw(String[] head, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            String lines =
                    String.join("\r\n", head) + "\r\nHost: 127.0.0.1\r\nAuthorization: " + authorization + "\r\n\r\n";
            out.write(lines.getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes);
            out.flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public static Version version(HttpResponse<byte[]> response) {
        return JSON.readValue(response.body(), Version.class);
    }

    public static Page<Version> versions(HttpResponse<byte[]> response) {
        return JSON.readValue(response.body(), new TypeReference<>() {});
    }

    public static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** The problem that it must be, with this status. */
    public static Problem problem(HttpResponse<byte[]> response, int status) {
        assertThat(response.statusCode()).as(text(response)).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        return JSON.readValue(response.body(), Problem.class);
    }

    /** The same, which blames this one field. */
    public static Problem problem(HttpResponse<byte[]> response, int status, String field) {
        Problem problem = problem(response, status);
        assertThat(problem.errors()).as(problem.toString()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo(field);
            assertThat(error.message()).isNotBlank();
        });
        return problem;
    }
}
