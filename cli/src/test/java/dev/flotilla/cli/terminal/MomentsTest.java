package dev.flotilla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private final Moments moments = new Moments(Instant.parse("2026-11-23T03:00:00Z"));

    @Test
    void aMomentIsSaidWithTheTimeSinceOrUntilIt() {
        assertThat(moments.since(Instant.parse("2026-11-23T02:56:40Z")))
                .isEqualTo("for 3 min 20 s, since 02:56:40 UTC");
        assertThat(moments.until(Instant.parse("2026-11-23T03:00:12Z"))).isEqualTo("03:00:12 UTC, in 12 s");
    }

    @Test
    void anotherDayIsSaidWithItsDate() {
        assertThat(moments.since(Instant.parse("2026-11-21T02:00:00Z")))
                .isEqualTo("for 2 d 1 h, since 21 Nov 2026 02:00:00 UTC");
    }

    @Test
    void anEndThatIsOverIsSaidToBe() {
        assertThat(moments.until(Instant.parse("2026-11-23T02:00:00Z"))).contains("02:00:00 UTC", "is over");
    }

    @Test
    void whatIsNotKnownIsNotSaid() {
        assertThat(moments.since(null)).isNull();
        assertThat(moments.until(null)).isNull();
    }
}
