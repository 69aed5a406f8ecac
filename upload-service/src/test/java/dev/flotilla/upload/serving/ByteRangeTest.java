package dev.flotilla.upload.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.upload.serving.ByteRange.OutOfBounds;
import dev.flotilla.upload.serving.ByteRange.Part;
import dev.flotilla.upload.serving.ByteRange.Whole;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteRangeTest {
    private static final long SIZE = 1000;

    @Test
    void withoutAHeaderItIsTheWhole() {
        assertThat(ByteRange.parse(null, SIZE)).isEqualTo(new Whole());
    }

    @Test
    void fromAndTo() {
        assertThat(ByteRange.parse("bytes=0-499", SIZE)).isEqualTo(new Part(0, 500));
        assertThat(ByteRange.parse("bytes=500-500", SIZE)).isEqualTo(new Part(500, 1));
        assertThat(ByteRange.parse("Bytes= 999-999 ", SIZE)).isEqualTo(new Part(999, 1));
    }

    @Test
    void theEndIsCutToTheSize() {
        assertThat(ByteRange.parse("bytes=990-2000", SIZE)).isEqualTo(new Part(990, 10));
        assertThat(ByteRange.parse("bytes=990-99999999999999999999999", SIZE)).isEqualTo(new Part(990, 10));
    }

    @Test
    void openEnd() {
        assertThat(ByteRange.parse("bytes=1-", SIZE)).isEqualTo(new Part(1, 999));
    }

    @Test
    void theLastBytes() {
        assertThat(ByteRange.parse("bytes=-1", SIZE)).isEqualTo(new Part(999, 1));
        assertThat(ByteRange.parse("bytes=-5000", SIZE)).isEqualTo(new Part(0, 1000));
    }

    @Test
    void behindTheEndThereIsNothing() {
        for (String header : List.of("bytes=1000-", "bytes=1000-1001", "bytes=-0", "bytes=99999999999999999999-")) {
            assertThat(ByteRange.parse(header, SIZE)).as(header).isEqualTo(new OutOfBounds());
        }
    }

    @Test
    void severalRangesAndOtherUnitsArePassedOver() {
        assertThat(ByteRange.parse("bytes=0-1,5-6", SIZE)).isEqualTo(new Whole());
        assertThat(ByteRange.parse("lines=0-1", SIZE)).isEqualTo(new Whole());
    }

    @Test
    void whatIsMalformedIsRefused() {
        for (String header :
                List.of("bytes=", "bytes=-", "bytes=5-2", "bytes=a-b", "bytes=1", "bytes=--1", "bytes=1-2-3")) {
            assertThatThrownBy(() -> ByteRange.parse(header, SIZE))
                    .as(header)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("Range");
        }
    }

    @Test
    void namesItsPlace() {
        assertThat(new Part(500, 500).contentRange(SIZE)).isEqualTo("bytes 500-999/1000");
    }
}
