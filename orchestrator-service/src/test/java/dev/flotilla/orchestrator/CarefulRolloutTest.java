package dev.flotilla.orchestrator;

import static dev.flotilla.orchestrator.testing.Statuses.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.CommandRequest;
import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.PlannedWave;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.api.policy.maintenance.TenantSettings.OnSilence;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.testing.Fleet;
import dev.flotilla.orchestrator.testing.SharedFleet;
import dev.flotilla.orchestrator.testing.Witness;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fault domains, canaries, repairs and commands, over real PostgreSQL and real HTTP to the agents. */
class CarefulRolloutTest {
    private static final RolloutOptions ALL_AT_ONCE = new RolloutOptions("100%", "0", 1);

    @RegisterExtension
    private static final SharedFleet SHARED = new SharedFleet();

    private static Fleet fleet() {
        return SHARED.fleet();
    }

    private static Witness witness() {
        return SHARED.witness();
    }

    @Test
    void goesFaultDomainByFaultDomainAndBeginsTheNextWhenTheLastHasProvedItself() {
        List<String> machines = fleet().machines("waves", 10);
        Deployment deployment = fleet().targets
                .declare(
                        "waves-service",
                        "1.0",
                        new RolloutOptions("100%", "0", 1, "1", Duration.ofMillis(700), null, null, null),
                        machines);
        witness().awaitState(deployment, DeploymentState.COMPLETE);
        List<Order> orders = fleet().agents.carriedOut.stream()
                .filter(order -> order.service().equals("waves-service"))
                .toList();
        assertThat(orders).extracting(order -> faultDomain(order.machine())).isSorted();
        assertThat(orders).hasSize(10);
        Instant canary = orders.get(0).issuedAt();
        assertThat(orders.get(1).issuedAt()).as("the canary goes ahead alone").isAfterOrEqualTo(canary.plusMillis(700));
        await().until(() -> fleet().repairs.claimed().stream().noneMatch(machines::contains));
    }

    @Test
    void passesByAMachineUnderRepaveAndMendsItWhenItIsBack() {
        List<String> machines = fleet().machines("repave", 4);
        fleet().repairs.repaved.add("repave1");
        Deployment deployment = fleet().targets.declare("repave-service", "1.0", ALL_AT_ONCE, machines);
        DeploymentProgress complete = witness().awaitState(deployment, DeploymentState.COMPLETE);
        assertThat(complete.counts().running()).isEqualTo(3);
        assertThat(witness().explain(deployment, "repave", "repave1"))
                .extracting(MachineProgress::phase, MachineProgress::rule)
                .containsExactly(MachinePhase.EXCUSED, "active-repair");
        fleet().repairs.repaved.remove("repave1");
        witness().awaitPhase(deployment, "repave", "repave1", MachinePhase.RUNNING);
    }

    @Test
    void waitsWhileDeviceManagerGivesNoAnswerAndSaysSo() {
        List<String> machines = fleet().machines("silence", 2);
        fleet().repairs.down = true;
        Deployment deployment = fleet().targets.declare("silence-service", "1.0", ALL_AT_ONCE, machines);
        await().ignoreExceptionsInstanceOf(RemoteProblem.class)
                .untilAsserted(() -> assertThat(witness().explain(deployment, "silence", "silence1"))
                        .satisfies(machine -> assertThat(machine.rule()).isEqualTo("repairs"))
                        .satisfies(machine -> assertThat(machine.reason()).contains("nobody answers", "it is down")));
        fleet().repairs.down = false;
        witness().awaitState(deployment, DeploymentState.COMPLETE);
    }

