package dev.flotilla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputTest {
    @Test
    void aLineThatIsCutShowsThatItIs() {
        assertThat(Output.fitted("50 of 100, 40 waiting", "50, 40 waiting", 21)).isEqualTo("50 of 100, 40 waiting");
        assertThat(Output.fitted("50 of 100, 40 waiting", "50, 40 waiting", 20)).isEqualTo("50, 40 waiting");
        assertThat(Output.fitted("50 of 100, 40 waiting", "50, 40 waiting", 10)).isEqualTo("50, 40 ...");
    }
}
