package dev.flotilla.cli.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cli.FakeCluster;
import dev.flotilla.cli.FakeCluster.Run;
import dev.flotilla.cli.session.Exit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators say about machines, as device-manager gets to hear it. */
class RepairCommandsTest {
    private static final String REPAIR = """
            {"id": "r%d", "machine": "m7", "environment": "prod-a", "machineFunction": "web", "faultDomain": "fd-2", "kind": "REPAVE",
             "forced": true, "state": "REQUESTED", "holder": "ann", "reason": "a new disk", "requestedAt": "2026-11-23T04:0%d:00Z",
             "since": "2026-11-23T04:00:00Z"}
            """;
    private static final String GROUP = """
            {"environment": "prod-a", "machineFunction": "web", "region": "east", "machines": 50, "maxUnavailable": "10%", "allowed": 5,
             "unavailable": 1, "broken": 1, "openFaultDomain": "fd-2", "faultDomains": []}
            """;

    @TempDir
    Path folder;

    private FakeCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster(folder)
                .answering("POST /v1/repairs", body -> "[" + REPAIR.formatted(7, 0) + "]")
                .answering(
                        "PUT /v1/repairs/r7/state",
                        body -> "{\"repair\":" + REPAIR.formatted(7, 0) + ",\"history\":[]}")
                .answering("GET /v1/repairs?state=REQUESTED", body -> page(REPAIR.formatted(1, 1)))
                .answering("GET /v1/repairs?state=ACTIVE", body -> page(REPAIR.formatted(2, 2)))
                .answering("GET /v1/repairs?", body -> page(""))
                .answering("POST /v1/machines/health", body -> "[" + HEALTH + "]")
                .answering("GET /v1/machines/health?health=FAILING", body -> page(HEALTH))
                .answering("GET /v1/machines/health?", body -> page(""))
                .answering("PUT /v1/groups/prod-a/web/limits", body -> GROUP);
    }

    private static final String HEALTH = """
            {"machine": "m7", "environment": "prod-a", "machineFunction": "web", "faultDomain": "fd-2", "health": "FAILING",
             "reason": "the disk clicks", "since": "2026-11-23T04:00:00Z", "by": "ann", "incarnation": 1}
            """;

    private static String page(String items) {
        return "{\"items\":[" + items + "],\"nextCursor\":null}";
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aRepairIsRequestedForMachinesByRange() {
        Run run = cluster.run(
                "repairs", "request", "repave", "--machines", "m7..m9", "--forced", "--reason", "a new disk");
        assertThat(run.exit()).isEqualTo(Exit.OK);
        assertThat(run.out()).contains("r7", "forced repave", "a new disk");
        assertThat(cluster.body("POST /v1/repairs")).contains("\"REPAVE\"", "\"forced\":true", "\"m7\",\"m8\",\"m9\"");
    }

    @Test
    void aRepairIsBroughtOnStepByStep() {
        assertStep("APPROVED", "approve");
        assertStep("ACTIVE", "begin", "--lease", "30m");
        assertThat(cluster.body("PUT /v1/repairs/r7/state")).contains("PT30M");
        assertStep("VERIFYING", "verify");
        assertStep("DONE", "close");
        assertStep("FAILED", "close", "--failed");
        assertStep("CANCELLED", "cancel");
        assertThat(cluster.run("repairs", "approve", "r7").err())
                .contains("--reason", "'./flotilla repairs approve --help'");
    }

    @Test
    void whatMayNotBeginYetSaysWhichCommandComesFirst() {
        cluster.reset()
                .answering(
                        "PUT /v1/repairs/r7/state",
                        body ->
                                "{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,\"detail\":\"can't\",\"errors\":[]}")
                .answering(
                        "GET /v1/repairs/r7", body -> "{\"repair\": " + REPAIR.formatted(7, 0) + ", \"history\": []}");
        Run run = cluster.run("repairs", "begin", "r7", "--reason", "now");
        assertThat(run.exit()).isEqualTo(Exit.REFUSED);
        assertThat(run.err())
                .isEqualTo("r7 is only asked for: it must be approved first,"
                        + " by './flotilla repairs approve r7 --reason ...'.\n");
    }

    private void assertStep(String state, String word, String... more) {
        String[] line = new String[more.length + 5];
        System.arraycopy(new String[] {"repairs", word, "r7", "--reason", "why"}, 0, line, 0, 5);
        System.arraycopy(more, 0, line, 5, more.length);
        assertThat(cluster.run(line).exit()).isEqualTo(Exit.OK);
        assertThat(cluster.body("PUT /v1/repairs/r7/state")).contains("\"" + state + "\"", "\"why\"");
    }

    @Test
    void repairsThatHaveNotEndedAreShownTheNewestFirst() {
        assertThat(cluster.run("repairs").out().lines().map(line -> line.split(" ", 2)[0]))
                .containsExactly("REPAIR", "r2", "r1");
    }

    @Test
    void aRepaveThatExpiredLatelyIsShownWithoutAskingForIt() {
        Instant hourAgo = InstantSource.system().instant().minusSeconds(3600);
        cluster.reset()
                .answering(
                        "GET /v1/repairs?state=EXPIRED&kind=REPAVE",
                        body -> page(REPAIR.formatted(3, 3)
                                        .replace("REQUESTED", "EXPIRED")
                                        .replaceAll("\"since\": \"[^\"]*\"", "\"since\": \"" + hourAgo + "\"")
                                + ","
                                + REPAIR.formatted(4, 4)
                                        .replace("REQUESTED", "EXPIRED")
                                        .replace("2026-11-23T04:00", "2026-01-01T04:00")))
                .answering("GET /v1/repairs?", body -> page(""))
                .answering("GET /v1/machines/m7/health", body -> HEALTH.replace("ann", "device-manager"));
        Run run = cluster.run("repairs");
        assertThat(run.out().lines().map(line -> line.split(" ", 2)[0]))
                .as("r4 expired long ago")
                .containsExactly("REPAIR", "r3");
        assertThat(run.err()).contains("Expired on m7: nobody said how far that came", "'health set healthy'");
        assertThat(cluster.run("repairs", "--kind", "deploy").err()).isEmpty();
        cluster.answering("GET /v1/machines/m7/health", body -> HEALTH);
        assertThat(cluster.run("repairs").err()).as("ann has looked at it").isEmpty();
    }

    @Test
    void aListIsReadToItsEndAndSaysWhereItIsCut() {
        cluster.reset()
                .answering(
                        "GET /v1/machines/health?health=FAILING&limit=1000&cursor=next",
                        body -> page(HEALTH.replace("\"m7\"", "\"m2\"")))
                .answering(
                        "GET /v1/machines/health?health=FAILING",
                        body -> "{\"items\":[" + HEALTH.replace("\"m7\"", "\"m10\"") + "],\"nextCursor\":\"next\"}")
                .answering("GET /v1/machines/health?", body -> page(""));
        Run whole = cluster.run("health", "--limit", "1001");
        assertThat(whole.out().lines().map(line -> line.split(" ", 2)[0])).containsExactly("MACHINE", "m2", "m10");
        assertThat(whole.err()).isEmpty();
        Run cut = cluster.run("health", "--limit", "1");
        assertThat(cut.out().lines()).hasSize(2);
        assertThat(cut.err()).contains("There are more: --limit shows more than 1.");
    }

    @Test
    void nobodyIsSaidToBeLost() {
        Run run = cluster.run("health", "set", "lost", "--machines", "m7", "--reason", "why");
        assertThat(run.exit()).isEqualTo(Exit.USAGE);
        assertThat(run.err()).contains("HEALTHY, FAILING, PROBATION").doesNotContain("LOST");
    }

    @Test
    void healthIsSaidAndShownWithWhoSaysSo() {
        assertThat(cluster.run("health", "set", "failing", "--machines", "m7", "--reason", "the disk clicks")
                        .exit())
                .isEqualTo(Exit.OK);
        assertThat(cluster.body("POST /v1/machines/health")).contains("\"m7\"", "\"FAILING\"", "the disk clicks");
        assertThat(cluster.run("health").out()).contains("m7", "failing", "ann", "the disk clicks");
    }

    @Test
    void aListIsNotCutToLessThanOne() {
        for (String none : new String[] {"0", "-1", "many"}) {
            Run run = cluster.run("limits", "--limit", none);
            assertThat(run.exit()).isEqualTo(Exit.USAGE);
            assertThat(run.err()).contains("Invalid value for option '--limit': '" + none + "' is no number from 1 to");
        }
        assertThat(cluster.asked()).isEmpty();
    }

    @Test
    void aLimitIsSetForAGroupAsItIsNamedElsewhere() {
        assertThat(cluster.run("limits", "set", "prod-a/web", "10%").out())
                .isEqualTo("Of the 50 machines of prod-a/web 5 may be unavailable (10%), 1 is."
                        + " Fault domain fd-2 is under elective work.\n");
        assertThat(cluster.body("PUT /v1/groups/prod-a/web/limits")).contains("10%");
        Run wrong = cluster.run("limits", "set", "prod-a", "10%");
        assertThat(wrong.exit()).isEqualTo(Exit.USAGE);
        assertThat(wrong.err()).contains("such as prod-a/web");
    }
}
