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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Services that know of no deployment. */
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
