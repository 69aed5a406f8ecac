package dev.flotilla.upload.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

class StoragePropertiesTest {
    @Test
    void payloadsAreKeptInTheDataFolder() {
        StorageProperties defaults =
                Binder.get(new MockEnvironment()).bindOrCreate("flotilla.upload.storage", StorageProperties.class);

        assertThat(defaults).isEqualTo(new StorageProperties(Path.of(".flotilla/payloads")));
    }
}
