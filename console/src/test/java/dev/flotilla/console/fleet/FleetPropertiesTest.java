package dev.flotilla.console.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class FleetPropertiesTest {
    @Test
    void theDefaultsShowAFewThousandMachinesOneByOne() {
        FleetProperties defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("flotilla.console.fleet", FleetProperties.class);
        assertThat(defaults)
                .isEqualTo(new FleetProperties(
                        2000, 50_000, Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofSeconds(3)));
    }
}
