package dev.flotilla.cli.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration YOUNG = Duration.ofSeconds(5);

    @Test
    void thePauseIsShortAtFirstDoublesAndIsNeverMoreThanHalfAMinute() {
        Backoff backoff = new Backoff();
        assertThat(backoff.after(YOUNG)).isEqualTo(Duration.ofMillis(300));
        assertThat(backoff.after(YOUNG)).isEqualTo(Duration.ofMillis(600));
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.after(YOUNG)).isLessThanOrEqualTo(Duration.ofSeconds(30));
        }
        assertThat(backoff.after(YOUNG)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aProcessThatLivedLongIsStartedAgainAtOnce() {
        Backoff backoff = new Backoff();
        backoff.after(YOUNG);
        backoff.after(YOUNG);
        assertThat(backoff.after(Duration.ofMinutes(5))).isEqualTo(Duration.ofMillis(300));
        assertThat(backoff.youngDeaths()).isEqualTo(1);
    }
}
