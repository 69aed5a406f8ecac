package dev.flotilla.orchestrator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.platform.client.RemoteProblem;

/** What calls are answered with. */
public final class Statuses {
    private Statuses() {}

    public static void assertStatus(int status, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        RemoteProblem.class,
                        problem -> assertThat(problem.status()).isEqualTo(status));
    }
}
