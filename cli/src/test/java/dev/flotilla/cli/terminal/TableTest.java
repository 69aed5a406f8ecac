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
        assertThat(table.in(30)).as("where that would leave no room for words").isEqualTo("""
                        upload-service
                          Why  it is asked for more
                               than it has to give""");
    }

    @Test
    void theWidestCellsOfATableThatIsTooWideAreBroken() {
        Table table = new Table("NAME", "OF", "WHEN", "BY", "WHY")
                .row(
                        "nights",
                        "service hello, environment prod-a",
                        "outside Mon-Fri 22:00 to 04:00 Europe/Berlin",
                        "ann",
                        "changes are made at night only")
                .row("now", "everything", "always", "bob", "fire");
        assertThat(table.in(80)).isEqualTo("""
                NAME    OF                     WHEN                   BY   WHY
                nights  service hello,         outside Mon-Fri 22:00  ann  changes are made at
                        environment prod-a     to 04:00                    night only
                                               Europe/Berlin
                now     everything             always                 bob  fire""");
        assertThat(table.in(Text.UNBROKEN).lines())
                .as("what is read by programs is not broken")
                .hasSize(3);
    }

    @Test
    void aTableOfWhichNoRowCanFitIsToldHeadingByHeading() {
        Table table = new Table("JOB", "FAULT DOMAIN", "UNTIL", "WHY")
                .row("d1~a-long-environment~a-long-function", "a-long-fault-domain", "-", "")
                .row("d2", "fd-1", "", "it waits");
        assertThat(table.in(60)).isEqualTo("""
                d1~a-long-environment~a-long-function
                  Fault domain  a-long-fault-domain
                d2
                  Fault domain  fd-1
                  Why           it waits""");
    }
}
