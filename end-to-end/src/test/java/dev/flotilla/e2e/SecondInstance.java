package dev.flotilla.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One more process of a service that runs in a cluster: the same command and environment, on a port and with a log of its own. */
final class SecondInstance implements AutoCloseable {
    private static final String PORT = "--server.port=";
    private static final String URL = "--spring.datasource.url=";
    private static final String USER = "--spring.datasource.username=";
    private static final String LOG = "-Dflotilla.log=";

    private final List<String> command;
    private final Map<String, String> environment;
    private final Process process;

    SecondInstance(Cluster cluster, String part, int port) throws IOException, InterruptedException {
        Path first = Path.of("/proc", String.valueOf(cluster.process(part).pid()));
        this.command = words(first.resolve("cmdline")).stream()
                .map(word -> word.startsWith(PORT) ? PORT + port : word.startsWith(LOG) ? word + "-2" : word)
                .toList();
        this.environment = words(first.resolve("environ")).stream()
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(word -> word[0], word -> word[1]));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(first.resolve("cwd").toRealPath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        cluster.data().resolve("logs").resolve(part + "-2.out").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        this.process = builder.start();
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            await("a second " + part)
                    .atMost(Duration.ofSeconds(120))
                    .ignoreExceptions()
                    .until(() -> http.send(health, BodyHandlers.discarding()).statusCode() == 200);
        }
    }

    /** Pauses it while it looks at a rollout: what it decides it carries out only after {@link #goOn}. */
    void pauseInMidTick() throws Exception {
        for (int attempt = 0; attempt < 60; attempt++) {
            signal("STOP");
            await().pollDelay(Duration.ofMillis(1200)).until(() -> true);
            if (heldTicks() > 0) {
                return;
            }
            signal("CONT");
            await().pollDelay(Duration.ofMillis(37)).until(() -> true);
        }
        throw new AssertionError("it was never caught looking at a rollout");
    }

    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Ticks that somebody took a while ago and has not given any sign of life for. */
    private int heldTicks() throws SQLException {
        try (Connection database = DriverManager.getConnection(
                        argument(URL), argument(USER), environment.get("SPRING_DATASOURCE_PASSWORD"));
                Statement statement = database.createStatement();
                ResultSet held = statement.executeQuery("select count(*) from orchestrator.scheduled_tasks"
                        + " where picked and last_heartbeat < now() - interval '1 second'")) {
            held.next();
            return held.getInt(1);
        }
    }

    private String argument(String name) {
        return command.stream()
                .filter(word -> word.startsWith(name))
                .findFirst()
                .orElseThrow()
                .substring(name.length());
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static List<String> words(Path file) throws IOException {
        return Arrays.stream(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
