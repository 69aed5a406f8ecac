package dev.flotilla.orchestrator.progress;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flotilla.api.device.RepairKind;
import dev.flotilla.api.orchestrator.Authority;
import dev.flotilla.api.orchestrator.Authority.Kind;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.api.policy.Decision;
import dev.flotilla.api.policy.Effect;
import dev.flotilla.api.registry.OrderPhase;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.OrderRecord;
import dev.flotilla.orchestrator.decision.OrderState;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutDecider;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.rollout.OpenDomain;
import dev.flotilla.orchestrator.rollout.PolicyRefusal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rollout d7 of hello 2.0 in prod~web, begun an hour ago. */
class ExplainerTest extends ExplainedWorld {
    @Test
    void whoWaitsForItsTurnWaitsSinceTheRolloutBeganOrWasResumedOrItChangedItself() {
        MachineView m1 = old("m1", "fd1", LONG_AGO);
        MachineView m2 = old("m2", "fd2", LONG_AGO);
        assertThat(grounds(m2, m1, m2))
                .extracting(Grounds::since, grounds -> said(grounds))
                .containsExactly(BEGAN, "the rollout's order: one fault domain after the other");

        decided("resume", "ann", "it was the disk", NOW.minusSeconds(600));
        assertThat(grounds(m2, m1, m2).since()).isEqualTo(NOW.minusSeconds(600));

        open = new OpenDomain("fd1", NOW.minusSeconds(300));
        assertThat(grounds(m2, m1, m2).since()).as("another came first before").isEqualTo(NOW.minusSeconds(300));

        MachineView fellBack = old("m2", "fd2", NOW.minusSeconds(30));
        assertThat(grounds(fellBack, m1, fellBack).since()).isEqualTo(NOW.minusSeconds(30));
    }

    @Test
    void aRefusalIsThatOfItsPolicySinceItSaidSoFirstAndOfWhoeverAnswersForIt() {
        permits.put("m1", new Permit(Effect.DEFER, "no changes at night", "night", Decision.Kind.POLICY, null));
        holders.put("POLICY night", "olga");
        refusals.put("m1", new PolicyRefusal("night", NOW.minusSeconds(200)));
        Grounds grounds = grounds(old("m1", "fd1", LONG_AGO));
        assertThat(grounds.since()).isEqualTo(NOW.minusSeconds(200));
        assertThat(grounds.by())
                .isEqualTo(new Authority(Kind.POLICY, "night", "olga", null, "the policy 'night' of olga"));
        assertThat(grounds.unblock()).contains("'night' ends", "operator");

        Instant opens = NOW.plusSeconds(3600);
        permits.put("m1", new Permit(Effect.DEFER, "only at night", "night", Decision.Kind.POLICY, opens));
        assertThat(grounds(old("m1", "fd1", LONG_AGO)).unblock())
                .as("a maintenance window does not end then, it opens")
                .startsWith(opens + " is reached, or an operator changes or overrides the policy 'night'");

        refusals.put("m1", new PolicyRefusal("another", LONG_AGO));
        assertThat(grounds(old("m1", "fd1", LONG_AGO)).since())
                .as("not seen by a look yet")
                .isNull();

        permits.put("m1", new Permit(Effect.DENY, "on show", "keep", Decision.Kind.OPT_OUT, null));
        assertThat(said(grounds(old("m1", "fd1", LONG_AGO)))).isEqualTo("the opt-out 'keep'");
    }

