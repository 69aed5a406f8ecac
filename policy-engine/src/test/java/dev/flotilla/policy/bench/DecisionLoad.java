package dev.flotilla.policy.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.flotilla.api.policy.DecisionRequest;
import dev.flotilla.api.policy.DecisionRequest.Subject;
import dev.flotilla.platform.security.LocalIssuer;
import dev.flotilla.platform.security.Role;
import dev.flotilla.platform.service.FlotillaService;
import dev.flotilla.policy.PolicyEngine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * A policy-engine with 10,000 policies over a PostgreSQL that makes every commit durable, asked about 1,000 machines at a time by one client: request
 * and answer over HTTP, tokens checked, every decision kept.
 */
final class DecisionLoad {
    private static final int POLICIES = Integer.getInteger("policies", 10_000);
    private static final int ROUNDS = Integer.getInteger("rounds", 1_000);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String token;

    private DecisionLoad(String base, String token) {
        this.base = base;
        this.token = token;
    }

    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Path data = Files.createTempDirectory("policy-bench");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            int port = freePort();
            String url = postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "");
            LocalIssuer issuer = LocalIssuer.openOrCreate(data.resolve("keys"));
            FlotillaService.run(
                    PolicyEngine.class,
                    PolicyEngine.NAME,
                    "--server.port=" + port,
                    "--flotilla.data=" + data,
                    "--spring.datasource.url=" + url,
                    "--spring.datasource.username=postgres",
                    "--spring.datasource.password=postgres",
                    "--logging.level.root=warn");
            fill(postgres);
            String token = issuer.issue("bench", Set.of(Role.OPERATOR), List.of("*"), List.of(), Duration.ofHours(1));
            new DecisionLoad("http://127.0.0.1:" + port, token).run();
        }
        System.exit(0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /**
     * A tenth of the policies are of machines, a tenth of tenants, and so on; of those that are about the machines asked for every tenth has a
     * schedule and every tenth a condition.
     */
    private static void fill(EmbeddedPostgres postgres) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into policy.rule (kind, name, definition, revision, created_by, created_at, changed_by, changed_at)
                    select 'POLICY', 'p' || i, jsonb_strip_nulls(jsonb_build_object(
                        'selector', case i %% 10
                            when 0 then jsonb_build_object('machine', 'm' || i)
                            when 1 then jsonb_build_object('tenant', 'tenant-' || i %% 500)
                            when 2 then jsonb_build_object('environment', 'env-' || i %% 60, 'service', 'service-' || i %% 100)
                            when 3 then jsonb_build_object('machineFunction', 'mf-' || i %% 50, 'environment', 'env-' || i %% 60)
                            when 4 then jsonb_build_object('region', 'region-' || i %% 10, 'service', 'service-' || i %% 100)
                            else jsonb_build_object('service', 'service-' || i %% 100) end,
                        'effect', (array['DEFER', 'ALLOW', 'DENY'])[1 + i %% 3],
                        'condition', case when i / 10 %% 10 = 1 then 'version.startsWith("9") && machine.endsWith("7")' end,
                        'schedule', case when i / 10 %% 10 = 2 then jsonb_build_object('zone', 'Europe/Berlin', 'when', 'OUTSIDE',
                            'windows', jsonb_build_array(jsonb_build_object('from', '22:00', 'to', '04:00'))) end,
                        'reason', 'because of ' || i)),
                        i, 'bench', now(), 'bench', now()
                    from generate_series(1, %d) i
                    """.formatted(POLICIES));
            statement.execute("""
                    insert into policy.rule_revision (revision, kind, name, after, changed_by, changed_at)
                    select revision, kind, name, definition, changed_by, changed_at from policy.rule
                    """);
            statement.execute("update policy.rule_revision_counter set revision = " + POLICIES);
        }
    }

    private void run() {
        long start = System.nanoTime();
        send(question(0, 1));
        System.out.printf(
                Locale.ROOT, "first answer, %,d policies read: %.0f ms%n", POLICIES, (System.nanoTime() - start) / 1e6);
        System.out.println("what                                                          p50         p99");
        measure("1,000 machines, the same again and again", i -> question(0, 1));
        measure("1,000 machines, another service each time (kept anew)", i -> question(i, i + 2));
        measure("1,000 machines, after a policy was changed", i -> {
            send(put(
                    "/v1/policies/changing",
                    "{\"selector\":{\"service\":\"service-1\"},\"effect\":\"ALLOW\",\"reason\":\"round " + i
                            + "\",\"mayMatchNothing\":true}"));
            return question(i, 1);
        });
        System.out.println("kept: "
                + send(request("/v1/decisions/" + lastId()).GET().build()).length()
                + " characters each, before compression");
    }

    private String lastId() {
        return JSON.readTree(send(question(0, 1))).get("id").asString();
    }

    private HttpRequest question(int round, int version) {
        List<Subject> machines = IntStream.range(0, 1_000)
                .mapToObj(i -> new Subject(
                        "m" + (round % 10 * 1_000 + i),
                        "env-" + round % 60,
                        "mf-" + round % 50,
                        "fd" + i % 5,
                        "region-" + round % 10,
                        i % 10 == 0 ? "tenant-" + i : null))
                .toList();
        DecisionRequest request =
                new DecisionRequest("service-" + round % 100, version + ".0", machines, "d1", "d1~env~mf");
        return request("/v1/decisions")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(request)))
                .build();
    }

    private HttpRequest put(String path, String body) {
        return request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + token);
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        request.uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void measure(String what, IntFunction<HttpRequest> requests) {
        long[] nanos = new long[ROUNDS];
        for (int i = -ROUNDS / 2; i < ROUNDS; i++) {
            HttpRequest request = requests.apply(i + ROUNDS);
            long start = System.nanoTime();
            send(request);
            if (i >= 0) {
                nanos[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-56s %6.1f ms   %6.1f ms%n",
                what,
                nanos[ROUNDS / 2] / 1e6,
                nanos[ROUNDS * 99 / 100] / 1e6);
    }
}
