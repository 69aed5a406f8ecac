package dev.flotilla.upload.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.api.upload.Payload;
import dev.flotilla.platform.problem.ProblemException;
import dev.flotilla.upload.storage.DynamicStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class BodyTransferTest {
    private static final Upload OF_UNKNOWN_LENGTH = new Upload("hello", "1", List.of(), OptionalLong.empty(), "tester");
    private static final Upload OF_A_MILLION =
            new Upload("hello", "1", List.of(), OptionalLong.of(1_000_000), "tester");

    @Test
    void aBodyUpToTheLimitIsTaken() throws IOException {
        Sink sink = new Sink();

        BodyTransfer.copy(OF_UNKNOWN_LENGTH, new ByteArrayInputStream(new byte[1_000_000]), sink, 1_000_000);

        assertThat(sink.size).isEqualTo(1_000_000);
    }

    @Test
    void oneByteMoreIsNot() {
        assertThatThrownBy(() -> BodyTransfer.copy(
                        OF_UNKNOWN_LENGTH, new ByteArrayInputStream(new byte[1_000_001]), new Sink(), 1_000_000))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE))
                .hasMessageContaining("1000000 bytes");
    }

    @Test
    void aBodyShorterThanItsLengthIsCutOff() {
        assertThatThrownBy(() ->
                        BodyTransfer.copy(OF_A_MILLION, new ByteArrayInputStream(new byte[10]), new Sink(), 1_000_000))
                .hasMessageContaining("10 of 1000000 bytes");
    }

    @Test
    void aConnectionThatBreaksIsABodyCutOff() {
        InputStream breaking = new SequenceInputStream(new ByteArrayInputStream(new byte[200_000]), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset by peer");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("Connection reset by peer");
            }
        });

        assertThatThrownBy(() -> BodyTransfer.copy(OF_A_MILLION, breaking, new Sink(), 1_000_000))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.status()).isEqualTo(HttpStatus.BAD_REQUEST))
                .hasMessageContaining("200000 of 1000000 bytes");
    }

    private static final class Sink implements DynamicStorage.Writer {
        long size;

        @Override
        public void write(byte[] bytes, int offset, int length) {
            size += length;
        }

        @Override
        public Payload finish() {
            return new Payload("0".repeat(64), size);
        }

        @Override
        public void commit(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            size = 0;
        }
    }
}
