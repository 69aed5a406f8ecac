package dev.flotilla.registry.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flotilla.registry.verdict.Verdict.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
    private final SmallFleet fleet = new SmallFleet().shows("requests", (_, _, _) -> 1000);

    @Test
    void oneErrorMoreInAHundredRequestsIsHarmWithinFiveMinutes() {
        Verdict verdict = fleet.shows("errors", (_, changed, age) -> changed && age >= 0 ? 11 : 1)
                .judgedAfter(5);

        assertThat(verdict.outcome()).isEqualTo(Outcome.BAD);
        assertThat(verdict.confidence()).isGreaterThan(0.99);
        Evidence errors = verdict.evidence().getFirst();
        assertThat(errors.signal()).isEqualTo("errors");
        assertThat(errors.changed().before()).isCloseTo(0.001, within(0.0001));
        assertThat(errors.changed().after()).isCloseTo(0.011, within(0.0003));
        assertThat(errors.unchanged().after()).isCloseTo(0.001, within(0.0001));
        assertThat(errors.hit()).isEqualTo(20);
        assertThat(errors.machines()).isEqualTo(20);
        assertThat(verdict.reason()).contains("errors: 1.1% after the change, 0.1% before", "on 20 of 20");
    }

    @Test
    void whatHitsEverybodyIsNoHarmOfTheVersion() {
        assertThat(fleet.shows("errors", (_, _, age) -> age >= 0 ? 51 : 1)
                        .judgedAfter(30)
                        .outcome())
                .isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void whatAddsToEverybodyIsNoHarmToThoseThatHadLess() {
        assertThat(fleet.shows("errors", (_, changed, age) -> (changed ? 1 : 4) + (age >= 0 ? 40 : 0))
                        .judgedAfter(30)
                        .evidence())
                .noneMatch(Evidence::harm);
    }

    @Test
    void whatMultipliesForEverybodyIsNoHarmToThoseThatHadMore() {
        assertThat(fleet.shows("errors", (_, changed, age) -> (changed ? 20 : 5) * (age >= 0 ? 4 : 1))
                        .judgedAfter(30)
                        .evidence())
                .noneMatch(Evidence::harm);
    }

    @Test
    void lessThanTheLeastHarmIsNoneHoweverSure() {
        assertThat(fleet.shows("errors", (_, changed, age) -> changed && age >= 0 ? 2.5 : 1)
                        .judgedAfter(120)
                        .outcome())
                .isEqualTo(Outcome.GOOD);
    }

    @Test
    void oneBrokenMachineIsNoHarmOfTheVersion() {
        SmallFleet broken = fleet.counts("crashes", (machine, _, age) -> machine == 3 && age >= 0 ? 1 : 0);

        assertThat(broken.judgedAfter(60).outcome()).isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void rareCrashesOnSomeMachinesAreHarm() {
        SmallFleet some = fleet.counts(
                "crashes", (machine, changed, age) -> changed && age >= 0 && machine % 4 == 0 && age % 10 == 1 ? 1 : 0);

        assertThat(some.judgedAfter(60).outcome()).isEqualTo(Outcome.BAD);
    }

    @Test
    void crashesThatStrayAmongUnchangedMachinesTooAreNoHarm() {
        SmallFleet straying = fleet.counts(
                "crashes",
                (machine, changed, age) -> age >= 0 && (changed ? machine < 3 : machine == 50) && age % 2 == 1 ? 1 : 0);

        assertThat(straying.judgedAfter(60).outcome()).isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void harmThatBeginsAfterHoursShowsInItsFirstHour() {
        Verdict verdict = fleet.shows("errors", (_, changed, age) -> changed && age >= 600 ? 5 : 1)
                .judgedAfter(640);

        assertThat(verdict.outcome()).isEqualTo(Outcome.BAD);
        assertThat(verdict.evidence().getFirst().window()).isEqualTo(Duration.ofHours(1));
        assertThat(Duration.between(
                                SmallFleet.CHANGE, verdict.evidence().getFirst().since())
                        .toMinutes())
                .isBetween(580L, 620L);
    }

    @Test
    void tooLittleToSeeHarmInIsNotGood() {
        SmallFleet quiet = new SmallFleet()
                .counts("requests", (_, _, age) -> age % 20 == 0 ? 1 : 0)
                .counts("errors", (_, _, _) -> 0);

        assertThat(quiet.judgedAfter(120).outcome()).isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void badMinutesThatStrayOverMachinesAreNoHarm() {
        assertThat(fleet.shows(
                                "errors",
                                (machine, changed, age) ->
                                        age >= 0 && (changed ? machine < 3 : machine >= 58) ? 100 : 1)
                        .judgedAfter(60)
                        .evidence())
                .noneMatch(Evidence::harm);
    }

    @Test
    void aRiseOnMostMachinesIsSeenAmongStrayingOnes() {
        assertThat(fleet.shows(
                                "errors",
                                (machine, changed, age) -> age < 0 ? 1 : machine == 59 ? 100 : changed ? 11 : 1)
                        .judgedAfter(5)
                        .outcome())
                .isEqualTo(Outcome.BAD);
    }

    @Test
    void aCrashOnEachOfThreeMachinesIsTooLittle() {
        assertThat(fleet.of(20, 200)
                        .counts("crashes", (machine, _, age) -> machine < 3 && age == 30 ? 1 : 0)
                        .judgedAfter(60)
                        .outcome())
                .isEqualTo(Outcome.UNCLEAR);
    }
}