    @Test
    void takesCommandsAtAnyMomentAndKeepsThemInItsHistory() {
        List<String> machines = fleet().machines("told", 5);
        Deployment deployment = fleet().targets
                .declare(
                        "told-service",
                        "1.0",
                        new RolloutOptions("100%", "0", 1, null, Duration.ofMinutes(5), null, null, null),
                        machines);
        OrchestratorApi owner = SHARED.owner("told-service");
        witness().awaitTakenUp(deployment);
        await().until(() ->
                witness().explain(deployment, "told", "told5").rule().equals("proving"));
        assertThat(witness().explain(deployment, "told", "told1").rule()).isEqualTo("fault-domain");
        RolloutExplanation why = owner.explanation(deployment.id() + "~prod~told");
        assertThat(why.waits())
                .filteredOn(wait -> wait.rule().equals("fault-domain"))
                .singleElement()
                .extracting(RolloutExplanation.Wait::machines)
                .isEqualTo(4);

        owner.command(deployment.id(), new CommandRequest(Command.PROMOTE, "seen enough"));
        await().until(() -> witness().explain(deployment, "told", "told1").phase() == MachinePhase.RUNNING);
        owner.command(deployment.id(), new CommandRequest(Command.PAUSE, "lunch"));
        assertThat(owner.deployment(deployment.id()).state()).isEqualTo(DeploymentState.HALTED);
        assertThat(owner.deployment(deployment.id()).reason()).isEqualTo("paused by tester: lunch");
        assertStatus(409, () -> owner.command(deployment.id(), new CommandRequest(Command.PROMOTE, "more")));
        owner.command(deployment.id(), resume("back"));
        owner.command(deployment.id(), new CommandRequest(Command.ABORT, "wrong version"));
        await().untilAsserted(() -> assertThat(witness().explain(deployment, "told", "told4"))
                .extracting(MachineProgress::rule)
                .isEqualTo("aborted"));
        await().until(() -> fleet().repairs.claimed().stream().noneMatch(machines::contains));
        assertStatus(409, () -> owner.command(deployment.id(), resume("again")));
        assertThat(owner.history(deployment.id(), 100, null).items())
                .extracting(HistoryEntry::what, HistoryEntry::who, HistoryEntry::reason)
                .containsExactly(
                        tuple("declare", "tester", "no reason was given"),
                        tuple("promote", "tester", "seen enough"),
                        tuple("pause", "tester", "lunch"),
                        tuple("resume", "tester", "back"),
                        tuple("abort", "tester", "wrong version"));
    }

    @Test
    void saysWhatItWillDoAndWhatIsPassedBy() {
        List<String> machines = fleet().machines("planned", 10);
        fleet().policies.effects.put("planned1", Effect.DENY);
        fleet().repairs.repaved.add("planned2");
        fleet().give("planned3", "acme");
        fleet().tenants
                .settings
                .put("acme", new TenantSettings(Asking.APPROVE, Duration.ofMinutes(1), OnSilence.WAIT, null, null));
        Deployment deployment = fleet().targets
                .declare(
                        "planned-service",
                        "1.0",
                        new RolloutOptions("1", "0", 1, "1", Duration.ofMinutes(5), null, null, null),
                        machines);
        witness().awaitTakenUp(deployment);
        OrchestratorApi viewer = witness().api();
        SHARED.owner("planned-service").command(deployment.id(), new CommandRequest(Command.PAUSE, "look first"));
        DeploymentPlan plan = viewer.plan(deployment.id(), 20, 1, null);
        assertThat(plan.state()).isEqualTo(DeploymentState.HALTED);
        assertThat(plan.assumptions().getFirst()).contains("resumed");
        RolloutPlan rollout = plan.rollouts().getFirst();
        assertThat(rollout.planned() + rollout.proving() + rollout.done()).isEqualTo(8);
        assertThat(rollout.passedBy())
                .extracting(RolloutExplanation.Wait::rule, RolloutExplanation.Wait::examples)
                .containsExactlyInAnyOrder(
                        tuple("opt-out", List.of("planned1")), tuple("active-repair", List.of("planned2")));
        assertThat(rollout.passedBy())
                .filteredOn(wait -> wait.rule().equals("active-repair"))
                .extracting(RolloutExplanation.Wait::reason)
                .containsExactly(
                        "under a repave (r-planned2) of olga since 1970-01-01T00:00:00Z: disk; its lease lasts until"
                                + " 1970-01-01T00:01:00Z and may be renewed");
        assertThat(rollout.passedBy())
                .extracting(RolloutExplanation.Wait::until)
                .containsOnlyNulls();
        assertThat(rollout.waves())
                .extracting(PlannedWave::faultDomain)
                .isSorted()
                .endsWith("fd5");
        PlannedWave last = rollout.waves().getLast();
        assertThat(last)
                .extracting(PlannedWave::machines, PlannedWave::names, PlannedWave::atOnce, PlannedWave::batches)
                .containsExactly(2, List.of("planned4"), 1, 2);
        assertThat(last.takes()).isGreaterThan(Duration.ofMinutes(10));
        assertThat(rollout.waves())
                .flatExtracting(PlannedWave::waits)
                .extracting(RolloutExplanation.Wait::rule, RolloutExplanation.Wait::reason)
                .contains(
                        tuple(
                                "maintenance-request",
                                "tenant acme is asked first and has 1 min to answer; its silence means wait on until it answers"));

        fleet().tenants.cancelled.add("acme");
        assertThat(viewer.plan(deployment.id(), 20, 1, null)
                        .rollouts()
                        .getFirst()
                        .passedBy())
                .extracting(RolloutExplanation.Wait::reason)
                .contains("tenant acme: 'tia' cancelled the job");
        fleet().tenants.cancelled.remove("acme");
        fleet().tenants.suspended.add("acme");
        assertThat(viewer.plan(deployment.id(), 20, 1, null).expected())
                .as("until it resumes")
                .isNull();
        fleet().tenants.suspended.remove("acme");

        assertStatus(404, () -> viewer.plan("d999", 20, 1, null));
        assertStatus(400, () -> viewer.plan(deployment.id(), 20, -1, null));
        fleet().repairs.repaved.remove("planned2");
    }

