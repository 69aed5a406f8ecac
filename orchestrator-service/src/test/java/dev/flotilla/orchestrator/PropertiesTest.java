package dev.flotilla.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.orchestrator.act.OrderProperties;
import dev.flotilla.orchestrator.act.TickProperties;
import dev.flotilla.orchestrator.observe.PaceProperties;
import dev.flotilla.orchestrator.progress.PlanProperties;
import dev.flotilla.orchestrator.progress.StreamProperties;
import dev.flotilla.orchestrator.world.FeedProperties;
import dev.flotilla.orchestrator.world.IntakeProperties;
import dev.flotilla.orchestrator.world.TopologyProperties;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class PropertiesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void haveSensibleDefaults() {
        assertThat(defaults(OrderProperties.class))
                .isEqualTo(new OrderProperties(SECOND, SECOND.multipliedBy(5), 200, SECOND.multipliedBy(2), 20_000));
        assertThat(defaults(TickProperties.class))
                .isEqualTo(new TickProperties(
                        SECOND, SECOND.multipliedBy(10), Duration.ofMillis(50), SECOND, Duration.ofMinutes(5)));
        assertThat(defaults(PaceProperties.class))
                .isEqualTo(new PaceProperties(
                        SECOND.multipliedBy(5),
                        Duration.ofHours(1),
                        Duration.ofMillis(500),
                        SECOND.multipliedBy(10),
                        DataSize.ofMegabytes(1),
                        SECOND.multipliedBy(30),
                        SECOND.multipliedBy(30),
                        SECOND.multipliedBy(10)));
        assertThat(defaults(PaceProperties.class).inTransit()).isEqualTo(SECOND.multipliedBy(40));
        assertThat(defaults(StreamProperties.class))
                .isEqualTo(new StreamProperties(Duration.ofMillis(200), SECOND.multipliedBy(15), 1000));
        assertThat(defaults(PlanProperties.class))
                .isEqualTo(new PlanProperties(SECOND.multipliedBy(10), DataSize.ofMegabytes(10)));
        assertThat(defaults(FeedProperties.class))
                .isEqualTo(new FeedProperties(SECOND.multipliedBy(5), SECOND.multipliedBy(5), Duration.ofMillis(500)));
        assertThat(defaults(IntakeProperties.class)).isEqualTo(new IntakeProperties(Duration.ofMillis(250), SECOND));
        assertThat(defaults(TopologyProperties.class))
                .isEqualTo(new TopologyProperties(SECOND.multipliedBy(5), Duration.ofMillis(200)));
    }

    private static <T> T defaults(Class<T> type) {
        return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("none", type);
    }
}
