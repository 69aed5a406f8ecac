package dev.flotilla.console.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void timesAndSpansInATextOfAServiceAreWrittenAsThePageWritesThem() {
        assertThat(Times.readable("asked since 2026-11-23T02:58:50.123456Z, for PT1M25S"))
                .isEqualTo("asked since 23 Nov 02:58:50 UTC, for 1 min 25 s");
    }

    @Test
    void whatOnlyLooksLikeATimeIsLeftAsItIs() {
        assertThat(Times.readable("run 2026-13-45T99:99:99Z of APT5S ($1)"))
                .isEqualTo("run 2026-13-45T99:99:99Z of APT5S ($1)");
    }
}
