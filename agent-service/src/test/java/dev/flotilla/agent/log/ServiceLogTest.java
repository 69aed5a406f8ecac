package dev.flotilla.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLogTest {
    @TempDir
    Path folder;

    private Path file;
    private ServiceLog log;

    @BeforeEach
    void begin() {
        file = folder.resolve("hello.log");
        log = new ServiceLog(file);
    }

    @Test
    void theLastLinesComeOldestFirst() throws IOException {
        write("one\ntwo\nthree\n");
        assertThat(log.tail(2)).containsExactly("two", "three");
        assertThat(log.tail(10)).containsExactly("one", "two", "three");
        write("not yet ended");
        assertThat(log.tail(2)).containsExactly("three", "not yet ended");
    }

    @Test
    void aLogThatIsNotThereIsEmpty() throws IOException {
        assertThat(log.exists()).isFalse();
        assertThat(log.tail(10)).isEmpty();
        assertThat(log.outputSince(0, 5)).isEmpty();
        log.rotate(1, 2);
    }

    @Test
    void manyAndLongLinesAreReadInBoundedMemory() throws IOException {
        String line = "x".repeat(99) + "\n";
        for (int i = 0; i < 100; i++) {
            write(line.repeat(1_000));
        }
        assertThat(log.tail(10_000)).hasSize(10_000);
        Files.write(file, new byte[20_000_000]);
        assertThat(log.tail(10).getFirst().length()).isLessThan(5_000_000);
    }

    @Test
    void outputOfOneRunLeavesOutWhatTheAgentNotes() throws IOException {
        write("before\n");
        long from = log.length();
        log.note("something happened");
        write("after\n\nmore\n");
        assertThat(log.outputSince(from, 5)).containsExactly("after", "more");
    }

    @Test
    void aLongLogIsRotatedWhileTheServiceGoesOnWriting() throws IOException {
        try (var service = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int round : IntStream.rangeClosed(1, 4).toArray()) {
                service.write(("round " + round + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
                log.rotate(5, 2);
            }
            service.write("last\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(file).hasContent("last");
        assertThat(folder.resolve("hello.log.1")).hasContent("round 4");
        assertThat(folder.resolve("hello.log.2")).hasContent("round 3");
        assertThat(folder.resolve("hello.log.3")).doesNotExist();
        assertThat(log.tail(2)).isEqualTo(List.of("round 4", "last"));
    }

    @Test
    void aServiceThatWritesFasterThanWeCopyDoesNotKeepUsForEver() throws Exception {
        Process service = new ProcessBuilder("sh", "-c", "yes | head -c 1500000000 >> " + file).start();
        try {
            await().until(() -> log.length() > 1_000_000);

            log.rotate(5, 2);

            assertThat(Files.size(folder.resolve("hello.log.1"))).isLessThan(500_000_000);
            assertThat(service.isAlive()).as("it writes on").isTrue();
        } finally {
            service.descendants().forEach(ProcessHandle::destroyForcibly);
            service.destroyForcibly().waitFor();
        }
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
