package dev.flotilla.target;

import dev.flotilla.api.device.DeviceApi;
import dev.flotilla.api.upload.UploadApi;
import dev.flotilla.platform.service.FlotillaService;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.web.service.registry.ImportHttpServices;

/** The service target-service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@ImportHttpServices(group = "upload-service", types = UploadApi.class)
@ImportHttpServices(group = "device-manager", types = DeviceApi.class)
public class TargetService {
    public static final String NAME = "target-service";

    public static void main(String[] args) {
        FlotillaService.run(TargetService.class, NAME, args);
    }
}