    @Test
    void whoWaitsForAFaultDomainThatIsFrozenWaitsForTheFreeze() {
        permits.put("m1", new Permit(Effect.DEFER, "quiet", "night", Decision.Kind.POLICY, NOW.plusSeconds(900)));
        holders.put(PolicyHolders.key(Decision.Kind.POLICY, "night"), "olga");
        MachineView m1 = old("m1", "fd1", LONG_AGO);
        MachineView m2 = old("m2", "fd2", LONG_AGO);
        Grounds grounds = grounds(m2, m1, m2);
        assertThat(grounds.by())
                .isEqualTo(new Authority(Kind.POLICY, "night", "olga", null, "the policy 'night' of olga"));
        assertThat(grounds.unblock()).contains("overrides the policy 'night'").doesNotContain("promote");
        assertThat(whole(m1, m2).waits())
                .filteredOn(wait -> wait.rule().equals("fault-domain"))
                .singleElement()
                .satisfies(wait -> assertThat(wait.reason()).endsWith("not done: m1, deferred by 'night'"));

        MachineView m0 = old("m0", "fd1", LONG_AGO);
        assertThat(said(grounds(m2, m0, m1, m2))).as("m0 is not frozen").contains("one fault domain after the other");
    }

    @Test
    void anotherRolloutsMaintenanceRequestIsItsTenants() {
        permits.put("m1", new Permit(Effect.DEFER, "asked", "d6~prod~web", Decision.Kind.MAINTENANCE_REQUEST, null));
        tenants.put("m1", "acme");
        Grounds grounds = grounds(old("m1", "fd1", LONG_AGO));
        assertThat(grounds.by())
                .extracting(Authority::kind, Authority::name, Authority::holder)
                .containsExactly(Kind.MAINTENANCE_REQUEST, "d6~prod~web", "acme");
        assertThat(grounds.unblock()).contains("tenant answers");
    }

    @Test
    void aTenantIsNamedWithTheStepThatItIsAskedFor() {
        claims.put(
                "m1",
                new ClaimAnswer(
                        null,
                        "maintenance-request",
                        "tenant acme: it is asked",
                        NOW.plusSeconds(60),
                        false,
                        NOW.minusSeconds(40),
                        "acme",
                        "IMPACT_START of fd1",
                        null));
        Grounds grounds = grounds(old("m1", "fd1", LONG_AGO));
        assertThat(grounds.since()).isEqualTo(NOW.minusSeconds(40));
        assertThat(grounds.by())
                .isEqualTo(new Authority(
                        Kind.TENANT,
                        "acme",
                        null,
                        "IMPACT_START of fd1",
                        "tenant acme, who is asked for IMPACT_START of fd1"));
        assertThat(grounds.unblock()).contains("tenant acknowledges");
    }

    @Test
    void aRepairIsItsHoldersSinceItBegan() {
        claims.put("m1", new ClaimAnswer(null, "active-repair", "under repave", null, true).since(NOW));
        repairs.add(repair("r17", "m1", "fd1", RepairKind.REPAVE, true, "olga", LONG_AGO));
        Grounds grounds = grounds(old("m1", "fd1", LONG_AGO));
        assertThat(grounds.since()).isEqualTo(LONG_AGO);
        assertThat(grounds.by())
                .isEqualTo(new Authority(Kind.REPAIR, "r17", "olga", "REPAVE", "olga, who has it for the repave r17"));

        repairs.clear();
        assertThat(grounds(old("m1", "fd1", LONG_AGO)))
                .as("device-manager does not tell")
                .extracting(Grounds::since, ExplainedWorld::said)
                .containsExactly(NOW, "device-manager");
    }

    @Test
    void whoIsUnderRepaveWaitsForThatAndNotForItsTurn() {
        MachineView m1 = old("m1", "fd1", LONG_AGO);
        MachineView m2 = old("m2", "fd2", LONG_AGO);
        repairs.add(repair("r17", "m2", "fd2", RepairKind.REPAVE, true, "olga", LONG_AGO));
        assertThat(whole(m1, m2).waits())
                .extracting(Wait::rule, Wait::since, Wait::examples)
                .contains(tuple("active-repair", LONG_AGO, List.of("m2")));
        assertThat(whole(m1, m2).foremost())
                .as("nobody waits for it")
                .isNotNull()
                .extracting(Wait::examples)
                .isEqualTo(List.of("m1"));
    }

