package dev.flotilla.registry.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.platform.testing.TestDatabase;
import dev.flotilla.registry.RunningRegistry;
import dev.flotilla.registry.SettableClock;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.LivenessState;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.HttpServerErrorException;

class FallingBehindTest {
    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock();

    @Test
    void anInstanceThatWasAwayForLongerThanTheFeedIsKeptAsksToBeRestarted() {
        try (RunningRegistry away =
                        RunningRegistry.start(database, clock, "flotilla.registry.feed.follow-interval=PT1H");
                RunningRegistry other = RunningRegistry.start(database, clock)) {
            RegistryApi agent = other.agent("*");
            agent.reportRunningVersion("m1", "shop", RunningReport.running("1"));
            agent.reportRunningVersion("m1", "shop", RunningReport.running("2"));
            other.bean(JdbcClient.class).sql("delete from change where seq < 3").update();

            assertThatThrownBy(() -> away.agent("*").reportRunningVersion("m2", "shop", RunningReport.running("1")))
                    .isInstanceOf(HttpServerErrorException.ServiceUnavailable.class);

            assertThat(away.bean(ApplicationAvailability.class).getLivenessState())
                    .isEqualTo(LivenessState.BROKEN);
            assertThat(other.bean(ApplicationAvailability.class).getLivenessState())
                    .isEqualTo(LivenessState.CORRECT);
        }
    }
}
