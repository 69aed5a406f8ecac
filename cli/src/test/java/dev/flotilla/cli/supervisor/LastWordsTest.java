package dev.flotilla.cli.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {
    @TempDir
    Path folder;

    @Test
    void tellsTheEndOfTheLog() throws Exception {
        DataFolder data = new DataFolder(folder);
        Files.createDirectories(data.logs());
        Files.writeString(
                data.log("x"),
                IntStream.rangeClosed(1, 100).mapToObj(i -> "line " + i).collect(Collectors.joining("\n")));
        assertThat(new LastWords(data).of("x"))
                .contains("line 86\n", "line 100")
                .doesNotContain("line 85\n");
    }

    @Test
    void saysSoWhenThereIsNone() {
        assertThat(new LastWords(new DataFolder(folder)).of("x")).isEqualTo("It wrote nothing.");
    }
}
