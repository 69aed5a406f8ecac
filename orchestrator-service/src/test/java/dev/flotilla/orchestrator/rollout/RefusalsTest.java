package dev.flotilla.orchestrator.rollout;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flotilla.api.orchestrator.Command;
import dev.flotilla.api.orchestrator.Counts;
import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.orchestrator.HistoryEntry;
import dev.flotilla.api.orchestrator.MachinePhase;
import dev.flotilla.orchestrator.decision.Action;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Decision;
import dev.flotilla.orchestrator.decision.MachineStanding;
import dev.flotilla.orchestrator.decision.Origin;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who was refused first when, and what was decided last, as it is kept for explanations. */
class RefusalsTest extends StoredRollouts {
    @Test
    void aRefusalKeepsTheMomentAtWhichTheSameRuleRefusedFirst() {
        ClaimAnswer busy = new ClaimAnswer(null, "active-repair", "under repave", null, true);
        long first = refused(busy, NOW);
        assertThat(since()).isEqualTo(NOW);
        assertThat(refused(busy, NOW.plusSeconds(10)))
                .as("nothing is written where nothing is new")
                .isEqualTo(first);
        refused(new ClaimAnswer(null, "active-repair", "still under repave", null, true), NOW.plusSeconds(20));
        assertThat(since()).as("other words, the same rule").isEqualTo(NOW);
        refused(new ClaimAnswer(null, "max-unavailable", "20 of 100", null, false), NOW.plusSeconds(30));
        assertThat(since()).isEqualTo(NOW.plusSeconds(30));
        refused(
                new ClaimAnswer(
                        null, "maintenance-request", "asked", null, false, NOW.plusSeconds(7), "acme", "a step", null),
                NOW.plusSeconds(40));
        assertThat(since()).as("the tenant was asked then").isEqualTo(NOW.plusSeconds(7));
        assertThat(requireNonNull(find("d2~prod~web").refusals().get("m1")))
                .extracting(ClaimAnswer::tenant, ClaimAnswer::step)
                .containsExactly("acme", "a step");
    }

    private long refused(ClaimAnswer answer, Instant at) {
        return ledger.write(
                        find("d2~prod~web"), Map.of(), decision(DeploymentState.ROLLING_OUT), Map.of("m1", answer), at)
                .orElseThrow();
    }

    private @Nullable Instant since() {
        return requireNonNull(find("d2~prod~web").refusals().get("m1")).since();
    }

    @Test
    void aPolicysRefusalKeepsItsFirstMomentAndIsWrittenOnlyWhenSomebodyIsRefusedOrPermittedAnew() {
        MachineStanding night = refusedBy("night");
        long first = stands(Map.of("m1", night), NOW);
        assertThat(stands(Map.of("m1", night), NOW.plusSeconds(10)))
                .as("nothing is written where nothing is new")
                .isEqualTo(first);
        stands(Map.of("m1", night, "m2", night), NOW.plusSeconds(20));
        assertThat(new PolicyRefusals(jdbc).of("d2~prod~web"))
                .as("as another instance reads it")
                .isEqualTo(Map.of(
                        "m1", new PolicyRefusal("night", NOW), "m2", new PolicyRefusal("night", NOW.plusSeconds(20))));

        MachineStanding unasked = new MachineStanding(MachinePhase.WAITING, "no answer", "registry", null);
        stands(Map.of("m1", unasked, "m2", refusedBy("freeze")), NOW.plusSeconds(30));
        assertThat(policies.of("d2~prod~web"))
                .as("who was not asked about is still refused")
                .isEqualTo(Map.of(
                        "m1", new PolicyRefusal("night", NOW), "m2", new PolicyRefusal("freeze", NOW.plusSeconds(30))));

        commands.give(Command.PROMOTE, "d2", null, "ann", "seen enough", NOW);
        MachineStanding turn = new MachineStanding(MachinePhase.WAITING, "fd1 comes first", "fault-domain", null);
        stands(Map.of("m1", turn, "m2", refusedBy("freeze")), NOW.plusSeconds(40));
        assertThat(policies.of("d2~prod~web"))
                .isEqualTo(Map.of("m2", new PolicyRefusal("freeze", NOW.plusSeconds(30))));
    }

    @Test
    void theFaultDomainThatOthersWaitForIsKnownSinceItCameFirst() {
        ledger.write(find("d2~prod~web"), Map.of(), opening("fd1"), Map.of(), NOW);
        ledger.write(find("d2~prod~web"), Map.of(), opening("fd1"), Map.of(), NOW.plusSeconds(10));
        assertThat(find("d2~prod~web").open()).isEqualTo(new OpenDomain("fd1", NOW));
        ledger.write(find("d2~prod~web"), Map.of(), opening("fd2"), Map.of(), NOW.plusSeconds(20));
        assertThat(find("d2~prod~web").open()).isEqualTo(new OpenDomain("fd2", NOW.plusSeconds(20)));
        ledger.write(find("d2~prod~web"), Map.of(), opening(null), Map.of(), NOW.plusSeconds(30));
        assertThat(find("d2~prod~web").open()).isNull();
    }

    private static Decision opening(@Nullable String domain) {
        return new Decision(
                List.of(),
                new LinkedHashMap<>(),
                new Counts(1, 0, 0, 0, 0, 0, 0),
                DeploymentState.ROLLING_OUT,
                null,
                List.of(),
                false,
                false,
                null,
                domain);
    }

    private static MachineStanding refusedBy(String policy) {
        return new MachineStanding(MachinePhase.WAITING, "not now", policy, null, Origin.POLICY);
    }

    private long stands(Map<String, MachineStanding> standings, Instant at) {
        Decision decision = new Decision(
                List.of(),
                new LinkedHashMap<>(standings),
                new Counts(1, 0, 0, 0, 0, 0, 0),
                DeploymentState.ROLLING_OUT,
                null,
                List.of(),
                false,
                false,
                null,
                null);
        return ledger.write(find("d2~prod~web"), Map.of(), decision, Map.of(), at)
                .orElseThrow();
    }

    @Test
    void theLastOfEachThatWasDecidedAboutARolloutIsKnownHaltsOfItsSiblingsToo() {
        commands.give(Command.PAUSE, "d2", "d2~prod~jobs", "bob", "only there", NOW);
        commands.give(Command.PAUSE, "d2", null, "ann", "lunch", NOW.plusSeconds(1));
        commands.give(Command.RESUME, "d2", null, "ann", "back", NOW.plusSeconds(2));
        commands.give(Command.PAUSE, "d2", null, "ann", "coffee", NOW.plusSeconds(3));
        commands.give(Command.RESUME, "d2", null, "ann", "back again", NOW.plusSeconds(4));
        ledger.write(
                find("d2~prod~jobs"),
                Map.of(),
                decision(DeploymentState.HALTED, new Action.Halt("too many")),
                Map.of(),
                NOW.plusSeconds(5));
        assertThat(history.last("d2", "d2~prod~web"))
                .extracting(HistoryEntry::what, HistoryEntry::who, HistoryEntry::reason)
                .containsExactly(
                        tuple("halt", "flotilla", "too many"),
                        tuple("resume", "ann", "back again"),
                        tuple("pause", "ann", "coffee"));
    }
}
