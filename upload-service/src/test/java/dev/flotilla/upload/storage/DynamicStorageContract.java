package dev.flotilla.upload.storage;

import static dev.flotilla.upload.Digests.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.api.upload.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link DynamicStorage} keeps to. */
abstract class DynamicStorageContract {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    /** The storage under test, empty at the beginning of each test. */
    abstract DynamicStorage storage();

    /** One that has no room for a single byte. */
    abstract DynamicStorage fullStorage() throws IOException;

    /** How many contents and unfinished writes it holds physically. */
    abstract long objects() throws IOException;

    @Test
    void givesBackTheBytesUnderTheirDigest() throws IOException {
        Payload payload = store(HELLO);

        assertThat(payload).isEqualTo(new Payload(sha256(HELLO), 5));
        assertThat(read(payload.sha256())).isEqualTo(HELLO);
    }

    @Test
    void givesBackAnyRange() throws IOException {
        byte[] bytes = random(1_000_003);
        String sha256 = store(bytes).sha256();

        try (DynamicStorage.Content content = storage().open(sha256).orElseThrow()) {
            assertThat(content.size()).isEqualTo(bytes.length);
            for (int[] range : List.of(
                    new int[] {0, 1}, new int[] {0, 0}, new int[] {131_071, 131_074}, new int[] {999_999, 1_000_003})) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                content.copyTo(out, range[0], range[1] - range[0]);
                assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(bytes, range[0], range[1]));
            }
        }
    }

    @Test
    void refusesARangeOutsideTheContent() throws IOException {
        String sha256 = store(HELLO).sha256();

        try (DynamicStorage.Content content = storage().open(sha256).orElseThrow()) {
            assertThatThrownBy(() -> content.copyTo(new ByteArrayOutputStream(), 3, 3))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void showsNothingBeforeTheCommit() throws IOException {
        try (DynamicStorage.Writer writer = storage().writer()) {
            writer.write(HELLO, 0, HELLO.length);
            writer.finish();

            assertThat(storage().open(sha256(HELLO))).isEmpty();
        }
    }

    @Test
    void keepsNothingOfAnUploadThatBreaksOff() throws IOException {
        assertThatThrownBy(() -> {
                    try (DynamicStorage.Writer writer = storage().writer()) {
                        writer.write(HELLO, 0, 3);
                        throw new IOException("the stream was interrupted");
                    }
                })
                .hasMessageContaining("interrupted");

        assertThat(objects()).isZero();
    }

    @Test
    void keepsNothingOfWhatIsFinishedButNotCommitted() throws IOException {
        try (DynamicStorage.Writer writer = storage().writer()) {
            writer.write(HELLO, 0, HELLO.length);
            writer.finish();
        }

        assertThat(objects()).isZero();
        assertThat(storage().open(sha256(HELLO))).isEmpty();
    }

    @Test
    void keepsIdenticalBytesOnce() throws IOException {
        store(HELLO);
        store(HELLO);

        assertThat(objects()).isOne();
        assertThat(read(sha256(HELLO))).isEqualTo(HELLO);
    }

    @Test
    void keepsIdenticalBytesOnceWhenTheyAreWrittenAtTheSameTime() throws Exception {
        byte[] bytes = random(300_000);
        int writers = 8;
        CyclicBarrier allFinished = new CyclicBarrier(writers);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Payload>> stored = IntStream.range(0, writers)
                    .mapToObj(_ -> executor.submit(() -> {
                        try (DynamicStorage.Writer writer = storage().writer()) {
                            writer.write(bytes, 0, bytes.length);
                            Payload payload = writer.finish();
                            allFinished.await();
                            writer.commit(payload.sha256());
                            assertThat(read(payload.sha256())).isEqualTo(bytes);
                            return payload;
                        }
                    }))
                    .toList();
            for (Future<Payload> payload : stored) {
                assertThat(payload.get().sha256()).isEqualTo(sha256(bytes));
            }
        }
        assertThat(objects()).isOne();
    }

    @Test
    void keepsCopiesOfTheSameBytesApart() throws IOException {
        for (String copy : List.of(".1", ".2")) {
            try (DynamicStorage.Writer writer = storage().writer()) {
                writer.write(HELLO, 0, HELLO.length);
                writer.commit(writer.finish().sha256() + copy);
            }
        }

        assertThat(storage().delete(sha256(HELLO) + ".1")).isTrue();

        assertThat(storage().open(sha256(HELLO) + ".1")).isEmpty();
        assertThat(read(sha256(HELLO) + ".2")).isEqualTo(HELLO);
    }

    @Test
    void takesNoBytesUnderTheKeyOfOthers() throws IOException {
        try (DynamicStorage.Writer writer = storage().writer()) {
            writer.write(HELLO, 0, HELLO.length);
            writer.finish();
            assertThatThrownBy(() -> writer.commit("0".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void holdsManyContentsApart() throws IOException {
        for (int i = 0; i < 50; i++) {
            store(("content " + i).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(objects()).isEqualTo(50);
        assertThat(read(sha256("content 7".getBytes(StandardCharsets.UTF_8))))
                .asString()
                .isEqualTo("content 7");
    }

    @Test
    void deletesWhatIsThereAndSaysSo() throws IOException {
        String sha256 = store(HELLO).sha256();

        assertThat(storage().delete(sha256)).isTrue();
        assertThat(storage().delete(sha256)).isFalse();
        assertThat(storage().open(sha256)).isEmpty();
        assertThat(store(HELLO).sha256()).as("and takes it again").isEqualTo(sha256);
        assertThat(read(sha256)).isEqualTo(HELLO);
    }

    @Test
    void knowsNoContentItNeverTook() throws IOException {
        assertThat(storage().open(sha256(HELLO))).isEmpty();
    }

    @Test
    void refusesKeysThatAreNoDigests() {
        for (String key : List.of(
                "",
                "../../etc/passwd",
                "A".repeat(64),
                "0".repeat(63),
                "0".repeat(64) + "./..",
                "0".repeat(64) + ".")) {
            assertThatThrownBy(() -> storage().open(key)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> storage().delete(key)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void takesNothingAfterTheFinish() throws IOException {
        try (DynamicStorage.Writer writer = storage().writer()) {
            assertThatThrownBy(() -> writer.commit(sha256(HELLO))).isInstanceOf(IllegalStateException.class);
            writer.finish();
            assertThatThrownBy(() -> writer.write(HELLO, 0, 1)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void saysThatItIsFullAndKeepsNothing() throws IOException {
        DynamicStorage full = fullStorage();

        assertThatThrownBy(() -> {
                    try (DynamicStorage.Writer writer = full.writer()) {
                        writer.write(HELLO, 0, HELLO.length);
                        writer.commit(writer.finish().sha256());
                    }
                })
                .isInstanceOf(StorageFullException.class);
        assertThat(full.open(sha256(HELLO))).isEmpty();
    }

    @Test
    void removesWhatDeadWritersLeftAndNothingElse() throws IOException {
        store(HELLO);
        DynamicStorage.Writer dead = storage().writer();
        dead.write(HELLO, 0, 3);

        assertThat(storage().removeAbandoned(Instant.now().minusSeconds(3600)))
                .as("it may still be alive")
                .isZero();
        assertThat(storage().removeAbandoned(Instant.now().plusSeconds(3600))).isOne();

        assertThat(objects()).isOne();
        assertThat(read(sha256(HELLO))).isEqualTo(HELLO);
    }

    Payload store(byte[] bytes) throws IOException {
        try (DynamicStorage.Writer writer = storage().writer()) {
            for (int at = 0; at < bytes.length; at += 70_000) {
                writer.write(bytes, at, Math.min(70_000, bytes.length - at));
            }
            Payload payload = writer.finish();
            writer.commit(payload.sha256());
            return payload;
        }
    }

    byte[] read(String sha256) throws IOException {
        try (DynamicStorage.Content content = storage().open(sha256).orElseThrow()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            content.copyTo(out, 0, content.size());
            return out.toByteArray();
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
