package dev.flotilla.orchestrator;

import static dev.flotilla.orchestrator.testing.Statuses.assertStatus;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.flotilla.api.Problem.FieldError;
import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.CommandRequest;
import dev.flotilla.api.orchestrator.DeploymentPlan;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.OrchestratorApi;
import dev.flotilla.api.orchestrator.PlannedWave;
import dev.flotilla.api.orchestrator.RollbackPlan;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.orchestrator.RolloutPlan;
import dev.flotilla.api.orchestrator.RolloutPlan.TakenOver;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.policy.Outlook;
import dev.flotilla.api.policy.maintenance.TenantSettings;
import dev.flotilla.api.policy.maintenance.TenantSettings.Asking;
import dev.flotilla.api.policy.maintenance.TenantSettings.OnSilence;
import dev.flotilla.api.target.Deployment;
import dev.flotilla.api.target.DeploymentRequest;
import dev.flotilla.api.target.MachineGroup;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.testing.Fleet;
import dev.flotilla.orchestrator.testing.SharedFleet;
import dev.flotilla.orchestrator.testing.Witness;
import dev.flotilla.orchestrator.world.Interests;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.paging.Cursors;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.util.ReflectionTestUtils;

/** Plans of what nobody has declared. */
class PreviewedRolloutTest {
    private static final RolloutOptions ALL_AT_ONCE = new RolloutOptions("100%", "0", 1);

    @RegisterExtension
    private static final SharedFleet SHARED = new SharedFleet();

    private static Fleet fleet() {
        return SHARED.fleet();
    }

    private static Witness witness() {
        return SHARED.witness();
    }

    private static OrchestratorApi viewer() {
        return SHARED.viewer();
    }

    private static DeploymentPlan preview(String service, String version, DeploymentRequest request) {
        return viewer().preview(service, version, request, 20, 100, null);
    }

    private static DeploymentRequest to(List<String> machines, MachineGroup... groups) {
        return new DeploymentRequest(machines, List.of(groups), ALL_AT_ONCE, null);
    }

    @Test
    void saysWhatWouldHappenAndLeavesNoTrace() {
        List<String> machines = fleet().machines("would", 10);
        fleet().policies.effects.put("would1", Effect.DENY);
        fleet().repairs.repaved.add("would2");
        int kept = fleet().policies.kept.get();
        DeploymentPlan plan = preview("would-service", "1.0", to(machines));

        assertThat(plan.id()).isEqualTo(Deployment.UNDECLARED);
        RolloutPlan rollout = plan.rollouts().getFirst();
        assertThat(rollout.planned()).isEqualTo(8);
        assertThat(rollout.passedBy())
                .extracting(Wait::rule, Wait::examples)
                .containsExactlyInAnyOrder(
                        tuple("opt-out", List.of("would1")), tuple("active-repair", List.of("would2")));
        assertThat(rollout.waves())
                .extracting(PlannedWave::faultDomain)
                .containsExactly("fd1", "fd2", "fd3", "fd4", "fd5");

        assertThat(viewer().deployments(100, null).items())
                .noneMatch(deployment -> deployment.service().equals("would-service"));
        assertThat(fleet().policies.kept).as("decisions that are kept").hasValue(kept);
        assertThat(fleet().repairs.claimed()).doesNotContainAnyElementsOf(machines);
        Set<String> watched = requireNonNull(
                ReflectionTestUtils.invokeMethod(SHARED.instance().getBean(Interests.class), "all"));
        assertThat(watched).noneMatch(id -> id.startsWith("d0"));
        fleet().repairs.repaved.remove("would2");
    }

