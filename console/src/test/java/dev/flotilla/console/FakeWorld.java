package dev.flotilla.console;

import dev.flotilla.api.device.HealthApi;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.device.RepairApi;
import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.RolloutProgress;
import dev.flotilla.api.policy.OptOut;
import dev.flotilla.api.policy.RulesApi;
import dev.flotilla.api.policy.maintenance.MaintenanceApi;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.OrderProgress;
import dev.flotilla.api.registry.RunState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * A fleet of 100 machines, 25 in each group, in the middle of a rollout of hello 1.1.0: m1 to m60 run it, m61 to m63 are switching, m64 failed,
 * m70 crashed, m71 is lost, m72 is opted out, m100 has never reported; the rest run 1.0.0. Two machines run another service too.
 */
@TestConfiguration(proxyBeanMethods = false)
class FakeWorld {
    static final Instant THEN = Instant.parse("2026-11-22T12:00:00Z");

    @Bean
    FakeAgent agent() {
        return new FakeAgent();
    }

    @Bean
    @Primary
    FakeUpload upload() {
        return new FakeUpload();
    }

    @Bean
    @Primary
    FakeDevices devices(FakeAgent agent) {
        FakeDevices devices = new FakeDevices();
        for (int i = 1; i <= 100; i++) {
            devices.add(machine(i, agent.address()));
        }
        return devices;
    }

    static Machine machine(int number, String address) {
        int group = (number - 1) / 25;
        boolean east = group < 2;
        return new Machine(
                "m" + number,
                east ? "prod-east" : "prod-west",
                group % 2 == 0 ? "web" : "db",
                "fd" + ((number - 1) % 5 + 1),
                east ? "east" : "west",
                address,
                number == 70 ? "acme" : null);
    }

    @Bean
    @Primary
    FakeRegistry registry() {
        FakeRegistry registry = new FakeRegistry();
        for (int i = 1; i <= 99; i++) {
            registry.runs("m" + i, "hello", i <= 60 ? "1.1.0" : "1.0.0", RunState.RUNNING);
        }
        for (int i = 61; i <= 63; i++) {
            registry.runs("m" + i, "hello", "1.0.0", RunState.RUNNING, order(OrderPhase.SWITCHING, null));
        }
        registry.runs("m64", "hello", "1.0.0", RunState.RUNNING, order(OrderPhase.FAILED, "exited with 3 within 2 s"));
        registry.runs("m70", "hello", "1.0.0", RunState.CRASHED);
        registry.lost("m71");
        registry.runs("m1", "proxy", "2026.11", RunState.RUNNING);
        registry.runs("m2", "proxy", "2026.11", RunState.RUNNING);
        return registry;
    }

    private static OrderProgress order(OrderPhase phase, @Nullable String reason) {
        return new OrderProgress("d2-hello-1", "1.1.0", phase, reason);
    }

    @Bean
    @Primary
    FakeOrchestrator orchestrator() {
        FakeOrchestrator orchestrator = new FakeOrchestrator();
        orchestrator.put(new DeploymentProgress(
                "d1",
                "hello",
                "1.0.0",
                DeploymentState.COMPLETE,
                null,
                new Counts(0, 0, 0, 100, 0, 0, 0),
                THEN.minusSeconds(3600),
                THEN.minusSeconds(3599),
                THEN.minusSeconds(3588),
                List.of()));
        orchestrator.put(rollingOut(60));
        orchestrator.explain(new MachineProgress(
                "m80",
                "d2~prod-west~db",
                "fd5",
                MachinePhase.WAITING,
                "fd4 is being changed: fault domains go one after the other",
                "fault-domain",
                THEN.plusSeconds(60),
                null,
                new Authority(
                        Authority.Kind.ROLLOUT,
                        "d2~prod-west~db",
                        null,
                        null,
                        "the rollout's order: one fault domain after the other"),
                "the machines named run the version",
                null,
                "1.0.0",
                RunState.RUNNING,
                0));
        orchestrator.explain(new MachineProgress(
                "m64",
                "d2~prod-west~web",
                "fd4",
                MachinePhase.FAILED,
                "exited with 3 within 2 s",
                "set-aside",
                THEN.plusSeconds(90),
                null,
                new Authority(
                        Authority.Kind.OPTION, "maxAttempts", null, "3", "the option maxAttempts of d2, which is 3"),
                "a person looks at the machine or the version; then 'retry-failed'",
                null,
                "1.0.0",
                RunState.RUNNING,
                3));
        orchestrator.explain(FakePlans.whole());
        return orchestrator;
    }

    static DeploymentProgress rollingOut(int running) {
        Counts counts = new Counts(100 - running - 5, 0, 3, running, 1, 1, 0);
        return new DeploymentProgress(
                "d2",
                "hello",
                "1.1.0",
                DeploymentState.ROLLING_OUT,
                null,
                counts,
                THEN,
                THEN.plusSeconds(1),
                null,
                List.of(new RolloutProgress(
                        "d2~prod-west~web",
                        "prod-west",
                        "web",
                        DeploymentState.ROLLING_OUT,
                        null,
                        counts,
                        THEN.plusSeconds(1),
                        null)));
    }

    static DeploymentProgress halted() {
        return halted("3 machines failed, 2 are allowed");
    }

    static DeploymentProgress halted(String reason) {
        DeploymentProgress progress = rollingOut(60);
        return new DeploymentProgress(
                progress.id(),
                progress.service(),
                progress.version(),
                DeploymentState.HALTED,
                reason,
                progress.counts(),
                progress.declaredAt(),
                progress.startedAt(),
                null,
                progress.rollouts());
    }

    static DeploymentProgress rolledBack() {
        DeploymentProgress progress = rollingOut(60);
        return new DeploymentProgress(
                progress.id(),
                progress.service(),
                progress.version(),
                DeploymentState.ABORTED,
                "rolled back by ann: it eats memory",
                progress.counts(),
                progress.declaredAt(),
                progress.startedAt(),
                null,
                true,
                List.of("d9"),
                "1.1.0 stays on 7 machines",
                progress.rollouts());
    }

    @Bean
    @Primary
    FakePolicy policy() {
        FakePolicy policy = new FakePolicy();
        policy.putOptOut("keep-m72", new OptOut("m72", null, "a customer demonstration", null));
        policy.putOptOut("keep-acme", new OptOut(null, null, "acme", "their year ends", null));
        return policy;
    }

    @Bean
    @Primary
    RulesApi rules() {
        return FakeBoards.rules();
    }

    @Bean
    @Primary
    RepairApi repairs() {
        return FakeBoards.repairs();
    }

    @Bean
    @Primary
    HealthApi health() {
        return FakeBoards.health();
    }

    @Bean
    @Primary
    MaintenanceApi maintenance() {
        return FakeBoards.maintenance();
    }
}
