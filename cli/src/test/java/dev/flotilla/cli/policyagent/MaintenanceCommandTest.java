package dev.flotilla.cli.policyagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.policy.maintenance.MaintenanceDocument.StepState;
import dev.flotilla.cli.FakeCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceCommandTest {
    private static final String JOB = """
            {"id": "d1~prod-a~web", "deployment": "d1", "rollout": "d1~prod-a~web", "service": "hello", "version": "2.0",
             "impact": {"kind": "RESTART", "estimatedDuration": "PT30S"}, "faultDomains": {"fd-1": ["m1", "m6"]},
             "state": "PENDING", "reason": "why", "delayLeft": "PT0S", "createdAt": "2026-11-22T12:00:00Z",
             "changedAt": "2026-11-22T12:00:00Z", "step": {"ordinal": 1, "kind": "IMPACT_START", "faultDomain": "fd-1",
              "machines": ["m1", "m6"], "state": "%s", "since": "2026-11-22T12:00:00Z", "deadline": "2026-11-22T12:15:00Z",
              "delayedUntil": "2026-11-22T12:15:00Z", "delayedBy": "ann", "delayReason": "lunch"}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private FakeCluster cluster;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster(folder);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private List<String> cells(StepState state) {
        cluster.answering(
                "GET /v1/tenants/shop/maintenance",
                body -> "{\"tenant\":\"shop\",\"incarnation\":1,\"anyOf\":{},\"jobs\":[" + JOB.formatted(state.name())
                        + "]}");
        String row = cluster.run("maintenance", "shop").out().lines().toList().getLast();
        return List.of(row.split(" {2,}"));
    }

    @Test
    void anAnswerIsWaitedForUntilItsDeadlineAndNoLonger() {
        List<String> waiting = cells(StepState.WAITING);
        assertThat(waiting)
                .startsWith("d1~prod-a~web", "pending", "impact start of fd-1: 2 machines", "waiting")
                .hasSize(6);
        assertThat(waiting.get(4)).contains("Nov 2026");
        assertThat(waiting.get(5)).isEqualTo("why; delayed by ann: lunch");
        assertThat(cells(StepState.ACKNOWLEDGED))
                .containsExactly(
                        "d1~prod-a~web", "pending", "impact start of fd-1: 2 machines", "acknowledged", "-", "why");
        assertThat(cells(StepState.TIMED_OUT)).contains("timed out", "-");
    }
}
