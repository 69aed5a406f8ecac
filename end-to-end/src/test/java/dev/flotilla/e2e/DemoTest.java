package dev.flotilla.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.e2e.FleetProcesses.Started;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The main job, as the README's first screen has it, and what an owner would do next. */
class DemoTest {
    @TempDir
    Path folder;

    @Test
    void theDemoBringsAProgramToAHundredMachinesAndANewVersionAfterIt() throws Exception {
        try (Cluster cluster = new Cluster(folder.resolve("data"))) {
            cluster.succeed("demo", "--port-offset", cluster.portOffset());

            Map<String, Long> byVersion =
                    FleetProcesses.of(cluster.data()).stream().collect(groupingBy(Started::version, counting()));
            assertThat(byVersion).as("real processes, one on each machine").containsExactly(Map.entry("1.1.0", 100L));

            String token = cluster.token();
            anOwnerGoesOnWithCurlAlone(cluster, token);
            badInputIsAnsweredAndChangesNothing(cluster, token);

            cluster.succeed("down");
            assertThat(FleetProcesses.of(cluster.data())).isEmpty();
            cluster.up();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(FleetProcesses.of(cluster.data()).stream()
                                    .collect(groupingBy(Started::version, counting())))
                            .as("nothing was lost between down and up")
                            .containsOnly(Map.entry("1.1.0", 97L), Map.entry("1.0.0", 3L)));
        }
    }

    private static void anOwnerGoesOnWithCurlAlone(Cluster cluster, String token) throws Exception {
        String list = "# back to the first version\nm1\nm2\n\nm3\n";
        var declared = cluster.put(
                "target-service",
                "/v1/services/hello/versions/1.0.0/targets",
                token,
                "text/plain",
                list.getBytes(StandardCharsets.UTF_8));
        assertThat(declared.statusCode()).as(declared.body()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode machine = cluster.get("version-registry-service", "/v1/machines/m2", token);
            assertThat(machine.path("services").path(0).path("version").asString())
                    .isEqualTo("1.0.0");
            assertThat(machine.path("services").path(0).path("state").asString())
                    .isEqualTo("RUNNING");
        });
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(FleetProcesses.of(cluster.data()).stream()
                                .filter(p -> p.version().equals("1.0.0"))
                                .map(Started::machine))
                        .containsExactlyInAnyOrder("m1", "m2", "m3"));
    }

    private static void badInputIsAnsweredAndChangesNothing(Cluster cluster, String token) throws Exception {
        var otherBytes = cluster.put(
                "upload-service", "/v1/services/hello/versions/1.0.0", token, "application/octet-stream", new byte[] {1
                });
        assertThat(otherBytes.statusCode()).as(otherBytes.body()).isEqualTo(409);
        String strangers =
                IntStream.rangeClosed(101, 103).mapToObj(i -> "m" + i).collect(Collectors.joining("\n"));
        var unknown = cluster.put(
                "target-service",
                "/v1/services/hello/versions/1.0.0/targets",
                token,
                "text/plain",
                strangers.getBytes(StandardCharsets.UTF_8));
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("m101", "m102", "m103");
        var forged = cluster.put(
                "upload-service", "/v1/services/hello/versions/2", token + "x", "application/octet-stream", new byte[] {
                    1
                });
        assertThat(forged.statusCode()).isEqualTo(401);
    }
}
