package dev.flotilla.device;

import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.platform.service.FlotillaService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.web.service.registry.ImportHttpServices;

/** The service device-manager: machines and their places, repairs and health. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@ImportHttpServices(group = "version-registry-service", types = RegistryApi.class)
public class DeviceManager {
    public static final String NAME = "device-manager";

    public static void main(String[] args) {
        FlotillaService.run(DeviceManager.class, NAME, args);
    }
}
