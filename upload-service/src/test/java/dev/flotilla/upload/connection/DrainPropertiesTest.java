package dev.flotilla.upload.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class DrainPropertiesTest {
    @Test
    void refusedBodiesAreReadOnWithinBounds() {
        DrainProperties defaults = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("flotilla.upload.drain", DrainProperties.class);

        assertThat(defaults).isEqualTo(new DrainProperties(DataSize.ofMegabytes(256), Duration.ofSeconds(20)));
    }
}
