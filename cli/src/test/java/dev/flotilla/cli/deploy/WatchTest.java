package dev.flotilla.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.flotilla.cli.Flotilla;
import dev.flotilla.cli.session.Exit;
import dev.flotilla.cli.supervisor.ClusterOptions;
import dev.flotilla.cli.supervisor.ClusterState;
import dev.flotilla.cli.supervisor.ClusterState.Phase;
import dev.flotilla.cli.supervisor.ClusterState.RunningProcess;
import dev.flotilla.cli.supervisor.DataFolder;
import dev.flotilla.cli.supervisor.StateFile;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.standalone.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Services that answer what a test says, and otherwise that they know of no deployment. */
class WatchTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private final List<HttpServer> services = new ArrayList<>();

    @BeforeEach
    void startServices() throws IOException {
        DataFolder data = new DataFolder(folder);
        LocalIssuer.openOrCreate(data.keys());
        ClusterOptions options = startOnFreePorts();
        answerNotFound(services.get(0), "There is no deployment 'd99'.");
        answerNotFound(services.get(1), "The deployment 'd99' is not known here: not declared, or not taken up yet");
        RunningProcess self = RunningProcess.of(ProcessHandle.current());
        new StateFile(data).write(new ClusterState(self, Phase.READY, null, options, List.of(), List.of()));
    }

    @AfterEach
    void stop() {
        services.forEach(service -> service.stop(0));
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void aDeploymentThatNobodyDeclaredIsRefusedAtOnce() {
        assertThat(run("watch", "d99")).isEqualTo(Exit.REFUSED);
        assertThat(err.toString(UTF_8)).isEqualTo("Refused: 404 Not Found\nThere is no deployment 'd99'.\n");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void whatIsRolledBackIsFollowedToTheEndOfItsWayBack() {
        answer(
                "d7",
                progress("d7", "HALTED", "a canary failed", "null"),
                progress("d7", "SUPERSEDED", null, "[\"d8\"]"));
        answer("d8", progress("d8", "COMPLETE", null, null));
        assertThat(run("watch", "d7")).as("d7 did not come about").isEqualTo(Exit.FAILED);
        assertThat(err.toString(UTF_8))
                .isEqualTo("d7 is stopped for good: a canary failed\nd7 is rolled back by d8, following it\n");
        assertThat(out.toString(UTF_8))
                .containsSubsequence(
                        "Deployment d8 of hello 1.0 is complete: 3 machines run it",
                        "Deployment d7 of hello 1.0 is rolled back.\nIts machines go back with d8: './flotilla watch d8' follows it.\n");
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void rollingBackEndsAsItsWayBackDoes() {
        answer("d7", progress("d7", "ABORTED", "rolled back by ann: it eats memory", "[\"d8\"]"));
        answer("d8", progress("d8", "COMPLETE", null, null));
        assertThat(run("roll-back", "d7", "--reason", "it eats memory", "--watch"))
                .isEqualTo(Exit.OK);

        answer("d17", progress("d17", "ABORTED", "rolled back by ann: it eats memory", "[\"d18\"]"));
        answer("d18", progress("d18", "HALTED", "2 machines failed", null));
        assertThat(run("roll-back", "d17", "--reason", "it eats memory", "--watch"))
                .isEqualTo(Exit.FAILED);

        answer("d27", progress("d27", "ABORTED", "rolled back by ann: it eats memory", "[]"));
        assertThat(run("roll-back", "d27", "--reason", "it eats memory", "--watch"))
                .isEqualTo(Exit.FAILED);
        assertThat(out.toString(UTF_8)).contains("There was nothing to go back to");
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void rollingBackNamesTheDeploymentThatItMakesAndHowToFollowIt() {
        answer("d7", progress("d7", "ABORTED", "rolled back by ann: it eats memory", "[\"d8\"]"));
        assertThat(run("roll-back", "d7", "--reason", "it eats memory")).isEqualTo(Exit.OK);
        assertThat(out.toString(UTF_8)).isEqualTo("""
                Deployment d7 of hello 1.0 was stopped for good: rolled back by ann: it eats memory
                Its machines go back with d8: './flotilla watch d8' follows it.
                """);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void rollingBackSaysWhatStaysOnTheVersion() {
        String left = "\"leftBehind\":\"1.0 stays on 2 machines\",\"rollouts\":[]";
        answer("d7", progress("d7", "ABORTED", "slow", "[\"d8\"]").replace("\"rollouts\":[]", left));
        assertThat(run("roll-back", "d7", "--reason", "slow")).isEqualTo(Exit.OK);
        assertThat(out.toString(UTF_8)).endsWith("follows it.\nBut 1.0 stays on 2 machines.\n");
    }

    @Test
    void aVersionIsNoDeployment() {
        for (String command : List.of("explain", "plan", "watch", "history", "pause")) {
            err.reset();
            assertThat(run(command, "1.2.0")).as(command).isEqualTo(Exit.USAGE);
            assertThat(err.toString(UTF_8))
                    .contains("'1.2.0' is no deployment: that is a d and a number, such as d42")
                    .doesNotContain("cannot convert");
        }
    }

    @Test
    void aReasonIsAskedForWhereSomethingIsStopped() {
        assertThat(run("roll-back", "d7")).isEqualTo(Exit.USAGE);
        assertThat(err.toString(UTF_8)).contains("Missing required option: '--reason=TEXT'");
    }

    /** @param ways what follows for {@code rolledBackBy}; null where it is not rolled back */
    private static String progress(String id, String state, @Nullable String reason, @Nullable String ways) {
        return """
                {"id":"%s","service":"hello","version":"1.0","state":"%s","reason":%s,"counts":{"waiting":0,"fetching":0,"switching":0,"running":3,\
                "failed":0,"excused":0,"superseded":0},"declaredAt":"2026-01-01T00:00:00Z","startedAt":"2026-01-01T00:00:00Z","completedAt":null,\
                "rolledBack":%s,"rolledBackBy":%s,"rollouts":[]}""".formatted(id, state, reason == null ? "null" : '"' + reason + '"', ways != null, ways);
    }

    /** The orchestrator streams the first, and answers the last. */
    private void answer(String id, String... progress) {
        services.get(1).createContext("/v1/deployments/" + id, exchange -> {
            boolean stream = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"))
                    .contains("text/event-stream");
            String body = stream ? "event: progress\ndata: " + progress[0] + "\n\n" : progress[progress.length - 1];
            exchange.getResponseHeaders().set("Content-Type", stream ? "text/event-stream" : "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body.getBytes(UTF_8));
            exchange.close();
        });
    }

    private int run(String... args) {
        String[] line = java.util.Arrays.copyOf(args, args.length + 1);
        line[args.length] = "--data=" + folder;
        return Flotilla.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), line);
    }

    private ClusterOptions startOnFreePorts() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            ClusterOptions options =
                    new ClusterOptions(1, ThreadLocalRandom.current().nextInt(10_000, 40_000), false);
            try {
                services.add(start(options.port(Part.TARGET)));
                services.add(start(options.port(Part.ORCHESTRATOR)));
                return options;
            } catch (IOException e) {
                stop(); // a port is taken: try others
                services.clear();
            }
        }
        throw new IOException("no free ports were found");
    }

    private static HttpServer start(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10);
        server.start();
        return server;
    }

    private static void answerNotFound(HttpServer server, String detail) {
        byte[] body = ("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"" + detail
                        + "\",\"errors\":[{\"field\":\"id\",\"message\":\"does not exist\",\"rejected\":\"d99\"}]}")
                .getBytes(UTF_8);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
