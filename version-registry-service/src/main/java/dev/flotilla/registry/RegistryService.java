package dev.flotilla.registry;

import dev.flotilla.platform.service.FlotillaService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** version-registry-service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class RegistryService {
    public static final String NAME = "version-registry-service";

    public static void main(String[] args) {
        FlotillaService.run(RegistryService.class, NAME, args);
    }
}
