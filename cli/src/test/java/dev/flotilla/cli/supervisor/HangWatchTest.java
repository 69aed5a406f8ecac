package dev.flotilla.cli.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.flotilla.standalone.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that answers over HTTP, stopped with SIGSTOP. */
class HangWatchTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Silence.Bounds BRIEF =
            new Silence.Bounds(Duration.ofMillis(300), 4, Duration.ofSeconds(2), Duration.ofSeconds(20));

    @TempDir
    Path folder;

    private final CountDownLatch told = new CountDownLatch(1);
    private Cluster cluster;
    private URI address;

    /** What is started. */
    public static final class Answering {
        public static void main(String[] args) throws IOException {
            HttpServer server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 10);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
            });
            server.start();
        }
    }

    @BeforeEach
    void startOne() throws IOException {
        DataFolder data = new DataFolder(folder);
        cluster = new Cluster(data, new ClusterOptions(1, 0, false));
        int port = PostgresServer.freePort();
        address = URI.create("http://127.0.0.1:" + port);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        cluster.start(
                new ProcessPlan(
                        "answering",
                        List.of(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                Path.of("target/test-classes").toAbsolutePath().toString(),
                                Answering.class.getName(),
                                Integer.toString(port)),
                        Map.of(),
                        List.of(),
                        Duration.ofMillis(500),
                        process -> true,
                        () -> Health.answers(address, Duration.ofMillis(300)),
                        Processes::stop),
                data.output("answering"));
        await().atMost(LIMIT).until(this::answers);
        cluster.watchForHangs(told, BRIEF);
    }

    @AfterEach
    void stop() throws Exception {
        told.countDown();
        cluster.stop();
    }

    @Test
    void aProcessThatStandsStillIsStartedAgain() throws Exception {
        ProcessHandle stopped = process();
        signal("STOP", stopped);

        await().atMost(LIMIT).until(this::answers);

        assertThat(Processes.runs(stopped)).isFalse();
        assertThat(process()).isNotEqualTo(stopped);
    }

    @Test
    void aProcessThatIsSlowForAWhileIsLeftAlone() throws Exception {
        ProcessHandle slow = process();
        signal("STOP", slow);
        await().pollDelay(Duration.ofMillis(1000)).until(() -> !answers());
        signal("CONT", slow);
        await().pollDelay(BRIEF.running()).atMost(LIMIT).until(this::answers);

        assertThat(process()).isEqualTo(slow);
    }

    private boolean answers() {
        return Health.answers(address, Duration.ofMillis(300));
    }

    private ProcessHandle process() {
        ClusterState state = new StateFile(new DataFolder(folder)).read().orElseThrow();
        return Objects.requireNonNull(state.processes().getFirst().process())
                .find()
                .orElseThrow();
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
