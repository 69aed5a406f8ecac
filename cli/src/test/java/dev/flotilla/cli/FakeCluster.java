package dev.flotilla.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The services of a cluster, which answer what a test says, and remember what they were asked. */
public final class FakeCluster implements AutoCloseable {
    private static final Pattern PROBLEM = Pattern.compile("^\\{\"type\":\"about:blank\".*\"status\":(\\d{3})");

    private final Path folder;
    private final List<HttpServer> services = new CopyOnWriteArrayList<>();
    private final Map<String, UnaryOperator<String>> answers = new LinkedHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** @param line method and path */
    public record Asked(String line, String body) {}

    /** What a command line came to. */
    public record Run(int exit, String out, String err) {}

    public FakeCluster(Path folder) throws IOException {
        this.folder = folder;
        DataFolder data = new DataFolder(folder);
        LocalIssuer.openOrCreate(data.keys());
        RunningProcess self = RunningProcess.of(ProcessHandle.current());
        new StateFile(data).write(new ClusterState(self, Phase.READY, null, start(), List.of(), List.of()));
    }

    private ClusterOptions start() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            ClusterOptions options =
                    new ClusterOptions(1, ThreadLocalRandom.current().nextInt(10_000, 40_000), false);
            try {
                for (Part part : Part.services()) {
                    start(options.port(part));
                }
                return options;
            } catch (IOException e) {
                close(); // a port is taken: try others
            }
        }
        throw new IOException("no free ports were found");
    }

    private void start(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10);
        server.createContext("/", this::answer);
        server.start();
        services.add(server);
    }

    /** Answers requests that begin so, such as {@code PUT /v1/policies/}, with JSON made of their body; where that is a problem, with its status. */
    public FakeCluster answering(String line, UnaryOperator<String> json) {
        answers.put(line, json);
        return this;
    }

    /** Forgets all answers. */
    public FakeCluster reset() {
        answers.clear();
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        asked.add(new Asked(line, request));
        byte[] body = answers.entrySet().stream()
                .filter(each -> line.startsWith(each.getKey()))
                .findFirst()
                .map(each -> each.getValue().apply(request))
                .orElse(
                        "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"There is none.\",\"errors\":[]}")
                .getBytes(UTF_8);
        Matcher problem = PROBLEM.matcher(new String(body, UTF_8));
        boolean refused = problem.find();
        exchange.getResponseHeaders().set("Content-Type", refused ? "application/problem+json" : "application/json");
        exchange.sendResponseHeaders(refused ? Integer.parseInt(problem.group(1)) : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    public Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] line = Arrays.copyOf(args, args.length + 1);
        line[args.length] = "--data=" + folder;
        int exit = Flotilla.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), line);
        return new Run(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    public List<Asked> asked() {
        return asked;
    }

    /** The body of the last request of those that begin so. */
    public String body(String line) {
        return asked.reversed().stream()
                .filter(each -> each.line().startsWith(line))
                .map(Asked::body)
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        services.forEach(service -> service.stop(0));
        services.clear();
    }
}
