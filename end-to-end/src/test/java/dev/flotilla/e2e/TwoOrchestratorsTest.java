package dev.flotilla.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.e2e.Sightings.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two orchestrators share the work; one is paused for longer than its lease, the other is killed. */
class TwoOrchestratorsTest {
    private static final String ORCHESTRATOR = "orchestrator-service";
    private static final Duration LONG = Duration.ofSeconds(120);
    /** After four missed heartbeats of two seconds another may take over what an instance had. */
    private static final Duration LEASE = Duration.ofSeconds(8);
    /** How long a process is up until its agent calls it running. */
    private static final Duration STAY_UP = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    @Test
    void whatAPausedOneHadDecidedHarmsNobodyWhenItGoesOn() throws Exception {
        try (Cluster cluster = new Cluster(folder.resolve("data")).up("--separate");
                SecondInstance second = new SecondInstance(cluster, ORCHESTRATOR, Cluster.freePort());
                Sightings seen = new Sightings(cluster.data())) {
            Owner owner = new Owner(cluster, folder);
            String token = cluster.token();
            Map<String, Place> places = Place.all(cluster, token);
            String[] care = {"--max-unavailable", "3", "--min-healthy-time", "PT1S"};

            String older = owner.deploy("1.0.0", care);
            await().atMost(LONG).until(() -> seen.at("1.0.0").size() >= 8);
            second.pauseInMidTick();
            long paused = System.nanoTime();
            String newer = owner.deploy("1.1.0", care);
            await("the other goes on alone")
                    .atMost(LONG)
                    .until(() -> seen.at("1.1.0").size() >= 20
                            && System.nanoTime() - paused > LEASE.plusSeconds(2).toNanos());
            second.goOn();
            cluster.kill(ORCHESTRATOR);

            owner.awaitComplete(newer, LONG);
            assertThat(progress(cluster, newer, token)
                            .path("counts")
                            .path("running")
                            .asInt())
                    .isEqualTo(100);
            assertThat(progress(cluster, older, token).path("state").asString()).isEqualTo("SUPERSEDED");
            eachMachineGotOneOrder(cluster, older, token);
            eachMachineGotOneOrder(cluster, newer, token);

            assertThat(seen.runs())
                    .hasSize(100)
                    .allSatisfy((machine, runs) -> assertThat(
                                    runs.stream().map(Run::version).toList())
                            .as("%s never runs backwards, and nothing is started twice", machine)
                            .isIn(List.of("1.1.0"), List.of("1.0.0", "1.1.0")));
            List<Run> changes =
                    seen.runs().values().stream().flatMap(List::stream).toList();
            assertThat(new FaultDomainOrder(places, STAY_UP).broken(changes)).isEmpty();
            assertThat(seen.faults()).isEmpty();
        }
    }

    private static JsonNode progress(Cluster cluster, String deployment, String token) throws Exception {
        return cluster.get(ORCHESTRATOR, "/v1/deployments/" + deployment, token);
    }

    private static void eachMachineGotOneOrder(Cluster cluster, String deployment, String token) throws Exception {
        JsonNode machines = cluster.get(ORCHESTRATOR, "/v1/deployments/" + deployment + "/machines", token);
        assertThat(machines.path("items"))
                .hasSize(100)
                .allSatisfy(machine -> assertThat(machine.path("attempts").asInt())
                        .as("%s", machine)
                        .isLessThanOrEqualTo(1));
    }
}
