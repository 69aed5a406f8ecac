package dev.flotilla.registry.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.registry.RunningRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Reports from 10,000 machines, single and in batches, unchanged and changing, and prints how many were answered and how fast. Without
 * arguments it starts a registry and a database for itself; {@code URL KEYS_FOLDER} sends them to a registry that runs, with tokens of
 * the issuer whose keys are in that folder. {@code -Dseconds=10}: how long each part lasts; {@code -Dparts=single}
 * or {@code batches}: which; {@code -Djvm=-Xmx512m}: the registry's options.
 */
final class ReportLoad {
    private static final int MACHINES = 10_000;
    private static final int AGENTS = 64;
    private static final int BATCH_AGENTS = 16;
    private static final int BATCH = 100;
    private static final double MOST = Double.POSITIVE_INFINITY;

    private ReportLoad() {}

    public static void main(String[] args) throws IOException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        if (args.length == 2) {
            URI url = URI.create(args[0]);
            LocalIssuer issuer = LocalIssuer.openOrCreate(Path.of(args[1]));
            run(new InetSocketAddress(url.getHost(), url.getPort()), issuer, () -> Duration.ZERO);
            return;
        }
        List<String> jvm = List.of(System.getProperty("jvm", "-Xmx512m").split(" +"));
        try (BenchedRegistry registry = new BenchedRegistry(jvm)) {
            run(registry.address(), registry.issuer(), registry::cpu);
        }
    }

    private static void run(InetSocketAddress registry, LocalIssuer issuer, Supplier<Duration> cpu) throws IOException {
        Duration time = Duration.ofSeconds(Integer.getInteger("seconds", 10));
        String parts = System.getProperty("parts", "single batches");
        Bench bench = new Bench(registry, issuer, cpu, time);
        bench.batches("new", false, MOST);
        if (parts.contains("single")) {
            bench.singles("warming up", false, MOST);
            bench.singles("unchanged", false, MOST);
            bench.singles("unchanged", false, 10_000);
            bench.singles("changing", true, MOST);
        }
        if (parts.contains("batches")) {
            bench.batches("warming up", false, MOST);
            bench.batches("unchanged", false, MOST);
            bench.batches("unchanged", false, 150_000);
            bench.batches("changing", true, MOST);
        }
    }

    private record Bench(InetSocketAddress registry, LocalIssuer issuer, Supplier<Duration> cpu, Duration time) {
        void singles(String what, boolean changing, double reportsPerSecond) throws IOException {
            measure("single, " + what, 1, agents(issuer, AGENTS, 0, changing), reportsPerSecond);
        }

        void batches(String what, boolean changing, double reportsPerSecond) throws IOException {
            measure("batches, " + what, BATCH, agents(issuer, BATCH_AGENTS, BATCH, changing), reportsPerSecond);
        }

        private void measure(String what, int reports, List<Reports> agents, double perSecond) throws IOException {
            long before = cpu.get().toNanos();
            Load.Result result = new Load(registry, agents).run(time, perSecond / reports);
            double micros = (cpu.get().toNanos() - before) / 1e3 / (result.requests() * reports);
            String offered = perSecond == MOST ? "as fast as answered" : String.format("%,.0f/s offered", perSecond);
            System.out.printf(
                    "%-20s %-20s %s   processor %6.1f us/report%n", what, offered, result.inWords(reports), micros);
        }
    }

    private static List<Reports> agents(LocalIssuer issuer, int agents, int batch, boolean changing) {
        List<Reports> all = new ArrayList<>();
        int each = MACHINES / agents;
        for (int agent = 0; agent < agents; agent++) {
            int from = agent * each + 1;
            int to = from + each - 1;
            String token = RunningRegistry.token(issuer, "m" + from + "..m" + to);
            all.add(new Reports(token, from, to, Math.min(batch, each), changing));
        }
        return all;
    }
}
