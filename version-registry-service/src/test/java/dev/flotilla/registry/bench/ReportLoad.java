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
    private static final int BATCH_AGENTS = 8;
    private static final int BATCH = 1_000;

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
        measure("batches, new", BATCH, batches(registry, issuer, false), time, cpu);
        if (parts.contains("single")) {
            measure("single, warming up", 1, singles(registry, issuer, false), time, cpu);
            measure("single, unchanged", 1, singles(registry, issuer, false), time, cpu);
            measure("single, changing", 1, singles(registry, issuer, true), time, cpu);
        }
        if (parts.contains("batches")) {
            measure("batches, warming up", BATCH, batches(registry, issuer, false), time, cpu);
            measure("batches, unchanged", BATCH, batches(registry, issuer, false), time, cpu);
            measure("batches, changing", BATCH, batches(registry, issuer, true), time, cpu);
        }
    }

    private static void measure(String what, int reports, Load load, Duration time, Supplier<Duration> cpu)
            throws IOException {
        long before = cpu.get().toNanos();
        Load.Result result = load.run(time);
        double micros = (cpu.get().toNanos() - before) / 1e3 / (result.requests() * reports);
        System.out.printf("%-20s %s   processor %6.1f us/report%n", what, result.inWords(reports), micros);
    }

    private static Load singles(InetSocketAddress registry, LocalIssuer issuer, boolean changing) {
        return new Load(registry, agents(issuer, AGENTS, 0, changing));
    }

    private static Load batches(InetSocketAddress registry, LocalIssuer issuer, boolean changing) {
        return new Load(registry, agents(issuer, BATCH_AGENTS, BATCH, changing));
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
