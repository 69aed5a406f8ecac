package dev.flotilla.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flotilla.e2e.Sightings.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One deployment among everything that can stand in its way, watched from outside: by the processes of the machines. */
class CarefulTest {
    private static final String ORCHESTRATOR = "orchestrator-service";
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int AT_ONCE = 3;
    /** A second until the agent calls it running, and one that it must stay healthy. */
    private static final Duration PROOF = Duration.ofSeconds(2);

    private static final String ON_SHOW = "m2";
    private static final String BROKEN = "m3";
    private static final Set<String> SHOP = Set.of("m5", "m25", "m13"); // of prod-a~web: two in fd-2, one in fd-4

    @TempDir
    Path folder;

    @Test
    void aDeploymentRespectsAllThatStandsInItsWayAndSaysWhatItWaitsFor() throws Exception {
        try (Cluster cluster = new Cluster(folder.resolve("data")).up("--separate")) {
            Owner owner = new Owner(cluster, folder);
            String token = cluster.succeed("token", "--role", "operator").out().strip();
            everyMachineRuns(cluster, owner, "1.0.0", token);
            Map<String, Place> places = Place.all(cluster, token);
            String repair = repave(cluster, token, BROKEN);
            cluster.succeed("opt-out", "on-show", "--machine", ON_SHOW, "--reason", "on show until Friday");
            owned(cluster, token);

            try (Tenant shop = new Tenant(cluster, folder);
                    Sightings seen = new Sightings(cluster.data());
                    ServiceLooks looks = new ServiceLooks(cluster, token, places, AT_ONCE)) {
                String id = owner.deploy(
                        "1.1.0", "--max-unavailable", String.valueOf(AT_ONCE), "--min-healthy-time", "PT1S");
                await().atMost(LONG).until(() -> seen.at("1.1.0").size() >= 8);
                cluster.kill(ORCHESTRATOR);
                await().atMost(LONG).until(() -> seen.at("1.1.0").size() >= 30);
                aFreezeHoldsAndTheOrchestratorIsKilledInIt(cluster, owner, id, token, seen, looks);

                await("all but the tenant's group are done, and that waits for the tenant")
                        .atMost(LONG)
                        .until(() -> waitingForTheTenant(cluster, id, token)
                                && seen.at("1.1.0").size() == 81);
                assertThat(owner.rule(id, "m5")).isEqualTo("maintenance-request");
                await("each look asks anew, and an explanation between two may say that it is being asked")
                        .untilAsserted(() -> assertThat(owner.notRunning(id))
                                .hasSize(19)
                                .containsEntry("m25", "maintenance-request")
                                .containsEntry("m13", "fault-domain")
                                .containsEntry(ON_SHOW, "on-show")
                                .containsEntry(BROKEN, "active-repair"));
                assertThat(seen.at("1.1.0")).doesNotContainAnyElementsOf(SHOP);
                shop.approve();

                owner.awaitComplete(id, LONG);
                shop.drainedBefore(seen.changes().stream()
                        .filter(change -> SHOP.contains(change.machine()))
                        .toList());
                assertThat(owner.notRunning(id))
                        .containsOnly(Map.entry(ON_SHOW, "on-show"), Map.entry(BROKEN, "active-repair"));
                assertThat(seen.at("1.1.0")).hasSize(98);
                assertThat(seen.at("1.0.0")).containsExactlyInAnyOrder(ON_SHOW, BROKEN);

                putState(cluster, token, repair, "DONE");
                await("the repaved machine is brought to what its group runs")
                        .atMost(LONG)
                        .until(() -> owner.explain(id, BROKEN)
                                .path("phase")
                                .asString()
                                .equals("RUNNING"));
                assertThat(seen.at("1.0.0")).containsExactly(ON_SHOW);
                assertThat(owner.rule(id, ON_SHOW)).isEqualTo("on-show");

                assertThat(seen.changes()).as("each machine was changed once").hasSize(99);
                assertThat(new FaultDomainOrder(places, PROOF).broken(seen.changes()))
                        .isEmpty();
                assertThat(seen.faults()).isEmpty();
                assertThat(looks.broken()).isEmpty();
                assertThat(looks.looks()).isGreaterThan(20);
            }
        }
    }

