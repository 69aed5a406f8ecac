package dev.flotilla.policy;

import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.platform.service.FlotillaService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.service.registry.ImportHttpServices;

/** The service policy-engine. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableScheduling
@ImportHttpServices(group = "device-manager", types = DeviceApi.class)
@ImportHttpServices(group = "upload-service", types = UploadApi.class)
public class PolicyEngine {
    public static final String NAME = "policy-engine";

    public static void main(String[] args) {
        FlotillaService.run(PolicyEngine.class, NAME, args);
    }
}
