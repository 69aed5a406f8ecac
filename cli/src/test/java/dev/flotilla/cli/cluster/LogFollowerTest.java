package dev.flotilla.cli.cluster;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
    @TempDir
    Path folder;

    @Test
    void showsWholeLinesThatWereAppendedAndGoesOnAfterTheFileWasBegunAnew() throws Exception {
        Path file = Files.writeString(folder.resolve("a.log"), "old line\n");
        List<String> seen = new ArrayList<>();
        LogFollower follower = new LogFollower(file, Files.size(file));

        Files.writeString(file, "one\ntw", APPEND);
        follower.read(seen::add);
        assertThat(seen).containsExactly("one");

        Files.writeString(file, "o\n", APPEND);
        follower.read(seen::add);
        assertThat(seen).containsExactly("one", "two");

        Files.writeString(file, "new\n", TRUNCATE_EXISTING);
        follower.read(seen::add);
        assertThat(seen).containsExactly("one", "two", "new");
    }
}
