package dev.flotilla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryTest {
    private static final String WORDS = "word ".repeat(40).strip();

    @Test
    void longTextsAreBrokenBetweenWordsUnderTheirLabels() {
        assertThat(new Entry("A heading")
                        .with("Why", WORDS)
                        .with("By", (String) null)
                        .with("Since", "")
                        .in(80)
                        .lines())
                .hasSize(4)
                .allMatch(line -> line.length() <= 80)
                .startsWith("A heading", "  Why      " + "word ".repeat(14).strip())
                .last()
                .asString()
                .startsWith("           word");
    }

    @Test
    void whereThereIsNoTerminalALabelIsALine() {
        assertThat(new Entry("A heading").with("Why", WORDS).toString()).isEqualTo("A heading\n  Why      " + WORDS);
    }

    @Test
    void aWordThatIsTooLongStandsAlone() {
        String digest = "a".repeat(120);
        assertThat(Text.of("the digest " + digest + " differs").in(80))
                .isEqualTo("the digest\n" + digest + "\ndiffers");
    }

    @Test
    void ofManyMachinesATerminalShowsAsManyAsFitIntoTwoLinesAndAPipeAll() {
        List<String> odd =
                IntStream.range(0, 500).mapToObj(i -> "m" + (2 * i + 1)).toList();
        Text machines = new Entry("WAITING", Entry.machines("500 machines: ", odd, ""));
        assertThat(machines.in(80).lines()).hasSize(2).allMatch(line -> line.length() <= 80);
        assertThat(machines.in(80))
                .startsWith("WAITING    500 machines: m1, m3, ")
                .endsWith(", ...");
        assertThat(machines.in(Text.UNBROKEN)).contains("m1, ", "m999").doesNotContain("\n", "...");
    }
}
