package dev.flotilla.orchestrator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void whoHasRestedIsCountedNoMoreThoughNothingHappensThatWakesIt() {
        Rests rests = new Rests();
        rests.begin("d1~prod~web", NOW.plusSeconds(1));
        rests.begin("d2~prod~web", NOW.plusSeconds(2));
        assertThat(rests.count(NOW)).isEqualTo(2);
        assertThat(rests.count(NOW.plusSeconds(1))).isEqualTo(1);
        assertThat(rests.has("d1~prod~web")).isFalse();
        assertThat(rests.has("d2~prod~web")).isTrue();
    }
}
