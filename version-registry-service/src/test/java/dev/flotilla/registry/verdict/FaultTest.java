package dev.flotilla.registry.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.verdict.Verdict.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultTest {
    private final SmallFleet fleet = new SmallFleet();

    @Test
    void aNewFaultOnManyMachinesIsHarm() {
        Verdict verdict = on(12, 20, 0).judgedAfter(30);

        assertThat(verdict.outcome()).isEqualTo(Outcome.BAD);
        assertThat(verdict.evidence().getFirst().hit()).isEqualTo(12);
        assertThat(verdict.evidence().getFirst().since())
                .isEqualTo(SmallFleet.CHANGE.plus(Duration.ofMinutes(20)).plusSeconds(1));
    }

    @Test
    void theSameFaultAsOftenBeforeTheChangeVetoes() {
        on(12, -10, 0);

        assertThat(on(12, 20, 0).judgedAfter(30).outcome()).isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void aFaultOfTheSameHourYesterdayVetoes() {
        on(12, 20 - 1440, 0);

        assertThat(on(12, 20, 0).judgedAfter(30).outcome()).isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void theSameFaultOnUnchangedMachinesVetoes() {
        on(24, 20, 20);

        assertThat(on(12, 20, 0).judgedAfter(30).outcome()).isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void oneMachineWithAThousandFaultsIsNoHarm() {
        for (int i = 0; i < 1000; i++) {
            fleet.fault("boom", 3, i % 30);
        }

        assertThat(fleet.judgedAfter(30).outcome()).isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void aFaultIsBlamedLessTheLaterItBegins() {
        assertThat(on(12, 20, 0).judgedAfter(30).outcome()).isEqualTo(Outcome.BAD);
        assertThat(Window.blame(60)).isGreaterThan(Window.blame(7200));
        assertThat(Window.blame(7200)).isGreaterThan(Window.blame(100_000));
    }

    @Test
    void aFaultThatBeginsAfterThreeDaysIsNotBlamed() {
        fleet.of(60, 200);

        assertThat(on(40, 4 * 1440, 0).judgedAfter(4 * 1440 + 30).evidence()).noneMatch(Evidence::harm);
    }

    @Test
    void fewUnchangedMachinesWithTheFaultAreEnoughToDoubt() {
        fleet.of(60, 5);
        on(1, 20, 60);

        assertThat(on(50, 20, 0).judgedAfter(30).outcome()).isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void fewChangedMachinesWithTheFaultBeforeAreEnoughToDoubt() {
        on(5, -10, 0);

        assertThat(on(16, 20, 0).judgedAfter(30).outcome()).isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void whatMultipliesForEverybodyIsNoHarmToThoseThatHadMore() {
        fleet.of(60, 200);
        on(18, -10, 0);
        on(10, -10, 60);
        on(30, 20, 60);

        assertThat(on(54, 20, 0).judgedAfter(30).outcome()).isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void aFaultOnFewOfAThousandMachinesIsLessThanTheLeastHarm() {
        fleet.of(1000, 2000);

        assertThat(on(20, 20, 0).judgedAfter(30).evidence()).noneMatch(Evidence::harm);
        assertThat(on(60, 20, 0).judgedAfter(30).outcome()).isEqualTo(Outcome.BAD);
    }

    @Test
    void theMoreIsLookedAtTheSurerHarmMustBe() {
        assertThat(on(10, 20, 0).judgedAfter(30).outcome()).isEqualTo(Outcome.BAD);
        for (int i = 0; i < 10; i++) {
            fleet.fault("other " + i, 15, 20);
        }

        assertThat(fleet.judgedAfter(30).outcome()).isEqualTo(Outcome.UNCLEAR);
    }

    private SmallFleet on(int machines, int age, int from) {
        for (int i = from; i < from + machines; i++) {
            fleet.fault("boom", i, age);
        }
        return fleet;
    }
}
