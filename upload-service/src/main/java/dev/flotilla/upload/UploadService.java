package dev.flotilla.upload;

import dev.flotilla.api.registry.RegistryApi;
import dev.flotilla.api.target.TargetApi;
import dev.flotilla.platform.service.FlotillaService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.service.registry.ImportHttpServices;

/** Starts upload-service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableScheduling
@ImportHttpServices(group = "target-service", types = TargetApi.class)
@ImportHttpServices(group = "version-registry-service", types = RegistryApi.class)
public class UploadService {
    public static final String NAME = "upload-service";

    public static void main(String[] args) {
        FlotillaService.run(UploadService.class, NAME, args);
    }
}
