package dev.flotilla.registry.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.verdict.Verdict.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private final SmallFleet fleet = new SmallFleet();

    @Test
    void aVersionThatDoesNoHarmIsGoodAfterAnHourAndNotBefore() {
        fleet.shows("latency", (_, _, _) -> 40).counts("crashes", (_, _, _) -> 0);

        assertThat(fleet.judgedAfter(55).outcome()).isEqualTo(Outcome.UNCLEAR);
        Verdict later = fleet.judgedAfter(360);
        assertThat(later.outcome()).isEqualTo(Outcome.GOOD);
        assertThat(later.confidence()).isBetween(0.95, 1.0);
        assertThat(later.evidence()).extracting(Evidence::signal).containsExactly("crashes", "latency");
    }

    @Test
    void aTinyCanaryTellsNothing() {
        fleet.of(5, 40).shows("latency", (_, changed, age) -> changed && age >= 0 ? 90 : 40);

        assertThat(fleet.judgedAfter(300).outcome()).isEqualTo(Outcome.UNCLEAR);
        assertThat(fleet.shows("latency", (_, _, _) -> 40).judgedAfter(300).outcome())
                .isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void aTinyCanaryThatCrashesAgainAndAgainIsBad() {
        fleet.of(1, 40).counts("crashes", (_, changed, age) -> changed && age >= 0 ? 1 : 0);

        Verdict verdict = fleet.judgedAfter(5);
        assertThat(verdict.outcome()).isEqualTo(Outcome.BAD);
        assertThat(verdict.reason()).contains("crashes: 5 in ten minutes after the change", "on 1 of 1");
    }

    @Test
    void crashesOfEverybodyOrFromBeforeOrOfFewAreNoLoopOfTheVersion() {
        assertThat(fleet.of(3, 40)
                        .counts("crashes", (_, _, age) -> age >= 0 ? 1 : 0)
                        .judgedAfter(9)
                        .outcome())
                .isEqualTo(Outcome.UNCLEAR);
        assertThat(fleet.counts("crashes", (_, changed, age) -> changed && age >= -20 ? 1 : 0)
                        .judgedAfter(9)
                        .outcome())
                .isEqualTo(Outcome.UNCLEAR);
        assertThat(fleet.counts("crashes", (machine, _, age) -> machine == 0 && age >= 0 ? 1 : 0)
                        .judgedAfter(9)
                        .outcome())
                .isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void withNobodyUnchangedTheWeekBeforeIsComparedWith() {
        SmallFleet.Shown worse = (_, _, age) -> age >= 0 ? 60 : 40;
        SmallFleet.Shown weekly = (_, _, age) -> age >= 0 || (age >= -7 * 1440 && age < -6 * 1440) ? 60 : 40;

        assertThat(fleet.of(20, 0).shows("latency", worse).judgedAfter(90).outcome())
                .isEqualTo(Outcome.UNCLEAR);
        assertThat(fleet.measuredFor(9).judgedAfter(90).outcome()).isEqualTo(Outcome.BAD);
        assertThat(fleet.shows("latency", weekly).judgedAfter(90).outcome()).isEqualTo(Outcome.GOOD);
    }

    @Test
    void whatIsMeasuredLaterThanTheQuestionCountsForNothing() {
        fleet.shows("latency", (_, changed, age) -> changed && age >= 30 ? 90 : 40);

        assertThat(fleet.judgedAfter(30, 300)).isEqualTo(fleet.judgedAfter(30));
    }

    @Test
    void askingBetweenLooksGivesTheLastAnswer() {
        fleet.shows("latency", (_, changed, age) -> changed && age >= 100 ? 90 : 40);

        Verdict look = fleet.judgedAfter(200);
        assertThat(Duration.between(look.asOf(), SmallFleet.CHANGE.plus(Duration.ofMinutes(200))))
                .isLessThan(Duration.ofMinutes(5));
        int at = (int) Duration.between(SmallFleet.CHANGE, look.asOf()).toMinutes();
        assertThat(fleet.judgedAfter(at + 1)).isEqualTo(fleet.judgedAfter(at));
        assertThat(fleet.judgedAfter(at + 4)).isEqualTo(fleet.judgedAfter(at));
    }

    @Test
    void aMachineThatWentBackStillTellsOfItsTimeWithTheVersion() {
        fleet.shows("latency", (_, changed, age) -> changed && age >= 0 && age < 30 ? 90 : 40);
        for (int i = 0; i < 20; i++) {
            fleet.leaves(i, 30);
        }

        assertThat(fleet.judgedAfter(300).outcome()).isEqualTo(Outcome.BAD);
    }

    @Test
    void looksSpendNoMoreThanIsPermittedInAll() {
        double spent = 0;
        for (long seconds = 60;
                seconds < 30 * 86400;
                seconds = Looks.lastBefore(seconds + 300).elapsed()) {
            spent += Looks.lastBefore(seconds).share(0.01);
        }
        double firstTen = 0;
        for (int i = 1; i <= 10; i++) {
            firstTen += new Looks(i, 60L * i).share(0.01);
        }
        assertThat(spent).isLessThan(0.01);
        assertThat(firstTen).isBetween(0.005, 0.01);
        assertThat(Looks.lastBefore(59).number()).isZero();
        assertThat(Looks.lastBefore(600)).isEqualTo(new Looks(10, 600));
    }

    @Test
    void afterFewUnchangedMachinesNobodyIsLeftToCompareWith() {
        assertThat(fleet.of(20, 4)
                        .shows("latency", (_, _, _) -> 40)
                        .judgedAfter(120)
                        .reason())
                .startsWith("No machine is left that has not changed");
    }

    @Test
    void whatMayBeHarmIsNotCalledGood() {
        fleet.of(7, 7).shows("latency", (machine, changed, age) -> changed && age >= 0 ? 47 : 40);

        Verdict verdict = fleet.judgedAfter(400);
        assertThat(verdict.outcome()).isEqualTo(Outcome.UNCLEAR);
        assertThat(verdict.reason()).startsWith("May be harm: latency");
    }
}
