package dev.flotilla.console.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.api.Problem;
import dev.flotilla.platform.client.RemoteProblem;
import dev.flotilla.platform.client.RemoteUnavailable;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private final Questions questions = new Questions(InstantSource.system());

    private static RemoteProblem problem(int status) {
        return new RemoteProblem("registry", new Problem(null, "No", status, "not so", null, List.of()));
    }

    @Test
    void anAnswerAGapAndAFailureAreToldApart() {
        assertThat(questions.ask("registry", "It", () -> 7).map(n -> n + 1)).isEqualTo(new Asked.Answer<>(8));
        assertThat(questions.<Integer>ask("registry", "It", () -> {
                    throw problem(404);
                }))
                .isInstanceOf(Asked.Missing.class);
        assertThat(questions
                        .<Integer>ask("registry", "It", () -> {
                            throw problem(403);
                        })
                        .failure())
                .isEqualTo("It can't be shown: registry answered 403: not so");
        assertThat(questions
                        .<Integer>ask("registry", "It", () -> {
                            throw new RemoteUnavailable("registry", "refused", null);
                        })
                        .orNull())
                .isNull();
    }

    @Test
    void aFaultOfOursIsNotHidden() {
        assertThatThrownBy(() -> questions.ask("registry", "It", () -> {
                    throw new IllegalStateException("ours");
                }))
                .isInstanceOf(IllegalStateException.class);
    }
}
