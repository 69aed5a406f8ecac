package dev.flotilla.orchestrator;

import static dev.flotilla.orchestrator.testing.Statuses.assertStatus;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.agent.Order;
import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.CommandRequest;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.api.target.RolloutOptions.OnFailure;
import dev.flotilla.orchestrator.testing.Fleet;
import dev.flotilla.orchestrator.testing.SharedFleet;
import dev.flotilla.orchestrator.testing.Witness;
import dev.flotilla.platform.client.RemoteProblem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The way back to what was good, by command and by itself. */
class RollbackTest {
    private static final RolloutOptions ALL_AT_ONCE = new RolloutOptions("100%", "0", 1);
    private static final String BAD = "6.6";

    @RegisterExtension
    private static final SharedFleet SHARED = new SharedFleet(fleet -> fleet.agents.badVersions.add(BAD));

    private static Fleet fleet() {
        return SHARED.fleet();
    }

    private static Witness witness() {
        return SHARED.witness();
    }

    private static OrchestratorApi owner(String service) {
        return SHARED.owner(service);
    }

    @Test
    void bringsEachMachineBackToItsOwnLastGoodVersionAndSparesWhatSomethingNewerHas() {
        List<String> machines = fleet().machines("back", 6);
        String service = "back-service";
        witness()
                .awaitState(
                        fleet().targets.declare(service, "1.0", ALL_AT_ONCE, machines.subList(0, 3)),
                        DeploymentState.COMPLETE);
        witness()
                .awaitState(
                        fleet().targets.declare(service, "1.1", ALL_AT_ONCE, machines.subList(2, 5)),
                        DeploymentState.COMPLETE);
        Deployment bad = fleet().targets.declare(service, "2.0", ALL_AT_ONCE, machines);
        witness().awaitState(bad, DeploymentState.COMPLETE);
        Deployment hotfix = fleet().targets.declare(service, "2.1", ALL_AT_ONCE, machines.subList(0, 1));
        witness().awaitState(hotfix, DeploymentState.COMPLETE);

        owner(service).command(bad.id(), new CommandRequest(Command.PAUSE, "it eats memory"));
        assertThat(owner(service).explanation(bad.id() + "~prod~back").unblock())
                .contains("'roll-back'");
        CommandRequest back = new CommandRequest(Command.ROLL_BACK, "it eats memory");
        owner(service).command(bad.id(), back);
        for (String machine : List.of("back2", "back3", "back4", "back5")) {
            String good = machine.equals("back2") ? "1.0" : "1.1";
            await().untilAsserted(() -> assertThat(running(machine, service)).isEqualTo(good));
        }
        assertThat(running("back1", service)).as("a newer wish").isEqualTo("2.1");
        assertThat(running("back6", service)).as("ran nothing before").isEqualTo("2.0");
        assertThat(history(bad)).contains("roll-back: it eats memory");
        String left =
                "2.0 stays on 1 machine in prod/back (back6), which ran nothing good before: deploy another version there";
        assertThat(history(bad).getLast())
                .startsWith("rolled-back: ")
                .contains("1.0 back to 1 machine", "1.1 back to 3")
                .endsWith("; " + left);
        assertStatus(409, () -> owner(service).command(bad.id(), back));
        assertStatus(409, () -> owner(service).command(bad.id(), new CommandRequest(Command.RESUME, "on with it")));
        DeploymentProgress ended = owner(service).deployment(bad.id());
        assertThat(ended)
                .extracting(DeploymentProgress::state, DeploymentProgress::reason)
                .as("back6 is left with it")
                .containsExactly(DeploymentState.ABORTED, "rolled back by tester: it eats memory");
        assertThat(witness()
                        .awaitProgress(bad, progress -> progress.counts().superseded() == 5)
                        .counts()
                        .running())
                .as("back6 alone runs it")
                .isEqualTo(1);
        List<String> ways = requireNonNull(ended.rolledBackBy());
        assertThat(ways).hasSize(2).allMatch(way -> history(bad).getLast().contains(way + " brings"));
        assertThat(fleet().targets.deployment(ways.getFirst()).rollbackOf()).isEqualTo(bad.id());
        assertThatThrownBy(() -> owner(service).command(bad.id(), new CommandRequest(Command.RESUME, "on with it")))
                .hasMessageContaining("d" + bad.revision() + " was rolled back by " + String.join(", ", ways));
        assertThat(owner(service).explanation(bad.id() + "~prod~back").unblock())
                .isEqualTo("nothing: it is rolled back, but " + left);
        assertThat(ended.leftBehind()).isEqualTo(left);
        witness()
                .awaitState(
                        fleet().targets.declare(service, "2.2", ALL_AT_ONCE, List.of("back6")),
                        DeploymentState.COMPLETE);
        await().untilAsserted(
                        () -> assertThat(owner(service).deployment(bad.id()).leftBehind())
                                .as("another version is there")
                                .isNull());
    }