    @Test
    void theRulesOfDeviceManagerAreNotTakenForTheRolloutsOwnOfTheSameName() {
        claims.put("m1", new ClaimAnswer(null, "fault-domain", "fd3 is under work", null, false).since(BEGAN));
        repairs.add(repair("r3", "m9", "fd3", RepairKind.DEPLOY, false, "d5~prod~web", LONG_AGO));
        assertThat(grounds(old("m1", "fd1", LONG_AGO)))
                .extracting(Grounds::since, ExplainedWorld::said, Grounds::unblock)
                .containsExactly(
                        BEGAN,
                        "d5~prod~web, which works in fault domain fd3",
                        "the work in the other fault domain of the group ends");

        claims.put("m1", new ClaimAnswer(null, "max-unavailable", "20 of 100", null, false).since(BEGAN));
        Grounds limit = grounds(old("m1", "fd1", LONG_AGO));
        assertThat(said(limit)).isEqualTo("the limit of prod/web in device-manager");
        assertThat(limit.unblock())
                .startsWith("machines of the group become available again")
                .contains("or its limit is raised by")
                .as("another service that is changed well does not mend what crashed")
                .contains("one on which a service crashed", "a version of it is deployed that stays up")
                .doesNotContain("changed well");
    }

    @Test
    void theEndOfALeaseIsNotTheEndOfTheWait() {
        MachineView m1 = old("m1", "fd1", LONG_AGO);
        claims.put("m1", new ClaimAnswer(null, "active-repair", "under repave.", NOW.plusSeconds(60), true));
        RolloutView view = view(m1);
        MachineStanding standing =
                requireNonNull(RolloutDecider.decide(view, NOW).standings().get("m1"));
        assertThat(new Explainer(rollout(), view, known()).explained(m1, standing))
                .extracting(MachineStanding::until, MachineStanding::reason)
                .containsExactly(
                        null, "under repave; its lease lasts until " + NOW.plusSeconds(60) + " and may be renewed");
    }

    @Test
    void aFailedAttemptWaitsSinceItFailed() {
        Instant failed = NOW.minusSeconds(2);
        MachineView said = changed("m1", RunState.RUNNING, OrderPhase.FAILED, failed, order("m1", OrderState.FAILED));
        assertThat(grounds(said)).extracting(Grounds::since).isEqualTo(failed);

        OrderRecord silent = order("m1", OrderState.FAILED);
        Instant noticed =
                grounds(view("m1", "fd1", sight("1.0", LONG_AGO, null), silent)).since();
        assertThat(noticed).as("as the backoff tells").isBetween(NOW.minusSeconds(5), NOW.minusSeconds(3));
    }

    @Test
    void whatIsUnderWayIsSoSinceItsAgentReportedItOrWasTold() {
        Instant fetching = NOW.minusSeconds(7);
        OrderRecord order = order("m1", OrderState.ACCEPTED);
        assertThat(grounds(changed("m1", RunState.RUNNING, OrderPhase.FETCHING, fetching, order)))
                .extracting(Grounds::since, ExplainedWorld::said)
                .containsExactly(fetching, "the agent of m1");
        assertThat(grounds(view("m1", "fd1", sight("1.0", LONG_AGO, null), order))
                        .since())
                .isEqualTo(order.orderedAt());
    }

    @Test
    void nothingIsMadeUp() {
        state = DeploymentState.HALTED;
        reason = "for some reason";
        assertThat(grounds(old("m1", "fd1", LONG_AGO)))
                .extracting(Grounds::since, Grounds::by)
                .containsExactly(null, null);
        state = DeploymentState.ROLLING_OUT;
        assertThat(grounds(view("m1", "fd1", null, null)))
                .extracting(Grounds::since, ExplainedWorld::said)
                .containsExactly(null, "the agent of m1");
    }

    @Test
    void whatIsOvertakenIsSoSinceTheNewerDeploymentWasTakenUp() {
        newer.put("d8", NOW.minusSeconds(33));
        MachineView machine = new MachineView("m1", "fd1", "d8", null, sight("1.0", LONG_AGO, null), null);
        assertThat(grounds(machine))
                .extracting(Grounds::since, ExplainedWorld::said)
                .containsExactly(NOW.minusSeconds(33), "the newer deployment d8");
    }
}
