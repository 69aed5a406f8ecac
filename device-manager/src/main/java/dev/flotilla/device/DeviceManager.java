package dev.flotilla.device;

import dev.flotilla.platform.service.FlotillaService;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service device-manager. */
@SpringBootApplication(proxyBeanMethods = false)
public class DeviceManager {
    public static final String NAME = "device-manager";

    public static void main(String[] args) {
        FlotillaService.run(DeviceManager.class, NAME, args);
    }
}
