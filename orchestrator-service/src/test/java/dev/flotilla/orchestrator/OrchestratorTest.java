package dev.flotilla.orchestrator;

import static dev.flotilla.orchestrator.testing.Statuses.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.device.Machine;
import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.CommandRequest;
import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.testing.Fleet;
import dev.flotilla.orchestrator.testing.SharedFleet;
import dev.flotilla.orchestrator.testing.Witness;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.security.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One instance over real PostgreSQL, real HTTP to the agents, and fakes of the other services. Each test has a machine function of its own. */
class OrchestratorTest {
    private static final RolloutOptions ALL_AT_ONCE = new RolloutOptions("100%", "0", 1);

    @RegisterExtension
    private static final SharedFleet SHARED = new SharedFleet("--flotilla.orchestrator.pace.validity=PT2S");

    private static Fleet fleet() {
        return SHARED.fleet();
    }

    private static Witness witness() {
        return SHARED.witness();
    }

    private static OrchestratorApi api() {
        return SHARED.viewer();
    }

    @Test
    void keepsTheGoalWhenAMachineFallsBackIsLostOrJoins() {
        List<String> machines = fleet().machines("goal", 3);
        Deployment deployment = fleet().targets
                .declare("goal-service", "1.0", RolloutOptions.DEFAULTS, List.of(), new MachineGroup("prod", "goal"));
        witness().awaitState(deployment, DeploymentState.COMPLETE);

        fleet().registry
                .reportRunningVersion(
                        machines.getFirst(),
                        "goal-service",
                        new RunningReport(null, RunState.STOPPED, null, 0, null, null));
        witness().awaitRunning("goal-service", "1.0", machines);

        fleet().registry.lose("goal2");
        await().until(() ->
                witness().explain(deployment, "goal", "goal2").rule().equals("lost"));
        assertThat(witness().explain(deployment, "goal", "goal2").reason()).contains("not heard of since");
        fleet().registry.appear("goal2");
        witness().awaitPhase(deployment, "goal", "goal2", MachinePhase.RUNNING);

        fleet().machine("goal9", "goal", "fd1");
        witness().awaitRunning("goal-service", "1.0", List.of("goal9"));
        assertThat(api().deployment(deployment.id()).state()).isEqualTo(DeploymentState.COMPLETE);
        assertThat(fleet().agents.carriedOut.stream()
                        .filter(order -> order.service().equals("goal-service")))
                .extracting(Order::id)
                .doesNotHaveDuplicates()
                .hasSize(5);
        assertThat(api().history(deployment.id(), 10, null).items())
                .extracting(HistoryEntry::who, HistoryEntry::what, HistoryEntry::reason)
                .as("complete once, whatever is mended after")
                .containsExactly(
                        tuple("tester", "declare", "no reason was given"),
                        tuple("flotilla", "complete", "3 machines run 1.0"));
    }

    @Test
    void haltsAVersionThatFailsAndGoesOnWhenResumed() {
        List<String> machines = fleet().machines("halt", 10);
        fleet().agents.badVersions.add("6.6");
        Deployment bad = fleet().targets.declare("halt-service", "6.6", new RolloutOptions("2", "1", 1), machines);
        DeploymentProgress halted = witness().awaitState(bad, DeploymentState.HALTED);
        assertThat(halted.reason()).contains("2 of 10 machines failed", "exit code 3");
        assertThat(witness().carriedOut("6.6")).as("the others were spared").isEqualTo(2);
        assertThat(witness().explain(bad, "halt", "halt9").rule()).isEqualTo("halted");

        OrchestratorApi stranger = SHARED.owner("other");
        assertStatus(403, () -> stranger.command(bad.id(), resume("please")));
        for (Role role : List.of(Role.VIEWER, Role.PUBLISHER, Role.MACHINE, Role.SERVICE)) {
            OrchestratorApi reader = fleet().client(SHARED.instance(), role);
            assertStatus(403, () -> reader.command(bad.id(), resume("please")));
        }
        OrchestratorApi owner = SHARED.owner("halt-service");
        fleet().agents.badVersions.remove("6.6");
        assertThat(owner.command(bad.id(), resume("the disk was full")).state()).isEqualTo(DeploymentState.ROLLING_OUT);
        assertThat(witness().awaitState(bad, DeploymentState.COMPLETE).counts().running())
                .isEqualTo(10);
        assertStatus(409, () -> owner.command(bad.id(), resume("again")));
        assertStatus(400, () -> owner.command(bad.id(), resume("a\u0000b")));
    }

