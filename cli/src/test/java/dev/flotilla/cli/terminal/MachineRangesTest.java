package dev.flotilla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.MachineNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MachineRangesTest {
    @Test
    void runsOfThreeAndMoreAreRanges() {
        assertThat(MachineRanges.of(List.of("m10", "m1", "m9", "m8", "m2", "m4")))
                .isEqualTo("m1, m2, m4, m8..m10");
    }

    @Test
    void namesThatAreNoNumbersInARowStayAsTheyAre() {
        assertThat(MachineRanges.of(List.of("db", "m01", "m02", "m03", "m1", "x1", "y2", "z3")))
                .isEqualTo("db, m1, m01, m02, m03, x1, y2, z3");
        assertThat(MachineRanges.of(List.of())).isEmpty();
    }

    @Test
    void whatIsWrittenShortStandsForTheSameMachines() {
        List<String> all = new ArrayList<>();
        for (String prefix : List.of("m", "web-", "r2-h", "m0", "7")) {
            for (int i = 0; i < 30; i++) {
                all.add(prefix + i);
            }
        }
        for (int seed = 0; seed < 200; seed++) {
            Collections.shuffle(all, new Random(seed));
            List<String> some = all.subList(0, 60).stream().distinct().toList();
            assertThat(MachineNames.expand(List.of(MachineRanges.of(some))))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(some);
        }
    }
}
