package dev.flotilla.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.api.Problem.FieldError;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemExceptionTest {
    @Test
    void ofManyErrorsTheFirstAreNamedAndTheSentenceSaysSo() {
        ProblemException problem = ProblemException.unprocessable("939 targets are unknown.", errors(939));
        assertThat(problem.errors()).hasSize(100);
        assertThat(problem.detail()).isEqualTo("939 targets are unknown. The first 100 are named.");
        assertThat(ProblemException.unprocessable("100 are unknown.", errors(100))
                        .detail())
                .isEqualTo("100 are unknown.");
    }

    private static List<FieldError> errors(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new FieldError("machines[" + i + "]", "is not known", "m" + i))
                .toList();
    }
}
