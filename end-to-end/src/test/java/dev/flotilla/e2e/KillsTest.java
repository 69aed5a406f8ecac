package dev.flotilla.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.e2e.FleetProcesses.Started;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each service a process of its own; each is killed with -9 in the middle of a deployment, which completes all the same. */
class KillsTest {
    private static final List<String> VICTIMS = List.of(
            "orchestrator-service",
            "version-registry-service",
            "agent-service",
            "target-service",
            "upload-service",
            "policy-engine",
            "device-manager",
            "postgres");

    @TempDir
    Path folder;

    @Test
    void aDeploymentCompletesWhicheverProcessIsKilledInItsMidst() throws Exception {
        try (Cluster cluster = new Cluster(folder.resolve("data")).up("--separate")) {
            String token = cluster.token();
            for (String victim : VICTIMS) {
                String version = "1.0." + VICTIMS.indexOf(victim);
                String id = deploy(cluster, token, version);
                await().atMost(Duration.ofSeconds(60)).until(() -> running(cluster, version) >= 10);
                cluster.kill(victim);
                await("all machines run " + version + " after " + victim + " was killed")
                        .atMost(Duration.ofSeconds(120))
                        .untilAsserted(() -> assertThat(FleetProcesses.of(cluster.data()).stream()
                                        .collect(groupingBy(Started::version, counting())))
                                .containsExactly(Map.entry(version, 100L)));
                await("the deployment knows it")
                        .atMost(Duration.ofSeconds(120))
                        .ignoreExceptions()
                        .untilAsserted(() -> {
                            JsonNode progress = cluster.get("orchestrator-service", "/v1/deployments/" + id, token);
                            assertThat(progress.path("state").asString())
                                    .as("%s", progress)
                                    .isEqualTo("COMPLETE");
                            assertThat(progress.path("counts").path("running").asInt())
                                    .isEqualTo(100);
                        });
                nothingRunsTwice(cluster);
                await(victim + " is back")
                        .atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .until(() -> cluster.isHealthy(victim));
            }
        }
    }

    private String deploy(Cluster cluster, String token, String version) throws Exception {
        Path program = folder.resolve("hello-" + version);
        Files.writeString(program, "#!/bin/sh\n# " + version + "\nexec sleep 100000\n");
        var uploaded = cluster.put(
                "upload-service",
                "/v1/services/hello/versions/" + version,
                token,
                "application/octet-stream",
                Files.readAllBytes(program));
        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(201);
        StringBuilder list = new StringBuilder();
        for (int i = 1; i <= 100; i++) {
            list.append("m").append(i).append('\n');
        }
        var declared = cluster.put(
                "target-service",
                "/v1/services/hello/versions/" + version + "/targets",
                token,
                "text/plain",
                list.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(declared.statusCode()).as(declared.body()).isEqualTo(202);
        return JsonMapper.builder().build().readTree(declared.body()).path("id").asString();
    }

    private static long running(Cluster cluster, String version) throws Exception {
        return FleetProcesses.of(cluster.data()).stream()
                .filter(p -> p.version().equals(version))
                .count();
    }

    private static void nothingRunsTwice(Cluster cluster) throws Exception {
        Set<String> machines = new HashSet<>();
        for (Started started : FleetProcesses.of(cluster.data())) {
            assertThat(machines.add(started.machine()))
                    .as("%s runs the service twice", started.machine())
                    .isTrue();
        }
    }
}
