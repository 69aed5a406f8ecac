package dev.flotilla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table("NAME", "N").row("upload-service", 1).row("x", 100);
        assertThat(table.toString()).isEqualTo("""
                        NAME            N
                        upload-service  1
                        x               100""");
    }

    @Test
    void aRowMustHaveACellForEachHeading() {
        assertThatThrownBy(() -> new Table("A", "B").row("only one")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void quantitiesReadLikePeopleWriteThem() {
        assertThat(Quantities.bytes(0)).isEqualTo("0 B");
        assertThat(Quantities.bytes(1500)).isEqualTo("1.5 kB");
        assertThat(Quantities.bytes(999_999)).isEqualTo("1.0 MB");
        assertThat(Quantities.bytes(10_000_000_000L)).isEqualTo("10.0 GB");
        assertThat(Quantities.span(Duration.ofSeconds(59))).isEqualTo("59 s");
        assertThat(Quantities.span(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
        assertThat(Quantities.span(Duration.ofHours(49))).isEqualTo("2 d 1 h");
        assertThat(Quantities.count(1, "machine")).isEqualTo("1 machine");
        assertThat(Quantities.count(100, "machine")).isEqualTo("100 machines");
    }

    @Test
    void aBarIsFilledInProportion() {
        assertThat(ProgressBar.of(0, 100)).isEqualTo("[" + ".".repeat(30) + "]");
        assertThat(ProgressBar.of(50, 100)).isEqualTo("[" + "#".repeat(15) + ".".repeat(15) + "]");
        assertThat(ProgressBar.of(100, 100)).isEqualTo("[" + "#".repeat(30) + "]");
        assertThat(ProgressBar.of(0, 0)).isEqualTo("[" + ".".repeat(30) + "]");
    }

    @Test
    void theLastColumnIsBrokenBetweenWordsWhereTheTerminalIsTooNarrow() {
        Table table = new Table("NAME", "WHY").row("upload-service", "it is asked for more than it has to give");
        assertThat(table.in(44)).isEqualTo("""
                NAME            WHY
                upload-service  it is asked for more than it
                                has to give""");
        assertThat(table.in(30).lines())
                .as("where that would leave no room for words")
                .hasSize(2);
    }
}
