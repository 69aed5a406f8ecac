package dev.flotilla.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.flotilla.agent.process.FoundProcess;
import dev.flotilla.agent.process.ProcessSearch;
import dev.flotilla.api.agent.Order;
import dev.flotilla.api.upload.Payload;
import dev.flotilla.platform.orders.OrderKeys;
import dev.flotilla.platform.orders.OrderSigner;
import dev.flotilla.platform.security.Audience;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A real agent in a process of its own, killed for real. */
class AgentCrashTest {
    private static final int MACHINES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestPayloads payloads = new TestPayloads();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> agents = new ArrayList<>();

    @TempDir
    Path temporary;

    private Path data;
    private HttpServer uploads;
    private OrderSigner signer;
    private String token;
    private int port;

    @BeforeEach
    void prepare() throws IOException {
        data = Files.createDirectories(temporary.resolve("data")).toRealPath();
        uploads = payloads.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        LocalIssuer issuer = LocalIssuer.openOrCreate(data.resolve("keys"));
        signer = new OrderSigner(
                OrderKeys.openOrCreate(data.resolve("keys")).getPrivate(),
                JsonMapper.builder().build());
        token = issuer.issueFor(
                Audience.AGENTS, "test", Set.of(Role.SERVICE), List.of(), List.of(), Duration.ofHours(1));
        Files.createDirectories(data.resolve("tokens"));
        Files.writeString(data.resolve("tokens/agent-service.token"), token);
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void cleanUp() throws Exception {
        for (Process agent : agents) {
            agent.destroyForcibly().waitFor();
        }
        uploads.stop(0);
        StopServices.stopAll(data, Duration.ofMillis(100));
        assertThat(new ProcessSearch(data).find()).isEmpty();
    }

    @Test
    void whatRunsSurvivesTheKillOfTheAgentAndIsAdopted() throws Exception {
        Process agent = startAgent();
        orderEverywhere("1", payloads.script("1", "echo started; exec sleep 600"), 1);
        await().atMost(PATIENCE).until(() -> done("1") == MACHINES);
        List<Long> before = pids();
        assertThat(before).hasSize(MACHINES);

        agent.destroyForcibly().waitFor();
        assertThat(pids()).isEqualTo(before);
        startAgent();

        await().atMost(PATIENCE).until(() -> done("1") == MACHINES);
        assertThat(pids()).isEqualTo(before);
        for (int i = 1; i <= MACHINES; i++) {
            assertThat(data.resolve("machines/m" + i + "/hello/log/hello.log")).hasContent("started");
        }
        orderEverywhere("2", payloads.script("2", "exec sleep 600"), 2);
        await().atMost(PATIENCE).until(() -> done("2") == MACHINES);
        assertThat(versions()).hasSize(MACHINES).containsOnly("2");
    }

    @Test
    void aSecondAgentSaysWhyItDoesNotStartAndTheFirstLeavesTheServicesRunningWhenItIsStopped() throws Exception {
        Process agent = startAgent();
        orderEverywhere("1", payloads.script("1", "exec sleep 600"), 1);
        await().atMost(PATIENCE).until(() -> done("1") == MACHINES);
        List<Long> before = pids();

        Process second = launch(List.of("--server.port=0"));
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isNotZero();
        assertThat(temporary.resolve("agent-2.log"))
                .content()
                .contains("another agent carries machine m1")
                .contains("Stop the other agent first");

        agent.destroy();
        agent.waitFor();
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    void aKillInTheMiddleOfASwitchLosesNothingAndRunsNothingTwice() throws Exception {
        Process agent = startAgent();
        orderEverywhere("1", payloads.script("1", "exec sleep 600"), 1);
        await().atMost(PATIENCE).until(() -> done("1") == MACHINES);

        orderEverywhere("2", payloads.script("2", "exec sleep 600"), 2);
        await().atMost(PATIENCE).until(() -> versions().contains("2"));
        agent.destroyForcibly().waitFor();
        Process next = startAgent("--flotilla.agent.stop-services-on-exit=true");

        await().atMost(PATIENCE).until(() -> done("2") == MACHINES);
        assertThat(versions()).hasSize(MACHINES).containsOnly("2");

        next.destroy();
        next.waitFor();
        assertThat(pids()).isEmpty();
    }

    private Process startAgent(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--server.port=" + port);
        Process agent = launch(arguments);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            assertThat(agent.isAlive()).isTrue();
            return get("/actuator/health").statusCode() == 200;
        });
        return agent;
    }

    private Process launch(List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AgentService.class.getName(),
                "--flotilla.data=" + data,
                "--flotilla.agent.machines=m1..m" + MACHINES,
                "--flotilla.agent.stay-up=500ms",
                "--flotilla.services.upload-service=http://127.0.0.1:"
                        + uploads.getAddress().getPort(),
                // nobody listens there: an agent works without the registry too
                "--flotilla.services.version-registry-service=http://127.0.0.1:9"));
        command.addAll(more);
        Process agent = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temporary
                        .resolve("agent-" + (agents.size() + 1) + ".log")
                        .toFile())
                .start();
        agents.add(agent);
        return agent;
    }

    private void orderEverywhere(String version, Payload payload, long revision) throws Exception {
        for (int i = 1; i <= MACHINES; i++) {
            Instant now = Instant.now();
            Order order = new Order(
                    UUID.randomUUID().toString(),
                    "m" + i,
                    "hello",
                    version,
                    payload,
                    1,
                    revision,
                    now,
                    now.plusSeconds(120),
                    null);
            HttpRequest request = HttpRequest.newBuilder(uri("/v1/machines/m" + i + "/orders"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"jws\":\"" + signer.sign(order).jws() + "\"}"))
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(202);
        }
    }

    /** How many machines say that their order for the version is done and that it runs. */
    private int done(String version) throws Exception {
        int done = 0;
        for (int i = 1; i <= MACHINES; i++) {
            String report = get("/v1/machines/m" + i).body();
            if (report.contains("\"DONE\"")
                    && report.contains("\"RUNNING\"")
                    && report.contains("\"version\":\"" + version + "\"")) {
                done++;
            }
        }
        return done;
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private List<Long> pids() {
        return leaders().stream().map(FoundProcess::pid).sorted().toList();
    }

    private List<String> versions() {
        return leaders().stream().map(process -> process.marks().version()).toList();
    }

    private List<FoundProcess> leaders() {
        return new ProcessSearch(data)
                .find().stream().filter(FoundProcess::leads).toList();
    }
}
