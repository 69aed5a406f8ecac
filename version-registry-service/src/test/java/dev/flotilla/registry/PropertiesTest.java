package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.changes.FeedProperties;
import dev.flotilla.registry.heartbeat.HeartbeatProperties;
import dev.flotilla.registry.report.ReportProperties;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PropertiesTest {
    private final Binder nothingConfigured = new Binder(new MapConfigurationPropertySource(Map.of()));

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        assertThat(nothingConfigured.bindOrCreate("flotilla.registry", HeartbeatProperties.class))
                .isEqualTo(new HeartbeatProperties(Duration.ofMinutes(1)));
        assertThat(nothingConfigured.bindOrCreate("flotilla.registry.feed", FeedProperties.class))
                .isEqualTo(new FeedProperties(Duration.ofDays(7), 100_000, Duration.ofMillis(200)));
        assertThat(nothingConfigured.bindOrCreate("flotilla.registry.reports", ReportProperties.class))
                .isEqualTo(new ReportProperties(Duration.ofSeconds(5)));
    }

    @Test
    void aMachineIsLostAfterThreeIntervals() {
        assertThat(new HeartbeatProperties(Duration.ofMinutes(1)).patience()).isEqualTo(Duration.ofMinutes(3));
    }
}
