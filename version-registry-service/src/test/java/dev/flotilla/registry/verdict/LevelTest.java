package dev.flotilla.registry.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;

class LevelTest {
    private final SmallFleet fleet = new SmallFleet();

    @Test
    void aThirdMoreLatencyOnChangedMachinesIsHarm() {
        Verdict verdict = fleet.shows("latency", (_, changed, age) -> changed && age >= 0 ? 53 : 40)
                .judgedAfter(20);

        assertThat(verdict.outcome()).isEqualTo(Outcome.BAD);
        assertThat(verdict.reason()).contains("latency: 53", "40", "on 20 of 20 machines");
    }

    @Test
    void moreOnEveryMachineIsNot() {
        assertThat(fleet.shows("latency", (_, _, age) -> age >= 0 ? 80 : 40)
                        .judgedAfter(90)
                        .outcome())
                .isEqualTo(Outcome.GOOD);
    }

    @Test
    void whatAddsToEverybodyIsNoHarmToThoseThatHadLess() {
        assertThat(fleet.shows("latency", (_, changed, age) -> (changed ? 20 : 80) + (age >= 0 ? 40 : 0))
                        .judgedAfter(90)
                        .evidence())
                .noneMatch(Evidence::harm);
    }

    @Test
    void whatMultipliesForEverybodyIsNoHarmToThoseThatHadMore() {
        assertThat(fleet.shows("latency", (_, changed, age) -> (changed ? 80 : 20) * (age >= 0 ? 2 : 1))
                        .judgedAfter(90)
                        .evidence())
                .noneMatch(Evidence::harm);
    }

    @Test
    void aTenthMoreIsNoHarmHoweverSure() {
        assertThat(fleet.shows("latency", (_, changed, age) -> changed && age >= 0 ? 44 : 40)
                        .judgedAfter(240)
                        .outcome())
                .isEqualTo(Outcome.GOOD);
    }

    @Test
    void aSlowStartIsNoHarm() {
        SmallFleet slow = fleet.shows("latency", (_, changed, age) -> changed && age >= 0 && age < 5 ? 400 : 40);

        for (int minute = 1; minute < 30; minute++) {
            assertThat(slow.judgedAfter(minute).outcome()).isEqualTo(Outcome.UNCLEAR);
        }
    }

    @Test
    void whatAddsUnevenlyToEverybodyIsNoHarmToThoseThatHadLess() {
        SmallFleet uneven = fleet.shows(
                "latency",
                (machine, changed, age) -> (changed ? 20 : 80) + (age >= 0 ? machine % 10 * 6 + (changed ? 7 : 0) : 0));

        assertThat(uneven.judgedAfter(60).evidence()).noneMatch(Evidence::harm);
    }

    @Test
    void tooMuchNoiseToSeeHarmInIsNotGood() {
        SmallFleet noisy = fleet.of(6, 6)
                .shows("latency", (machine, _, age) -> 40 * (1 + 0.8 * Math.sin(machine * (age >= 0 ? 11 : 37))));

        assertThat(noisy.judgedAfter(120).outcome()).isEqualTo(Outcome.UNCLEAR);
    }
}
