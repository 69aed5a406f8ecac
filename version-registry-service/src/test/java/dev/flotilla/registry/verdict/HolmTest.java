package dev.flotilla.registry.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HolmTest {
    private static final Evidence.Levels NONE = new Evidence.Levels(0, 0);

    @Test
    void eachIsCorrectedForThoseThatAreNoSurer() {
        assertThat(corrected(finding(0.01, 1), finding(0.04, 1), finding(0.03, 1)))
                .containsExactly(new double[] {0.03, 0.06, 0.06}, Offset.offset(1e-12));
    }

    @Test
    void whatWeighsMoreIsCorrectedLess() {
        assertThat(corrected(finding(0.01, 3), finding(0.01, 1)))
                .containsExactly(new double[] {0.04 / 3, 0.04 / 3}, Offset.offset(1e-12));
        assertThat(corrected(finding(0.01, 1), finding(0.5, 3)))
                .containsExactly(new double[] {0.04, 0.5}, Offset.offset(1e-12));
    }

    @Test
    void whatWeighsNothingIsLeftOut() {
        assertThat(corrected(finding(0, 0))).isEmpty();
    }

    private static double[] corrected(Finding... findings) {
        return Holm.correct(Arrays.asList(findings)).stream()
                .mapToDouble(Holm.Corrected::p)
                .toArray();
    }

    private static Finding finding(double p, double weight) {
        Evidence evidence =
                new Evidence("x", Evidence.Rule.RATE, Duration.ZERO, NONE, NONE, 0, 0, 0, Instant.EPOCH, 1, false);
        return new Finding(evidence, p, weight, true, 0);
    }
}
