package dev.flotilla.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A local cluster in a folder and on ports of its own. Closing it takes it down and checks that nothing is left running. */
final class Cluster implements AutoCloseable {
    private static final Path ROOT =
            Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Map<String, Integer> PORTS = Map.of(
            "console",
            8080,
            "upload-service",
            8081,
            "target-service",
            8082,
            "version-registry-service",
            8083,
            "agent-service",
            8084,
            "orchestrator-service",
            8085,
            "policy-engine",
            8086,
            "device-manager",
            8087);

    private final Path data;
    private final int portOffset;
    private final HttpClient http = HttpClient.newHttpClient();

    /** What a command of ./flotilla did. */
    record Result(int exit, String out, String err) {}

    Cluster(Path data) {
        this.data = data;
        this.portOffset = freeOffset();
    }

    Path data() {
        return data;
    }

    int port(String service) {
        return PORTS.getOrDefault(service, 0) + portOffset;
    }

    /** Starts a command that goes on until it is destroyed. */
    Process start(Path out, Path err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("flotilla").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("FLOTILLA_BUILD", "never");
        return builder.start();
    }

    /** Runs a command and waits for it. */
    Result flotilla(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("flotilla", ".out");
        Path err = Files.createTempFile("flotilla", ".err");
        Process process = start(out, err, arguments);
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES))
                    .as("%s ends", String.join(" ", arguments))
                    .isTrue();
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** The same; the command must succeed. */
    Result succeed(String... arguments) throws IOException, InterruptedException {
        Result result = flotilla(arguments);
        assertThat(result.exit())
                .as("./flotilla %s%n%s%n%s", String.join(" ", arguments), result.out(), result.err())
                .isZero();
        return result;
    }

    Cluster up(String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("up", "--port-offset", String.valueOf(portOffset)));
        arguments.addAll(List.of(options));
        succeed(arguments.toArray(String[]::new));
        return this;
    }

    String portOffset() {
        return String.valueOf(portOffset);
    }

    String token() throws IOException, InterruptedException {
        return succeed("token").out().strip();
    }

    JsonNode get(String service, String path, String token) throws IOException, InterruptedException {
        return JSON.readTree(text(service, path, token));
    }

    String text(String service, String path, String token) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(service, path, token).GET().build());
        assertThat(response.statusCode())
                .as("GET %s%s: %s", service, path, response.body())
                .isEqualTo(200);
        return response.body();
    }

    HttpResponse<String> put(String service, String path, String token, String type, byte[] body)
            throws IOException, InterruptedException {
        return send("PUT", service, path, token, type, body);
    }

    /** Sends JSON, which must be taken; answers with JSON, or null where the answer has no body. */
    JsonNode tell(String method, String service, String path, String token, String json)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                send(method, service, path, token, "application/json", json.getBytes(StandardCharsets.UTF_8));
        assertThat(response.statusCode() / 100)
                .as("%s %s%s: %s", method, service, path, response.body())
                .isEqualTo(2);
        return JSON.readTree(response.body().isEmpty() ? "null" : response.body());
    }

    private HttpResponse<String> send(
            String method, String service, String path, String token, String type, byte[] body)
            throws IOException, InterruptedException {
        return send(request(service, path, token)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofByteArray(body))
                .build());
    }

    /** The process that {@code status} names for the part. */
    ProcessHandle process(String part) throws IOException, InterruptedException {
        // 'status' fails while a part of the cluster is down, and tells of the others all the same
        JsonNode status = JSON.readTree(flotilla("status", "--output", "json").out());
        for (JsonNode row : status.path("parts")) {
            if (row.path("name").asString().equals(part) && row.path("pid").isNumber()) {
                return ProcessHandle.of(row.path("pid").asLong()).orElseThrow();
            }
        }
        throw new AssertionError(part + " is not in " + status);
    }

    /** kill -9. */
    void kill(String part) throws IOException, InterruptedException {
        assertThat(process(part).destroyForcibly()).isTrue();
    }

    /** Whether the part answers and is well; PostgreSQL is where those that use it are. */
    boolean isHealthy(String part) throws IOException, InterruptedException {
        String service = PORTS.containsKey(part) ? part : "target-service";
        return send(HttpRequest.newBuilder(address(service, "/actuator/health")).build())
                        .statusCode()
                == 200;
    }

    private HttpRequest.Builder request(String service, String path, String token) {
        return HttpRequest.newBuilder(address(service, path)).header("Authorization", "Bearer " + token);
    }

    private URI address(String service, String path) {
        return URI.create("http://127.0.0.1:" + port(service) + path);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        flotilla("down");
        List<FleetProcesses.Started> left = FleetProcesses.of(data);
        left.forEach(process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly));
        assertThat(left).as("processes left running after 'down'").isEmpty();
    }

    private static int freeOffset() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int offset = ThreadLocalRandom.current().nextInt(1000, 2400) * 10;
            if (PORTS.values().stream().allMatch(port -> isFree(port + offset))) {
                return offset;
            }
        }
        throw new IllegalStateException("no free ports were found");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
