package dev.flotilla.orchestrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.Page;
import dev.flotilla.api.device.ClaimRequest;
import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.Authority.Kind;
import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.CommandRequest;
import dev.flotilla.api.orchestrator.DeploymentProgress;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.api.orchestrator.MachineProgress;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.Prospect;
import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.maintenance.MaintenanceAnswers;
import dev.flotilla.api.policy.maintenance.MaintenanceEvent;
import dev.flotilla.api.policy.maintenance.MaintenanceVerdict.State;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.testing.FakeTenants;
import dev.flotilla.orchestrator.testing.Fleet;
import dev.flotilla.orchestrator.testing.SharedFleet;
import dev.flotilla.orchestrator.testing.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said of machines and rollouts that wait, over real PostgreSQL and real HTTP to the agents. */
class ExplainedRolloutTest {
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
    void saysOfEachMachineAndOfTheWholeSinceWhenAndWhoHasASay() {
        Instant before = Instant.now().minusSeconds(1);
        List<String> machines = fleet().machines("since", 5);
        fleet().policies.kind = Decision.Kind.OPT_OUT;
        fleet().policies.effects.put("since1", Effect.DENY);
        fleet().repairs.repaved.add("since2");
        fleet().give("since3", "acme");
        fleet().tenants.answers.put("fd4 IMPACT_START", State.WAIT);
        Deployment deployment = fleet().targets.declare("since-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitPhase(deployment, "since", "since5", MachinePhase.RUNNING);
        await().untilAsserted(() -> assertThat(
                        witness().explain(deployment, "since", "since1").since())
                .isNotNull());
        await().untilAsserted(() -> assertThat(
                        witness().explain(deployment, "since", "since3").rule())
                .isEqualTo("maintenance-request"));

        MachineProgress denied = witness().explain(deployment, "since", "since1");
        assertThat(denied.by())
                .isEqualTo(new Authority(Kind.OPT_OUT, "opt-out", "olga", null, "the opt-out 'opt-out' of olga"));
        assertThat(denied.since()).isAfter(before);
        await().untilAsserted(() -> {
            MachineProgress repaved = witness().explain(deployment, "since", "since2");
            assertThat(requireNonNull(repaved.by()))
                    .extracting(Authority::kind, Authority::name, Authority::holder)
                    .containsExactly(Kind.REPAIR, "r-since2", "olga");
            assertThat(repaved.since()).isEqualTo(Instant.EPOCH);
        });
        MachineProgress asked = witness().explain(deployment, "since", "since3");
        assertThat(requireNonNull(asked.by()))
                .extracting(Authority::kind, Authority::name)
                .containsExactly(Kind.TENANT, "acme");
        Instant first = asked.since();
        assertThat(first).isAfter(before);
        await().during(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(
                                witness().explain(deployment, "since", "since3").since())
                        .isEqualTo(first));
        assertThat(fleet().tenants.said(deployment.id() + "~prod~since"))
                .as("asked once, and not on account of the machine under repave, whose fault domain comes before")
                .containsExactly("fd1 IMPACT_START", "fd1 IMPACT_END", "fd4 IMPACT_START");
        RolloutExplanation whole = witness().api().explanation(deployment.id() + "~prod~since");
        assertThat(requireNonNull(whole.foremost()).examples()).containsExactly("since3");
        assertThat(whole.since()).isAfter(before);

        SHARED.owner("since-service").command(deployment.id(), new CommandRequest(Command.PAUSE, "lunch"));
        HistoryEntry pause =
                witness().api().history(deployment.id(), 10, null).items().getLast();
        assertThat(witness().explain(deployment, "since", "since4"))
                .satisfies(machine ->
                        assertThat(requireNonNull(machine.by()).words()).isEqualTo("tester, who paused it"))
                .satisfies(machine -> assertThat(machine.since()).isEqualTo(pause.at()))
                .satisfies(machine -> assertThat(machine.unblock()).contains("'resume'"));
        fleet().tenants.answers.clear();
        fleet().repairs.repaved.remove("since2");
        fleet().policies.kind = null;
    }

    @Test
    void saysThatMachinesThatAreDownComeFirstWhereTheyUseUpTheLimitAndTheirTenantIsAsked() {
        List<String> machines = fleet().machines("full", 5);
        fleet().registry
                .reportRunningVersion(
                        "full3", "full-service", new RunningReport("0.9", RunState.CRASHED, null, 1, null, null));
        fleet().give("full3", "acme");
        fleet().tenants.answers.put("fd4 IMPACT_START", State.WAIT);
        fleet().topology.allowed = 0;
        try {
            Deployment deployment = fleet().targets.declare("full-service", "1.0", ALL_AT_ONCE, machines);
            witness().awaitTakenUp(deployment);
            await().untilAsserted(() -> assertThat(
                            witness().explain(deployment, "full", "full3").rule())
                    .isEqualTo("maintenance-request"));
            assertThat(witness().explain(deployment, "full", "full5").reason())
                    .isEqualTo("fault domain fd4 comes first, where machines that are down use up the limit and are"
                            + " brought to the version before all others: full3");
        } finally {
            fleet().topology.allowed = 1000;
            fleet().tenants.answers.clear();
        }
    }

    @Test
    void whoeverResumesAStoppedRolloutSeesWhatWouldHoldItThen() {
        List<String> machines = fleet().machines("stopped", 5);
        fleet().tenants.answers.put("fd1 IMPACT_START", State.WAIT);
        fleet().give("stopped5", "bolt");
        fleet().give("stopped4", "zinc");
        Deployment deployment = fleet().targets.declare("stopped-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitTakenUp(deployment);
        OrchestratorApi owner = SHARED.owner("stopped-service");
        owner.command(deployment.id(), new CommandRequest(Command.PAUSE, "lunch"));
        fleet().policies.kind = Decision.Kind.OPT_OUT;
        fleet().policies.effects.put("stopped2", Effect.DENY);
        fleet().repairs.repaved.add("stopped3");
        fleet().tenants.cancelled.add("zinc");

        assertThat(held(deployment, "stopped5"))
                .extracting(Prospect::rule, Prospect::reason)
                .containsExactly("maintenance-request", "tenant bolt: it says WAIT");
        assertThat(held(deployment, "stopped2")).satisfies(then -> {
            assertThat(then.phase()).isEqualTo(MachinePhase.EXCUSED);
            assertThat(requireNonNull(then.by()).words()).isEqualTo("the opt-out 'opt-out' of olga");
        });
        assertThat(held(deployment, "stopped3"))
                .extracting(Prospect::rule, Prospect::since)
                .containsExactly("active-repair", Instant.EPOCH);
        assertThat(held(deployment, "stopped4"))
                .extracting(Prospect::phase, Prospect::rule, Prospect::reason, Prospect::since, Prospect::unblock)
                .containsExactly(
                        MachinePhase.EXCUSED,
                        "maintenance-request",
                        "tenant zinc: 'tia' cancelled the job",
                        FakeTenants.SAID_AT,
                        "the tenant says otherwise");
        assertThat(held(deployment, "stopped1").rule()).isEqualTo("fault-domain");
        assertThat(witness().api().explanation(deployment.id() + "~prod~stopped"))
                .satisfies(whole -> assertThat(whole.waits())
                        .extracting(RolloutExplanation.Wait::rule)
                        .containsExactly("halted"))
                .satisfies(whole -> assertThat(whole.then())
                        .as("all but those that would only wait for their turn")
                        .extracting(RolloutExplanation.Wait::rule, RolloutExplanation.Wait::examples)
                        .containsExactlyInAnyOrder(
                                tuple("opt-out", List.of("stopped2")),
                                tuple("active-repair", List.of("stopped3")),
                                tuple("maintenance-request", List.of("stopped4")),
                                tuple("maintenance-request", List.of("stopped5"))));

        fleet().tenants.answers.clear();
        owner.command(deployment.id(), new CommandRequest(Command.RESUME, "back"));
        witness().awaitPhase(deployment, "stopped", "stopped1", MachinePhase.RUNNING);
        assertThat(witness().explain(deployment, "stopped", "stopped2").then()).isNull();
        fleet().repairs.repaved.remove("stopped3");
        DeploymentProgress done = witness().awaitState(deployment, DeploymentState.COMPLETE);
        assertThat(done.counts().excused())
                .as("denied, and cancelled by its tenant")
                .isEqualTo(2);
        await().during(Duration.ofSeconds(2)).untilAsserted(() -> {
            assertThat(fleet().registry.running("stopped4", "stopped-service")).isNull();
            assertThat(witness().explain(deployment, "stopped", "stopped4"))
                    .extracting(MachineProgress::phase, MachineProgress::since, MachineProgress::unblock)
                    .containsExactly(MachinePhase.EXCUSED, FakeTenants.SAID_AT, "the tenant says otherwise");
        });
        fleet().policies.kind = null;
    }

    @Test
    void whatTenantsSayNowIsToldAndNotWhatTheySaidAtTheLastLook() {
        List<String> machines = fleet().machines("said", 2);
        fleet().give("said1", "salt");
        fleet().tenants.answers.put("fd2 IMPACT_START", State.WAIT);
        Deployment deployment = fleet().targets.declare("said-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitTakenUp(deployment);
        await().untilAsserted(() -> assertThat(
                        witness().explain(deployment, "said", "said1").reason())
                .isEqualTo("tenant salt: it says WAIT"));

        fleet().tenants.suspended.add("salt");
        assertThat(witness().explain(deployment, "said", "said1"))
                .extracting(MachineProgress::reason, MachineProgress::since)
                .containsExactly("tenant salt: 'tia' suspended the job", FakeTenants.SAID_AT);
        fleet().tenants.suspended.remove("salt");
        fleet().tenants.cancelled.add("salt");
        assertThat(witness().explain(deployment, "said", "said1").reason())
                .isEqualTo("tenant salt: 'tia' cancelled the job");
        fleet().tenants.cancelled.remove("salt");
        fleet().tenants.answers.clear();
        assertThat(witness().explain(deployment, "said", "said1").rule()).isNotEqualTo("maintenance-request");
        witness().awaitState(deployment, DeploymentState.COMPLETE);
    }

    @Test
    void whatTenantsSaidStandsInTheHistoryInItsPlace() {
        List<String> machines = fleet().machines("spoken", 1);
        Deployment deployment = fleet().targets.declare("spoken-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitTakenUp(deployment);
        SHARED.owner("spoken-service").command(deployment.id(), new CommandRequest(Command.ABORT, "over"));
        List<HistoryEntry> own =
                witness().api().history(deployment.id(), 10, null).items();
        String job = deployment.id() + "~prod~spoken";
        Instant between = own.getFirst().at();
        Instant end = Instant.now().plusSeconds(60);
        said(7, job, MaintenanceAnswers.Kind.SUSPEND, between);
        said(8, job, MaintenanceAnswers.Kind.RESUME, end);

        List<HistoryEntry> read = new ArrayList<>();
        String cursor = null;
        do {
            Page<HistoryEntry> page = witness().api().history(deployment.id(), 1, cursor);
            assertThat(page.items()).hasSize(1);
            read.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        List<HistoryEntry> expected = new ArrayList<>(own);
        expected.add(1, new HistoryEntry(null, between, job, "tia", "acme", "suspend", "'tia' said SUSPEND"));
        expected.add(new HistoryEntry(null, end, job, "tia", "acme", "resume", "'tia' said RESUME"));
        assertThat(read).isEqualTo(expected);
    }

    private static void said(long sequence, String job, MaintenanceAnswers.Kind answer, Instant at) {
        String what = "'tia' said " + answer;
        fleet().tenants.words.add(new MaintenanceEvent(sequence, "acme", job, 1, what, answer, "tia", at, 1));
    }

    @Test
    void whoIsPausedMakesNobodyElseWait() {
        fleet().machines("queue", 5);
        fleet().repairs
                .claim(new ClaimRequest(
                        "somebody",
                        RepairKind.DEPLOY,
                        false,
                        "another",
                        "works elsewhere",
                        Duration.ofMinutes(1),
                        null,
                        List.of("queue1")));
        Deployment deployment = fleet().targets.declare("queue-service", "1.0", ALL_AT_ONCE, List.of("queue5"));
        await().ignoreExceptions().untilAsserted(() -> {
            MachineProgress waits = witness().explain(deployment, "queue", "queue5");
            assertThat(waits.rule()).isEqualTo("fault-domain");
            assertThat(waits.since()).isNotNull();
        });
        assertThat(fleet().repairs.withdrawn).doesNotContain(deployment.id() + "~prod~queue");
        SHARED.owner("queue-service").command(deployment.id(), new CommandRequest(Command.PAUSE, "lunch"));
        await().untilAsserted(() -> assertThat(fleet().repairs.withdrawn).contains(deployment.id() + "~prod~queue"));
    }

    private static Prospect held(Deployment deployment, String machine) {
        return requireNonNull(witness().explain(deployment, "stopped", machine).then());
    }
}