    @Test
    void letsANewerDeploymentTakeOverAndNeverLooksBack() {
        List<String> machines = fleet().machines("over", 6);
        Deployment older = fleet().targets.declare("over-service", "1.0", new RolloutOptions("1", "5%", 3), machines);
        await().until(() -> witness().carriedOut("1.0", "over-service") > 1);
        Deployment newer = fleet().targets.declare("over-service", "2.0", ALL_AT_ONCE, machines.subList(0, 4));
        witness().awaitState(newer, DeploymentState.COMPLETE);
        assertThat(witness().awaitState(older, DeploymentState.COMPLETE).counts())
                .isEqualTo(new Counts(0, 0, 0, 2, 0, 0, 4));
        Deployment newest = fleet().targets.declare("over-service", "3.0", ALL_AT_ONCE, machines);
        witness().awaitState(newest, DeploymentState.COMPLETE);
        witness().awaitState(older, DeploymentState.SUPERSEDED);
        witness().awaitState(newer, DeploymentState.SUPERSEDED);
        for (String machine : machines) {
            assertThat(fleet().agents.carriedOut.stream()
                            .filter(order -> order.machine().equals(machine))
                            .map(Order::revision))
                    .isSorted();
        }
    }

    @Test
    void asksThePolicyEngineAndWaitsWhenItOrTheWorldCannotBeSeen() {
        List<String> machines = fleet().neighbours("rules", 3);
        fleet().policies.effects.put("rules1", Effect.DENY);
        fleet().policies.effects.put("rules2", Effect.DEFER);
        fleet().policies.down = true;
        Deployment deployment = fleet().targets.declare("rules-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitTakenUp(deployment);
        assertThat(witness().explain(deployment, "rules", "rules3").reason()).contains("policy engine gave no answer");
        fleet().policies.down = false;
        witness().awaitPhase(deployment, "rules", "rules3", MachinePhase.RUNNING);
        assertThat(witness().explain(deployment, "rules", "rules1"))
                .extracting(MachineProgress::phase, MachineProgress::rule, MachineProgress::attempts)
                .containsExactly(MachinePhase.EXCUSED, "opt-out", 0);
        assertThat(witness().explain(deployment, "rules", "rules2").phase()).isEqualTo(MachinePhase.WAITING);
        assertThat(api().machines(deployment.id(), MachinePhase.EXCUSED, 10, null)
                        .items())
                .extracting(MachineProgress::machine)
                .containsExactly("rules1");

        fleet().policies.effects.remove("rules2");
        witness().awaitState(deployment, DeploymentState.COMPLETE);
        assertThat(witness().carriedOut("1.0", "rules-service")).isEqualTo(2);
    }

    @Test
    void ordersNothingWhileTopologyOrRegistryCannotBeRead() {
        List<String> machines = fleet().machines("blind", 2);
        fleet().devices.retire("blind2");
        fleet().registry.down = true;
        int before = fleet().registry.turnedAway.get();
        await().until(() -> fleet().registry.turnedAway.get() > before + 1);
        Deployment deployment = fleet().targets.declare("blind-service", "1.0", ALL_AT_ONCE, machines.subList(0, 1));
        witness().awaitTakenUp(deployment);
        await().until(() ->
                witness().explain(deployment, "blind", "blind1").rule().equals("registry"));
        fleet().devices.down = true;
        await().until(() -> {
            witness().explain(deployment, "blind", "blind1");
            return fleet().devices.turnedAway.get() > 0;
        });
        fleet().registry.down = false;
        await().until(() ->
                witness().explain(deployment, "blind", "blind1").rule().equals("topology"));
        assertThat(witness().carriedOut("1.0", "blind-service")).isZero();
        fleet().devices.down = false;
        witness().awaitState(deployment, DeploymentState.COMPLETE);

        fleet().registry.forgetChanges();
        fleet().registry.reportRunningVersion("blind1", "blind-service", RunningReport.running("0.9"));
        witness().awaitRunning("blind-service", "1.0", List.of("blind1"));
    }

    @Test
    void switchesToBytesThatCameLateOnlyWithAFreshOrderThatItsRulesPermit() {
        fleet().agents.slowVersions.put("9.1", Duration.ofMillis(2_500));
        List<String> machines = fleet().neighbours("late", 2);
        Deployment deployment = fleet().targets.declare("late-service", "9.1", ALL_AT_ONCE, machines);
        await().until(() -> witness().carriedOut("9.1") == 2);
        fleet().policies.effects.put("late2", Effect.DENY);

        witness().awaitPhase(deployment, "late", "late1", MachinePhase.RUNNING);
        assertThat(switched("late1")).as("with the fresh order").isEqualTo(1);
        assertThat(witness().carriedOut("9.1")).isEqualTo(3);
        witness().awaitPhase(deployment, "late", "late2", MachinePhase.EXCUSED);
        assertThat(witness().explain(deployment, "late", "late2").reason())
                .startsWith("9.1 is fetched and waits to be switched to: ");
        witness().awaitState(deployment, DeploymentState.COMPLETE);
        assertThat(switched("late2")).isZero();

        fleet().policies.effects.remove("late2");
        witness().awaitPhase(deployment, "late", "late2", MachinePhase.RUNNING);
        assertThat(witness().carriedOut("9.1")).isEqualTo(4);
    }

    @Test
    void repeatsAnOrderUnderItsIdWhenTheAnswerIsLost() {
        List<String> machines = fleet().machines("mute", 1);
        fleet().agents.mute.addAll(machines);
        Deployment deployment = fleet().targets.declare("mute-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitState(deployment, DeploymentState.COMPLETE);
        assertThat(witness().carriedOut("1.0", "mute-service")).isEqualTo(1);
    }

    @Test
    void givesUpOnAMachineThatTakesNoOrderAndSaysWhy() {
        fleet().devices.add(new Machine("gone1", "prod", "gone", "fd1", "west", "http://127.0.0.1:1"));
        fleet().registry.appear("gone1");
        Deployment deployment =
                fleet().targets.declare("gone-service", "1.0", new RolloutOptions("1", "100%", 1), List.of("gone1"));
        // in one look: the goal is kept, and so the machine is tried again soon
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(RemoteProblem.class)
                .until(
                        () -> witness().explain(deployment, "gone", "gone1"),
                        gone -> gone.phase() == MachinePhase.FAILED
                                && gone.reason().contains("127.0.0.1:1"));
        fleet().devices.retire("gone1");
        witness().awaitPhase(deployment, "gone", "gone1", MachinePhase.EXCUSED);
    }

    @Test
    void takesOverWhatADeadInstanceWasLookingAt() {
        List<String> machines = fleet().machines("dead", 2);
        Deployment deployment = fleet().targets.declare("dead-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitState(deployment, DeploymentState.COMPLETE);
        JdbcClient jdbc = SHARED.instance().getBean(JdbcClient.class);
        await().until(() -> jdbc.sql("""
                                update scheduled_tasks set picked = true, picked_by = 'dead', version = version + 1,
                                    last_heartbeat = now() - interval '1 minute'
                                where task_instance = ? and not picked
                                """).param(deployment.id() + "~prod~dead").update() == 1);
        fleet().registry.reportRunningVersion("dead1", "dead-service", RunningReport.running("0.1"));
        witness().awaitRunning("dead-service", "1.0", List.of("dead1"));
    }

    @Test
    void listsDeploymentsNewestFirst() {
        List<String> machines = fleet().machines("list", 1);
        Deployment older = fleet().targets.declare("list-service", "1.0", ALL_AT_ONCE, machines);
        Deployment newer = fleet().targets.declare("list-service", "1.1", ALL_AT_ONCE, machines);
        witness().awaitState(newer, DeploymentState.COMPLETE);
        assertThat(api().deployments(1, null).items()).hasSize(1);
        assertThat(api().deployments(100, null).items())
                .extracting(DeploymentProgress::id)
                .contains(newer.id(), older.id())
                .isSortedAccordingTo(
                        (a, b) -> Long.compare(Long.parseLong(b.substring(1)), Long.parseLong(a.substring(1))));
    }

    @Test
    void pagesThroughMachinesByName() {
        List<String> machines = fleet().machines("page", 12);
        Deployment deployment = fleet().targets.declare("page-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitState(deployment, DeploymentState.COMPLETE);
        var first = api().machines(deployment.id(), null, 5, null);
        assertThat(first.items())
                .extracting(MachineProgress::machine)
                .containsExactly("page1", "page2", "page3", "page4", "page5");
        var rest = api().machines(deployment.id(), null, 50, first.nextCursor());
        assertThat(rest.items()).hasSize(7).extracting(MachineProgress::machine).endsWith("page12");
        assertThat(rest.nextCursor()).isNull();
        assertThat(rest.items().getFirst().runningVersion()).isEqualTo("1.0");
    }

    @Test
    void answersBadQuestionsWithProblemsThatNameTheField() {
        assertStatus(404, () -> api().deployment("d999999"));
        assertStatus(404, () -> api().machines("d999999", null, 10, null));
        assertStatus(404, () -> api().explanation("d999999~prod~x", "m1"));
        assertThat(field(() -> api().deployment("42"))).isEqualTo("id");
        assertThat(field(() -> api().deployment("d" + "9".repeat(10_000)))).isEqualTo("id");
        assertThat(field(() -> api().explanation("d1~a", "m1"))).isEqualTo("rollout");
        assertThat(field(() -> api().deployments(0, null))).isEqualTo("limit");
        assertThat(field(() -> api().deployments(10, "nonsense"))).isEqualTo("cursor");
        assertThat(field(() -> fleet().client(SHARED.instance(), Role.DEPLOYER).command("d1", resume(" "))))
                .isEqualTo("reason");
    }

    // ---

    private static long switched(String machine) {
        return fleet().agents.switched.stream()
                .filter(order -> order.machine().equals(machine))
                .count();
    }

    private static String field(Runnable call) {
        RemoteProblem problem = problem(call);
        assertThat(problem.status()).isEqualTo(400);
        return problem.problem().errors().getFirst().field();
    }

    private static RemoteProblem problem(Runnable call) {
        try {
            call.run();
        } catch (RemoteProblem e) {
            return e;
        }
        throw new AssertionError("no problem was answered");
    }

    private static CommandRequest resume(String reason) {
        return new CommandRequest(Command.RESUME, reason);
    }
}
