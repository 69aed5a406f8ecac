package dev.flotilla.platform.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ClientPropertiesTest {
    @Test
    void defaultsAreThoseOfTheConstant() {
        ClientProperties bound = new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("flotilla.client", ClientProperties.class);
        assertThat(bound).isEqualTo(ClientProperties.DEFAULTS);
    }
}
