package dev.flotilla.registry.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Restarts a registry that knows many machines, and prints how long that takes and how much memory it then has
 * ({@code -Dmachines=1000000 -Dservices=2}). */
final class WarmStart {
    private WarmStart() {}

    public static void main(String[] args) throws IOException, SQLException {
        int machines = Integer.getInteger("machines", 1_000_000);
        int services = Integer.getInteger("services", 2);
        List<String> jvm = List.of(System.getProperty("jvm", "-Xmx2g").split(" +"));
        try (BenchedRegistry registry = new BenchedRegistry(jvm)) {
            restart(registry, 0, 0);
            fill(registry, machines, services);
            restart(registry, machines, services);
        }
    }

    private static void restart(BenchedRegistry registry, int machines, int services) throws IOException {
        long start = System.nanoTime();
        registry.restart();
        System.out.printf(
                "%,d machines with %d services each: answers after %.1f s, %s%n",
                machines,
                services,
                (System.nanoTime() - start) / 1e9,
                memory(registry.process().pid()));
    }

    private static String memory(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("memory unknown");
    }

    private static void fill(BenchedRegistry registry, int machines, int services) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(registry.database().url(), "postgres", "postgres");
                Statement sql = connection.createStatement()) {
            sql.execute("set search_path to registry");
            sql.execute("insert into machine (name, first_seen, last_seen) select 'm' || i, now(), now()"
                    + " from generate_series(1, " + machines + ") i");
            sql.execute("insert into running (machine, service, version, state, sha256, restarts, since, changed_at)"
                    + " select 'm' || i, 's' || s, '1.0.' || i % 3, 'RUNNING', repeat('ab', 32), 0, now(), now()"
                    + " from generate_series(1, " + machines + ") i, generate_series(1, " + services + ") s");
        }
    }
}
