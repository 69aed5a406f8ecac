package dev.flotilla.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.RolloutProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String WHY =
            "2 of 40 machines failed for good, more than the 1 that a failure threshold of 5% allows";

    @Test
    void theReasonOfAHaltStandsOnceAndWhatFailedStandsFirst() {
        List<MachineProgress> machines = new ArrayList<>();
        machines.add(machine("m2", MachinePhase.FAILED, "failed 3 times, last: exited with 3", "set-aside"));
        machines.add(machine("m3", MachinePhase.FAILED, "failed 3 times, last: exited with 3", "set-aside"));
        for (int i = 4; i <= 37; i++) {
            machines.add(machine("m" + i, MachinePhase.WAITING, "the deployment is halted: " + WHY, "halted"));
        }
        machines.add(machine("m40", MachinePhase.EXCUSED, "opted out by olga: on show", "opt-out"));

        assertThat(Explanation.of(halted(), machines)).isEqualTo("""
                d7 of hello 1.0.1 is halted: 1 of 40 runs it.
                %s.
                './flotilla resume d7 --reason ...' lets it go on.

                PHASE    COUNT  MACHINES  RUNS   WHY
                FAILED   2      m2, m3    1.0.0  failed 3 times, last: exited with 3
                WAITING  34     m4..m37   1.0.0  the deployment is halted
                EXCUSED  1      m40       1.0.0  opted out by olga: on show""".formatted(WHY));
    }

    @Test
    void theSameReasonSinceDifferentTimesIsOneReason() {
        assertThat(Explanation.of(
                        halted(),
                        List.of(
                                machine(
                                        "m5",
                                        MachinePhase.FETCHING,
                                        "at it since 2026-01-01T00:00:01.5Z",
                                        "in-progress"),
                                machine(
                                        "m6",
                                        MachinePhase.FETCHING,
                                        "at it since 2026-01-01T00:00:02Z",
                                        "in-progress"))))
                .contains("m5, m6", "since 2026-01-01T00:00:01.5Z")
                .doesNotContain("00:00:02Z");
    }

    @Test
    void oneMachineIsExplainedInWordsThatAPersonKnows() {
        MachineProgress one = machine("m9", MachinePhase.WAITING, "fd2 is being changed", "one-fault-domain");
        assertThat(Explanation.of(halted(), "prod-east/web", one))
                .isEqualTo("m9 (prod-east/web) is waiting in d7 of hello 1.0.1, runs 1.0.0, 1 order given.\n"
                        + "fd2 is being changed (rule one-fault-domain)");
    }

    private static DeploymentProgress halted() {
        Counts counts = new Counts(36, 0, 0, 1, 2, 1, 0);
        RolloutProgress rollout = new RolloutProgress(
                "d7~prod-east~web", "prod-east", "web", DeploymentState.HALTED, WHY, counts, START, null);
        return new DeploymentProgress(
                "d7", "hello", "1.0.1", DeploymentState.HALTED, WHY, counts, START, START, null, List.of(rollout));
    }

    private static MachineProgress machine(String name, MachinePhase phase, String reason, String rule) {
        return new MachineProgress(name, "d7~prod-east~web", "fd1", phase, reason, rule, null, "1.0.0", 1);
    }
}
