package dev.flotilla.upload.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest extends DynamicStorageContract {
    @TempDir
    Path folder;

    private DynamicStorage disk;

    @BeforeEach
    void open() throws IOException {
        disk = new LocalDisk(folder.resolve("payloads"));
    }

    @Override
    DynamicStorage storage() {
        return disk;
    }

    /** Writes go to the kernel's device that is always full; the error is the real one. */
    @Override
    DynamicStorage fullStorage() throws IOException {
        return new LocalDisk(
                folder.resolve("full"), _ -> FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE));
    }

    @Override
    long objects() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void contentLiesInFoldersNamedByTheFirstDigits() throws IOException {
        String sha256 = store("hello".getBytes(UTF_8)).sha256();

        assertThat(sha256).startsWith("2cf2");
        assertThat(folder.resolve("payloads/2c/f2").resolve(sha256)).hasContent("hello");
    }

    @Test
    void aFileThatIsNotWholeIsReplaced() throws IOException {
        String sha256 = store("hello".getBytes(UTF_8)).sha256();
        Path file = folder.resolve("payloads/2c/f2").resolve(sha256);
        Files.writeString(file, "hel");

        store("hello".getBytes(UTF_8));

        assertThat(file).hasContent("hello");
    }

    @Test
    void aDamagedFileOfTheRightLengthIsReplaced() throws IOException {
        String sha256 = store("hello".getBytes(UTF_8)).sha256();
        Path file = folder.resolve("payloads/2c/f2").resolve(sha256);
        Files.writeString(file, "jello");

        store("hello".getBytes(UTF_8));

        assertThat(file).hasContent("hello");
    }

    @Test
    void whoReadsReadsOnWhenTheContentIsDeleted() throws IOException {
        String sha256 = store("hello".getBytes(UTF_8)).sha256();

        try (DynamicStorage.Content content = storage().open(sha256).orElseThrow()) {
            storage().delete(sha256);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            content.copyTo(out, 0, 5);
            assertThat(out.toString(UTF_8)).isEqualTo("hello");
        }
    }

    @Test
    void anotherProcessOverTheSameFolderSeesTheSame() throws IOException {
        String sha256 = store("hello".getBytes(UTF_8)).sha256();

        DynamicStorage other = new LocalDisk(folder.resolve("payloads"));

        assertThat(other.open(sha256)).isPresent().get().satisfies(content -> {
            assertThat(content.size()).isEqualTo(5);
            content.close();
        });
    }
}