    @Test
    void countsTheFreezeThatBeginsMeanwhile() {
        List<String> machines = fleet().machines("frozen", 2);
        await("they have reported")
                .untilAsserted(() -> assertThat(preview("frozen-service", "1.0", to(machines))
                                .rollouts()
                                .getFirst()
                                .planned())
                        .isEqualTo(2));
        Instant from = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.SECONDS);
        Instant until = from.plus(Duration.ofHours(15));
        List<Outlook.Change> freeze = List.of(
                new Outlook.Change(from, Effect.DEFER, "night", "quiet", Decision.Kind.POLICY, until),
                new Outlook.Change(until, Effect.ALLOW, "no policy applies", null, null, null));
        machines.forEach(machine -> fleet().policies.changes.put(machine, freeze));
        DeploymentPlan plan = preview("frozen-service", "1.0", to(machines));
        List<PlannedWave> waves = plan.rollouts().getFirst().waves();
        assertThat(waves).extracting(PlannedWave::names).containsExactly(List.of("frozen1"), List.of("frozen2"));
        assertThat(waves.getLast().waits()).singleElement().satisfies(wait -> {
            assertThat(wait.rule()).isEqualTo("quiet");
            assertThat(wait.until()).isEqualTo(until);
        });
        assertThat(plan.at().plus(requireNonNull(waves.getLast().begins()))).isEqualTo(until);
        assertThat(requireNonNull(plan.expected())).isGreaterThan(Duration.ofHours(15));
    }

    @Test
    void aPlanNamesWhoHasWhichMachinesNow() {
        List<String> machines = fleet().machines("takers", 3);
        Deployment first = fleet().targets.declare("takers-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitState(first, DeploymentState.COMPLETE);
        Deployment one = fleet().targets.declare("takers-service", "1.1", ALL_AT_ONCE, machines.subList(0, 1));
        Deployment other = fleet().targets.declare("takers-service", "1.2", ALL_AT_ONCE, machines.subList(1, 3));
        witness().awaitState(first, DeploymentState.SUPERSEDED);
        assertThat(viewer().plan(first.id(), 1, 0, null).rollouts().getFirst().passedBy())
                .extracting(Wait::machines, wait -> requireNonNull(wait.by()).name())
                .containsExactly(tuple(2, other.id()), tuple(1, one.id()));
    }

    @Test
    void aCursorThatIsNoneIsRefused() {
        List<String> machines = fleet().machines("cursor", 1);
        Deployment there = fleet().targets.declare("cursor-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitState(there, DeploymentState.COMPLETE);
        for (String cursor : List.of("garbage", "%", Cursors.encode("d1"), Cursors.encode("d1~prod~cursor"))) {
            assertThatThrownBy(() -> viewer().plan(there.id(), 20, 0, cursor))
                    .isInstanceOfSatisfying(RemoteProblem.class, refused -> {
                        assertThat(refused.status()).isEqualTo(400);
                        assertThat(refused.problem().errors())
                                .extracting(FieldError::field)
                                .containsExactly("cursor");
                    });
        }
        assertStatus(400, () -> viewer().preview("cursor-service", "2.0", to(machines), 20, 0, "garbage"));
    }

    @Test
    void twoPlansOfTheSameGroupAreNotMixedUp() {
        fleet().machines("mixed", 10);
        assertThat(preview("mixed-service", "1.0", to(List.of("mixed1"))).rollouts())
                .extracting(RolloutPlan::machines)
                .containsExactly(1);
        assertThat(preview("mixed-service", "1.0", to(List.of("mixed2", "mixed3")))
                        .rollouts())
                .extracting(RolloutPlan::machines)
                .containsExactly(2);
        assertThat(preview("mixed-service", "1.0", to(List.of(), new MachineGroup("prod", "mixed")))
                        .rollouts())
                .extracting(RolloutPlan::machines)
                .containsExactly(10);
    }

    @Test
    void whatTargetServiceRefusesIsRefusedInItsWords() {
        assertThatThrownBy(() -> preview("any-service", "404", to(List.of("m1"))))
                .isInstanceOfSatisfying(RemoteProblem.class, refused -> {
                    assertThat(refused.status()).isEqualTo(404);
                    assertThat(refused.problem().errors())
                            .extracting(FieldError::field)
                            .containsExactly("version");
                });
        DeploymentRequest bad = new DeploymentRequest(List.of("m1"), null, new RolloutOptions("0", null, null), null);
        assertThatThrownBy(() -> preview("any-service", "1.0", bad))
                .isInstanceOfSatisfying(RemoteProblem.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.problem().errors())
                            .extracting(FieldError::field)
                            .containsExactly("options.maxUnavailable");
                });
        assertStatus(400, () -> viewer().preview("any-service", "1.0", to(List.of("m1")), 20, -1, null));
    }

    @Test
    void saysWhoseMachinesItTakesOver() {
        List<String> machines = fleet().machines("over", 5);
        Deployment first = fleet().targets.declare("over-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitState(first, DeploymentState.COMPLETE);
        Deployment second = fleet().targets.declare("over-service", "1.1", ALL_AT_ONCE, machines.subList(0, 2));
        witness().awaitState(second, DeploymentState.COMPLETE);
        RolloutPlan plan =
                preview("over-service", "2.0", to(machines)).rollouts().getFirst();
        assertThat(plan.takesOver())
                .containsExactly(
                        new TakenOver(second.id(), "1.1", DeploymentState.COMPLETE, null, 2),
                        new TakenOver(first.id(), "1.0", DeploymentState.COMPLETE, null, 3));
        assertThat(plan.changeFrom()).contains("median of 2 changes in " + second.id());

        DeploymentPlan there = preview("over-service", "1.1", to(machines.subList(0, 2)));
        assertThat(there.id()).as("it says the same").isEqualTo(second.id());
        assertThat(there.state()).isEqualTo(DeploymentState.COMPLETE);
    }

    @Test
    void countsTheTimeThatTenantsHaveAndSaysWhatTheirSilenceMeans() {
        List<String> machines = fleet().machines("asked", 4);
        fleet().give("asked1", "notified");
        fleet().give("asked2", "willing");
        fleet().give("asked3", "waiting");
        fleet().give("asked4", "never");
        settings("notified", Asking.NOTIFY, Duration.ofMinutes(5), null);
        settings("willing", Asking.APPROVE, Duration.ofMinutes(10), OnSilence.GO_AHEAD);
        settings("waiting", Asking.APPROVE, Duration.ofMinutes(15), OnSilence.WAIT);
        DeploymentPlan plan = preview("asked-service", "1.0", to(machines));
        RolloutPlan rollout = plan.rollouts().getFirst();
        assertThat(rollout.waves())
                .extracting(PlannedWave::faultDomain, PlannedWave::asking)
                .containsExactly(
                        tuple("fd2", Duration.ofMinutes(5)),
                        tuple("fd3", Duration.ofMinutes(10)),
                        tuple("fd4", Duration.ofMinutes(10 + 15)),
                        tuple("fd5", Duration.ofMinutes(15)));
        assertThat(plan.asking()).isEqualTo(Duration.ofMinutes(5 + 10 + 25 + 15));
        assertThat(requireNonNull(plan.expected())).isGreaterThan(plan.asking());
        assertThat(plan.assumptions()).anyMatch(each -> each.contains("tenants"));
        List<Wait> waits =
                rollout.waves().stream().flatMap(wave -> wave.waits().stream()).toList();
        assertThat(waits)
                .extracting(Wait::reason)
                .containsExactly(
                        "tenant notified is told 5 min ahead; it begins then, or as soon as it acknowledges",
                        "tenant willing is asked first and has 10 min to answer; its silence means go ahead then",
                        "tenant waiting is asked first and has 15 min to answer; its silence means wait on until it answers");
        assertThat(waits.getFirst().until()).isEqualTo(plan.at().plus(Duration.ofMinutes(5)));
        assertThat(waits.getLast().until()).as("its deadline is no end").isNull();
        assertThat(fleet().tenants.said("d0~prod~asked")).isEmpty();
    }

    private static void settings(String tenant, Asking asking, Duration deadline, @Nullable OnSilence onSilence) {
        fleet().tenants.settings.put(tenant, new TenantSettings(asking, deadline, onSilence, null, null));
    }

    @Test
    void aRollbackIsPlannedWithoutStoppingAnything() {
        List<String> machines = fleet().machines("backwards", 5);
        Deployment first = fleet().targets.declare("backwards-service", "1.0", ALL_AT_ONCE, machines.subList(0, 2));
        witness().awaitState(first, DeploymentState.COMPLETE);
        assertStatus(409, () -> viewer().rollbackPlan(first.id(), null, 10));
        Deployment bad = fleet().targets.declare("backwards-service", "2.0", ALL_AT_ONCE, machines);
        witness().awaitState(bad, DeploymentState.COMPLETE);

        RollbackPlan plan = viewer().rollbackPlan(bad.id(), null, 10);
        assertThat(plan.ways())
                .extracting(DeploymentPlan::id, DeploymentPlan::version)
                .containsExactly(tuple(Deployment.UNDECLARED, "1.0"));
        RolloutPlan way = plan.ways().getFirst().rollouts().getFirst();
        assertThat(way.waves()).flatExtracting(PlannedWave::names).containsExactly("backwards1", "backwards2");
        assertThat(plan.leftBehind())
                .isEqualTo("2.0 stays on 3 machines in prod/backwards (backwards3, backwards4, backwards5),"
                        + " which ran nothing good before: deploy another version there");
        assertThat(viewer().deployment(bad.id()).state()).isEqualTo(DeploymentState.COMPLETE);
        assertThat(viewer().rollbackPlan(bad.id(), bad.id() + "~prod~backwards", 10))
                .extracting(only -> only.ways().size())
                .isEqualTo(1);

        assertStatus(404, () -> viewer().rollbackPlan("d999", null, 10));
        assertStatus(400, () -> viewer().rollbackPlan(bad.id(), "d1", 10));
        SHARED.owner("backwards-service").command(bad.id(), new CommandRequest(Command.ROLL_BACK, "it eats memory"));
        assertStatus(409, () -> viewer().rollbackPlan(bad.id(), null, 10));
    }

    @Test
    void whatWasMeasuredInTheGroupBeforeIsTakenWhateverFailedSince() {
        List<String> machines = fleet().machines("fell", 1);
        Deployment good = fleet().targets.declare("fell-service", "1.0", ALL_AT_ONCE, machines);
        witness().awaitState(good, DeploymentState.COMPLETE);
        assertThat(viewer().plan(good.id(), 1, 0, null).rollouts().getFirst().changeFrom())
                .startsWith("the median of 1 change");
        fleet().agents.badVersions.add("6.6");
        Deployment bad = fleet().targets.declare("fell-service", "6.6", ALL_AT_ONCE, machines);
        witness().awaitState(bad, DeploymentState.HALTED);
        assertThat(viewer().plan(bad.id(), 1, 0, null).rollouts().getFirst().changeFrom())
                .as("no machine was brought to the bad one")
                .isEqualTo("the median of 1 change in " + good.id() + "~prod~fell");
        fleet().machines("felled", 1);
        assertThat(preview("fell-service", "1.0", to(List.of("felled1")))
                        .rollouts()
                        .getFirst()
                        .changeFrom())
                .as("elsewhere")
                .isEqualTo("the median of 1 change in " + good.id() + "~prod~fell");
    }
}
