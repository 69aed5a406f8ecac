package dev.flotilla.orchestrator.consultation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.orchestrator.DeploymentState;
import dev.flotilla.api.registry.RunState;
import dev.flotilla.api.registry.RunningService;
import dev.flotilla.api.target.RolloutOptions;
import dev.flotilla.orchestrator.decision.Answers;
import dev.flotilla.orchestrator.decision.ClaimAnswer;
import dev.flotilla.orchestrator.decision.Course;
import dev.flotilla.orchestrator.decision.Elsewhere;
import dev.flotilla.orchestrator.decision.Goal;
import dev.flotilla.orchestrator.decision.Limits;
import dev.flotilla.orchestrator.decision.MachineView;
import dev.flotilla.orchestrator.decision.OneLook;
import dev.flotilla.orchestrator.decision.Pace;
import dev.flotilla.orchestrator.decision.Permit;
import dev.flotilla.orchestrator.decision.RolloutView;
import dev.flotilla.orchestrator.decision.Sight;
import dev.flotilla.orchestrator.decision.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked in which order is lived through in the simulation of the promises; here is what takes more than one world to show. */
class ConsultationTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Wish M1 = new Wish("m1", false);

    @Test
    void whatTenantsAgreedToDoesNotStandForLong() {
        Consultation consultation = agreed(NOW);
        consultation.claimed(Map.of("m1", ClaimAnswer.granted("r1")), MINUTE);
        assertThat(consultation.decision().orders()).hasSize(1);
        consultation.withheld(List.of(), Map.of(), NOW.plusSeconds(3));

        assertThat(consultation.outdated(NOW.plusSeconds(4))).isFalse();
        assertThat(consultation.outdated(NOW.plusSeconds(5))).isTrue();
    }

    @Test
    void whatIsDecidedOfMachinesWithoutTenantsStandsHoweverLongOthersTook() {
        Consultation consultation = agreed(null);
        consultation.claimed(Map.of("m1", ClaimAnswer.granted("r1")), MINUTE);
        assertThat(consultation.decision().orders()).hasSize(1);

        assertThat(consultation.outdated(NOW.plusSeconds(60))).isFalse();
    }

    @Test
    void whatIsFoundOutStandsWhereDeviceManagerAnswersTooLateOrNotAtAll() {
        Consultation consultation = agreed(NOW);
        consultation.unanswered(List.of(M1), "it is down");

        assertThat(consultation.outdated(NOW.plusSeconds(60))).isFalse();
    }

    @Test
    void deviceManagerIsAskedForItsLimitWhereMachinesAreDown() {
        RunningService down =
                new RunningService("m1", "hello", "1.0", RunState.CRASHED, null, 1, NOW, null, NOW.minusSeconds(60));
        Consultation consultation = begun(down);
        assertThat(consultation.next()).contains(new Question.Policies(List.of("m1")));
        consultation.permits(Map.of("m1", Permit.ALLOWED));
        assertThat(consultation.next()).contains(new Question.Limit());
        consultation.limit(true);
        assertThat(consultation.view().answers().usedUp()).isTrue();
        assertThat(consultation.next()).contains(new Question.Tenants(List.of(M1)));
    }

    /** One whose only machine may be changed, and is about to be claimed. */
    private static Consultation agreed(@Nullable Instant asked) {
        Consultation consultation = begun(null);
        assertThat(consultation.next()).contains(new Question.Policies(List.of("m1")));
        consultation.permits(Map.of("m1", Permit.ALLOWED));
        assertThat(consultation.next()).contains(new Question.Tenants(List.of(M1)));
        consultation.withheld(List.of(M1), Map.of(), asked);
        assertThat(consultation.next()).contains(new Question.Claims(List.of(M1)));
        return consultation;
    }

    private static Consultation begun(@Nullable RunningService running) {
        RolloutView view = new RolloutView(
                "d7~prod~web",
                "prod/web",
                new Goal("d7", 7, "hello", "2.0", "b".repeat(64), 1000),
                new Course(DeploymentState.ROLLING_OUT, null, null, NOW, null),
                Limits.of(RolloutOptions.DEFAULTS),
                new Pace(MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE),
                List.of(new MachineView("m1", "fd1", null, null, new Sight(NOW, false, running), null)),
                Elsewhere.NOTHING,
                Answers.NONE,
                List.of(),
                NOW);
        return new Consultation(view, Map.of(), Memory.empty(MINUTE, MINUTE), new OneLook(), NOW);
    }
}
