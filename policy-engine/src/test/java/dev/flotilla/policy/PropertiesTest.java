package dev.flotilla.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.policy.kept.KeepProperties;
import dev.flotilla.policy.maintenance.MaintenanceProperties;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PropertiesTest {
    private static final Binder NOTHING_SET = new Binder(new MapConfigurationPropertySource(Map.of()));

    @Test
    void decisionsAreKeptForThirtyDaysAndJobsLiveAnHour() {
        assertThat(NOTHING_SET.bindOrCreate("flotilla.policy.decisions", KeepProperties.class))
                .isEqualTo(new KeepProperties(Duration.ofDays(30)));
        assertThat(NOTHING_SET.bindOrCreate("flotilla.policy.maintenance", MaintenanceProperties.class))
                .isEqualTo(new MaintenanceProperties(Duration.ofHours(1), Duration.ofHours(1)));
    }
}
