package dev.flotilla.console.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeploymentsPropertiesTest {
    @Test
    void theDefaultsAskOnceASecond() {
        DeploymentsProperties defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("flotilla.console.deployments", DeploymentsProperties.class);
        assertThat(defaults).isEqualTo(new DeploymentsProperties(Duration.ofSeconds(1), 50, 6, 25, 5));
    }
}
