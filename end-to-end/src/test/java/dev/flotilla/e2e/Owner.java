package dev.flotilla.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the owner of the service {@code hello} does, by the command line. */
record Owner(Cluster cluster, Path folder) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Uploads the version and declares it for the machines m1 to m100; the deployment's id. */
    String deploy(String version, String... options) throws Exception {
        Path program = folder.resolve("hello-" + version);
        Files.writeString(program, "#!/bin/sh\n# " + version + "\nexec sleep 100000\n");
        cluster.succeed("upload", program.toString(), "--service", "hello", "--service-version", version);
        List<String> command =
                new ArrayList<>(List.of("deploy", "hello", version, "--machines", "m1..m100", "--output", "json"));
        command.addAll(List.of(options));
        return JSON.readTree(cluster.succeed(command.toArray(String[]::new)).out())
                .path("id")
                .asString();
    }

    /** Waits until the deployment is complete; where that takes too long, says what it waits for. */
    void awaitComplete(String deployment, Duration atMost) throws Exception {
        try {
            String token = cluster.token();
            await("complete")
                    .atMost(atMost)
                    .ignoreExceptions()
                    .until(() -> cluster.get("orchestrator-service", "/v1/deployments/" + deployment, token)
                            .path("state")
                            .asString()
                            .equals("COMPLETE"));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(cluster.flotilla("explain", deployment) + "\n" + cluster.flotilla("status"), e);
        }
    }

    /** Why the machine is where it is. */
    JsonNode explain(String deployment, String machine) throws Exception {
        JsonNode explanation = JSON.readTree(cluster.succeed("explain", deployment, machine, "--output", "json")
                .out());
        assertThat(explanation.path("machine").asString()).isEqualTo(machine);
        assertThat(explanation.path("reason").asString()).isNotBlank();
        return explanation;
    }

    /** The rule behind where the machine is. */
    String rule(String deployment, String machine) throws Exception {
        return explain(deployment, machine).path("rule").asString();
    }

    /** The machines that do not run the version, each with the rule behind that. */
    Map<String, String> notRunning(String deployment) throws Exception {
        Map<String, String> rules = new TreeMap<>();
        JsonNode explanation = JSON.readTree(
                cluster.succeed("explain", deployment, "--output", "json").out());
        for (JsonNode machine : explanation.path("machines")) {
            assertThat(machine.path("reason").asString()).isNotBlank();
            rules.put(machine.path("machine").asString(), machine.path("rule").asString());
        }
        return rules;
    }
}
