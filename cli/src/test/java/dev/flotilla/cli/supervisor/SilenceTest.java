package dev.flotilla.cli.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final Duration QUICK = Duration.ofMillis(5);
    private final Silence silence = new Silence(Silence.Bounds.USUAL);
    private Duration now = Duration.ofDays(20);

    @Test
    void aProcessThatAnsweredIsHungAfterNinetySecondsOfSilence() {
        assertThat(look(1, true)).isFalse();
        for (int i = 0; i < 9; i++) {
            assertThat(look(1, false)).as("after %d s", i * 10).isFalse();
        }
        assertThat(look(1, false)).isTrue();
        assertThat(silence.length(now)).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void oneAnswerInTimeIsEnough() {
        look(1, true);
        for (int i = 0; i < 100; i++) {
            assertThat(look(1, i % 9 == 8)).isFalse();
        }
    }

    @Test
    void aProcessThatIsStartingHasFiveMinutes() {
        for (int i = 0; i < 30; i++) {
            assertThat(look(1, false)).isFalse();
        }
        assertThat(look(1, false)).isTrue();
    }

    @Test
    void anotherProcessBeginsAnew() {
        look(1, true);
        for (int i = 0; i < 9; i++) {
            look(1, false);
        }
        assertThat(look(2, false)).isFalse();
    }

    @Test
    void looksThatTakeTheirWholeTimeCountToo() {
        look(1, true);
        int looks = 0;
        do {
            now = now.plusSeconds(20);
            looks++;
        } while (!silence.tooLong(1, false, now, Duration.ofSeconds(10)));
        assertThat(looks).isEqualTo(6);
    }

    @Test
    void whoWasHeldUpItselfBeginsAnew() {
        look(1, true);
        for (int i = 0; i < 9; i++) {
            look(1, false);
        }
        now = now.plus(Duration.ofHours(8));
        assertThat(look(1, false)).as("the machine slept").isFalse();
        assertThat(look(1, false)).isFalse();
    }

    private boolean look(long pid, boolean answered) {
        now = now.plusSeconds(10);
        return silence.tooLong(pid, answered, now, QUICK);
    }
}
