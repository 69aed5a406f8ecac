package dev.flotilla.cli.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2030-01-31T12:00:00Z"));

    @ParameterizedTest
    @CsvSource({
        "2030-01-31T12:00Z, 2030-01-31T12:00:00Z",
        "2030-01-31 12:00Z, 2030-01-31T12:00:00Z",
        "2030-01-31T12:00:30Z, 2030-01-31T12:00:30Z",
        "2030-01-31T12:00:00.123456Z, 2030-01-31T12:00:00.123456Z",
        "2030-07-01T12:00+02:00, 2030-07-01T10:00:00Z",
        "2030-07-01 12:00 Europe/Berlin, 2030-07-01T10:00:00Z",
        "2030-01-31T12:00[Europe/Berlin], 2030-01-31T11:00:00Z",
        "4h, 2030-01-31T16:00:00Z"
    })
    void aTimeHasItsZoneOrIsSoLongFromNow(String typed, Instant meant) {
        assertThat(Times.parse(typed, NOON)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tomorrow", "2030-01-31T12:00", "2030-01-31", "2030-02-31T12:00Z", "2030-01-31 12:00 Berlin"})
    void whatIsNoTimeIsToldWithExamples(String typed) {
        assertThatThrownBy(() -> Times.parse(typed, NOON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'" + typed
                                + "' is no time: write 2030-01-31T12:00Z, '2030-01-31 12:00 Europe/Berlin', or 4h for four hours from now");
    }

    @ParameterizedTest
    @CsvSource({
        "2030-07-01T18:00, 2030-07-01T18:00",
        "2030-07-01 18:00, 2030-07-01T18:00",
        "2030-07-01T16:00Z, 2030-07-01T18:00",
        "2m, 2030-01-31T13:02"
    })
    void byTheClockOfAPlaceATimeNeedsNoZoneAndMayBeSoLongFromNow(String typed, LocalDateTime meant) {
        assertThat(Times.wall(typed, ZoneId.of("Europe/Berlin"), NOON)).isEqualTo(meant);
    }

    @Test
    void whatIsNoZoneIsToldWithExamples() {
        assertThatThrownBy(() -> Times.zone("Berlin"))
                .hasMessageContaining("'Berlin' is no time zone: write Europe/Berlin");
    }
}
