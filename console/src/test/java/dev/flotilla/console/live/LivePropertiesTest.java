package dev.flotilla.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LivePropertiesTest {
    @Test
    void theDefaultsPushTwiceASecondAtMostToTwoHundredPages() {
        LiveProperties defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("flotilla.console.live", LiveProperties.class);
        assertThat(defaults).isEqualTo(new LiveProperties(Duration.ofMillis(500), Duration.ofSeconds(10), 200));
    }
}
