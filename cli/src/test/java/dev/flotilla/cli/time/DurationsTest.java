package dev.flotilla.cli.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "20s, PT20S",
        "5m, PT5M",
        "1h30m, PT1H30M",
        "1h 30m, PT1H30M",
        "2d, PT48H",
        "0s, PT0S",
        "0.5s, PT0.5S",
        "PT20S, PT20S",
        "pt1h, PT1H",
        "P1D, PT24H"
    })
    void aDurationIsTypedShortOrAsInIso8601(String typed, Duration meant) {
        assertThat(Durations.parse(typed)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "s", "20x", "5m1h", "tomorrow", "1e9s", "9999999h"})
    void whatIsNoDurationIsToldWithExamples(String typed) {
        assertThatThrownBy(() -> Durations.parse(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + typed + "' is no duration: write 20s, 5m, 1h30m or 2d (or PT20S, as in ISO 8601)");
    }

    @Test
    void aDurationIsShownAsItIsTyped() {
        assertThat(Durations.text(Duration.ofMinutes(90))).isEqualTo("1h30m");
        assertThat(Durations.text(Duration.ofDays(2))).isEqualTo("2d");
        assertThat(Durations.text(Duration.ZERO)).isEqualTo("0s");
        assertThat(Durations.text(Duration.ofMillis(500))).isEqualTo("PT0.5S");
    }
}
