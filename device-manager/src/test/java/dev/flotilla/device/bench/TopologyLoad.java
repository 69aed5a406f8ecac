package dev.flotilla.device.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.flotilla.device.DeviceManager;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.service.FlotillaService;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Imports a fleet over HTTP, asks about it, claims and closes machines, and prints how long that takes. {@code -Dmachines=3000000}. */
final class TopologyLoad {
    private static final Pattern REPAIR = Pattern.compile("\"repair\":\"(r\\d+)\"");

    private TopologyLoad() {}

    public static void main(String[] args) throws IOException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        int machines = Integer.getInteger("machines", 3_000_000);
        Path data = Files.createTempDirectory("flotilla-topology");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start()) {
            LocalIssuer issuer = LocalIssuer.openOrCreate(data.resolve("keys"));
            String token = issuer.issue("bench", Set.of(Role.OPERATOR), List.of("*"), List.of(), Duration.ofDays(1));
            Files.createDirectories(data.resolve("tokens"));
            Files.writeString(data.resolve("tokens/device-manager.token"), token);
            try (ConfigurableApplicationContext service = FlotillaService.application(
                            DeviceManager.class, DeviceManager.NAME)
                    .run(
                            "--server.port=0",
                            "--logging.level.root=error",
                            "--flotilla.data=" + data,
                            "--flotilla.services.version-registry-service=http://127.0.0.1:1",
                            "--spring.datasource.url="
                                    + postgres.getJdbcUrl("postgres", "postgres")
                                            .replaceFirst("\\?.*", ""),
                            "--spring.datasource.username=postgres",
                            "--spring.datasource.password=postgres")) {
                String port = service.getEnvironment().getRequiredProperty("local.server.port");
                run(new Client("http://127.0.0.1:" + port, token), machines);
            }
        } finally {
            FileSystemUtils.deleteRecursively(data);
        }
    }

    private static void run(Client client, int machines) {
        int groups = machines / GeneratedFleet.GROUP;
        Random random = new Random(1);
        client.upload(machines + " machines imported", "/v1/machines", new GeneratedFleet(machines));
        client.upload("the same again, nothing changes", "/v1/machines", new GeneratedFleet(machines));

        System.out.printf(Locale.ROOT, "%n%-52s %11s %11s%n", "one after the other", "p50", "p99");
        client.measure(
                "nothing: a probe, to compare with",
                5_000,
                i -> client.to("/actuator/health/liveness").build());
        client.measure(
                "one machine",
                5_000,
                i -> client.to("/v1/machines/" + GeneratedFleet.name(random.nextInt(machines)))
                        .build());
        client.measure(
                "the health of one machine",
                5_000,
                i -> client.to("/v1/machines/" + GeneratedFleet.name(random.nextInt(machines)) + "/health")
                        .build());
        client.measure(
                "one group with its fault domains",
                5_000,
                i -> client.to("/v1/groups/" + place(random.nextInt(groups), "/"))
                        .build());
        client.measure(
                "100 machines of a group",
                1_000,
                i -> client.to("/v1/machines?limit=100&environment="
                                + place(random.nextInt(groups), "&machineFunction="))
                        .build());
        client.measure(
                "all 1,000 machines of a group",
                500,
                i -> client.to("/v1/machines?environment=" + place(random.nextInt(groups), "&machineFunction="))
                        .build());
        client.measure(
                "the health of all 1,000 machines of a group",
                500,
                i -> client.to("/v1/machines/health?environment=" + place(random.nextInt(groups), "&machineFunction="))
                        .build());
        client.measure(
                "1,000 machines of an environment",
                300,
                i -> client.to("/v1/machines?environment=" + GeneratedFleet.environment(random.nextInt(groups)))
                        .build());
        client.measure(
                groups + " groups with their counts",
                50,
                i -> client.to("/v1/groups").build());
        client.measure(
                "one environment",
                1_000,
                i -> client.to("/v1/environments/" + GeneratedFleet.environment(random.nextInt(groups)))
                        .build());
        claims(client, Math.min(groups, 100), true, "1,000 machines claimed by force, all granted", "their closing");
        claims(
                client,
                Math.min(groups, 100),
                false,
                "1,000 machines claimed, 200 granted, 800 refused",
                "their closing");
    }

    private static String place(int group, String between) {
        return GeneratedFleet.environment(group) + between + GeneratedFleet.function(group);
    }

    private static void claims(Client client, int groups, boolean forced, String what, String then) {
        long[] claims = new long[groups];
        long[] closings = new long[groups];
        for (int group = 0; group < groups; group++) {
            client.send(client.to("/v1/groups/" + place(group, "/") + "/limits")
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"maxUnavailable\":\"100%\"}"))
                    .build());
            int first = group * GeneratedFleet.GROUP;
            String names = IntStream.range(first, first + GeneratedFleet.GROUP)
                    .mapToObj(i -> "\"" + GeneratedFleet.name(i) + "\"")
                    .collect(Collectors.joining(","));
            var claim = client.post("/v1/repairs/claims", """
                    {"holder":"bench","kind":"DEPLOY","forced":%s,"service":"hello","reason":"bench","lease":"PT10M","machines":[%s]}
                    """.formatted(forced, names));
            long start = System.nanoTime();
            String granted = client.send(claim);
            claims[group] = System.nanoTime() - start;
            String closing = REPAIR.matcher(granted)
                    .results()
                    .map(found ->
                            "{\"repair\":\"%s\",\"outcome\":\"DONE\",\"reason\":\"over\"}".formatted(found.group(1)))
                    .collect(Collectors.joining(","));
            var close = client.post("/v1/repairs/closings", "{\"holder\":\"bench\",\"closings\":[" + closing + "]}");
            start = System.nanoTime();
            client.send(close);
            closings[group] = System.nanoTime() - start;
        }
        Client.print(what, claims);
        Client.print(then, closings);
    }
}
