package dev.flotilla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private final Moments moments = new Moments(Instant.parse("2026-11-23T03:00:00Z"), ZoneId.of("UTC"));

    @Test
    void aMomentIsSaidWithTheTimeSinceOrUntilIt() {
        assertThat(moments.since(Instant.parse("2026-11-23T02:56:40Z"))).isEqualTo("02:56:40 UTC (3 min 20 s ago)");
        assertThat(moments.until(Instant.parse("2026-11-23T03:00:12Z"))).isEqualTo("03:00:12 UTC (in 12 s)");
    }

    @Test
    void anotherDayIsSaidWithItsDate() {
        assertThat(moments.since(Instant.parse("2026-11-21T02:00:00Z")))
                .isEqualTo("21 Nov 2026 02:00:00 UTC (2 d 1 h ago)");
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

    @Test
    void momentsInATextOfAServiceAreReadableToo() {
        assertThat(moments.readable("asked since 2026-11-23T02:58:50Z, until 2026-11-23T03:05:00.123Z"))
                .isEqualTo("asked since 02:58:50 UTC (1 min 10 s ago), until 03:05:00 UTC (in 5 min 0 s)");
        assertThat(moments.readable("since 2026-11-22T02:58:50Z")).isEqualTo("since 22 Nov 2026 02:58:50 UTC");
        assertThat(new Moments(moments.now(), ZoneId.of("Europe/Berlin")).readable("at 2026-11-23T00:58:50Z"))
                .isEqualTo("at 01:58:50 CET");
    }

    @Test
    void whatBeganAMomentAfterTheQuestionBeganNow() {
        assertThat(moments.readable(
                        "runs 2.0 since 2026-11-23T03:00:00.400Z, lost since shortly before 2026-11-23T03:00:02Z"))
                .isEqualTo("runs 2.0 since 03:00:00 UTC (0 s ago), lost since shortly before 03:00:00 UTC (0 s ago)");
    }

    @Test
    void spansInATextOfAServiceAreReadableToo() {
        assertThat(moments.readable("delayed by PT1H30M, which is above PT25S: PTA, SPT5S, PT"))
                .isEqualTo("delayed by 1 h 30 min, which is above 25 s: PTA, SPT5S, PT");
    }

    @Test
    void whatOnlyLooksLikeAMomentIsLeftAsItWasWritten() {
        assertThat(moments.readable("paused: see run 2026-13-45T99:99:99Z ($1)"))
                .isEqualTo("paused: see run 2026-13-45T99:99:99Z ($1)");
    }
}
