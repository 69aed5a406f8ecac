package dev.flotilla.orchestrator.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.flotilla.api.orchestrator.RolloutExplanation;
import dev.flotilla.api.orchestrator.RolloutExplanation.Wait;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.Origin;
import dev.flotilla.orchestrator.decision.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Of a whole rollout: the wait that the others hang on. */
class ForemostTest extends ExplainedWorld {
    @Test
    void theForemostWaitIsTheOneThatTheOthersHangOn() {
        claims.put(
                "m1",
                new ClaimAnswer(
                        null, "maintenance-request", "tenant acme: wait", null, false, NOW, "acme", null, null));
        List<MachineView> machines = new ArrayList<>();
        machines.add(old("m1", "fd1", LONG_AGO));
        for (int i = 2; i <= 9; i++) {
            machines.add(old("m" + i, "fd2", LONG_AGO));
        }
        RolloutExplanation whole = whole(machines.toArray(MachineView[]::new));
        assertThat(whole.waits())
                .extracting(Wait::rule, Wait::machines)
                .containsExactly(tuple("fault-domain", 8), tuple("maintenance-request", 1));
        assertThat(whole.foremost())
                .isNotNull()
                .extracting(Wait::rule, Wait::examples)
                .containsExactly("maintenance-request", List.of("m1"));
        assertThat(whole.since()).isEqualTo(BEGAN);
        assertThat(whole.unblock()).contains("tenant acknowledges");
    }

    @Test
    void twoTenantsAreTwoReasons() {
        for (String tenant : List.of("acme", "bolt")) {
            claims.put(
                    "of-" + tenant,
                    new ClaimAnswer(
                            null, "maintenance-request", "tenant " + tenant, null, false, NOW, tenant, null, null));
        }
        List<MachineView> machines = new ArrayList<>();
        claims.keySet().forEach(name -> machines.add(old(name, "fd1", LONG_AGO)));
        for (int i = 1; i <= 8; i++) {
            machines.add(old("m" + i, "fd2", LONG_AGO));
        }
        assertThat(whole(machines.toArray(MachineView[]::new)).waits())
                .filteredOn(wait -> wait.rule().equals("maintenance-request"))
                .extracting(wait -> Objects.requireNonNull(wait.by()).name())
                .containsExactlyInAnyOrder("acme", "bolt");
    }

    @Test
    void whoWaitsForOthersIsNeverTheForemostOfThem() {
        int limit = Foremost.rank(Origin.ROLLOUT, Rule.MAX_UNAVAILABLE.id());
        assertThat(limit)
                .isLessThan(Foremost.rank(Origin.ROLLOUT, Rule.FAULT_DOMAIN.id()))
                .isLessThan(Foremost.rank(Origin.ROLLOUT, Rule.CANARY.id()))
                .isGreaterThan(Foremost.rank(Origin.POLICY, "night"));
    }
}
