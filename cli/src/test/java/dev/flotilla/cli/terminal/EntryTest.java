package dev.flotilla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntryTest {
    @Test
    void longTextsAreBrokenBetweenWordsUnderTheirLabels() {
        String words = "word ".repeat(40).strip();
        assertThat(new Entry("A heading")
                        .with("Why", words)
                        .with("By", null)
                        .with("Since", "")
                        .toString()
                        .lines())
                .hasSize(4)
                .allMatch(line -> line.length() <= Entry.COLUMNS)
                .startsWith("A heading", "  Why      " + "word ".repeat(18).strip())
                .last()
                .asString()
                .startsWith("           word");
    }

    @Test
    void aWordThatIsTooLongStandsAlone() {
        String digest = "a".repeat(120);
        assertThat(Entry.wrapped("the digest " + digest + " differs")).isEqualTo("the digest\n" + digest + "\ndiffers");
    }
}