    private static void everyMachineRuns(Cluster cluster, Owner owner, String version, String token) throws Exception {
        String id = owner.deploy(version);
        await("complete, and nothing is under repair any more")
                .atMost(LONG)
                .ignoreExceptions()
                .until(() -> state(cluster, id, token).equals("COMPLETE")
                        && cluster.get("device-manager", "/v1/repairs?state=ACTIVE", token)
                                .path("items")
                                .isEmpty());
    }

    private static String repave(Cluster cluster, String token, String machine) throws Exception {
        String repair = cluster.tell(
                        "POST",
                        "device-manager",
                        "/v1/repairs",
                        token,
                        "{\"kind\": \"REPAVE\", \"forced\": true, \"reason\": \"a bad disk\", \"machines\": [\""
                                + machine + "\"]}")
                .path(0)
                .path("id")
                .asString();
        putState(cluster, token, repair, "APPROVED");
        putState(cluster, token, repair, "ACTIVE");
        return repair;
    }

    private static void putState(Cluster cluster, String token, String repair, String state) throws Exception {
        cluster.tell(
                "PUT",
                "device-manager",
                "/v1/repairs/" + repair + "/state",
                token,
                "{\"state\": \"" + state + "\", \"reason\": \"a new disk\"}");
    }

    private static void owned(Cluster cluster, String token) throws Exception {
        cluster.tell(
                "PUT",
                "policy-engine",
                "/v1/tenants/shop",
                token,
                "{\"asking\": \"APPROVE\", \"deadline\": \"PT15M\", \"onSilence\": \"WAIT\"}");
        for (String machine : SHOP) {
            JsonNode known = cluster.get("device-manager", "/v1/machines/" + machine, token);
            ((ObjectNode) known).put("tenant", "shop");
            cluster.tell("PUT", "device-manager", "/v1/machines/" + machine, token, known.toString());
        }
    }

    private static void aFreezeHoldsAndTheOrchestratorIsKilledInIt(
            Cluster cluster, Owner owner, String id, String token, Sightings seen, ServiceLooks looks)
            throws Exception {
        LocalDateTime begin = LocalDateTime.now(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(2);
        cluster.tell(
                "PUT",
                "policy-engine",
                "/v1/policies/quarter-end",
                token,
                "{\"selector\": {\"all\": true}, \"effect\": \"DEFER\", \"reason\": \"the quarter ends\", \"schedule\":"
                        + " {\"zone\": \"UTC\", \"when\": \"INSIDE\", \"windows\": [{\"start\": \"" + begin
                        + "\", \"end\": \"" + begin.plusDays(1) + "\"}]}}");
        await().until(() -> LocalDateTime.now(ZoneOffset.UTC).isAfter(begin));
        cluster.kill(ORCHESTRATOR);
        await("what had begun is finished")
                .atMost(LONG)
                .during(Duration.ofSeconds(1))
                .until(() -> looks.changing().isEmpty());
        List<Run> before = seen.changes();
        await("the orchestrator is back and has looked at each rollout")
                .atMost(LONG)
                .ignoreExceptions()
                .until(() -> ticks(cluster, token) >= 4);
        await("it follows the registry again, and names the freeze for each machine")
                .atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(owner.notRunning(id))
                        .hasSizeGreaterThan(19)
                        .allSatisfy((machine, rule) ->
                                assertThat(rule).isEqualTo(machine.equals(ON_SHOW) ? "on-show" : "quarter-end")));
        assertThat(seen.changes()).as("nothing changes in a freeze").isEqualTo(before);
        cluster.tell("DELETE", "policy-engine", "/v1/policies/quarter-end", token, "");
    }

    /** How often the orchestrator that runs now has looked at a rollout. */
    private static double ticks(Cluster cluster, String token) throws Exception {
        return cluster.text(ORCHESTRATOR, "/actuator/prometheus", token)
                .lines()
                .filter(line -> line.startsWith("flotilla_tick_seconds_count"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static boolean waitingForTheTenant(Cluster cluster, String id, String token) throws Exception {
        for (JsonNode machine : cluster.get(ORCHESTRATOR, "/v1/deployments/" + id + "/machines", token)
                .path("items")) {
            if (machine.path("machine").asString().equals("m5")) {
                return machine.path("rule").asString().equals("maintenance-request");
            }
        }
        return false;
    }

    private static String state(Cluster cluster, String id, String token) throws Exception {
        return cluster.get(ORCHESTRATOR, "/v1/deployments/" + id, token)
                .path("state")
                .asString();
    }
}
