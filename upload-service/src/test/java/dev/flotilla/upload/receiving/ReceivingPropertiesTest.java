package dev.flotilla.upload.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

class ReceivingPropertiesTest {
    @Test
    void uploadsOfUpTo100GigabytesAreTaken() {
        ReceivingProperties defaults =
                Binder.get(new MockEnvironment()).bindOrCreate("flotilla.upload", ReceivingProperties.class);

        assertThat(defaults).isEqualTo(new ReceivingProperties(DataSize.ofGigabytes(100), Duration.ofHours(1)));
    }
}
