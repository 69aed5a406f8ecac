package dev.flotilla.registry.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On generated fleets. {@code -Dflotilla.seed=7} judges other ones; docs/bench/verdicts judges many. */
class GeneratedFleetsTest {
    private final Judge judge = new Judge(Strictness.DEFAULT);

    @ParameterizedTest
    @EnumSource
    void harmIsFoundAndNothingElse(Scenario scenario) {
        long seed = Long.getLong("flotilla.seed", 1);

        int minutes = scenario.harmful() ? scenario.minutes() : Math.min(scenario.minutes(), 300);
        Watched watched = Watched.watch(scenario, seed, judge, minutes);

        assertThat(watched.falseAlarm()).as("a false alarm: %s", watched).isFalse();
        assertThat(watched.wronglyGood()).as("called good: %s", watched).isFalse();
        assertThat(watched.found()).as("found: %s", watched).isEqualTo(scenario.harmful());
    }
}
