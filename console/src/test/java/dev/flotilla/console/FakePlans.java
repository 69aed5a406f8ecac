package dev.flotilla.console;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.PlannedWave;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.api.orchestrator.WaveKind;
import java.time.Duration;
import java.util.List;

/** What is said of the one rollout of d2 as a whole, and what it will still do. */
final class FakePlans {
    private static final String ROLLOUT = "d2~prod-west~web";

    private FakePlans() {}

    static RolloutExplanation whole() {
        Authority acme = new Authority(
                Authority.Kind.TENANT,
                "acme",
                null,
                "IMPACT_START of fd5",
                "tenant acme, who is asked for IMPACT_START of fd5");
        Wait asked = new Wait(
                MachinePhase.WAITING,
                "maintenance-request",
                "tenant acme: it is asked",
                FakeWorld.THEN.plusSeconds(600),
                FakeWorld.THEN.plusSeconds(1800),
                acme,
                "the tenant acknowledges",
                2,
                List.of("m65", "m66"));
        Wait turn = new Wait(
                MachinePhase.WAITING,
                "fault-domain",
                "fault domain fd5 comes first, where 2 machines are not done: m65, m66",
                FakeWorld.THEN.plusSeconds(1),
                null,
                new Authority(
                        Authority.Kind.ROLLOUT,
                        ROLLOUT,
                        null,
                        null,
                        "the rollout's order: one fault domain after the other"),
                "the machines named run the version and have proved themselves",
                20,
                List.of("m67", "m68", "m69"));
        return new RolloutExplanation(
                ROLLOUT,
                DeploymentState.ROLLING_OUT,
                "60 of 100 run the version",
                FakeWorld.THEN.plusSeconds(1),
                null,
                asked.unblock(),
                "fd5",
                new Counts(35, 0, 3, 60, 1, 1, 0),
                asked,
                List.of(turn, asked),
                List.of());
    }

    static DeploymentPlan plan(DeploymentProgress deployment) {
        Wait asked = wait(MachinePhase.WAITING, "maintenance-request", "tenant acme is asked first", "m65", "m66");
        Wait optedOut = wait(MachinePhase.EXCUSED, "keep-m72", "a customer demonstration", "m72");
        RolloutPlan rollout = new RolloutPlan(
                ROLLOUT,
                "prod-west",
                "web",
                DeploymentState.ROLLING_OUT,
                null,
                25,
                1,
                1,
                22,
                1,
                Duration.ofSeconds(20),
                "the median of 60 changes in this rollout",
                Duration.ofSeconds(200),
                FakeWorld.THEN.plusSeconds(200),
                Duration.ZERO,
                List.of(
                        wave(1, "fd5", 2, List.of("m65", "m66"), List.of(asked)),
                        wave(2, "fd1", 20, List.of("m67", "m68", "m69", "m73", "m74"), List.of())),
                List.of(optedOut),
                List.of(),
                List.of());
        return new DeploymentPlan(
                deployment.id(),
                deployment.service(),
                deployment.version(),
                deployment.state(),
                deployment.reason(),
                FakeWorld.THEN,
                Duration.ofSeconds(200),
                Duration.ZERO,
                List.of("nothing fails, no machine is lost or comes back, and nobody gives a command"),
                List.of(rollout),
                null);
    }

    private static PlannedWave wave(int number, String domain, int machines, List<String> names, List<Wait> waits) {
        return new PlannedWave(
                number,
                WaveKind.FAULT_DOMAIN,
                domain,
                machines,
                0,
                0,
                names,
                2,
                Math.ceilDiv(machines, 2),
                Duration.ofSeconds(20L * (number - 1)),
                Duration.ofSeconds(10L * machines),
                Duration.ZERO,
                waits);
    }

    private static Wait wait(MachinePhase phase, String rule, String reason, String... machines) {
        return new Wait(phase, rule, reason, null, null, null, "it ends", machines.length, List.of(machines));
    }
}
