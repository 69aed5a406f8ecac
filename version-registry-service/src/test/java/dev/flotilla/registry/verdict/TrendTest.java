package dev.flotilla.registry.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.verdict.Evidence.Rule;
import dev.flotilla.registry.verdict.Verdict.Outcome;
import org.junit.jupiter.api.Test;

class TrendTest {
    private final SmallFleet fleet = new SmallFleet();

    @Test
    void memoryThatGrowsWithUptimeIsHarmBeforeItKills() {
        Verdict verdict = fleet.shows("memory", (_, changed, age) -> 500 + (changed && age >= 0 ? age * 0.3 : 0))
                .judgedAfter(200);

        assertThat(verdict.outcome()).isEqualTo(Outcome.BAD);
        assertThat(verdict.evidence().getFirst().rule()).isEqualTo(Rule.TREND);
        assertThat(verdict.evidence().getFirst().changed().after()).isBetween(15.0, 21.0);
    }

    @Test
    void growthThatWasThereBeforeIsNoHarm() {
        assertThat(fleet.shows("memory", (_, changed, age) -> 1000 + (changed ? age * 0.3 : 0))
                        .judgedAfter(200)
                        .evidence())
                .noneMatch(evidence -> evidence.rule() == Rule.TREND && evidence.harm());
    }

    @Test
    void growthOfEverybodyIsNoHarm() {
        assertThat(fleet.shows("memory", (_, _, age) -> 500 + Math.max(0, age) * 0.3)
                        .judgedAfter(200)
                        .outcome())
                .isEqualTo(Outcome.GOOD);
    }

    @Test
    void cachesThatFillToWhatWasBeforeAreNoHarm() {
        SmallFleet filling = fleet.shows(
                "memory", (_, changed, age) -> changed && age >= 0 ? 500 - 300 * Math.exp(-age / 200.0) : 500);

        for (int minute = 60; minute <= 720; minute += 60) {
            assertThat(filling.judgedAfter(minute).outcome()).isNotEqualTo(Outcome.BAD);
        }
    }

    @Test
    void growthThatSlowsDownAndEndsBelowTheLeastHarmIsNone() {
        SmallFleet slowing = fleet.shows(
                "memory", (_, changed, age) -> changed && age >= 0 ? 530 - 30 * Math.exp(-age / 60.0) : 500);

        for (int minute = 60; minute <= 720; minute += 60) {
            assertThat(slowing.judgedAfter(minute).outcome()).isNotEqualTo(Outcome.BAD);
        }
    }

    @Test
    void growthThatDiffersByMachineIsNoHarm() {
        SmallFleet uneven = fleet.shows(
                "memory",
                (machine, changed, age) -> 500 + Math.max(0, age) * (machine * 7 % 11 * 0.1 + (changed ? 0.1 : 0)));

        assertThat(uneven.judgedAfter(300).evidence()).noneMatch(Evidence::harm);
    }

    @Test
    void slightlyMoreGrowthThanEverybodysIsNoHarm() {
        SmallFleet growing =
                fleet.shows("memory", (_, changed, age) -> 500 + Math.max(0, age) * (changed ? 0.33 : 0.3));

        assertThat(growing.judgedAfter(400).evidence()).noneMatch(Evidence::harm);
    }

    @Test
    void cachesThatFillSteadilyAreNoHarmUntilTheyOutgrowWhatWasBefore() {
        SmallFleet filling =
                fleet.shows("memory", (_, changed, age) -> changed && age >= 0 ? Math.min(500, 200 + age) : 500);

        for (int minute = 60; minute <= 720; minute += 60) {
            assertThat(filling.judgedAfter(minute).outcome()).isNotEqualTo(Outcome.BAD);
        }
    }
}