    @Test
    void asksATenantBeforeEachFaultDomainAndTellsItOfEachEnd() {
        List<String> machines = fleet().machines("asked", 4);
        machines.forEach(machine -> fleet().give(machine, "acme"));
        fleet().tenants.answers.put("fd3 IMPACT_START", State.WAIT);
        Deployment deployment = fleet().targets.declare("asked-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitPhase(deployment, "asked", "asked1", MachinePhase.RUNNING);
        await().until(() ->
                witness().explain(deployment, "asked", "asked2").rule().equals("maintenance-request"));
        assertThat(witness().explain(deployment, "asked", "asked2").reason()).isEqualTo("tenant acme: it says WAIT");
        assertThat(witness().carriedOut("1.0", "asked-service")).isEqualTo(1);

        fleet().tenants.answers.clear();
        witness().awaitState(deployment, DeploymentState.COMPLETE);
        String job = deployment.id() + "~prod~asked";
        await().untilAsserted(() -> assertThat(fleet().tenants.said(job))
                .containsExactly(
                        "fd2 IMPACT_START",
                        "fd2 IMPACT_END",
                        "fd3 IMPACT_START",
                        "fd3 IMPACT_END",
                        "fd4 IMPACT_START",
                        "fd4 IMPACT_END",
                        "fd5 IMPACT_START",
                        "fd5 IMPACT_END",
                        "COMPLETED"));
    }

    @Test
    void waitsForNoTenantAtTheEndOfAFaultDomainWhereItHasNoMachine() {
        List<String> machines = fleet().machines("elsewhere", 3);
        fleet().give("elsewhere3", "acme");
        fleet().tenants.answers.put("fd2 IMPACT_END", State.WAIT);
        fleet().tenants.answers.put("fd3 IMPACT_END", State.WAIT);
        Deployment deployment = fleet().targets.declare("elsewhere-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitState(deployment, DeploymentState.COMPLETE);
        fleet().tenants.answers.clear();
    }

    @Test
    void givesBackWhatWasClaimedForItByAnInstanceThatDiedBeforeItWroteThatDown() {
        List<String> machines = fleet().machines("stray", 4);
        machines.forEach(machine -> fleet().give(machine, "acme"));
        fleet().tenants.answers.put("fd2 IMPACT_START", State.WAIT);
        Deployment deployment = fleet().targets.declare("stray-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitPhase(deployment, "stray", "stray1", MachinePhase.WAITING);
        fleet().repairs
                .claim(new ClaimRequest(
                        deployment.id() + "~prod~stray",
                        RepairKind.DEPLOY,
                        false,
                        "stray-service",
                        "it was its turn",
                        Duration.ofHours(1),
                        null,
                        List.of("stray4")));

        fleet().tenants.answers.clear();
        witness().awaitState(deployment, DeploymentState.COMPLETE);
        await().until(() -> fleet().repairs.claimed().stream().noneMatch(machines::contains));
    }

    private static String faultDomain(String machine) {
        return fleet().devices.place(machine).faultDomain();
    }

    private static CommandRequest resume(String reason) {
        return new CommandRequest(Command.RESUME, reason);
    }
}
