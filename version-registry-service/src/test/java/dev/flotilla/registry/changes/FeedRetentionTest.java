package dev.flotilla.registry.changes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.api.Page;
import dev.flotilla.api.registry.Change;
import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.registry.RunningReport;
import dev.flotilla.platform.testing.TestDatabase;
import dev.flotilla.registry.RunningRegistry;
import dev.flotilla.registry.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.HttpClientErrorException;

class FeedRetentionTest {
    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock();

    @Test
    void oldChangesAreDeletedAndTheirReadersToldSo() {
        String old;
        String recent;
        try (RunningRegistry registry = RunningRegistry.start(database, clock)) {
            RegistryApi agent = registry.agent("*");
            agent.reportRunningVersion("m1", "shop", RunningReport.running("1"));
            old = requireNonNull(agent.changes(null, 1, Duration.ZERO).nextCursor());
            clock.advance(Duration.ofDays(6));
            registry.bean(FeedRetention.class).prune();
            assertThat(agent.changes(null, 10, Duration.ZERO).items()).hasSize(2);
        }
        clock.advance(Duration.ofDays(2));
        try (RunningRegistry registry = RunningRegistry.start(database, clock)) {
            RegistryApi agent = registry.agent("*");
            agent.reportRunningVersion("m1", "shop", RunningReport.running("2"));
            agent.reportRunningVersion("m1", "shop", RunningReport.running("3"));
            registry.bean(FeedRetention.class).prune();
            Page<Change> kept = agent.changes(null, 10, Duration.ZERO);
            assertThat(kept.items()).extracting(Change::seq).containsExactly(3L, 4L);
            recent = requireNonNull(kept.nextCursor());
            clock.advance(Duration.ofDays(8));
            registry.bean(FeedRetention.class).prune();
        }
        try (RunningRegistry registry = RunningRegistry.start(database, clock)) {
            RegistryApi agent = registry.agent("*");
            assertThatThrownBy(() -> agent.changes(old, 10, Duration.ZERO))
                    .isInstanceOf(HttpClientErrorException.Gone.class)
                    .hasMessageContaining("cursor=now");
            assertThat(agent.changes(recent, 10, Duration.ZERO).items()).isEmpty();
            assertThat(agent.changes(null, 10, Duration.ZERO).items())
                    .extracting(Change::seq)
                    .containsExactly(4L);
            assertThat(agent.machine("m1").services().getFirst().version()).isEqualTo("3");
            agent.reportRunningVersion("m1", "shop", RunningReport.running("4"));
            assertThat(agent.changes(recent, 10, Duration.ZERO).items())
                    .extracting(Change::seq)
                    .containsExactly(5L);
        }
    }
}