    @Test
    void goesBackAnotherStepAndNeverToTheVersionThatIsTakenBack() {
        List<String> machines = fleet().machines("steps", 4);
        String service = "steps-service";
        for (String version : List.of("1.0", "1.1")) {
            witness()
                    .awaitState(
                            fleet().targets.declare(service, version, ALL_AT_ONCE, machines), DeploymentState.COMPLETE);
        }
        Deployment again = fleet().targets.declare(service, "1.1", ALL_AT_ONCE, machines.subList(0, 2));
        witness().awaitState(again, DeploymentState.COMPLETE);
        Deployment latest = fleet().targets.declare(service, "1.2", ALL_AT_ONCE, machines);
        witness().awaitState(latest, DeploymentState.COMPLETE);

        Deployment first = back(latest);
        for (String machine : machines) {
            assertThat(running(machine, service)).isEqualTo("1.1");
        }
        back(first);
        for (String machine : machines) {
            assertThat(running(machine, service)).isEqualTo("1.0");
        }
    }

    /** Rolls a deployment back and waits for the only way back that there is. */
    private static Deployment back(Deployment taken) {
        OrchestratorApi owner = owner(taken.service());
        owner.command(taken.id(), new CommandRequest(Command.ROLL_BACK, "it eats memory"));
        await().untilAsserted(() ->
                assertThat(owner.deployment(taken.id()).rolledBackBy()).hasSize(1));
        Deployment way = fleet().targets
                .deployment(requireNonNull(owner.deployment(taken.id()).rolledBackBy())
                        .getFirst());
        witness().awaitState(way, DeploymentState.COMPLETE);
        return way;
    }

    @Test
    void goesBackByItselfWithoutWaitsFaultDomainByFaultDomain() {
        List<String> machines = fleet().machines("itself", 10);
        String service = "itself-service";
        MachineGroup group = new MachineGroup("prod", "itself");
        witness()
                .awaitState(
                        fleet().targets.declare(service, "1.0", ALL_AT_ONCE, List.of(), group),
                        DeploymentState.COMPLETE);
        RolloutOptions careful =
                new RolloutOptions("100%", "0", 1, "1", Duration.ofSeconds(1), null, null, OnFailure.ROLL_BACK);
        Deployment bad = fleet().targets.declare(service, BAD, careful, List.of(), group);
        witness().awaitState(bad, DeploymentState.SUPERSEDED);
        assertThat(history(bad)).anyMatch(entry -> entry.startsWith("halt: the canary "));
        assertThat(history(bad).getLast()).endsWith("brings 1.0 back to 1 whole group");
        String way = requireNonNull(owner(service).deployment(bad.id()).rolledBackBy())
                .getFirst();
        DeploymentProgress complete = witness().awaitState(fleet().targets.deployment(way), DeploymentState.COMPLETE);
        assertThat(complete.counts().running()).isEqualTo(10);
        for (String machine : machines) {
            assertThat(running(machine, service)).isEqualTo("1.0");
        }
        assertThat(fleet().agents.carriedOut)
                .filteredOn(order ->
                        order.service().equals(service) && order.version().equals(BAD))
                .extracting(Order::machine)
                .as("the canary alone was harmed")
                .hasSize(1);
    }

