package dev.flotilla.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.Authority.Kind;
import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandstillTest {
    /** Years ahead: the thread that looks by itself finds nothing to say. */
    private static final Instant NOW = Instant.parse("2126-01-01T03:00:00Z");

    private static final String ROLLOUT = "d7~prod-east~web";

    private final FakeOrchestrator orchestrator = new FakeOrchestrator();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Standstill standstill = new Standstill(orchestrator.api(), text -> told.add(text.in(100)));

    @AfterEach
    void stop() {
        standstill.close();
    }

    @Test
    void whatADeploymentWaitsForIsSaidOnceNothingMovesAndAgainWhenItIsAnotherReason() {
        waits(asked("acme"), turn());
        standstill.heard(progress(1), NOW);
        standstill.look(NOW.plusSeconds(9));
        assertThat(told).as("that is no standstill yet").isEmpty();

        standstill.look(NOW.plusSeconds(10));
        assertThat(told).containsExactly("""
                d7 has not moved for 10 s. It waits for:
                  2        in prod-east/web, m1, m2: tenant acme is asked (rule maintenance-request, by tenant
                           acme), since 02:59:40 UTC (30 s ago)
                  97       in prod-east/web, m3 and 96 more: fd1 comes first (rule fault-domain)
                  Unblock  the tenant acknowledges""");
        standstill.heard(progress(1), NOW.plusSeconds(11));
        standstill.look(NOW.plusSeconds(30));
        assertThat(told).as("the same reasons").hasSize(1);

        waits(asked("bolt"), turn());
        standstill.look(NOW.plusSeconds(50));
        assertThat(told).hasSize(2).last().asString().contains("tenant bolt is asked");
    }

    @Test
    void machinesThatAreBeingChangedAreGivenTheirTime() {
        waits(
                new Wait(
                        MachinePhase.SWITCHING,
                        "in-progress",
                        "switching",
                        null,
                        null,
                        null,
                        "it ends",
                        2,
                        List.of("m1")),
                turn());
        standstill.heard(progress(1), NOW);
        for (int second = 10; second < 30; second++) {
            standstill.look(NOW.plusSeconds(second));
        }
        assertThat(told).isEmpty();
        standstill.look(NOW.plusSeconds(40));
        assertThat(told).singleElement().asString().contains("has not moved for 40 s", "switching");
    }

    @Test
    void nothingIsSaidWhileItMoves() {
        waits(asked("acme"), turn());
        for (int second = 0; second < 60; second += 9) {
            standstill.heard(progress(second), NOW.plusSeconds(second));
            standstill.look(NOW.plusSeconds(second + 8));
        }
        assertThat(told).isEmpty();
    }

    private static Wait asked(String tenant) {
        return new Wait(
                MachinePhase.WAITING,
                "maintenance-request",
                "tenant " + tenant + " is asked",
                NOW.minusSeconds(20),
                null,
                new Authority(Kind.TENANT, tenant, null, null, "tenant " + tenant),
                "the tenant acknowledges",
                2,
                List.of("m1", "m2"));
    }

    private static Wait turn() {
        return new Wait(
                MachinePhase.WAITING,
                "fault-domain",
                "fd1 comes first",
                null,
                null,
                null,
                "it ends",
                97,
                List.of("m3"));
    }

    private void waits(Wait foremost, Wait other) {
        orchestrator.explanations.put(
                ROLLOUT,
                new RolloutExplanation(
                        ROLLOUT,
                        DeploymentState.ROLLING_OUT,
                        "1 of 100 runs the version",
                        NOW,
                        null,
                        foremost.unblock(),
                        null,
                        new Counts(99, 0, 0, 1, 0, 0, 0),
                        foremost,
                        List.of(other, foremost),
                        List.of()));
    }

    private static DeploymentProgress progress(int running) {
        Counts counts = new Counts(100 - running, 0, 0, running, 0, 0, 0);
        DeploymentState state = DeploymentState.ROLLING_OUT;
        return new DeploymentProgress(
                "d7",
                "hello",
                "1.0.1",
                state,
                null,
                counts,
                NOW,
                NOW,
                null,
                List.of(new RolloutProgress(ROLLOUT, "prod-east", "web", state, null, counts, NOW, null)));
    }
}