    @Test
    void bringsNoMachineOfAWholeGroupBackBehindWhatItWasBroughtToSince() {
        List<String> machines = fleet().machines("since", 4);
        String service = "since-back-service";
        MachineGroup group = new MachineGroup("prod", "since");
        witness()
                .awaitState(
                        fleet().targets.declare(service, "1.0", ALL_AT_ONCE, List.of(), group),
                        DeploymentState.COMPLETE);
        witness()
                .awaitState(
                        fleet().targets.declare(service, "1.1", ALL_AT_ONCE, machines.subList(0, 2)),
                        DeploymentState.COMPLETE);
        Deployment bad = fleet().targets.declare(service, "2.0", ALL_AT_ONCE, List.of(), group);
        witness().awaitState(bad, DeploymentState.COMPLETE);
        owner(service).command(bad.id(), new CommandRequest(Command.ROLL_BACK, "it eats memory"));
        for (String machine : machines) {
            String good = machines.indexOf(machine) < 2 ? "1.1" : "1.0";
            await().untilAsserted(() -> assertThat(running(machine, service)).isEqualTo(good));
        }
        assertThat(history(bad).getLast()).contains("1.0 back to 2 machines", "1.1 back to 2 machines");
    }

    @Test
    void saysWhereThereIsNothingToGoBackTo() {
        fleet().machines("first", 5);
        RolloutOptions options =
                new RolloutOptions("100%", "0", 1, null, Duration.ZERO, null, null, OnFailure.ROLL_BACK);
        Deployment bad = fleet().targets.declare("first-service", BAD, options, List.of("first1", "first2"));
        assertThat(witness().awaitState(bad, DeploymentState.ABORTED).rolledBackBy())
                .isEmpty();
        assertThat(history(bad).getLast()).startsWith("rolled-back: there is nothing to go back to");
        assertThat(witness().explain(bad, "first", "first1").phase()).isEqualTo(MachinePhase.FAILED);
    }

    @Test
    void stopsNothingWhereThereIsNothingToGoBackTo() {
        List<String> machines = fleet().machines("only", 7);
        Deployment only = fleet().targets.declare("only-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitState(only, DeploymentState.COMPLETE);
        OrchestratorApi owner = owner("only-service");
        CommandRequest command = new CommandRequest(Command.ROLL_BACK, "it eats memory");
        assertThatThrownBy(() -> owner.command(only.id(), command))
                .isInstanceOfSatisfying(RemoteProblem.class, refused -> {
                    assertThat(refused.status()).isEqualTo(409);
                    assertThat(refused.problem().detail())
                            .startsWith(
                                    "There is nothing to go back to: only1, only2, only3, only4, only5 and 2 more ran no other")
                            .contains("'pause' or 'abort'");
                });
        assertStatus(409, () -> owner.commandRollout(only.id() + "~prod~only", command));
        assertThat(owner.deployment(only.id()).state()).isEqualTo(DeploymentState.COMPLETE);
        assertThat(history(only)).noneMatch(entry -> entry.startsWith("roll-back"));
        owner.command(only.id(), new CommandRequest(Command.PAUSE, "it eats memory"));
        assertThat(owner.explanation(only.id() + "~prod~only").unblock()).doesNotContain("roll-back");
    }

    private static String running(String machine, String service) {
        return String.valueOf(
                requireNonNull(fleet().registry.running(machine, service)).version());
    }

    private static List<String> history(Deployment deployment) {
        return owner(deployment.service()).history(deployment.id(), 100, null).items().stream()
                .map((HistoryEntry entry) -> entry.what() + ": " + entry.reason())
                .toList();
    }
}
